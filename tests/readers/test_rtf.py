"""Rich text becomes its blocks."""

import pytest

from askpcc.errors import BadDocument
from askpcc.model import StoredText
from askpcc.readers import read_stored_text
from support.cases import cases
from support.outlines import outline

H, P, B, R = "heading", "paragraph", "bullet", "row"
HEAD = (
    r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fswiss\fcharset0 Arial;}{\f1\fcharset238 Arial CE;}}"
    r"{\stylesheet{\s0 Normal;}{\s2\b\fs32 heading 2;}}{\info{\title Netherby response on custody}}"
    r"{\header\pard the head of each page\par}"
)


def read(body: str) -> StoredText:
    return read_stored_text("a.rtf", f"{HEAD}{body}}}".encode("latin-1"))


@cases(
    ("body", "shown"),
    [
        (r"caf\'e9 \'93done\'94", "café “done”"),
        (r"{\f1 \'e8}", "č"),
        (r"\u8217?s \u269\'63x", "’s čx"),
        (r"\u-10179?\u-8704?", "\N{GRINNING FACE}"),
        (r"{\uc0\u8211 a}", "–a"),
        (r"a\~b \{c\} \\ d\_e", "a b {c} \\ d-e"),
        (r"a{\v unseen}b{\deleted gone} c", "ab c"),
        (r"{\field{\*\fldinst{HYPERLINK " + '"https://x.example"' + r"}}{\fldrslt{a link}}} on", "a link on"),
        (r"{\*\unknown words}x{\*\bkmkstart a}", "x"),
        (r"{\pict\bin5 }}}}}}x", "x"),
        ("broken\nlines\r\n are none", "brokenlines are none"),
    ],
)
def test_words_are_read_as_they_are_shown(body: str, shown: str) -> None:
    assert outline(read(rf"\pard {body}\par")) == [(P, 0, shown)]


def test_headings_bold_lines_and_printed_numbers_are_told() -> None:
    stored = read(
        r"\pard\s2 Summary\par\pard\outlinelevel0 Part\par\pard\plain{\b Governance}\par"
        r"{\listtext\pard 1.\tab}first\par{\listtext (a)\tab}second\par{\listtext\'b7\tab}dot\par"
        r"{\listtext Recommendation 3\tab}Check.\par"
    )
    assert stored.text == (
        "## Summary\n\n# Part\n\nGovernance\n\n1. first\n(a) second\n- dot\n\nRecommendation 3 Check.\n"
    )
    assert outline(stored) == [
        (H, 2, "Summary"),
        (H, 1, "Part"),
        (H, 7, "Governance"),
        (B, 1, "first"),
        (B, 1, "second"),
        (B, 1, "dot"),
        (P, 0, "Recommendation 3 Check."),
    ]


def test_tables_are_rows_and_a_cell_may_hold_paragraphs() -> None:
    stored = read(
        r"\trowd\cellx1\cellx2\pard\intbl No\cell Matter\cell\row"
        r"\trowd\pard\intbl 1\cell Do it\par at once\cell\row\trowd\pard\intbl\cell more\cell\row"
        r"\pard After.\par"
    )
    assert stored.text == "No\tMatter\n1\tDo it at once\n\tmore\n\nAfter.\n"


def test_footnotes_stand_at_the_end() -> None:
    stored = read(r"\pard Words{\super\chftn{\footnote\chftn\pard A note.}} go on.\par")
    assert [words for _, _, words in outline(stored)] == ["Words go on.", "A note."]


def test_the_title_of_the_properties_is_taken() -> None:
    assert read(r"\pard x\par").title == "Netherby response on custody"


@cases(
    "data",
    [b"plain words", b"{\\rtf1" + b"{" * 600 + b"x", b"{\\rtf1\\ansi}"],
)
def test_what_is_no_rich_text_is_refused(data: bytes) -> None:
    with pytest.raises(BadDocument):
        read_stored_text("a.rtf", data)


def test_tables_of_fonts_and_styles_without_what_is_looked_for_are_read() -> None:
    fonts = r"{\fonttbl" + r"\f1 " * 60_000 + "}"
    styles = r"{\stylesheet" + r"\s1 " * 60_000 + "}"
    data = r"{\rtf1\ansi" + fonts + styles + r"\pard It is done.\par}"
    assert "It is done." in read_stored_text("a.rtf", data.encode()).text
