"""The bot in processes of its own, as people run it, against a loopback Slack that outlives them."""

import os
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from loopback_slack import LoopbackSlack, Message, Workspace, make_workspace
from support.bot_process import ANSWERING, BotProcess, free_port
from support.command_line import ASKPCC
from support.slack_bot import SLOW_ACK, UNHURRIED

PEOPLE = tuple(f"asker{number}" for number in range(40))
CHANNELS = tuple(f"questions-{number}" for number in range(6))
WORKERS = 8
ROOMY = {"ASKPCC_SLACK_PER_MINUTE": "1000", "ASKPCC_SLACK_WORKERS": str(WORKERS)}


def make_busy_workspace() -> Workspace:
    """Return a workspace with many people and channels."""
    space = make_workspace()
    for name in PEOPLE:
        space.add_user(name)
    for name in CHANNELS:
        space.add_channel(name, members=" ".join(["askpcc", *PEOPLE]))
    return space


def make_busy_slack() -> LoopbackSlack:
    """Return a loopback Slack with that workspace, which lets bots take their time."""
    return LoopbackSlack(workspace=make_busy_workspace(), rules=UNHURRIED, ack=SLOW_ACK)


@dataclass
class Deployment:
    """A loopback Slack, a ledger and an index, which several bots share."""

    slack: LoopbackSlack
    index: Path
    folder: Path
    ledger: str = ""
    bots: list[BotProcess] = field(default_factory=list)
    asked: list[Message] = field(default_factory=list)

    def living(self, number: int = 1) -> list[BotProcess]:
        """Return so many bots that take questions; those that are lacking are started."""
        alive = [bot for bot in self.bots if bot.popen.poll() is None]
        alive += [self.start() for _ in range(number - len(alive))]
        return [bot.wait_until_started() for bot in alive]

    def start(self, *options: str, **environ: str) -> BotProcess:
        """Start a bot; ``wait_until_started`` waits for it."""
        log, health = self.folder / f"bot-{len(self.bots)}.log", free_port()
        with log.open("w") as stream:
            popen = subprocess.Popen(  # noqa: S603 - our own program
                [str(ASKPCC), "slack", "--index", str(self.index), *options],
                cwd=self.folder,
                env={**_outside(), **self._own(), "ASKPCC_HEALTH_PORT": str(health), **environ},
                stderr=stream,
                text=True,
            )
        self.bots.append(BotProcess(popen, log, health))
        return self.bots[-1]

    @contextmanager
    def frozen(self, bot: BotProcess) -> Iterator[None]:
        """Let a bot stand still where it has no transaction open: others would wait for its end."""
        bot.freeze()
        try:
            while self._is_locked():
                bot.thaw()
                time.sleep(0.01)
                bot.freeze()
            yield
        finally:
            bot.thaw()

    def _is_locked(self) -> bool:
        with closing(sqlite3.connect(self.folder / "ledger.sqlite", timeout=0, isolation_level=None)) as own:
            try:
                own.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError:
                return True
            own.execute("ROLLBACK")
            return False

    def ask(self, number: int, words: str, *, redeliver: bool = False) -> Message:
        """Ask as one of many people, by turns in channels, in threads and in direct messages."""
        self.asked.append(self._ask(number, words, redeliver=redeliver))
        return self.asked[-1]

    def _ask(self, number: int, words: str, *, redeliver: bool) -> Message:
        who = PEOPLE[number % len(PEOPLE)]
        match number % 3:
            case 0:
                return self.slack.say(who, self.slack.dm(who), words, redeliver=redeliver)
            case 1:
                return self._mention(who, number, words, redeliver=redeliver)
            case _:
                root = self.slack.say(who, CHANNELS[number % len(CHANNELS)], "Good morning, everybody.")
                return self._mention(who, number, words, root.ts, redeliver=redeliver)

    def _mention(
        self, who: str, number: int, words: str, thread: str | None = None, *, redeliver: bool
    ) -> Message:
        typed = f"{self.slack.mention} {words}"
        return self.slack.say(who, CHANNELS[number % len(CHANNELS)], typed, thread, redeliver=redeliver)

    def answers(self, message: Message) -> list[Message]:
        """Return the finished answers to a message."""
        found = self.slack.replies_by_bot(message)
        return [each for each in found if each.metadata and not (each.stream and each.stream.open)]

    def wait_for_answers(self, messages: list[Message], seconds: float = ANSWERING) -> None:
        """Wait until each message has an answer."""
        self.slack.wait_for(lambda: all(map(self.answers, messages)), seconds)

    def assert_answered_once(self, messages: list[Message]) -> None:
        """Assert that each thread has one answer and nothing else of the bot, and channels none at all."""
        said = {message.ts: self.slack.replies_by_bot(message) for message in messages}
        assert {ts: len(replies) for ts, replies in said.items() if len(replies) != 1} == {}
        assert all(reply.metadata for replies in said.values() for reply in replies)
        everywhere = [
            each
            for channel in self.slack.workspace.channels
            for each in self.slack.messages(channel)
            if each.user == self.slack.workspace.bot
        ]
        assert len(everywhere) == len({reply.ts for replies in said.values() for reply in replies})

    def _own(self) -> dict[str, str]:
        slack = self.slack
        return {
            "SLACK_BOT_TOKEN": slack.bot_token,
            "SLACK_APP_TOKEN": slack.app_token,
            "SLACK_SIGNING_SECRET": slack.signing_secret,
            "SLACK_API_URL": slack.api_url,
            "ASKPCC_LEDGER": self.ledger or f"sqlite:///{self.folder / 'ledger.sqlite'}",
            **ROOMY,
        }


@contextmanager
def open_deployment(
    slack: LoopbackSlack, index: Path, folder: Path, ledger: str = ""
) -> Iterator[Deployment]:
    """Open a loopback Slack, and end all bots that were started there."""
    deployment = Deployment(slack, index, folder, ledger)
    with slack:
        try:
            yield deployment
        finally:
            for gate in slack.faults.gates:
                gate.open()
            for bot in deployment.bots:
                bot.thaw()
                bot.kill()


def _outside() -> dict[str, str]:
    ours = ("ASKPCC_", "SLACK_")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}
