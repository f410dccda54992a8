"""The register and the report of a run, as text, tables and sheets."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO, StringIO
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from askpcc.errors import SettingsError
from askpcc.indexing.plan import IndexReport, ModelUse
from askpcc.model import Citation, MatterKind
from askpcc.register.history import RegisterChanges
from askpcc.register.rows import Row
from askpcc.rendering.document_names import DocumentNames
from askpcc.rendering.results import format_stray, in_one_line, visible
from askpcc.text.dates import show_date
from askpcc.text.words import plain

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet
    from rich.text import Text

_STATUS_WIDTH = 16
_NOTHING = "No row of the register fits."
COLUMNS = (
    "force",
    "report",
    "document",
    "matter",
    "number",
    "kind",
    "status",
    "said_by",
    "as_of",
    "due",
    "addressee",
    "citations",
    "superseded_by",
    "read_by",
)
_FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")  # noqa: RUF001 - spreadsheets take the wide ones too
_LONGEST_CELL = 32_767  # of the format, in characters
_NARROWEST, _WIDEST = 10, 60
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MOST_SHOWN = 20


def show_rows(rows: Sequence[Row], stream: TextIO) -> None:
    """Write rows to a stream, as wide as it is where it is a terminal."""
    if rows and stream.isatty():
        show_table(rows, stream)
    else:
        stream.write(f"{_as_paragraphs(rows)}\n")


def _as_paragraphs(rows: Sequence[Row]) -> str:
    """Return rows in full, a paragraph each."""
    return "\n\n".join("\n  ".join(_paragraph(row)) for row in rows) or _NOTHING


def _paragraph(row: Row) -> Iterator[str]:
    yield f"{name_status(row)}: {name_matter(row)}"
    yield from format_who_and_when(row)
    yield from format_place(row)
    yield from (quote(citation) for citation in row.citations)


def show_table(rows: Sequence[Row], stream: TextIO, width: int | None = None) -> None:
    """Write rows as a table that wraps.  width: in characters; by default that of the terminal."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD, expand=True, show_lines=True, padding=(0, 1))
    table.add_column("status", width=_STATUS_WIDTH, overflow="fold")
    table.add_column("matter, and the words that say so", ratio=5, overflow="fold")
    table.add_column("where", ratio=3, overflow="fold")
    for row in rows:
        table.add_row(_status_cell(row), _matter_cell(row), _where_cell(row))
    Console(file=stream, width=width, highlight=False).print(table)


def _status_cell(row: Row) -> "Text":
    return _cell(name_status(row), format_who_and_when(row))


def _matter_cell(row: Row) -> "Text":
    """Show the matter and the evidence, but not the same words twice."""
    quotes = (in_one_line(citation.quote) for citation in row.citations)
    return _cell(name_matter(row), (f"“{words}”" for words in quotes if words != in_one_line(row.matter)))


def _where_cell(row: Row) -> "Text":
    from rich.text import Text

    places = ", ".join(f"{citation.span.start}:{citation.span.end}" for citation in row.citations)
    return Text("\n".join([*format_place(row), in_one_line(f"{row.response.document} {places}")]))


def _cell(head: str, lines: Iterator[str]) -> "Text":
    from rich.text import Text

    cell = Text(head, style="bold")
    for line in lines:
        cell.append(f"\n{line}", style="not bold")
    return cell


def as_csv(rows: Iterable[Row]) -> str:
    """Return rows as CSV under a header, one row a line, no cell of which a spreadsheet would compute."""
    written = StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([disarm(cell) for cell in _as_cells(row)] for row in rows)
    return written.getvalue()


def _as_cells(row: Row) -> list[str]:
    """Return the cells of a row, in the order of COLUMNS, each in one line; what is not known is empty."""
    values = row.as_json() | {"citations": " | ".join(quote(citation) for citation in row.citations)}
    return [in_one_line(str(values[column] or "")) for column in COLUMNS]


def disarm(cell: str) -> str:
    """Put an apostrophe before what a spreadsheet could take for a formula.

    Also where white space or a character that is not shown stands before it.
    """
    first = next((sign for sign in cell if sign.isprintable() and not sign.isspace()), "")
    hidden = bool(cell) and not cell[0].isprintable()
    return f"'{cell}" if hidden or first in _FORMULA_STARTS else cell


def lines(rows: Iterable[Row]) -> list[Sequence[str]]:
    """Return the header and the rows for a workbook, whose cells are text in any case."""
    return [COLUMNS, *(_as_cells(row) for row in rows)]


def write_workbook(path: Path, title: str, lines: Sequence[Sequence[str]]) -> None:
    """Write lines, the first of which is the header, in the place of an earlier file of that name.

    Every cell is text: what begins like a formula is shown and never computed.  Raises SettingsError
    when the file cannot be written.
    """
    from openpyxl import Workbook

    workbook = Workbook()
    sheet = workbook.create_sheet(title, 0)
    del workbook[workbook.sheetnames[1]]
    for number, line in enumerate(lines, start=1):
        _write_line(sheet, number, line)
    _arrange(sheet, lines)
    made = BytesIO()
    workbook.save(made)
    try:
        path.write_bytes(made.getvalue())
    except OSError as exc:
        raise SettingsError(f"{path} cannot be written: {exc.strerror}. Choose another file.") from exc


def _write_line(sheet: "Worksheet", number: int, line: Sequence[str]) -> None:
    from openpyxl.styles import Alignment, Font

    for column, words in enumerate(line, start=1):
        cell = sheet.cell(number, column)
        cell.value = _NO_XML.sub("\N{REPLACEMENT CHARACTER}", words)[:_LONGEST_CELL]
        cell.data_type = "s"  # in place of "f", which the library takes a leading = for
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        if number == 1:
            cell.font = Font(bold=True)


def _arrange(sheet: "Worksheet", lines: Sequence[Sequence[str]]) -> None:
    from openpyxl.utils import get_column_letter

    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    for column, cells in enumerate(zip(*lines, strict=True), start=1):
        longest = max(len(cell) for cell in cells)
        sheet.column_dimensions[get_column_letter(column)].width = min(max(longest + 2, _NARROWEST), _WIDEST)


def report_as_text(report: IndexReport) -> str:
    """Return a report for a terminal.

    It tells the documents by what became of them, by title; the passages; what somebody should look at: facts
    and doubts, bad files, those of kinds that are not read; and what changed in the register.
    """
    lines = list(list_documents(report))
    passages = report.passages
    lines.append(
        f"{len(report.added)} added, {len(report.changed)} changed, {len(report.removed)} removed, "
        f"{report.kept} kept, {len(report.failed)} failed; passages: {passages.embedded} embedded, "
        f"{passages.reused} reused, {passages.removed} removed; index {report.index_version or 'none'}, "
        f"{report.seconds:.1f} s"
    )
    lines += [visible(line) for line in _tell_model(report.model)] if report.model else []
    lines += list_what_to_look_at(report)
    lines += [visible(line) for line in format_changes(report.register)]
    return "\n".join(lines)


def list_documents(report: IndexReport) -> Iterator[str]:
    """Yield what became of documents, by title with their file, a line each."""
    names = DocumentNames(report.titles, report.welsh_copies)
    groups = (("added", report.added), ("changed", report.changed), ("removed", report.removed))
    for what, documents in groups:
        yield from (f"{what:8} {in_one_line(names.full(path))}" for path in documents)


def list_what_to_look_at(report: IndexReport) -> Iterator[str]:
    """Yield what somebody should check in documents, and which files were not read, with what to do."""
    names = DocumentNames(report.titles, report.welsh_copies)
    if checks := report.checks():
        yield "Please check (askpcc correct puts force and date right):"
        for path, told in checks.items():
            yield f"  {in_one_line(names.full(path))}: {in_one_line(' '.join(told))}"
    for failure in report.failed:
        stays = " Its last good version stays indexed, marked as stale." if failure.stale else ""
        why = in_one_line(f"{failure.reason} {failure.remedy}{stays}")
        yield f"failed   {in_one_line(names.full(failure.document))}: {why}"
    yield from (f"skipped  {in_one_line(f'{one.document}: {one.reason}')}" for one in report.skipped)
    yield from (f"stray    {format_stray(path)}" for path in report.stray_corrections)


def _tell_model(use: ModelUse) -> Iterator[str]:
    """Yield what a language model read for the register, or would read."""
    tokens = f"{use.tokens_read:,} tokens read and {use.tokens_written:,} written in {use.calls:,} calls"
    if use.unread and not (use.read or use.failed or use.reason):
        yield f"language model: would read {use.unread:,} passages, some {tokens} ({use.name})"
        return
    if not use.portions:
        return
    yield (
        f"language model: {use.read:,} passages read, {use.reused:,} read before; {tokens}; "
        f"{use.refused:,} of its statuses not borne out ({use.name})"
    )
    if use.unread:
        why = use.reason or use.last_fault
        yield (
            f"language model: {use.unread:,} passages not read: {why}. The taught reader has read them; "
            "the next run tries again."
        )


def format_changes(changes: RegisterChanges) -> list[str]:
    """Return lines on what changed, statuses first, with the words before and after; none for nothing."""
    if not changes:
        return []
    counts = f"{len(changes.new)} new, {len(changes.changed)} changed, {len(changes.gone)} gone"
    lines = [f"register: {counts}"]
    for before, after in changes.changed:
        lines += [f"changed  {name_matter(after)}", f"         was {_evidence(before)}"]
        lines.append(f"         now {_evidence(after)}")
    return [*lines, *_list("gone", changes.gone), *_list("new", changes.new)]


def _list(what: str, rows: Sequence[Row]) -> Iterator[str]:
    for row in rows[:_MOST_SHOWN]:
        yield f"{what:8} {name_status(row)}: {name_matter(row)} ({row.response.document})"
    if len(rows) > _MOST_SHOWN:
        yield f"{what:8} and {len(rows) - _MOST_SHOWN} more: --json has all"


def _evidence(row: Row) -> str:
    said = ", ".join([name_status(row), *format_who_and_when(row)])
    return f"{said}: {' '.join(quote(citation) for citation in row.citations)}"


def name_status(row: Row) -> str:
    """Return the status as people write it."""
    return row.status.words


def name_matter(row: Row) -> str:
    """Return the words that name a matter, with its kind and number where they do not say them."""
    words = in_one_line(plain(row.matter))
    if row.number is None:
        return words if row.kind is MatterKind.IMPROVEMENT else _prefix(str(row.kind), words)
    return _prefix(f"{row.kind} {row.number}", words)


def _prefix(name: str, words: str) -> str:
    return words if words.lower().startswith(name.lower()) else f"{name}: {words}"


def format_who_and_when(row: Row) -> Iterator[str]:
    """Yield who says so, as of when, by when it is due, and to whom it is addressed."""
    if row.said_by:
        yield f"says the {row.said_by}"
    if row.as_of:
        source = f" ({in_one_line(row.as_of_from)})" if row.as_of_from else ""
        yield f"as of {show_date(row.as_of)}{source}"
    if row.due:
        yield f"due {show_date(row.due)}"
    if row.addressee:
        yield f"addressed to {in_one_line(row.addressee)}"


def format_place(row: Row) -> Iterator[str]:
    """Yield whose matter it is and in which report, and what has taken its place."""
    yield in_one_line(f"{row.response.force or 'force not known'}, {row.response.report}")
    if row.read_by:
        yield f"read by {in_one_line(row.read_by)}"
    if row.superseded_by:
        yield f"superseded by {in_one_line(row.superseded_by)}"


def quote(citation: Citation) -> str:
    """Return the words of a citation and their place."""
    place = f"{citation.document} {citation.version} {citation.span.start}:{citation.span.end}"
    return in_one_line(f"“{citation.quote}” ({place})")
