"""Sources and forms as views of Slack."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from askpcc.library import Freshness
from askpcc.model import (
    Citation,
    DocumentCard,
    Fact,
    FactName,
    Fault,
    Source,
    Span,
)
from askpcc.slack.blocks import FAULT_VIEW, IN_THREAD, ONLY_TO_ME, Block
from askpcc.slack.mrkdwn import VIEW_TITLE, size
from askpcc.slack.views.answer import LONGEST_QUESTION, build_feedback_modal, build_question_modal
from askpcc.slack.views.citations import build_source_modal
from loopback_slack.blocks import check_view

FRESHNESS = Freshness(datetime(2026, 5, 1, 9, 5, tzinfo=UTC), 28)
CITATION = Citation(
    *("borsetshire.pdf", "0123456789abcdef", "Response on *custody*", Span(20, 40), "It is **complete**."),
    page=2,
    url="https://borsetshire.example/r.pdf",
)
CARD = DocumentCard(
    "borsetshire.pdf",
    "0123456789abcdef",
    (
        Fact(FactName.FORCE, "Borsetshire Police", None),
        Fact(FactName.RESPONDED, "2024-05-03", None),
        Fact(FactName.PUBLISHED, "2024-03", None),
    ),
    source=Source("https://borsetshire.example/r.pdf"),
)
AROUND = ("Before it.\n", "It is **complete**.", "\nAfter it.")


def build(
    around: tuple[str, str, str] = AROUND, card: DocumentCard = CARD, url: str | None = CITATION.url
) -> Block:
    view = build_source_modal(replace(CITATION, url=url), card, around, FRESHNESS)
    assert check_view(view) == []
    return view


def marked(view: Block) -> Iterator[str]:
    for block in view["blocks"]:
        if block["type"] == "rich_text":
            [quotation] = block["elements"]
            assert quotation["type"] == "rich_text_quote"
            for words in quotation["elements"]:
                assert words["style"] == {"bold": True}
                yield words["text"]


def around(view: Block) -> list[str]:
    texts = [block["text"] for block in view["blocks"] if block["type"] == "section"]
    return [text["text"] for text in texts if text["type"] == "plain_text"]


def test_the_cited_words_are_marked_as_stored_in_what_stands_around_them() -> None:
    view = build()
    assert list(marked(view)) == ["It is **complete**."]
    assert around(view) == ["Before it.", "After it."]


def test_the_document_is_described_and_linked() -> None:
    described = build()["blocks"][0]["text"]["text"]
    assert described.replace("\N{WORD JOINER}", "").split("\n") == [
        "*Response on *custody**",
        "Borsetshire Police, response dated 3 May 2024, report published March 2024, page 2",
        "<https://borsetshire.example/r.pdf#page=2|Open the source>",
    ]


def test_a_document_without_an_address_is_not_linked() -> None:
    assert "Open" not in build(url="/home/somebody/r.pdf")["blocks"][0]["text"]["text"]


def test_age_and_place_are_told() -> None:
    view = build()
    assert (
        view["blocks"][-1]["elements"][0]["text"] == "Index built on 1 May 2026 at 09:05 UTC, 28 documents."
    )
    assert view["private_metadata"] == "0123456789abcdef:20:40"


def test_an_earlier_version_is_told() -> None:
    told = [block["elements"][0]["text"] for block in build(card=replace(CARD, stale="bad"))["blocks"][-2:]]
    assert told[0].startswith("The newest file of this document cannot be read")


def test_nothing_around_is_no_block() -> None:
    assert around(build(("", AROUND[1], " \n"))) == []


def test_long_surroundings_are_cut_at_their_outer_ends() -> None:
    before, after = around(build(("a " * 5_000 + "end", AROUND[1], "start" + " b" * 5_000)))
    assert (before[0], before[-3:]) == ("…", "end")
    assert (after[:5], after[-1]) == ("start", "…")


def test_3000_characters_of_the_cited_words_and_more_are_shown() -> None:
    for length in [1, 3_000, 6_990, 20_000]:
        words = ("word " * length)[:length].strip()
        view = build((AROUND[0] * 500, words, AROUND[2] * 500))
        shown = "".join(marked(view))
        assert shown == words or (size(shown) > 3_000 and words.startswith(shown.removesuffix("…")))
        assert around(view)


def test_a_fault_is_chosen_and_may_be_commented() -> None:
    view = build_feedback_modal("a1b2")
    assert check_view(view) == []
    choice, comment = view["blocks"]
    assert [option["value"] for option in choice["element"]["options"]] == [str(fault) for fault in Fault]
    assert (comment["optional"], comment["element"]["max_length"]) == (True, 500)
    assert (view["callback_id"], view["private_metadata"]) == (FAULT_VIEW, "a1b2")


def test_a_question_is_prefilled_and_says_where_to_answer() -> None:
    for prefilled in ["", "  \n", "Is recommendation 5 done?", "x" * 3_000, "<!here> *x*"]:
        view = build_question_modal(prefilled, "C1", "1700000000.000100")
        assert check_view(view) == []
        words, where = (block["element"] for block in view["blocks"])
        initial = words.get("initial_value", "")
        assert initial == prefilled.strip() or (initial[-1], size(initial)) == ("…", LONGEST_QUESTION)
        assert [option["value"] for option in where["options"]] == [
            IN_THREAD,
            ONLY_TO_ME,
        ]
        assert where["initial_option"] == where["options"][0]
        assert json.loads(view["private_metadata"]) == {"channel": "C1", "thread": "1700000000.000100"}
        assert view["callback_id"] == "askpcc_ask"


def test_titles_fit() -> None:
    for view in [build_feedback_modal("a"), build_question_modal("q", "C1", "1.2")]:
        assert all(size(view[part]["text"]) <= VIEW_TITLE for part in ("title", "submit", "close"))
