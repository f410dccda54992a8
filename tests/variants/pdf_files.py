"""The response as PDFs whose every line is placed by the test: columns, tables, furniture, turned pages."""

import shutil
from collections.abc import Callable, Iterable
from typing import Any

from fpdf import FPDF

from support.scans import Scanner, scan
from variants.response import ALL, EVERY_QUESTION, HEADS, Recommendation, Response, Variant

_LINE = 5.5
"""Millimetres from a line to the next, for letters of eleven points."""
_WIDTH, _LEFT, _TOP = 170, 20, 20


def _paper(**form: Any) -> FPDF:  # noqa: ANN401 - as fpdf2 takes it
    paper = FPDF(**form)
    paper.set_margins(_LEFT, _TOP)
    paper.set_auto_page_break(True, margin=20)
    paper.add_page()
    paper.set_font("helvetica", size=11)
    return paper


def _write(paper: FPDF, words: str, width: float = 0, bold: bool = False) -> None:
    paper.set_font("helvetica", "B" if bold else "", 13 if bold else 11)
    paper.multi_cell(width, _LINE, words, new_x="LEFT", new_y="NEXT")
    paper.ln(2)


def _begin(paper: FPDF, response: Response) -> None:
    _write(paper, response.title, bold=True)
    for words in response.before:
        _write(paper, words)


def _end(paper: FPDF, response: Response) -> bytes:
    for words in response.end:
        _write(paper, words)
    return bytes(paper.output())


def _tell(paper: FPDF, one: Recommendation) -> None:
    _write(paper, one.name, bold=True)
    _write(paper, one.asks)
    _write(paper, one.answer)


def write_pdf(response: Response, paper: FPDF | None = None) -> bytes:
    """Return a PDF of headings and paragraphs."""
    paper = paper or _paper()
    _begin(paper, response)
    for one in response.recommendations:
        _tell(paper, one)
    return _end(paper, response)


class _Marked(FPDF):
    """Paper with furniture on each page."""

    def __init__(self, *, head: bool = False, watermark: bool = False, numbers: bool = False) -> None:
        super().__init__()
        self._head, self._watermark, self._numbers = head, watermark, numbers
        self.set_margins(_LEFT + 8, _TOP + 6)
        self.set_auto_page_break(True, margin=25)
        self.add_page()
        self.set_font("helvetica", size=11)

    def header(self) -> None:
        if self._head:
            self.set_font("helvetica", "I", 8)
            self.text(_LEFT, 12, "OPCC Barchester: response to HMICFRS")
        if self._watermark:
            self.set_font("helvetica", "B", 90)
            self.set_text_color(220)
            with self.rotation(45, 105, 150):
                self.text(30, 170, "DRAFT")
            self.set_text_color(0)
        if self._numbers:
            self.set_font("helvetica", size=7)
            for line in range(1, 46):
                self.text(_LEFT - 8, _TOP + 4 + line * _LINE, str(line))
        self.set_font("helvetica", size=11)

    def footer(self) -> None:
        if self._head:
            self.set_font("helvetica", "I", 8)
            self.text(_LEFT, 287, f"Page {self.page_no()} of 2. The status of recommendation 4 is complete.")


def _columns(number: int, size: float) -> Callable[[Response], bytes]:
    def write(response: Response) -> bytes:
        paper = _paper()
        _begin(paper, response)
        paper.set_font("helvetica", size=size)
        align = "J" if number > 2 else "L"
        with paper.text_columns(ncols=number, gutter=8, text_align=align, line_height=1.2) as columns:
            for one in response.recommendations:
                for words in (one.name, one.asks, one.answer):
                    columns.write(f"{words}\n\n")
            for words in response.end:
                columns.write(f"{words}\n\n")
        return bytes(paper.output())

    return write


def _side_by_side(response: Response) -> bytes:
    """Write demands on the left and answers on the right, line by line of the page."""
    paper = _paper()
    _begin(paper, response)
    for one in response.recommendations:
        if paper.get_y() > 240:
            paper.add_page()
        top = paper.get_y()
        paper.set_font("helvetica", size=10)
        paper.set_xy(_LEFT, top)
        paper.multi_cell(78, 5, f"{one.name}\n{one.asks}", align="L", new_x="LEFT", new_y="NEXT")
        left = paper.get_y()
        paper.set_xy(_LEFT + 90, top)
        paper.multi_cell(78, 5, one.answer, align="L", new_x="LEFT", new_y="NEXT")
        paper.set_xy(_LEFT, max(left, paper.get_y()) + 5)
    return _end(paper, response)


def _table(
    paper: FPDF,
    response: Response,
    borders: str = "ALL",
    widths: Iterable[int] = (10, 40, 20, 60, 25, 20),
    size: float = 8,
) -> bytes:
    _begin(paper, response)
    paper.set_font("helvetica", size=size)
    with paper.table(
        borders_layout=borders, col_widths=tuple(widths), line_height=size * 0.5, text_align="LEFT", padding=1
    ) as table:
        for row in (HEADS, *(one.row for one in response.recommendations)):
            cells = table.row()
            for words in row:
                cells.cell(words)
    return _end(paper, response)


_FIRST_END = 150
"""Millimetres from the top, where the first page ends: within the second row."""


def _split_rows(response: Response) -> bytes:
    """Draw a ruled table by hand whose rows go on over the end of a page."""
    paper = _paper()
    paper.set_auto_page_break(False)
    _begin(paper, response)
    widths, bottom, y = (12, 45, 22, 53, 22, 18), 277.0, paper.get_y()
    paper.set_font("helvetica", size=8)
    top = y
    for row in (HEADS, *(one.row for one in response.recommendations)):
        lines = [_lines(paper, words, width) for width, words in zip(widths, row, strict=True)]
        for place in range(max(map(len, lines))):
            if y + 4 > (_FIRST_END if paper.page_no() == 1 else bottom):
                _rule(paper, widths, top, y)
                paper.add_page()
                y = top = float(_TOP)
            x = float(_LEFT)
            for width, cell in zip(widths, lines, strict=True):
                if place < len(cell):
                    paper.text(x + 1, y + 4, cell[place])
                x += width
            y += 4
        y += 2
        _rule(paper, widths, top, y)
        top = y
    paper.set_xy(_LEFT, y + 5)
    return _end(paper, response)


def _lines(paper: FPDF, words: str, width: int) -> list[str]:
    made = paper.multi_cell(width - 2, 4, words, dry_run=True, output="LINES", align="L")
    assert isinstance(made, list)
    return made


def _rule(paper: FPDF, widths: Iterable[int], top: float, bottom: float) -> None:
    x = float(_LEFT)
    for width in widths:
        paper.rect(x, top, width, bottom - top)
        x += width


def _broken_sentence(response: Response) -> bytes:
    """Let each answer go on overleaf after "does not", or in the middle of its first sentence."""
    paper = _paper()
    _begin(paper, response)
    for one in response.recommendations:
        words = one.answer.split()
        at = words.index("not") + 1 if "not" in words else min(4, len(words) // 2)
        _write(paper, one.name, bold=True)
        _write(paper, one.asks)
        _write(paper, " ".join(words[:at]))
        paper.add_page()
        _write(paper, " ".join(words[at:]))
    return _end(paper, response)


def _printed_numbers(response: Response) -> bytes:
    """Print "1." to "6." in a column of their own beside the demands."""
    paper = _paper()
    _begin(paper, response)
    _write(paper, "Recommendations", bold=True)
    for one in response.recommendations:
        paper.set_font("helvetica", size=11)
        if paper.get_y() > 255:
            paper.add_page()
        paper.cell(10, _LINE, f"{one.number}.")
        paper.set_left_margin(_LEFT + 10)
        paper.set_x(_LEFT + 10)
        _write(paper, one.asks)
        _write(paper, one.answer)
        paper.set_left_margin(_LEFT)
        paper.set_x(_LEFT)
    return _end(paper, response)


def _hyphenated(response: Response) -> bytes:
    """Write narrow lines that break within words, with a hyphen."""
    paper = _paper()
    _begin(paper, response)
    for one in response.recommendations:
        _write(paper, one.name, bold=True)
        for words in (one.asks, one.answer):
            for line in _break(words):
                paper.cell(0, _LINE, line, new_x="LMARGIN", new_y="NEXT")
            paper.ln(3)
    return _end(paper, response)


_NARROW = 34
"""Letters in a line."""


def _break(words: str) -> list[str]:
    """Break words into lines; one of seven letters or more is broken where the line ends."""
    lines, line = [], ""
    for word in words.split():
        room = _NARROW - len(line) - 1
        if len(word) <= room:
            line = f"{line} {word}".strip()
        elif len(word) >= 7 and word.isalpha() and room >= 4:
            cut = min(room - 1, len(word) - 3)
            lines.append(f"{line} {word[:cut]}-".strip())
            line = word[cut:]
        else:
            lines.append(line)
            line = word
    return [*lines, line]


def _blank_scan(_: Response) -> bytes:
    """Return a page that is a picture of nothing: nobody can read it."""
    from PIL import Image

    paper = FPDF()
    paper.add_page()
    paper.image(Image.new("L", (600, 800), 230), x=10, y=10, w=180)
    return bytes(paper.output())


_ASKEW = Scanner(dots=150, skew=1.2, blur=0.7, specks=40)


def _scanned(
    name: str,
    make: Callable[[Response], bytes],
    scanner: Scanner | None = None,
    numbers: tuple[int, ...] = ALL,
) -> Variant:
    """Return a form that can be read where tesseract is installed."""
    read = shutil.which("tesseract") is not None
    return Variant(
        f"scan-{name}",
        ".pdf",
        lambda response: scan(make(response), scanner),
        numbers=numbers if read else (),
        answers=EVERY_QUESTION if read else (),
        refused=not read,
    )


def _pdf(name: str, make: Callable[[Response], bytes]) -> Variant:
    return Variant(f"pdf-{name}", ".pdf", make)


_LANDSCAPE = (14, 70, 25, 90, 35, 25)
_SLIM = (9, 24, 13, 30, 17, 12)

VARIANTS = (
    _pdf("plain", write_pdf),
    _pdf("two-columns", _columns(2, 11)),
    _pdf("three-columns", _columns(3, 12)),
    _pdf("side-by-side", _side_by_side),
    _pdf("watermark", lambda response: write_pdf(response, _Marked(watermark=True))),
    _pdf("margin-numbers", lambda response: write_pdf(response, _Marked(numbers=True))),
    _pdf("header-footer", lambda response: write_pdf(response, _Marked(head=True))),
    _pdf("table-ruled", lambda response: _table(_paper(), response)),
    _pdf("table-unruled", lambda response: _table(_paper(), response, "NONE")),
    _pdf("table-lines", lambda response: _table(_paper(), response, "HORIZONTAL_LINES")),
    _pdf("table-narrow", lambda response: _table(_paper(), response, widths=_SLIM, size=10)),
    _pdf("table-landscape", lambda response: _table(_paper(orientation="L"), response, widths=_LANDSCAPE)),
    _pdf("table-split-rows", _split_rows),
    _pdf("broken-sentence", _broken_sentence),
    _pdf("printed-numbers", _printed_numbers),
    _pdf("hyphenated", _hyphenated),
    Variant("pdf-scan", ".pdf", _blank_scan, numbers=(), answers=(), refused=True),
    _scanned("plain", write_pdf),
    # Tesseract is not sure of the fifth heading, so that nothing is told of its recommendation.
    _scanned("askew", write_pdf, _ASKEW, (1, 2, 3, 4, 6)),
    _scanned("two-columns", _columns(2, 11)),
    _scanned("side-by-side", _side_by_side),
    _scanned("table-ruled", lambda response: _table(_paper(), response)),
    _scanned("table-unruled", lambda response: _table(_paper(), response, "NONE")),
    _scanned("printed-numbers", _printed_numbers),
)
