"""What people think of answers: kept, counted, and where it is bad, put before the reviewers."""

from collections.abc import Callable
from dataclasses import dataclass

from askpcc.errors import SlackError
from askpcc.model import Feedback, Opinion
from askpcc.ports import Journal, Opinions
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
    journal: Journal
    voted: Callable[[Opinion], None]

    def vote(self, feedback: Feedback) -> None:
        """Keep an opinion; the first bad one of an answer is told to the reviewers.

        Raises UnknownAnswer.
        """
        if self.keep(feedback):
            self.tell_reviewers(feedback)

    def keep(self, feedback: Feedback) -> bool:
        """Write an opinion down; return whether the reviewers are to be told.  Raises UnknownAnswer."""
        self.opinions.vote(feedback)
        self.voted(feedback.opinion)
        return self.scrutineer.voted(feedback)

    def tell_reviewers(self, feedback: Feedback) -> None:
        """Show the reviewers an answer that was found bad, unless they were told of it."""
        if not self._is_first(feedback):
            return
        try:
            self.reviews.announce(feedback.answer)
        except SlackError as exc:
            # It waits in the queue all the same.
            _LOG.failure("review_not_told", exc, answer=feedback.answer)

    def _is_first(self, feedback: Feedback) -> bool:
        """Tell whether nobody told the reviewers yet since they last judged this answer."""
        judged = self.reviews.count_verdicts(feedback.answer)
        return self.journal.move_mark(f"bad:{feedback.answer}:{judged}", None, feedback.person)
