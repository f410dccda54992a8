"""Sources, opinions and requests to a person, through the running bot."""

from pathlib import Path

from askpcc.adapters.ledger import open_ledger
from askpcc.model import Fault, Feedback, Opinion
from loopback_slack import Message, View
from support.slack_bot import DataFolder, SlackBot, run_bot

pytest_plugins = ("support.slack_fixtures",)

QUESTION = "Has recommendation 5 been completed?"


def _open(bot: SlackBot, user: str = "asker") -> View:
    return bot.slack.wait_for(lambda: bot.slack.modal(user))


def _bold(view: View) -> list[str]:
    """Return the words that a view marks."""
    rich = [block for block in view.blocks if block["type"] == "rich_text"]
    quotes = [element for block in rich for element in block["elements"]]
    return [
        each["text"] for quote in quotes for each in quote["elements"] if each.get("style", {}).get("bold")
    ]


def _opinions(bot: SlackBot, answer: Message) -> list[Feedback]:
    """Return what the ledger holds of the opinions on an answer."""
    assert answer.metadata
    with_ledger = open_ledger(bot.settings.ledger)
    try:
        return with_ledger.feedback(answer.metadata["event_payload"]["answer"])
    finally:
        with_ledger.close()


def test_a_source_opens_with_the_cited_words_in_their_surroundings(bot: SlackBot) -> None:
    answer = bot.answer(QUESTION)
    bot.slack.press("asker", answer, "askpcc_source:2")
    view = _open(bot)
    assert _bold(view) == ["Reasons have been written down since 1 March 2023."]
    shown = str(view.blocks)
    assert "Recommendation 5 is complete." in shown
    assert "Midsomer Police and Crime Commissioner: response to the vetting inspection" in shown
    assert "15 May 2023" in shown
    bot.slack.close(view)


def test_many_sources_are_opened_from_a_menu(bot: SlackBot) -> None:
    answer = bot.answer("Which recommendations has Puddlecombe completed?")
    assert answer.metadata
    bot.slack.choose("asker", answer, "askpcc_source_menu", f"{answer.metadata['event_payload']['answer']}:6")
    view = _open(bot)
    (marked,) = _bold(view)
    assert f"“{marked}” [6]" in answer.text
    bot.slack.close(view)


def test_the_source_of_a_document_that_was_removed_still_opens(own_data: DataFolder, tmp_path: Path) -> None:
    with run_bot(own_data, tmp_path) as bot:
        answer = bot.answer(QUESTION)
        (own_data.corpus / "midsomer-vetting-2023.md").unlink()
        own_data.run()
        bot.slack.press("asker", answer, "askpcc_source:1")
        assert _bold(_open(bot)) == ["Recommendation 5 is complete."]


def test_a_good_opinion_is_kept(bot: SlackBot) -> None:
    answer = bot.answer(QUESTION)
    assert answer.metadata
    id_ = answer.metadata["event_payload"]["answer"]
    bot.slack.press("asker", answer, "askpcc_feedback", value=f"good:{id_}")
    bot.eventually(lambda: [each.opinion for each in _opinions(bot, answer)] == [Opinion.GOOD])
    assert bot.slack.modal("asker") is None


def test_a_bad_opinion_is_kept_with_its_reason(bot: SlackBot) -> None:
    answer = bot.answer(QUESTION)
    assert answer.metadata
    id_ = answer.metadata["event_payload"]["answer"]
    bot.slack.press("asker", answer, "askpcc_feedback", value=f"bad:{id_}")
    form = _open(bot)
    bot.slack.submit(
        form, {"askpcc_fault_choice": "out_of_date", "askpcc_fault_comment": "There is a newer one."}
    )
    bot.slack.wait_for(lambda: bot.slack.modal("asker") is None)
    (kept,) = _opinions(bot, answer)  # it is written down before the form closes
    assert (kept.opinion, kept.fault, kept.comment) == (
        Opinion.BAD,
        Fault.OUT_OF_DATE,
        "There is a newer one.",
    )


def test_an_opinion_can_be_changed(bot: SlackBot) -> None:
    answer = bot.answer(QUESTION)
    assert answer.metadata
    id_ = answer.metadata["event_payload"]["answer"]
    bot.slack.press("asker", answer, "askpcc_feedback", value=f"bad:{id_}")
    bot.slack.close(_open(bot))
    bot.slack.press("asker", answer, "askpcc_feedback", value=f"good:{id_}")
    bot.eventually(lambda: [each.opinion for each in _opinions(bot, answer)] == [Opinion.GOOD])


def _requests(bot: SlackBot, words: str) -> list[Message]:
    there = bot.slack.messages("private")
    return [each for each in there if each.user == bot.slack.workspace.bot and words in each.text]


def _say_of(bot: SlackBot, seen: int) -> str:
    return bot.ephemeral("asker", seen).text


def test_ask_a_person_shows_the_reviewers_question_and_quotations_once(bot: SlackBot) -> None:
    words = "Has recommendation 5 in Midsomer been completed?"
    answer, seen = bot.answer(words), len(bot.slack.ephemerals("asker"))
    bot.slack.press("asker", answer, "askpcc_ask_person")
    assert "I have passed your question on" in _say_of(bot, seen)
    bot.slack.press("asker", answer, "askpcc_ask_person")
    assert "This question has been passed on already" in _say_of(bot, seen + 1)
    (request,) = _requests(bot, words)
    assert "“Recommendation 5 is complete.”" in request.text
    assert "Recommendation 5 is complete." in str(request.blocks)
    assert "<@U0ASKER>" in request.text


def test_a_request_is_resolved_by_a_reviewer_and_the_asker_is_told(bot: SlackBot) -> None:
    words = "Is recommendation 5 in Midsomer complete?"
    answer, seen = bot.answer(words), len(bot.slack.ephemerals("asker"))
    bot.slack.press("asker", answer, "askpcc_ask_person")
    (request,) = bot.slack.wait_for(lambda: _requests(bot, words))
    bot.slack.wait_for(lambda: bot.slack.ephemerals("asker")[seen:])
    bot.slack.press("asker", request, "askpcc_resolve")
    assert "Only a reviewer may mark this as resolved" in _say_of(bot, seen + 1)
    assert "Resolved" not in request.text
    bot.slack.press("reviewer", request, "askpcc_resolve")
    bot.slack.wait_for(lambda: "Resolved" in request.text)
    thread = bot.slack.wait_for(lambda: bot.slack.messages("general", answer.thread_ts)[2:])
    assert thread[0].text == "<@U0REVIEWER> has looked at your question and marked it as resolved."


def test_the_reviewer_opens_the_answer_from_the_request(bot: SlackBot) -> None:
    words = "Is recommendation 5 complete in Midsomer?"
    bot.slack.press("asker", bot.answer(words), "askpcc_ask_person")
    (request,) = bot.slack.wait_for(lambda: _requests(bot, words))
    bot.slack.press("reviewer", request, "askpcc_show_answer")
    view = _open(bot, "reviewer")
    assert words in str(view.blocks)
    bot.slack.close(view)
