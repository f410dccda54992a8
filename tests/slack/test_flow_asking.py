"""Questions in channels, threads and direct messages, through the running bot."""

from support.slack_bot import SlackBot

pytest_plugins = ("support.slack_fixtures",)

QUESTION = "Has recommendation 5 been completed?"
QUOTED = "“Recommendation 5 is complete.”"


def test_a_mention_in_a_channel_is_answered_in_its_thread(bot: SlackBot) -> None:
    asked = bot.ask(QUESTION)
    assert QUOTED in bot.first_reply(asked).text
    assert [each.thread_ts for each in bot.slack.replies_by_bot(asked)] == [asked.ts]


def test_a_mention_that_comes_as_two_events_twice_is_answered_once(bot: SlackBot) -> None:
    asked = bot.slack.say("asker", "general", f"{bot.slack.mention} {QUESTION}", redeliver=True)
    assert len(bot.replies(asked)) == 1
    sent = [each.payload["event"] for each in bot.slack.deliveries if each.kind == "events_api"]
    assert {each["type"] for each in sent if each.get("ts") == asked.ts} == {"message", "app_mention"}


def test_a_direct_message_is_answered_in_its_thread(bot: SlackBot) -> None:
    asked = bot.slack.say("asker", bot.slack.dm("asker"), QUESTION)
    answer = bot.first_reply(asked)
    assert QUOTED in answer.text
    assert answer.thread_ts == asked.ts


def test_two_direct_messages_are_two_conversations(bot: SlackBot) -> None:
    first = bot.slack.say(
        "asker", bot.slack.dm("asker"), "Has recommendation 2 in Borsetshire been completed?"
    )
    bot.first_reply(first)
    second = bot.slack.say("asker", bot.slack.dm("asker"), "and CSE?")
    lone = bot.first_reply(second)
    assert lone.thread_ts == second.ts
    assert len(bot.replies(first)) == 1
    history = bot.slack.say("asker", bot.slack.dm("asker"), "and recommendation 3?", first.ts)
    bot.slack.wait_for(lambda: bot.slack.replies_by_bot(history)[1:])
    assert "Borsetshire" in bot.slack.replies_by_bot(history)[1].text


def test_a_follow_up_without_a_mention_leans_on_what_was_asked_before(bot: SlackBot) -> None:
    asked = bot.ask("Has recommendation 2 in Borsetshire been completed?")
    bot.first_reply(asked)
    bot.slack.say("asker", "general", "and recommendation 3?", asked.ts)
    answer = bot.slack.wait_for_replies(asked, 2)[1]
    assert "“Recommendation 3 is in progress.”" in answer.text


TALK = [
    "Thanks, that is what I needed for the meeting tomorrow.",
    "<@U0READER> could you send this to the clerk?",
    "I think we should raise this with the panel.",
    "let's discuss it at lunch",
]


def test_people_who_talk_to_each_other_are_left_alone(bot: SlackBot) -> None:
    asked = bot.ask(QUESTION)
    bot.first_reply(asked)
    for words in TALK:
        bot.slack.say("asker", "general", words, asked.ts)
    assert len(bot.replies(asked)) == 1


def test_a_thread_without_a_question_to_the_bot_is_left_alone(bot: SlackBot) -> None:
    said = bot.slack.say("asker", "general", "Has recommendation 5 been completed?")
    bot.slack.say("reader", "general", "And recommendation 4?", said.ts)
    assert bot.replies(said) == []


def test_mute_ends_the_follow_ups_of_a_thread_until_unmute(bot: SlackBot) -> None:
    asked, seen = bot.ask(QUESTION), len(bot.slack.ephemerals("asker"))
    bot.first_reply(asked)
    bot.slack.say("asker", "general", f"{bot.slack.mention} mute", asked.ts)
    assert "I leave the rest of this thread to you" in bot.ephemeral("asker", seen).text
    bot.slack.say("asker", "general", "and recommendation 4?", asked.ts)
    assert len(bot.replies(asked)) == 1
    bot.slack.say("asker", "general", f"{bot.slack.mention} unmute", asked.ts)
    assert bot.slack.wait_for_replies(asked, 2)[1].text == "I follow this thread again."
    bot.slack.say("asker", "general", "and recommendation 4?", asked.ts)
    assert "Recommendation 4 was not accepted" in bot.slack.wait_for_replies(asked, 3)[2].text


def test_mute_here_ends_the_follow_ups_of_a_thread(bot: SlackBot) -> None:
    asked, seen = bot.ask(QUESTION), len(bot.slack.ephemerals("asker"))
    bot.slack.press("asker", bot.first_reply(asked), "askpcc_mute")
    assert "I leave the rest of this thread to you" in bot.ephemeral("asker", seen).text
    bot.slack.say("asker", "general", "and recommendation 4?", asked.ts)
    assert len(bot.replies(asked)) == 1


def test_an_empty_mention_is_told_once_what_can_be_asked(bot: SlackBot) -> None:
    seen = len(bot.slack.ephemerals("reader"))
    said = bot.slack.say("reader", "general", bot.slack.mention, redeliver=True)
    assert "Ask me what has become of a recommendation" in bot.ephemeral("reader", seen).text
    assert bot.replies(said) == []
    assert len(bot.slack.ephemerals("reader")) == seen + 1


def test_a_mention_in_a_running_thread_uses_what_people_wrote_there(bot: SlackBot) -> None:
    said = bot.slack.say("reader", "general", "The panel wants to hear about custody in Borsetshire.")
    bot.slack.say("asker", "general", f"{bot.slack.mention} Which recommendations are in progress?", said.ts)
    answer = bot.first_reply(said)
    assert "“Recommendation 2 is still in progress.”" in answer.text
    assert "Which one do you mean" not in answer.text


def test_a_status_is_the_first_thing_that_is_shown(bot: SlackBot) -> None:
    asked = bot.ask(QUESTION)
    bot.first_reply(asked)
    calls = [call for call in bot.slack.calls() if call.arguments.get("thread_ts") == asked.ts]
    assert calls[0].method == "assistant.threads.setStatus"
    assert calls[0].arguments["status"] == "Searching the responses"
    bot.slack.wait_for(lambda: bot.slack.shown_status(asked) == "")


def test_a_group_conversation_is_answered_only_when_it_mentions_the_bot(bot: SlackBot) -> None:
    said = bot.slack.say("asker", "group", QUESTION)
    assert bot.replies(said) == []
    assert QUOTED in bot.answer(QUESTION, channel="group").text
