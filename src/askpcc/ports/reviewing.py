"""What reviewers decided, kept with the answers."""

from collections.abc import Iterator
from datetime import datetime
from typing import Protocol

from askpcc.model import (
    Act,
    Approval,
    Erasure,
    Feedback,
    HelpRequest,
    Record,
    Verdict,
    Waiting,
    Why,
)

Deed = Feedback | HelpRequest | Verdict | Act
"""What a person thought, asked for, decided or did apart from their own inquiries."""


class ReviewBook(Protocol):
    """The queue of answers that wait for a reviewer, the verdicts, and the approvals that stand.

    enqueue: notes a reason; one that the answer waits for already stays.  A verdict takes the answer out of
    the queue; a reason that comes up afterwards puts it there again.
    queue: the answers that wait, oldest first.  verdicts: of an answer, oldest first.  latest_verdicts: on
    any, newest first.
    rule: keeps a verdict with the approval that follows from it, if one does, in the place of an earlier
    approval of the same key.  ended: the verdict whose approval it contradicts, which ends.
    approval: the one that stands for a key.  approvals: all that stand.  approvals_of: those that verdicts
    on an answer led to, oldest first, also the ended ones.
    lapse: ends an approval and puts its answer into the queue as lapsed, once; tells whether it did.
    """

    def enqueue(self, answer: str, why: Why, at: datetime) -> None: ...
    def queue(self, limit: int) -> list[Waiting]: ...
    def rule(self, verdict: Verdict, approval: Approval | None, ended: str | None = None) -> None: ...
    def verdicts(self, answer: str) -> list[Verdict]: ...
    def latest_verdicts(self, limit: int) -> list[Verdict]: ...
    def approval(self, key: str) -> Approval | None: ...
    def approvals(self) -> list[Approval]: ...
    def approvals_of(self, answer: str) -> list[Approval]: ...
    def lapse(self, verdict: str, at: datetime, reason: str) -> bool: ...


class Archive(Protocol):
    """All that is kept, for those who must hand it out or erase it.

    records: each inquiry with its answers, opinions and verdicts, oldest first, read bit by bit; only those
    asked since a time, or by a person, where these are given.
    deeds: what a person did on others' answers, and their audit lines.
    purge: erases inquiries asked before a time, of a person, or both, with all that hangs on them.  What the
    person did elsewhere, before that time, keeps standing without their name.  Raises LedgerError where
    neither is given, and for a time without its zone.  plan_purge: tells what that would erase.
    """

    def records(self, since: datetime | None = None, person: str | None = None) -> Iterator[Record]: ...
    def deeds(self, person: str) -> list[Deed]: ...
    def plan_purge(self, before: datetime | None, person: str | None) -> Erasure: ...
    def purge(self, before: datetime | None, person: str | None) -> Erasure: ...
