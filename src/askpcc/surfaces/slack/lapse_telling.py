"""Approvals that ended are told where the answer stands, whether a run or a question ended them."""

from collections.abc import Callable
from dataclasses import dataclass, field

from askpcc.errors import IndexFailure, SlackError, UnknownAnswer
from askpcc.model import Approval, Inquiry, RecordedAnswer, Why
from askpcc.ports import AnswerBook, Catalogue, Journal, ReviewBook
from askpcc.rendering.logs import EventLog

_LOG = EventLog("slack.review")
_MOST_WAITING = 500
Tell = Callable[[Inquiry, RecordedAnswer, str], None]


@dataclass
class LapseTeller:
    """Looks for approvals that ended.

    check: ends those whose sources changed; it is called once an index version.  tell: tells one, with the
    reason; of several processes the one that moves its mark tells it.
    """

    catalogue: Catalogue
    reviews: ReviewBook
    book: AnswerBook
    journal: Journal
    check: Callable[[], object]
    tell: Tell
    _checked: str = field(default="", init=False)

    def look(self) -> None:
        """End what does not stand any more, and tell what has ended and waits for a reviewer."""
        try:
            version = self.catalogue.index_version()
        except IndexFailure:
            return
        if version != self._checked:
            self.check()
            self._checked = version
        for waiting in self.reviews.queue(_MOST_WAITING):
            if Why.LAPSED in waiting.why:
                self._tell_latest(waiting.answer)

    def _tell_latest(self, answer: str) -> None:
        ended = [one for one in self.reviews.approvals_of(answer) if one.lapsed_at is not None]
        if ended and self.journal.move_mark(f"lapsed:{ended[-1].verdict}", None, "told"):
            self._tell(ended[-1])

    def _tell(self, approval: Approval) -> None:
        try:
            recorded = self.book.answer(approval.answer)
            self.tell(self.book.inquiry(recorded.inquiry), recorded, approval.lapse)
        except (SlackError, UnknownAnswer) as exc:
            # It waits in the queue all the same, with its reason.
            _LOG.failure("lapse_not_told", exc, answer=approval.answer)
