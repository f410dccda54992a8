"""What another parser makes of a PDF: how its pages look, and their text in the order it is drawn."""

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Lock
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    import numpy as np

_ONE_AT_A_TIME = Lock()
"""PDFium is not made for several threads at once."""

_LARGEST_SIDE = 2_400
"""In pixels, of a drawn page: A3 at one pixel a point has 1191; a poster's picture would fill the memory."""

_MOST_POINTS = 20_000_000
"""Pixels of a page that is drawn to be recognised: A3 with 300 dots an inch has 17 million."""
_LONGEST_SIDE = 30_000
"""In pixels: tesseract takes 32,767."""

_PICTURE_SIDE = re.compile(rb"/(Width|Height)\s+(\d{1,9})(\s+\d+\s+R\b)?")
_LARGEST_PICTURE = 100_000_000
"""Pixels, 100 MB in greys: an A3 page scanned at 600 dots an inch has 70 million."""


class SecondParser:
    """PDFium on one file.  Every method gives None where PDFium cannot read what it is asked for."""

    def __init__(self, data: bytes) -> None:
        import pypdfium2

        self._harmless = _largest_picture(data) <= _LARGEST_PICTURE
        with _ONE_AT_A_TIME:
            self._failures = (pypdfium2.PdfiumError, ValueError, IndexError, MemoryError)
            self._file: Any = None
            try:
                self._file = pypdfium2.PdfDocument(data)
            except self._failures:
                # What the first parser reads and this one does not is doubted, not refused.
                return

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with _ONE_AT_A_TIME:
            if self._file is not None:
                self._file.close()

    def draw(
        self, index: int, turn: int, *, text: bool = True
    ) -> "np.ndarray[Any, np.dtype[np.uint8]] | None":
        """Draw a page in greys, one pixel a point.  None for too large a page or picture.

        turn: degrees clockwise.  text: False leaves out what the page itself writes, not what pictures show.
        """
        with _ONE_AT_A_TIME, suppress(*self._failures), self._open(index) as page:
            if page is not None and max(page.get_size()) <= _LARGEST_SIDE:
                return self._render(page, turn, 1.0, text=text)
        return None

    def picture(self, index: int, turn: int, dots: int) -> "np.ndarray[Any, np.dtype[np.uint8]] | None":
        """Draw a page in greys with so many dots an inch; a page larger than A3 with fewer.

        None for too large a picture.  turn: degrees clockwise.
        """
        with _ONE_AT_A_TIME, suppress(*self._failures), self._open(index) as page:
            if page is not None:
                width, height = page.get_size()
                bound = (_MOST_POINTS / (width * height)) ** 0.5
                scale = min(dots / 72, bound, _LONGEST_SIDE / max(width, height))
                return self._render(page, turn, scale)
        return None

    @contextmanager
    def _open(self, index: int) -> Iterator[Any]:
        """Give a page that is to be drawn, and None where it would cost too much."""
        if self._file is None or not self._harmless:
            yield None
            return
        page = self._file[index]
        try:
            yield page
        finally:
            page.close()

    def _render(
        self,
        page: Any,  # noqa: ANN401 - pypdfium2 ships no types
        turn: int,
        scale: float,
        *,
        text: bool = True,
    ) -> "np.ndarray[Any, np.dtype[np.uint8]]":
        from pypdfium2 import raw

        if not text:
            for written in page.get_objects(filter=(raw.FPDF_PAGEOBJ_TEXT,)):
                raw.FPDFTextObj_SetTextRenderMode(written.raw, raw.FPDF_TEXTRENDERMODE_INVISIBLE)
        if turn:
            page.set_rotation((page.get_rotation() + turn) % 360)
        bitmap = page.render(scale=scale, grayscale=True)
        try:
            drawn = bitmap.to_numpy()
            return drawn.reshape(drawn.shape[0], drawn.shape[1]).copy()  # type: ignore[no-any-return]
        finally:
            bitmap.close()

    def read(self, index: int) -> str | None:
        """Return the text of a page in the order in which it is drawn."""
        if self._file is None:
            return None
        with _ONE_AT_A_TIME:
            try:
                page = self._file[index]
                try:
                    text = page.get_textpage()
                    words = str(text.get_text_bounded())
                    text.close()
                finally:
                    page.close()
            except self._failures:
                return None
            return words


def _largest_picture(data: bytes) -> float:
    """Return the most pixels that a picture of a file can have; without end where a size stands elsewhere."""
    sides = {b"Width": 0, b"Height": 0}
    for side, length, elsewhere in _PICTURE_SIDE.findall(data):
        if elsewhere:
            return float("inf")
        sides[side] = max(sides[side], int(length))
    return sides[b"Width"] * sides[b"Height"]
