"""Messages on their way to Slack: what each call needs, and what is tried when Slack refuses one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from askpcc.model import Post
from askpcc.surfaces.slack.answers.messages import Message
from askpcc.surfaces.slack.marking import answer_metadata, answer_of
from askpcc.surfaces.slack.refusals import in_our_words, reason_of

if TYPE_CHECKING:
    from slack_sdk import WebClient

_REFUSES_BLOCKS = {"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "msg_too_long"}
_MESSAGE_IS_GONE = {"message_not_found", "cant_update_message", "edit_window_closed"}
_IS_STREAMING, _NOT_STREAMING = "streaming_state_conflict", "message_not_in_streaming_state"
_MOST_REPLIES = 200
"""Of one page."""


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

        Raises SlackError; SlackUnavailable also where it may have been posted all the same.
        """
        from slack_sdk.errors import SlackApiError

        with in_our_words():
            try:
                return self._post(spot, message, metadata, blocks=True)
            except SlackApiError as exc:
                if reason_of(exc) not in _REFUSES_BLOCKS:
                    raise
            return self._post(spot, message, metadata, blocks=False)

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

    def change(self, post: Post, message: Message, answer: str | None = None) -> bool:
        """Give a message of ours other content; tells whether it was still there.

        answer: the id of the answer that it carries then.  Raises SlackError.
        """
        from slack_sdk.errors import SlackApiError

        with in_our_words():
            for blocks in (message.blocks, []):
                try:
                    self._change(post, message.text, blocks, answer)
                except SlackApiError as exc:
                    if reason_of(exc) in _MESSAGE_IS_GONE:
                        return False
                    if reason_of(exc) not in _REFUSES_BLOCKS:
                        raise
                else:
                    self.heard("update")
                    return True
        return False

    def _change(self, post: Post, text: str, blocks: Sequence[Any], answer: str | None) -> None:
        from slack_sdk.errors import SlackApiError

        content: dict[str, Any] = {"text": text, "blocks": blocks}
        content["metadata"] = answer_metadata(answer) if answer else None
        try:
            self.client.chat_update(channel=post.channel, ts=post.ts, **content)
        except SlackApiError as exc:
            if reason_of(exc) != _IS_STREAMING:
                raise
            self._end_stream(post)
            self.client.chat_update(channel=post.channel, ts=post.ts, **content)

    def _end_stream(self, post: Post) -> None:
        """End the stream of a worker that died in the middle: Slack changes no message that is streamed."""
        from slack_sdk.errors import SlackApiError

        try:
            self.client.chat_stopStream(channel=post.channel, ts=post.ts)
        except SlackApiError as exc:
            if reason_of(exc) != _NOT_STREAMING:
                raise

    def remove(self, post: Post) -> None:
        """Delete a message of ours; one that is gone already is no failure.  Raises SlackError."""
        from slack_sdk.errors import SlackApiError

        with in_our_words():
            try:
                self.client.chat_delete(channel=post.channel, ts=post.ts)
            except SlackApiError as exc:
                if reason_of(exc) != "message_not_found":
                    raise

    def find_answer(self, channel: str, thread: str, answer: str) -> list[Post]:
        """Find the messages of an answer that reached a thread, by their marks, in their order.

        Raises SlackError.
        """
        found = list[Post]()
        with in_our_words():
            for page in self.client.conversations_replies(
                channel=channel, ts=thread, limit=_MOST_REPLIES, include_all_metadata=True
            ):
                messages = page.get("messages") or ()
                found += [Post(channel, str(each["ts"])) for each in messages if answer_of(each) == answer]
        return found
