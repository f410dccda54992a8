"""The bot as it runs, against the loopback Slack: real Bolt on a socket, real ledger, index and model."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from time import monotonic, sleep

import pytest

from askpcc.app.flows import run_index
from askpcc.app.slack import run_slack
from askpcc.app.watch import USUAL, WatchOptions
from askpcc.indexing.indexer import IndexOptions
from askpcc.settings import Settings, read_settings
from loopback_slack import HANG, LoopbackSlack, Message, RetryRule, Rules, Workspace, make_workspace
from support.small_index import Notebook

CASES = Path(__file__).parent.parent / "cases"
DOCUMENTS = CASES / "slack_corpus"
STAFF = {
    "ASKPCC_SLACK_ADMINS": "U0ADMIN",
    "ASKPCC_SLACK_REVIEWERS": "U0REVIEWER",
    "ASKPCC_SLACK_REVIEW_CHANNEL": "C0PRIVATE",
    "ASKPCC_SLACK_DIGEST_CHANNEL": "C0DIGESTS",
    "ASKPCC_SLACK_PER_MINUTE": "1000",
}
"""Settings under which somebody may do each thing, and nobody asks too much."""

UNHURRIED = Rules(trigger_seconds=HANG)
SLOW_ACK = RetryRule(ack_seconds=HANG)
"""No second counts: how fast a busy machine is, is nothing that a test should depend on."""

_SECONDS_TO_START = 120.0
_SECONDS_TO_END = 90.0


@dataclass(frozen=True, slots=True)
class DataFolder:
    """A folder with ``corpus`` and ``index`` in it."""

    folder: Path

    @property
    def corpus(self) -> Path:
        """Return the folder of documents."""
        return self.folder / "corpus"

    @property
    def index(self) -> Path:
        """Return the folder of the index."""
        return self.folder / "index"

    def write(self, name: str, text: str) -> None:
        """Put a document into the corpus."""
        self.corpus.mkdir(parents=True, exist_ok=True)
        (self.corpus / name).write_text(text, encoding="utf-8")

    def run(self) -> None:
        """Bring the index up to date."""
        settings = read_settings({}, corpus=self.corpus, index=self.index)
        assert not run_index(settings, Notebook(), IndexOptions(allow_shrink=True), 10).failed

    def copy(self, folder: Path) -> "DataFolder":
        """Return a copy that may be changed."""
        shutil.copytree(self.folder, folder)
        return DataFolder(folder)


@dataclass(frozen=True, slots=True)
class SlackBot:
    """A running bot, and the Slack that it talks to."""

    slack: LoopbackSlack
    settings: Settings
    data: DataFolder

    def ask(self, words: str, user: str = "asker", channel: str = "general") -> Message:
        """Mention the bot with a question."""
        return self.slack.say(user, channel, f"{self.slack.mention} {words}")

    def answer(self, words: str, user: str = "asker", channel: str = "general") -> Message:
        """Mention the bot with a question, and return its finished answer."""
        return self.first_reply(self.ask(words, user, channel))

    def eventually(self, holds: Callable[[], object]) -> None:
        """Wait until something holds that is no call of Slack, such as what the ledger has."""
        until = monotonic() + _SECONDS_TO_END
        while not holds():
            assert monotonic() < until, "It did not come to pass."
            sleep(0.01)

    def first_reply(self, message: Message) -> Message:
        """Return the first finished reply to a message."""
        return self.slack.wait_for_replies(message)[0]

    def replies(self, message: Message) -> list[Message]:
        """Return what the bot said in a thread, once nothing is under way any more."""
        self.settle()
        return self.slack.replies_by_bot(message)

    def settle(self) -> None:
        """Wait until everything that was sent to the bot is done.

        A question is in the ledger before the event that brought it is acknowledged, and is closed there
        after its answer was brought.
        """
        self.slack.wait_until_delivered()
        self.eventually(lambda: not self._open_questions())
        self.slack.wait_until_delivered()

    def _open_questions(self) -> int:
        ledger = self.settings.ledger.removeprefix("sqlite:///")
        with closing(sqlite3.connect(ledger)) as connection:
            asked = "SELECT count(*) FROM inquiries WHERE state IN ('waiting', 'working')"
            return int(connection.execute(asked).fetchone()[0])

    def ephemeral(self, user: str, seen: int = 0) -> Message:
        """Return what one person alone was shown after so many messages."""
        return self.slack.wait_for(lambda: self.slack.ephemerals(user)[seen:])[0]


@contextmanager
def run_bot(
    data: DataFolder,
    folder: Path,
    environ: Mapping[str, str] = STAFF,
    workspace: Workspace | None = None,
    ack: RetryRule | None = None,
    watch: WatchOptions = USUAL,
) -> Iterator[SlackBot]:
    """Run a bot on a new ledger below a folder until the end of the block.

    None of its answers is drawn at random for the reviewers, whose queue tests compare.
    """
    with (
        pytest.MonkeyPatch.context() as patch,
        LoopbackSlack(
            workspace=workspace or make_staffed_workspace(), rules=UNHURRIED, ack=ack or SLOW_ACK
        ) as slack,
    ):
        patch.setattr("askpcc.review.verdicts._drawn", lambda _: 1)
        values = {
            "SLACK_BOT_TOKEN": slack.bot_token,
            "SLACK_APP_TOKEN": slack.app_token,
            "SLACK_API_URL": slack.api_url,
            "ASKPCC_LEDGER": f"sqlite:///{folder / 'ledger.sqlite'}",
            "ASKPCC_SLACK_WORKERS": "1",
            **environ,
        }
        settings = read_settings(values, corpus=data.corpus, index=data.index)
        slack.allow_mentions(*settings.slack.admins, *settings.slack.reviewers, "U0ASKER", "U0READER")
        with _running(lambda until: run_slack(settings, until, watch=watch), slack.journal.wake) as failures:
            slack.wait_for(lambda: slack.connections or failures, _SECONDS_TO_START)
            if not failures:
                yield SlackBot(slack, settings, data)


def make_staffed_workspace() -> Workspace:
    """Return the usual workspace with a channel for digests besides."""
    space = make_workspace()
    space.add_channel("digests", members="askpcc asker reader admin")
    return space


@contextmanager
def _running(run: Callable[[Event], None], ended: Callable[[], None]) -> Iterator[list[BaseException]]:
    """Run until the end of the block; yield what it has raised so far, which is raised here at the end."""
    until, failures = Event(), list[BaseException]()

    def work() -> None:
        try:
            run(until)
        except BaseException as exc:  # noqa: BLE001 - raised again in the thread of the test
            failures.append(exc)
        ended()

    thread = Thread(target=work, name="bot", daemon=True)
    thread.start()
    try:
        yield failures
    finally:
        until.set()
        thread.join(_SECONDS_TO_END)
        if failures:
            raise failures[0]
    assert not thread.is_alive(), "The bot did not end."
