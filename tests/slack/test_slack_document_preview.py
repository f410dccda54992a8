"""A file that somebody dropped: what was read of it, and why another is not taken."""

import json
from dataclasses import replace

from hypothesis import given, settings

from askpcc.errors import BadDocument
from askpcc.model import DocumentClaims, Fact, FactName, Post
from askpcc.slack.blocks import Block, Message
from askpcc.slack.views.file_preview import (
    FilePreview,
    PreviewPlace,
    build_correction_form,
    build_preview,
    close_preview,
    read_place,
    refuse_download,
    refuse_duplicate,
    refuse_format,
    refuse_person,
    refuse_size,
    refuse_unreadable,
)
from loopback_slack.blocks import check_blocks, check_message, check_view
from support.slack_nouns import hostile_texts, live_parts
from support.small_register import entry

READ = entry(
    "borsetshire.md",
    "Force: Borsetshire Police",
    "Report: Custody in Borsetshire",
    "Published: 2025-01-14",
    "Responded: 2025-03",
    *(f"recommendation {n} | planned | force | 2025-03 | beds {n} will be checked" for n in range(1, 13)),
    "recommendation 13 | complete | force | 2025-03 | keys are counted",
)
PREVIEW = FilePreview("token1", "letter.pdf", READ, 24)


def fine(message: Message) -> bool:
    return bool(message.text) and check_blocks(message.blocks) + check_message(message.blocks) == []


def buttons(message: Message) -> dict[str, str]:
    elements = [one for block in message.blocks if block["type"] == "actions" for one in block["elements"]]
    return {one["action_id"]: one["value"] for one in elements}


def test_a_preview_tells_what_was_read() -> None:
    message = build_preview(PREVIEW)
    assert fine(message)
    for words in (
        "letter.pdf",
        "*Force*: Borsetshire Police",
        "*Title*: Custody in Borsetshire",
        "*Report published*: 14 January 2025",
        "*Response dated*: March 2025",
        "*Passages*: 24",
        "*13 matters*: 12 planned, 1 complete",
        "and 3 more",
    ):
        assert words in message.text
    assert message.text.count("• ") == 10
    assert "Please check" not in message.text


def test_a_preview_offers_to_add_to_correct_and_to_discard() -> None:
    assert buttons(build_preview(PREVIEW)) == {
        "askpcc_add_document": "token1",
        "askpcc_correct_document": "token1",
        "askpcc_discard_document": "token1",
    }


HARD_TO_READ = replace(READ.document, doubts=("Page 2 is a picture.",))
DOUBTFUL = [
    (
        replace(PREVIEW, read=entry("a.md", "Report: Custody", "Responded: 2025")),
        "no force was found",
    ),
    (replace(PREVIEW, read=entry("a.md", "Force: Borsetshire Police")), "no date was found"),
    (replace(PREVIEW, passages=0), "no text was found"),
    (
        replace(
            PREVIEW, read=replace(READ, document=replace(READ.document, doubts=("Page 2 is a picture.",)))
        ),
        "Page 2 is a picture.",
    ),
    (
        replace(PREVIEW, read=entry("a.md", "recommendation 6 | log books")),
        "does not say what has become",
    ),
]


def test_what_is_doubtful_is_said() -> None:
    for preview, warning in DOUBTFUL:
        message = build_preview(preview)
        assert fine(message)
        assert warning in message.text


def test_a_corrected_fact_says_whose_word_it_is() -> None:
    force = Fact(FactName.FORCE, "Felpersham Constabulary", None, "Ann, 3 May 2031")
    document = replace(READ.document, facts=(force,))
    message = build_preview(replace(PREVIEW, read=replace(READ, document=document)))
    assert "*Force*: Felpersham Constabulary (corrected by Ann, 3 May 2031)" in message.text


PLACE = PreviewPlace(Post("D1", "1700000000.000100"), "F1:abc")


def fields(form: Block) -> dict[str, str]:
    elements = {block["block_id"]: block["element"] for block in form["blocks"] if block["type"] == "input"}
    return {
        name: one.get("initial_value") or one.get("initial_option", {}).get("value", "")
        for name, one in elements.items()
    }


def test_the_form_holds_what_was_read() -> None:
    kind = Fact(FactName.SOURCE_KIND, "statement", None)
    document = replace(READ.document, facts=(*READ.document.facts, kind))
    form = build_correction_form("letter.pdf", document, PLACE)
    assert check_view(form) == []
    assert fields(form) == {
        "title": "Custody in Borsetshire",
        "force": "Borsetshire Police",
        "author": "",
        "responded": "March 2025",
        "published": "14 January 2025",
        "source_kind": "statement",
    }


def test_a_form_knows_the_preview_that_it_is_of() -> None:
    form = build_correction_form("letter.pdf", READ.document, PLACE)
    assert read_place(form["private_metadata"]) == PLACE
    for other in ("", "[]", "no json", '{"message": 5}'):
        assert read_place(other) is None


def test_what_would_be_of_no_use_can_only_be_discarded() -> None:
    assert list(buttons(build_preview(replace(PREVIEW, passages=0)))) == ["askpcc_discard_document"]


def test_a_file_without_matters_says_so() -> None:
    message = build_preview(replace(PREVIEW, read=entry("a.md", "Force: Borsetshire Police")))
    assert "No recommendation, area for improvement or cause of concern was found" in message.text


def test_a_decided_preview_has_no_buttons() -> None:
    message = close_preview("letter.pdf", "added as borsetshire.md")
    assert fine(message)
    assert message.text == "letter.pdf: added as borsetshire.md"
    assert buttons(message) == {}


REFUSED = {
    "person": (refuse_person(), "Only an administrator"),
    "format": (refuse_format("a.ods"), "I cannot read a.ods."),
    "size": (
        refuse_size("a.pdf", 31_000_000, 20_000_000),
        "31.0 MB, where 20.0 MB is the most",
    ),
    "unreadable": (
        refuse_unreadable("a.pdf", BadDocument("tmp/x.pdf", "It is locked.", "Send it without a password.")),
        "a.pdf. It is locked. Send it without a password.",
    ),
    "duplicate": (refuse_duplicate("a.pdf", "held.pdf"), "already, as held.pdf"),
    "download": (refuse_download("a.pdf"), "could not get a.pdf from Slack"),
}


def test_a_refused_file_is_told_why() -> None:
    for message, words in REFUSED.values():
        assert fine(message)
        assert words in message.text
        assert "tmp" not in json.dumps(message.blocks)


@settings(deadline=None, max_examples=30, derandomize=True)
@given(hostile_texts)
def test_hostile_words_stay_words_in_a_preview(text: str) -> None:
    facts = tuple(Fact(name, text, None) for name in FactName)
    document = replace(READ.document, facts=facts)
    claims = tuple(replace(claim, matter=text, number=text or None) for claim in READ.claims)
    messages = [
        build_preview(FilePreview("t", text, DocumentClaims(document, claims), 1)),
        close_preview(text, "discarded"),
        refuse_format(text),
        refuse_size(text, 2, 1),
        refuse_unreadable(text, BadDocument(text, text, text)),
        refuse_duplicate(text, text),
        refuse_download(text),
    ]
    form = build_correction_form(text, document, PLACE)
    assert check_view(form) == []
    for message in messages:
        assert fine(message)
        assert live_parts(message.blocks, message.text) == []
