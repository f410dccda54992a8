"""What people are told without having asked: the digest, lapses, verdicts."""

from collections.abc import Callable
from dataclasses import dataclass, field

from askpcc.errors import IndexFailure, SlackError, UnknownAnswer
from askpcc.model import (
    Approval,
    IndexRun,
    Inquiry,
    RecordedAnswer,
    Verdict,
    Why,
)
from askpcc.ports import (
    AnswerBook,
    Catalogue,
    Journal,
    ReviewBook,
)
from askpcc.rendering.logs import EventLog
from askpcc.slack.client import SlackMessenger, Target
from askpcc.slack.reindexing import DigestOccasion, build_digest

DIGEST_MARK = "digest"
"""The mark in the ledger that holds the index version told last."""

_RUNS_LOOKED_BACK = 50


@dataclass(frozen=True, slots=True)
class IndexNotifier:
    """Looks for new runs of the index and tells their changes.

    Of several processes one tells a run: the one that moves the mark.  The first run that an empty ledger
    sees is not told: everything would be new.
    """

    catalogue: Catalogue
    journal: Journal
    postbox: SlackMessenger
    channel: str | None

    def announce(self) -> None:
        """Tell the runs that nobody has told yet, oldest first."""
        try:
            runs = self.catalogue.runs(_RUNS_LOOKED_BACK)
        except IndexFailure:
            return
        seen = self.journal.mark(DIGEST_MARK)
        for run in reversed(_newer(runs, seen)):
            if not self.journal.move_mark(DIGEST_MARK, seen, run.index_version):
                return  # another process tells it
            if seen is not None:
                self._tell(run, seen)
            seen = run.index_version

    def _tell(self, run: IndexRun, seen: str) -> None:
        if self.channel is None:
            return
        try:
            occasion = DigestOccasion(
                run.at, run.index_version, run.added, run.changed, run.removed, self._addresses()
            )
            for message in build_digest(run.register, occasion):
                self.postbox.post(Target(self.channel), message)
        except SlackError:
            self.journal.move_mark(DIGEST_MARK, run.index_version, seen)  # it is told when Slack is back
            raise

    def _addresses(self) -> dict[str, str]:
        cards = self.catalogue.documents()
        return {card.path: card.source.url for card in cards if card.source.url}


def _newer(runs: list[IndexRun], seen: str | None) -> list[IndexRun]:
    """Return the runs since a version, newest first; the latest alone where that version is not known."""
    versions = [run.index_version for run in runs]
    return runs[: versions.index(seen)] if seen in versions else runs[:1]


_LAPSE_LOG = EventLog("slack.review")
_MOST_WAITING = 500
Tell = Callable[[Inquiry, RecordedAnswer, str], None]


@dataclass
class LapseNotifier:
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
            _LAPSE_LOG.failure("lapse_not_told", exc, answer=approval.answer)


VERDICT_MARK = "verdict"
"""The mark in the ledger that holds the id of the verdict told last; "-" before the first."""

_VERDICT_LOG = EventLog("slack.review")
_VERDICTS_LOOKED_BACK = 100


@dataclass(frozen=True, slots=True)
class VerdictNotifier:
    """Looks for verdicts that nobody has told yet.  tell: tells one.

    Of several processes one tells a verdict: the one that moves the mark.
    """

    reviews: ReviewBook
    journal: Journal
    tell: Callable[[Verdict], None]

    def begin(self) -> None:
        """Leave untold what was decided before any bot looked."""
        latest = self.reviews.latest_verdicts(1)
        self.journal.move_mark(VERDICT_MARK, None, latest[0].id if latest else "-")

    def look(self) -> None:
        """Tell what was decided since, oldest first."""
        latest = self.reviews.latest_verdicts(_VERDICTS_LOOKED_BACK)
        seen = self.journal.mark(VERDICT_MARK)
        known = [verdict.id for verdict in latest]
        new = latest[: known.index(seen)] if seen in known else latest
        for verdict in reversed(new):
            if not self.journal.move_mark(VERDICT_MARK, seen, verdict.id):
                return  # another process tells it
            self._tell(verdict)
            seen = verdict.id

    def _tell(self, verdict: Verdict) -> None:
        try:
            self.tell(verdict)
        except (SlackError, UnknownAnswer) as exc:
            # The verdict stands on the answer all the same, for whoever looks it up.
            _VERDICT_LOG.failure("verdict_not_told", exc, answer=verdict.answer)
