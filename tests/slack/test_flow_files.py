"""Files that somebody drops into the conversation with the running bot."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from askpcc.adapters.ledger import open_ledger
from loopback_slack import Message
from support.slack_bot import DataFolder, SlackBot, run_bot

pytest_plugins = ("support.slack_fixtures",)

NAME = "felpersham-fraud-2025.md"
RESPONSE = """---
title: "Felpersham Police and Crime Commissioner: response to the fraud inspection"
published: 2025-06-10
---

# Response of the Commissioner for Felpersham to the inspection of fraud in Felpersham Constabulary

Date of response: 10 June 2025

## Recommendation 21

*Felpersham Constabulary should call back each victim of fraud.*

Recommendation 21 is complete. Since 2 April 2025 every victim has been called back within three days.
"""


@pytest.fixture(scope="module")
def keeping_bot(slack_data: DataFolder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SlackBot]:
    """Run a bot over documents that may be added to."""
    folder = tmp_path_factory.mktemp("keeping")
    with run_bot(slack_data.copy(folder / "data"), folder) as running:
        yield running
        assert running.slack.violations == []


def _drop(bot: SlackBot, name: str, content: bytes, user: str = "admin", text: str = "") -> Message:
    """Drop a file and return what the bot says about it."""
    shared = bot.slack.share_file(user, bot.slack.dm(user), name, content, text, mimetype="text/markdown")
    return bot.first_reply(shared)


def _acts(bot: SlackBot) -> list[tuple[str, str, str]]:
    with closing(open_ledger(bot.settings.ledger)) as ledger:
        return [(act.person, act.did, act.result) for act in ledger.acts(20)]


def _corpus(bot: SlackBot) -> set[str]:
    return {file.name for file in bot.data.corpus.rglob("*.md")}


def test_whoever_is_no_admin_is_told_so(keeping_bot: SlackBot) -> None:
    told = _drop(keeping_bot, NAME, RESPONSE.encode(), "asker")
    assert "Only an administrator can add documents, so I have not opened it." in told.text
    assert ("U0ASKER", "add document", "refused") in _acts(keeping_bot)


NOT_TAKEN = [
    (
        "sheet.ods",
        b"PK",
        "application/vnd.ms-excel",
        "I cannot read sheet.ods. Please send the response as PDF",
    ),
    ("large.md", b"x" * (20 * 1024 * 1024 + 1), "text/markdown", "large.md is too large"),
    ("torn.pdf", b"%PDF-1.7 and nothing more", "application/pdf", "I could not read torn.pdf."),
    ("empty.md", b"", "text/markdown", "I could not read empty.md."),
]


def test_a_file_that_cannot_be_taken_is_refused_with_its_reason(keeping_bot: SlackBot) -> None:
    for name, content, mimetype, words in NOT_TAKEN:
        direct = keeping_bot.slack.dm("admin")
        shared = keeping_bot.slack.share_file("admin", direct, name, content, mimetype=mimetype)
        assert words in keeping_bot.first_reply(shared).text


def test_a_file_that_is_held_already_is_named(keeping_bot: SlackBot) -> None:
    held = (keeping_bot.data.corpus / "midsomer-vetting-2023.md").read_bytes()
    told = _drop(keeping_bot, "again.md", held)
    assert "is in the corpus already, as midsomer-vetting-2023.md" in told.text


def test_a_file_is_shown_with_what_was_read_and_not_stored(keeping_bot: SlackBot) -> None:
    shown = _drop(keeping_bot, NAME, RESPONSE.encode())
    words = str(shown.blocks)
    for read in (
        "response to the fraud inspection",
        "10 June 2025",
        "Felpersham",
        "1 matter",
        "ecommendation 21",
    ):
        assert read in words
    assert "complete" in words
    assert NAME not in _corpus(keeping_bot)


def test_a_file_that_is_delivered_twice_is_shown_once(keeping_bot: SlackBot) -> None:
    direct = keeping_bot.slack.dm("admin")
    shared = keeping_bot.slack.share_file(
        "admin", direct, NAME, RESPONSE.encode(), mimetype="text/markdown", redeliver=True
    )
    keeping_bot.first_reply(shared)
    assert len(keeping_bot.replies(shared)) == 1


def test_discard_puts_a_file_away(keeping_bot: SlackBot) -> None:
    shown = _drop(keeping_bot, NAME, RESPONSE.encode())
    keeping_bot.slack.press("admin", shown, "askpcc_discard_document")
    keeping_bot.slack.wait_for(lambda: "not added" in shown.text)
    assert not [block for block in shown.blocks if block["type"] == "actions"]
    assert NAME not in _corpus(keeping_bot)


def test_a_file_that_changed_at_slack_is_not_added(keeping_bot: SlackBot) -> None:
    shown = _drop(keeping_bot, NAME, RESPONSE.encode())
    stored = list(keeping_bot.slack.state.files.values())[-1]
    stored.content = RESPONSE.replace("is complete", "is not started").encode()
    keeping_bot.slack.press("admin", shown, "askpcc_add_document")
    keeping_bot.slack.wait_for(lambda: "This preview is too old to be used" in shown.text)
    assert NAME not in _corpus(keeping_bot)


def test_a_file_that_is_added_is_stored_indexed_and_told(keeping_bot: SlackBot) -> None:
    shown = _drop(keeping_bot, NAME, RESPONSE.encode())
    keeping_bot.slack.press("admin", shown, "askpcc_add_document")
    keeping_bot.slack.press("admin", shown, "askpcc_add_document")
    keeping_bot.slack.wait_for(lambda: not [b for b in shown.blocks if b["type"] == "actions"])
    direct = keeping_bot.slack.dm("admin")
    keeping_bot.slack.wait_for(
        lambda: [each for each in keeping_bot.slack.messages(direct) if "indexed anew" in each.text], 30
    )
    digest = keeping_bot.slack.wait_for(lambda: keeping_bot.slack.messages("digests"))[0]
    assert "1 matter is new" in digest.text
    assert "Felpersham" in digest.text
    answer = keeping_bot.answer("Has recommendation 21 been completed?")
    assert "“Recommendation 21 is complete.”" in answer.text
    assert [act for act in _acts(keeping_bot) if act[1:] == ("add document", "added")]


def test_words_with_a_file_are_no_question_of_their_own(keeping_bot: SlackBot) -> None:
    told = _drop(keeping_bot, "again.md", b"", text="Has recommendation 5 been completed?")
    assert "I could not read again.md" in told.text
