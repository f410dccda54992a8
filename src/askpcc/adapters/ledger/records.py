"""Nouns become rows of the ledger, and rows become nouns."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from itertools import chain
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, RowMapping, Table, insert

from askpcc.adapters import read_noun
from askpcc.adapters.ledger.database import group_rows
from askpcc.adapters.ledger.schema import (
    SPENT,
    answers,
    citations,
    posts,
    ruled_citations,
    ruled_statements,
    statements,
)
from askpcc.model import (
    Approval,
    Citation,
    HelpRequest,
    Inquiry,
    Post,
    RecordedAnswer,
    Spent,
    Statement,
    Verdict,
)

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


_SPENT = dict(zip(SPENT, (field.name for field in fields(Spent)), strict=True))
_Key = tuple[str | int | None, ...]


class RuledPart(StrEnum):
    """What statements are to a verdict: its correction, or what is answered from then on."""

    CORRECTION = "correction"
    APPROVAL = "approval"


def write_row(table: Table, *nouns: "DataclassInstance") -> dict[str, Any]:
    """Return what nouns give to the columns of a table that have the names of their fields."""
    return {
        field.name: getattr(noun, field.name)
        for noun in nouns
        for field in fields(noun)
        if field.name in table.c
    }


def write_answer(recorded: RecordedAnswer) -> dict[str, Any]:
    """Return the row of an answer, without what it says."""
    endorsement = recorded.answer.endorsement
    return {
        **write_row(answers, recorded, recorded.answer, recorded.answer.question),
        "endorsed_by": endorsement.person if endorsement else None,
        "endorsed_at": endorsement.at if endorsement else None,
        **{column: getattr(recorded.spent, name) for column, name in _SPENT.items()},
    }


def read_inquiry(row: RowMapping) -> Inquiry:
    """Return the inquiry of a row."""
    return read_noun(Inquiry, {**row, "place": dict(row)})


def read_request(row: RowMapping) -> HelpRequest:
    """Return the request of a row."""
    return read_noun(HelpRequest, {**row, "post": None if row["channel"] is None else dict(row)})


def read_answers(connection: Connection, rows: Sequence[RowMapping]) -> list[RecordedAnswer]:
    """Return the answers of rows, with what they say and where they were posted.

    Of their question only the words that people see are read.
    """
    ids = [row["id"] for row in rows]
    said, cited = _ANSWERED.read(connection, ids)
    posted = group_rows(connection, posts.c.answer, ids)
    return [
        read_noun(
            RecordedAnswer,
            {
                **row,
                "answer": {
                    **row,
                    "question": {**row, "subject": row["words"]},
                    "statements": said[row["id"],],
                    "nearest": cited[row["id"], None],
                    "endorsement": _read_endorsement(row),
                },
                "posts": tuple(read_noun(Post, post) for post in posted[row["id"]]),
                "spent": {name: row[column] for column, name in _SPENT.items()},
            },
        )
        for row in rows
    ]


def _read_endorsement(row: RowMapping) -> dict[str, Any] | None:
    by = row["endorsed_by"]
    return None if by is None else {"person": by, "at": row["endorsed_at"]}


def read_verdicts(connection: Connection, rows: Sequence[RowMapping]) -> list[Verdict]:
    """Return the verdicts of rows, with their corrections."""
    said, _ = _RULED.read(connection, [row["id"] for row in rows])
    return [read_noun(Verdict, {**row, "correction": said[row["id"], RuledPart.CORRECTION]}) for row in rows]


def read_approvals(connection: Connection, rows: Sequence[RowMapping]) -> list[Approval]:
    """Return the approvals of rows, with what they approve."""
    said, _ = _RULED.read(connection, [row["verdict"] for row in rows])
    return [
        read_noun(Approval, {**row, "statements": said[row["verdict"], RuledPart.APPROVAL]}) for row in rows
    ]


def write_contents(connection: Connection, recorded: RecordedAnswer) -> None:
    """Keep what an answer says."""
    answer = recorded.answer
    _ANSWERED.write(connection, (recorded.id,), answer.statements, answer.nearest)


def write_ruled(connection: Connection, verdict: str, part: RuledPart, said: Sequence[Statement]) -> None:
    """Keep the statements of a verdict."""
    _RULED.write(connection, (verdict, part), said)


@dataclass(frozen=True, slots=True)
class _StatementTables:
    """Where statements are kept with their citations.  owner: the columns that name whose they are."""

    statements: Table
    citations: Table
    owner: tuple[str, ...]

    def write(
        self,
        connection: Connection,
        owner: tuple[str, ...],
        said: Sequence[Statement],
        nearest: Sequence[Citation] = (),
    ) -> None:
        whose = dict(zip(self.owner, owner, strict=True))
        rows = [
            {**whose, "ordinal": ordinal, **write_row(self.statements, statement)}
            for ordinal, statement in enumerate(said)
        ]
        cited = [
            {**whose, "statement": ordinal, **self._write_citation(citation)}
            for ordinal, statement in enumerate(said)
            for citation in statement.citations
        ]
        cited += [{**whose, "statement": None, **self._write_citation(citation)} for citation in nearest]
        if rows:
            connection.execute(insert(self.statements), rows)
        if cited:
            connection.execute(insert(self.citations), cited)

    def read(
        self, connection: Connection, owners: Sequence[str]
    ) -> tuple[Mapping[_Key, tuple[Statement, ...]], Mapping[_Key, tuple[Citation, ...]]]:
        """Return statements by owner, and citations by owner and the ordinal of their statement."""
        cited: defaultdict[_Key, tuple[Citation, ...]] = defaultdict(tuple)
        for row in self._rows(connection, self.citations, owners):
            span = {"start": row["span_start"], "end": row["span_end"]}
            cited[*self._owner(row), row["statement"]] += (read_noun(Citation, {**row, "span": span}),)
        said: defaultdict[_Key, tuple[Statement, ...]] = defaultdict(tuple)
        for row in self._rows(connection, self.statements, owners):
            rests_on = cited[*self._owner(row), row["ordinal"]]
            said[self._owner(row)] += (read_noun(Statement, {**row, "citations": rests_on}),)
        return said, cited

    def _rows(self, connection: Connection, table: Table, owners: Sequence[str]) -> chain[RowMapping]:
        return chain.from_iterable(group_rows(connection, table.c[self.owner[0]], owners).values())

    def _owner(self, row: RowMapping) -> _Key:
        return tuple(row[name] for name in self.owner)

    def _write_citation(self, citation: Citation) -> dict[str, Any]:
        bounds = {"span_start": citation.span.start, "span_end": citation.span.end}
        return {**write_row(self.citations, citation), **bounds}


_ANSWERED = _StatementTables(statements, citations, ("answer",))
_RULED = _StatementTables(ruled_statements, ruled_citations, ("verdict", "part"))
