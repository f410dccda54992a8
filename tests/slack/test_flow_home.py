"""Home and the Messages tab, through the running bot."""

from loopback_slack import View
from loopback_slack.journal import Json
from support.slack_bot import SlackBot

pytest_plugins = ("support.slack_fixtures",)

QUESTION = "Has recommendation 5 been completed?"


def _home(bot: SlackBot, user: str) -> View:
    """Return Home as somebody sees it now."""
    before = len(bot.slack.calls("views.publish"))
    bot.slack.open_home(user)
    bot.slack.wait_for(lambda: bot.slack.calls("views.publish")[before:])
    home = bot.slack.home(user)
    assert home
    return home


def _headers(view: View) -> list[str]:
    return [block["text"]["text"] for block in view.blocks if block["type"] == "header"]


def _accessories(view: View, action_id: str) -> list[Json]:
    held = [block["accessory"] for block in view.blocks if "accessory" in block]
    return [each for each in held if each.get("action_id") == action_id]


def _texts(view: View) -> str:
    return "\n".join(block["text"]["text"] for block in view.blocks if "text" in block)


def test_home_says_how_old_the_index_is_and_what_it_holds(bot: SlackBot) -> None:
    assert ": 4 documents, " in _texts(_home(bot, "asker"))


def test_home_lists_the_questions_that_one_asked_oneself(bot: SlackBot) -> None:
    bot.first_reply(bot.ask("What is said about appropriate adults?", user="admin"))
    bot.first_reply(bot.ask("Was recommendation 4 accepted?", user="reader"))
    shown = _texts(_home(bot, "admin"))
    assert "What is said about appropriate adults?" in shown
    assert "Was recommendation 4 accepted?" not in shown


def test_a_recent_question_opens_its_answer(bot: SlackBot) -> None:
    bot.first_reply(bot.ask(QUESTION, user="reviewer"))
    home = _home(bot, "reviewer")
    button = _accessories(home, "askpcc_show_answer")[0]
    bot.slack.press("reviewer", home, "askpcc_show_answer", value=button["value"])
    view = bot.slack.wait_for(lambda: bot.slack.modal("reviewer"))
    assert QUESTION in str(view.blocks)
    assert "Recommendation 5 is complete." in str(view.blocks)
    bot.slack.close(view)


def test_home_shows_the_rows_of_the_chosen_force(bot: SlackBot) -> None:
    home = _home(bot, "asker")
    before = len(bot.slack.calls("views.publish"))
    bot.slack.choose("asker", home, "askpcc_home_force", "Midsomer Constabulary")
    bot.slack.wait_for(lambda: bot.slack.calls("views.publish")[before:])
    chosen = bot.slack.home("asker")
    assert chosen
    register = _texts(chosen).partition("What has become of it")[2]
    assert "Midsomer Constabulary" in register
    assert "Borsetshire Police" not in register


STAFF = [("asker", False, False), ("reviewer", True, False), ("admin", False, True)]


def test_home_shows_each_person_what_is_theirs_to_do(bot: SlackBot) -> None:
    for user, queue, administration in STAFF:
        headers = _headers(_home(bot, user))
        assert ("Waiting for a reviewer" in headers) is queue
        assert ("Administration" in headers) is administration


def test_the_queue_holds_requests_to_a_person(bot: SlackBot) -> None:
    asked = "Is recommendation 3 in Borsetshire done?"
    answer, seen = bot.answer(asked), len(bot.slack.ephemerals("asker"))
    bot.slack.press("asker", answer, "askpcc_ask_person")
    bot.slack.wait_for(lambda: bot.slack.ephemerals("asker")[seen:])
    shown = _texts(_home(bot, "reviewer"))
    assert asked in shown
    assert "<@U0ASKER>" in shown


def test_the_queue_holds_bad_answers(bot: SlackBot) -> None:
    asked = "Is recommendation 1 in Borsetshire done?"
    answer = bot.answer(asked)
    assert answer.metadata
    id_ = answer.metadata["event_payload"]["answer"]
    bot.slack.press("reader", answer, "askpcc_feedback", value=f"bad:{id_}")
    bot.slack.close(bot.slack.wait_for(lambda: bot.slack.modal("reader")))
    bot.eventually(lambda: asked in _texts(_home(bot, "reviewer")))


def test_a_request_is_resolved_from_home_once(bot: SlackBot) -> None:
    asked = "Is recommendation 2 in Borsetshire done?"
    answer = bot.answer(asked)
    bot.slack.press("asker", answer, "askpcc_ask_person")
    request = bot.slack.wait_for(
        lambda: [each for each in bot.slack.messages("private") if asked in each.text]
    )[0]
    home = _home(bot, "reviewer")
    values = [e["value"] for b in request.blocks if b["type"] == "actions" for e in b["elements"]]
    bot.slack.press("reviewer", home, "askpcc_resolve", value=values[0])
    bot.slack.wait_for(lambda: "Resolved" in request.text)


def test_a_suggested_question_is_asked_with_one_press(bot: SlackBot) -> None:
    home = _home(bot, "asker")
    prompt = _accessories(home, "askpcc_prompt")[0]
    direct = bot.slack.dm("asker")
    before = len(bot.slack.messages(direct))
    bot.slack.press("asker", home, "askpcc_prompt", value=prompt["value"])
    posted = bot.slack.wait_for(lambda: bot.slack.messages(direct)[before:])[0]
    assert prompt["value"] in posted.text
    answer = bot.slack.wait_for_replies(posted, 2)[1]
    assert answer.thread_ts == posted.ts
    assert "[1]" in answer.text


def test_the_messages_tab_suggests_questions_about_open_matters(bot: SlackBot) -> None:
    bot.slack.open_home("asker", "messages")
    shown = bot.slack.wait_for(lambda: bot.slack.state.prompts.get(bot.slack.dm("asker")))
    assert len(shown["prompts"]) == 4
    assert "Wessex-on-Sea Police" in shown["prompts"][0]["message"]
    assert all(
        "thread_ts" not in call.arguments for call in bot.slack.calls("assistant.threads.setSuggestedPrompts")
    )


def test_somebody_who_may_not_ask_sees_why_in_home(bot: SlackBot) -> None:
    home = _home(bot, "guest")
    assert "I do not answer guests yet" in _texts(home)
    assert _headers(home) == ["askpcc"]
