"""A Word document becomes its blocks, in the order of its body."""

from collections.abc import Callable
from io import BytesIO

import docx
from docx.document import Document
from docx.oxml import parse_xml

from askpcc.model import StoredText
from askpcc.readers.docx import read_docx
from support.cases import cases

H, P, B, R = "heading", "paragraph", "bullet", "row"
SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)


def read(write: Callable[[Document], object]) -> StoredText:
    document = docx.Document()
    write(document)
    file = BytesIO()
    document.save(file)
    return read_docx("a.docx", file.getvalue())


def read_xml(*parts: str) -> list[tuple[str, int, str]]:
    """Read a document with the parts, each an element in the short form, as its body."""
    return outline(store_xml(*parts))


def store_xml(*parts: str) -> StoredText:
    """Read a document with the parts as its body, as in read_xml."""

    def write(document: Document) -> None:
        for part in parts:
            filled = part.replace(">", f" {SPACES}>", 1)
            document.element.body.insert(len(document.element.body) - 1, parse_xml(filled))

    return read(write)


def outline(stored: StoredText) -> list[tuple[str, int, str]]:
    return [(str(block.kind), block.level, block.span.of(stored.text)) for block in stored.blocks]


def run(words: str) -> str:
    return f"<w:r><w:t xml:space='preserve'>{words}</w:t></w:r>"


def test_styles_tell_headings_bullets_and_quotes() -> None:
    def write(document: Document) -> None:
        document.add_heading("Response", 0)
        document.add_heading("Summary", 2)
        document.add_paragraph("Words\nand more.")
        document.add_paragraph("one", style="List Bullet")
        document.add_paragraph("two", style="List Bullet 2")
        document.add_paragraph("We agree.", style="Intense Quote")

    stored = read(write)
    assert outline(stored) == [
        (H, 1, "Response"),
        (H, 2, "Summary"),
        (P, 0, "Words\nand more."),
        (B, 1, "one"),
        (B, 1, "two"),
        (P, 0, "We agree."),
    ]
    assert [block.quoted for block in stored.blocks] == [False] * 5 + [True]


def test_a_paragraph_in_bold_is_a_heading_and_one_with_bold_words_is_not() -> None:
    def write(document: Document) -> None:
        document.add_paragraph().add_run("Recommendation 1").bold = True
        mixed = document.add_paragraph("Some ")
        mixed.add_run("bold").bold = True

    assert outline(read(write)) == [(H, 7, "Recommendation 1"), (P, 0, "Some bold")]


def test_numbering_gives_a_bullet_its_depth() -> None:
    item = (
        "<w:p><w:pPr><w:numPr><w:ilvl w:val='{0}'/><w:numId w:val='{1}'/></w:numPr></w:pPr>"
        + run("x")
        + "</w:p>"
    )
    assert read_xml(item.format(0, 1), item.format(2, 1), item.format(0, 0)) == [
        (B, 1, "x"),
        (B, 3, "x"),
        (P, 0, "x"),
    ]


def test_an_outline_rank_makes_a_heading() -> None:
    assert read_xml(f"<w:p><w:pPr><w:outlineLvl w:val='1'/></w:pPr>{run('Part')}</w:p>") == [(H, 2, "Part")]


def test_merged_cells_are_read_once_and_keep_their_columns_and_long_cells_are_broken_up() -> None:
    def write(document: Document) -> None:
        table = document.add_table(3, 3)
        for number, cell in enumerate(cell for row in table.rows for cell in row.cells):
            cell.text = f"c{number}"
        table.cell(0, 0).merge(table.cell(0, 1)).text = "wide"
        table.cell(1, 0).merge(table.cell(2, 0)).text = "tall"
        layout = document.add_table(1, 2)
        layout.cell(0, 0).text = "Comments"
        layout.cell(0, 1).text = "We agree. " * 30
        layout.cell(0, 1).add_paragraph("trained", style="List Bullet")

    stored = read(write)
    assert "wide\t\tc2\ntall\tc4\tc5\n\tc7\tc8\n" in stored.text
    assert outline(stored) == [
        (R, 0, "wide\t\tc2"),
        (R, 0, "tall\tc4\tc5"),
        (R, 0, "c7\tc8"),
        (P, 0, "Comments"),
        (P, 0, ("We agree. " * 30).strip()),
        (B, 1, "trained"),
    ]


def test_an_empty_cell_keeps_its_column_wherever_it_stands() -> None:
    def write(document: Document) -> None:
        table = document.add_table(2, 4)
        for column, words in enumerate(("", "", "c2", "c3")):
            table.cell(0, column).text = words
        for column, words in enumerate(("", "d1", "", "d3")):
            table.cell(1, column).text = words

    assert read(write).text == "\t\tc2\tc3\n\td1\t\td3\n"


def test_a_row_that_begins_further_to_the_right_keeps_its_columns() -> None:
    cell = "<w:tc><w:p>{0}</w:p></w:tc>"
    row = "<w:tr><w:trPr><w:gridBefore w:val='{0}'/></w:trPr>{1}</w:tr>"
    cells = cell.format(run("a")) + cell.format(run("b"))
    assert (
        store_xml(f"<w:tbl>{row.format(2, cells)}{row.format('x', cells)}</w:tbl>").text == "\t\ta\tb\na\tb\n"
    )


def test_a_cell_across_the_whole_table_is_a_paragraph() -> None:
    wide = f"<w:tc><w:tcPr><w:gridSpan w:val='3'/></w:tcPr><w:p>{run('Recommendation 1')}</w:p></w:tc>"
    assert read_xml(f"<w:tbl><w:tr>{wide}</w:tr></w:tbl>") == [(P, 0, "Recommendation 1")]


def test_a_table_within_a_cell_gives_rows_below_the_words_of_the_cell() -> None:
    cell = "<w:tc>{0}</w:tc>"
    cells = "".join(cell.format(f"<w:p>{run(words)}</w:p>") for words in ("Status", "Complete"))
    inner = f"<w:tbl><w:tr>{cells}</w:tr></w:tbl><w:p/>"
    outer = cell.format(f"<w:p>{run('Recommendation 1')}</w:p>") + cell.format(
        f"<w:p>{run('Forces should act.')}</w:p>{inner}"
    )
    assert read_xml(f"<w:tbl><w:tr>{outer}</w:tr></w:tbl>") == [
        (P, 0, "Recommendation 1"),
        (P, 0, "Forces should act."),
        (R, 0, "Status\tComplete"),
    ]


def test_tabs_part_the_cells_of_a_typed_form() -> None:
    assert outline(read(lambda document: document.add_paragraph("Published:\t6 June 2023"))) == [
        (R, 0, "Published:\t6 June 2023")
    ]


def test_form_fields_are_read_and_their_prompts_are_not() -> None:
    field = "<w:sdt><w:sdtPr>{0}</w:sdtPr><w:sdtContent><w:p>{1}</w:p></w:sdtContent></w:sdt>"
    assert read_xml(
        field.format("", run("In a field")),
        field.format("<w:showingPlcHdr/>", run("Click here to enter text.")),
        f"<w:p>{run('Local ')}<w:sdt><w:sdtPr/><w:sdtContent>{run(chr(0x2612))}</w:sdtContent></w:sdt></w:p>",
        "<w:p>"
        + run("Sent ")
        + field.format("<w:showingPlcHdr/>", "").replace("<w:p></w:p>", run("A date"))
        + "</w:p>",
        f"<w:p>{run('Quoted ')}<w:r><w:sym w:font='Wingdings' w:char='F0FE'/></w:r></w:p>",
    ) == [(P, 0, "In a field"), (P, 0, "Local \u2612"), (P, 0, "Sent"), (P, 0, "Quoted \u2612")]


@cases(
    ("state", "sign"),
    [
        ("<w:checked/>", "\u2612"),
        ("<w:default w:val='1'/>", "\u2612"),
        ("<w:default w:val='0'/>", "\u2610"),
        ("", "\u2610"),
    ],
)
def test_tick_boxes_of_old_forms_are_signs(state: str, sign: str) -> None:
    data = f"<w:ffData><w:checkBox>{state}</w:checkBox></w:ffData>"
    box = f"<w:r><w:fldChar w:fldCharType='begin'>{data}</w:fldChar></w:r>"
    assert read_xml(f"<w:p>{box}{run('National')}</w:p>") == [(P, 0, f"{sign} National")]


@cases(
    ("box", "sign"),
    [
        ("<w14:checkbox><w14:checked w14:val='1'/></w14:checkbox>", "\u2612"),
        ("<w14:checkbox><w14:checked w14:val='0'/></w14:checkbox>", "\u2610"),
        ("<w14:checkbox/>", "\u2610"),
    ],
)
def test_tick_boxes_of_content_controls_are_signs_whatever_draws_them(box: str, sign: str) -> None:
    drawn = "<w:r><w:sym w:font='Nowhere' w:char='F0EE'/></w:r>"
    control = f"<w:sdt><w:sdtPr>{box}</w:sdtPr><w:sdtContent>{drawn}</w:sdtContent></w:sdt>"
    assert read_xml(f"<w:p>{control}{run(' National')}</w:p>") == [(P, 0, f"{sign} National")]


@cases(
    ("font", "letter", "shown"),
    [
        ("Wingdings", "\u00fc", " \u2713"),
        ("Wingdings", "\uf0fe", " \u2612"),
        ("Wingdings 2", "R", " \u2612"),
        ("Webdings", "a", " \u2713"),
        ("Wingdings", "J", ""),
        ("Arial", "R", " R"),
        ("Arial", "\uf0fc", " \u2713"),
    ],
)
def test_letters_in_a_font_of_signs_are_the_signs_that_people_see(font: str, letter: str, shown: str) -> None:
    sign = f"<w:r><w:rPr><w:rFonts w:ascii='{font}'/></w:rPr><w:t>{letter}</w:t></w:r>"
    assert read_xml(f"<w:p>{run('Met ')}{sign}</w:p>") == [(P, 0, f"Met{shown}")]


@cases(
    ("font", "code", "shown"),
    [
        ("MS Gothic", "2612", " \u2612"),
        ("Wingdings", "00FC", " \u2713"),
        ("Nowhere", "F0FC", " \u2713"),
        ("Nowhere", "F0EE", ""),
        ("MS Gothic", "D800", ""),
        ("MS Gothic", "x", ""),
    ],
)
def test_a_symbol_is_the_sign_that_people_see(font: str, code: str, shown: str) -> None:
    symbol = f"<w:r><w:sym w:font='{font}' w:char='{code}'/></w:r>"
    assert read_xml(f"<w:p>{run('Met ')}{symbol}</w:p>") == [(P, 0, f"Met{shown}")]


def test_a_form_field_that_wraps_rows_and_cells_is_read() -> None:
    cell = "<w:tc><w:p>{0}</w:p></w:tc>"
    wrapped = f"<w:sdt><w:sdtContent>{cell.format(run('b'))}</w:sdtContent></w:sdt>"
    row = f"<w:tr>{cell.format(run('a'))}{wrapped}</w:tr>"
    assert read_xml(f"<w:tbl><w:sdt><w:sdtContent>{row}</w:sdtContent></w:sdt></w:tbl>") == [(R, 0, "a\tb")]


def test_tracked_insertions_are_read_and_deletions_are_not() -> None:
    changed = (
        f"<w:p>{run('kept')}<w:ins w:id='1' w:author='x'>{run(' added')}</w:ins>"
        "<w:del w:id='2' w:author='x'><w:r><w:delText> gone</w:delText></w:r></w:del>"
        f"<w:moveFrom w:id='3' w:author='x'>{run(' moved')}</w:moveFrom></w:p>"
    )
    assert read_xml(changed) == [(P, 0, "kept added")]


def test_links_and_hidden_words() -> None:
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>"
    assert read_xml(f"<w:p>{run('see ')}<w:hyperlink>{run('the report')}</w:hyperlink>{hidden}</w:p>") == [
        (P, 0, "see the report")
    ]


def test_hidden_words_are_told_of() -> None:
    def write(document: Document) -> None:
        document.add_paragraph("Shown.")
        document.add_paragraph().add_run("unseen").font.hidden = True

    assert read(write).doubts == ("Some text of the document is hidden and was left out.",)
    assert read(lambda document: document.add_paragraph("Shown.")).doubts == ()


def test_a_text_box_is_read_once() -> None:
    content = f"<w:txbxContent><w:p>{run('in the box')}</w:p></w:txbxContent>"
    box = (
        f"<w:p>{run('around')}<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>"
        f"<wps:txbx>{content}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{content}</v:textbox></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert read_xml(box) == [(P, 0, "around"), (P, 0, "in the box")]


def test_a_table_of_contents_is_left_out() -> None:
    def write(document: Document) -> None:
        document.styles.add_style("TOC 1", 1)
        document.add_paragraph("Summary\t3", style="TOC 1")
        document.add_paragraph("Words.")

    assert outline(read(write)) == [(P, 0, "Words.")]


def test_the_title_comes_from_the_properties() -> None:
    def write(document: Document) -> None:
        document.core_properties.title = "Response to a custody report"
        document.add_paragraph("Words.")

    assert read(write).title == "Response to a custody report"
