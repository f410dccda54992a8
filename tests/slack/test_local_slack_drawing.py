"""What local-slack's page cannot draw, redrawn for it."""

from typing import Any

from askpcc.slack.blocks import (
    anchor,
    quotation,
    rich_text,
    section,
    words,
)
from local_slack.drawing import redraw, redraw_call

JOINER = "\N{WORD JOINER}"
DRAWN = {"section", "header", "divider", "context", "image", "actions", "input"}
CELL = {"type": "raw_text", "text": "Logs"}


def said(block: dict[str, Any]) -> str:
    """Return the words of the section that a block becomes."""
    (drawn,) = redraw([block])
    return str(drawn["text"]["text"])


def test_a_quotation_is_a_quotation_with_its_number_linked() -> None:
    block = rich_text(quotation([words("“Done.”"), words(" "), anchor(1, "https://pcc.example/a")]))
    assert said(block) == "> “Done.” <https://pcc.example/a|[1]>"


def test_each_line_of_bold_words_is_bold_and_quoted() -> None:
    assert said(rich_text(quotation([words("One.\n\nTwo.", bold=True)]))) == "> *One.*\n> *Two.*"


def test_words_of_documents_neither_mention_nor_link() -> None:
    for typed in ["<@U0ADA>", "<!channel>", "<https://evil.example|here>"]:
        assert f"<{JOINER}" in said(rich_text(quotation([words(typed)])))


def test_words_of_documents_are_not_formatted() -> None:
    assert "*very*" not in said(rich_text(quotation([words("a *very* good plan")])))


def test_entities_are_shown_as_the_signs_that_they_stand_for() -> None:
    assert said(section("Fire &amp; Rescue, &gt; 5")) == "Fire & Rescue, > 5"


def test_a_date_is_shown_in_the_words_for_clients_that_know_none() -> None:
    assert (
        said(section("Built <!date^1795397696^{date} at {time}|on 23 November>.")) == "Built on 23 November."
    )


def test_a_table_is_a_paragraph_a_row() -> None:
    linked = rich_text({"type": "rich_text_section", "elements": [anchor(2, "https://pcc.example/b")]})
    table = {"type": "table", "rows": [[CELL, CELL], [CELL, linked]]}
    head, row = redraw([table])
    assert head["elements"][0]["text"] == "Logs · Logs"
    assert row["text"]["text"] == "Logs\n<https://pcc.example/b|[2]>"


def test_opinions_are_buttons_that_send_the_same() -> None:
    good = {"text": {"type": "plain_text", "text": "Good"}, "value": "good:1"}
    element = {"type": "feedback_buttons", "action_id": "opinion", "positive_button": good}
    (row,) = redraw([{"type": "context_actions", "elements": [element]}])
    assert row["elements"] == [{"type": "button", "action_id": "opinion", **good}]


def test_messages_and_views_are_redrawn_and_all_else_is_passed_on() -> None:
    block = rich_text(quotation([words("Done.")]))
    call = redraw_call({"channel": "C1", "blocks": [block], "view": {"type": "modal", "blocks": [block]}})
    assert call["channel"] == "C1"
    assert call["view"]["type"] == "modal"
    assert {each["type"] for each in [*call["blocks"], *call["view"]["blocks"]]} <= DRAWN
