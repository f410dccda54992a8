"""PDF documents, as text and blocks."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from typing import Any

from askpcc.errors import BadDocument
from askpcc.model import BlockKind, StoredText
from askpcc.readers.decoding import refuse_inflated_streams
from askpcc.readers.text_blocks import (
    Piece,
    clean_title,
    compose,
    divide,
    make_row,
    skip_glyph,
    skip_marker,
)

# A wider gap between two words, in sizes of their letters, is the gap between two columns of a form.
_COLUMN_GAP = 2.5
# A narrower one lies within a word whose font changes: 11 and its raised th.
_WORD_GAP = 0.1
# Words whose middles lie nearer than this, in sizes of their letters, stand on one line.
_SAME_LINE = 0.45

_BOLD_FONT = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
# Share of a page's height, at its top and at its foot, in which they stand.
_MARGIN = 0.12
# A line is a running one where it stands on this share of the pages, and on two at least.
_RUNNING = 0.6

_PAGE_NUMBER = re.compile(
    r"[-\u2013\u2014|\s]*(?:page\s*)?(?:\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?|[ivxl]{1,6})[-\u2013\u2014|\s]*",
    re.IGNORECASE,
)
# Letters this much larger than those of the text make a heading.
_HEADING_SIZE = 1.15
# A longer stretch in large letters is text in large letters.
MAX_HEADING_CHARACTERS = 250
# From line to line, in sizes of the letters: what most writers set, and the widest that is one paragraph.
_USUAL_PITCH, _WIDEST_PITCH = 1.25, 2.0
# A step from one line to the next this much larger than usual parts two paragraphs.
_PARAGRAPH_STEP = 1.2
# A last line of a paragraph is shorter than this share of the widest line.
_SHORT_LINE = 0.8
# Bullets whose signs stand nearer than this, in points, are on one level.
_INDENT = 8.0

_SENTENCE_END = (".", ":", ";", "?", "!")
_MAX_PAGES = 2_000
# A page of a scan holds a stamp or a page number at most.
_MIN_CHARACTERS_A_PAGE = 20
# What the parser writes where a font does not say which letter a sign is.
_NO_LETTER = re.compile(r"\(cid:\d+\)")
_OCR_REMEDY = "Run text recognition over it (for example ocrmypdf) and put the result in its place."
_SAVE_REMEDY = "Open it in a PDF viewer, save it anew, and put the result in its place."


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
        if lines and _middle(word) - _middle(lines[-1][0]) < _SAME_LINE * size:
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
        if text and gap > _COLUMN_GAP * word["size"]:
            text += "\t"
        elif text and (gap > _WORD_GAP * word["size"] or word["text"][0].isspace()):
            text += " "
        text += word["text"]
        right = word["x1"]
    return text


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of one page from top to bottom, and its height in points."""

    lines: Sequence[Line]
    height: float


def _drop_running_lines(pages: Sequence[Page]) -> list[list[Line]]:
    """Return the lines of each page without heads, feet and page numbers; digits in them may differ."""
    seen = Counter(words for page in pages for words in {_say(line) for line in _marginal(page)})
    least = max(2, _RUNNING * len(pages))
    return [_keep_own(page, seen, least) for page in pages]


def _keep_own(page: Page, seen: Counter[str], least: float) -> list[Line]:
    running = [
        line
        for line in _marginal(page)
        if seen[_say(line)] >= least or _PAGE_NUMBER.fullmatch(line.text.strip())
    ]
    return [line for line in page.lines if line not in running]


def _marginal(page: Page) -> Iterator[Line]:
    for line in page.lines:
        if not line.cells and (line.bottom < _MARGIN * page.height or line.top > (1 - _MARGIN) * page.height):
            yield line


def _say(line: Line) -> str:
    """Return what a line says on every page: heads name the chapter and, across the page, its number."""
    numbered = re.fullmatch(r"\d{1,4}\t.*|.*\t\d{1,4}", line.text)
    return "\t#" if numbered else re.sub(r"\d+", "#", line.text)


@dataclass(frozen=True, slots=True)
class Setting:
    """How a document is set: sizes of its headings, pitch and width of its lines."""

    headings: tuple[float, ...]
    pitch: float
    right: float


def _measure_type(pages: Sequence[Sequence[Line]]) -> Setting:
    """Measure how most of a document is set."""
    lines = [line for page in pages for line in page if not line.cells]
    sizes: Counter[float] = Counter()
    for line in (line for page in pages for line in page):
        sizes[line.size] += len(line.text)
    size = sizes.most_common(1)[0][0] if sizes else 0.0
    headings = sorted((each for each in sizes if each >= _HEADING_SIZE * size), reverse=True)
    steps = Counter(step for page in pages for step in _steps(page))
    common = [step for step, times in steps.items() if times >= sum(steps.values()) / 5]
    return Setting(
        tuple(headings),
        min(common, default=_USUAL_PITCH),
        max((line.right for line in lines), default=0),
    )


def _steps(page: Sequence[Line]) -> Iterator[float]:
    """Yield the pitch from line to line, in sizes of the letters, where it can be that of one paragraph."""
    for before, line in pairwise(page):
        step = round((line.bottom - before.bottom) / line.size, 1) if line.size else 0
        if before.size == line.size and 0 < step <= _WIDEST_PITCH and not (line.cells or before.cells):
            yield step


def _make_pieces(lines: Sequence[Line], setting: Setting) -> list[Piece]:
    """Return the blocks that the lines of one page make, in order."""
    margins: list[float] = []
    pieces: list[Piece] = []
    for group in _group(lines, setting):
        if group[0].cells:
            cells = [_make_pieces(cell, setting) for cell in group[0].cells]
            pieces.extend(make_row(cells))
        else:
            pieces.extend(_make_group(group, setting, margins))
    return pieces


def _group(lines: Sequence[Line], setting: Setting) -> Iterator[list[Line]]:
    """Yield the lines that make one paragraph, bullet, heading or row."""
    group: list[Line] = []
    for line in lines:
        if group and _parts(group, line, setting):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _parts(group: Sequence[Line], line: Line, setting: Setting) -> bool:
    """Tell whether a line begins something new."""
    before = group[-1]
    if line.cells or before.cells or line.bold != before.bold or _differs(before.size, line.size):
        return True
    if line.bottom - before.bottom > setting.pitch * _PARAGRAPH_STEP * line.size or line.top < before.top:
        return True
    if skip_glyph(line.text):
        return True
    listed = bool(skip_marker(group[0].text)) or before.text.endswith(":")
    if skip_marker(line.text) and (listed or abs(line.left - before.left) > _INDENT):
        return True
    ended = before.text.endswith(_SENTENCE_END) and before.right < _SHORT_LINE * setting.right
    return ended and line.text[:1].isupper() and "\t" not in line.text


def _differs(size: float, other: float) -> bool:
    return max(size, other) >= _HEADING_SIZE * min(size, other)


def _make_group(group: Sequence[Line], setting: Setting, margins: list[float]) -> Iterator[Piece]:
    text = "\n".join(line.text for line in group)
    marker = skip_marker(text)
    if group[0].size in setting.headings and len(text) <= MAX_HEADING_CHARACTERS:
        level = min(setting.headings.index(group[0].size) + 1, 6)
        yield Piece(BlockKind.HEADING, re.sub(r"\s+", " ", text), level)
    elif marker and not all(line.bold for line in group):
        yield Piece(BlockKind.BULLET, text[marker:], _find_level(group[0].left, margins))
    else:
        margins.clear()
        yield from divide(text, [line.bold for line in group])


def _find_level(left: float, margins: list[float]) -> int:
    """Return the depth of a bullet by where its sign stands; margins: of the open levels, kept up to date."""
    while margins and left < margins[-1] - _INDENT:
        margins.pop()
    if not margins or left > margins[-1] + _INDENT:
        margins.append(left)
    return len(margins)


def read_pdf(path: str, data: bytes) -> StoredText:
    """Read a PDF: its blocks, where each page begins, and a title where its properties hold a real one.

    Lines stay as they are set.  Running heads, feet and page numbers are left out.
    Raises BadDocument for a damaged or locked file, a scan, a bomb, or too many pages.
    """
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect

    refuse_inflated_streams(path, data)
    try:
        with pdfplumber.open(BytesIO(data)) as pdf:
            pages = _read_pages(path, pdf)
            title = clean_title(pdf.metadata.get("Title"))
    except BadDocument:
        raise
    except Exception as exc:
        # So broad because a damaged PDF raises whatever its parser stumbles over: KeyError, struct.error ...
        if any(isinstance(cause, PDFPasswordIncorrect) for cause in (exc, *exc.args)):
            reason, remedy = "It is locked with a password.", "Save it without one and put it in its place."
            raise BadDocument(path, reason, remedy) from exc
        raise BadDocument(path, "It is damaged and cannot be read as a PDF.", _SAVE_REMEDY) from exc
    shown = _drop_running_lines(pages)
    setting = _measure_type(shown)
    stored = compose([_make_pieces(page, setting) for page in shown], paged=True)
    return StoredText(stored.text, stored.blocks, stored.page_starts, title)


def _read_pages(path: str, pdf: Any) -> list[Page]:  # noqa: ANN401 - pdfplumber ships no types
    if len(pdf.pages) > _MAX_PAGES:
        reason = f"It has {len(pdf.pages)} pages, more than {_MAX_PAGES}."
        raise BadDocument(path, reason, "Put the response alone in its place.")
    pages: list[Page] = []
    pictures = 0
    for page in pdf.pages:
        pages.append(Page(read_lines(page), float(page.height)))
        pictures += len(page.images)
        # Else every page's letters stay in memory until the last is read.
        page.close()
    _refuse_unreadable(path, pages, pictures)
    return pages


def _refuse_unreadable(path: str, pages: list[Page], pictures: int) -> None:
    text = "".join(line.text for page in pages for line in page.lines)
    if not text or (pictures and len(text) < _MIN_CHARACTERS_A_PAGE * len(pages)):
        raise BadDocument(path, "It is a scan: its pages are pictures without text.", _OCR_REMEDY)
    if sum(map(len, _NO_LETTER.findall(text))) > len(text) / 4:
        raise BadDocument(path, "Its fonts do not say which letters they show.", _OCR_REMEDY)
