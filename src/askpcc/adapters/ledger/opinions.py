"""What people think of answers."""

from dataclasses import asdict

from sqlalchemy import and_, select, update

from askpcc.adapters.ledger.database import insert_once
from askpcc.adapters.ledger.part import Part, find_row
from askpcc.adapters.ledger.rows import read_feedback, read_request, write_request
from askpcc.adapters.ledger.schema import answers, help_requests, opinions
from askpcc.errors import LedgerError
from askpcc.model import Feedback, HelpRequest, Opinion, Post


class SqlOpinions(Part):
    """Votes and requests for help: the Opinions of the ports.

    UnknownAnswer for a vote or a request about no answer, and for what is done to no request.
    """

    def vote(self, feedback: Feedback) -> None:
        """Keep what a person thinks of an answer; of two opinions, the one with the later time."""
        row, columns = asdict(feedback), opinions.c
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
            return [read_feedback(row) for row in rows]

    def ask_person(self, request: HelpRequest) -> HelpRequest:
        """Keep a request, unless one is open for its answer; return the open one."""
        columns = help_requests.c
        open_one = select(help_requests).where(
            columns.answer == request.answer, columns.resolved_by.is_(None)
        )
        with self._database.writing() as connection:
            find_row(connection, answers, request.answer)
            insert_once(connection, help_requests, write_request(request))
            row = connection.execute(open_one).mappings().first()
        if row is None:
            raise LedgerError(f"The ledger has another request {request.id!a}. Give the new one its own id.")
        return read_request(row)

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
        """Return requests that nobody has dealt with, oldest first."""
        columns = help_requests.c
        waiting = select(help_requests).where(columns.resolved_by.is_(None))
        with self._database.reading() as connection:
            rows = connection.execute(waiting.order_by(columns.at, columns.number).limit(limit)).mappings()
            return [read_request(row) for row in rows]

    def bad(self, limit: int) -> list[Feedback]:
        """Return the latest bad opinions, newest first."""
        columns = opinions.c
        given = select(opinions).where(columns.opinion == Opinion.BAD)
        latest = given.order_by(columns.at.desc(), columns.number.desc()).limit(limit)
        with self._database.reading() as connection:
            return [read_feedback(row) for row in connection.execute(latest).mappings()]
