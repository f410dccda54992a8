"""The structure of a document: sections, the scope of numbered matters, what introduces a bullet or a row."""

from dataclasses import dataclass

from askpcc.chunking import lead_items, place_blocks
from askpcc.model import (
    Block,
    BlockKind,
    Document,
    Span,
)
from support.cases import cases
from support.small_documents import make_document


@dataclass(frozen=True, slots=True)
class Seen:
    """A block as a test compares it."""

    items: tuple[str, ...]
    sections: tuple[str, ...]
    lead: str | None


def see(text: str, path: str = "response.md") -> dict[str, Seen]:
    document = make_document(text, path)
    return {
        placed.block.span.of(document.text): Seen(
            placed.items, placed.sections, placed.lead.of(document.text) if placed.lead else None
        )
        for placed in place_blocks(document)
    }


def items_of(text: str, words: str, path: str = "response.md") -> tuple[str, ...]:
    return next(seen.items for quote, seen in see(text, path).items() if words in quote)


SCOPES = {
    "an answer belongs to the heading above it": (
        "## Recommendation 5\n\nWork has begun.",
        ("recommendation 5",),
    ),
    "two recommendations are answered together": (
        "## Recommendations 10 and 22\n\nWork has begun.",
        ("recommendation 10", "recommendation 22"),
    ),
    "a response beneath goes on": (
        "## Recommendation 5\n\nIts text.\n\n### Response\n\nWork has begun.",
        ("recommendation 5",),
    ),
    "a response of the same rank goes on": (
        "## Recommendation 5\n\nIts text.\n\n## Borsetshire Police's response:\n\nWork has begun.",
        ("recommendation 5",),
    ),
    "action taken goes on": (
        "**Recommendation 5**\n\nIts text.\n\n**Action taken to date**\n\nWork has begun.",
        ("recommendation 5",),
    ),
    "a subheading of any name goes on": (
        "## Recommendation 5\n\n### Training\n\nWork has begun.",
        ("recommendation 5",),
    ),
    "another heading of the same rank ends it": (
        "## Recommendation 5\n\nIts text.\n\n## Training\n\nWork has begun.",
        (),
    ),
    "a response of higher rank ends it": (
        "## Other\n\n### Recommendation 5\n\nIts text.\n\n## Response\n\nWork has begun.",
        (),
    ),
    "general comments end it": (
        "## Recommendation 5\n\nIts text.\n\n## General comments\n\nWork has begun.",
        (),
    ),
    "the next recommendation ends it": (
        "**Recommendation 5**\n\nIts text.\n\n**Recommendation 6**\n\nWork has begun.",
        ("recommendation 6",),
    ),
    "an area for improvement is another matter": (
        "## Recommendation 2\n\nIts text.\n\n## Area for improvement 2\n\nWork has begun.",
        ("area for improvement 2",),
    ),
    "an inner matter gives way to the outer one": (
        "## Recommendations 1 and 2\n\n### Recommendation 2\n\nIts text.\n\n### Both\n\nWork has begun.",
        ("recommendation 1", "recommendation 2"),
    ),
    "a bold paragraph heads its answer": (
        "**Recommendation 2: by 31 December 2030, build on recommendation 7.**\n\nWork has begun.",
        ("recommendation 2",),
    ),
    "the next bold line ends it": (
        "**Recommendation 2: by 31 December, act.**\n\nIts text.\n\n**Closing words**\n\nWork has begun.",
        (),
    ),
    "a bold response beneath a numbered line goes on": (
        "2.1 Recommendation 5\n\nIts text.\n\n**Response**\n\nWork has begun.",
        ("recommendation 5",),
    ),
    "a numbered paragraph that only names it heads what follows": (
        "2.1 Recommendation 5\n\n2.2 Its text.\n\n2.3 Work has begun.",
        ("recommendation 5",),
    ),
    "a labelled paragraph holds for the answer beneath": (
        "Recommendation 2: By December, the force should act, as recommendation 9 said.\n\nWork has begun.",
        ("recommendation 2",),
    ),
    "a paragraph speaks for itself": (
        "## Recommendations 1 and 2\n\nRecommendation 2 is done. Work has begun.",
        ("recommendation 2",),
    ),
    "a bullet speaks for itself": (
        "## Recommendations 1 and 2\n\n- Recommendation 2: Work has begun.\n",
        ("recommendation 2",),
    ),
    "bullets belong to what introduces them": (
        "In answer to AFI 3 we did the following:\n\n- Work has begun.\n",
        ("area for improvement 3",),
    ),
    "a deeper bullet belongs to the one above": (
        "- Recommendation 4\n  - Work has begun.\n- Recommendation 5\n",
        ("recommendation 4",),
    ),
    "a row that goes on belongs to the row above": (
        "| Item | Answer |\n|---|---|\n| Recommendation 4 | Its text |\n| | Work has begun. |\n",
        ("recommendation 4",),
    ),
    "a heading of two kinds": (
        "## Recommendation 5 and AFI 2\n\nWork has begun.",
        ("recommendation 5", "area for improvement 2"),
    ),
    "a paragraph under no matter has those it speaks of": (
        "# Response\n\nFor recommendation 8, Work has begun.",
        ("recommendation 8",),
    ),
    "a document without numbers has no matters": ("# Response\n\nWork has begun.", ()),
}


@cases("claim", SCOPES)
def test_scope_of_numbered_matters(claim: str) -> None:
    text, expected = SCOPES[claim]
    assert items_of(text, "Work has begun.") == expected


def test_scope_in_plain_text() -> None:
    text = "RECOMMENDATION 5\n\nIts text.\n\nRESPONSE\n\nIt has acted.\n\nCLOSING WORDS\n\nThank you all.\n"
    assert items_of(text, "acted", "response.txt") == ("recommendation 5",)
    assert items_of(text, "Thank", "response.txt") == ()


@cases(
    ("written", "expected"),
    [
        ("Recommendation 2: by June, build on recommendation 7", ("recommendation 2",)),
        ("Recommendations 3 – 5", ("recommendation 3", "recommendation 4", "recommendation 5")),
        ("Recommendation 3 – as recommendation 1", ("recommendation 3",)),
        ("2.1. Recommendation 5", ("recommendation 5",)),
        ("As recommendation 5 said", ()),
        ("Recommendations are made", ()),
    ],
)
def test_words_begin_with_their_matter(written: str, expected: tuple[str, ...]) -> None:
    assert lead_items(written) == expected


def test_sections_are_the_headings_above() -> None:
    seen = see("# One\n\n## Two\n\n### Three\n\na\n\n## Four\n\nb\n\n# Five\n\nc\n")
    assert seen["a"].sections == ("One", "Two", "Three")
    assert seen["Four"].sections == ("One",)
    assert seen["b"].sections == ("One", "Four")
    assert seen["c"].sections == ("Five",)


NUMBERED = "{}. Recommendation 4\n\n{}.1 Count all telephones.\n\n{}.2 {}\n\n3. I thank you all.\n"


def test_a_numbered_line_heads_the_paragraphs_of_its_number() -> None:
    seen = see(NUMBERED.format(2, 2, 2, "They are counted."), "letter.txt")
    assert seen["2.2 They are counted."].sections == ("Recommendation 4",)
    assert seen["2.2 They are counted."].items == ("recommendation 4",)


def test_a_heading_of_paragraphs_may_be_numbered_without_a_stop() -> None:
    seen = see("1 Detention\n\n1.1 It is late.\n\n2 Blankets\n\n2.1 They are thin.\n", "letter.txt")
    assert seen["2.1 They are thin."].sections == ("2 Blankets",)


@cases(
    "text",
    [NUMBERED.format(2, 3, 3, "x"), NUMBERED.format(2, 21, 21, "x"), "2. All is well.\n\n2.1 It is.\n"],
)
def test_a_line_of_another_number_or_a_sentence_heads_nothing(text: str) -> None:
    assert {one.sections for one in see(text, "letter.txt").values()} == {()}


LEADS = {
    "the sentence before the list": ("Much was said. We have done this:\n\n- point\n", "We have done this:"),
    "the following": ("The following is complete.\n\n- point\n", "The following is complete."),
    "no introduction": ("Much was said.\n\n- point\n", None),
    "a heading comes between": ("We did this:\n\n## Next\n\n- point\n", None),
    "a paragraph comes between": ("We did this:\n\nMuch was said.\n\n- point\n", None),
    "the bullet above a deeper one": (
        "We did this:\n\n- training, namely:\n  - point\n",
        "training, namely:",
    ),
    "a bullet above without a colon": ("We did this:\n\n- Training\n  - point\n", "Training"),
    "back at the outer list": ("We did this:\n\n- Training\n  - hours\n- point\n", "We did this:"),
    "two lists": ("We did this:\n\n- a\n\nWe will do that:\n\n- point\n", "We will do that:"),
    "a row introduces": ("Answer\tWe did this:\n\n- point\n", "Answer\tWe did this:"),
}


@cases("claim", LEADS)
def test_lead_of_a_bullet(claim: str) -> None:
    text, expected = LEADS[claim]
    assert see(text)["point"].lead == expected


def test_a_row_with_an_empty_first_cell_goes_on_under_its_label() -> None:
    seen = see(
        "| Item | Answer |\n|---|---|\n| Custody | Done |\n| | Later |\n| | Still later |\n| Fraud | No |\n"
    )
    assert seen["Later"].lead == seen["Still later"].lead == "Custody"
    assert seen["Custody | Done"].lead is seen["Fraud | No"].lead is None


def test_a_row_of_a_form_goes_on_under_its_label() -> None:
    seen = see("Type\tPEEL\n\tCustody\n", "response.txt")
    assert [quote for quote, block in seen.items() if block.lead == "Type"] == ["Custody"]


def test_a_block_of_white_space_introduces_nothing() -> None:
    text = "  \n"
    document = Document("x.md", "v", text, (Block(BlockKind.PARAGRAPH, Span(0, 2)),))
    assert [placed.lead for placed in place_blocks(document)] == [None]


ROWS = {
    "the head says what the numbers count": (
        "| Rec | Asked | Response |\n|---|---|---|\n| 9 | Visit everybody | We will begin. |",
        ("recommendation 9",),
    ),
    "another column's head says it": (
        "| No. | Area for improvement | Response |\n|---|---|---|\n| 9 | Visits | We will begin. |",
        ("area for improvement 9",),
    ),
    "the section says it": (
        "## Causes of concern\n\n| # | Asked | Response |\n|---|---|---|\n| 9 | Visits | We will begin. |",
        ("cause of concern 9",),
    ),
    "the paragraph before says it": (
        "There are eleven recommendations.\n\n| No | Response |\n|---|---|\n| 9 | We will begin. |",
        ("recommendation 9",),
    ),
    "nothing says what is counted": (
        "| No | Response |\n|---|---|\n| 9 | We will begin. |",
        (),
    ),
    "the paragraph before speaks of two sorts": (
        "Nine recommendations and two AFIs.\n\n| No | Response |\n|---|---|\n| 9 | We will begin. |",
        (),
    ),
    "a count is no number of a matter": (
        "The recommendations stand so.\n\n| Status | Number |\n|---|---|\n| We will begin | 9 |",
        (),
    ),
}


@cases(("text", "items"), ROWS.values(), ids=ROWS.keys())
def test_a_row_belongs_to_the_matter_that_its_column_of_numbers_gives(
    text: str, items: tuple[str, ...]
) -> None:
    assert items_of(f"# Response\n\n{text}\n", "We will begin") == items


def test_a_row_between_tabs_keeps_its_column_when_a_cell_holds_a_bar() -> None:
    page = (
        "<table><tr><th>Rec</th><th>Asked</th><th>Response</th></tr>"
        "<tr><td>9</td><td>a | b</td><td>We will begin.</td></tr></table>"
    )
    assert items_of(page, "We will begin", "response.html") == ("recommendation 9",)
