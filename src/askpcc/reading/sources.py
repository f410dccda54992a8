"""Where documents came from, as ``corpus/sources.csv`` notes it: columns document, url, fetched."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import urlsplit

from askpcc.errors import CorpusError
from askpcc.language.dates import parse_date
from askpcc.model import Source

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
