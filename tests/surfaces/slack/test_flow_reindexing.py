"""Re-indexing from Slack, and the digest that follows, through the running bot."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from askpcc.adapters.ledger import open_ledger
from loopback_slack import Message
from support.slack_bot import Shelf, SlackBot, run_bot

pytest_plugins = ("support.slack_fixtures",)

DOCUMENT = "borsetshire-custody-2024.md"
BEFORE = "Recommendation 3 is in progress. The force has written a new contract for appropriate adults"
AFTER = "Recommendation 3 has been completed. The force has signed a new contract for appropriate adults"


@pytest.fixture
def changing_bot(own_shelf: Shelf, tmp_path: Path) -> Iterator[SlackBot]:
    """Run a bot over documents that may be changed."""
    with run_bot(own_shelf, tmp_path) as running:
        running.eventually(lambda: _digest_mark(running))
        yield running


def _digest_mark(bot: SlackBot) -> str | None:
    with closing(open_ledger(bot.settings.ledger)) as ledger:
        return ledger.mark("digest")


def _change(shelf: Shelf) -> None:
    file = shelf.corpus / DOCUMENT
    text = file.read_text(encoding="utf-8")
    assert BEFORE in text
    file.write_text(text.replace(BEFORE, AFTER), encoding="utf-8")


def _digests(bot: SlackBot) -> list[Message]:
    there = bot.slack.messages("digests")
    return [each for each in there if "What has changed" in each.text]


def _reports(bot: SlackBot) -> list[Message]:
    there = bot.slack.messages(bot.slack.dm("admin"))
    return [each for each in there if each.user == bot.slack.workspace.bot]


def _acts(bot: SlackBot) -> list[tuple[str, str, str]]:
    with closing(open_ledger(bot.settings.ledger)) as ledger:
        return [(act.person, act.did, act.result) for act in ledger.acts(10)]


def test_an_admin_re_indexes_and_sees_the_report_in_the_place_of_the_progress(changing_bot: SlackBot) -> None:
    _change(changing_bot.shelf)
    delivery = changing_bot.slack.command("admin", "general", "/askpcc", "reindex")
    changing_bot.slack.wait_for(
        lambda: "The documents are indexed anew" in str([m.text for m in _reports(changing_bot)])
    )
    assert "I bring the index up to date" in delivery.answer["text"]
    (report,) = _reports(changing_bot)
    assert report.versions[0].startswith("I am reading the documents.")
    assert DOCUMENT in report.text
    assert "1 status has changed" in report.text
    assert ("U0ADMIN", "reindex", "0 added, 1 changed, 0 removed, 0 failed") in _acts(changing_bot)


def test_a_status_that_changed_is_told_in_the_digest_channel_once(changing_bot: SlackBot) -> None:
    _change(changing_bot.shelf)
    changing_bot.slack.command("admin", "general", "/askpcc", "reindex")
    (digest,) = changing_bot.slack.wait_for(lambda: _digests(changing_bot))
    assert "in progress" in digest.text
    assert "complete" in digest.text
    assert "1 status has changed" in digest.text
    changing_bot.slack.wait_for(lambda: "indexed anew" in str([m.text for m in _reports(changing_bot)]))
    home = _home(changing_bot)
    changing_bot.slack.press("admin", home, "askpcc_reindex")
    changing_bot.slack.wait_for(
        lambda: "Nothing had changed" in str([m.text for m in _reports(changing_bot)])
    )
    changing_bot.settle()
    assert len(_digests(changing_bot)) == 1


def _home(bot: SlackBot, user: str = "admin") -> object:
    bot.slack.open_home(user)
    return bot.slack.wait_for(lambda: bot.slack.home(user))


def test_a_second_run_at_the_same_time_is_refused(changing_bot: SlackBot) -> None:
    with changing_bot.slack.hold("chat.postMessage") as gate:
        changing_bot.slack.command("admin", "general", "/askpcc", "reindex")
        assert gate.arrived.wait(10)
        again = changing_bot.slack.command("admin", "general", "/askpcc", "reindex")
        changing_bot.slack.wait_until_delivered()
        assert again.answer["text"] == "A run of the index is under way already."
    changing_bot.slack.wait_for(
        lambda: "Nothing had changed" in str([m.text for m in _reports(changing_bot)])
    )


def test_somebody_else_is_refused_politely_and_that_is_noted(changing_bot: SlackBot) -> None:
    delivery = changing_bot.slack.command("asker", "general", "/askpcc", "reindex")
    changing_bot.slack.wait_until_delivered()
    assert (
        delivery.answer["text"] == "Only an administrator can re-index the documents. Please ask one of them."
    )
    assert _acts(changing_bot) == [("U0ASKER", "reindex", "refused")]


def test_a_run_that_fails_is_told_with_a_reference_and_no_path(changing_bot: SlackBot) -> None:
    for file in changing_bot.shelf.corpus.iterdir():
        file.unlink()
    changing_bot.slack.command("admin", "general", "/askpcc", "reindex")
    changing_bot.slack.wait_for(lambda: "Reference: " in str([m.text for m in _reports(changing_bot)]))
    (report,) = _reports(changing_bot)
    assert str(changing_bot.shelf.folder) not in report.text
    assert ("U0ADMIN", "reindex", "failed") in _acts(changing_bot)
