"""What people see while their question is worked on: a status, and Slack's own stop button."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from askpcc.errors import AskpccError
from askpcc.model import Inquiry
from askpcc.rendering.logs import EventLog
from askpcc.surfaces.slack.refusals import reason_of

if TYPE_CHECKING:
    from slack_sdk import WebClient

_LOG = EventLog("slack.status")
_THREADS = 4
_LONGEST_TITLE = 60
_NEVER_HERE = {
    "unknown_method",
    "missing_scope",
    "not_allowed_token_type",
    "feature_not_enabled",
    "access_denied",
}


@dataclass(frozen=True, slots=True)
class SignsOfLife:
    """Shows that a question is being worked on, in threads of its own.

    It is no part of an answer: where Slack refuses it, that is logged and the answer comes all the same.
    client: without waiting for rate limits, since a status that comes late is of no use.
    lines: what is shown in turn while it lasts.  is_open: whether an answer is still to come.
    give_way: waits while something else is more urgent.
    """

    client: "WebClient"
    lines: Callable[[], Sequence[str]]
    is_open: Callable[[Inquiry], bool]
    give_way: Callable[[], None]
    refused: set[str] = field(default_factory=set)
    threads: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(_THREADS, thread_name_prefix="signs")
    )

    def begin(self, inquiry: Inquiry, words: str) -> None:
        """Show soon that a question arrived, in words, and in a conversation with the bot a stop button."""
        if not inquiry.private and inquiry.place.thread:
            self.threads.submit(self._begin, inquiry, words)

    def _begin(self, inquiry: Inquiry, words: str) -> None:
        self.give_way()
        try:
            if self.is_open(inquiry):
                self._show(inquiry, words)
                if not self.is_open(inquiry):
                    # The answer overtook the status, which would stay.
                    self.clear(inquiry)
        except AskpccError as exc:
            _LOG.failure("status_failed", exc, inquiry=inquiry.id)

    def _show(self, inquiry: Inquiry, words: str) -> None:
        place = inquiry.place
        if place.channel.startswith("D"):
            self._try(
                "agents_sessions_setStatus",
                channel_id=place.channel,
                thread_ts=place.thread,
                status="processing",
                title=inquiry.words[:_LONGEST_TITLE],
                initiator_user_id=inquiry.person,
            )
        self._try(
            "assistant_threads_setStatus",
            channel_id=place.channel,
            thread_ts=place.thread,
            status=words,
            loading_messages=list(self.lines()),
        )

    def wipe(self, inquiry: Inquiry) -> None:
        """Take away soon a status that came after the answer.

        Another process may have shown it between the moment when the answer stood there and the moment when
        that could be seen in the ledger, since which none is shown.
        """
        if not inquiry.private and inquiry.place.thread:
            self.threads.submit(self._wipe, inquiry)

    def _wipe(self, inquiry: Inquiry) -> None:
        self._try(
            "assistant_threads_setStatus",
            channel_id=inquiry.place.channel,
            thread_ts=inquiry.place.thread,
            status="",
        )

    def end(self, inquiry: Inquiry) -> None:
        """Show that nothing goes on any more; the status itself goes with the answer."""
        place = inquiry.place
        if inquiry.private or not place.channel.startswith("D") or not place.thread:
            return
        self._try(
            "agents_sessions_setStatus", channel_id=place.channel, thread_ts=place.thread, status="active"
        )

    def clear(self, inquiry: Inquiry) -> None:
        """Take the status away where no answer follows."""
        self.end(inquiry)
        if not inquiry.private and inquiry.place.thread:
            self._wipe(inquiry)

    def _try(self, method: str, **arguments: object) -> None:
        from slack_sdk.errors import SlackApiError

        if method in self.refused:
            return
        try:
            getattr(self.client, method)(**arguments)
        except (SlackApiError, OSError) as exc:
            reason = reason_of(exc) if isinstance(exc, SlackApiError) else type(exc).__name__
            if reason in _NEVER_HERE:
                self.refused.add(method)
            _LOG.event("status_not_shown", reason=reason, method=method)
