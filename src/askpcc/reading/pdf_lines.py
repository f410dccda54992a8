"""The lines of a PDF page: words set on one base line, or the row of a ruled table."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

# A wider gap between two words, in sizes of their letters, is the gap between two columns of a form.
COLUMN_GAP = 2.5
# A narrower one lies within a word whose font changes: 11 and its raised th.
WORD_GAP = 0.1
# Words whose middles lie nearer than this, in sizes of their letters, stand on one line.
SAME_LINE = 0.45

_BOLD_FONT = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Line:
    """One line, in points from the page's upper left corner; cells: of a table's row, as lines again."""

    text: str
    top: float
    bottom: float
    left: float
    right: float
    size: float
    bold: bool = False
    cells: tuple[tuple["Line", ...], ...] = ()


def read_lines(page: Any) -> list[Line]:  # noqa: ANN401 - pdfplumber ships no types
    """Return the lines of a page from top to bottom, each word once."""
    tables = [table for table in page.find_tables() if _is_table(table)]
    boxes = [table.bbox for table in tables]
    words: list[dict[str, Any]] = page.extract_words(
        x_tolerance=2, y_tolerance=3, extra_attrs=["fontname", "size"]
    )
    rows = [line for table in tables for line in _read_rows(table, words)]
    others = [word for word in words if not any(_holds(box, word) for box in boxes)]
    return sorted([*rows, *_set_lines(others)], key=lambda line: (line.top, line.left))


def _is_table(table: Any) -> bool:  # noqa: ANN401 - pdfplumber ships no types
    """Tell a table from a frame around text, which has one column."""
    return max(sum(cell is not None for cell in row.cells) for row in table.rows) > 1


def _holds(box: Sequence[float], word: dict[str, Any]) -> bool:
    across, down = (word["x0"] + word["x1"]) / 2, _middle(word)
    return bool(box[0] <= across <= box[2] and box[1] <= down <= box[3])


def _read_rows(table: Any, words: Sequence[dict[str, Any]]) -> Iterator[Line]:  # noqa: ANN401 - pdfplumber ships no types
    words = [word for word in words if _holds(table.bbox, word)]
    for row in table.rows:
        boxes = [cell for cell in row.cells if cell is not None]
        cells = tuple(tuple(_set_lines([word for word in words if _holds(box, word)])) for box in boxes)
        filled = [line for cell in cells for line in cell]
        if filled:
            left, top, right, bottom = row.bbox
            text = "\t".join(" ".join(line.text for line in cell) for cell in cells)
            yield Line(text, top, bottom, left, right, filled[0].size, cells=cells)


def _set_lines(words: Sequence[dict[str, Any]]) -> list[Line]:
    """Put words on lines, from top to bottom."""
    lines: list[list[dict[str, Any]]] = []
    for word in sorted(words, key=_middle):
        size = max(word["size"], lines[-1][0]["size"]) if lines else 0
        if lines and _middle(word) - _middle(lines[-1][0]) < SAME_LINE * size:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [_make_line(sorted(line, key=lambda word: word["x0"])) for line in lines]


def _middle(word: dict[str, Any]) -> float:
    return float(word["top"] + word["bottom"]) / 2


def _make_line(words: Sequence[dict[str, Any]]) -> Line:
    readable = [word for word in words if any(map(str.isalnum, word["text"]))] or words
    sizes = sorted(word["size"] for word in readable for _ in word["text"])
    return Line(
        text=_join(words),
        top=min(word["top"] for word in words),
        bottom=max(word["bottom"] for word in words),
        left=words[0]["x0"],
        right=max(word["x1"] for word in words),
        size=round(sizes[len(sizes) // 2], 1),
        bold=all(_BOLD_FONT.search(word["fontname"]) for word in readable),
    )


def _join(words: Sequence[dict[str, Any]]) -> str:
    text, right = "", 0.0
    for word in words:
        gap = word["x0"] - right
        if text and gap > COLUMN_GAP * word["size"]:
            text += "\t"
        elif text and (gap > WORD_GAP * word["size"] or word["text"][0].isspace()):
            text += " "
        text += word["text"]
        right = word["x1"]
    return text
