"""What reviewers decided, kept with the answers."""

from collections.abc import Iterator
from datetime import datetime
from typing import Protocol

from askpcc.model import Approval, Record, Verdict, Waiting, Why


class ReviewBook(Protocol):
    """The queue of answers that wait for a reviewer, the verdicts, and the approvals that stand.

    enqueue: notes a reason; one that is noted already stays.  A verdict takes the answer out of the queue.
    waiting: oldest first.  rule: keeps a verdict with the approval that follows from it, if one does, in the
    place of an earlier approval of the same key.  verdicts: of an answer, oldest first.
    approval: the one that stands for a key.  approvals: all that stand.
    lapse: ends an approval, once; tells whether it did.
    """

    def enqueue(self, answer: str, why: Why, at: datetime) -> None: ...
    def waiting(self, limit: int) -> list[Waiting]: ...
    def rule(self, verdict: Verdict, approval: Approval | None) -> None: ...
    def verdicts(self, answer: str) -> list[Verdict]: ...
    def approval(self, key: str) -> Approval | None: ...
    def approvals(self) -> list[Approval]: ...
    def lapse(self, verdict: str, at: datetime, reason: str) -> bool: ...


class Archive(Protocol):
    """All that is kept, for those who must hand it out or erase it.

    records: each inquiry with its answers, opinions and verdicts, oldest first, read bit by bit.
    purge: erases inquiries asked before a time, of a person, or both, with all that hangs on them; returns
    how many.  What a person thought or decided of others' answers keeps standing without their name.
    """

    def records(self) -> Iterator[Record]: ...
    def purge(self, before: datetime | None, person: str | None) -> int: ...
