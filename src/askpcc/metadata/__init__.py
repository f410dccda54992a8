"""A file becomes a document: its text, its facts, and where it came from."""

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import urlsplit

from askpcc.errors import BadDocument, CorpusError
from askpcc.metadata.fields import Sheet, lay_out, read_declared, read_ticks
from askpcc.metadata.own_dates import read_own_date
from askpcc.metadata.parties import read_author, read_force
from askpcc.metadata.reports import (
    read_report_kind,
    read_source_kind,
    read_title,
)
from askpcc.metadata.response_dates import read_deadline, read_published, read_responded
from askpcc.model import (
    Document,
    DocumentCard,
    Fact,
    FactName,
    Source,
    StoredText,
    version_of,
)
from askpcc.readers import read_stored_text
from askpcc.text.dates import FULL_DATE, parse_date, show_date
from askpcc.text.forces import ForceTable

SOURCES_FILE = "sources.csv"
"""The notes of where documents came from, in the corpus beside them."""
_COLUMNS = ("document", "url", "fetched")
_BYTE_ORDER_MARK = "\ufeff"
_ABOUT = {
    FactName.TITLE: "title",
    FactName.FORCE: "force",
    FactName.AUTHOR: "from",
    FactName.RESPONDED: "response dated",
    FactName.DATED: "dated",
    FactName.PUBLISHED: "report published",
    FactName.SOURCE_KIND: "kind",
}
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
        doubts=stored.doubts,
        lacks=stored.lacks,
    )


def _read_source(path: str, stored: StoredText, noted: Source) -> Source:
    url, fetched = _declared(stored, _URL_KEYS), _declared(stored, _FETCHED_KEYS)
    if url and not _read_address(url):
        reason = f"Its front matter's web address '{url}' is none."
        raise BadDocument(path, reason, "Write it in full, with https:// at its beginning.")
    if fetched and not _read_fetched(fetched):
        reason = f"Its front matter says that it was fetched on '{fetched}'."
        raise BadDocument(path, reason, "Write the day as 2023-06-06.")
    own = _read_address(stored.url) if stored.url else None
    return Source(url or own or noted.url, _read_fetched(fetched) if fetched else noted.fetched)


def _declared(stored: StoredText, keys: tuple[str, ...]) -> str | None:
    values = {re.sub(r"[\s_-]+", " ", key): value for key, (value, _) in stored.declared.items()}
    return next((values[key] for key in keys if key in values), None)


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
    published, deadline = read_published(sheet, title.value, kind), read_deadline(sheet, kind)
    responded = read_responded(sheet, kind)
    others = frozenset(fact.value for fact in (published, deadline) if fact)
    facts = (
        title,
        read_force(path, sheet, forces, author, kind),
        next(read_report_kind(sheet, title.span, kind), None),
        published,
        deadline,
        responded or read_own_date(sheet, others),
        *read_ticks(sheet),
        author,
        source,
    )
    return (fact for fact in facts if fact)


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
    body = text if text.removeprefix(_BYTE_ORDER_MARK).strip() else _write_row(_COLUMNS, "\n")
    line_end = "\r\n" if "\r\n" in body else "\n"
    values = {"document": document, "url": source.url or "", "fetched": source.fetched or ""}
    header = next(csv.reader(io.StringIO(body.removeprefix(_BYTE_ORDER_MARK).lstrip())))
    row = _write_row([values.get(name.strip().lower(), "") for name in header], line_end)
    return body + ("" if body.endswith(("\n", "\r")) else line_end) + row


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
    missing = [name for name in _COLUMNS if name not in columns]
    if missing:
        raise _bad_row(line, f"the columns {', '.join(missing)} are missing")
    return columns


def _read_row(line: int, columns: Iterable[str], cells: Iterable[str]) -> tuple[str, Source]:
    row: Mapping[str, str] = dict(zip(columns, cells, strict=False))
    document, url, fetched = (row.get(name, "") for name in _COLUMNS)
    if not document:
        raise _bad_row(line, "it names no document")
    source = Source(_read_address(url), _read_fetched(fetched))
    if url and not source.url:
        raise _bad_row(line, f"'{url}' is not a web address")
    if fetched and not source.fetched:
        raise _bad_row(line, f"'{fetched}' is not a date")
    return document.replace("\\", "/"), source


def _read_address(value: str) -> str | None:
    """Return a web address as written where it is one of http or https, else None."""
    try:
        parts = urlsplit(value)
    except ValueError:
        return None
    usable = parts.scheme in {"http", "https"} and parts.netloc and not any(map(str.isspace, value))
    return value if usable else None


def _read_fetched(value: str) -> str | None:
    """Return the ISO date of a full date, else None."""
    date = parse_date(value)
    return date if date and len(date) == FULL_DATE else None


def _bad_row(line: int, reason: str) -> CorpusError:
    example = "response.md,https://example.org/response,2024-05-31"
    return CorpusError(
        f"{SOURCES_FILE}, line {line}: {reason}. Write document,url,fetched as in '{example}'."
    )


def _write_row(cells: Iterable[str], line_end: str) -> str:
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator=line_end).writerow(cells)
    return written.getvalue()


def describe_document(card: Document | DocumentCard) -> dict[str, str]:
    """Return what is known of a document, by name, in words."""
    told: dict[str, list[str]] = defaultdict(list)
    for fact in card.facts:
        if fact.name in _ABOUT:
            told[_ABOUT[fact.name]].append(show_date(fact.value))
    return {name: "; ".join(dict.fromkeys(told[name])) for name in _ABOUT.values() if name in told}


def title_of(card: DocumentCard | Document) -> str:
    """Return the title of a document, or its path where none was found."""
    fact = card.fact(FactName.TITLE)
    return fact.value if fact else card.path


def own_date(card: DocumentCard | Document) -> Fact | None:
    """Return the date of a response or, of what is none, the document's own; None where it gives none."""
    return card.fact(FactName.RESPONDED) or card.fact(FactName.DATED)


_NO_FORCE, _NO_DATE = "It names no force.", "It gives no date of its own."
"""Without them a document is found less often, and is neither newer nor older than another."""


def find_lacking(card: DocumentCard | Document) -> list[str]:
    """Return what somebody should look at in a document, a sentence each.

    What the Welsh copy of a document lacks, that document has.
    """
    if isinstance(card, DocumentCard) and card.welsh_copy_of:
        return list(card.doubts)
    return find_missing(card) + list(card.doubts)


def find_missing(card: DocumentCard | Document) -> list[str]:
    """Return which facts somebody should add that a document does not give, a sentence each."""
    force = [] if card.fact(FactName.FORCE) else [_NO_FORCE]
    return force if own_date(card) else [*force, _NO_DATE]
