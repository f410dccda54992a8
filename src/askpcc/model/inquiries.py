"""Questions that somebody asked somewhere, what became of them, and what reviewers said."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from askpcc.model.answers import Answer, Statement
from askpcc.model.proposals import Spent


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody asked.

    surface: "slack", "web".  thread: the first message of its thread, to which the answer goes.
    message: the message that asks.  Surface, team, channel and message name an inquiry once and for all.
    """

    surface: str
    team: str
    channel: str
    thread: str
    message: str


class InquiryState(StrEnum):
    """How far an inquiry has come."""

    WAITING = "waiting"
    WORKING = "working"
    ANSWERED = "answered"
    STOPPED = "stopped"
    WITHDRAWN = "withdrawn"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A question that somebody asked at a place.

    asked_at: in UTC.  history: the earlier questions of its thread, oldest first.  private: the answer is
    for its asker alone.  reply_to: the address for a private answer; forgotten when the inquiry is settled.
    edition: 1, and one more each time its words were edited.  attempt: how many workers began on it.
    """

    id: str
    place: Place
    person: str
    words: str
    asked_at: datetime
    history: tuple[str, ...] = ()
    private: bool = False
    reply_to: str = ""
    state: InquiryState = InquiryState.WAITING
    edition: int = 1
    attempt: int = 0


@dataclass(frozen=True, slots=True)
class Post:
    """A message that carries an answer or a part of it.  ts: what the surface calls the message."""

    channel: str
    ts: str


@dataclass(frozen=True, slots=True)
class RecordedAnswer:
    """An answer as it was given.

    id: what people and buttons name it by.  inquiry, edition: which question in which wording.
    writer: which writer with which settings.  milliseconds: from question to answer, without posting.
    confidence: the chance, from 0 to 1, that the reader gave what was found to hold an answer.
    posts: the messages that carry it, in their order.  spent: what a language model took for it.
    """

    id: str
    inquiry: str
    edition: int
    answer: Answer
    answered_at: datetime
    writer: str = "quoting"
    milliseconds: int = 0
    confidence: float = 0.0
    posts: tuple[Post, ...] = ()
    spent: Spent = field(default_factory=Spent)


class Opinion(StrEnum):
    """What somebody thinks of an answer."""

    GOOD = "good"
    BAD = "bad"


class Fault(StrEnum):
    """Why an answer is bad."""

    WRONG_STATUS = "wrong_status"
    WRONG_SOURCE = "wrong_source"
    OUT_OF_DATE = "out_of_date"
    NOT_ANSWERED = "not_answered"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Feedback:
    """What one person thinks of one answer; a later one takes the place of the earlier."""

    answer: str
    person: str
    opinion: Opinion
    at: datetime
    fault: Fault | None = None
    comment: str = ""


@dataclass(frozen=True, slots=True)
class HelpRequest:
    """An answer that a person is to look at.  post: the message in the reviewers' channel.

    resolved_by: who has dealt with it; None while it is open.
    """

    id: str
    answer: str
    person: str
    at: datetime
    post: Post | None = None
    resolved_by: str | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """Something that somebody did with more than their own questions; kept as an audit line.

    did: "reindex", "add document".  about: of what, without the words of a question.
    """

    person: str
    did: str
    about: str
    at: datetime
    result: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is taken on.  waiting: inquiries of all people; per_minute, per_day: of one person."""

    waiting: int = 500
    per_minute: int = 10
    per_day: int = 300


class Taking(StrEnum):
    """What became of an inquiry that came in."""

    TAKEN = "taken"
    KNOWN = "known"
    QUEUE_FULL = "queue_full"
    TOO_MANY_A_MINUTE = "too_many_a_minute"
    TOO_MANY_A_DAY = "too_many_a_day"


@dataclass(frozen=True, slots=True)
class Thread:
    """What the ledger knows of a thread.  inquiries: oldest first.  muted: it wants no follow-ups."""

    inquiries: tuple[Inquiry, ...] = field(default=())
    muted: bool = False


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
