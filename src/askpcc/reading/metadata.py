"""Facts about a response: what it answers, whose it is, when, by whom, each with the words that say so."""

import re
from collections.abc import Iterator

from askpcc.language.forces import ForceTable
from askpcc.model import Fact, FactName, StoredText
from askpcc.reading.authors import read_author
from askpcc.reading.declared import read_declared
from askpcc.reading.fields import Sheet, lay_out
from askpcc.reading.published import read_published
from askpcc.reading.report_kinds import read_report_kind
from askpcc.reading.responding import read_force
from askpcc.reading.response_dates import read_deadline, read_responded
from askpcc.reading.source_kinds import read_source_kind
from askpcc.reading.titles import read_title

_ANSWERS = {"yes": "yes", "y": "yes", "\u2611": "yes", "\u2612": "yes", "\u2713": "yes", "\u2714": "yes"} | {
    "no": "no",
    "n": "no",
    "\u2610": "no",
}
_TICK_LABELS = {
    FactName.NATIONAL: re.compile(r"national(?: recommendations?)?"),
    FactName.LOCAL: re.compile(r"local(?: recommendations?)?"),
    FactName.SPECIFIC: re.compile(r"(?:(?:is|was) )?(?:.{2,60} )?specific"),
    FactName.QUOTED: re.compile(
        r"(?:(?:is|was) )?(?:.{2,60} )?quoted(?: in (?:the )?(?:report|inspection))?"
    ),
}


def read_facts(path: str, stored: StoredText, forces: ForceTable) -> tuple[Fact, ...]:
    """Read each fact that a document states, declared ones first; a fact it does not state is absent.

    Raises BadDocument where the front matter states a fact that cannot be read.
    """
    declared = tuple(read_declared(path, stored.declared, forces))
    names = {fact.name for fact in declared}
    kind = next((fact.value for fact in declared if fact.name is FactName.SOURCE_KIND), None)
    read = _read_body(path, lay_out(stored), forces, kind)
    return (*declared, *(fact for fact in read if fact.name not in names))


def _read_body(path: str, sheet: Sheet, forces: ForceTable, kind: str | None) -> Iterator[Fact]:
    title, author, source = read_title(path, sheet), read_author(sheet), read_source_kind(sheet)
    kind = kind or (source.value if source else None)
    facts = (
        title,
        read_force(sheet, forces, author, kind),
        next(read_report_kind(sheet, title.span, kind), None),
        read_published(sheet, title.value, kind),
        read_deadline(sheet, kind),
        read_responded(sheet, kind),
        *_read_ticks(sheet),
        author,
        source,
    )
    return (fact for fact in facts if fact)


def _read_ticks(sheet: Sheet) -> Iterator[Fact]:
    """Read yes or no beside its label; a lost or a double tick says nothing."""
    for name, label in _TICK_LABELS.items():
        rows = [field for field in sheet.fields if label.fullmatch(field.label)]
        answers = {_ANSWERS.get(field.value.lower()) for field in rows}
        if len(answers) == 1 and (answer := answers.pop()):
            yield Fact(name, answer, rows[0].row)
