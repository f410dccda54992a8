"""What reviewers decide about answers, and what follows from it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from askpcc.model.answers import Statement
from askpcc.model.inquiries import Feedback, HelpRequest, Inquiry, RecordedAnswer


class Why(StrEnum):
    """Why an answer waits for a reviewer."""

    BAD_FEEDBACK = "bad_feedback"
    ASKED_PERSON = "asked_person"
    LOW_CONFIDENCE = "low_confidence"
    WITHHELD = "withheld"
    SAMPLE = "sample"
    LAPSED = "lapsed"


class Judgement(StrEnum):
    """What a reviewer says of one statement of an answer."""

    SUPPORTED = "supported"
    NOT_SUPPORTED = "not_supported"
    WRONG_STATUS = "wrong_status"
    WRONG_SOURCE = "wrong_source"
    OUT_OF_DATE = "out_of_date"


class Ruling(StrEnum):
    """What a reviewer says of a whole answer.  corrected: something else is right, with its own citations."""

    APPROVED = "approved"
    CORRECTED = "corrected"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one reviewer decided about one answer; the latest one counts.

    judgements: one a statement, in their order; None where nothing was said of it.
    correction: what is right instead, each statement with citations; only where it was corrected.
    """

    id: str
    answer: str
    reviewer: str
    at: datetime
    ruling: Ruling
    judgements: tuple[Judgement | None, ...] = ()
    comment: str = ""
    correction: tuple[Statement, ...] = ()


@dataclass(frozen=True, slots=True)
class Waiting:
    """An answer that waits for a reviewer.  since: when the first reason came up, in UTC."""

    answer: str
    why: tuple[Why, ...]
    since: datetime


@dataclass(frozen=True, slots=True)
class Approval:
    """A verdict by which the same question is answered again, as long as its sources stand.

    key: names the question as it was typed and read.  statements: what is answered, with citations.
    basis: names what the documents said when it was given; another basis ends it.
    lapsed_at, lapse: when it ended and why, in a sentence; None and "" while it stands.
    """

    verdict: str
    answer: str
    key: str
    reviewer: str
    at: datetime
    statements: tuple[Statement, ...]
    basis: str
    lapsed_at: datetime | None = None
    lapse: str = ""


@dataclass(frozen=True, slots=True)
class Queued:
    """One reason why an answer waits, or waited.  closed_at: of the verdict; None while it waits."""

    answer: str
    why: Why
    at: datetime
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """An inquiry with all that hangs on it, each oldest first."""

    inquiry: Inquiry
    answers: tuple[RecordedAnswer, ...] = ()
    feedback: tuple[Feedback, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    requests: tuple[HelpRequest, ...] = ()
    approvals: tuple[Approval, ...] = ()
    queue: tuple[Queued, ...] = ()


@dataclass(frozen=True, slots=True)
class Erasure:
    """How much a purge erases.

    verdicts, approvals: those on erased answers.  renamed: records elsewhere that lose a person's name.
    """

    inquiries: int = 0
    answers: int = 0
    verdicts: int = 0
    approvals: int = 0
    renamed: int = 0
