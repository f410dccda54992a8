"""Statements with numbered quotations, tables, sources, and the window of a source."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from askpcc.library import Freshness, Surroundings
from askpcc.model import (
    Answer,
    Citation,
    DocumentCard,
    FactName,
    Statement,
    Wanted,
)
from askpcc.rendering.results import (
    follow_quotations,
    label_of,
    source_link,
    split_label,
    visible,
)
from askpcc.slack.blocks import (
    SOURCE_VIEW,
    Block,
    Piece,
    anchor,
    cell,
    context,
    divider,
    format_freshness,
    modal,
    paragraph,
    plain_section,
    quotation,
    rich_text,
    section,
    table,
    weigh,
    words,
)
from askpcc.slack.mrkdwn import (
    CONTEXT_ELEMENTS,
    TABLE_CHARACTERS,
    TABLE_ROWS,
    cut,
    cut_start,
    escape_line,
    in_one_line,
    link,
    mrkdwn_text,
    plain_text,
    split,
)
from askpcc.text.dates import show_date
from askpcc.text.words import plain

SILENT = "The documents do not say."
_ABOVE = "Quoted above: "
_LONGEST_PART = 2_000
Numbers = Mapping[Citation, int]
_LONGEST_TITLE = 150
_LONGEST_BLOCK = 4_000
"""Characters of one block of sources, so that several go into a message with other blocks."""

_MOST_AS_TEXT = 5
_LONGEST_ROW = 3_000
"""A row with more characters, those of addresses included, is no row to read: all are written out then."""

_SPARE = 500
"""Characters of a table that are left free, since Slack may count them in another way."""

_AS_OF, _UNDATED = ", as of ", ", undated"
_LONGEST_QUOTE = 7_000
_LONGEST_AROUND = 1_200
_LONGEST_MODAL_TITLE = 300
_DATES = {
    FactName.RESPONDED: "response dated",
    FactName.DATED: "dated",
    FactName.PUBLISHED: "report published",
}
_LONGEST_DOUBTS = 1_000
"""Characters; Slack takes 2,000 in a text of a context."""
_STALE = "The newest file of this document cannot be read; this is the version before it."


@dataclass(frozen=True, slots=True)
class _Row:
    cells: list[Block]
    line: str


def format_statements(
    statements: Sequence[Statement], numbers: Numbers, verdict: str = ""
) -> Iterator[Piece]:
    """Yield the pieces of each statement; words that stand above are not quoted a second time.

    verdict: stands above; what it says already is not said again.
    """
    for statement, citations in follow_quotations(statements):
        pieces = [piece for one, again in citations for piece in _cite(one, numbers[one], again=again)]
        yield from _state(statement, pieces, verdict)


def _state(statement: Statement, pieces: Sequence[Piece], verdict: str) -> Iterator[Piece]:
    label = escape_line(label_of(statement, verdict))
    if not label:
        yield from pieces
        return
    first, *others = pieces or [Piece((), ("",))]
    line = f"{label}: {first.words[0]}" if first.words[0] else label
    shown = (
        embolden(statement) if statement.text and statement.text in label_of(statement, verdict) else label
    )
    yield Piece((section(shown), *first.blocks), (line,))
    yield from others


def _cite(citation: Citation, number: int, *, again: bool) -> list[Piece]:
    if not again:
        return quote(citation, number)
    source = anchor(number, source_link(citation))
    return [Piece((rich_text(paragraph([words(_ABOVE), source])),), (f"{_ABOVE}[{number}]",))]


def quote(citation: Citation, number: int) -> list[Piece]:
    """Return the words of a citation with its number, in as many quotations as Slack's limits need."""
    *earlier, last = split(quoted_words(citation), _LONGEST_PART)
    numbered = quotation([words(last), words(" "), anchor(number, source_link(citation))])
    return [
        *(Piece((rich_text(quotation([words(part)])),), (escape_line(part),)) for part in earlier),
        Piece((rich_text(numbered),), (f"{escape_line(last)} [{number}]",)),
    ]


def quoted_words(citation: Citation) -> str:
    """Return the words of a citation as people read them, in one line and in quotation marks."""
    return f"“{in_one_line(plain(citation.quote))}”"


def embolden(statement: Statement) -> str:
    """Return what a statement says before its quotations, with its status in bold."""
    text = in_one_line(statement.text)
    before, status, rest = split_label(text, statement.status)
    told = f"{before}*{escape_line(status)}*{_escape_rest(rest)}" if status else escape_line(text)
    return f"{escape_line(statement.matter)} — {told}" if statement.matter else told


def _escape_rest(text: str) -> str:
    """Escape words that go on a line."""
    return escape_line(f".{text}")[1:]


def format_statement(statement: Statement, numbers: Numbers) -> str:
    """Return a statement in words, escaped: status first, then quotations and numbers."""
    cited = " ".join(f"{escape_line(quoted_words(one))} [{numbers[one]}]" for one in statement.citations)
    label = escape_line(label_of(statement, ""))
    return f"{label}: {cited}" if label and cited else label or cited


def anchors(citations: Sequence[Citation], numbers: Numbers) -> Block:
    """Return the numbers of several sources as one paragraph."""
    elements: list[Block] = []
    for one in dict.fromkeys(citations):
        elements += [words(" "), anchor(numbers[one], source_link(one))]
    return paragraph(elements[1:])


def list_sources(numbers: Numbers, dates: Mapping[str, str]) -> list[Piece]:
    """Return small print with all sources: number, title with its link, page, date."""
    parts: list[list[tuple[Block, str]]] = []
    for citation, number in numbers.items():
        iso = dates.get(citation.document)
        shown = mrkdwn_text(show_source(citation, number, iso, source_link(citation)))
        said = show_source(citation, number, iso, None)
        if not parts or not _has_room([element for element, _ in parts[-1]], shown):
            parts.append([])
        parts[-1].append((shown, said))
    return [
        Piece((context(element for element, _ in part),), tuple(said for _, said in part)) for part in parts
    ]


def _has_room(elements: list[Block], further: Block) -> bool:
    return len(elements) < CONTEXT_ELEMENTS and weigh(elements) + weigh(further) <= _LONGEST_BLOCK


def show_source(citation: Citation, number: int, iso: str | None, url: str | None) -> str:
    """Return the line of a source in mrkdwn, its title linked where there is an address."""
    title = cut(in_one_line(citation.title or citation.document), _LONGEST_TITLE)
    return f"[{number}] {link(url, title)}{_format_page(citation)}{_format_date(iso)}"


def name_source(citation: Citation, number: int, limit: int) -> str:
    """Return the number, the title and the page of a source in so many characters, the title cut."""
    before, after = f"[{number}] ", _format_page(citation)
    title = in_one_line(citation.title or citation.document)
    return f"{before}{cut(title, limit - len(before) - len(after))}{after}"


def _format_page(citation: Citation) -> str:
    return f", page {citation.page}" if citation.page else ""


def _format_date(iso: str | None) -> str:
    return f", {escape_line(show_date(iso))}" if iso else ""


def tabulate(answer: Answer, numbers: Numbers) -> list[Piece] | None:
    """Return a lead and tables, one a piece; None for an answer that reads better as text."""
    statements = answer.statements
    stated = sum(statement.status is not None for statement in statements)
    listed = answer.question.wanted is Wanted.LIST and len(statements) > 1
    if not (stated > _MOST_AS_TEXT or listed) or not all(one.citations for one in statements):
        return None
    named = any(one.matter for one in statements)
    rows = [_row(statement, numbers, stated=stated > 0, named=named) for statement in statements]
    if any(weigh(row.cells) > _LONGEST_ROW for row in rows):
        return None
    head = _head(stated=stated > 0, named=named)
    tables = [_table(head, part) for part in _divide(rows, weigh(head))]
    if answer.verdict:
        return tables
    lead = _lead(statements)
    return [Piece((section(f"*{lead}*"),), (lead,)), *tables]


def _lead(statements: Sequence[Statement]) -> str:
    """Return how many statements there are, and how many say which status."""
    counted = Counter(one.status.words for one in statements if one.status)
    by_status = ", ".join(f"{number} {status}" for status, number in counted.most_common())
    return f"{len(statements)} statements: {by_status}" if counted else f"{len(statements)} statements"


def _head(*, stated: bool, named: bool) -> list[Block]:
    words = ["Words"] if named else []
    said = ["Status and who says so", "As of"] if stated else []
    return [cell(name) for name in ("Matter", *said, *words, "Source")]


def _row(statement: Statement, numbers: Numbers, *, stated: bool, named: bool) -> _Row:
    status, as_of = split_status(statement.text)
    quoted = " ".join(quoted_words(one) for one in dict.fromkeys(statement.citations))
    said = [cell(status), cell(as_of)]
    if not stated and status:
        quoted = f"{in_one_line(statement.text)}: {quoted}"
    source = rich_text(anchors(statement.citations, numbers))
    words = [cell(quoted)] if named else []
    first = cell(in_one_line(statement.matter)) if named else cell(quoted)
    return _Row([first, *(said if stated else []), *words, source], format_statement(statement, numbers))


def split_status(text: str) -> tuple[str, str]:
    """Split what a statement says into its status with who says so, and as of when."""
    text = in_one_line(text)
    status, found, as_of = text.rpartition(_AS_OF)
    if found:
        return status, as_of
    status, found, dated = text.partition(_UNDATED)
    return (status, f"undated{dated}") if found else (text, "")


def _divide(rows: Sequence[_Row], head: int) -> Iterator[list[_Row]]:
    part: list[_Row] = []
    weight = head
    for row in rows:
        heavier = weight + weigh(row.cells)
        full = len(part) + 1 >= TABLE_ROWS or heavier > TABLE_CHARACTERS - _SPARE
        if part and full:
            yield part
            part, heavier = [], head + weigh(row.cells)
        part.append(row)
        weight = heavier
    yield part


def _table(head: list[Block], rows: Sequence[_Row]) -> Piece:
    return Piece((table([head, *(row.cells for row in rows)]),), tuple(row.line for row in rows))


def build_source_modal(
    citation: Citation, document: DocumentCard, surroundings: Surroundings, freshness: Freshness
) -> Block:
    """Return a view of a source.  Words stand in it as stored, without what steers a display."""
    before, quote, after = surroundings
    doubts = cut(" ".join(document.doubts), _LONGEST_DOUBTS)
    blocks = [
        _describe(citation, document),
        divider(),
        *_around(cut_start(visible(before).strip(), _LONGEST_AROUND)),
        *_mark(cut(visible(quote).strip(), _LONGEST_QUOTE)),
        *_around(cut(visible(after).strip(), _LONGEST_AROUND)),
        divider(),
        *([context([plain_text(_STALE)])] if document.stale else []),
        *([context([plain_text(doubts)])] if doubts else []),
        context([plain_text(format_freshness(freshness))]),
    ]
    metadata = f"{citation.version}:{citation.span.start}:{citation.span.end}"
    return modal("Source", blocks, SOURCE_VIEW, metadata)


def _describe(citation: Citation, document: DocumentCard) -> Block:
    title = escape_line(cut(in_one_line(citation.title or citation.document), _LONGEST_MODAL_TITLE))
    facts = [escape_line(cut(fact, _LONGEST_MODAL_TITLE)) for fact in _facts(citation, document)]
    opened = link(source_link(citation), "Open the source")
    lines = [f"*{title}*", ", ".join(facts), opened if opened.startswith("<") else ""]
    return section("\n".join(line for line in lines if line))


def _facts(citation: Citation, document: DocumentCard) -> Iterator[str]:
    force = document.fact(FactName.FORCE)
    if force:
        yield force.value
    for name, label in _DATES.items():
        fact = document.fact(name)
        if fact:
            yield f"{label} {show_date(fact.value)}"
    if citation.page:
        yield f"page {citation.page}"


def _around(text: str) -> Iterator[Block]:
    if text:
        yield plain_section(text)


def _mark(text: str) -> Iterator[Block]:
    """Yield the cited words as bold quotations; in rich text no mark of theirs is read as markup."""
    for part in split(text, _LONGEST_PART):
        yield rich_text(quotation([words(part, bold=True)]))
