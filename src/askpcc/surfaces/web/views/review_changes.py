"""What was answered then beside what is answered now, with the words that differ marked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from askpcc.language.words import plain
from askpcc.model import Citation, Statement


@dataclass(frozen=True, slots=True)
class Words:
    """Some words.  changed: the other side does not have them."""

    text: str
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Side:
    """A statement.  quotes: each with what it quotes."""

    label: tuple[Words, ...]
    quotes: tuple[tuple[tuple[Words, ...], Citation], ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A statement then and now; None where one side has none.  is_same: both say the same."""

    then: Side | None
    now: Side | None
    is_same: bool


def compare(then: Sequence[Statement], now: Sequence[Statement]) -> list[Change]:
    """Return the statements of both sides, each beside the one that took its place."""
    matcher = SequenceMatcher(None, [_said(one) for one in then], [_said(one) for one in now], autojunk=False)
    changes: list[Change] = []
    for kind, first, last, start, end in matcher.get_opcodes():
        for old, new in zip_longest(then[first:last], now[start:end]):
            changes.append(_compare_pair(old, new, is_same=kind == "equal"))
    return changes


def _said(statement: Statement) -> tuple[str, ...]:
    return (statement.text, *(plain(citation.quote) for citation in statement.citations))


def _compare_pair(then: Statement | None, now: Statement | None, *, is_same: bool) -> Change:
    return Change(
        _view(then, now) if then else None,
        _view(now, then) if now else None,
        is_same,
    )


def _view(statement: Statement, other: Statement | None) -> Side:
    """Return a side.  other: the statement on the other side."""
    quoted = list(zip_longest(statement.citations, other.citations if other else ()))
    return Side(
        label=tuple(_mark(statement.text, other.text if other else "")),
        quotes=tuple(
            (tuple(_mark(plain(own.quote), plain(theirs.quote) if theirs else "")), own)
            for own, theirs in quoted
            if own is not None
        ),
    )


def _mark(own: str, theirs: str) -> Iterator[Words]:
    """Yield the words of a text, cut where they differ from the other text."""
    said, others = own.split(), theirs.split()
    for kind, first, last, _, _ in SequenceMatcher(None, said, others, autojunk=False).get_opcodes():
        if last > first:
            yield Words(" ".join(said[first:last]), kind != "equal")
