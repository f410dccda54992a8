"""Facts of documents as people have corrected them, kept in a file of the corpus beside the documents."""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from askpcc.errors import CorpusError
from askpcc.metadata.fields import SOURCE_KINDS
from askpcc.model import Document, Fact, FactName
from askpcc.text.dates import parse_date, show_date
from askpcc.text.forces import ForceTable

FACTS_FILE = "facts.csv"
"""The corrections, in the corpus beside the documents, so that they are copied and kept with them."""

CORRECTABLE = (
    FactName.TITLE,
    FactName.FORCE,
    FactName.AUTHOR,
    FactName.RESPONDED,
    FactName.PUBLISHED,
    FactName.SOURCE_KIND,
)
_DATES = (FactName.RESPONDED, FactName.PUBLISHED)
_COLUMNS = ("document", "fact", "value", "by", "on")
_ISO = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
LONGEST = 300
"""Characters of a value: a title of a report has some 150."""
_BYTE_ORDER_MARK = "\ufeff"


@dataclass(frozen=True, slots=True)
class Correction:
    """What somebody says of a document.

    value: as in Fact; "" where the document has no such fact.  by: who, on: ISO date.
    """

    name: FactName
    value: str
    by: str
    on: str


Corrections = Mapping[FactName, Correction]


def read_value(name: FactName, typed: str, forces: ForceTable) -> str:
    """Return a typed value as a fact has it; "" stays "".  Raises CorpusError for what cannot be one."""
    value = " ".join(typed.split())
    if not value:
        return ""
    if len(value) > LONGEST or not value.isprintable():
        raise CorpusError(f"The {name} {value[:60]!r} cannot be used. Write at most {LONGEST} characters.")
    if name in _DATES:
        day = parse_date(value)
        if day is None:
            raise CorpusError(f"{value!r} is no date. Write the day as 2023-06-06 or 6 June 2023.")
        return day
    if name is FactName.SOURCE_KIND and value not in SOURCE_KINDS:
        raise CorpusError(f"{value!r} is no kind of document. Write one of: {', '.join(SOURCE_KINDS)}.")
    named = forces.named(value) if name is FactName.FORCE else None
    return named.name if named else value


def correct(document: Document, corrections: Corrections) -> Document:
    """Return a document with what people say of it in the place of what was read."""
    if not corrections:
        return document
    kept = tuple(fact for fact in document.facts if fact.name not in corrections)
    said = tuple(
        Fact(one.name, one.value, None, f"{one.by}, {show_date(one.on)}")
        for one in corrections.values()
        if one.value
    )
    return replace(document, facts=(*said, *kept))


def parse_corrections(text: str) -> dict[str, dict[FactName, Correction]]:
    """Read the corrections, by document; of two for one fact the later wins.

    Raises CorpusError with the number of the line for one that cannot be used.
    """
    rows = csv.reader(io.StringIO(text.removeprefix(_BYTE_ORDER_MARK), newline=""), strict=True)
    held: dict[str, dict[FactName, Correction]] = {}
    for line, (document, correction) in _read_rows(rows):
        if correction.name not in CORRECTABLE:
            raise CorpusError(f"{FACTS_FILE}, line {line}: {correction.name} cannot be corrected.")
        held.setdefault(document, {})[correction.name] = correction
    return held


def _read_rows(rows: Iterator[list[str]]) -> Iterator[tuple[int, tuple[str, Correction]]]:
    try:
        for line, cells in enumerate(rows, start=1):
            if line == 1 or not any(cells):
                continue
            document, name, value, by, on = cells
            date.fromisoformat(on)
            yield line, (document, Correction(FactName(name), _check(FactName(name), value), by, on))
    except (ValueError, csv.Error) as exc:
        raise CorpusError(
            f"{FACTS_FILE}: a line cannot be read ({exc}). Each has {', '.join(_COLUMNS)}, the last as "
            "2023-06-06. Mend it, or remove the file to drop all corrections."
        ) from exc


def _check(name: FactName, value: str) -> str:
    """Return a value as it stands in the file; raises ValueError for a date that is none."""
    if value and name in _DATES and not _ISO.fullmatch(value):
        raise ValueError(f"{value!r} is no date")
    return value


def write_corrections(held: Mapping[str, Corrections]) -> str:
    """Return the corrections as a file, by document and fact."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for document in sorted(held):
        for name in CORRECTABLE:
            if one := held[document].get(name):
                writer.writerow((document, str(name), one.value, one.by, one.on))
    return out.getvalue()
