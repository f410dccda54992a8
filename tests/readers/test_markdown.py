"""Markdown becomes blocks that are places in the file."""

from hypothesis import given, settings
from hypothesis import strategies as st

from askpcc.model import StoredText
from askpcc.readers.markdown import read_markdown
from support.cases import cases

H, P, B, R = "heading", "paragraph", "bullet", "row"


def outline(stored: StoredText) -> list[tuple[str, int, str]]:
    """Return kind, level and words of each block."""
    return [(str(block.kind), block.level, block.span.of(stored.text)) for block in stored.blocks]


@cases(
    ("text", "blocks"),
    [
        ("# One #\n\nTwo\nthree\n", [(H, 1, "One"), (P, 0, "Two\nthree")]),
        ("Title\n=====\n\nPart\n---\n", [(H, 1, "Title"), (H, 2, "Part")]),
        ("one\r\ntwo\r\n\r\n- a\r\n- b", [(P, 0, "one\r\ntwo"), (B, 1, "a"), (B, 1, "b")]),
        (
            "- a\n  - b\n    more\n\n    again\n- c",
            [(B, 1, "a"), (B, 2, "b\n    more"), (B, 2, "again"), (B, 1, "c")],
        ),
        ("1. first\n2. second", [(B, 1, "first"), (B, 1, "second")]),
        (
            "2.1 **Recommendation 5**\n\n2.2 By July",
            [(P, 0, "2.1 **Recommendation 5**"), (P, 0, "2.2 By July")],
        ),
        ("**Response:**\n\n<b>Name</b>", [(H, 7, "**Response:**"), (H, 7, "<b>Name</b>")]),
        ("**Jo Doe**\n**Commissioner**", [(H, 7, "**Jo Doe**"), (H, 7, "**Commissioner**")]),
        ("**Both**\nof these", [(H, 7, "**Both**"), (P, 0, "of these")]),
        ("**A** and **B**", [(P, 0, "**A** and **B**")]),
        ("*All in italics.*", [(P, 0, "*All in italics.*")]),
        ("a\n\n    indented\twords\n", [(P, 0, "a"), (R, 0, "indented\twords")]),
        ("    just indented\n", [(P, 0, "just indented")]),
        ("```\nfenced\n\nmore\n```", [(P, 0, "fenced"), (P, 0, "more")]),
        ("<div>\nraw\n</div>", [(P, 0, "<div>\nraw\n</div>")]),
        ("<!-- a note -->\n\nshown", [(P, 0, "shown")]),
        ("[1]: https://example.org", [(P, 0, "[1]: https://example.org")]),
        ("one\n\n---\n\n***\n\ntwo", [(P, 0, "one"), (P, 0, "two")]),
        ("Long\nprose\n---\n", [(P, 0, "Long\nprose")]),
        ("\u2022 one\n\u2022 two\nmore", [(B, 1, "one"), (B, 1, "two\nmore")]),
        (
            "Published: 6 June 2023\nDeadline: 31 July",
            [(R, 0, "Published: 6 June 2023"), (R, 0, "Deadline: 31 July")],
        ),
        ("Note: this stands alone.", [(P, 0, "Note: this stands alone.")]),
        ("Mrs A\n2 High Street\nBorchester", [(P, 0, "Mrs A\n2 High Street\nBorchester")]),
        ("1.2\tThe Chief Constable says", [(P, 0, "1.2\tThe Chief Constable says")]),
        ("a)\tone\nwords", [(P, 0, "a)\tone\nwords")]),
        ("5\tComplete\n6\tUnder way", [(R, 0, "5\tComplete"), (R, 0, "6\tUnder way")]),
        ("- \n\n-\n\nwords", [(P, 0, "words")]),
    ],
)
def test_each_construct_makes_its_blocks(text: str, blocks: list[tuple[str, int, str]]) -> None:
    assert outline(read_markdown("a.md", text)) == blocks


def test_each_line_of_a_converted_form_is_a_row() -> None:
    form = (
        "<b>Title</b>\tBorsetshire review\t\n\tBorsetshire Specific\tYes\n<b>Recommendations</b>\tLocal\tNo\n"
    )
    assert outline(read_markdown("a.md", form)) == [
        (R, 0, "<b>Title</b>\tBorsetshire review"),
        (R, 0, "Borsetshire Specific\tYes"),
        (R, 0, "<b>Recommendations</b>\tLocal\tNo"),
    ]


def test_a_row_that_begins_with_a_tab_after_a_blank_line_is_kept() -> None:
    assert outline(read_markdown("a.md", "A\tB\n\n\tMidsomer Quoted\tYes\n")) == [
        (R, 0, "A\tB"),
        (R, 0, "Midsomer Quoted\tYes"),
    ]


def test_a_pipe_table_gives_one_row_a_line_and_none_for_an_empty_head() -> None:
    table = "| | |\n|---|---|\n| Title: | Review |\n| Sent: | |\n"
    assert outline(read_markdown("a.md", table)) == [(R, 0, "Title: | Review"), (R, 0, "Sent:")]


def test_a_head_with_words_is_a_row() -> None:
    assert outline(read_markdown("a.md", "Date | Report\n--- | ---\n6 June | PEEL")) == [
        (R, 0, "Date | Report"),
        (R, 0, "6 June | PEEL"),
    ]


def test_blocks_of_a_quote_are_quoted_and_its_speaker_is_a_block() -> None:
    stored = read_markdown("a.md", "> We agree.\n>\n> More\n> *A. Name, Chief Constable*\n\nOurs.\n")
    assert [(block.quoted, block.span.of(stored.text)) for block in stored.blocks] == [
        (True, "We agree."),
        (True, "More"),
        (True, "*A. Name, Chief Constable*"),
        (False, "Ours."),
    ]


def test_what_is_nested_too_deeply_is_kept_as_paragraphs() -> None:
    stored = read_markdown("a.md", "> " * 200 + "deep words\n\nafter")
    assert [words for *_, words in outline(stored)] == ["deep words", "after"]


@cases(
    ("written", "stored"),
    [
        ("<!-- all complete --> We agree.", "We agree."),
        ("We <!-- do not --> agree.", "We agree."),
        ("one\n<!-- a\n\nb -->\ntwo", "one\n\ntwo"),
        ("- <!-- a --> x<!-- b -->", "- x"),
        ("<!-- a --><!--> kept", " kept"),
        ("kept <!-- not closed", "kept <!-- not closed"),
        ("`<!-- shown -->` <!-- not -->", "`<!-- shown -->` "),
        ("```\n<!-- shown -->\n```\n<!-- not -->", "```\n<!-- shown -->\n```\n"),
        ("~~~\n<!-- shown -->", "~~~\n<!-- shown -->"),
        ("a ` b\n\nc ` <!-- not -->", "a ` b\n\nc ` "),
        ("\\<!-- shown -->", "\\<!-- shown -->"),
        ("---\ntitle: A <!-- b -->\n---\n<!-- not -->x", "---\ntitle: A <!-- b -->\n---\nx"),
    ],
)
def test_comments_are_not_stored(written: str, stored: str) -> None:
    assert read_markdown("a.md", written).text == stored


def test_a_file_with_many_signs_of_comments_and_code_is_read() -> None:
    for text in (
        "<!--" * 50_000,
        "` " * 50_000,
        "`" * 100_000,
        "".join("`" * n + " " for n in range(400)),
        "``` " * 50_000,
    ):
        assert read_markdown("a.md", text).text == text


def test_the_stored_text_is_the_file() -> None:
    text = "\n\n \t# A\u00a0\r\n\u200f\x0b- b  \r\r\n"
    assert read_markdown("a.md", text).text == text


MARKDOWN = st.lists(
    st.sampled_from(
        [
            "# ",
            "- ",
            "  ",
            "\t",
            "> ",
            "1. ",
            "**",
            "*",
            "|",
            "---",
            "\n",
            "\n\n",
            "\r\n",
            "\r",
            "word",
            "Label: x",
            "<b>",
            "</b>",
            "<div>",
            "```",
            "\u2022 ",
            "\u00a0",
            "\x0c",
            "\x1c",
            "===",
            "|-|-|",
            "&amp;",
            "\\",
            "\u2028",
        ]
    )
).map("".join)


@settings(deadline=None)
@given(st.one_of(MARKDOWN, st.text()))
def test_blocks_lie_in_order_inside_the_file_and_are_not_empty(body: str) -> None:
    text = "x\n" + body
    stored = read_markdown("a.md", text)
    assert stored.text == text
    end = 0
    for block in stored.blocks:
        words = block.span.of(text)
        assert block.span.start >= end
        assert words
        assert words == words.strip()
        end = block.span.end


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(["- ", "> ", "  ", "\t", "# ", "1. ", "| ", "\n", "*", "w"]), max_size=40).map(
        "".join
    )
)
def test_no_letter_is_lost(body: str) -> None:
    text = "x\n" + body
    covered = {
        place
        for block in read_markdown("a.md", text).blocks
        for place in range(block.span.start, block.span.end)
    }
    assert {place for place, letter in enumerate(text) if letter == "w"} <= covered
