"""Answers, what people think of them, what reviewers ruled, and the journal."""

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, exists, func, insert, select, update

from askpcc.adapters import read_noun
from askpcc.adapters.ledger.database import (
    Part,
    find_row,
    insert_once,
    take_turns,
)
from askpcc.adapters.ledger.records import (
    RuledPart,
    read_answers,
    read_approvals,
    read_inquiry,
    read_request,
    read_verdicts,
    write_answer,
    write_contents,
    write_row,
    write_ruled,
)
from askpcc.adapters.ledger.schema import (
    acts,
    answers,
    approvals,
    help_requests,
    inquiries,
    marks,
    opinions,
    posts,
    queue,
    verdicts,
)
from askpcc.errors import LedgerError
from askpcc.model import (
    Act,
    Approval,
    Feedback,
    HelpRequest,
    Inquiry,
    Opinion,
    Post,
    RecordedAnswer,
    Verdict,
    Waiting,
    Why,
)

REPLACED = "A newer verdict took its place."
_RULING = 7_202_603
"""The key by which processes take turns at approving, so that one approval a key stands; any will do."""

_WAITS = queue.c.closed_at.is_(None)
_STANDS = approvals.c.lapsed_at.is_(None)


class SqlAnswerBook(Part):
    """What was said, and what it rests on: the AnswerBook of the ports."""

    def record(self, answer: RecordedAnswer) -> RecordedAnswer:
        """Keep the first answer to an inquiry's edition, and return it; UnknownAnswer without an inquiry."""
        with self._database.writing() as connection:
            find_row(connection, inquiries, answer.inquiry)
            if insert_once(connection, answers, write_answer(answer), ("inquiry", "edition")):
                write_contents(connection, answer)
                for post in answer.posts:
                    _write_post(connection, answer.id, post)
            first = and_(answers.c.inquiry == answer.inquiry, answers.c.edition == answer.edition)
            return read_answers(
                connection, connection.execute(select(answers).where(first)).mappings().all()
            )[0]

    def posted(self, answer: str, post: Post, part: int | None = None) -> bool:
        """Note a message that carries an answer; once, however often it is said.

        part: of two messages that carry the same part, from workers that know nothing of each other, the one
        that is noted first counts, and the other is False.
        """
        with self._database.writing() as connection:
            find_row(connection, answers, answer)
            if part is not None and (taken := _read_post(connection, answer, part)) is not None:
                return taken == post
            _write_post(connection, answer, post)
            return True

    def answer(self, id_: str) -> RecordedAnswer:
        """Return the answer of an id; UnknownAnswer where there is none."""
        with self._database.reading() as connection:
            return read_answers(connection, [find_row(connection, answers, id_)])[0]

    def inquiry(self, id_: str) -> Inquiry:
        """Return the inquiry of an id; UnknownAnswer where there is none."""
        with self._database.reading() as connection:
            return read_inquiry(find_row(connection, inquiries, id_))

    def answers_to(self, inquiry: str) -> list[RecordedAnswer]:
        """Return the answers to all editions of an inquiry, oldest first."""
        given = select(answers).where(answers.c.inquiry == inquiry).order_by(answers.c.edition)
        with self._database.reading() as connection:
            return read_answers(connection, connection.execute(given).mappings().all())

    def recent(self, team: str, person: str, limit: int) -> list[tuple[Inquiry, RecordedAnswer]]:
        """Return the latest inquiries of a person that have an answer, each with its latest one."""
        later = answers.alias()
        superseded = exists().where(later.c.inquiry == answers.c.inquiry, later.c.edition > answers.c.edition)
        latest = (
            select(answers)
            .join(inquiries, answers.c.inquiry == inquiries.c.id)
            .where(inquiries.c.team == team, inquiries.c.person == person, ~superseded)
            .order_by(answers.c.answered_at.desc(), answers.c.number.desc())
            .limit(limit)
        )
        with self._database.reading() as connection:
            given = read_answers(connection, connection.execute(latest).mappings().all())
            return [(read_inquiry(find_row(connection, inquiries, each.inquiry)), each) for each in given]


def _read_post(connection: Connection, answer: str, part: int) -> Post | None:
    """Return the message that carries a part, which nobody else notes until the transaction ends."""
    connection.execute(select(answers.c.number).where(answers.c.id == answer).with_for_update())
    noted = select(posts.c.channel, posts.c.ts).where(posts.c.answer == answer).order_by(posts.c.number)
    row = connection.execute(noted.limit(1).offset(part)).first()
    return None if row is None else Post(row.channel, row.ts)


def _write_post(connection: Connection, answer: str, post: Post) -> None:
    row = {"answer": answer, **write_row(posts, post)}
    insert_once(connection, posts, row, ("answer", "channel", "ts"))


class SqlOpinions(Part):
    """Votes and requests for help: the Opinions of the ports.

    UnknownAnswer for a vote or a request about no answer, and for what is done to no request.
    """

    def vote(self, feedback: Feedback) -> None:
        """Keep what a person thinks of an answer; of two opinions, the one with the later time."""
        row, columns = write_row(opinions, feedback), opinions.c
        same = and_(columns.answer == feedback.answer, columns.person == feedback.person)
        with self._database.writing() as connection:
            find_row(connection, answers, feedback.answer)
            if not insert_once(connection, opinions, row, ("answer", "person")):
                connection.execute(update(opinions).where(same, columns.at <= feedback.at).values(row))

    def feedback(self, answer: str) -> list[Feedback]:
        """Return what people think of an answer, the oldest opinion first."""
        given = select(opinions).where(opinions.c.answer == answer)
        with self._database.reading() as connection:
            rows = connection.execute(given.order_by(opinions.c.at, opinions.c.number)).mappings()
            return [read_noun(Feedback, row) for row in rows]

    def ask_person(self, request: HelpRequest) -> HelpRequest:
        """Keep a request, unless one is open for its answer; return the open one."""
        columns = help_requests.c
        open_one = select(help_requests).where(
            columns.answer == request.answer, columns.resolved_by.is_(None)
        )
        row = write_row(help_requests, request, *([request.post] if request.post else []))
        with self._database.writing() as connection:
            find_row(connection, answers, request.answer)
            insert_once(connection, help_requests, row)
            kept = connection.execute(open_one).mappings().first()
        if kept is None:
            raise LedgerError(f"The ledger has another request {request.id!a}. Give the new one its own id.")
        return read_request(kept)

    def help_posted(self, request: str, post: Post) -> None:
        """Note which message in the reviewers' channel carries a request."""
        carried = update(help_requests).where(help_requests.c.id == request)
        with self._database.writing() as connection:
            find_row(connection, help_requests, request)
            connection.execute(carried.values(channel=post.channel, ts=post.ts))

    def resolve(self, request: str, person: str) -> HelpRequest | None:
        """Note who has dealt with a request; None where somebody had before."""
        columns = help_requests.c
        mine = update(help_requests).where(columns.id == request, columns.resolved_by.is_(None))
        with self._database.writing() as connection:
            find_row(connection, help_requests, request)
            resolved = connection.execute(mine.values(resolved_by=person)).rowcount == 1
            return read_request(find_row(connection, help_requests, request)) if resolved else None

    def open_requests(self, limit: int) -> list[HelpRequest]:
        """Return requests that nobody has dealt with, oldest first; a verdict given since deals with one."""
        columns = help_requests.c
        ruled = exists().where(verdicts.c.answer == columns.answer, verdicts.c.at >= columns.at)
        waiting = select(help_requests).where(columns.resolved_by.is_(None), ~ruled)
        with self._database.reading() as connection:
            rows = connection.execute(waiting.order_by(columns.at, columns.number).limit(limit)).mappings()
            return [read_request(row) for row in rows]

    def bad(self, limit: int) -> list[Feedback]:
        """Return the latest bad opinions, newest first."""
        columns = opinions.c
        given = select(opinions).where(columns.opinion == Opinion.BAD)
        latest = given.order_by(columns.at.desc(), columns.number.desc()).limit(limit)
        with self._database.reading() as connection:
            return [read_noun(Feedback, row) for row in connection.execute(latest).mappings()]


class SqlJournal(Part):
    """What was done, and how far something has come: the Journal of the ports."""

    def note(self, act: Act) -> None:
        """Keep an audit line."""
        with self._database.writing() as connection:
            connection.execute(insert(acts).values(write_row(acts, act)))

    def acts(self, limit: int) -> list[Act]:
        """Return the latest audit lines, the one that was noted last first."""
        latest = select(acts).order_by(acts.c.number.desc()).limit(limit)
        with self._database.reading() as connection:
            return [read_noun(Act, row) for row in connection.execute(latest).mappings()]

    def mark(self, name: str) -> str | None:
        """Return the value of a mark."""
        with self._database.reading() as connection:
            return connection.execute(select(marks.c.value).where(marks.c.name == name)).scalar_one_or_none()

    def move_mark(self, name: str, seen: str | None, value: str) -> bool:
        """Set a mark that still has the value seen; None: that nobody has set."""
        with self._database.writing() as connection:
            if seen is None:
                return insert_once(connection, marks, {"name": name, "value": value})
            moved = update(marks).where(marks.c.name == name, marks.c.value == seen).values(value=value)
            return connection.execute(moved).rowcount == 1


class SqlReviewBook(Part):
    """The queue, the verdicts and the approvals: the ReviewBook of the ports.

    UnknownAnswer for what is about no answer.
    """

    def enqueue(self, answer: str, why: Why, at: datetime) -> None:
        """Note why an answer waits, once while it does."""
        with self._database.writing() as connection:
            find_row(connection, answers, answer)
            _enqueue(connection, answer, why, at)

    def queue(self, limit: int) -> list[Waiting]:
        """Return the answers that wait, the one whose first reason is oldest first."""
        columns = queue.c
        oldest = (func.min(columns.at), func.min(columns.number))
        first = select(columns.answer).where(_WAITS).group_by(columns.answer).order_by(*oldest).limit(limit)
        with self._database.reading() as connection:
            reasons: dict[str, list[RowMapping]] = {id_: [] for id_ in connection.execute(first).scalars()}
            all_of_them = select(queue).where(_WAITS, columns.answer.in_(reasons))
            for row in connection.execute(all_of_them.order_by(columns.at, columns.number)).mappings():
                reasons[row["answer"]].append(row)
        return [
            Waiting(answer, tuple(Why(row["why"]) for row in rows), rows[0]["at"])
            for answer, rows in reasons.items()
            if rows
        ]

    def rule(self, verdict: Verdict, approval: Approval | None, ended: str | None = None) -> None:
        """Keep a verdict, end the approvals that it replaces or contradicts, and empty its answer's queue."""
        with self._database.writing() as connection:
            find_row(connection, answers, verdict.answer)
            take_turns(connection, _RULING)
            connection.execute(insert(verdicts).values(write_row(verdicts, verdict)))
            write_ruled(connection, verdict.id, RuledPart.CORRECTION, verdict.correction)
            if ended is not None:
                _end(connection, approvals.c.verdict == ended, verdict.at, REPLACED)
            if approval is not None:
                _end(connection, approvals.c.key == approval.key, verdict.at, REPLACED)
                connection.execute(insert(approvals).values(write_row(approvals, approval)))
                write_ruled(connection, verdict.id, RuledPart.APPROVAL, approval.statements)
            of_answer = and_(queue.c.answer == verdict.answer, _WAITS)
            connection.execute(update(queue).where(of_answer).values(closed_at=verdict.at))

    def verdicts(self, answer: str) -> list[Verdict]:
        """Return the verdicts on an answer, oldest first."""
        given = select(verdicts).where(verdicts.c.answer == answer).order_by(verdicts.c.at, verdicts.c.number)
        with self._database.reading() as connection:
            return read_verdicts(connection, connection.execute(given).mappings().all())

    def latest_verdicts(self, limit: int) -> list[Verdict]:
        """Return the verdicts that came last, newest first."""
        given = select(verdicts).order_by(verdicts.c.number.desc()).limit(limit)
        with self._database.reading() as connection:
            return read_verdicts(connection, connection.execute(given).mappings().all())

    def approval(self, key: str) -> Approval | None:
        """Return the approval that stands for a key."""
        with self._database.reading() as connection:
            standing = select(approvals).where(approvals.c.key == key, _STANDS)
            return next(iter(read_approvals(connection, connection.execute(standing).mappings().all())), None)

    def approvals(self) -> list[Approval]:
        """Return the approvals that stand, oldest first."""
        with self._database.reading() as connection:
            standing = select(approvals).where(_STANDS).order_by(approvals.c.number)
            return read_approvals(connection, connection.execute(standing).mappings().all())

    def approvals_of(self, answer: str) -> list[Approval]:
        """Return the approvals that verdicts on an answer led to, oldest first, also the ended ones."""
        with self._database.reading() as connection:
            given = select(approvals).where(approvals.c.answer == answer).order_by(approvals.c.number)
            return read_approvals(connection, connection.execute(given).mappings().all())

    def lapse(self, verdict: str, at: datetime, reason: str) -> bool:
        """End an approval and put its answer into the queue again; tell whether this call did."""
        approved = select(approvals.c.answer).where(approvals.c.verdict == verdict)
        with self._database.writing() as connection:
            if not _end(connection, approvals.c.verdict == verdict, at, reason):
                return False
            _enqueue(connection, connection.execute(approved).scalar_one(), Why.LAPSED, at)
            return True


def _enqueue(connection: Connection, answer: str, why: Why, at: datetime) -> None:
    insert_once(connection, queue, {"answer": answer, "why": why, "at": at})


def _end(connection: Connection, which: ColumnElement[bool], at: datetime, reason: str) -> bool:
    ended = update(approvals).where(which, _STANDS).values(lapsed_at=at, lapse=reason)
    return connection.execute(ended).rowcount > 0
