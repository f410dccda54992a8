"""The response as Word documents: as python-docx writes them, and with XML that is put in by hand."""

from collections.abc import Callable
from io import BytesIO
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from variants.response import HEADS, Recommendation, Response, Variant

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph

Tell = Callable[["Document", Recommendation], None]
_TICK = "\u2713"


def _save(document: "Document") -> bytes:
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _begin(response: Response) -> "Document":
    document = docx.Document()
    document.core_properties.title = response.title
    document.add_heading(response.title, 0)
    for words in response.before:
        document.add_paragraph(words)
    return document


def _end(response: Response, document: "Document") -> bytes:
    for words in response.end:
        document.add_paragraph(words)
    return _save(document)


def _tell(document: "Document", one: Recommendation) -> None:
    document.add_heading(one.name, 2)
    document.add_paragraph(one.asks)
    document.add_paragraph(one.answer)


def write_word(response: Response, tell: Tell = _tell) -> bytes:
    """Return a document in which each recommendation is told in a way."""
    document = _begin(response)
    for one in response.recommendations:
        tell(document, one)
    return _end(response, document)


def _table(response: Response) -> bytes:
    document = _begin(response)
    table = document.add_table(0, len(HEADS), style="Table Grid")
    for row in (HEADS, *(one.row for one in response.recommendations)):
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    return _end(response, document)


def _tell_in_table(document: "Document", one: Recommendation) -> None:
    table = document.add_table(0, 2, style="Table Grid")
    for name, words in zip(("Recommendation", *HEADS[1:]), (one.name, *one.row[1:]), strict=True):
        cells = table.add_row().cells
        cells[0].text, cells[1].text = name, words


def _tell_in_nested_table(document: "Document", one: Recommendation) -> None:
    outer = document.add_table(1, 1, style="Table Grid").cell(0, 0)
    outer.text = one.name
    outer.add_paragraph(one.asks)
    inner = outer.add_table(2, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "Status", one.word
    inner.cell(1, 0).text, inner.cell(1, 1).text = "Response", one.answer
    document.add_paragraph("")


_TICKED = ("Complete", "In progress", "Planned", "Not accepted", "Not applicable")


def _ticks(response: Response) -> bytes:
    """Write a table whose statuses are columns under one head, a tick in one, the answer in a row below."""
    document = _begin(response)
    table = document.add_table(2, 2 + len(_TICKED), style="Table Grid")
    _fill(table.cell(0, 0).merge(table.cell(1, 0)), "No.")
    _fill(table.cell(0, 1).merge(table.cell(1, 1)), "Recommendation")
    _fill(table.cell(0, 2).merge(table.cell(0, 1 + len(_TICKED))), "Status")
    for place, word in enumerate(_TICKED, 2):
        table.cell(1, place).text = word
    for one in response.recommendations:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = str(one.number), one.asks
        cells[2 + _TICKED.index(one.word)].text = _TICK
        below = table.add_row().cells
        _fill(below[0].merge(below[-1]), one.answer)
    return _end(response, document)


def _fill(cell: "_Cell", words: str) -> None:
    cell.text = words


def _furniture(response: Response) -> bytes:
    document = _begin(response)
    section = document.sections[0]
    section.header.paragraphs[
        0
    ].text = "OFFICIAL: draft of 1 March 2025, status of all recommendations: planned"
    section.footer.paragraphs[0].text = "Office of the PCC for Barchester. Page 1 of 3"
    for one in response.recommendations:
        _tell(document, one)
    return _end(response, document)


def _xml(words: str) -> str:
    return f'<w:t xml:space="preserve">{escape(words)}</w:t>'


def _run(words: str, look: str = "") -> str:
    return f"<w:r>{f'<w:rPr>{look}</w:rPr>' if look else ''}{_xml(words)}</w:r>"


def _put(document: "Document", inside: str) -> None:
    """Put a paragraph with this XML inside at the end of the body."""
    made = parse_xml(f"<w:p {nsdecls('w', 'r')}>{inside}</w:p>")
    document.element.body.insert_element_before(made, "w:sectPr")


def _number(paragraph: "Paragraph", list_: int) -> None:
    look = paragraph._p.get_or_add_pPr()
    numbered = look.get_or_add_numPr()
    numbered.get_or_add_ilvl().val = 0
    numbered.get_or_add_numId().val = list_


def _add_list(document: "Document", label: str) -> int:
    """Define a list of one level and return its number.  label: as Word writes it, "%1" for the number."""
    lists = document.part.numbering_part.element
    abstract = 1 + max(
        (int(one.get(qn("w:abstractNumId"))) for one in lists.findall(qn("w:abstractNum"))), default=0
    )
    made = parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{abstract}"><w:multiLevelType w:val="singleLevel"/>'
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        f'<w:lvlText w:val="{label}"/><w:lvlJc w:val="left"/></w:lvl></w:abstractNum>'
    )
    lists.insert(0, made)
    return int(lists.add_num(abstract).numId)


def _counted_headings(label: str) -> Callable[[Response], bytes]:
    """Return what writes headings whose words are the demand and whose number Word counts."""

    def write(response: Response) -> bytes:
        document = _begin(response)
        list_ = _add_list(document, label)
        for one in response.recommendations:
            _number(document.add_heading(one.asks, 2), list_)
            document.add_paragraph(one.answer)
        return _end(response, document)

    return write


def _counted_list(response: Response) -> bytes:
    document = _begin(response)
    document.add_heading("Recommendations", 1)
    list_ = _add_list(document, "%1.")
    for one in response.recommendations:
        _number(document.add_paragraph(one.asks), list_)
        document.add_paragraph(one.answer)
    return _end(response, document)


def _styled_list(response: Response) -> bytes:
    document = _begin(response)
    document.add_heading("Recommendations", 1)
    for one in response.recommendations:
        document.add_paragraph(one.asks, style="List Number")
        document.add_paragraph(one.answer)
    return _end(response, document)


_CHANGED = 'w:id="7" w:author="A" w:date="2025-04-01T10:00:00Z"'


def _tell_with_changes(document: "Document", one: Recommendation) -> None:
    """Tell with an earlier answer struck out and the present one put in."""
    document.add_heading(one.name, 2)
    document.add_paragraph(one.asks)
    earlier = "The Chief Constable is considering this recommendation."
    _put(
        document,
        f'<w:del {_CHANGED}><w:r><w:delText xml:space="preserve">{earlier} </w:delText></w:r></w:del>'
        f"<w:ins {_CHANGED}>{_run(one.answer)}</w:ins>",
    )


def _tell_in_box(document: "Document", one: Recommendation) -> None:
    """Tell the answer in a text box."""
    document.add_heading(one.name, 2)
    document.add_paragraph(one.asks)
    _put(
        document,
        '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml" style="width:400pt;height:80pt">'
        "<v:textbox>"
        f"<w:txbxContent><w:p>{_run(one.answer)}</w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>",
    )


def _tell_with_note(document: "Document", one: Recommendation) -> None:
    """Tell with a mark of a footnote that the file does not hold."""
    document.add_heading(one.name, 2)
    document.add_paragraph(one.asks)
    first, stop, rest = one.answer.partition(". ")
    _put(document, f'{_run(first + stop)}<w:r><w:footnoteReference w:id="{one.number}"/></w:r>{_run(rest)}')


def _tell_in_control(document: "Document", one: Recommendation) -> None:
    """Tell the answer in a content control, and the status in a drop-down list."""
    document.add_heading(one.name, 2)
    document.add_paragraph(one.asks)
    choices = "".join(f'<w:listItem w:displayText="{word}" w:value="{word}"/>' for word in _TICKED)
    _put(
        document,
        f"{_run('Status: ')}<w:sdt><w:sdtPr><w:dropDownList>{choices}</w:dropDownList></w:sdtPr>"
        f"<w:sdtContent>{_run(one.word)}</w:sdtContent></w:sdt>",
    )
    _put(
        document,
        f"<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>{_run(one.answer)}</w:sdtContent></w:sdt>",
    )


def _tell_with_hidden_words(document: "Document", one: Recommendation) -> None:
    document.add_heading(one.name, 2)
    document.add_paragraph(one.asks)
    hidden = "This recommendation was closed by the inspectorate. "
    _put(document, f"{_run(hidden, '<w:vanish/>')}{_run(one.answer)}")


def _tell_in_fields(document: "Document", one: Recommendation) -> None:
    """Tell with the number in a field and the answer broken into runs, links and bookmarks."""
    _put(
        document,
        '<w:pPr><w:pStyle w:val="Heading2"/></w:pPr>'
        f'{_run("Recommendation ")}<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        "<w:r><w:instrText> SEQ Rec </w:instrText>"
        f'</w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>{_run(str(one.number))}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
    )
    document.add_paragraph(one.asks)
    half = len(one.answer) // 2
    _put(
        document,
        f'<w:bookmarkStart w:id="{one.number}" w:name="b{one.number}"/>{_run(one.answer[:half])}'
        f'<w:hyperlink w:anchor="b1">{_run(one.answer[half:])}</w:hyperlink>'
        f'<w:bookmarkEnd w:id="{one.number}"/>',
    )


def _with_table_of_contents(response: Response) -> bytes:
    document = _begin(response)
    for one in response.recommendations:
        _put(document, f"{_run(one.name)}<w:r><w:tab/></w:r>{_run(str(one.number + 1))}")
    for one in response.recommendations:
        _tell(document, one)
    return _end(response, document)


def _word(name: str, make: Callable[[Response], bytes]) -> Variant:
    return Variant(f"docx-{name}", ".docx", make)


def _told(name: str, tell: Tell) -> Variant:
    return _word(name, lambda response: write_word(response, tell))


VARIANTS = (
    _word("plain", write_word),
    _word("table", _table),
    _told("small-tables", _tell_in_table),
    _told("nested-tables", _tell_in_nested_table),
    _word("merged-ticks", _ticks),
    _word("header-footer", _furniture),
    _word("numbered-headings", _counted_headings("Recommendation %1")),
    _word("counted-headings", _counted_headings("%1.")),
    _word("counted-list", _counted_list),
    _word("styled-list", _styled_list),
    _told("tracked-changes", _tell_with_changes),
    _told("text-boxes", _tell_in_box),
    _told("footnotes", _tell_with_note),
    _told("content-controls", _tell_in_control),
    _told("hidden-words", _tell_with_hidden_words),
    _told("fields", _tell_in_fields),
    _word("contents", _with_table_of_contents),
)
