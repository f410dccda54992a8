"""Hostile archives, drawn from a seed: Word documents, workbooks, OpenDocument texts."""

from collections.abc import Callable, Mapping
from functools import cache
from io import BytesIO
from random import Random
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import docx
import openpyxl

from support.hostile_words import HARMLESS, draw_long_word, draw_paragraphs, draw_rows

Parts = dict[str, bytes]
_ODD = 0.005


@cache
def _word_parts() -> Mapping[str, bytes]:
    document = docx.Document()
    document.add_heading(HARMLESS[0])
    document.add_paragraph(HARMLESS[1], style="List Number")
    document.add_table(2, 2).cell(0, 0).text = HARMLESS[3]
    document.sections[0].header.paragraphs[0].text = HARMLESS[5]
    return _unpack(document.save)


@cache
def _sheet_parts() -> Mapping[str, bytes]:
    book = openpyxl.Workbook()
    rows: list[tuple[str | int, str]] = [("No", "Status"), (1, "Complete"), (HARMLESS[0], HARMLESS[1])]
    for row in rows:
        book.worksheets[0].append(row)
    return _unpack(book.save)


def _unpack(save: Callable[[BytesIO], object]) -> Mapping[str, bytes]:
    file = BytesIO()
    save(file)
    with ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _in_xml(words: str) -> str:
    """Escape words for XML, which has no place for some signs."""
    kept = "".join(
        sign for sign in words if sign in "\t\n\r" or " " <= sign < "\ud800" or "\ue000" <= sign < "\ufffe"
    )
    return escape(kept)


def _run(words: str) -> str:
    return f"<w:r><w:t>{_in_xml(words)}</w:t></w:r>"


def _seldom(rng: Random, *odd: str) -> str:
    """Return something odd for which a whole document may be refused; mostly nothing."""
    return rng.choice(odd) if rng.random() < _ODD else ""


def _paragraph(rng: Random, words: str) -> str:
    style = rng.choice(["", "", "Heading1", "ListNumber", "ListBullet", "NoSuchStyle", "Title"])
    level, list_ = _seldom(rng, "-1", "x", "99999999999") or "0", _seldom(rng, "77", "-3") or rng.choice("01")
    numbered = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_}"/></w:numPr>'
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    look = f"<w:pPr>{styled}{rng.choice(['', numbered])}</w:pPr>"
    run = _run(words)
    wrapped = rng.choice(
        [
            run,
            run,
            f'<w:ins w:id="1">{run}</w:ins>',
            f'<w:del w:id="1"><w:r><w:delText>{_in_xml(words)}</w:delText></w:r></w:del>',
            f"<w:sdt><w:sdtContent>{run}</w:sdtContent></w:sdt>",
            f'<w:fldSimple w:instr="SEQ x">{run}</w:fldSimple>',
            f'<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>SEQ</w:instrText></w:r>{run}',
            f'<w:r><w:footnoteReference w:id="99"/></w:r>{run}',
            f"<w:r><w:pict><w:txbxContent><w:p>{run}</w:p></w:txbxContent></w:pict></w:r>",
            f'<w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:tab/><w:br w:type="page"/></w:r>{run}',
            f'<w:hyperlink r:id="rIdNone">{run}</w:hyperlink>',
        ]
    )
    return f"<w:p>{look}{wrapped}</w:p>"


def _word_table(rng: Random, most: int) -> str:
    rows = []
    for row in draw_rows(rng, most):
        cells = []
        for words in row:
            span = rng.choice(
                [
                    "",
                    "",
                    '<w:gridSpan w:val="2"/>',
                    f'<w:gridSpan w:val="{_seldom(rng, "9999999", "x") or 3}"/>',
                ]
            )
            merge = rng.choice(["", "", "<w:vMerge/>", '<w:vMerge w:val="restart"/>'])
            cells.append(
                f"<w:tc><w:tcPr>{span}{merge}</w:tcPr>{rng.choice([_paragraph(rng, words), ''])}</w:tc>"
            )
        before = rng.choice(["", "", '<w:trPr><w:gridBefore w:val="2"/></w:trPr>'])
        rows.append(f"<w:tr>{before}{''.join(cells)}</w:tr>")
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def _nested_table(rng: Random, depth: int) -> str:
    opening, closing = "<w:tbl><w:tr><w:tc>", "<w:p/></w:tc></w:tr></w:tbl>"
    return opening * depth + _paragraph(rng, rng.choice(HARMLESS)) + closing * depth


def _nested_controls(rng: Random, depth: int) -> str:
    opening, closing = "<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"
    return opening * depth + _paragraph(rng, rng.choice(HARMLESS)) + closing * depth


def make_docx(rng: Random, most: int) -> bytes:
    """Return a Word document whose body, parts or packing is wrong."""
    body: Callable[[], str] = rng.choice(
        [
            lambda: "".join(_paragraph(rng, words) for words in draw_paragraphs(rng, most // 20)),
            lambda: _word_table(rng, most // 4),
            lambda: _nested_table(rng, rng.choice([3, 40, 75, 300])),
            lambda: _paragraph(rng, draw_long_word(rng, 50 * most)),
            lambda: '<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr></w:p>' * most,
            lambda: _nested_controls(rng, 60),
        ]
    )
    parts: Parts = dict(_word_parts())
    written = parts["word/document.xml"]
    start, end = written.index(b"<w:body>") + 8, written.index(b"<w:sectPr")
    parts["word/document.xml"] = written[:start] + body().encode("utf-8", "replace") + written[end:]
    _change_styles(rng, parts)
    return _spoil(rng, parts)


def _change_styles(rng: Random, parts: Parts) -> None:
    """Let styles rest on themselves, or numbers be of no list."""
    name, old, new = rng.choice(
        [
            ("word/styles.xml", b'<w:basedOn w:val="Normal"/>', b'<w:basedOn w:val="Heading1"/>'),
            ("word/styles.xml", b"<w:styles", b"<w:nothing"),
            ("word/numbering.xml", b"<w:abstractNumId", b"<w:numStyleLink"),
            ("word/numbering.xml", b'w:val="%1."', b'w:val="%9.%8.%1%%%"'),
            ("word/numbering.xml", b'<w:start w:val="1"/>', b'<w:start w:val="-99999999999"/>'),
            ("word/settings.xml", b"w:", b"x:"),
        ]
    )
    if rng.random() < 0.5 and name in parts:
        parts[name] = parts[name].replace(old, new)


def make_xlsx(rng: Random, most: int) -> bytes:
    """Return a workbook: cells far out, strings of no number, formulas, huge merged ranges."""
    parts: Parts = dict(_sheet_parts())
    rows = []
    for number, row in enumerate(draw_rows(rng, most), rng.choice([1, 1, 1_048_000])):
        cells = []
        for place, words in enumerate(row):
            kind = rng.choice(['t="inlineStr"', 't="s"', 't="b"', 't="e"', 't="d"', 't="zz"', ""])
            value = (
                f"<is><t>{_in_xml(words)}</t></is>"
                if "inline" in kind
                else f"<v>{rng.choice([0, 99999, -1, 'x', 1e300, 45000])}</v>"
            )
            at = rng.choice([f"{chr(65 + place % 26)}{number}", "XFD1048576", "A0", "", "ZZZZ99999999"])
            cells.append(f'<c r="{at}" {kind} s="{rng.choice([0, 0, 999])}">{value}</c>')
        rows.append(f'<row r="{number}">{"".join(cells)}</row>')
    merged = rng.choice(["", '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'])
    sheet = (
        '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f'<dimension ref="A1:XFD1048576"/><sheetData>{"".join(rows)}</sheetData>{merged}</worksheet>'
    )
    parts["xl/worksheets/sheet1.xml"] = sheet.encode("utf-8", "replace")
    return _spoil(rng, parts)


_NAMESPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
)


def make_odt(rng: Random, most: int) -> bytes:
    """Return an OpenDocument text: cells and spaces repeated without end, lists nested."""
    written = "".join(
        rng.choice(
            [
                f"<text:p>{_in_xml(one)}</text:p>",
                f'<text:h text:outline-level="{rng.choice([1, 99, "x"])}">{_in_xml(one)}</text:h>',
                f'<text:p>a<text:s text:c="{rng.choice([1, 10**9, "x"])}"/>{_in_xml(one)}</text:p>',
                f"<text:list><text:list-item><text:p>{_in_xml(one)}</text:p></text:list-item></text:list>",
            ]
        )
        for one in draw_paragraphs(rng, most // 20)
    )
    repeated = rng.choice([1, 2, 16_384, 10**9])
    table = "".join(
        f'<table:table-row table:number-rows-repeated="{rng.choice([1, repeated])}">'
        + "".join(
            f'<table:table-cell table:number-columns-repeated="{repeated}">'
            f"<text:p>{_in_xml(words)}</text:p></table:table-cell>"
            for words in row
        )
        + "</table:table-row>"
        for row in draw_rows(rng, most // 20)
    )
    deep = rng.choice([1, 40, 250])
    nested = (
        "<text:list><text:list-item>" * deep
        + "<text:p>deep</text:p>"
        + "</text:list-item></text:list>" * deep
    )
    body = rng.choice([written, f"<table:table>{table}</table:table>", nested, ""])
    content = (
        f'<?xml version="1.0"?><office:document-content {_NAMESPACES}><office:body><office:text>{body}'
        "</office:text></office:body></office:document-content>"
    )
    parts: Parts = {
        "mimetype": b"application/vnd.oasis.opendocument.text",
        "content.xml": content.encode("utf-8", "replace"),
        "META-INF/manifest.xml": b"<manifest/>",
    }
    return _spoil(rng, parts)


def _spoil(rng: Random, parts: Parts) -> bytes:
    """Pack parts, some of them lost, doubled, of another kind, or a bomb within the limits."""
    name = rng.choice(sorted(parts))
    spoil = rng.random()
    if spoil < 0.06:
        del parts[name]
    elif spoil < 0.1:
        parts[name] = parts[name][: len(parts[name]) // 2]
    elif spoil < 0.14:
        parts[name] += b" " * rng.choice([1, 5_000_000, 40_000_000])
    elif spoil < 0.18:
        parts[name] = parts[name].replace(b"?>", b'?><!DOCTYPE x [<!ENTITY a "aa">]>', 1)
    elif spoil < 0.22:
        parts |= {f"{rng.choice(['../', '/', 'word/', ''])}{n}.xml": b"<a/>" for n in range(200)}
    file = BytesIO()
    with ZipFile(file, "w", rng.choice([ZIP_DEFLATED, ZIP_STORED])) as archive:
        for part, data in parts.items():
            archive.writestr(ZipInfo(part), data, archive.compression)
    return file.getvalue()
