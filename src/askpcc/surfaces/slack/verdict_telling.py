"""Verdicts are told to those who asked, wherever they were given: in Slack or on a page."""

from collections.abc import Callable
from dataclasses import dataclass

from askpcc.errors import SlackError, UnknownAnswer
from askpcc.model import Verdict
from askpcc.ports import Journal, ReviewBook
from askpcc.rendering.logs import EventLog

MARK = "verdict"
"""The mark in the ledger that holds the id of the verdict told last; "-" before the first."""

_LOG = EventLog("slack.review")
_LOOKED_BACK = 100


@dataclass(frozen=True, slots=True)
class VerdictTeller:
    """Looks for verdicts that nobody has told yet.  tell: tells one.

    Of several processes one tells a verdict: the one that moves the mark.
    """

    reviews: ReviewBook
    journal: Journal
    tell: Callable[[Verdict], None]

    def begin(self) -> None:
        """Leave untold what was decided before any bot looked."""
        latest = self.reviews.latest_verdicts(1)
        self.journal.move_mark(MARK, None, latest[0].id if latest else "-")

    def look(self) -> None:
        """Tell what was decided since, oldest first."""
        latest = self.reviews.latest_verdicts(_LOOKED_BACK)
        seen = self.journal.mark(MARK)
        known = [verdict.id for verdict in latest]
        new = latest[: known.index(seen)] if seen in known else latest
        for verdict in reversed(new):
            if not self.journal.move_mark(MARK, seen, verdict.id):
                return  # another process tells it
            self._tell(verdict)
            seen = verdict.id

    def _tell(self, verdict: Verdict) -> None:
        try:
            self.tell(verdict)
        except (SlackError, UnknownAnswer) as exc:
            # The verdict stands on the answer all the same, for whoever looks it up.
            _LOG.failure("verdict_not_told", exc, answer=verdict.answer)
