"""The facts of a response, declared or found in its text, and the document that they make."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from urllib.parse import urlsplit

from askpcc.errors import BadDocument, CorpusError
from askpcc.metadata.fields import Sheet, lay_out
from askpcc.metadata.parties import read_author, read_force
from askpcc.metadata.reports import (
    SOURCE_KINDS,
    read_report_kind,
    read_source_kind,
    read_title,
)
from askpcc.metadata.response_dates import read_deadline, read_published, read_responded
from askpcc.model import (
    Document,
    Fact,
    FactName,
    Source,
    Span,
    StoredText,
    version_of,
)
from askpcc.readers import read_stored_text
from askpcc.text.dates import parse_date
from askpcc.text.forces import ForceTable

_ALIASES: Mapping[str, FactName] = {
    "title of inspection": FactName.TITLE,
    "report": FactName.TITLE,
    "police force": FactName.FORCE,
    "kind": FactName.REPORT_KIND,
    "report type": FactName.REPORT_KIND,
    "type of inspection": FactName.REPORT_KIND,
    "date published": FactName.PUBLISHED,
    "date inspection published": FactName.PUBLISHED,
    "report published": FactName.PUBLISHED,
    "published on": FactName.PUBLISHED,
    "due": FactName.DEADLINE,
    "response due": FactName.DEADLINE,
    "deadline for response": FactName.DEADLINE,
    "date": FactName.RESPONDED,
    "response date": FactName.RESPONDED,
    "date of response": FactName.RESPONDED,
    "date response sent": FactName.RESPONDED,
    "responded on": FactName.RESPONDED,
    "signed by": FactName.AUTHOR,
    "kind of source": FactName.SOURCE_KIND,
    **{name.value.replace("_", " "): name for name in FactName},
}
_YES_NO = {"yes": "yes", "y": "yes", "true": "yes", "no": "no", "n": "no", "false": "no"}
_DAYS = re.compile(r"\d{1,3}(?: working)? days")
_DATE_REMEDY = "Write it as 2023-06-06 or 6 June 2023."


def read_declared(path: str, declared: Mapping[str, tuple[str, Span]], forces: ForceTable) -> Iterator[Fact]:
    """Read the facts among the front matter's keys; keys that name no fact are left alone.

    Raises BadDocument with the key and a remedy where a value cannot be one of its kind.
    """
    for key, (value, span) in declared.items():
        name = _ALIASES.get(re.sub(r"[\s_-]+", " ", key.lower()).strip())
        if name is not None:
            yield Fact(name, _read_value(path, key, value, _readers(forces)[name]), span)


def _readers(forces: ForceTable) -> Mapping[FactName, tuple[Callable[[str], str | None], str]]:
    """Return for each fact how its value is read, and what to write where it cannot be."""
    date = (parse_date, _DATE_REMEDY)
    answer = (lambda value: _YES_NO.get(value.lower()), "Write yes or no.")
    words = (lambda value: " ".join(value.split()) or None, "Write it in words.")
    return {
        **dict.fromkeys(FactName, words),
        FactName.FORCE: (lambda value: _read_force(value, forces), "Write the force's full name."),
        FactName.PUBLISHED: date,
        FactName.RESPONDED: date,
        FactName.DEADLINE: (_read_deadline, f"{_DATE_REMEDY[:-1]}, or as 56 days."),
        FactName.SOURCE_KIND: (_read_source_kind, f"Write one of: {', '.join(SOURCE_KINDS)}."),
        **dict.fromkeys((FactName.NATIONAL, FactName.LOCAL, FactName.SPECIFIC, FactName.QUOTED), answer),
    }


def _read_value(path: str, key: str, value: str, reader: tuple[Callable[[str], str | None], str]) -> str:
    read, remedy = reader
    found = read(value.strip())
    if found is None:
        raise BadDocument(path, f"Its front matter cannot have '{key}: {value}'.", remedy)
    return found


def _read_force(value: str, forces: ForceTable) -> str | None:
    known = forces.named(value)
    unknown = " ".join(value.split()) if re.match(r"[A-Z][\w'\u2019-]+", value) else None
    return known.name if known else unknown


def _read_deadline(value: str) -> str | None:
    return value.lower() if _DAYS.fullmatch(value.lower()) else parse_date(value)


def _read_source_kind(value: str) -> str | None:
    kind = " ".join(re.split(r"[\s_-]+", value.lower()))
    return kind if kind in SOURCE_KINDS else None


COLUMNS = ("document", "url", "fetched")
SOURCES_NAME = "sources.csv"

_BYTE_ORDER_MARK = "\ufeff"
_FULL_DATE = len("2023-06-06")


def parse_sources(text: str) -> dict[str, Source]:
    """Read the notes, one row a document; of two rows for one document the later wins.

    Raises CorpusError with the number of the line for a row that cannot be used.  Other columns, blank
    rows and a byte order mark are no fault, nor are dates in the form that spreadsheets give them.
    """
    rows = csv.reader(io.StringIO(text.removeprefix(_BYTE_ORDER_MARK), newline=""), strict=True)
    numbered = list(_number(rows))
    if not numbered:
        return {}
    columns = _read_header(numbered[0])
    return dict(_read_row(line, columns, cells) for line, cells in numbered[1:])


def append_source(text: str, document: str, source: Source) -> str:
    """Return the notes with one row more, in the columns and with the line ends that they have.

    Raises CorpusError where the notes as they are cannot be used.
    """
    parse_sources(text)
    body = text if text.removeprefix(_BYTE_ORDER_MARK).strip() else _write_row(COLUMNS, "\n")
    line_end = "\r\n" if "\r\n" in body else "\n"
    values = {"document": document, "url": source.url or "", "fetched": source.fetched or ""}
    header = next(csv.reader(io.StringIO(body.removeprefix(_BYTE_ORDER_MARK).lstrip())))
    row = _write_row([values.get(name.strip().lower(), "") for name in header], line_end)
    return body + ("" if body.endswith(("\n", "\r")) else line_end) + row


def read_address(value: str) -> str | None:
    """Return a web address as written where it is one of http or https, else None."""
    try:
        parts = urlsplit(value)
    except ValueError:
        return None
    usable = parts.scheme in {"http", "https"} and parts.netloc and not any(map(str.isspace, value))
    return value if usable else None


def read_fetched(value: str) -> str | None:
    """Return the ISO date of a full date, else None."""
    date = parse_date(value)
    return date if date and len(date) == _FULL_DATE else None


def _number(rows: Iterator[list[str]]) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that hold anything, each with its line."""
    line = 0
    try:
        for cells in rows:
            line += 1
            if any(cell.strip() for cell in cells):
                yield line, [cell.strip() for cell in cells]
    except csv.Error as exc:
        raise _bad_row(line + 1, f"it is not CSV ({exc})") from exc


def _read_header(header: tuple[int, list[str]]) -> list[str]:
    line, cells = header
    columns = [cell.lower() for cell in cells]
    missing = [name for name in COLUMNS if name not in columns]
    if missing:
        raise _bad_row(line, f"the columns {', '.join(missing)} are missing")
    return columns


def _read_row(line: int, columns: Iterable[str], cells: Iterable[str]) -> tuple[str, Source]:
    row: Mapping[str, str] = dict(zip(columns, cells, strict=False))
    document, url, fetched = (row.get(name, "") for name in COLUMNS)
    if not document:
        raise _bad_row(line, "it names no document")
    source = Source(read_address(url), read_fetched(fetched))
    if url and not source.url:
        raise _bad_row(line, f"'{url}' is not a web address")
    if fetched and not source.fetched:
        raise _bad_row(line, f"'{fetched}' is not a date")
    return document.replace("\\", "/"), source


def _bad_row(line: int, reason: str) -> CorpusError:
    example = "response.md,https://example.org/response,2024-05-31"
    return CorpusError(
        f"{SOURCES_NAME}, line {line}: {reason}. Write document,url,fetched as in '{example}'."
    )


def _write_row(cells: Iterable[str], line_end: str) -> str:
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator=line_end).writerow(cells)
    return written.getvalue()


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


_URL_KEYS = ("url", "source url", "link")
_FETCHED_KEYS = ("fetched", "fetched on", "retrieved", "accessed")


def read_document(path: str, data: bytes, source: Source, forces: ForceTable) -> Document:
    """Read one file; path names it and is not opened, source is what is noted about it elsewhere.

    Its web address is the front matter's, else the one it gives itself, else the noted one.
    Raises BadDocument for a file or a front matter that cannot be read.
    """
    stored = read_stored_text(path, data)
    return Document(
        path=path,
        version=version_of(stored.text),
        text=stored.text,
        blocks=stored.blocks,
        facts=read_facts(path, stored, forces),
        page_starts=stored.page_starts,
        source=_read_source(path, stored, source),
    )


def _read_source(path: str, stored: StoredText, noted: Source) -> Source:
    url, fetched = _declared(stored, _URL_KEYS), _declared(stored, _FETCHED_KEYS)
    if url and not read_address(url):
        reason = f"Its front matter's web address '{url}' is none."
        raise BadDocument(path, reason, "Write it in full, with https:// at its beginning.")
    if fetched and not read_fetched(fetched):
        reason = f"Its front matter says that it was fetched on '{fetched}'."
        raise BadDocument(path, reason, "Write the day as 2023-06-06.")
    own = read_address(stored.url) if stored.url else None
    return Source(url or own or noted.url, read_fetched(fetched) if fetched else noted.fetched)


def _declared(stored: StoredText, keys: tuple[str, ...]) -> str | None:
    values = {re.sub(r"[\s_-]+", " ", key): value for key, (value, _) in stored.declared.items()}
    return next((values[key] for key in keys if key in values), None)
