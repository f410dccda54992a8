"""What people wrote in a thread before a message."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from askpcc.surfaces.slack.refusals import told
from askpcc.surfaces.slack.shapes import is_timestamp
from askpcc.surfaces.slack.typed_words import question_words

if TYPE_CHECKING:
    from slack_sdk import WebClient

_READ = 200
"""Messages read of a thread, counted from its beginning: one page of Slack's."""

_REMEMBERED = 3
_LONGEST = 500


@dataclass(frozen=True, slots=True)
class ThreadReader:
    """Reads threads that the bot is in.  Raises SlackError.

    before: the name of a message; all of a thread comes before what is none, such as the name of a form.
    """

    client: "WebClient"

    def speakers(self, channel: str, thread: str, before: str) -> list[str]:
        """Return who wrote the messages of a thread before one, oldest first; the bot by its user id."""
        return [str(message.get("user", "")) for message in self._messages(channel, thread, before)]

    def earlier_words(self, channel: str, thread: str, before: str) -> list[str]:
        """Return the last words that people wrote in a thread before a message, oldest first."""
        messages = self._messages(channel, thread, before)
        people = [message for message in messages if not message.get("bot_id") and not _is_gone(message)]
        typed = [question_words(str(message.get("text", ""))) for message in people]
        return [text[:_LONGEST] for text in typed if text][-_REMEMBERED:]

    def _messages(self, channel: str, thread: str, before: str) -> Sequence[dict[str, Any]]:
        from slack_sdk.errors import SlackApiError

        latest: dict[str, Any] = {"latest": before, "inclusive": False} if is_timestamp(before) else {}
        try:
            found = self.client.conversations_replies(channel=channel, ts=thread, limit=_READ, **latest)
        except SlackApiError as exc:
            raise told(exc) from exc
        messages: list[dict[str, Any]] = found.get("messages") or []
        return [message for message in messages if not latest or _time(message) < float(before)]


def _is_gone(message: dict[str, Any]) -> bool:
    """Tell whether a message was deleted and only keeps its thread together."""
    return message.get("subtype") == "tombstone"


def _time(message: dict[str, Any]) -> float:
    return float(str(message.get("ts", "0")) or 0)
