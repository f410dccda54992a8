"""The writer that needs no language model: it answers with the document's own words."""

from collections.abc import Sequence

from askpcc.asking.tying import TYPED, is_tied, told
from askpcc.language.words import plain
from askpcc.model import BlockKind, Draft, Question, Ranked, Wanted

_MOST_STATEMENTS = {Wanted.LIST: 5, Wanted.COMPARE: 4}
_USUAL_STATEMENTS = 3
_MARGIN = 1.2
"""How far behind the best sentence another may be and still be quoted, in points of the ranking."""

_UNTYPED_MARGIN = 0.5
"""The same for a sentence that does not hold the date, number or name that is wanted."""

_AS_TELLING = 0.3
"""The least share of what the first value's sentence tells of the matter, for a second one to be quoted."""


def most_statements(question: Question) -> int:
    """Tell how many statements an answer may have at most."""
    return _MOST_STATEMENTS.get(question.wanted, _USUAL_STATEMENTS)


class QuotingWriter:
    """Picks the sentences that answer and quotes them, best first, from one document."""

    name = "quoting"

    def write(self, question: Question, ranked: Sequence[Ranked]) -> list[Draft]:
        """Return drafts, each of one sentence; none when nothing was ranked.

        A list is quoted whole where the best sentence introduces one and a list is wanted.
        """
        if not ranked:
            return []
        most = most_statements(question)
        chosen = _listed(ranked)[:most] if question.wanted is Wanted.LIST else []
        for candidate in _tied_first(question, ranked):
            if len(chosen) < most and _belongs(question, candidate, chosen, ranked):
                chosen.append(candidate)
        return [Draft("", (found.sentence,)) for found in chosen]


def _tied_first(question: Question, ranked: Sequence[Ranked]) -> list[Ranked]:
    """Put sentences that hold what is wanted of the matter before the others, else keep the order."""
    return sorted(ranked, key=lambda found: not is_tied(question, found, ranked))


def _listed(ranked: Sequence[Ranked]) -> list[Ranked]:
    """Return the bullets that the best sentence introduces, in the order of the document."""
    best = ranked[0].sentence
    bullets = [
        found
        for found in ranked
        if found.sentence.passage.kind is BlockKind.BULLET
        and found.sentence.passage.document == best.passage.document
        and found.sentence.passage.lead == best.span
    ]
    return sorted(bullets, key=lambda found: found.sentence.span)


def _belongs(
    question: Question, candidate: Ranked, chosen: Sequence[Ranked], ranked: Sequence[Ranked]
) -> bool:
    if candidate.sentence.passage.document != ranked[0].sentence.passage.document:
        return False
    words = plain(candidate.sentence.quote)
    if any(words in plain(found.sentence.quote) for found in chosen):
        return False
    tied = is_tied(question, candidate, ranked)
    if question.sought in TYPED and chosen and is_tied(question, chosen[0], ranked):
        tied = tied and told(candidate) >= _AS_TELLING * told(chosen[0])
        return tied and ranked[0].score - candidate.score <= _MARGIN
    return ranked[0].score - candidate.score <= (_MARGIN if tied else _UNTYPED_MARGIN)
