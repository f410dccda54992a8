"""Who is answered and who is refused, through a running bot that has no index.

Without an index a question that passes is told so, which needs no model.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from loopback_slack import HANG, Message
from support.slack_bot import STAFF, DataFolder, SlackBot, make_staffed_workspace, run_bot

NO_INDEX = "No response has been indexed yet"
QUESTION = "Has recommendation 5 been completed?"
NARROWED = {
    **STAFF,
    "ASKPCC_SLACK_CHANNELS": "C0GENERAL,C0SHARED",
    "ASKPCC_SLACK_USERS": "U0ASKER",
    "ASKPCC_SLACK_GROUPS": "S0REVIEWERS",
    "ASKPCC_SLACK_SHARED_CHANNELS": "C0SHARED",
    "ASKPCC_SLACK_GUESTS": "U0GUEST",
}


def _empty_data(folder: Path) -> DataFolder:
    data = DataFolder(folder)
    data.index.mkdir(parents=True)
    return data


@pytest.fixture(scope="module")
def open_bot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SlackBot]:
    """Run a bot for all members of its workspace."""
    folder = tmp_path_factory.mktemp("open")
    space = make_staffed_workspace()
    for channel in ("general", "shared"):
        space.channel(channel).members |= {space.user(name).id for name in ("visitor", "stranger")}
    with run_bot(_empty_data(folder), folder, STAFF, space) as running:
        yield running


@pytest.fixture(scope="module")
def narrow_bot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SlackBot]:
    """Run a bot for some people in some channels."""
    folder = tmp_path_factory.mktemp("narrow")
    with run_bot(_empty_data(folder), folder, NARROWED) as running:
        yield running


def _told(bot: SlackBot, user: str, channel: str, words: str = QUESTION) -> str:
    """Return what somebody alone is told who asks."""
    seen = len(bot.slack.ephemerals(user))
    bot.ask(words, user, channel)
    return bot.ephemeral(user, seen).text


def _answers_anybody(bot: SlackBot, asked: Message) -> list[str]:
    bot.slack.wait_until_delivered()
    return [each.text for each in bot.slack.replies_by_bot(asked)]


ASKED_BY = [
    ("asker", "general", NO_INDEX),
    ("asker", "private", NO_INDEX),
    ("asker", "group", NO_INDEX),
    ("guest", "general", "I do not answer guests yet"),
    ("visitor", "private", "I do not answer guests yet"),
    ("stranger", "general", "I answer only members of the workspace that I work for"),
    ("asker", "shared", "I do not answer where people of other organisations read along"),
    ("stranger", "shared", "I answer only members of the workspace that I work for"),
]


def test_full_members_alone_are_answered_and_others_are_told(open_bot: SlackBot) -> None:
    for user, channel, words in ASKED_BY:
        assert words in _told(open_bot, user, channel)


def test_somebody_who_may_not_ask_is_told_in_their_direct_messages(open_bot: SlackBot) -> None:
    for user in ["guest", "stranger"]:
        asked = open_bot.slack.say(user, open_bot.slack.dm(user), QUESTION)
        assert "I " in open_bot.first_reply(asked).text
        assert NO_INDEX not in open_bot.first_reply(asked).text


def test_no_app_is_answered(open_bot: SlackBot) -> None:
    asked = open_bot.ask(QUESTION, "otherbot", "general")
    _told(open_bot, "asker", "general")
    assert _answers_anybody(open_bot, asked) == []
    assert open_bot.slack.ephemerals("otherbot") == []


def test_an_account_that_is_deactivated_while_its_question_waits_is_not_answered(open_bot: SlackBot) -> None:
    space = open_bot.slack.workspace
    leaver = space.add_user("leaving")
    with open_bot.slack.hold("users.info") as gate:
        open_bot.ask(QUESTION, "leaving", "general")
        assert gate.arrived.wait(HANG)
        leaver.deleted = True
    assert "deactivated" in open_bot.ephemeral("leaving").text


def test_a_guest_is_not_told_who_runs_the_bot(open_bot: SlackBot) -> None:
    assert "U0ADMIN" not in _told(open_bot, "guest", "general")


def test_a_person_whom_slack_says_nothing_about_is_not_answered_but_told(open_bot: SlackBot) -> None:
    open_bot.slack.workspace.add_user("unknown")
    open_bot.slack.fail("users.info", "missing_scope", when=lambda args: args["user"] == "U0UNKNOWN")
    told = _told(open_bot, "unknown", "general")
    assert NO_INDEX not in told
    assert "Slack refused" in told
    assert "reference" in told


def test_a_refused_person_can_press_no_button(open_bot: SlackBot) -> None:
    seen = len(open_bot.slack.ephemerals("guest"))
    message = open_bot.slack.say("asker", "general", "nothing")
    payload = {
        "type": "block_actions",
        "user": {"id": "U0GUEST", "team_id": "T0LOOPBACK"},
        "team": {"id": "T0LOOPBACK"},
        "channel": {"id": "C0GENERAL"},
        "container": {"type": "message", "message_ts": message.ts, "channel_id": "C0GENERAL"},
        "message": message.payload(),
        "trigger_id": "none",
        "actions": [{"type": "button", "action_id": "askpcc_source:1", "value": "0123456789:1"}],
    }
    open_bot.slack.deliver("interactive", payload)
    assert "I do not answer guests yet" in open_bot.ephemeral("guest", seen).text


NARROWED_TO = [
    ("asker", "general", NO_INDEX),
    ("reviewer", "general", NO_INDEX),
    ("asker", "shared", NO_INDEX),
    ("reader", "general", "I answer certain people only, and you are not among them yet"),
    ("guest", "general", "I answer certain people only"),
    ("asker", "private", "I answer in certain channels only, and not in this one"),
]


def test_channels_people_and_groups_can_be_narrowed(narrow_bot: SlackBot) -> None:
    for user, channel, words in NARROWED_TO:
        assert words in _told(narrow_bot, user, channel)


def test_a_refusal_names_whom_to_ask(narrow_bot: SlackBot) -> None:
    assert "Ask <@U0ADMIN>" in _told(narrow_bot, "reader", "general")


def test_nobody_but_admins_re_indexes(open_bot: SlackBot) -> None:
    delivery = open_bot.slack.command("asker", "general", "/askpcc", "reindex")
    open_bot.slack.wait_until_delivered()
    assert "Only an administrator can re-index the documents" in delivery.answer["text"]


def test_a_missing_index_is_told_with_a_reference_and_without_a_path(open_bot: SlackBot) -> None:
    told = _told(open_bot, "asker", "general")
    assert "An administrator can look up reference" in told
    assert str(open_bot.data.folder) not in told


@pytest.mark.parametrize("running", ["open_bot", "narrow_bot"])
def test_no_rule_of_slack_was_broken(request: pytest.FixtureRequest, running: str) -> None:
    assert request.getfixturevalue(running).slack.violations == []
