"""The response as workbooks and OpenDocument texts."""

from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import openpyxl

from variants.response import HEADS, IN_A_TABLE, Recommendation, Response, Variant


def _tracker(response: Response) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Tracker"
    for row in (HEADS, *(one.row for one in response.recommendations)):
        sheet.append(row)
    return _save(book)


def _titled(response: Response) -> bytes:
    """Write the letter above the table in merged cells, numbers as numbers, and a second sheet of choices."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for words in (response.title, *response.before):
        sheet.append((words,))
        sheet.merge_cells(
            start_row=sheet.max_row, start_column=1, end_row=sheet.max_row, end_column=len(HEADS)
        )
    sheet.append(())
    sheet.append(HEADS)
    for one in response.recommendations:
        sheet.append((one.number, *one.row[1:]))
    choices = book.create_sheet("Lists")
    for word in ("Complete", "In progress", "Planned"):
        choices.append((word,))
    choices.sheet_state = "hidden"
    return _save(book)


def _save(book: openpyxl.Workbook) -> bytes:
    file = BytesIO()
    book.save(file)
    return file.getvalue()


_ROOT = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" office:version="1.3">'
)
_LIST = (
    '<office:automatic-styles><text:list-style style:name="L1"><text:list-level-style-number text:level="1" '
    'style:num-suffix="." style:num-format="1"/></text:list-style></office:automatic-styles>'
)
_KIND = "application/vnd.oasis.opendocument.text"
_MANIFEST = (
    '<?xml version="1.0"?><manifest:manifest '
    'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_KIND}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)


def _p(words: str) -> str:
    return f"<text:p>{escape(words)}</text:p>"


def _h(words: str, level: int) -> str:
    return f'<text:h text:outline-level="{level}">{escape(words)}</text:h>'


def _odt(response: Response, body: str) -> bytes:
    before = _h(response.title, 1) + "".join(map(_p, response.before))
    whole = f"{before}{body}{''.join(map(_p, response.end))}"
    body = f"<office:body><office:text>{whole}</office:text></office:body>"
    content = f"{_ROOT}{_LIST}{body}</office:document-content>"
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", _KIND, ZIP_STORED)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", _MANIFEST)
    return file.getvalue()


def _odt_plain(response: Response) -> bytes:
    told = (_h(one.name, 2) + _p(one.asks) + _p(one.answer) for one in response.recommendations)
    return _odt(response, "".join(told))


def _odt_list(response: Response) -> bytes:
    def item(one: Recommendation) -> str:
        return f"<text:list-item>{_p(one.asks)}{_p(one.answer)}</text:list-item>"

    items = "".join(item(one) for one in response.recommendations)
    return _odt(response, f'{_h("Recommendations", 2)}<text:list text:style-name="L1">{items}</text:list>')


def _odt_table(response: Response) -> bytes:
    rows = "".join(
        "<table:table-row>"
        + "".join(f"<table:table-cell>{_p(cell)}</table:table-cell>" for cell in row)
        + "</table:table-row>"
        for row in (HEADS, *(one.row for one in response.recommendations))
    )
    columns = f'<table:table-column table:number-columns-repeated="{len(HEADS)}"/>'
    return _odt(response, f'<table:table table:name="T">{columns}{rows}</table:table>')


VARIANTS = (
    Variant("xlsx-tracker", ".xlsx", _tracker, answers=IN_A_TABLE),
    Variant("xlsx-titled", ".xlsx", _titled),
    Variant("odt-plain", ".odt", _odt_plain),
    Variant("odt-list", ".odt", _odt_list),
    Variant("odt-table", ".odt", _odt_table),
)
