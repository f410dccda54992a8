"""Stored texts and document cards as people look at them."""

import pytest

from askpcc.errors import UnknownDocument
from askpcc.model import (
    DocumentCard,
    Fact,
    FactName,
    Source,
    Span,
)
from askpcc.rendering.results import (
    card_as_json,
    cards_as_text,
    cut,
    read_place,
)
from support.cases import cases

TEXT = "First line.\r\nSecond \x1b[31mred\x1b[0m line.\n"
CARD = DocumentCard(
    path="2024/borsetshire.md",
    version="0123456789abcdef",
    facts=(
        Fact(FactName.TITLE, "Response on custody", Span(2, 21)),
        Fact(FactName.FORCE, "Borsetshire Police", None),
        Fact(FactName.PUBLISHED, "2024-05-03", Span(30, 40)),
    ),
    source=Source("https://borsetshire.example/r", "2024-06-01"),
    stale="It is empty.",
)


def test_without_a_place_the_text_comes_exactly() -> None:
    assert cut(TEXT, None, terminal=False) == TEXT


def test_a_place_comes_exactly() -> None:
    assert cut(TEXT, Span(0, 12), terminal=False) == "First line.\r"


def test_in_a_terminal_nothing_in_the_text_steers_it() -> None:
    assert cut(TEXT, None, terminal=True) == "First line.\nSecond \ufffd[31mred\ufffd[0m line.\n"


def test_in_a_terminal_a_place_is_marked_in_its_surroundings() -> None:
    assert cut(TEXT, Span(6, 10), terminal=True) == (
        "First \x1b[7mline\x1b[27m.\nSecond \ufffd[31mred\ufffd[0m line.\n\n"
    )


def test_surroundings_are_some_three_hundred_characters() -> None:
    shown = cut("x" * 1_000 + "HERE" + "y" * 1_000, Span(1_000, 1_004), terminal=True)
    assert (shown.count("x"), shown.count("y")) == (300, 300)


@cases(("written", "place"), [("0:5", Span(0, 5)), ("4:5", Span(4, 5)), (None, None)])
def test_a_place_is_read(written: str | None, place: Span | None) -> None:
    assert read_place(written, "words") == place


@cases(
    "written",
    [
        "",
        "3",
        "3:",
        ":3",
        "3:3",
        "4:3",
        "0:6",
        "-1:3",
        "a:b",
        "1:2:3",
        " 1:2",
        "1:" + "9" * 5_000,
        "\N{ARABIC-INDIC DIGIT ONE}:\N{ARABIC-INDIC DIGIT THREE}",
        "1:2\n",
    ],
)
def test_what_is_no_place_is_told(written: str) -> None:
    with pytest.raises(UnknownDocument, match="START:END in characters, from 0 to 5"):
        read_place(written, "words")


def test_a_card_in_json_has_each_fact_with_its_place() -> None:
    assert card_as_json(CARD) == {
        "document": "2024/borsetshire.md",
        "version": "0123456789abcdef",
        "facts": [
            {"name": "title", "value": "Response on custody", "start": 2, "end": 21, "corrected_by": None},
            {
                "name": "force",
                "value": "Borsetshire Police",
                "start": None,
                "end": None,
                "corrected_by": None,
            },
            {"name": "published", "value": "2024-05-03", "start": 30, "end": 40, "corrected_by": None},
        ],
        "url": "https://borsetshire.example/r",
        "fetched": "2024-06-01",
        "stale": "It is empty.",
        "doubts": [],
        "to_check": ["It gives no date of its own."],
        "welsh_copy_of": None,
    }


def test_cards_are_listed_with_what_is_known() -> None:
    bare = DocumentCard("b.md", "v")
    assert cards_as_text([CARD, bare]) == (
        "Response on custody\n"
        "  2024/borsetshire.md\n"
        "  force: Borsetshire Police\n"
        "  report published: 2024-05-03\n"
        "  from: https://borsetshire.example/r\n"
        "  fetched: 2024-06-01\n"
        "  stale: It is empty.\n"
        "\n"
        "b.md\n"
        "  no title found\n"
        "\n"
        "Please check (askpcc correct):\n"
        "  Response on custody (2024/borsetshire.md): It gives no date of its own.\n"
        "  b.md: It names no force. It gives no date of its own."
    )


def test_a_welsh_copy_is_listed_with_the_title_of_its_twin() -> None:
    welsh = DocumentCard("ymateb.md", "v", welsh_copy_of=CARD.path)
    told = cards_as_text([CARD, welsh])
    assert "  Welsh copy of Response on custody (2024/borsetshire.md)\n" in f"{told}\n"
    assert "ymateb.md: It names" not in told


def test_no_documents_are_told() -> None:
    assert cards_as_text([]) == "The index holds no documents."
