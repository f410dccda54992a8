"""Many statements as a table: the matter, its status and who says so, as of when, the source."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from askpcc.model import Answer, Statement, Wanted
from askpcc.surfaces.slack import limits
from askpcc.surfaces.slack.answers.blocks import rich_text, section, weigh
from askpcc.surfaces.slack.answers.messages import Block, Piece
from askpcc.surfaces.slack.answers.statements import Numbers, anchors, quoted_words, say_statement
from askpcc.surfaces.slack.text import in_one_line, literal

_MOST_AS_TEXT = 5
_LONGEST_ROW = 3_000
"""A row with more characters, those of addresses included, is no row to read: all are written out then."""

_SPARE = 500
"""Characters of a table that are left free, since Slack may count them in another way."""

_AS_OF, _UNDATED = ", as of ", ", undated"
_NOTHING = "–"


@dataclass(frozen=True, slots=True)
class _Row:
    cells: list[Block]
    line: str


def tabulate(answer: Answer, numbers: Numbers) -> list[Piece] | None:
    """Return a lead and tables, one a piece; None for an answer that reads better as text."""
    statements = answer.statements
    stated = sum(statement.status is not None for statement in statements)
    listed = answer.question.wanted is Wanted.LIST and len(statements) > 1
    if not (stated > _MOST_AS_TEXT or listed) or not all(one.citations for one in statements):
        return None
    rows = [_row(statement, numbers, stated=stated > 0) for statement in statements]
    if any(weigh(row.cells) > _LONGEST_ROW for row in rows):
        return None
    head = _head(stated=stated > 0)
    lead = _lead(statements)
    tables = [_table(head, part) for part in _divide(rows, weigh(head))]
    return [Piece((section(f"*{lead}*"),), (lead,)), *tables]


def _lead(statements: Sequence[Statement]) -> str:
    """Return how many statements there are, and how many say which status."""
    counted = Counter(str(one.status).replace("_", " ") for one in statements if one.status)
    by_status = ", ".join(f"{number} {status}" for status, number in counted.most_common())
    return f"{len(statements)} statements: {by_status}" if counted else f"{len(statements)} statements"


def _head(*, stated: bool) -> list[Block]:
    names = ["Matter", "Status and who says so", "As of", "Source"] if stated else ["Matter", "Source"]
    return [_cell(name) for name in names]


def _row(statement: Statement, numbers: Numbers, *, stated: bool) -> _Row:
    status, as_of = split_status(statement.text)
    quoted = " ".join(quoted_words(one) for one in dict.fromkeys(statement.citations))
    said = [_cell(status), _cell(as_of)]
    if not stated and status:
        quoted = f"{in_one_line(statement.text)}: {quoted}"
    source = rich_text(anchors(statement.citations, numbers))
    return _Row([_cell(quoted), *(said if stated else []), source], say_statement(statement, numbers))


def split_status(text: str) -> tuple[str, str]:
    """Split what a statement says into its status with who says so, and as of when."""
    text = in_one_line(text)
    if text.endswith(_UNDATED):
        return text.removesuffix(_UNDATED), "undated"
    status, found, as_of = text.rpartition(_AS_OF)
    return (status, as_of) if found else (text, "")


def _cell(text: str) -> Block:
    return {"type": "raw_text", "text": literal(text) or _NOTHING}


def _divide(rows: Sequence[_Row], head: int) -> Iterator[list[_Row]]:
    part: list[_Row] = []
    weight = head
    for row in rows:
        heavier = weight + weigh(row.cells)
        full = len(part) + 1 >= limits.TABLE_ROWS or heavier > limits.TABLE_CHARACTERS - _SPARE
        if part and full:
            yield part
            part, heavier = [], head + weigh(row.cells)
        part.append(row)
        weight = heavier
    yield part


def _table(head: list[Block], rows: Sequence[_Row]) -> Piece:
    settings = [{"is_wrapped": True} for _ in head]
    cells = [head, *(row.cells for row in rows)]
    return Piece(
        ({"type": "table", "rows": cells, "column_settings": settings},), tuple(row.line for row in rows)
    )
