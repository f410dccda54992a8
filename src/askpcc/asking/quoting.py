"""The writer that needs no language model: it answers with the document's own words."""

from collections.abc import Sequence

from askpcc.asking.tying import TYPED, is_tied, told
from askpcc.language import clauses
from askpcc.language.words import plain, stems, words
from askpcc.model import BlockKind, Draft, Question, Ranked, Sentence, Wanted

_MOST_STATEMENTS = {Wanted.LIST: 5, Wanted.COMPARE: 4}
_USUAL_STATEMENTS = 3
_MARGIN = 1.2
"""How far behind the best sentence another may be and still be quoted, in points of the ranking."""

_UNTYPED_MARGIN = 0.5
"""The same for a sentence that does not hold the date, number or name that is wanted."""

_AS_TELLING = 0.3
"""The least share of what the first value's sentence tells of the matter, for a second one to be quoted."""

_FEWEST_WORDS = 6
"""Fewer, without a verb, are a cell's verdict or a label."""

_VERBS = frozenset(
    """am is are was were be been has have had do does did will would shall should can could may might must
    i we it he she they there""".split()
)
"""Auxiliaries, and the pronouns that come with a verb of their own."""


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


def is_bare_verdict(question: Question, sentence: Sentence) -> bool:
    """Tell whether a few words without a verb, and without a word of the question, say nothing alone."""
    typed = [word.lower() for word in words(plain(sentence.quote))]
    if len(typed) >= _FEWEST_WORDS or not _VERBS.isdisjoint(typed) or clauses.holds_number(sentence.quote):
        return False
    asked = {stem for concept in question.concepts for phrase, _ in concept.phrases for stem in phrase}
    return asked.isdisjoint(stems(plain(sentence.quote)))


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
    said = plain(candidate.sentence.quote)
    if any(said in plain(found.sentence.quote) for found in chosen):
        return False
    if chosen and is_bare_verdict(question, candidate.sentence):
        return False
    tied = is_tied(question, candidate, ranked)
    if question.sought in TYPED and chosen and is_tied(question, chosen[0], ranked):
        tied = tied and told(candidate) >= _AS_TELLING * told(chosen[0])
        return tied and ranked[0].score - candidate.score <= _MARGIN
    return ranked[0].score - candidate.score <= (_MARGIN if tied else _UNTYPED_MARGIN)
