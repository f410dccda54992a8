"""Messages on their way to Slack: what each call needs, and what is tried when Slack refuses one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from askpcc.errors import SlackError
from askpcc.model import Post
from askpcc.surfaces.slack.answers.messages import Message

if TYPE_CHECKING:
    from slack_sdk import WebClient
    from slack_sdk.errors import SlackApiError

ANSWER_EVENT = "askpcc_answer"
"""Name of the metadata that tells our own answers in a thread apart."""

_REFUSES_BLOCKS = {"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "msg_too_long"}
_MESSAGE_IS_GONE = {"message_not_found", "cant_update_message", "edit_window_closed"}
_MOST_REPLIES = 200


@dataclass(frozen=True, slots=True)
class Spot:
    """Where messages go.  thread: None for the conversation itself.  person: only they see it."""

    channel: str
    thread: str | None = None
    person: str | None = None


def only_for(person: str, channel: str, thread: str) -> Spot:
    """Return where one person alone reads something: a direct message needs nothing more than its thread."""
    return Spot(channel, thread or None, None if channel.startswith("D") else person)


@dataclass(frozen=True, slots=True)
class Postbox:
    """Posts, changes and finds messages of ours.  heard: is told by which way a message went."""

    client: "WebClient"
    heard: Callable[[str], None]

    def post(self, spot: Spot, message: Message, metadata: Mapping[str, Any] | None = None) -> Post | None:
        """Post a message, without its blocks where Slack refuses them; None where its thread is gone.

        Raises SlackError.
        """
        from slack_sdk.errors import SlackApiError

        try:
            return self._post(spot, message, metadata, blocks=True)
        except SlackApiError as exc:
            if reason_of(exc) not in _REFUSES_BLOCKS:
                raise told(exc) from exc
        return self._plainly(spot, message, metadata)

    def _plainly(self, spot: Spot, message: Message, metadata: Mapping[str, Any] | None) -> Post | None:
        from slack_sdk.errors import SlackApiError

        try:
            return self._post(spot, message, metadata, blocks=False)
        except SlackApiError as exc:
            raise told(exc) from exc

    def _post(
        self, spot: Spot, message: Message, metadata: Mapping[str, Any] | None, *, blocks: bool
    ) -> Post | None:
        content: dict[str, Any] = {"text": message.text, "thread_ts": spot.thread}
        if blocks and message.blocks:
            content["blocks"] = message.blocks
        if spot.person is not None:
            sent = self.client.chat_postEphemeral(channel=spot.channel, user=spot.person, **content)
            self.heard("ephemeral")
            return Post(spot.channel, str(sent["message_ts"]))
        sent = self.client.chat_postMessage(
            channel=spot.channel,
            unfurl_links=False,
            unfurl_media=False,
            metadata=dict(metadata) if metadata else None,
            **content,
        )
        post = Post(str(sent["channel"]), str(sent["ts"]))
        self.heard("post" if blocks else "plain")
        return post if self._stands_in_its_thread(spot, sent.get("message"), post) else None

    def _stands_in_its_thread(self, spot: Spot, message: Any, post: Post) -> bool:  # noqa: ANN401 - JSON of Slack's
        """Take a reply back that Slack put into the channel, since the thread's first message is gone."""
        if spot.thread is None or (isinstance(message, dict) and message.get("thread_ts") == spot.thread):
            return True
        self.client.chat_delete(channel=post.channel, ts=post.ts)
        return False

    def change(self, post: Post, message: Message) -> bool:
        """Give a message of ours other content; tells whether it was still there."""
        from slack_sdk.errors import SlackApiError

        for blocks in (message.blocks, []):
            try:
                self.client.chat_update(channel=post.channel, ts=post.ts, text=message.text, blocks=blocks)
            except SlackApiError as exc:
                if reason_of(exc) in _MESSAGE_IS_GONE:
                    return False
                if reason_of(exc) not in _REFUSES_BLOCKS:
                    raise told(exc) from exc
            else:
                self.heard("update")
                return True
        return False

    def remove(self, post: Post) -> None:
        """Delete a message of ours; one that is gone already is no failure."""
        from slack_sdk.errors import SlackApiError

        try:
            self.client.chat_delete(channel=post.channel, ts=post.ts)
        except SlackApiError as exc:
            if reason_of(exc) != "message_not_found":
                raise told(exc) from exc

    def find_answer(self, channel: str, thread: str, answer: str) -> list[Post]:
        """Find the messages of an answer that reached a thread, by their metadata, in their order."""
        from slack_sdk.errors import SlackApiError

        try:
            found = self.client.conversations_replies(
                channel=channel, ts=thread, limit=_MOST_REPLIES, include_all_metadata=True
            )
        except SlackApiError as exc:
            raise told(exc) from exc
        return [
            Post(channel, str(message["ts"]))
            for message in found.get("messages") or ()
            if _answer_of(message) == answer
        ]


def answer_metadata(answer: str) -> dict[str, Any]:
    """Return the metadata by which a message of ours is known to carry an answer."""
    return {"event_type": ANSWER_EVENT, "event_payload": {"answer": answer}}


def _answer_of(message: Mapping[str, Any]) -> str | None:
    metadata = message.get("metadata") or {}
    if metadata.get("event_type") != ANSWER_EVENT:
        return None
    return str((metadata.get("event_payload") or {}).get("answer"))


def reason_of(exc: "SlackApiError") -> str:
    """Return Slack's word for why it refused."""
    data = exc.response if isinstance(exc.response, dict) else getattr(exc.response, "data", {})
    return str(data.get("error", "")) if isinstance(data, dict) else ""


def told(exc: "SlackApiError") -> SlackError:
    """Return a refusal of Slack's in our words, without what was sent."""
    return SlackError(f"Slack refused the call: {reason_of(exc) or 'no reason given'}. Run: askpcc doctor")


def join_texts(messages: Sequence[Message]) -> str:
    """Return the words of several messages as one text."""
    return "\n\n".join(message.text for message in messages)
