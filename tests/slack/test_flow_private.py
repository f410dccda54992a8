"""The slash command, sharing, and the shortcut with its form, through the running bot."""

from loopback_slack import Message, View
from support.slack_bot import SlackBot

pytest_plugins = ("support.slack_fixtures",)

QUESTION = "Has recommendation 5 been completed?"
COMPLETE = "“Recommendation 5 is complete.”"


def _ask_privately(bot: SlackBot, channel: str = "general", user: str = "asker") -> Message:
    """Return the private answer to a slash command."""
    seen = len(bot.slack.ephemerals(user))
    bot.slack.command(user, channel, "/askpcc", QUESTION)
    return bot.slack.wait_for(lambda: _answers(bot, user, seen))[0]


def _answers(bot: SlackBot, user: str, seen: int) -> list[Message]:
    return [each for each in bot.slack.ephemerals(user)[seen:] if COMPLETE in each.text]


def _open_form(bot: SlackBot, about: Message, user: str = "asker") -> View:
    # An answer may come before the form that asked for it has closed.
    bot.slack.wait_for(lambda: bot.slack.modal(user) is None)
    bot.slack.shortcut(user, "askpcc_about_message", about)
    return bot.slack.wait_for(lambda: bot.slack.modal(user))


def test_a_slash_command_is_answered_to_its_asker_alone(bot: SlackBot) -> None:
    before = len(bot.slack.messages("general"))
    answer = _ask_privately(bot)
    assert "Only you can see this." in answer.text
    bot.settle()
    assert len(bot.slack.messages("general")) == before


def test_a_slash_command_says_at_once_that_it_searches(bot: SlackBot) -> None:
    delivery = bot.slack.command("asker", "general", "/askpcc", QUESTION)
    bot.slack.wait_until_delivered()
    assert "Searching the responses" in delivery.answer["text"]
    assert delivery.answer["response_type"] == "ephemeral"
    bot.settle()


def test_a_slash_command_works_where_the_bot_is_not(bot: SlackBot) -> None:
    seen = len(bot.slack.ephemerals("asker"))
    bot.slack.command("asker", "random", "/askpcc", QUESTION)
    told = bot.slack.wait_for(lambda: bot.slack.ephemerals("asker")[seen + 1 :])[0]
    assert "I am not in this channel. Invite me first" in told.text


def test_share_shows_the_answer_to_everybody_once(bot: SlackBot) -> None:
    before = len(bot.slack.messages("general"))
    answer = _ask_privately(bot)
    for _ in range(2):
        bot.slack.press("asker", answer, "askpcc_share")
    bot.slack.wait_for(
        lambda: "This answer was shared before." in [e.text for e in bot.slack.ephemerals("asker")]
    )
    bot.slack.wait_for(lambda: bot.slack.messages("general")[before:])
    bot.settle()
    shared = bot.slack.messages("general")[before:]
    assert len(shared) == 1
    assert COMPLETE in shared[0].text
    assert "<@U0ASKER>" in shared[0].text
    assert QUESTION in shared[0].text


def test_nobody_but_its_asker_shares_a_private_answer(bot: SlackBot) -> None:
    """Nobody else sees the button, so what Slack would send for somebody else is sent here as it is."""
    answer = _ask_privately(bot)
    payload = bot.slack.press("asker", answer, "askpcc_share").payload
    other, seen = {"id": "U0READER", "team_id": payload["team"]["id"]}, len(bot.slack.ephemerals("reader"))
    bot.slack.deliver("interactive", payload | {"user": other})
    assert bot.ephemeral("reader", seen).text == "Only the person who asked can share this answer."


def test_the_word_help_is_answered_by_the_command_itself(bot: SlackBot) -> None:
    for words in ("", "help"):
        delivery = bot.slack.command("asker", "general", "/askpcc", words)
        bot.slack.wait_until_delivered()
        assert "Ask me what has become of a recommendation" in delivery.answer["text"]


def test_a_question_about_a_message_is_answered_in_its_thread(bot: SlackBot) -> None:
    said = bot.slack.say("reader", "general", "The panel asks about vetting in Midsomer.")
    form = _open_form(bot, said)
    bot.slack.submit(form, {"askpcc_ask_words": QUESTION, "askpcc_ask_where": "thread"}, redeliver=True)
    assert COMPLETE in bot.first_reply(said).text
    assert len(bot.replies(said)) == 1
    bot.slack.wait_for(lambda: bot.slack.modal("asker") is None)


def test_a_question_about_a_message_leans_on_what_the_message_says(bot: SlackBot) -> None:
    said = bot.slack.say("reader", "general", "The panel wants to hear about custody in Borsetshire.")
    form = _open_form(bot, said)
    words = "Which recommendations are in progress?"
    bot.slack.submit(form, {"askpcc_ask_words": words, "askpcc_ask_where": "thread"})
    answer = bot.first_reply(said)
    assert "“Recommendation 2 is still in progress.”" in answer.text
    assert "Which one do you mean" not in answer.text


def test_the_form_starts_with_the_words_of_the_message(bot: SlackBot) -> None:
    said = bot.slack.say("reader", "general", "Was *recommendation 4* accepted, <@U0ADMIN>?")
    form = _open_form(bot, said)
    values = [block["element"].get("initial_value") for block in form.blocks]
    assert values[0] == "Was recommendation 4 accepted, ?"
    bot.slack.close(form)


def test_a_question_about_a_message_is_answered_to_its_asker_alone_if_they_want(bot: SlackBot) -> None:
    said = bot.slack.say("reader", "general", "The panel asks about vetting in Midsomer.")
    seen = len(bot.slack.ephemerals("asker"))
    form = _open_form(bot, said)
    bot.slack.submit(form, {"askpcc_ask_words": QUESTION, "askpcc_ask_where": "private"})
    answer = bot.slack.wait_for(lambda: _answers(bot, "asker", seen))[0]
    assert answer.thread_ts == said.ts
    assert bot.replies(said) == []


def test_a_form_without_a_question_says_what_is_missing(bot: SlackBot) -> None:
    said = bot.slack.say("reader", "general", "The panel asks about vetting in Midsomer.")
    form = _open_form(bot, said)
    bot.slack.submit(form, {"askpcc_ask_words": "<@U0READER>", "askpcc_ask_where": "thread"})
    assert bot.slack.wait_for(lambda: form.errors) == {"askpcc_ask_words": "Type a question."}
    assert bot.replies(said) == []
    bot.slack.close(form)
