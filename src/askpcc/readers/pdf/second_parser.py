"""What another parser makes of a PDF: how its pages look, and their text in the order it is drawn."""

from threading import Lock
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    import numpy as np

_ONE_AT_A_TIME = Lock()
"""PDFium is not made for several threads at once."""

_LARGEST_SIDE = 2_400
"""In pixels, of a drawn page: A3 at one pixel a point has 1191; a poster's picture would fill the memory."""


class SecondParser:
    """PDFium on one file.  Every method gives None where PDFium cannot read what it is asked for."""

    def __init__(self, data: bytes) -> None:
        import pypdfium2

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

    def draw(self, index: int, turn: int) -> "np.ndarray[Any, np.dtype[np.uint8]] | None":
        """Draw a page in greys, one pixel a point; turn: degrees clockwise.  None where it is too large."""
        if self._file is None:
            return None
        with _ONE_AT_A_TIME:
            try:
                page = self._file[index]
                try:
                    if max(page.get_size()) > _LARGEST_SIDE:
                        return None
                    if turn:
                        page.set_rotation((page.get_rotation() + turn) % 360)
                    bitmap = page.render(scale=1, grayscale=True)
                    drawn = bitmap.to_numpy()
                    drawn = drawn.reshape(drawn.shape[0], drawn.shape[1]).copy()
                    bitmap.close()
                finally:
                    page.close()
            except self._failures:
                return None
            return drawn  # type: ignore[no-any-return]  # pypdfium2 ships no types

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
