"""Re-indexing that somebody started in Slack: progress and a report for them, an audit line for all."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock, Thread
from time import monotonic
from typing import TYPE_CHECKING

from askpcc.errors import AskpccError, SlackError
from askpcc.indexing.indexer import Watcher
from askpcc.indexing.report import IndexReport
from askpcc.model import Act, Post
from askpcc.ports import Journal
from askpcc.rendering.logs import EventLog
from askpcc.surfaces.slack import notices
from askpcc.surfaces.slack.answers.messages import Message
from askpcc.surfaces.slack.controls import say
from askpcc.surfaces.slack.gate import Gate
from askpcc.surfaces.slack.posting import Postbox, Spot
from askpcc.surfaces.slack.refusals import told
from askpcc.surfaces.slack.reindex_report import (
    NOT_ADMIN,
    STARTED,
    build_report,
    refuse_reindex,
    say_progress,
)

if TYPE_CHECKING:
    from slack_sdk import WebClient

_LOG = EventLog("slack.reindex")
_SHOWN_EVERY = 3.0
"""Seconds between two changes of the progress message: Slack takes some fifty a minute of all of ours."""


@dataclass(frozen=True, slots=True)
class Reindexing:
    """Brings the index up to date for admins, one run at a time in this process.

    run: brings the index up to date.  announce: what is done after a run.
    """

    client: "WebClient"
    gate: Gate
    postbox: Postbox
    journal: Journal
    run: Callable[[Watcher], IndexReport]
    announce: Callable[[], None]
    now: Callable[[], datetime]
    new_id: Callable[[], str]
    busy: Lock = field(default_factory=Lock)

    def start(self, person: str) -> str:
        """Begin a run for a person, who hears of it in a direct message; return what to say at once."""
        if not self.gate.may_reindex(person):
            self._note(person, "refused")
            return NOT_ADMIN
        if not self.busy.acquire(blocking=False):
            return notices.REINDEX_BUSY
        Thread(target=self._work, args=(person,), name="reindex", daemon=True).start()
        return notices.REINDEX_STARTED

    def running(self) -> bool:
        """Tell whether a run of this process is under way."""
        return self.busy.locked()

    def _work(self, person: str) -> None:
        try:
            self.run_for(person, open_conversation(self.client, person))
        except SlackError as exc:
            _LOG.failure("reindex_not_told", exc)
        finally:
            self.busy.release()

    def run_for(self, person: str, channel: str) -> None:
        """Bring the index up to date, showing progress and the report in a conversation.

        Raises SlackError where that cannot be shown; the run is done all the same.
        """
        progress = ProgressMessage(self.postbox, self.postbox.post(Spot(channel), say(STARTED)))
        try:
            report = self.run(progress)
        except Exception as exc:  # noqa: BLE001 - whoever asked is told of every failure
            reference = self.new_id()
            _LOG.failure("reindex_failed", exc, reference=reference)
            self._note(person, "failed")
            failure = exc if isinstance(exc, AskpccError) else AskpccError()
            progress.end([refuse_reindex(failure, reference)])
            return
        self._note(person, _sum_up(report), report.index_version)
        self.announce()
        progress.end(build_report(report, person))

    def _note(self, person: str, result: str, index_version: str = "") -> None:
        about = f"index {index_version}" if index_version else "index"
        self.journal.note(Act(person, "reindex", about, self.now(), result))


class ProgressMessage:
    """A message that shows how a run goes on, and then how it ended."""

    def __init__(self, postbox: Postbox, post: Post | None) -> None:
        self._postbox = postbox
        self._post = post
        self._shown = monotonic()

    def step(self, done: int, total: int, what: str) -> None:
        """Show how far reading is, not too often; what Slack refuses of it is left out."""
        if self._post is None or monotonic() - self._shown < _SHOWN_EVERY:
            return
        self._shown = monotonic()
        try:
            self._postbox.change(self._post, say(say_progress(done, total, what)))
        except SlackError as exc:
            _LOG.failure("progress_not_shown", exc)

    def tell(self, sentence: str) -> None:
        """Leave out what a terminal is told: it may name folders of the server."""

    def end(self, messages: Sequence[Message]) -> None:
        """Show how it ended, in the place of the progress and below it."""
        if self._post is None:
            return
        self._postbox.change(self._post, messages[0])
        for message in messages[1:]:
            self._postbox.post(Spot(self._post.channel, self._post.ts), message)


def open_conversation(client: "WebClient", person: str) -> str:
    """Return the channel of a person's conversation with the bot; raises SlackError."""
    from slack_sdk.errors import SlackApiError

    try:
        return str(client.conversations_open(users=person)["channel"]["id"])
    except SlackApiError as exc:
        raise told(exc) from exc


def _sum_up(report: IndexReport) -> str:
    counts = {"added": report.added, "changed": report.changed, "removed": report.removed}
    return (
        ", ".join(f"{len(paths)} {what}" for what, paths in counts.items()) + f", {len(report.failed)} failed"
    )
