"""Re-indexing from Slack, and the digest that follows, through the running bot."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from askpcc.adapters.ledger import open_ledger
from loopback_slack import Message, View
from support.slack_bot import DataFolder, SlackBot, run_bot

pytest_plugins = ("support.slack_fixtures",)

DOCUMENT = "borsetshire-custody-2024.md"
TITLE = "Borsetshire Police and Crime Commissioner: response to the custody inspection"
OPEN = "Recommendation 3 is in progress. The force has written a new contract for appropriate adults"
CLOSED = "Recommendation 3 is complete. The force has signed a new contract for appropriate adults"


@pytest.fixture(scope="module")
def changing_bot(slack_data: DataFolder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SlackBot]:
    """Run a bot over documents that may be changed."""
    folder = tmp_path_factory.mktemp("changing")
    with run_bot(slack_data.copy(folder / "data"), folder) as running:
        running.eventually(lambda: _digest_mark(running))
        yield running


@pytest.fixture
def bot(changing_bot: SlackBot) -> Iterator[SlackBot]:
    """Return that bot; the documents are as before when the test ends."""
    kept = {file: file.read_bytes() for file in changing_bot.data.corpus.iterdir()}
    yield changing_bot
    for file, data in kept.items():
        file.write_bytes(data)
    assert not changing_bot.slack.take_violations()


def _digest_mark(bot: SlackBot) -> str | None:
    with closing(open_ledger(bot.settings.ledger)) as ledger:
        return ledger.mark("digest")


def _acts(bot: SlackBot) -> list[tuple[str, str, str]]:
    with closing(open_ledger(bot.settings.ledger)) as ledger:
        return [(act.person, act.did, act.result) for act in ledger.acts(50)]


def _change(data: DataFolder) -> None:
    """Let a recommendation be completed that is in progress, or the other way round."""
    file = data.corpus / DOCUMENT
    text = file.read_text(encoding="utf-8")
    before, after = (OPEN, CLOSED) if OPEN in text else (CLOSED, OPEN)
    assert before in text
    file.write_text(text.replace(before, after), encoding="utf-8")


def _home(bot: SlackBot) -> View:
    before = len(bot.slack.calls("views.publish"))
    bot.slack.open_home("admin")
    bot.slack.wait_for(lambda: bot.slack.calls("views.publish")[before:])
    home = bot.slack.home("admin")
    assert home
    return home


def _begin(bot: SlackBot) -> bool:
    """Let an admin re-index; tell whether that began, since a run that has just been told may not be over."""
    delivery = bot.slack.command("admin", "general", "/askpcc", "reindex")
    bot.slack.wait_until_delivered()
    return str(delivery.answer["text"]).startswith("I bring the index up to date")


def _reports(bot: SlackBot) -> list[Message]:
    """Return the progress messages that have become reports."""
    return [each for each in bot.slack.messages(bot.slack.dm("admin")) if each.versions]


def _run(bot: SlackBot) -> Message:
    """Let an admin re-index; return the report."""
    before = len(_reports(bot))
    bot.eventually(lambda: _begin(bot))
    return bot.slack.wait_for(lambda: _reports(bot)[before:])[0]


def test_an_admin_sees_the_report_in_the_place_of_the_progress(bot: SlackBot) -> None:
    _change(bot.data)
    report = _run(bot)
    assert report.text.startswith("The documents are indexed anew")
    assert report.versions[0].startswith("I am reading the documents.")
    assert TITLE in report.text
    assert "1 status has changed" in report.text


def test_a_run_leaves_an_audit_line_that_admins_see_at_home(bot: SlackBot) -> None:
    _run(bot)
    bot.eventually(lambda: any(act[:2] == ("U0ADMIN", "reindex") for act in _acts(bot)))
    assert "<@U0ADMIN>: reindex" in str(_home(bot).blocks)


def test_a_status_that_changed_is_told_in_the_digest_channel_once(bot: SlackBot) -> None:
    _run(bot)
    bot.settle()
    before = len(bot.slack.messages("digests"))
    _change(bot.data)
    _run(bot)
    bot.slack.wait_for(lambda: bot.slack.messages("digests")[before:])
    assert _run(bot).text.startswith("Nothing had changed")
    bot.settle()
    (digest,) = bot.slack.messages("digests")[before:]
    assert "1 status has changed" in digest.text
    assert "→" in digest.text
    assert "“Recommendation 3 " in digest.text


def _press_at_home(bot: SlackBot) -> bool:
    """Press the button at Home; tell whether a run began."""
    direct = bot.slack.dm("admin")
    before = len(bot.slack.messages(direct))
    bot.slack.press("admin", _home(bot), "askpcc_reindex")
    said = bot.slack.wait_for(
        lambda: [m for m in bot.slack.messages(direct)[before:] if m.text.startswith(("I bring", "A run"))]
    )
    return said[0].text.startswith("I bring the index up to date")


def test_the_button_at_home_re_indexes(bot: SlackBot) -> None:
    before = len(_reports(bot))
    bot.eventually(lambda: _press_at_home(bot))
    bot.slack.wait_for(lambda: _reports(bot)[before:])


def test_a_second_run_at_the_same_time_is_refused(bot: SlackBot) -> None:
    before = len(_reports(bot))
    with bot.slack.hold("conversations.open"):
        bot.eventually(lambda: _begin(bot))
        again = bot.slack.command("admin", "general", "/askpcc", "reindex")
        bot.slack.wait_until_delivered()
    assert again.answer["text"] == "A run of the index is under way already."
    bot.slack.wait_for(lambda: _reports(bot)[before:])


def test_somebody_else_is_refused_politely_and_that_is_noted(bot: SlackBot) -> None:
    delivery = bot.slack.command("asker", "general", "/askpcc", "reindex")
    bot.slack.wait_until_delivered()
    assert (
        delivery.answer["text"] == "Only an administrator can re-index the documents. Please ask one of them."
    )
    assert ("U0ASKER", "reindex", "refused") in _acts(bot)


def test_a_run_that_fails_is_told_with_a_reference_and_no_path(bot: SlackBot) -> None:
    for file in bot.data.corpus.iterdir():
        file.unlink()
    report = _run(bot)
    assert report.text.startswith("More than half of the documents are gone")
    assert "Reference: " in report.text
    assert str(bot.data.folder) not in report.text
    assert ("U0ADMIN", "reindex", "failed") in _acts(bot)
