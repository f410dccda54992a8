"""What somebody found who tried to break the running bot, and how it behaves since."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from askpcc.adapters.ledger import open_ledger
from loopback_slack import HANG, Message
from support.slack_bot import STAFF, DataFolder, SlackBot, run_bot

pytest_plugins = ("support.slack_fixtures",)

QUESTION = "Has recommendation 5 been completed?"
COMPLETE = "“Recommendation 5 is complete.”"
RESPONSE = b"# Response\n\nRecommendation 31 is complete. Every form has been counted.\n"


@pytest.fixture(scope="module")
def few_questions_bot(slack_data: DataFolder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SlackBot]:
    """Run a bot of which one person may ask one question in a day."""
    with run_bot(slack_data, tmp_path_factory.mktemp("few"), {**STAFF, "ASKPCC_SLACK_PER_DAY": "1"}) as bot:
        yield bot


def test_a_question_that_is_edited_into_talk_keeps_its_answer(bot: SlackBot) -> None:
    asked = bot.ask(QUESTION)
    (answer,) = bot.replies(asked)
    for words in ("<@U0ASKPCC> thanks", "<@U0READER> could you look at this?", "never mind"):
        bot.slack.edit(asked, words)
    assert bot.replies(asked) == [answer]
    assert COMPLETE in answer.text
    assert "The question was edited" not in answer.text


def test_a_waiting_question_that_is_edited_into_talk_is_not_answered(bot: SlackBot) -> None:
    with bot.slack.hold("chat.postMessage") as gate:
        first = bot.ask(QUESTION, channel="group")
        assert gate.arrived.wait(HANG)
        asked = bot.ask(QUESTION)
        bot.slack.wait_until_delivered()
        bot.slack.edit(asked, f"{bot.slack.mention} never mind, thanks")
        bot.slack.wait_until_delivered()
    bot.first_reply(first)
    assert bot.replies(asked) == []


def test_a_message_that_becomes_a_greeting_by_an_edit_is_told_what_can_be_asked(bot: SlackBot) -> None:
    said, seen = bot.slack.say("asker", "general", "hello"), len(bot.slack.ephemerals("asker"))
    bot.slack.edit(said, f"{bot.slack.mention} hello")
    assert "Ask me what has become of a recommendation" in bot.ephemeral("asker", seen).text


def test_in_a_direct_message_nothing_is_promised_about_muting(bot: SlackBot) -> None:
    for words in ["mute", "unmute", "please stop replying"]:
        said = bot.slack.say("asker", bot.slack.dm("asker"), words)
        told = bot.first_reply(said)
        assert told.text.startswith("Here I answer all that you write")
        assert bot.replies(said) == [told]


def test_whoever_may_not_ask_mutes_nothing(bot: SlackBot) -> None:
    asked, seen = bot.ask(QUESTION), len(bot.slack.ephemerals("guest"))
    bot.first_reply(asked)
    bot.slack.say("guest", "general", f"{bot.slack.mention} mute", asked.ts)
    assert "I do not answer guests yet" in bot.ephemeral("guest", seen).text
    bot.slack.say("asker", "general", "and recommendation 4?", asked.ts)
    assert len(bot.replies(asked)) == 2


def test_the_word_stop_ends_what_waits_in_its_thread(bot: SlackBot) -> None:
    with bot.slack.hold("chat.postMessage") as gate:
        bot.ask(QUESTION, channel="group")
        assert gate.arrived.wait(HANG)
        asked = bot.ask(QUESTION)
        bot.slack.wait_until_delivered()
        bot.slack.say("asker", "general", f"{bot.slack.mention} stop please", asked.ts)
        bot.slack.wait_until_delivered()
    assert [each.text for each in bot.replies(asked)] == ["Stopped. I have not answered."]


def test_nobody_stops_what_others_asked(bot: SlackBot) -> None:
    with bot.slack.hold("chat.postMessage") as gate:
        bot.ask(QUESTION, channel="group")
        assert gate.arrived.wait(HANG)
        asked = bot.ask(QUESTION)
        bot.slack.wait_until_delivered()
        bot.slack.say("reader", "general", f"{bot.slack.mention} stop", asked.ts)
        bot.slack.wait_until_delivered()
    assert [COMPLETE in each.text for each in bot.replies(asked)] == [True]


def test_the_word_stop_alone_is_no_question(bot: SlackBot) -> None:
    assert bot.replies(bot.slack.say("asker", bot.slack.dm("asker"), "stop")) == []
    assert bot.replies(bot.ask("cancel that")) == []


COMMANDS = [
    ("help me", "Ask me what has become of a recommendation"),
    ("who are you?", "Ask me what has become of a recommendation"),
    ("What is your name?", "Ask me what has become of a recommendation"),
    ("thanks!", "Ask me what has become of a recommendation"),
    ("mute", "That works in a thread of a channel"),
    ("Re-index.", "Only an administrator can re-index the documents"),
]


def test_a_command_knows_the_words_that_a_mention_knows(bot: SlackBot) -> None:
    for typed, told in COMMANDS:
        delivery = bot.slack.command("asker", "general", "/askpcc", typed)
        bot.slack.wait_until_delivered()
        assert told in delivery.answer["text"]


def test_a_limit_of_a_day_is_not_called_one_that_is_soon_over(few_questions_bot: SlackBot) -> None:
    few_questions_bot.answer(QUESTION)
    few_questions_bot.ask(QUESTION)
    told = few_questions_bot.ephemeral("asker").text
    assert "within 24 hours" in told
    assert "in a minute" not in told


def _private_answer(bot: SlackBot) -> Message:
    seen = len(bot.slack.ephemerals("asker"))
    bot.slack.command("asker", "general", "/askpcc", QUESTION)
    return bot.slack.wait_for(
        lambda: [one for one in bot.slack.ephemerals("asker")[seen:] if COMPLETE in one.text]
    )[0]


def test_whoever_asked_in_private_hears_in_private_what_came_of_asking_a_person(bot: SlackBot) -> None:
    answer, seen = _private_answer(bot), len(bot.slack.ephemerals("asker"))
    bot.slack.press("asker", answer, "askpcc_ask_person")
    told = bot.ephemeral("asker", seen).text
    assert "direct message" in told
    assert "thread" not in told
    request = bot.slack.wait_for(
        lambda: [one for one in bot.slack.messages("private") if "asks for a person" in one.text]
    )[-1]
    direct = bot.slack.dm("asker")
    before = len(bot.slack.messages(direct))
    bot.slack.press("reviewer", request, "askpcc_resolve")
    heard = bot.slack.wait_for(lambda: bot.slack.messages(direct)[before:])[0].text
    assert heard == f"Your question “{QUESTION}”: <@U0REVIEWER> has looked at it and marked it as resolved."


def test_a_file_that_cannot_be_stored_is_not_called_too_old(
    own_data: DataFolder, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with run_bot(own_data, tmp_path_factory.mktemp("unstored")) as bot:
        direct = bot.slack.dm("admin")
        shared = bot.slack.share_file("admin", direct, "counted.md", RESPONSE, mimetype="text/markdown")
        shown = bot.first_reply(shared)
        own_data.corpus.rename(own_data.folder / "elsewhere")
        own_data.corpus.write_text("a file in the place of the folder", encoding="utf-8")
        bot.slack.press("admin", shown, "askpcc_add_document")
        bot.slack.wait_for(lambda: "I could not add this file" in shown.text)
        shared = bot.slack.share_file("admin", direct, "counted.md", RESPONSE, mimetype="text/markdown")
        assert "I could not look at counted.md" in bot.first_reply(shared).text
        with closing(open_ledger(bot.settings.ledger)) as ledger:
            assert [act.result for act in ledger.acts(5)] == ["failed"]


def test_a_question_that_is_no_question_for_the_documents_is_not_called_one_they_are_silent_on(
    bot: SlackBot,
) -> None:
    bot.answer("What is the weather in London tomorrow?")
    bot.settle()
    bot.slack.open_home("asker")
    home = bot.slack.wait_for(lambda: bot.slack.home("asker"))
    assert "No question for the documents" in str(home)


def test_a_source_begins_and_ends_with_whole_words(
    own_data: DataFolder, tmp_path_factory: pytest.TempPathFactory
) -> None:
    filling = " ".join(f"counted{number:04}" for number in range(400))
    own_data.write("long.md", f"# Felpersham\n\n{filling}.\n\nRecommendation 41 is complete.\n\n{filling}.\n")
    own_data.run()
    with run_bot(own_data, tmp_path_factory.mktemp("long")) as bot:
        answer = bot.answer("Has recommendation 41 been completed?")
        bot.slack.press("asker", answer, "askpcc_source:1")
        view = bot.slack.wait_for(lambda: bot.slack.modal("asker"))
        shown = [block["text"]["text"] for block in view.blocks if block["type"] == "section"][1:]
        assert shown[0].startswith("…counted")
        assert shown[-1].endswith("…")
        assert len(shown[-1].removesuffix("…").split()[-1]) == len("counted0000")
