"""The writer that needs no language model: it answers with the document's own words."""

from collections.abc import Sequence

from askpcc.model import Draft, Question, Ranked, Wanted
from askpcc.words import plain

_MOST_STATEMENTS = {Wanted.LIST: 4, Wanted.COMPARE: 4}
_USUAL_STATEMENTS = 3
_MARGIN = 1.2
_OTHER_DOCUMENT_MARGIN = 0.6


class QuotingWriter:
    """Picks the sentences that answer and quotes them, best first, from as few documents as will do."""

    name = "quoting"

    def write(self, question: Question, ranked: Sequence[Ranked]) -> list[Draft]:
        """Return drafts, each of one sentence; none when nothing was ranked."""
        most = _MOST_STATEMENTS.get(question.wanted, _USUAL_STATEMENTS)
        chosen: list[Ranked] = []
        for candidate in ranked:
            if len(chosen) < most and self._belongs(question, candidate, chosen):
                chosen.append(candidate)
        return [Draft(plain(found.sentence.quote), (found.sentence,)) for found in chosen]

    def _belongs(self, question: Question, candidate: Ranked, chosen: list[Ranked]) -> bool:
        if not chosen:
            return True
        gap = chosen[0].score - candidate.score
        words = plain(candidate.sentence.quote)
        if any(words in plain(found.sentence.quote) for found in chosen):
            return False
        documents = {found.sentence.passage.document for found in chosen}
        if candidate.sentence.passage.document in documents:
            return gap <= _MARGIN
        return question.wanted is Wanted.COMPARE and len(documents) == 1 and gap <= _OTHER_DOCUMENT_MARGIN
