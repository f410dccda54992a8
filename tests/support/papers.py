"""Small PDFs in points: words where a test puts them, in the order in which it does."""

from collections.abc import Callable, Iterable, Sequence

from fpdf import FPDF

from askpcc.model import StoredText
from askpcc.readers.pdf import read_pdf

LINE = 14
"""From line to line, in points."""


class Sheets(FPDF):
    """An A4 paper on which words stand where they are put."""

    def __init__(self) -> None:
        super().__init__(unit="pt")
        self.set_auto_page_break(auto=False)
        self.set_font("helvetica", size=11)

    def put(self, left: float, top: float, lines: str | Iterable[str], pitch: float = LINE) -> float:
        """Put lines under one another; return the height beneath them."""
        for line in lines.split("\n") if isinstance(lines, str) else lines:
            self.text(left, top, line)
            top += pitch
        return top

    def put_rows(self, top: float, lefts: Sequence[float], rows: Iterable[Sequence[str]]) -> float:
        """Put rows of cells that stand beside one another; return the height beneath them."""
        for row in rows:
            top = max(self.put(left, top, cell) for left, cell in zip(lefts, row, strict=True)) + 6
        return top


def read_sheets(write: Callable[[Sheets], object]) -> StoredText:
    """Read what is written on the first page, and on those that are added."""
    return read_pdf("a.pdf", draw_sheets(write))


def draw_sheets(write: Callable[[Sheets], object]) -> bytes:
    """Return a PDF with what is written on its first page, and on those that are added."""
    sheets = Sheets()
    sheets.add_page()
    write(sheets)
    return bytes(sheets.output())


def words_of(stored: StoredText) -> list[str]:
    """Return the words of each block, with the lines of a paragraph made one."""
    return [" ".join(block.span.of(stored.text).split(" ")).replace("\n", " ") for block in stored.blocks]
