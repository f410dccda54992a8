"""Pages as they are parsed: their words, ruled tables and rules, before they are put in order."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from askpcc.readers.pdf.drawn_rules import Box, Rules, find_tables
from askpcc.readers.pdf.form_fields import MAX_FIELDS, read_fields
from askpcc.readers.pdf.letters import (
    Letter,
    Letters,
    Word,
    find_turn,
    join_initials,
    keep_visible,
    make_words,
    share_of_unreadable,
    sort_letters,
)
from askpcc.readers.pdf.recognising import Page, Recogniser
from askpcc.readers.pdf.second_parser import SecondParser
from askpcc.readers.pdf.text_lines import Line, set_lines

_NARROW = 6.0
"""In points: no column of a table is narrower; two rules this near are one, drawn double."""
_THIN = 3.0
"""In points: a filled rectangle that is lower is a rule."""
_LEAST_RULE = 100.0
"""In points: a shorter one parts no rows of a table."""
_UNREADABLE_SHARE = 0.005
"""One sign in 200 may be a symbol that no code point stands for."""
_SIDEWAYS_SHARE = 0.01
"""Of a page's letters: a mark down the edge of a page has less."""
_LEANING_SHARE = 0.1
"""Of a page's letters: a stamp has less."""
_HIDDEN_SHARE = 0.1
"""Of a page's words: a link or a caption set in white is less."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page: words outside of ruled tables, rows of those tables, and rules by their height.

    letters: how many letters the page holds, for comparison.  doubts: sentences, the page named.
    recognised: whether its words are those of a picture, with which no parser's can be compared.
    """

    number: int
    words: tuple[Word, ...]
    rows: tuple[Line, ...]
    rules: tuple[Box, ...]
    height: float
    pictures: int
    letters: int
    doubts: tuple[str, ...] = ()
    recognised: bool = False


def read_sheet(page: Any, second: SecondParser, recogniser: Recogniser) -> Sheet:  # noqa: ANN401 - pdfplumber ships no types
    """Read one page: its words once each, as far as people see them, and the rows of its ruled tables."""
    turn = find_turn(page.chars)
    if turn:
        page = _turned(page, turn)
    letters = sort_letters(page.chars)
    words = make_words(letters.upright)
    drawn = second.draw(page.page_number - 1, turn)
    seen = words if drawn is None else keep_visible(words, drawn, page.cropbox, letters.lean)
    chosen = recogniser.choose(
        Page(page.page_number, seen, drawn, page.cropbox, turn, letters.lean, _share_of_pictures(page))
    )
    doubts: list[str] = []
    if chosen.recognised:
        page = _turned(page, chosen.turn) if chosen.turn else page
        seen = _move(chosen.words, page.cropbox)
    else:
        seen = list(chosen.words)
        doubts = _doubt(page.page_number, words, seen, letters)
        if words and drawn is None:
            doubts.append(f"Whether all text of page {page.page_number} can be seen was not checked.")
    if len(page.annots) > MAX_FIELDS:
        doubts.append(f"Page {page.page_number} has more fields than are read.")
    seen = join_initials(seen)
    seen += read_fields(page, seen)
    rows: list[Line] = []
    others = seen
    rules = _shift(chosen.rules, page.cropbox)
    for table in _tables_of(page, rules) if chosen.recognised else page.find_tables():
        if _is_table(table):
            inside = [word for word in others if _holds(table.bbox, word)]
            others = [word for word in others if not _holds(table.bbox, word)]
            rows.extend(_read_rows(table, inside))
    return Sheet(
        page.page_number,
        tuple(others),
        tuple(rows),
        (*_find_rules(page), *(rule for rule in rules.across if rule[2] - rule[0] >= _LEAST_RULE)),
        float(page.height),
        len(page.images),
        sum(not letter["text"].isspace() for letter in page.chars),
        tuple(doubts),
        chosen.recognised,
    )


def _turned(page: Any, turn: int) -> Any:  # noqa: ANN401 - pdfplumber ships no types
    from pdfplumber.page import Page

    rotated = (page.rotation + turn) % 360
    page.page_obj.rotate = rotated
    page.page_obj.attrs["Rotate"] = rotated
    return Page(page.pdf, page.page_obj, page.page_number)


def _share_of_pictures(page: Any) -> float:  # noqa: ANN401 - pdfplumber ships no types
    """Return which share of a page pictures cover; a scanner may cut one into strips."""
    left, top, right, bottom = page.cropbox
    sizes = (
        max(min(picture["x1"], right) - max(picture["x0"], left), 0)
        * max(min(picture["bottom"], bottom) - max(picture["top"], top), 0)
        for picture in page.images
    )
    return float(min(sum(sizes) / max((right - left) * (bottom - top), 1), 1))


def _tables_of(page: Any, rules: Rules) -> list[Any]:  # noqa: ANN401 - pdfplumber ships no types
    """Return the tables that the rules of a picture make, as pdfplumber has tables."""
    from pdfplumber.table import Table

    return [Table(page, cells) for cells in find_tables(rules, _NARROW)]


def _shift(rules: Rules, box: Sequence[float]) -> Rules:
    """Return rules that are measured from the corner of a box as measured from that of the page."""

    def shift(rule: Box) -> Box:
        return rule[0] + box[0], rule[1] + box[1], rule[2] + box[0], rule[3] + box[1]

    return Rules(tuple(map(shift, rules.across)), tuple(map(shift, rules.down)))


def _move(words: Sequence[Word], box: Sequence[float]) -> list[Word]:
    """Return words that are measured from the corner of a box as measured from that of the page."""
    return [
        replace(
            word,
            left=word.left + box[0],
            right=word.right + box[0],
            top=word.top + box[1],
            bottom=word.bottom + box[1],
        )
        for word in words
    ]


def _doubt(number: int, words: Sequence[Word], seen: Sequence[Word], letters: Letters) -> list[str]:
    doubts = []
    if share_of_unreadable(words) > _UNREADABLE_SHARE:
        doubts.append(f"The file names letters of page {number} wrongly.")
    few = max(_SIDEWAYS_SHARE * len(letters.upright), 1)
    if len(letters.sideways) > few and _within_text(letters.sideways, seen):
        doubts.append(f"Text that stands on its side on page {number} was left out.")
    if letters.leaning > _LEANING_SHARE * len(letters.upright):
        doubts.append(f"Text that leans on page {number} was left out.")
    if len(words) - len(seen) > _HIDDEN_SHARE * len(words):
        doubts.append(f"Text that cannot be seen on page {number} was left out.")
    return doubts


def _within_text(sideways: Sequence[Letter], words: Sequence[Word]) -> bool:
    left, right = min((w.left for w in words), default=0), max((w.right for w in words), default=0)
    return any(left < (letter["x0"] + letter["x1"]) / 2 < right for letter in sideways)


def _is_table(table: Any) -> bool:  # noqa: ANN401 - pdfplumber ships no types
    """Tell a table from a frame around text, which has one column."""
    return max(sum(cell is not None for cell in row.cells) for row in table.rows) > 1


def _holds(box: Sequence[float], word: Word) -> bool:
    across = (word.left + word.right) / 2
    return bool(box[0] <= across <= box[2] and box[1] <= word.middle <= box[3])


def _read_rows(table: Any, words: Sequence[Word]) -> list[Line]:  # noqa: ANN401 - pdfplumber ships no types
    edges = sorted({cell[0] for row in table.rows for cell in row.cells if cell is not None})
    rows: list[Line] = []
    for row in table.rows:
        left, top, right, bottom = row.bbox
        inside = [[] if cell is None else [w for w in words if _holds(cell, w)] for cell in row.cells]
        cells = tuple(tuple(set_lines(cell)) for cell in inside)
        rows.append(make_row(cells, (left, top, right, bottom), tuple(edges)))
    return _drop_empty_columns([row for row in rows if any(row.cells)], float(table.bbox[2]))


def make_row(cells: tuple[tuple[Line, ...], ...], box: Box, edges: tuple[float, ...]) -> Line:
    """Return a row of a table as a line of its cells."""
    filled = [line for cell in cells for line in cell]
    return Line(
        text="\t".join(" ".join(line.text for line in cell) for cell in cells),
        top=box[1],
        bottom=box[3],
        left=box[0],
        right=box[2],
        size=filled[0].size if filled else 0.0,
        cells=cells,
        edges=edges,
        order=min((line.order for line in filled), default=0),
    )


def _drop_empty_columns(rows: Sequence[Line], right: float) -> list[Line]:
    """Leave out columns too narrow for a letter that no row has words in: the space in a double rule."""
    if not rows:
        return []
    edges = (*rows[0].edges, right)
    kept = [
        column
        for column in range(len(rows[0].cells))
        if edges[column + 1] - edges[column] >= _NARROW or any(row.cells[column] for row in rows)
    ]
    return [
        replace(
            row,
            cells=tuple(row.cells[column] for column in kept),
            edges=tuple(edges[column] for column in kept),
            text="\t".join(" ".join(line.text for line in row.cells[column]) for column in kept),
        )
        for row in rows
    ]


def _find_rules(page: Any) -> list[Box]:  # noqa: ANN401 - pdfplumber ships no types
    found = [*page.lines, *(rect for rect in page.rects if rect["height"] < _THIN)]
    return [
        (float(rule["x0"]), float(rule["top"]), float(rule["x1"]), float(rule["bottom"]))
        for rule in found
        if rule["width"] >= _LEAST_RULE and rule["height"] < _THIN
    ]
