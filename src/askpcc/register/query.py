"""The register as it is asked: rows chosen, and what they do not cover."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from askpcc.errors import SettingsError
from askpcc.model import DocumentClaims, MatterKind, Status
from askpcc.register.history import build_register, known_on, leave_out_welsh_copies
from askpcc.register.rows import Row, is_same_report, read_response
from askpcc.text.dates import FULL_DATE, parse_date, show_date
from askpcc.text.forces import Force, ForceTable
from askpcc.text.words import (
    content_stems,
    load_patterns,
    plain,
    stems,
)

_PARAGRAPH_END = re.compile(r"\n\s*\n")
_MOST_QUOTED = 3
_NUMBERS = {
    word: number
    for number, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
        " seventeen eighteen nineteen twenty".split(),
        start=1,
    )
}
_COUNTED: Mapping[MatterKind, str] = {
    MatterKind.RECOMMENDATION: "counted_recommendations",
    MatterKind.AREA_FOR_IMPROVEMENT: "counted_areas",
    MatterKind.CAUSE_OF_CONCERN: "counted_causes",
}
_MOST_NAMED = 12


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody wants to see.  history: superseded rows as well.  as_of: a day, as it was typed."""

    force: str | None = None
    report: str | None = None
    status: str | None = None
    as_of: str | None = None
    history: bool = False


@dataclass(frozen=True, slots=True)
class Register:
    """The rows chosen, the newest first, and what they do not cover, a sentence each."""

    rows: Sequence[Row]
    notes: Sequence[str]


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the register has of a document.  complete: nothing in its words speaks of more."""

    document: str
    sentence: str
    complete: bool


def choose(entries: Sequence[DocumentClaims], choice: Choice, forces: ForceTable) -> Register:
    """Return the rows that are wanted; raises SettingsError for a force, report, status or day unknown."""
    day = _read_day(choice.as_of)
    status = _read_status(choice.status)
    entries = leave_out_welsh_copies(entries)
    scope = _of_report(_of_force(entries, choice.force, forces), choice.report)
    known = known_on(entries, day) if day else entries
    paths = {entry.document.path for entry in scope}
    scope = [entry for entry in known if entry.document.path in paths]
    # What supersedes a row may stand outside of what is wanted.
    register = [row for row in build_register(known) if row.response.document in paths]
    shown = [row for row in register if choice.history or row.superseded_by is None]
    shown = [row for row in shown if status is None or row.status is status]
    return Register(shown, [*_undated(scope, day), *_uncovered(scope, register), *_hidden(register, choice)])


def _read_day(written: str | None) -> str | None:
    if written is None:
        return None
    day = parse_date(written)
    if day is None or len(day) != FULL_DATE:
        raise SettingsError(f"{written!r} is no day. Write it as 2024-01-31 or 31 January 2024.")
    return day


def _read_status(written: str | None) -> Status | None:
    if written is None:
        return None
    wanted = "_".join(written.lower().replace("-", " ").replace("_", " ").split())
    if wanted not in set(Status):
        raise SettingsError(f"{written!r} is no status. There are: {', '.join(Status)}.")
    return Status(wanted)


def _of_force(
    entries: Sequence[DocumentClaims], written: str | None, forces: ForceTable
) -> list[DocumentClaims]:
    if written is None:
        return list(entries)
    held = {entry.document.path: read_response(entry.document).force for entry in entries}
    names = sorted({name for name in held.values() if name})
    force = _find_force(written, names, forces)
    if force not in names:
        known = f"It has: {_list(names)}." if names else "It has none yet."
        raise SettingsError(f"The register has no force called {written!r}. {known}")
    return [entry for entry in entries if held[entry.document.path] == force]


def _find_force(written: str, names: Sequence[str], forces: ForceTable) -> str | None:
    force: Force | None = forces.with_extra(names).named(" ".join(written.split()))
    return force.name if force else None


def _of_report(entries: Sequence[DocumentClaims], written: str | None) -> list[DocumentClaims]:
    if written is None:
        return list(entries)
    wanted = set(content_stems(written)) or set(stems(written))
    found = [entry for entry in entries if wanted and wanted <= _report_stems(entry)]
    if not found:
        raise SettingsError(
            f"No report or document has the words {written!r} in its title or name. "
            "askpcc documents lists them."
        )
    return [entry for entry in entries if entry in found or _speaks_of_report(entry, found)]


def _speaks_of_report(entry: DocumentClaims, found: Sequence[DocumentClaims]) -> bool:
    """Tell whether a document under another title speaks of the report of one that was found."""
    response = read_response(entry.document)
    return any(is_same_report(response, read_response(other.document)) for other in found)


def _report_stems(entry: DocumentClaims) -> set[str]:
    response = read_response(entry.document)
    return set(stems(f"{response.report} {response.document}"))


def _undated(scope: Sequence[DocumentClaims], day: str | None) -> Iterator[str]:
    undated = [entry.document.path for entry in scope if read_response(entry.document).responded is None]
    if day and undated:
        yield f"The date of {_list(undated)} is not known; it may be later than {show_date(day)}."


def _uncovered(scope: Sequence[DocumentClaims], register: Sequence[Row]) -> Iterator[str]:
    by_document: dict[str, list[Row]] = {}
    for row in register:
        by_document.setdefault(row.response.document, []).append(row)
    silent = [entry.document.path for entry in scope if entry.document.path not in by_document]
    matters = len({row.id for row in register})
    counted = f"{matters} {'matter' if matters == 1 else 'matters'}"
    yield f"{counted} in {len(by_document)} of {len(scope)} documents; what they do not name is not here."
    for entry in scope:
        path = entry.document.path
        coverage = format_coverage(entry, by_document.get(path, []))
        if path in by_document and not coverage.complete:
            yield coverage.sentence
        if entry.stale:
            yield f"{path} is shown as it was last readable: {entry.stale}"
        yield from (f"{path} is doubtful: {doubt}" for doubt in entry.document.doubts)
    if silent:
        yield f"No matter could be read from {_list(silent)}."


def _hidden(register: Sequence[Row], choice: Choice) -> Iterator[str]:
    hidden = sum(row.superseded_by is not None for row in register)
    if hidden and not choice.history:
        yield f"{hidden} superseded by a newer document: --history shows them."


def _list(names: Sequence[str]) -> str:
    rest = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    return ", ".join(names[:_MOST_NAMED]) + rest


def format_coverage(entry: DocumentClaims, rows: Sequence[Row], name: str = "") -> Coverage:
    """Say how many matters a document names, and with which words it speaks of more.

    rows: all of the register, of that document or of several.  name: what to call it in place of its path.
    """
    path = entry.document.path
    own = [row for row in rows if row.response.document == path]
    matters = {row.id for row in own}
    stated = {row.id for row in own if row.status is not Status.NOT_STATED}
    paragraphs = [plain(part) for part in _PARAGRAPH_END.split(entry.document.text)]
    more = [*_format_rest(paragraphs, own), *_format_counts(paragraphs, own)]
    named = (
        f"{name or path} names {_count(len(matters), 'matter')}{_format_stated(len(matters), len(stated))}"
    )
    return Coverage(path, "; ".join([named, *more]) + ".", complete=not more)


def _format_stated(matters: int, stated: int) -> str:
    if not matters:
        return ""
    them = "it" if matters == 1 else "them"
    if not stated:
        return f" and does not say what has become of {them}"
    return f" and says what has become of {them if stated == matters else stated}"


def _find(name: str, paragraphs: Sequence[str]) -> list[str]:
    pattern = load_patterns("register")[name]
    return [match[0] for paragraph in paragraphs for match in pattern.finditer(paragraph)]


def _format_rest(paragraphs: Sequence[str], rows: Sequence[Row]) -> Iterator[str]:
    found = dict.fromkeys(words.lower() for words in _find("more", paragraphs))
    if found:
        quoted = " and ".join(f"“{words}”" for words in list(found)[:_MOST_QUOTED])
        # Where some are named as recommendations, these may be all; where none is, they cannot be.
        does = "may not" if any(row.kind in _COUNTED for row in rows) else "does not"
        yield f"it speaks of {quoted} and {does} list each of them"


def _format_counts(paragraphs: Sequence[str], rows: Sequence[Row]) -> Iterator[str]:
    for kind, pattern in _COUNTED.items():
        counts = [(_number(words), words) for words in _find(pattern, paragraphs)]
        held = len({row.id for row in rows if row.kind is kind})
        stated, words = max(counts, default=(0, ""))
        if stated > held:
            yield f"it states “{words}”, of which the register has {held or 'none'}"


def _number(words: str) -> int:
    first = words.split(maxsplit=1)[0].casefold()  # a pattern that ignores case takes a long s for s
    return int(first) if first.isdigit() else _NUMBERS[first]


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number or 'no'} {noun}s"
