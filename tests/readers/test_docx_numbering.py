"""Numbers that Word counts itself stand in the text as people see them."""

from io import BytesIO

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from askpcc.model import StoredText
from askpcc.readers.docx import read_docx
from support.cases import cases

SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
OUTLINE = ("%1.", "decimal"), ("%1.%2", "decimal"), ("(%3)", "lowerLetter")


def level(number: int, pattern: str, form: str = "decimal", more: str = "") -> str:
    return (
        f"<w:lvl w:ilvl='{number}'><w:start w:val='1'/><w:numFmt w:val='{form}'/>{more}"
        f"<w:lvlText w:val='{pattern}'/></w:lvl>"
    )


def definition(number: int, *levels: str, more: str = "") -> str:
    return f"<w:abstractNum w:abstractNumId='{number}'>{more}{''.join(levels)}</w:abstractNum>"


def listed(number: int, of: int, more: str = "") -> str:
    return f"<w:num w:numId='{number}'><w:abstractNumId w:val='{of}'/>{more}</w:num>"


def item(words: str, depth: int = 0, number: int = 1, more: str = "") -> str:
    place = f"<w:numPr><w:ilvl w:val='{depth}'/><w:numId w:val='{number}'/></w:numPr>"
    written = f"<w:r><w:t>{words}</w:t></w:r>" if words else ""
    return f"<w:p><w:pPr>{place}{more}</w:pPr>{written}</w:p>"


def read(numbering: str, *parts: str, styles: str = "") -> StoredText:
    """Read a document whose part of lists, whose body and whose further styles are these elements."""
    document = docx.Document()
    lists = document.part.numbering_part.element
    for each in list(lists):
        lists.remove(each)
    lists.extend(parse_xml(f"<w:x {SPACES}>{numbering}</w:x>"))
    document.styles.element.extend(parse_xml(f"<w:x {SPACES}>{styles}</w:x>"))
    body = document.element.body
    for part in parse_xml(f"<w:x {SPACES}>{''.join(parts)}</w:x>"):
        body.insert(len(body) - 1, part)
    file = BytesIO()
    document.save(file)
    return read_docx("a.docx", file.getvalue())


def lines(numbering: str, *parts: str, styles: str = "") -> list[str]:
    return [line.strip() for line in read(numbering, *parts, styles=styles).text.split("\n") if line.strip()]


def simple(pattern: str = "%1.", form: str = "decimal", more: str = "") -> str:
    return definition(1, level(0, pattern, form, more)) + listed(1, 1)


def outline_list() -> str:
    levels = [level(depth, pattern, form) for depth, (pattern, form) in enumerate(OUTLINE)]
    return definition(1, *levels) + listed(1, 1)


@cases(
    ("form", "labels"),
    [
        ("decimal", ["1.", "2.", "3."]),
        ("decimalZero", ["01.", "02.", "03."]),
        ("lowerLetter", ["a.", "b.", "c."]),
        ("upperLetter", ["A.", "B.", "C."]),
        ("lowerRoman", ["i.", "ii.", "iii."]),
        ("upperRoman", ["I.", "II.", "III."]),
        ("ordinal", ["1st.", "2nd.", "3rd."]),
        ("bullet", ["-", "-", "-"]),
    ],
)
def test_a_list_is_counted_in_its_format(form: str, labels: list[str]) -> None:
    assert lines(simple("%1.", form), *map(item, "xyz")) == [
        f"{label} {words}" for label, words in zip(labels, "xyz", strict=True)
    ]


def test_letters_go_on_doubled_after_the_last() -> None:
    assert lines(simple("%1)", "lowerLetter"), *[item("x")] * 28)[25:] == ["z) x", "aa) x", "bb) x"]


def test_the_number_is_no_part_of_the_block() -> None:
    stored = read(simple(), item("first"), item("second"))
    assert stored.text == "1. first\n2. second\n"
    assert [block.span.of(stored.text) for block in stored.blocks] == ["first", "second"]


def test_levels_are_counted_within_those_above() -> None:
    body = [item("x", depth) for depth in (0, 1, 1, 2, 2, 0, 1, 2)]
    assert [line.split()[0] for line in lines(outline_list(), *body)] == [
        "1.", "1.1", "1.2", "(a)", "(b)", "2.", "2.1", "(a)",
    ]  # fmt: skip


def test_a_level_that_never_begins_again_goes_on() -> None:
    going_on = definition(1, level(0, "%1."), level(1, "%2)", more="<w:lvlRestart w:val='0'/>")) + listed(
        1, 1
    )
    body = [item("x", depth) for depth in (0, 1, 0, 1)]
    assert [line.split()[0] for line in lines(going_on, *body)] == ["1.", "1)", "2.", "2)"]


def test_a_level_above_that_was_not_used_shows_its_start() -> None:
    assert lines(outline_list(), item("x", 1), item("y", 1)) == ["1.1 x", "1.2 y"]


def test_legal_numbering_writes_every_level_in_digits() -> None:
    legal = definition(1, level(0, "%1.", "upperRoman"), level(1, "%1.%2", more="<w:isLgl/>")) + listed(1, 1)
    assert lines(legal, item("x"), item("y", 1)) == ["I. x", "1.1 y"]


def test_a_number_of_three_digits_is_written_so() -> None:
    custom = (
        "<w:lvl w:ilvl='0'><w:start w:val='1'/><mc:AlternateContent><mc:Choice Requires='w14'>"
        "<w:numFmt w:val='custom' w:format='001, 002, 003, ...'/></mc:Choice><mc:Fallback>"
        "<w:numFmt w:val='decimal'/></mc:Fallback></mc:AlternateContent><w:lvlText w:val='%1'/></w:lvl>"
    )
    assert lines(definition(1, custom) + listed(1, 1), item("x")) == ["001 x"]


def test_lists_of_one_definition_go_on_and_one_that_starts_over_does_once() -> None:
    over = "<w:lvlOverride w:ilvl='0'><w:startOverride w:val='1'/></w:lvlOverride>"
    lists = simple() + listed(2, 1) + listed(3, 1, over)
    body = [item("x", number=number) for number in (1, 1, 2, 3, 3, 1)]
    assert [line.split()[0] for line in lines(lists, *body)] == ["1.", "2.", "3.", "1.", "2.", "3."]


def test_a_list_may_write_a_level_in_its_own_way() -> None:
    own = f"<w:lvlOverride w:ilvl='0'>{level(0, '(%1)', 'lowerRoman')}</w:lvlOverride>"
    assert lines(simple() + listed(2, 1, own), item("x"), item("y", number=2)) == ["1. x", "(ii) y"]


def test_two_definitions_are_counted_apart() -> None:
    lists = simple() + definition(2, level(0, "%1)", "lowerLetter")) + listed(2, 2)
    assert lines(lists, item("x"), item("y", number=2), item("z"), item("w", number=2)) == [
        "1. x", "a) y", "2. z", "b) w",
    ]  # fmt: skip


def test_words_of_a_numbering_are_the_first_words_of_the_block() -> None:
    stored = read(simple("Recommendation %1:"), item("Forces should act."), item("", 0))
    assert [block.span.of(stored.text) for block in stored.blocks] == [
        "Recommendation 1: Forces should act.",
        "Recommendation 2:",
    ]


def test_a_heading_keeps_its_rank_and_its_number() -> None:
    style = (
        "<w:style w:type='paragraph' w:styleId='Part'><w:name w:val='Part'/><w:basedOn w:val='Heading2'/>"
        "<w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:style>"
    )
    tied = definition(1, level(0, "%1."), level(1, "%1.%2", more="<w:pStyle w:val='Part'/>")) + listed(1, 1)
    part = "<w:p><w:pPr><w:pStyle w:val='Part'/></w:pPr><w:r><w:t>Scope</w:t></w:r></w:p>"
    stored = read(tied, item("x"), part, part, styles=style)
    assert stored.text == "1. x\n\n## 1.1 Scope\n\n## 1.2 Scope\n"
    assert [block.span.of(stored.text) for block in stored.blocks] == ["x", "Scope", "Scope"]


def test_a_definition_that_names_a_style_has_the_levels_of_that_style() -> None:
    style = (
        "<w:style w:type='numbering' w:styleId='Numbers'><w:name w:val='Numbers'/>"
        "<w:pPr><w:numPr><w:numId w:val='2'/></w:numPr></w:pPr></w:style>"
    )
    lists = (
        definition(1, more="<w:numStyleLink w:val='Numbers'/>")
        + definition(2, level(0, "(%1)"), more="<w:styleLink w:val='Numbers'/>")
        + listed(1, 1)
        + listed(2, 2)
    )
    assert lines(lists, item("x"), item("y", number=2), styles=style) == ["(1) x", "(2) y"]


def test_number_zero_takes_a_paragraph_out_of_its_list() -> None:
    assert lines(simple(), item("x"), item("apart", number=0), item("y")) == ["1. x", "apart", "2. y"]


def test_what_is_deleted_does_not_count() -> None:
    mark = "<w:rPr><w:del w:id='1' w:author='x'/></w:rPr>"
    gone = item("", more=mark).replace(
        "</w:p>", "<w:del w:id='2' w:author='x'><w:r><w:delText>gone</w:delText></w:r></w:del></w:p>"
    )
    assert lines(simple(), item("x"), gone, item("y")) == ["1. x", "2. y"]


def test_what_is_empty_counts_as_it_does_in_word() -> None:
    assert lines(simple(), item("x"), item(""), item("y")) == ["1. x", "3. y"]


def test_cells_and_text_boxes_are_counted_with_the_body() -> None:
    status = "<w:tc><w:p><w:r><w:t>Complete</w:t></w:r></w:p></w:tc>"
    row = f"<w:tbl><w:tr><w:tc>{item('in a cell')}</w:tc>{status}</w:tr></w:tbl>"
    content = f"<w:txbxContent>{item('boxed')}</w:txbxContent>"
    box = (
        "<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>"
        f"<wps:txbx>{content}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{content}"
        "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert lines(simple(), item("x"), row, box, item("y")) == [
        "1. x", "2. in a cell\tComplete", "3. boxed", "4. y",
    ]  # fmt: skip


def test_a_column_of_numbers_alone_is_read() -> None:
    row = f"<w:tr><w:tc>{item('')}</w:tc><w:tc><w:p><w:r><w:t>Act.</w:t></w:r></w:p></w:tc></w:tr>"
    stored = read(simple(), f"<w:tbl>{row}{row}</w:tbl>")
    assert [block.span.of(stored.text) for block in stored.blocks] == ["1.\tAct.", "2.\tAct."]


def test_a_format_that_is_not_known_is_told_of() -> None:
    stored = read(simple("%1", "thaiLetters"), item("x"))
    assert stored.text == "x\n"
    assert stored.doubts == (
        "Some numbers of its lists are counted in a way that is not read, and were left out.",
    )


@cases(
    "lists",
    [
        definition(1, more="<w:numStyleLink w:val='Ring'/>") + listed(1, 1),
        definition(1, "<w:lvl w:ilvl='x'/>", "<w:lvl/>", level(99999, "%1")) + listed(1, 1),
        definition(1, "<w:lvl w:ilvl='0'><w:start w:val='-4'/><w:lvlText/></w:lvl>") + listed(1, 1),
        definition(1, f"<w:lvl w:ilvl='0'><w:start w:val='{'9' * 400}'/><w:lvlText w:val='%9%8%'/></w:lvl>")
        + listed(1, 1),
        listed(1, 7),
        "<w:num/><w:abstractNum/>",
        "",
    ],
)
def test_lists_that_make_no_sense_lose_no_words(lists: str) -> None:
    ring = (
        "<w:style w:type='numbering' w:styleId='Ring'><w:name w:val='Ring'/>"
        "<w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:style>"
    )
    stored = read(lists, item("kept words"), styles=ring)
    assert [block.span.of(stored.text) for block in stored.blocks] == ["kept words"]


def test_a_document_without_a_part_of_lists_is_read() -> None:
    document = docx.Document()
    part = document.part
    for name, relation in list(part.rels.items()):
        if relation.reltype.endswith("/numbering"):
            del part.rels[name]
    paragraph = document.add_paragraph("words", style="List Number")
    assert paragraph._p.find(qn("w:r")) is not None
    file = BytesIO()
    document.save(file)
    assert read_docx("a.docx", file.getvalue()).text == "- words\n"
