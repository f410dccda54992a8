"""Verdicts as a page shows them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from askpcc.language.words import plain
from askpcc.model import Approval, Ruling, Statement, Verdict
from askpcc.surfaces.web.links import source_path
from askpcc.surfaces.web.views.review_words import JUDGEMENTS, RULED
from askpcc.surfaces.web.views.rows import Evidence


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """What is right instead.  label: its status and what else it says."""

    label: str
    status: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class VerdictView:
    """A verdict.

    judgements: what was said of statements, by their number from 1.  lapse: why its approval has ended; ""
    where it has not.
    """

    id: str
    ruling: Ruling
    ruled: str
    reviewer: str
    at: datetime
    comment: str
    judgements: tuple[tuple[int, str], ...]
    correction: tuple[CorrectionView, ...]
    lapse: str = ""


def view_verdict(verdict: Verdict, approvals: Sequence[Approval] = ()) -> VerdictView:
    """Return a verdict as a page shows it.  approvals: of its answer, also the ended ones."""
    numbered = enumerate(verdict.judgements, start=1)
    ended = (one.lapse for one in approvals if one.verdict == verdict.id and one.lapsed_at is not None)
    return VerdictView(
        id=verdict.id,
        ruling=verdict.ruling,
        ruled=RULED[verdict.ruling],
        reviewer=verdict.reviewer,
        at=verdict.at,
        comment=" ".join(verdict.comment.split()),
        judgements=tuple((number, JUDGEMENTS[one]) for number, one in numbered if one is not None),
        correction=tuple(_view_correction(statement) for statement in verdict.correction),
        lapse=next(ended, ""),
    )


def view_latest(verdicts: Sequence[Verdict], approvals: Sequence[Approval]) -> VerdictView | None:
    """Return the verdict that counts, as a page shows it; None where there is none."""
    return view_verdict(verdicts[-1], approvals) if verdicts else None


def _view_correction(statement: Statement) -> CorrectionView:
    cited = tuple(Evidence(plain(one.quote), source_path(one)) for one in statement.citations)
    return CorrectionView(" ".join(statement.text.split()), str(statement.status or ""), cited)
