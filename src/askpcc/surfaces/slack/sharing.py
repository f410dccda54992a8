"""A private answer that its asker shows to everybody in the conversation."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from askpcc.errors import SlackError
from askpcc.model import Inquiry, RecordedAnswer
from askpcc.ports import AnswerBook, Journal
from askpcc.surfaces.slack import notices
from askpcc.surfaces.slack.answers.messages import Message
from askpcc.surfaces.slack.marking import answer_metadata
from askpcc.surfaces.slack.posting import Postbox, Spot


@dataclass(frozen=True, slots=True)
class Sharing:
    """Posts private answers for all to see, each once.

    build: an answer's messages for everybody, naming who asked.
    """

    book: AnswerBook
    journal: Journal
    postbox: Postbox
    build: Callable[[Inquiry, RecordedAnswer], Sequence[Message]]

    def share(self, answer: str, person: str) -> str:
        """Post an answer where it was asked, and return what to say to the person.

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
            self._post(inquiry, recorded)
        except SlackError:
            self.journal.move_mark(mark, person, "")
            raise
        return notices.SHARED

    def _post(self, inquiry: Inquiry, recorded: RecordedAnswer) -> None:
        spot = Spot(inquiry.place.channel, inquiry.place.thread or None)
        for message in self.build(inquiry, recorded):
            post = self.postbox.post(spot, message, answer_metadata(recorded.id))
            if post is not None:
                self.book.posted(recorded.id, post)
                # Further parts of a long answer go below its first message.
                spot = Spot(spot.channel, spot.thread or post.ts)
