"""What was said in a thread before a message, read from a loopback Slack."""

from collections.abc import Iterator

import pytest
from slack_sdk import WebClient

from askpcc.slack.intake import ThreadReader
from loopback_slack import LoopbackSlack

GENERAL = "C0GENERAL"
MORE_THAN_A_PAGE = 205


@pytest.fixture
def slack() -> Iterator[LoopbackSlack]:
    with LoopbackSlack() as slack:
        yield slack


def test_the_last_words_of_a_thread_of_several_pages_are_those_said_before(slack: LoopbackSlack) -> None:
    reader = ThreadReader(WebClient(slack.bot_token, base_url=slack.api_url, retry_handlers=[]))
    root = slack.say("asker", "general", "Is the custody suite open?")
    for number in range(MORE_THAN_A_PAGE):
        slack.say("asker", "general", f"remark {number}", root.ts)
    last = slack.say("reader", "general", "and since when?", root.ts)
    newest = slack.say("asker", "general", "by whom?", root.ts)
    assert reader.earlier_words(GENERAL, root.ts, newest.ts)[-1] == "and since when?"
    assert reader.speakers(GENERAL, root.ts, newest.ts)[-1] == last.user
