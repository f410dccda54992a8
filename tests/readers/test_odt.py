"""An OpenDocument text becomes its blocks."""

from io import BytesIO
from zipfile import ZipFile

import pytest

from askpcc.errors import BadDocument
from askpcc.model import StoredText
from askpcc.readers import read_stored_text
from support.cases import cases
from support.outlines import outline

H, P, B, R = "heading", "paragraph", "bullet", "row"
SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{where}:1.0"'
    for name, where in (
        *(("office", "office"), ("style", "style"), ("text", "text"), ("table", "table")),
        *(("draw", "drawing"), ("fo", "xsl-fo-compatible"), ("svg", "svg-compatible")),
    )
)
STYLES = """
<style:style style:name="Strong" style:family="text">
<style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="Gone" style:family="text"><style:text-properties text:display="none"/></style:style>
<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"/>
<text:list-style style:name="L1">
<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>
<text:list-level-style-number text:level="2" style:num-format="a" style:num-prefix="(" style:num-suffix=")"/>
<text:list-level-style-number text:level="3" style:num-format="1" text:display-levels="3"/></text:list-style>
<text:list-style style:name="L2">
<text:list-level-style-bullet text:level="1" text:bullet-char="x"/></text:list-style>
<text:list-style style:name="L3">
<text:list-level-style-number text:level="1" style:num-format="1" style:num-prefix="Recommendation "/>
</text:list-style>
"""


def make(body: str, manifest: str = "", outline_style: str = "") -> bytes:
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr(
            "content.xml",
            f"<office:document-content {SPACES}><office:automatic-styles>{STYLES}</office:automatic-styles>"
            f"<office:body><office:text>{body}</office:text></office:body></office:document-content>",
        )
        archive.writestr(
            "styles.xml", f"<office:document-styles {SPACES}>{outline_style}</office:document-styles>"
        )
        archive.writestr("META-INF/manifest.xml", f"<manifest>{manifest}</manifest>")
    return file.getvalue()


def read(body: str, **parts: str) -> StoredText:
    return read_stored_text("a.odt", make(body, **parts))


def p(words: str) -> str:
    return f"<text:p>{words}</text:p>"


def item(*parts: str, start: str = "") -> str:
    return f"<text:list-item{start}>{''.join(parts)}</text:list-item>"


def numbered(style: str, *items: str, more: str = "") -> str:
    return f'<text:list text:style-name="{style}"{more}>{"".join(items)}</text:list>'


def test_headings_paragraphs_titles_and_bold_lines_are_told() -> None:
    stored = read(
        '<text:p text:style-name="P1">Response</text:p><text:h text:outline-level="2">Summary</text:h>'
        + p('Words <text:span text:style-name="Strong">and</text:span><text:s/>more.<text:line-break/>Next')
        + p('<text:span text:style-name="Strong">Governance</text:span>')
    )
    assert outline(stored) == [
        (H, 1, "Response"),
        (H, 2, "Summary"),
        (P, 0, "Words and more.\nNext"),
        (H, 7, "Governance"),
    ]


def test_lists_have_their_numbers_before_their_blocks() -> None:
    inner = numbered("", item(p("a part")), item(p("another"), numbered("", item(p("deep")))))
    stored = read(
        numbered("L1", item(p("first"), inner), item(p("second"), p("and more")))
        + p("Between.")
        + numbered("L1", item(p("third")), more=' text:continue-numbering="true"')
        + numbered("L1", item(p("anew"), start=' text:start-value="7"'))
        + numbered("L2", item(p("dot")))
    )
    assert stored.text == (
        "1. first\n  (a) a part\n  (b) another\n    1.b.1 deep\n2. second\n\nand more\n\nBetween.\n\n"
        "3. third\n7. anew\n- dot\n"
    )
    assert outline(stored)[:2] == [(B, 1, "first"), (B, 2, "a part")]


def test_a_number_with_words_in_it_stands_inside_its_block() -> None:
    stored = read(numbered("L3", item(p("Check.")), item(p("Mend."))))
    assert outline(stored) == [(B, 1, "Recommendation 1 Check."), (B, 1, "Recommendation 2 Mend.")]


def test_headings_that_are_counted_have_their_numbers() -> None:
    style = (
        '<text:outline-style><text:outline-level-style text:level="1" style:num-format="1"/>'
        '<text:outline-level-style text:level="2" style:num-format="1" text:display-levels="2"/>'
        "</text:outline-style>"
    )
    heads = "".join(
        f'<text:h text:outline-level="{n}">{w}</text:h>' for n, w in ((1, "A"), (2, "B"), (2, "C"))
    )
    assert read(heads, outline_style=style).text == "# 1 A\n\n## 1.1 B\n\n## 1.2 C\n"


def test_tables_are_rows_with_covered_cells_empty_and_repeated_ones_counted() -> None:
    cell = "<table:table-cell{}>{}</table:table-cell>"
    rows = (
        cell.format("", p("No")) + cell.format("", p("Matter")) + cell.format("", p("Status")),
        cell.format(' table:number-columns-spanned="2"', p("Custody"))
        + "<table:covered-table-cell/>"
        + cell.format("", p("x")),
        cell.format(' table:number-columns-repeated="2"', "") + cell.format("", p("Complete")),
        cell.format(' table:number-columns-repeated="16384"', ""),
    )
    body = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    stored = read(f"<table:table><table:table-header-rows/>{body}</table:table>")
    assert stored.text == "No\tMatter\tStatus\nCustody\t\tx\n\t\tComplete\n"
    assert {block.kind for block in stored.blocks} == {R}


def test_deleted_and_hidden_words_and_comments_are_left_out_and_notes_stand_at_the_end() -> None:
    stored = read(
        "<text:tracked-changes><text:changed-region><text:deletion>"
        + p("deleted")
        + "</text:deletion></text:changed-region></text:tracked-changes>"
        + p(
            "Kept<text:note><text:note-citation>1</text:note-citation><text:note-body>"
            + p("A note.")
            + "</text:note-body></text:note><office:annotation>"
            + p("a comment")
            + "</office:annotation>"
            + "<draw:frame><draw:image><office:binary-data>aGlkZGVu</office:binary-data></draw:image>"
            + "<svg:title>a title</svg:title><svg:desc>a description</svg:desc></draw:frame>"
            + '<text:span text:style-name="Gone"> unseen</text:span> words.'
        )
        + '<text:section text:display="none">'
        + p("closed")
        + "</text:section>"
    )
    assert outline(stored) == [(P, 0, "Kept words."), (P, 0, "A note.")]


def test_a_text_box_is_read_after_its_paragraph() -> None:
    stored = read(
        p(f"Before<draw:frame><draw:text-box>{p('in the box')}</draw:text-box></draw:frame>.") + p("After")
    )
    assert [words for _, _, words in outline(stored)] == ["Before.", "in the box", "After"]


@cases(
    ("data", "reason"),
    [
        (make(p("x"), manifest="<encryption-data/>"), "password"),
        (make(p("x"))[:200], "damaged"),
        (make("<text:p>"), "damaged"),
    ],
    ids=["locked", "cut", "broken"],
)
def test_what_cannot_be_read_is_named(data: bytes, reason: str) -> None:
    with pytest.raises(BadDocument, match=reason):
        read_stored_text("a.odt", data)
