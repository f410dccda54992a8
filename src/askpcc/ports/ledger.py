"""What was asked, answered and done: what must not be lost when an index is thrown away."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Protocol

from askpcc.model import (
    Act,
    Feedback,
    HelpRequest,
    Inquiry,
    InquiryState,
    Limits,
    Place,
    Post,
    RecordedAnswer,
    Taking,
    Thread,
)


class Inbox(Protocol):
    """Inquiries on their way to an answer, shared by all processes.

    take: keeps an inquiry once, before anything is done about it; KNOWN when its place was taken before.
    revise: new words for the inquiry of a place; it waits again, in its next edition; None where nothing
    is known of the place, its message is gone, or the words are the same.  Its attempts are counted anew.
    withdraw: the asking message is gone; one that is not answered yet will not be.  Returns the inquiry in
    its state after that; None where nothing is known of the place.
    end: settles an inquiry that is worked on without a worker, by the surface that took it.
    stop: those of a thread that are waiting or being worked on are not to be answered; returns them.
    """

    def take(self, inquiry: Inquiry, limits: Limits) -> Taking: ...
    def revise(self, place: Place, words: str) -> Inquiry | None: ...
    def withdraw(self, place: Place) -> Inquiry | None: ...
    def stop(self, team: str, channel: str, thread: str) -> list[Inquiry]: ...
    def end(self, inquiry: Inquiry, state: InquiryState) -> None: ...


class WorkList(Protocol):
    """Inquiries as a worker sees them.  worker: a name that no other process or thread has.

    claim: the oldest that waits, or whose worker's lease has run out; None where there is none.
    renew: prolongs the leases of all that this worker holds.
    settle: ends an inquiry, unless it has another worker or a newer edition; tells whether it did.
    hand_back: lets others have what this worker holds; returns how many.
    state: of one inquiry, edition and attempt; WAITING where it has a newer edition, or another worker.
    waiting: how many wait.
    """

    def claim(self, worker: str, lease: timedelta) -> Inquiry | None: ...
    def renew(self, worker: str, lease: timedelta) -> None: ...
    def settle(self, inquiry: Inquiry, worker: str, state: InquiryState) -> bool: ...
    def hand_back(self, worker: str) -> int: ...
    def state(self, inquiry: Inquiry) -> InquiryState: ...
    def waiting(self) -> int: ...


class AnswerBook(Protocol):
    """Answers as they were given.

    record: keeps an answer before it is posted; one already kept for that inquiry and edition stays, and
    is returned.  posted: a message now carries it, or its part of that number, counted from 0; False where
    another message carries that part already, and then nothing is kept.
    answer, inquiry: raise UnknownAnswer.
    answers_to: all editions' answers, oldest first.  recent: a person's latest, newest first.
    """

    def record(self, answer: RecordedAnswer) -> RecordedAnswer: ...
    def posted(self, answer: str, post: Post, part: int | None = None) -> bool: ...
    def answer(self, id_: str) -> RecordedAnswer: ...
    def inquiry(self, id_: str) -> Inquiry: ...
    def answers_to(self, inquiry: str) -> list[RecordedAnswer]: ...
    def recent(self, team: str, person: str, limit: int) -> list[tuple[Inquiry, RecordedAnswer]]: ...


class Threads(Protocol):
    """Where the assistant is part of the talk.  mute: returns False where it was muted already."""

    def thread(self, team: str, channel: str, thread: str) -> Thread: ...
    def mute(self, team: str, channel: str, thread: str, person: str) -> bool: ...
    def unmute(self, team: str, channel: str, thread: str) -> bool: ...


class Opinions(Protocol):
    """What people think of answers, and which a person is to look at.

    vote: one a person and answer, the latest counts.  ask_person: one open request an answer; returns
    the open one.  resolve: None where it was resolved before.  bad: the latest bad opinions, newest first.
    """

    def vote(self, feedback: Feedback) -> None: ...
    def feedback(self, answer: str) -> list[Feedback]: ...
    def ask_person(self, request: HelpRequest) -> HelpRequest: ...
    def help_posted(self, request: str, post: Post) -> None: ...
    def resolve(self, request: str, person: str) -> HelpRequest | None: ...
    def open_requests(self, limit: int) -> list[HelpRequest]: ...
    def bad(self, limit: int) -> list[Feedback]: ...


class Journal(Protocol):
    """Audit lines, and marks that processes move one after the other.

    note: keeps an audit line for good.  acts: the latest, newest first.
    mark: the value of a mark; None where nobody has set it.  move_mark: sets it where it still has the
    value that the caller saw; tells whether it did, so that of several processes one does what follows.
    """

    def note(self, act: Act) -> None: ...
    def acts(self, limit: int) -> Sequence[Act]: ...
    def mark(self, name: str) -> str | None: ...
    def move_mark(self, name: str, seen: str | None, value: str) -> bool: ...
