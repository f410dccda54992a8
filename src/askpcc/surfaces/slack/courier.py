"""Brings an answer to where it was asked, once, by the best way that Slack allows at the moment."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from askpcc.model import Inquiry, Post, RecordedAnswer
from askpcc.ports import AnswerBook
from askpcc.surfaces.slack.answers.messages import Message
from askpcc.surfaces.slack.marking import answer_metadata
from askpcc.surfaces.slack.posting import Postbox, Spot, only_for

Noted = Callable[[Post], bool]
"""Is told of the message that carries a part of an answer, as soon as it stands there; False where another
worker, to which this one was lost, has brought that part: then the message must go."""


class Streams(Protocol):
    """Brings an answer bit by bit."""

    def stream(
        self, inquiry: Inquiry, recorded: RecordedAnswer, message: Message, noted: Noted
    ) -> Post | None:
        """Bring the first message of an answer; None where it is not worth it, or was not possible."""


@dataclass(frozen=True, slots=True)
class Courier:
    """Brings answers.

    build: an answer's messages, in their order, for an inquiry.
    reply: posts to the address for a private answer; False where Slack does not take it there any more.
    """

    postbox: Postbox
    book: AnswerBook
    build: Callable[[Inquiry, RecordedAnswer], Sequence[Message]]
    streams: Streams
    reply: Callable[[str, Message], bool]

    def deliver(self, inquiry: Inquiry, recorded: RecordedAnswer) -> bool:
        """Bring an answer; what of it has arrived already is not brought again.  Raises SlackError."""
        messages = self.build(inquiry, recorded)
        if inquiry.private:
            return self._deliver_privately(inquiry, recorded, messages)
        arrived = self._arrived(inquiry, recorded)
        for post, message in zip(arrived, messages, strict=False):
            # The worker that brought it may have died in the middle of a stream.
            self.postbox.change(post, message, recorded.id)
        earlier = self._posts_of_earlier_editions(inquiry)
        for part in range(len(arrived), len(messages)):
            replaced = next(iter(earlier[part : part + 1]), None)
            if not self._bring(inquiry, recorded, messages[part], replaced, part):
                return False
        self._remove_what_is_superseded(inquiry)
        return True

    def take_back(self, recorded: RecordedAnswer) -> None:
        """Delete the messages that carry an answer, which somebody stopped while it was brought."""
        for post in self.book.answer(recorded.id).posts:
            if post.ts:  # a message that one person alone sees has none, and cannot be deleted
                self.postbox.remove(post)

    def tell(self, inquiry: Inquiry, words: str) -> None:
        """Say something to the asker alone, in the thread of the question."""
        message = Message(words, [])
        if inquiry.reply_to and self.reply(inquiry.reply_to, message):
            return
        place = inquiry.place
        self.postbox.post(only_for(inquiry.person, place.channel, place.thread), message)

    def _arrived(self, inquiry: Inquiry, recorded: RecordedAnswer) -> Sequence[Post]:
        """Return what of an answer has arrived; an earlier worker may have died before it noted that."""
        if inquiry.attempt == 1:
            return recorded.posts
        place = inquiry.place
        for post in self.postbox.find_answer(place.channel, place.thread, recorded.id):
            noted = self.book.answer(recorded.id).posts
            if post not in noted:
                self._note(recorded.id, len(noted), post)
        return self.book.answer(recorded.id).posts

    def _note(self, answer: str, part: int, post: Post) -> bool:
        """Note that a message carries a part; take it back where another one does already."""
        first = self.book.posted(answer, post, part)
        if not first:
            self.postbox.remove(post)
        return first

    def _posts_of_earlier_editions(self, inquiry: Inquiry) -> Sequence[Post]:
        given = [answer for answer in self.book.answers_to(inquiry.id) if answer.edition < inquiry.edition]
        return next((answer.posts for answer in reversed(given) if answer.posts), ())

    def _remove_what_is_superseded(self, inquiry: Inquiry) -> None:
        """Leave the answer to the newest wording alone; another worker may just have brought one of them."""
        brought = [answer.posts for answer in self.book.answers_to(inquiry.id) if answer.posts]
        for post in {post for posts in brought[:-1] for post in posts}:
            if post not in brought[-1]:
                self.postbox.remove(post)

    def _bring(
        self, inquiry: Inquiry, recorded: RecordedAnswer, message: Message, replaced: Post | None, part: int
    ) -> bool:
        """Bring one message; where the question was edited, in the place of what answered it before."""
        noted = partial(self._note, recorded.id, part)
        if replaced is not None and self.postbox.change(replaced, message, recorded.id):
            self.book.posted(recorded.id, replaced, part)
            return True
        if part == 0 and self.streams.stream(inquiry, recorded, message, noted) is not None:
            return True
        spot = Spot(inquiry.place.channel, inquiry.place.thread)
        post = self.postbox.post(spot, message, answer_metadata(recorded.id))
        if post is not None:
            noted(post)
        return post is not None

    def _deliver_privately(
        self, inquiry: Inquiry, recorded: RecordedAnswer, messages: Sequence[Message]
    ) -> bool:
        """Post to the asker alone.  Slack keeps no record of such messages, so none can be found again."""
        place = inquiry.place
        for message in messages[len(recorded.posts) :]:
            if not (inquiry.reply_to and self.reply(inquiry.reply_to, message)):
                self.postbox.post(only_for(inquiry.person, place.channel, place.thread), message)
            self.book.posted(recorded.id, Post(place.channel, ""))
        return True
