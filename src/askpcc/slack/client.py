"""Messages are posted, changed, found and removed through Slack's Web API."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.models.metadata import Metadata

from askpcc.errors import SlackError, SlackUnavailable
from askpcc.model import Post
from askpcc.slack.blocks import Message

ANSWER_EVENT = "askpcc_answer"
"""Name of the metadata that tells our own answers in a thread apart."""

_BLOCK = f"{ANSWER_EVENT}:"

_NOT_NOW = {"ratelimited", "internal_error", "fatal_error", "service_unavailable", "request_timeout"}
_BROKEN = 500
_REFUSES_BLOCKS = {"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "msg_too_long"}
_MESSAGE_IS_GONE = {"message_not_found", "cant_update_message", "edit_window_closed"}
_IS_STREAMING, _NOT_STREAMING = "streaming_state_conflict", "message_not_in_streaming_state"
_MOST_REPLIES = 200
"""Of one page."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where messages go.  thread: None for the conversation itself.  person: only they see it."""

    channel: str
    thread: str | None = None
    person: str | None = None


def only_for(person: str, channel: str, thread: str) -> Target:
    """Return where one person alone reads something: a direct message needs nothing more than its thread."""
    return Target(channel, thread or None, None if channel.startswith("D") else person)


def answer_metadata(answer: str) -> dict[str, Any]:
    """Return the metadata by which a message of ours is known to carry an answer."""
    return Metadata(ANSWER_EVENT, {"answer": answer}).to_dict()


def answer_block_id(answer: str) -> str:
    """Return the id of the first block of a stream: Slack takes a stream's metadata at its end only."""
    return f"{_BLOCK}{answer}"


def answer_of(message: Mapping[str, Any]) -> str | None:
    """Return the id of the answer that a message carries; None for other messages."""
    metadata = message.get("metadata") or {}
    if metadata.get("event_type") == ANSWER_EVENT:
        return str((metadata.get("event_payload") or {}).get("answer"))
    ids = [str(block.get("block_id", "")) for block in message.get("blocks") or ()]
    return next((id_.removeprefix(_BLOCK) for id_ in ids if id_.startswith(_BLOCK)), None)


def reason_of(exc: SlackApiError) -> str:
    """Return Slack's word for why it refused."""
    data = exc.response if isinstance(exc.response, dict) else getattr(exc.response, "data", {})
    return str(data.get("error", "")) if isinstance(data, dict) else ""


def kind_of(exc: SlackApiError) -> type[SlackError]:
    """Return what kind of refusal it is: for now, or for good."""
    broken = getattr(exc.response, "status_code", 0) >= _BROKEN
    return SlackUnavailable if broken or reason_of(exc) in _NOT_NOW else SlackError


def to_slack_error(exc: SlackApiError) -> SlackError:
    """Return a refusal of Slack's in our words, without what was sent."""
    reason = reason_of(exc) or "no reason given"
    return kind_of(exc)(f"Slack refused the call: {reason}. Run: askpcc doctor")


@contextmanager
def in_our_words() -> Iterator[None]:
    """Let what the SDK raises come out as a SlackError, and what is broken on the way as SlackUnavailable."""
    try:
        yield
    except SlackApiError as exc:
        raise to_slack_error(exc) from exc
    except (SlackClientError, HTTPException, OSError) as exc:
        raise SlackUnavailable(f"Slack cannot be reached at the moment ({type(exc).__name__}).") from exc


@dataclass(frozen=True, slots=True)
class SlackMessenger:
    """Posts, changes and finds messages of ours.  posted: counts by which way a message went."""

    client: WebClient
    posted: Callable[[str], None]

    def post(
        self, target: Target, message: Message, metadata: Mapping[str, Any] | None = None
    ) -> Post | None:
        """Post a message, without its blocks where Slack refuses them; None where its thread is gone.

        Raises SlackError; SlackUnavailable also where it may have been posted all the same.
        """
        with in_our_words():
            try:
                return self._post(target, message, metadata, blocks=True)
            except SlackApiError as exc:
                if reason_of(exc) not in _REFUSES_BLOCKS:
                    raise
            return self._post(target, message, metadata, blocks=False)

    def _post(
        self, target: Target, message: Message, metadata: Mapping[str, Any] | None, *, blocks: bool
    ) -> Post | None:
        content: dict[str, Any] = {"text": message.text, "thread_ts": target.thread}
        if blocks and message.blocks:
            content["blocks"] = message.blocks
        if target.person is not None:
            sent = self.client.chat_postEphemeral(channel=target.channel, user=target.person, **content)
            self.posted("ephemeral")
            return Post(target.channel, str(sent["message_ts"]))
        sent = self.client.chat_postMessage(
            channel=target.channel,
            unfurl_links=False,
            unfurl_media=False,
            metadata=dict(metadata) if metadata else None,
            **content,
        )
        post = Post(str(sent["channel"]), str(sent["ts"]))
        self.posted("post" if blocks else "plain")
        return post if self._stands_in_its_thread(target, sent.get("message"), post) else None

    def _stands_in_its_thread(self, target: Target, message: Any, post: Post) -> bool:  # noqa: ANN401 - JSON of Slack's
        """Take a reply back that Slack put into the channel, since the thread's first message is gone."""
        if target.thread is None or (isinstance(message, dict) and message.get("thread_ts") == target.thread):
            return True
        self.client.chat_delete(channel=post.channel, ts=post.ts)
        return False

    def change(self, post: Post, message: Message, answer: str | None = None) -> bool:
        """Give a message of ours other content; tells whether it was still there.

        answer: the id of the answer that it carries then.  Raises SlackError.
        """
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
                    self.posted("update")
                    return True
        return False

    def _change(self, post: Post, text: str, blocks: Sequence[Any], answer: str | None) -> None:
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
        try:
            self.client.chat_stopStream(channel=post.channel, ts=post.ts)
        except SlackApiError as exc:
            if reason_of(exc) != _NOT_STREAMING:
                raise

    def remove(self, post: Post) -> None:
        """Delete a message of ours; one that is gone already is no failure.  Raises SlackError."""
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

    def open_conversation(self, person: str) -> str:
        """Return the channel of a person's conversation with the bot; raises SlackError."""
        with in_our_words():
            return str(self.client.conversations_open(users=person)["channel"]["id"])
