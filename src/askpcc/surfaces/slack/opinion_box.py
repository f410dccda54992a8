"""What people think of answers: kept, counted, and where it is bad, put before the reviewers."""

from collections.abc import Callable
from dataclasses import dataclass

from askpcc.errors import SlackError
from askpcc.model import Feedback, Opinion, Why
from askpcc.ports import Opinions
from askpcc.rendering.logs import EventLog
from askpcc.reviewing.scrutinising import Scrutineer
from askpcc.surfaces.slack.review_desk import ReviewDesk

_LOG = EventLog("slack.opinions")


@dataclass(frozen=True, slots=True)
class OpinionBox:
    """Takes opinions.  voted: counts them."""

    opinions: Opinions
    scrutineer: Scrutineer
    reviews: ReviewDesk
    voted: Callable[[Opinion], None]

    def vote(self, feedback: Feedback) -> None:
        """Keep an opinion; the first bad one of an answer is told to the reviewers.

        Raises UnknownAnswer.
        """
        self.opinions.vote(feedback)
        self.voted(feedback.opinion)
        known = Why.BAD_FEEDBACK in self.reviews.read_case(feedback.answer).why
        if not self.scrutineer.voted(feedback) or known:
            return
        try:
            self.reviews.announce(feedback.answer)
        except SlackError as exc:
            # It waits in the queue all the same.
            _LOG.failure("review_not_told", exc, answer=feedback.answer)
