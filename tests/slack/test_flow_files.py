"""Files that somebody drops into the conversation with the running bot."""

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from askpcc.adapters.ledger import open_ledger
from askpcc.app.flows import open_catalogue
from askpcc.model import FactName
from loopback_slack import Message, View
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


def _open_form(bot: SlackBot, shown: Message) -> View:
    """Press Correct and return the form, once the file was read again."""
    before = bot.slack.modal("admin")
    bot.slack.press("admin", shown, "askpcc_correct_document")

    def find() -> View | None:
        view = bot.slack.modal("admin")
        return view if view and view is not before and view.body.get("submit") else None

    return bot.slack.wait_for(find)


def test_whoever_is_no_admin_cannot_correct(keeping_bot: SlackBot) -> None:
    shown = _drop(keeping_bot, NAME, RESPONSE.encode())
    sent = keeping_bot.slack.submit(_open_form(keeping_bot, shown), {"force": "Netherby"}).payload
    payload = json.loads(json.dumps(sent))
    payload["user"]["id"] = payload["user"]["username"] = "U0ASKER"
    payload["view"]["state"]["values"]["force"]["force"]["value"] = "Wessex"
    keeping_bot.slack.deliver("interactive", payload)
    keeping_bot.eventually(lambda: ("U0ASKER", "correct facts", "refused") in _acts(keeping_bot))
    assert "Wessex" not in shown.text


def test_a_form_shows_what_was_read_and_keeps_what_cannot_be(keeping_bot: SlackBot) -> None:
    shown = _drop(keeping_bot, NAME, RESPONSE.encode())
    form = _open_form(keeping_bot, shown)
    assert "10 June 2025" in str(form.blocks)
    keeping_bot.slack.submit(form, {"responded": "soon"})
    keeping_bot.slack.wait_for(lambda: form.errors)
    assert form.errors == {"responded": "'soon' is no date. Write the day as 2023-06-06 or 6 June 2023."}
    assert not form.closed


def test_a_form_for_a_file_that_was_put_away_is_refused(keeping_bot: SlackBot) -> None:
    shown = _drop(keeping_bot, NAME, RESPONSE.encode())
    form = _open_form(keeping_bot, shown)
    keeping_bot.slack.press("admin", shown, "askpcc_discard_document")
    keeping_bot.slack.wait_for(lambda: "not added" in shown.text)
    keeping_bot.slack.submit(form, {"force": "Netherby"})
    keeping_bot.slack.wait_for(lambda: form.errors)
    assert "added or put away meanwhile" in form.errors["title"]
    assert "not added" in shown.text


def test_what_is_corrected_is_shown_and_holds_once_the_file_is_added(
    own_data: DataFolder, tmp_path: Path
) -> None:
    with run_bot(own_data, tmp_path) as bot:
        shown = _drop(bot, NAME, RESPONSE.encode())
        bot.slack.submit(_open_form(bot, shown), {"force": "Netherby", "author": "A. Quill"})
        bot.slack.wait_for(lambda: "corrected by" in shown.text)
        bot.slack.submit(_open_form(bot, shown), {"author": "Perpetua Quill"})
        bot.slack.wait_for(lambda: "Perpetua Quill" in shown.text)
        assert "*Force*: Netherby (corrected by admin" in shown.text
        assert not (own_data.corpus / "facts.csv").exists()
        bot.slack.press("admin", shown, "askpcc_add_document")
        direct = bot.slack.dm("admin")
        bot.slack.wait_for(
            lambda: [each for each in bot.slack.messages(direct) if "indexed anew" in each.text], 30
        )
        facts = (own_data.corpus / "facts.csv").read_text("utf-8")
        assert f"{NAME},force,Netherby,admin," in facts
        assert f"{NAME},author,Perpetua Quill,admin," in facts
        with open_catalogue(bot.settings) as catalogue:
            card = next(one for one in catalogue.documents() if one.path == NAME)
        force = card.fact(FactName.FORCE)
        assert force
        assert (force.value, force.by[:5]) == ("Netherby", "admin")
        assert bot.slack.violations == []


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
