"""The bot, its process and local-slack's, end to end; what a person sees of it in a browser."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver import Chrome

from local_slack import page
from local_slack.package import Unavailable, find
from local_slack.running import LocalSlack, open_bot, open_local_slack, wait_for
from local_slack.workspace import ADA, BEN, DIRECT, MENTION, QUESTIONS_CHANNEL
from support.slack_bot import DataFolder
from support.web_browser import open_browser

pytest_plugins = ("support.slack_fixtures",)

VETTING = "Which recommendations about vetting were not accepted?"
NOT_ACCEPTED = "“Recommendation 4 was not accepted.”"


@pytest.fixture(scope="module")
def slack(slack_data: DataFolder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalSlack]:
    """Run the bot against local-slack; it warns of nothing all the time."""
    folder = tmp_path_factory.mktemp("local_slack")
    log = folder / "bot.log"
    try:
        binary = find()
    except Unavailable as exc:
        pytest.skip(str(exc))
    with (
        log.open("w", encoding="utf-8") as stream,
        open_local_slack(binary, folder) as slack,
        open_bot(slack, slack_data.index, slack_data.corpus, folder, stream) as bot,
    ):
        yield slack
        assert bot.poll() is None
    assert bot.returncode == 0
    assert log.read_text("utf-8") == ""


def say(slack: LocalSlack, words: str, channel: str = QUESTIONS_CHANNEL, thread: str | None = None) -> str:
    """Write a message as Ada; returns its name."""
    said = slack.post("message", channel=channel, user=ADA, text=words, thread_ts=thread)
    return str(said["message"]["ts"])


def answers(slack: LocalSlack, thread: str, channel: str = QUESTIONS_CHANNEL, at_least: int = 1) -> list[Any]:
    """Return the bot's replies in a thread, once there are so many."""
    return wait_for(lambda: (found := slack.replies(channel, thread))[at_least - 1 :] and found)


def test_a_mention_and_a_follow_up_without_one_are_answered_once_in_their_thread(slack: LocalSlack) -> None:
    thread = say(slack, f"{MENTION} {VETTING}")
    (answer,) = answers(slack, thread)
    assert NOT_ACCEPTED in answer["text"]
    say(slack, "And recommendation 5?", thread=thread)
    _, further = answers(slack, thread, at_least=2)
    assert "1 March 2023" in further["text"]


def test_a_direct_message_is_answered_in_its_thread(slack: LocalSlack) -> None:
    thread = say(slack, "Has recommendation 5 been completed?", DIRECT)
    (answer,) = answers(slack, thread, DIRECT)
    assert "“Recommendation 5 is complete.”" in answer["text"]


def test_the_button_of_a_source_opens_the_passage(slack: LocalSlack) -> None:
    (answer,) = answers(slack, say(slack, f"{MENTION} Has recommendation 5 been completed?"))
    rows = [block["elements"] for block in answer["blocks"] if block["type"] == "actions"]
    button = next(each for row in rows for each in row if each["action_id"] == "askpcc_source:1")
    press = {"action_id": button["action_id"], "value": button["value"]}
    slack.post("interact", channel=QUESTIONS_CHANNEL, messageTs=answer["ts"], user=ADA, action=press)
    opened = wait_for(lambda: [entry for entry in slack.log() if entry["summary"] == "views.open"])
    assert "*Recommendation 5 is complete.*" in str(opened[-1]["detail"])


def test_a_slash_command_is_answered_to_its_asker_alone(slack: LocalSlack) -> None:
    slack.post("command", channel=QUESTIONS_CHANNEL, user=BEN, command="/askpcc", text=VETTING)
    said = wait_for(
        lambda: [m for m in slack.messages(QUESTIONS_CHANNEL) if m.get("ephemeral_to") and m.get("blocks")]
    )
    assert [message["ephemeral_to"] for message in said] == [BEN]
    assert NOT_ACCEPTED in said[0]["text"]


def test_an_edit_changes_the_answer_in_its_place(slack: LocalSlack) -> None:
    question = say(slack, f"{MENTION} Has recommendation 5 been completed?")
    (answer,) = answers(slack, question)
    words = f"{MENTION} {VETTING}"
    slack.post("edit-message", channel=QUESTIONS_CHANNEL, ts=question, user=ADA, text=words)
    changed = wait_for(
        lambda: [each for each in slack.replies(QUESTIONS_CHANNEL, question) if each.get("edited")]
    )
    assert [each["ts"] for each in changed] == [answer["ts"]]
    assert NOT_ACCEPTED in changed[0]["text"]


def test_home_is_shown_when_it_is_opened(slack: LocalSlack) -> None:
    slack.post("open-home", user=ADA)
    (shown,) = wait_for(lambda: [entry for entry in slack.log() if entry["summary"] == "views.publish"])
    assert shown["detail"]["user_id"] == ADA
    assert "4 documents" in str(shown["detail"]["view"]["blocks"])


@pytest.fixture
def browser(slack: LocalSlack, tmp_path: Path) -> Iterator[Chrome]:
    """Return a browser with the page open, where nobody has said anything."""
    slack.post("reset")
    with open_browser(tmp_path / "profile") as chrome:
        chrome.get(f"{slack.url}/archives/{QUESTIONS_CHANNEL}")
        yield chrome


def test_the_page_shows_the_quotation_its_source_and_home(browser: Chrome, tmp_path: Path) -> None:
    page.ask(browser, "@askpcc Has recommendation 5 been completed?")
    answer = page.open_thread(browser)
    assert "“Recommendation 5 is complete.” [1]" in answer.text
    assert browser.save_screenshot(str(tmp_path / "conversation.png"))
    assert "Reasons have been written down since 1 March 2023." in page.open_source(browser).text
    page.close_modal(browser)
    home = page.open_home(browser)
    assert "Index built" in home.text
    assert not browser.find_elements("css selector", ".bk-unknown")
