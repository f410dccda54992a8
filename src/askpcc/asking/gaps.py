"""All the reasons not to answer, in the order in which they are looked for."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache

from askpcc.asking import abstaining
from askpcc.asking.abstaining import Gap
from askpcc.asking.asked_facts import (
    DATE_FACTS,
    count_typed_deadline,
    find_rule,
    find_subject,
    read_asked_facts,
)
from askpcc.asking.citing import CorpusSnapshot
from askpcc.asking.questions import asks_forecast
from askpcc.asking.ranking import is_tied
from askpcc.model import (
    Concept,
    DocumentCard,
    Draft,
    FactName,
    Question,
    Ranked,
    Reason,
    Stems,
    Wanted,
)
from askpcc.text.dates import find_dates
from askpcc.text.words import plain, stems

_LOOKED_AT = 12
_AS_TELLING = 0.8
"""How much of the question, of what the sentence that speaks of it most does, others speak of as well."""

_DATES = frozenset({Wanted.WHEN, Wanted.DEADLINE})


def find_forecast(question: Question) -> Gap | None:
    """Say so when a question asks whether a date will be kept."""
    if not asks_forecast(question.words):
        return None
    return Gap(
        Reason.DOCUMENT_SILENT,
        "The documents say what was promised or hoped when they were written, not whether it will be kept.",
    )


def find_typed_deadline(question: Question, ranked: Sequence[Ranked]) -> Gap | None:
    """Tell the end of the 56 days from the date in the question where nothing found tells of the rule."""
    told = count_typed_deadline(question)
    if told is None or find_rule(ranked):
        return None
    return Gap(Reason.DOCUMENT_SILENT, f"What was found does not tell of the 56 days. {told}.")


def find_doubtful_date(question: Question, ranked: Sequence[Ranked]) -> Gap | None:
    """Say so when the date that is asked for stands in the document as one that cannot be."""
    if question.sought not in _DATES or not ranked:
        return None
    likely = [found for found in ranked[:_LOOKED_AT] if is_tied(question, found, ranked)]
    dates = find_dates(plain(likely[0].sentence.quote)) if likely else []
    if not dates or not all(found.doubtful for found in dates):
        return None
    written = dates[0].span.of(plain(likely[0].sentence.quote))
    return _doubt(written)


def find_unstated_date(
    question: Question, ranked: Sequence[Ranked], drafts: Sequence[Draft], cards: Mapping[str, DocumentCard]
) -> Gap | None:
    """Say so when the document on the subject does not give its own or its report's date, or no real one."""
    if drafts or not DATE_FACTS & set(read_asked_facts(question.words)):
        return None
    subject = find_subject(question, ranked, cards)[:1]
    quotes = [plain(one.sentence.quote) for one in ranked if one.sentence.passage.document in subject]
    impossible = [date.span.of(quote) for quote in quotes for date in find_dates(quote) if date.doubtful]
    if impossible:
        return _doubt(impossible[0])
    return Gap(Reason.DOCUMENT_SILENT, "The document on this does not state the date that is asked for.")


def _doubt(written: str) -> Gap:
    return Gap(
        Reason.DOCUMENT_SILENT, f"The document gives a date that cannot be: {written}. Treat it as doubtful."
    )


_AS_GOOD = 0.05
_AS_COVERED = 0.01
"""How close in points of the ranking, and in coverage, documents of several forces fit equally well."""

_SAME_WORDS = 2.0
"""The same for the same words, which the names of forces in headers can move apart; in log-odds."""

_TELLING_WEIGHT = 0.4
_MOST_CHOICES = 4


def find_ambiguity(
    question: Question, ranked: Sequence[Ranked], cards: Mapping[str, DocumentCard]
) -> Gap | None:
    """Ask back which force or report is meant where the best documents of several fit equally well."""
    if question.forces or question.wanted is Wanted.COMPARE or not ranked:
        return None
    if question.items and not any(concept.weight >= _TELLING_WEIGHT for concept in question.concepts):
        return _ask_document(question, ranked, cards)
    equal: dict[str, None] = {}
    for found in ranked[:_LOOKED_AT]:
        if _fits_as_well(found, ranked[0]):
            force = cards[found.sentence.passage.document].fact(FactName.FORCE)
            equal.setdefault(force.value if force else "", None)
    if len(equal) == 1 or "" in equal:
        return None
    choices = ", ".join(list(equal)[:-1]) + f" or {list(equal)[-1]}"
    return Gap(
        Reason.UNSAFE_TO_GUESS, f"Several responses fit equally well. Which one do you mean: {choices}?"
    )


def _fits_as_well(found: Ranked, best: Ranked) -> bool:
    """Tell whether a sentence fits as well as the best; the same words may be a little farther behind it."""
    if best.coverage - found.coverage > _AS_COVERED:
        return False
    same = plain(found.sentence.quote) == plain(best.sentence.quote)
    return best.score - found.score <= (_SAME_WORDS if same else _AS_GOOD)


def _ask_document(
    question: Question, ranked: Sequence[Ranked], cards: Mapping[str, DocumentCard]
) -> Gap | None:
    """Ask back which document is meant by a number alone, where several have that number."""
    named = set(question.items)
    held = dict.fromkeys(
        found.sentence.passage.document for found in ranked if named & set(found.sentence.passage.items)
    )
    if len(held) < 2:  # noqa: PLR2004 - one is no choice
        return None
    titles = (cards[path].fact(FactName.TITLE) for path in list(held)[:_MOST_CHOICES])
    listed = "; ".join(title.value for title in titles if title)
    return Gap(
        Reason.UNSAFE_TO_GUESS,
        f"{len(held)} documents have {' and '.join(question.items)}. "
        f"Say which one you mean, such as: {listed}.",
    )


_LEAST_WEIGHT = 0.4
"""Of a concept that tells a subject; words of the shape of a question weigh less."""

_EVERYDAY = """
    police force forces constabulary officer officers chief constable deputy commissioner pcc pccs pfcc opcc
    mayor office inspector inspectors inspectorate inspection inspected hmic hmicfrs report reports response
    responses reply letter document documents recommendation recommendations rec recs area areas improvement
    afi afis cause causes concern coc cocs matter thing work people person right okay ok please actually
    really exactly anything everything something nothing"""
"""Words that stand in nearly every response, so that none of them says what a question is about."""


def find_no_subject(question: Question) -> Gap | None:
    """Ask back where a question names no matter, no force and no number, and no thread lends one."""
    if question.forces or question.items or question.history or telling_concepts(question.concepts):
        return None
    if any(concept.weight >= _LEAST_WEIGHT and not _is_number(concept) for concept in question.concepts):
        return None
    return Gap(
        Reason.UNSAFE_TO_GUESS,
        "The question does not say what it is about. Name the force, and the matter or the report.",
    )


def telling_concepts(concepts: Iterable[Concept]) -> list[Concept]:
    """Return the concepts that say what a question is about."""
    return [c for c in concepts if c.weight >= _LEAST_WEIGHT and not _is_number(c) and not _is_everyday(c)]


def _is_number(concept: Concept) -> bool:
    """Tell whether a concept is a bare number; one with other names ("999") is a matter."""
    return len(concept.phrases) == 1 and all(stem.isdigit() for stem in concept.phrases[0][0])


def _is_everyday(concept: Concept) -> bool:
    return set(concept.phrases[0][0]) <= _everyday()


@lru_cache(maxsize=1)
def _everyday() -> Stems:
    return frozenset(stems(_EVERYDAY))


def find_gap(
    question: Question,
    ranked: Sequence[Ranked],
    shelf: CorpusSnapshot,
    frequency_of: Callable[[str], int],
    *,
    silent: bool,
) -> Gap | None:
    """Return why a question cannot be answered from what was found, before anything is drafted.

    frequency_of: how many passages hold a Porter stem.  silent: the reader finds no answer in it.
    """
    passages = [found.sentence.passage for found in ranked]
    gap = (
        abstaining.find_force_gap(question, shelf.held)
        or abstaining.find_unknown_force(question, frequency_of)
        or abstaining.find_unknown_name(question, frequency_of)
        or abstaining.find_unsafe(question)
        or abstaining.find_item_gap(question, passages)
        or find_typed_deadline(question, ranked)
        or find_forecast(question)
        or find_no_subject(question)
        or find_doubtful_date(question, ranked)
    )
    if gap or read_asked_facts(question.words):
        return gap
    gap = find_ambiguity(question, ranked, shelf.cards)
    if gap or not silent:
        return gap
    return abstaining.lack_of(question)


def find_gap_of_drafts(
    question: Question, ranked: Sequence[Ranked], drafts: Sequence[Draft], shelf: CorpusSnapshot
) -> Gap | None:
    """Return why what was drafted is no answer to a question."""
    return find_unstated_date(question, ranked, drafts, shelf.cards) or abstaining.find_attached(
        question, ranked, drafts
    )
