"""A file that somebody dropped: what was read of it, and why another is not taken."""

import json
from dataclasses import replace

from hypothesis import given, settings

from askpcc.errors import BadDocument
from askpcc.model import DocumentClaims, Fact, FactName
from askpcc.slack.blocks import Message
from askpcc.slack.files import (
    FilePreview,
    build_preview,
    close_preview,
    refuse_download,
    refuse_duplicate,
    refuse_format,
    refuse_person,
    refuse_size,
    refuse_unreadable,
)
from loopback_slack.blocks import check_blocks, check_message
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


def test_a_preview_offers_to_add_and_to_discard() -> None:
    assert buttons(build_preview(PREVIEW)) == {
        "askpcc_add_document": "token1",
        "askpcc_discard_document": "token1",
    }


DOUBTFUL = [
    (
        replace(PREVIEW, read=entry("a.md", "Report: Custody", "Responded: 2025")),
        "no force was found",
    ),
    (replace(PREVIEW, read=entry("a.md", "Force: Borsetshire Police")), "no date was found"),
    (replace(PREVIEW, passages=0), "no text was found"),
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
    for message in messages:
        assert fine(message)
        assert live_parts(message.blocks, message.text) == []
