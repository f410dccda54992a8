"""Signs that a sentence holds the sort of thing a question wants, and signs that it holds little."""

from collections.abc import Mapping
from functools import lru_cache

from askpcc.asking.asked_statuses import read_asked_statuses
from askpcc.language import clauses
from askpcc.language.dates import find_dates
from askpcc.language.words import plain, stems
from askpcc.model import BlockKind, Question, Sentence, Stems, Wanted

_FEW_STEMS = 5
_MONTH = len("2023-06")
_NOT_AN_AREA = frozenset(stems("police constabulary service force and the"))

_KIND_WANTED: Mapping[Wanted, str] = {
    Wanted.COUNT: "number",
    Wanted.WHEN: "date",
    Wanted.DEADLINE: "date",
    Wanted.WHO: "person",
    Wanted.STATUS: "status",
    Wanted.FACT: "status",
}


def _kind_wanted(question: Question) -> str | None:
    if question.sought is Wanted.LIST and read_asked_statuses(question.words):
        return "status"
    return _KIND_WANTED.get(question.sought)


def read_signs(question: Question, sentence: Sentence, *, bears_claim: bool) -> dict[str, float]:
    """Return the signs that need no comparison with the question's words, by name, from 0 to 1."""
    written = plain(sentence.quote)
    holds = _kinds_held(written)
    wanted = _kind_wanted(question)
    kind = sentence.passage.kind
    signs = {
        "heading": kind is BlockKind.HEADING and not (wanted == "person" and holds["person"]),
        "bullet": kind is BlockKind.BULLET,
        "row": kind is BlockKind.ROW,
        "short": len(sentence.stems) < _FEW_STEMS,
        "first": sentence.span.start == sentence.passage.span.start,
        "boilerplate": holds["boilerplate"],
        "demand": wanted == "status" and holds["demand"],
        "claim": wanted == "status" and bears_claim,
        "then": bool(_months(question.words) & _months(written)),
        "due": question.sought is Wanted.DEADLINE and holds["due"],
        "force": any(_area(force) <= sentence.stems for force in question.forces),
        **({wanted: _holds(question, wanted, written)} if wanted else {}),
    }
    return {name: float(value) for name, value in signs.items()} | {"item": _item_fit(question, sentence)}


def _holds(question: Question, wanted: str, written: str) -> bool:
    if wanted == "number" and clauses.asks_money(question.words):
        return clauses.holds_money(written)
    return _kinds_held(written)[wanted]


@lru_cache(maxsize=20_000)
def _months(words: str) -> frozenset[str]:
    """Return the months that words name with their year."""
    values = (found.value for found in find_dates(words))
    return frozenset(value[:_MONTH] for value in values if value and len(value) >= _MONTH)


@lru_cache(maxsize=20_000)
def _kinds_held(written: str) -> Mapping[str, bool]:
    return {
        "number": clauses.holds_number(written),
        "due": clauses.holds_due_date(written),
        "date": clauses.holds_date(written),
        "person": clauses.holds_person(written),
        "status": clauses.tells_status(written),
        "demand": clauses.demands(written),
        "boilerplate": clauses.is_boilerplate(written),
    }


def _item_fit(question: Question, sentence: Sentence) -> float:
    if not question.items:
        return 0.0
    return (
        1.0 if set(question.items) & set(sentence.passage.items) else -0.5 if sentence.passage.items else 0.0
    )


@lru_cache(maxsize=1_000)
def _area(force: str) -> Stems:
    return frozenset(stems(force)) - _NOT_AN_AREA
