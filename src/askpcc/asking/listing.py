"""Lists and counts of matters, answered from the register."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from askpcc.asking.questions import DONE, OPEN, read_asked_statuses, supposes_all, without_statuses
from askpcc.asking.stating import word_row
from askpcc.model import (
    Citation,
    Concept,
    Document,
    DocumentClaims,
    MatterKind,
    Question,
    Span,
    Statement,
    Status,
    Wanted,
    cite_place,
)
from askpcc.register import format_coverage
from askpcc.register.rows import Row
from askpcc.text.dates import FULL_DATE, find_dates, show_date
from askpcc.text.references import without_items
from askpcc.text.sentences import names_person, split_sentences
from askpcc.text.words import default_lexicon, load_patterns, plain, stems

_MOST_LISTED = 20
_MOST_CITED = 2
_MOST_NUMBERED = 12
_LONGEST_NAME = 110
"""Characters of a matter's name in a list."""

_NO_FORCE = "The register has no matter of that status, kind or subject for any force"
_COUNTED = frozenset({Wanted.LIST, Wanted.COUNT})
_LISTS = re.compile(r"^\W*(?:(?:so|and|but|ok)\W+)*(?:what|which|list|show|how many)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question asks of the register.

    statuses: none where each matter is asked for with its own.  all: it takes it that all have one of these.
    any: it asks whether there is any.  owner: and who leads the work.  about: words that a matter, its report
    or its evidence must have.
    """

    statuses: frozenset[Status]
    kinds: frozenset[MatterKind]
    about: Sequence[Concept]
    one_a_force: bool = False
    all: bool = False
    any: bool = False
    owner: bool = False
    overdue: bool = False
    due_before: str | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """What the register answers.  verdict: in one line.  note: what the list does not cover."""

    verdict: str
    statements: tuple[Statement, ...]
    note: str


def read_asked(question: Question) -> Asked | None:
    """Return what a question asks of the register; None for one of a single matter or of something else."""
    typed = question.asks
    one_a_force = _find("forces", typed) and not question.forces
    if question.items and not one_a_force:
        return None
    statuses = read_asked_statuses(typed)
    each, overdue = _find("each", typed), _find("overdue", typed)
    due = _read_due(typed)
    every = supposes_all(typed) and _find("matters", typed)
    causes = _find("forces", typed) and _find("causes", typed)
    if not (statuses or each or due or causes):
        return None
    about = _read_subject(typed, question)
    listing = question.wanted in _COUNTED or _LISTS.match(typed) or _find("any", typed) or every or due
    if not each and not (listing and (one_a_force or _find("matters", typed) or not about)):
        return None
    return Asked(
        statuses=OPEN if (overdue or due) else frozenset() if each else statuses,
        kinds=_read_kinds(typed),
        about=about,
        one_a_force=one_a_force,
        all=every,
        any=_find("any", typed),
        owner=_find("owner", typed),
        overdue=overdue,
        due_before=due,
    )


def _read_kinds(typed: str) -> frozenset[MatterKind]:
    named = {"causes": MatterKind.CAUSE_OF_CONCERN, "areas": MatterKind.AREA_FOR_IMPROVEMENT}
    return frozenset(kind for name, kind in named.items() if _find(name, typed))


def _read_due(typed: str) -> str | None:
    """Return the day before which what is listed is due, where a question names one."""
    dates = [found.value for found in find_dates(typed, years=True) if found.value]
    return dates[0] if dates and _find("due", typed) else None


def _read_subject(typed: str, question: Question) -> list[Concept]:
    """Return the concepts of what the listed matters are about, beside force, status and list."""
    bare = typed
    for found in reversed(find_dates(typed, years=True)):
        bare = f"{bare[: found.span.start]} {bare[found.span.end :]}"
    bare = without_statuses(without_items(bare))
    for name in ("each", "forces", "matters", "any", "asking"):
        bare = load_patterns("asked_register")[name].sub(" ", bare)
    told = default_lexicon().concepts(bare)
    names = {stem for force in question.forces for stem in stems(force)}
    return [one for one in told if not set(one.phrases[0][0]) <= names and not _is_number(one)]


def _is_number(concept: Concept) -> bool:
    return all(stem.isdigit() for stem in concept.phrases[0][0])


def list_matters(
    asked: Asked, question: Question, entries: Sequence[DocumentClaims], rows: Sequence[Row], today: date
) -> Listed | None:
    """Return what the register answers; no statements where it has the matters and none of that status.

    None where it has no matter that the question may mean.  rows: of all documents, each marked where it is
    superseded.
    """
    scope = _choose(asked, question, rows)
    if not scope:
        return Listed(_NO_FORCE, (), "") if asked.one_a_force else None
    found = [row for row in scope if _fits(row, asked, today)]
    # Where all are done, they are what shows it.
    found = found or (scope if asked.all else [])
    if asked.one_a_force:
        found = list({row.response.force: row for row in reversed(found)}.values())[::-1]
    shown = found[:_MOST_LISTED]
    several = len({row.response.force for row in scope}) > 1
    texts = {entry.document.path: entry.document for entry in entries}
    statements = [_state(row, several=several) for row in shown]
    if asked.owner:
        led = [_find_lead(row, scope, texts[row.response.document]) for row in shown]
        statements = [
            replace(one, citations=(*one.citations, *lead)) for one, lead in zip(statements, led, strict=True)
        ]
    verdict = _word_verdict(asked, found, scope)
    return Listed(verdict, tuple(statements), _tell_coverage(entries, rows, shown, found))


def _find_lead(row: Row, scope: Sequence[Row], document: Document) -> tuple[Citation, ...]:
    """Return the sentence that says who leads the work on a matter, before the document's next one."""
    begin = _place(row)
    later = [_place(one) for one in scope if one.response.document == document.path]
    end = min((place for place in later if place > begin), default=len(document.text))
    for span in split_sentences(document.text, Span(begin, end)):
        words = plain(span.of(document.text))
        if load_patterns("asked_register")["leading"].search(words) and names_person(words):
            return (cite_place(document, span),)
    return ()


def _choose(asked: Asked, question: Question, rows: Sequence[Row]) -> list[Row]:
    """Return the matters that a question may mean, as they stand now, in the order of their documents."""
    current = [row for row in rows if row.superseded_by is None]
    if asked.one_a_force:
        current = [row for row in current if row.response.force]
    if question.forces:
        current = [row for row in current if row.response.force in question.forces]
    if question.items:
        current = [row for row in current if f"{row.kind} {row.number}" in question.items]
    if asked.kinds:
        current = [row for row in current if row.kind in asked.kinds]
    if asked.about:
        current = _on_subject(current, asked.about)
    return sorted(current, key=lambda row: (row.response.force or "", row.response.document, _place(row)))


def _place(row: Row) -> int:
    return min((citation.span.start for citation in row.citations), default=0)


def _on_subject(rows: Sequence[Row], about: Sequence[Concept]) -> list[Row]:
    """Return the rows of the reports that a subject names, else those that speak of it themselves."""
    of_report = [row for row in rows if _holds(f"{row.response.report} {row.response.document}", about)]
    if of_report:
        return of_report
    return [
        row
        for row in rows
        if _holds(" ".join([row.matter, row.response.report, *(one.quote for one in row.citations)]), about)
    ]


def _holds(told: str, about: Sequence[Concept]) -> bool:
    spoken = frozenset(stems(told))
    return all(any(spoken.issuperset(phrase) for phrase, _ in concept.phrases) for concept in about)


def _fits(row: Row, asked: Asked, today: date) -> bool:
    if asked.all:
        return row.status not in DONE
    if asked.statuses and row.status not in asked.statuses:
        return False
    if asked.overdue:
        return bool(row.due and len(row.due) == FULL_DATE and row.due < today.isoformat())
    return asked.due_before is None or bool(row.due and row.due < asked.due_before)


def _state(row: Row, *, several: bool) -> Statement:
    due = f", due {show_date(row.due)}" if row.due and row.status not in DONE else ""
    return Statement(
        f"{word_row(row)}{due}", row.citations[:_MOST_CITED], row.status, name_matter(row, several=several)
    )


def name_matter(row: Row, *, several: bool) -> str:
    """Return which matter a row is of: "Recommendation 2, review each case"; of several forces, whose too."""
    number = f"{row.kind} {row.number}" if row.number else ""
    words = " ".join(row.matter.split())
    name = "" if number.lower() in words.lower() and len(words) < len(number) + 2 else words
    short = name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME].rsplit(' ', 1)[0]} …"
    told = ", ".join(filter(None, [number, short]))
    return f"{row.response.force}: {told}" if several else f"{told[:1].upper()}{told[1:]}"


def _word_verdict(asked: Asked, found: Sequence[Row], scope: Sequence[Row]) -> str:
    """Say how many of how many matters, and which."""
    done = all(row.status in DONE for row in found)
    number, whole = len({row.id for row in found}), len({row.id for row in scope})
    matters = f"{whole} {_name_kind(scope, whole)} of {_name_forces(scope)} in the register"
    if asked.one_a_force:
        forces = [row.response.force or "" for row in found]
        return f"{_count(number, 'force')}: {_listed(forces)}" if found else _NO_FORCE
    if asked.all and done:
        return f"Yes: all {matters} are stated to be complete or closed"
    if asked.all:
        return f"No: {number} of {matters} are not stated to be complete{_name_numbers(found)}"
    if not asked.statuses:
        counted = Counter(row.status.words for row in found)
        return f"{matters}: {', '.join(f'{count} {words}' for words, count in counted.most_common())}"
    word = _word_asked(asked)
    if not number:
        return f"None of {matters} is stated to be {word}"
    are = "is" if number == 1 else "are"
    return f"{'Yes: ' if asked.any else ''}{number} of {matters} {are} {word}{_name_numbers(found)}"


def _word_asked(asked: Asked) -> str:
    if asked.overdue:
        return "overdue"
    words = {OPEN: "outstanding", DONE: "complete or closed"}
    before = f" and due before {show_date(asked.due_before)}" if asked.due_before else ""
    told = words.get(asked.statuses) or " or ".join(sorted(one.words for one in asked.statuses))
    return f"{told}{before}"


def _name_kind(rows: Sequence[Row], number: int) -> str:
    kinds = {row.kind for row in rows}
    kind = next(iter(kinds)) if len(kinds) == 1 else None
    noun = str(kind) if kind in {MatterKind.RECOMMENDATION, MatterKind.CAUSE_OF_CONCERN} else "matter"
    if kind is MatterKind.CAUSE_OF_CONCERN:
        return noun if number == 1 else "causes of concern"
    return noun if number == 1 else f"{noun}s"


def _name_forces(rows: Sequence[Row]) -> str:
    forces = list(dict.fromkeys(row.response.force or "" for row in rows))
    if len(forces) > 1:
        return f"{len(forces)} forces"
    return forces[0] or f"“{rows[0].response.report}”"


def _name_numbers(rows: Sequence[Row]) -> str:
    """Return ": 2 and 4" where all rows are of one document and numbered."""
    numbers = list(dict.fromkeys(row.number for row in rows))
    one = len({(row.response.document, row.kind) for row in rows}) == 1
    if not one or None in numbers or len(numbers) > _MOST_NUMBERED:
        return ""
    return f": number{'s' if len(numbers) > 1 else ''} {_listed(map(str, numbers))}"


def _listed(names: Iterable[str]) -> str:
    *before, last = names
    return f"{', '.join(before)} and {last}" if before else last


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _tell_coverage(
    entries: Sequence[DocumentClaims], rows: Sequence[Row], shown: Sequence[Row], found: Sequence[Row]
) -> str:
    """Say what a list leaves out: rows that are not shown, matters that the register does not have."""
    return " ".join(_tell_left_out(entries, rows, shown, found))


def _tell_left_out(
    entries: Sequence[DocumentClaims], rows: Sequence[Row], shown: Sequence[Row], found: Sequence[Row]
) -> Iterator[str]:
    if len(found) > len(shown):
        yield f"{len(found) - len(shown)} more are not shown here; name a force or a report."
    documents = {row.response.document: row.response.report for row in shown}
    for entry in entries:
        title = documents.get(entry.document.path)
        if title and not (coverage := format_coverage(entry, rows, f"“{title}”")).complete:
            yield coverage.sentence


def _find(name: str, typed: str) -> bool:
    return load_patterns("asked_register")[name].search(typed) is not None
