"""A stored text as paragraphs, with the cited words marked."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from askpcc.model import BlockKind, Document, Passage, Span, version_of
from askpcc.web.document_pages import Paragraph, lay_out

TEXT = """# Cells in Borsetshire

**Recommendation 1:** the force should
repair the heating.

- It is warm.
- It is *very* warm.

> The heating works.
>
> The Chief Constable says so.

| cell | warm |
| 1 | yes |
"""


def place(words: str, text: str = TEXT) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def passage(kind: BlockKind, words: str) -> Passage:
    return Passage(words, "a.md", "1" * 16, 0, kind, place(words), words, words)


PASSAGES = [
    passage(BlockKind.HEADING, "Cells in Borsetshire"),
    passage(BlockKind.PARAGRAPH, "**Recommendation 1:** the force should\nrepair the heating."),
    passage(BlockKind.BULLET, "It is warm."),
    passage(BlockKind.BULLET, "It is *very* warm."),
    passage(BlockKind.PARAGRAPH, "The heating works."),
    passage(BlockKind.ROW, "cell | warm"),
    passage(BlockKind.ROW, "1 | yes"),
]


def read(
    cited: Span | None = None,
    passages: Sequence[Passage] = PASSAGES,
    text: str = TEXT,
    page_starts: tuple[int, ...] = (),
) -> tuple[Paragraph, ...]:
    document = Document("a.md", version_of(text), text, (), page_starts=page_starts)
    return lay_out(document, passages, {1: cited} if cited else {})


def shown(cited: Span | None = None, passages: list[Passage] = PASSAGES, text: str = TEXT) -> list[str]:
    """Return the paragraphs, the cited words between brackets."""
    return ["".join(_bracket(paragraph)) for paragraph in read(cited, passages, text)]


def _bracket(paragraph: Paragraph) -> Iterator[str]:
    for is_cited, runs in groupby(paragraph.runs, lambda run: bool(run.numbers)):
        words = "".join(run.words for run in runs)
        yield f"[{words}]" if is_cited else words


def test_a_text_is_shown_whole_without_the_marks_of_its_format() -> None:
    assert shown() == [
        "Cells in Borsetshire",
        "Recommendation 1: the force should\nrepair the heating.",
        "It is warm.",
        "It is very warm.",
        "The heating works.",
        "The Chief Constable says so.",
        "| cell | warm |",
        "| 1 | yes |",
    ]


def test_paragraphs_have_the_kinds_of_their_passages() -> None:
    kinds = [paragraph.kind for paragraph in read()]
    assert kinds == ["heading", "paragraph", "bullet", "bullet", "paragraph", "paragraph", "row", "row"]


def test_a_version_without_passages_keeps_its_words() -> None:
    assert " ".join(" ".join(shown(passages=[])).split()) == " ".join(" ".join(shown()).split())


CITED = [
    ("It is warm.", ["[It is warm.]"]),
    ("the force should\nrepair", ["Recommendation 1: [the force should\nrepair] the heating."]),
    ("1:** the force", ["Recommendation [1: the force] should\nrepair the heating."]),
    (
        "heating.\n\n- It is",
        ["Recommendation 1: the force should\nrepair the [heating.]", "[It is] warm."],
    ),
    ("works.\n>\n> The", ["The heating [works.]", "[The] Chief Constable says so."]),
]


def test_the_cited_words_are_marked() -> None:
    for cited, expected in CITED:
        assert [paragraph for paragraph in shown(place(cited)) if "[" in paragraph] == expected


def test_the_place_to_go_to_is_the_first_marked_word_alone() -> None:
    for cited in ["It is warm.", "heating.\n\n- It is", "works.\n>\n> The"]:
        paragraphs = read(place(cited))
        assert sum(bool(run.opens) for paragraph in paragraphs for run in paragraph.runs) == 1
        assert next(run for paragraph in paragraphs for run in paragraph.runs if run.numbers).opens


def test_pages_are_named_where_they_begin() -> None:
    text = "One.\n\nTwo.\n\nThree."
    paragraphs = read(passages=[], text=text, page_starts=(0, text.index("Two")))
    assert [paragraph.page for paragraph in paragraphs] == [1, 2, None]


def test_a_page_ends_a_paragraph() -> None:
    text = "Half of it\nand the rest."
    paragraphs = read(passages=[], text=text, page_starts=(0, text.index("and")))
    assert ["".join(run.words for run in one.runs) for one in paragraphs] == ["Half of it", "and the rest."]


def test_line_ends_of_windows_are_line_ends() -> None:
    assert shown(text="One\r\ntwo.\r\n\r\nThree.\r\n", passages=[]) == ["One\ntwo.", "Three."]
