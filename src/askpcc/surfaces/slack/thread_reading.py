"""What people wrote in a thread before a message."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from askpcc.surfaces.slack.refusals import told
from askpcc.surfaces.slack.typed_words import question_words

if TYPE_CHECKING:
    from slack_sdk import WebClient

_READ = 200
"""Messages read of a thread, counted from its beginning: one page of Slack's."""

_REMEMBERED = 3
_LONGEST = 500


@dataclass(frozen=True, slots=True)
class ThreadReader:
    """Reads threads that the bot is in.  Raises SlackError."""

    client: "WebClient"
    bot_user: str

    def speakers(self, channel: str, thread: str, before: str) -> list[str]:
        """Return who wrote the messages of a thread before one, oldest first; the bot by its user id."""
        return [str(message.get("user", "")) for message in self._messages(channel, thread, before)]

    def earlier_words(self, channel: str, thread: str, before: str) -> list[str]:
        """Return the last words that people wrote in a thread before a message, oldest first."""
        messages = self._messages(channel, thread, before)
        people = [message for message in messages if not message.get("bot_id")]
        typed = [question_words(str(message.get("text", ""))) for message in people]
        return [text[:_LONGEST] for text in typed if text][-_REMEMBERED:]

    def _messages(self, channel: str, thread: str, before: str) -> Sequence[dict[str, Any]]:
        from slack_sdk.errors import SlackApiError

        try:
            found = self.client.conversations_replies(
                channel=channel, ts=thread, latest=before, inclusive=False, limit=_READ
            )
        except SlackApiError as exc:
            raise told(exc) from exc
        return [message for message in found.get("messages") or () if _time(message) < float(before)]


def _time(message: dict[str, Any]) -> float:
    return float(str(message.get("ts", "0")) or 0)
