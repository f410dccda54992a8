"""Answers as they were given."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import Connection, RowMapping, and_, exists, insert, select

from askpcc.adapters.ledger.database import insert_once
from askpcc.adapters.ledger.part import Part, find_row, group_rows
from askpcc.adapters.ledger.rows import (
    read_answer,
    read_citation,
    read_inquiry,
    read_statement,
    write_answer,
    write_citation,
)
from askpcc.adapters.ledger.schema import answers, citations, inquiries, posts, statements
from askpcc.model import Citation, Inquiry, Post, RecordedAnswer


class SqlAnswerBook(Part):
    """What was said, and what it rests on: the AnswerBook of the ports."""

    def record(self, answer: RecordedAnswer) -> RecordedAnswer:
        """Keep the first answer to an inquiry's edition, and return it; UnknownAnswer without an inquiry."""
        with self._database.writing() as connection:
            find_row(connection, inquiries, answer.inquiry)
            if insert_once(connection, answers, write_answer(answer), ("inquiry", "edition")):
                _write_contents(connection, answer)
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


def _write_contents(connection: Connection, recorded: RecordedAnswer) -> None:
    said = recorded.answer.statements
    rows = [
        {"answer": recorded.id, "ordinal": ordinal, "text": statement.text, "status": statement.status}
        for ordinal, statement in enumerate(said)
    ]
    cited = [
        {"answer": recorded.id, **write_citation(ordinal, citation)}
        for ordinal, statement in enumerate(said)
        for citation in statement.citations
    ]
    cited += [
        {"answer": recorded.id, **write_citation(None, citation)} for citation in recorded.answer.nearest
    ]
    if rows:
        connection.execute(insert(statements), rows)
    if cited:
        connection.execute(insert(citations), cited)
    for post in recorded.posts:
        _write_post(connection, recorded.id, post)


def _read_post(connection: Connection, answer: str, part: int) -> Post | None:
    """Return the message that carries a part, which nobody else notes until the transaction ends."""
    connection.execute(select(answers.c.number).where(answers.c.id == answer).with_for_update())
    noted = select(posts.c.channel, posts.c.ts).where(posts.c.answer == answer).order_by(posts.c.number)
    row = connection.execute(noted.limit(1).offset(part)).first()
    return None if row is None else Post(row.channel, row.ts)


def _write_post(connection: Connection, answer: str, post: Post) -> None:
    row = {"answer": answer, "channel": post.channel, "ts": post.ts}
    insert_once(connection, posts, row, ("answer", "channel", "ts"))


def read_answers(connection: Connection, rows: Sequence[RowMapping]) -> list[RecordedAnswer]:
    """Return the answers of rows, with what they say and where they were posted."""
    ids = [row["id"] for row in rows]
    said = group_rows(connection, statements.c.answer, ids)
    carried = group_rows(connection, posts.c.answer, ids)
    cited: defaultdict[tuple[str, int | None], list[Citation]] = defaultdict(list)
    for answer, found in group_rows(connection, citations.c.answer, ids).items():
        for row in found:
            cited[answer, row["statement"]].append(read_citation(row))
    return [
        read_answer(
            row,
            tuple(read_statement(each, cited[row["id"], each["ordinal"]]) for each in said[row["id"]]),
            tuple(cited[row["id"], None]),
            tuple(Post(each["channel"], each["ts"]) for each in carried[row["id"]]),
        )
        for row in rows
    ]
