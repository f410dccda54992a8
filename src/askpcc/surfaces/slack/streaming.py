"""Answers that appear bit by bit, where that is worth it, with a way out at every step.

What is streamed are the blocks of the message itself, so that nothing is written in a second way.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from http.client import HTTPException
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING

from askpcc.model import Inquiry, InquiryState, Post, RecordedAnswer
from askpcc.rendering.logs import EventLog
from askpcc.surfaces.slack.answers.blocks import weigh
from askpcc.surfaces.slack.answers.messages import Block, Message
from askpcc.surfaces.slack.courier import Noted
from askpcc.surfaces.slack.marking import answer_block_id, answer_metadata
from askpcc.surfaces.slack.posting import Postbox
from askpcc.surfaces.slack.refusals import in_our_words, reason_of

if TYPE_CHECKING:
    from slack_sdk import WebClient

_LOG = EventLog("slack.streams")
_LIFETIME = 240.0
"""Seconds after which a stream is given up: Slack ends streams after about five minutes."""

_FEWEST_PIECES = 3
_WORTH_IT = 900
"""Characters below which an answer is read at a glance."""

_CLOSING = {"context", "actions", "context_actions", "divider"}
_A_MINUTE = 15
"""Streams begun a minute: Slack allows some twenty in a workspace (Tier 2), shared by all our processes."""


@dataclass(frozen=True, slots=True)
class AnswerStreams:
    """Streams answers that have several statements to read, one statement after the other.

    client: without waiting for rate limits, since an answer that cannot be streamed is posted at once.
    state: of an inquiry, so that a stopped one ends in the middle.
    """

    client: "WebClient"
    postbox: Postbox
    state: Callable[[Inquiry], InquiryState]
    heard: Callable[[str], None]
    clock: Callable[[], float] = monotonic
    begun: list[float] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)

    def stream(
        self, inquiry: Inquiry, recorded: RecordedAnswer, message: Message, noted: Noted
    ) -> Post | None:
        """Stream an answer; None where it is not worth it or Slack does not begin.

        What was begun is completed, as a whole message if the stream breaks off.
        """
        pieces, closing = cut_up(message)
        if len(pieces) < _FEWEST_PIECES or not self._may_begin():
            return None
        post = self._begin(inquiry, recorded, pieces[0])
        if post is None or not noted(post):
            return post
        if not self._go_on(inquiry, recorded, post, pieces[1:], closing):
            self.postbox.change(post, message, recorded.id)
        return post

    def _may_begin(self) -> bool:
        now = self.clock()
        with self.lock:
            self.begun[:] = [at for at in self.begun if now - at < 60]  # noqa: PLR2004 - a minute
            if len(self.begun) >= _A_MINUTE:
                return False
            self.begun.append(now)
            return True

    def _begin(self, inquiry: Inquiry, recorded: RecordedAnswer, piece: Sequence[Block]) -> Post | None:
        """Begin; None where Slack refuses that.  Raises SlackUnavailable where it may have begun."""
        from slack_sdk.errors import SlackApiError

        place = inquiry.place
        marked = [{**piece[0], "block_id": answer_block_id(recorded.id)}, *piece[1:]]
        with in_our_words():
            try:
                begun = self.client.chat_startStream(
                    channel=place.channel,
                    thread_ts=place.thread,
                    chunks=[_chunk(marked)],
                    recipient_team_id=place.team,
                    recipient_user_id=inquiry.person,
                )
            except SlackApiError as exc:
                _LOG.event("not_streamed", inquiry=inquiry.id, reason=reason_of(exc))
                return None
        return Post(place.channel, str(begun["ts"]))

    def _go_on(
        self,
        inquiry: Inquiry,
        recorded: RecordedAnswer,
        post: Post,
        pieces: Sequence[Sequence[Block]],
        closing: Sequence[Block],
    ) -> bool:
        """Send the rest; False where the message must be completed in another way.

        What nobody wants any more ends where it is.
        """
        from slack_sdk.errors import SlackApiError, SlackClientError

        until = self.clock() + _LIFETIME
        try:
            for piece in pieces:
                if self.clock() > until:
                    return False
                if self.state(inquiry) is not InquiryState.WORKING:
                    break
                self.client.chat_appendStream(channel=post.channel, ts=post.ts, chunks=[_chunk(piece)])
            self.client.chat_stopStream(
                channel=post.channel,
                ts=post.ts,
                blocks=list(closing),
                metadata=answer_metadata(recorded.id),
            )
        except (SlackClientError, HTTPException, OSError) as exc:
            reason = reason_of(exc) if isinstance(exc, SlackApiError) else type(exc).__name__
            _LOG.event("stream_broke_off", inquiry=inquiry.id, reason=reason)
            return self.state(inquiry) is not InquiryState.WORKING
        self.heard("stream")
        return True


def cut_up(message: Message) -> tuple[list[list[Block]], list[Block]]:
    """Return the pieces of a message that appear one after the other, and what closes it.

    No pieces for a message with a table, or one that is read at a glance.
    """
    blocks = message.blocks
    end = next((n for n, block in enumerate(blocks) if block["type"] in _CLOSING), len(blocks))
    body = blocks[:end]
    if any(block["type"] == "table" for block in body) or sum(map(weigh, body)) < _WORTH_IT:
        return [], blocks
    pieces: list[list[Block]] = []
    for block in body:
        # A quotation goes with the words that lead to it, if there are any.
        if not pieces or block["type"] == "section" or pieces[-1][-1]["type"] != "section":
            pieces.append([])
        pieces[-1].append(block)
    return pieces, blocks[end:]


def _chunk(blocks: Sequence[Block]) -> Block:
    return {"type": "blocks", "blocks": list(blocks)}
