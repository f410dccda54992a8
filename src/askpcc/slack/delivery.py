"""Answers are brought to where they were asked, once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from http.client import HTTPException
from threading import Lock
from time import monotonic
from urllib.parse import urlsplit

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.models.messages.chunk import BlocksChunk
from slack_sdk.webhook import WebhookClient

from askpcc.errors import SlackError
from askpcc.library import Library
from askpcc.model import (
    Answer,
    Inquiry,
    InquiryState,
    Post,
    RecordedAnswer,
)
from askpcc.ports import AnswerBook, Journal, WorkList
from askpcc.rendering.logs import EventLog
from askpcc.slack import notices
from askpcc.slack.access import Authorizer
from askpcc.slack.blocks import (
    Block,
    Message,
    Shown,
    weigh,
)
from askpcc.slack.client import (
    SlackMessenger,
    Target,
    answer_block_id,
    answer_metadata,
    in_our_words,
    only_for,
    reason_of,
)
from askpcc.slack.monitoring import Metrics
from askpcc.slack.views.answer import build_answer

_LOG = EventLog("slack.streams")
_LIFETIME = 240.0
"""Seconds after which a stream is given up: Slack ends streams after about five minutes."""

_FEWEST_PIECES = 3
_WORTH_IT = 900
"""Characters below which an answer is read at a glance."""

_CLOSING = {"context", "actions", "context_actions", "divider"}
_A_MINUTE = 15
"""Streams begun a minute: Slack allows some twenty in a workspace (Tier 2), shared by all our processes."""

_RESPONSE_URL_SECONDS = 10

Noted = Callable[[Post], bool]
"""Is told of the message that carries a part of an answer, as soon as it stands there; False where another
worker, to which this one was lost, has brought that part: then the message must go."""


@dataclass(frozen=True, slots=True)
class AnswerDelivery:
    """Brings answers."""

    messenger: SlackMessenger
    book: AnswerBook
    journal: Journal
    presenter: "Presenter"
    streams: "AnswerStreams"
    response_urls: "ResponseUrlClient"

    def deliver(self, inquiry: Inquiry, recorded: RecordedAnswer) -> bool:
        """Bring an answer; what of it has arrived already is not brought again.  Raises SlackError."""
        messages = self.presenter.build(inquiry, recorded)
        if inquiry.private:
            return self._deliver_privately(inquiry, recorded, messages)
        arrived = self._arrived(inquiry, recorded)
        for post, message in zip(arrived, messages, strict=False):
            # The worker that brought it may have died in the middle of a stream.
            self.messenger.change(post, message, recorded.id)
        earlier = self._posts_of_earlier_editions(inquiry)
        for part in range(len(arrived), len(messages)):
            replaced = next(iter(earlier[part : part + 1]), None)
            if not self._bring(inquiry, recorded, messages[part], replaced, part):
                return False
        self._remove_superseded(inquiry)
        return True

    def take_back(self, recorded: RecordedAnswer) -> None:
        """Delete the messages that carry an answer, which somebody stopped while it was brought."""
        for post in self.book.answer(recorded.id).posts:
            if post.ts:  # a message that one person alone sees has none, and cannot be deleted
                self.messenger.remove(post)

    def notify(self, inquiry: Inquiry, words: str) -> None:
        """Say something to the asker alone, in the thread of the question."""
        self._post_privately(inquiry, Message(words, []))

    def share(self, answer: str, person: str) -> str:
        """Post a private answer for all to see, once, and return what to say to the person.

        Raises UnknownAnswer, SlackError.
        """
        recorded = self.book.answer(answer)
        inquiry = self.book.inquiry(recorded.inquiry)
        if inquiry.person != person:
            return notices.NOT_YOUR_ANSWER
        mark = f"shared:{answer}"
        seen = self.journal.mark(mark)
        if seen or not self.journal.move_mark(mark, seen, person):
            return notices.SHARED_BEFORE
        try:
            self._post_shared(inquiry, recorded)
        except SlackError:
            self.journal.move_mark(mark, person, "")
            raise
        return notices.SHARED

    def _deliver_privately(
        self, inquiry: Inquiry, recorded: RecordedAnswer, messages: Sequence[Message]
    ) -> bool:
        """Post to the asker alone.  Slack keeps no record of such messages, so none can be found again."""
        for message in messages[len(recorded.posts) :]:
            self._post_privately(inquiry, message)
            self.book.posted(recorded.id, Post(inquiry.place.channel, ""))
        return True

    def _post_privately(self, inquiry: Inquiry, message: Message) -> None:
        place = inquiry.place
        if not (inquiry.reply_to and self.response_urls.reply(inquiry.reply_to, message)):
            self.messenger.post(only_for(inquiry.person, place.channel, place.thread), message)

    def _arrived(self, inquiry: Inquiry, recorded: RecordedAnswer) -> Sequence[Post]:
        """Return what of an answer has arrived; an earlier worker may have died before it noted that."""
        if inquiry.attempt == 1:
            return recorded.posts
        place = inquiry.place
        for post in self.messenger.find_answer(place.channel, place.thread, recorded.id):
            noted = self.book.answer(recorded.id).posts
            if post not in noted:
                self._note(recorded.id, len(noted), post)
        return self.book.answer(recorded.id).posts

    def _posts_of_earlier_editions(self, inquiry: Inquiry) -> Sequence[Post]:
        given = [answer for answer in self.book.answers_to(inquiry.id) if answer.edition < inquiry.edition]
        return next((answer.posts for answer in reversed(given) if answer.posts), ())

    def _bring(
        self, inquiry: Inquiry, recorded: RecordedAnswer, message: Message, replaced: Post | None, part: int
    ) -> bool:
        """Bring one message; where the question was edited, in the place of what answered it before."""
        noted = partial(self._note, recorded.id, part)
        if replaced is not None and self.messenger.change(replaced, message, recorded.id):
            self.book.posted(recorded.id, replaced, part)
            return True
        if part == 0 and self.streams.stream(inquiry, recorded, message, noted) is not None:
            return True
        target = Target(inquiry.place.channel, inquiry.place.thread)
        post = self.messenger.post(target, message, answer_metadata(recorded.id))
        if post is not None:
            noted(post)
        return post is not None

    def _note(self, answer: str, part: int, post: Post) -> bool:
        """Note that a message carries a part; take it back where another one does already."""
        first = self.book.posted(answer, post, part)
        if not first:
            self.messenger.remove(post)
        return first

    def _remove_superseded(self, inquiry: Inquiry) -> None:
        """Leave the answer to the newest wording alone; another worker may just have brought one of them."""
        brought = [answer.posts for answer in self.book.answers_to(inquiry.id) if answer.posts]
        for post in {post for posts in brought[:-1] for post in posts}:
            if post not in brought[-1]:
                self.messenger.remove(post)

    def _post_shared(self, inquiry: Inquiry, recorded: RecordedAnswer) -> None:
        target = Target(inquiry.place.channel, inquiry.place.thread or None)
        for message in self.presenter.build_shared(inquiry, recorded):
            post = self.messenger.post(target, message, answer_metadata(recorded.id))
            if post is not None:
                self.book.posted(recorded.id, post)
                # Further parts of a long answer go below its first message.
                target = Target(target.channel, target.thread or post.ts)


@dataclass(frozen=True, slots=True)
class Presenter:
    """Shows answers with the age of the index and the dates of the documents."""

    library: Library
    authorizer: Authorizer

    def build(
        self, inquiry: Inquiry, recorded: RecordedAnswer, reviewed: Sequence[str] = ()
    ) -> list[Message]:
        """Return the messages of an answer for the place where it was asked.

        reviewed: what a reviewer said of it, a sentence each.
        """
        in_thread = not inquiry.private and not inquiry.place.channel.startswith("D")
        notes = [notices.AGAIN] if inquiry.edition > 1 else []
        notes += [*self._endorse(recorded.answer), *reviewed]
        shown = self._shown(inquiry.private, tuple(notes), show_share=inquiry.private, show_mute=in_thread)
        return build_answer(recorded, shown)

    def build_shared(self, inquiry: Inquiry, recorded: RecordedAnswer) -> list[Message]:
        """Return the messages of a private answer that its asker shows to everybody."""
        asked = (notices.format_shared_question(inquiry.words), *self._endorse(recorded.answer))
        shown = self._shown(False, asked, show_share=False, show_mute=False, person=inquiry.person)
        return build_answer(recorded, shown)

    def _endorse(self, answer: Answer) -> list[str]:
        endorsed = answer.endorsement
        if endorsed is None:
            return []
        return [
            notices.format_approval(self.authorizer.name_of(endorsed.person), endorsed.at.date().isoformat())
        ]

    def _shown(
        self,
        private: bool,
        notes: tuple[str, ...],
        *,
        show_share: bool,
        show_mute: bool,
        person: str | None = None,
    ) -> Shown:
        return Shown(
            freshness=self.library.freshness(),
            private=private,
            notes=notes,
            show_share=show_share,
            show_mute=show_mute,
            person=person,
            dates=self.library.dates(),
        )


@dataclass(frozen=True, slots=True)
class AnswerStreams:
    """Streams answers that have several statements to read, one statement after the other.

    A stopped one ends in the middle.
    client: without waiting for rate limits, since an answer that cannot be streamed is posted at once.
    """

    client: WebClient
    messenger: SlackMessenger
    work_list: WorkList
    metrics: Metrics
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
            self.messenger.change(post, message, recorded.id)
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
        until = self.clock() + _LIFETIME
        try:
            for piece in pieces:
                if self.clock() > until:
                    return False
                if self.work_list.state(inquiry) is not InquiryState.WORKING:
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
            return self.work_list.state(inquiry) is not InquiryState.WORKING
        self.metrics.posted("stream")
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
    return BlocksChunk(blocks=blocks).to_dict()


@dataclass(frozen=True, slots=True)
class ResponseUrlClient:
    """Posts to response addresses: they are used five times at most, within thirty minutes.

    api_url: where Slack is; addresses of other hosts are refused, since the answer would go there.
    """

    api_url: str
    metrics: Metrics

    def reply(self, address: str, message: Message) -> bool:
        """Post a message that the person alone sees; False where Slack does not take it there any more."""
        if not self._is_slacks(address):
            return False
        for blocks in (message.blocks, []):
            try:
                sent = WebhookClient(address, timeout=_RESPONSE_URL_SECONDS).send(
                    text=message.text,
                    blocks=blocks or None,
                    response_type="ephemeral",
                    replace_original=False,
                    unfurl_links=False,
                    unfurl_media=False,
                )
            except OSError:
                return False
            if sent.status_code == 200:  # noqa: PLR2004 - OK
                self.metrics.posted("response_url")
                return True
        return False

    def _is_slacks(self, address: str) -> bool:
        own, other = urlsplit(self.api_url), urlsplit(address)
        if own.hostname == other.hostname:
            return own.scheme == other.scheme
        known = (other.hostname or "").endswith(".slack.com") and (own.hostname or "").endswith("slack.com")
        return known and other.scheme == "https"
