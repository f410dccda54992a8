"""Questions that are edited, deleted or stopped, through the running bot."""

from loopback_slack import HANG, Message
from support.slack_bot import SlackBot

pytest_plugins = ("support.slack_fixtures",)

QUESTION = "Has recommendation 5 been completed?"
OTHER = "Was recommendation 4 accepted?"


def _ask_directly(bot: SlackBot, words: str) -> Message:
    return bot.slack.say("asker", bot.slack.dm("asker"), words)


def test_the_answer_to_an_edited_question_takes_the_place_of_the_earlier(bot: SlackBot) -> None:
    asked = bot.ask(QUESTION)
    answer = bot.first_reply(asked)
    bot.slack.edit(asked, f"{bot.slack.mention} {OTHER}", redeliver=True)
    bot.slack.wait_for(lambda: "Recommendation 4 was not accepted" in answer.text)
    assert "The question was edited" in answer.text
    assert bot.replies(asked) == [answer]


def test_a_question_that_is_edited_while_it_waits_is_answered_as_it_reads_then(bot: SlackBot) -> None:
    with bot.slack.hold("chat.postMessage") as gate:
        first = bot.ask(QUESTION, channel="group")
        assert gate.arrived.wait(HANG)
        asked = bot.ask(QUESTION)
        bot.slack.edit(asked, f"{bot.slack.mention} {OTHER}")
        bot.slack.wait_until_delivered()
    assert "Recommendation 4 was not accepted" in bot.first_reply(asked).text
    assert len(bot.replies(asked)) == 1
    assert len(bot.replies(first)) == 1


def test_a_question_that_is_edited_while_its_answer_is_brought_has_one_answer(bot: SlackBot) -> None:
    with bot.slack.hold("chat.postMessage") as gate:
        asked = bot.ask(QUESTION)
        assert gate.arrived.wait(HANG)
        bot.slack.edit(asked, f"{bot.slack.mention} {OTHER}")
        bot.slack.wait_until_delivered()
    bot.slack.wait_for(
        lambda: ["not accepted" in each.text for each in bot.slack.replies_by_bot(asked)] == [True]
    )
    assert len(bot.replies(asked)) == 1


def test_an_edit_that_adds_the_mention_makes_a_question(bot: SlackBot) -> None:
    said = bot.slack.say("asker", "general", QUESTION)
    assert bot.replies(said) == []
    bot.slack.edit(said, f"{bot.slack.mention} {QUESTION}")
    assert "Recommendation 5 is complete" in bot.first_reply(said).text


def test_a_question_that_is_deleted_while_it_waits_is_not_answered(bot: SlackBot) -> None:
    with bot.slack.hold("chat.postMessage") as gate:
        bot.ask(QUESTION, channel="group")
        assert gate.arrived.wait(HANG)
        asked = bot.ask(QUESTION)
        bot.slack.wait_until_delivered()
        bot.slack.delete(asked)
        bot.slack.wait_until_delivered()
    bot.settle()
    assert not [
        each
        for each in bot.slack.messages("general")
        if each.user == bot.slack.workspace.bot and each.ts > asked.ts
    ]


def test_an_answer_whose_thread_is_gone_does_not_land_in_the_channel(bot: SlackBot) -> None:
    with bot.slack.hold("chat.postMessage") as gate:
        asked = bot.ask(QUESTION)
        assert gate.arrived.wait(HANG)
        bot.slack.delete(asked)
    bot.settle()
    bot.slack.wait_for(
        lambda: (
            not [
                each
                for each in bot.slack.messages("general")
                if each.user == bot.slack.workspace.bot and each.ts > asked.ts
            ]
        )
    )


def test_the_stop_button_ends_a_question_that_waits(bot: SlackBot) -> None:
    with bot.slack.hold("chat.postMessage") as gate:
        first = bot.ask(QUESTION)
        assert gate.arrived.wait(HANG)
        asked = _ask_directly(bot, QUESTION)
        bot.slack.wait_for(lambda: (session := bot.slack.session(asked)) and session.status == "processing")
        bot.slack.stop_session("asker", asked.channel, asked.ts)
        bot.slack.wait_until_delivered()
    assert bot.first_reply(asked).text == "Stopped. I have not answered."
    assert len(bot.replies(asked)) == 1
    bot.slack.wait_for(lambda: (session := bot.slack.session(asked)) and session.status == "active")
    bot.slack.wait_for(lambda: bot.slack.shown_status(asked) == "")
    assert len(bot.replies(first)) == 1


def test_a_direct_question_has_a_session_until_it_is_answered(bot: SlackBot) -> None:
    asked = _ask_directly(bot, QUESTION)
    bot.first_reply(asked)
    session = bot.slack.wait_for(lambda: bot.slack.session(asked))
    bot.slack.wait_for(lambda: session.statuses == ["processing", "active"])
    assert session.title == QUESTION
