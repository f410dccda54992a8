"""The ways to bring an answer, each tried when Slack refuses the one before, by the running bot."""

import pytest

from loopback_slack import HANG, Message
from support.slack_bot import SlackBot

pytest_plugins = ("support.slack_fixtures",)

SHORT = "Has recommendation 5 been completed?"
LONG = "Have recommendations 11, 12 and 13 been completed?"
QUOTED = [f"Recommendation {number} is complete: the new plan for" for number in (11, 12, 13)]


def _assert_whole(answer: Message) -> None:
    """Check that a long answer has each quotation once, and its sources and buttons."""
    body = str([block for block in answer.blocks if block["type"] == "rich_text"])
    assert [body.count(quote) for quote in QUOTED] == [1, 1, 1]
    kinds = [block["type"] for block in answer.blocks]
    assert kinds[-4:] == ["context", "actions", "context_actions", "context"]


def test_a_long_answer_is_streamed(bot: SlackBot) -> None:
    before = len(bot.slack.calls())
    asked = bot.ask(LONG)
    answer = bot.first_reply(asked)
    assert answer.stream
    _assert_whole(answer)
    assert len(bot.replies(asked)) == 1
    methods = [call.method for call in bot.slack.calls()[before:] if "Stream" in call.method]
    assert methods == ["chat.startStream", "chat.appendStream", "chat.appendStream", "chat.stopStream"]


def test_a_short_answer_is_posted(bot: SlackBot) -> None:
    assert bot.answer(SHORT).stream is None


@pytest.mark.parametrize("error", ["ratelimited", "missing_scope"])
def test_an_answer_is_posted_where_slack_begins_no_stream(bot: SlackBot, error: str) -> None:
    bot.slack.fail("chat.startStream", error, retry_after=30)
    asked = bot.ask(LONG)
    answer = bot.first_reply(asked)
    assert answer.stream is None
    _assert_whole(answer)
    assert len(bot.replies(asked)) == 1


def test_a_stream_that_ends_in_the_middle_is_completed_in_its_place(bot: SlackBot) -> None:
    with bot.slack.hold("chat.appendStream") as gate:
        asked = bot.ask(LONG)
        assert gate.arrived.wait(HANG)
        bot.slack.expire_streams()
    answer = bot.slack.wait_for(lambda: [each for each in bot.slack.replies_by_bot(asked) if each.text])[0]
    _assert_whole(answer)
    assert all(quote in answer.text for quote in QUOTED)
    assert len(bot.replies(asked)) == 1


@pytest.mark.parametrize("method", ["chat.appendStream", "chat.stopStream"])
def test_a_stream_that_slack_refuses_to_go_on_with_is_completed(bot: SlackBot, method: str) -> None:
    bot.slack.fail(method, "ratelimited", retry_after=30)
    asked = bot.ask(LONG)
    answer = bot.slack.wait_for(lambda: [each for each in bot.slack.replies_by_bot(asked) if each.text])[0]
    _assert_whole(answer)
    assert len(bot.replies(asked)) == 1


def test_a_stream_that_is_stopped_leaves_no_answer(bot: SlackBot) -> None:
    with bot.slack.hold("chat.appendStream") as gate:
        asked = bot.slack.say("asker", bot.slack.dm("asker"), LONG)
        assert gate.arrived.wait(HANG)
        bot.slack.wait_for(lambda: (session := bot.slack.session(asked)) and session.status == "processing")
        bot.slack.stop_session("asker", asked.channel, asked.ts)
        bot.slack.wait_until_delivered()
    bot.settle()
    stopped = ["Stopped. I have not answered."]
    bot.slack.wait_for(lambda: [each.text for each in bot.slack.replies_by_bot(asked)] == stopped)


def test_a_question_that_is_edited_while_its_answer_is_streamed_has_one_answer(bot: SlackBot) -> None:
    with bot.slack.hold("chat.appendStream") as gate:
        asked = bot.ask(LONG)
        assert gate.arrived.wait(HANG)
        bot.slack.edit(asked, f"{bot.slack.mention} {SHORT}")
        bot.slack.wait_until_delivered()
    answer = bot.slack.wait_for(
        lambda: [
            each for each in bot.slack.replies_by_bot(asked) if "Recommendation 5 is complete" in each.text
        ]
    )
    assert bot.replies(asked) == answer


def test_an_answer_whose_blocks_are_refused_is_posted_in_words(bot: SlackBot) -> None:
    bot.slack.fail("chat.postMessage", "invalid_blocks")
    asked = bot.ask(SHORT)
    answer = bot.first_reply(asked)
    assert answer.blocks == []
    assert "“Recommendation 5 is complete.” [1]" in answer.text
    assert len(bot.replies(asked)) == 1


def test_a_rate_limit_is_waited_for_as_long_as_slack_asks(bot: SlackBot) -> None:
    bot.slack.fail("chat.postMessage", "ratelimited", retry_after=1)
    asked = bot.ask(SHORT)
    assert "“Recommendation 5 is complete.”" in bot.first_reply(asked).text
    refused, posted = bot.slack.calls("chat.postMessage")[-2:]
    assert refused.status == 429
    assert posted.at - refused.at >= 1
    assert len(bot.replies(asked)) == 1


def test_a_status_that_slack_refuses_keeps_no_answer_back(bot: SlackBot) -> None:
    bot.slack.fail("assistant.threads.setStatus", "internal_error")
    assert "“Recommendation 5 is complete.”" in bot.answer(SHORT).text


def test_a_private_answer_comes_where_its_address_has_expired(bot: SlackBot) -> None:
    with bot.slack.hold("chat.postMessage") as gate:
        bot.ask(SHORT)
        assert gate.arrived.wait(HANG)
        seen = len(bot.slack.ephemerals("asker"))
        bot.slack.command("asker", "general", "/askpcc", SHORT)
        bot.slack.wait_until_delivered()
        bot.slack.expire_response_urls()
    told = bot.slack.wait_for(lambda: bot.slack.ephemerals("asker")[seen + 1 :])[0]
    assert "“Recommendation 5 is complete.”" in told.text
