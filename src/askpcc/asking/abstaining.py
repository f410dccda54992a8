"""When an answer says that the documents do not say, and in which words: one table, in its order."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from askpcc.asking.asked_facts import (
    DATE_FACTS,
    count_typed_deadline,
    find_rule,
    find_subject,
    read_asked_facts,
)
from askpcc.asking.citing import CorpusSnapshot, holds_wanted
from askpcc.asking.questions import SHORT_ITEM, asks_forecast
from askpcc.model import (
    Concept,
    DocumentCard,
    Draft,
    FactName,
    Passage,
    Question,
    Ranked,
    Reason,
    Stems,
    Wanted,
)
from askpcc.text.dates import MONTHS, find_dates
from askpcc.text.sentences import is_attached
from askpcc.text.words import STOPWORDS, plain, stem, stems

_OFFICE = r"(?:pcc|pfcc|commissioner|mayor|chief constable|chief|deputy)s?"
_HOLDS_NOW = re.compile(
    rf"\bwho(?:'?s| is| are)\b.{{0,40}}\b{_OFFICE}\b(?!.{{0,60}}\b(?:lead|responsib|own|chair|in charge))"
    r"|\bwho\b.*\b(?:now|today|current(?:ly)?|these days)\b",
    re.IGNORECASE,
)

_NAMED_FORCE = re.compile(
    r"\b(?P<area>[a-z][a-z-]{3,})(?:'s)? (?:police(?! (?:and|officers?|staff))|constabulary|o?pf?cc)\b",
    re.IGNORECASE,
)

_NAME = r"[A-Z][a-z]{3,}(?:-[A-Za-z]+){0,4}"
_IN_PLACE_OF_FORCE = re.compile(
    rf"^(?:[Hh]as|Have|Had|[Dd]id|[Dd]oes|[Ii]s|[Ww]as|Were|[Ww]ill|Can) (?P<subject>{_NAME}) (?=[a-z])"
    rf"|\b(?:has|have|did|does|is|was|will|in|for|by|at) (?P<place>{_NAME})"
    r"(?=[?.!,]|$| (?:accept|agree|done|made|doing|reduced?|responded?|finished|completed?|closed?)\b)"
)
"""The subject of a question, or the place at its end: has Midsomer done it, was it done in Midsomer."""

_LACKING = {
    Wanted.COUNT: "number",
    Wanted.WHEN: "date",
    Wanted.DEADLINE: "date or period",
    Wanted.WHO: "name or office",
}


@dataclass(frozen=True, slots=True)
class Gap:
    """Why there is no answer, as a reason and a sentence."""

    reason: Reason
    sentence: str


def find_force_gap(question: Question, held: Collection[str]) -> Gap | None:
    """Say so when a named force has no document."""
    missing = [force for force in question.forces if force not in held]
    if not missing:
        return None
    return Gap(Reason.NO_SUCH_DOCUMENT, f"The corpus holds no response of {' or '.join(missing)}.")


def find_unknown_force(question: Question, frequency_of: Callable[[str], int]) -> Gap | None:
    """Say so when the word before "police" or "PCC" is one that no document holds: a force without any.

    frequency_of: how many passages hold a Porter stem.
    """
    if question.forces:
        return None
    named = [match["area"] for match in _NAMED_FORCE.finditer(question.words)]
    unknown = [
        area for area in named if area.lower() not in STOPWORDS and not frequency_of(stem(area.lower()))
    ]
    if not unknown:
        return None
    return Gap(
        Reason.NO_SUCH_DOCUMENT, f"The corpus holds no response of a force called {unknown[0].title()}."
    )


def find_unknown_name(question: Question, frequency_of: Callable[[str], int]) -> Gap | None:
    """Say so when a capitalised name stands where a force would, and no document holds a word of it.

    frequency_of: how many passages hold a Porter stem.
    """
    if question.forces:
        return None
    for match in _IN_PLACE_OF_FORCE.finditer(question.words):
        name = match["subject"] or match["place"]
        parts = stems(name.replace("-", " "))
        if name not in MONTHS and parts and not any(map(frequency_of, parts)):
            return Gap(
                Reason.NO_SUCH_DOCUMENT,
                f"No document has the name {name}: the corpus holds no response of a force called so.",
            )
    return None


def find_item_gap(question: Question, passages: Sequence[Passage]) -> Gap | None:
    """Say so when none of the passages belongs to the recommendation that the question names."""
    known = {item for passage in passages for item in passage.items}
    missing = [item for item in question.items if item not in known]
    if not question.items or len(missing) < len(question.items) or SHORT_ITEM.search(question.words):
        return None
    named = " or ".join(missing)
    return Gap(Reason.DOCUMENT_SILENT, f"The documents say nothing of {named} on this subject.")


def find_unsafe(question: Question) -> Gap | None:
    """Say so when a question asks who holds an office now: a document tells who signed then."""
    if question.wanted is not Wanted.WHO or not _HOLDS_NOW.search(question.words):
        return None
    return Gap(
        Reason.UNSAFE_TO_GUESS,
        "The documents tell who held an office when they were written, not who holds it now.",
    )


def lack_of(question: Question) -> Gap:
    """Say that the sort of thing asked for is not in the words found."""
    what = _LACKING.get(question.sought, "answer")
    return Gap(Reason.DOCUMENT_SILENT, f"The documents give no {what} for this.")


def find_attached(question: Question, ranked: Sequence[Ranked], drafts: Sequence[Draft]) -> Gap | None:
    """Say so when what is asked for stands in an attachment, which is not held, and no status comes first."""
    if question.sought not in {Wanted.LIST, Wanted.FACT} or is_attached(question.words):
        return None
    if drafts and drafts[0].status:
        return None
    if not any(is_attached(plain(found.sentence.quote)) for found in ranked[:2]):
        return None
    return Gap(Reason.DOCUMENT_SILENT, "The document says that this is attached; the attachment is not held.")


_LOOKED_AT = 12
_LIKELY = 3
"""Of the likeliest sentences, those among which the one that answers stands."""
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
    likely = [found for found in ranked[:_LIKELY] if holds_wanted(question, found.sentence.quote)]
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


@dataclass(frozen=True, slots=True)
class Case:
    """A question, what was found for it, and what the reader makes of that.

    frequency_of: how many passages hold a Porter stem.  silent: the reader finds no answer.
    """

    question: Question
    ranked: Sequence[Ranked]
    shelf: CorpusSnapshot
    frequency_of: Callable[[str], int]
    silent: bool

    @property
    def passages(self) -> list[Passage]:
        """Return the passages of what was found."""
        return [found.sentence.passage for found in self.ranked]

    @property
    def speaks_of_forces(self) -> bool:
        """Tell whether a likely sentence names the forces in question, in a document of no force."""
        likely = [found.sentence for found in self.ranked[:_LIKELY] if not self._force_of(found)]
        names = [stems(force)[:1] for force in self.question.forces]
        return bool(names) and any(all(set(name) <= one.stems for name in names) for one in likely)

    def _force_of(self, found: Ranked) -> bool:
        return self.shelf.cards[found.sentence.passage.document].fact(FactName.FORCE) is not None

    @property
    def of_fact(self) -> bool:
        """Tell whether a fact about a document answers, which no sentence has to be judged for."""
        return bool(read_asked_facts(self.question.words))


_CHECKS: Sequence[Callable[[Case], Gap | None]] = (
    lambda case: None if case.speaks_of_forces else find_force_gap(case.question, case.shelf.held),
    lambda case: find_unknown_force(case.question, case.frequency_of),
    lambda case: find_unknown_name(case.question, case.frequency_of),
    lambda case: find_unsafe(case.question),
    lambda case: find_item_gap(case.question, case.passages),
    lambda case: find_typed_deadline(case.question, case.ranked),
    lambda case: find_forecast(case.question),
    lambda case: find_no_subject(case.question),
    lambda case: find_doubtful_date(case.question, case.ranked),
    lambda case: None if case.of_fact else find_ambiguity(case.question, case.ranked, case.shelf.cards),
    lambda case: lack_of(case.question) if case.silent and not case.of_fact else None,
)
"""Why nothing is answered, before anything is drafted: the first that holds."""


def find_gap(case: Case) -> Gap | None:
    """Return why a question cannot be answered from what was found, before anything is drafted."""
    return next((gap for check in _CHECKS if (gap := check(case))), None)


def find_gap_of_drafts(
    question: Question, ranked: Sequence[Ranked], drafts: Sequence[Draft], shelf: CorpusSnapshot
) -> Gap | None:
    """Return why what was drafted is no answer to a question."""
    return find_unstated_date(question, ranked, drafts, shelf.cards) or find_attached(
        question, ranked, drafts
    )
