"""Scans: the pages of a PDF as pictures, in a PDF again, as a scanner leaves them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

import pypdfium2
from PIL import Image, ImageFilter

from support.papers import Sheets

_POINTS = 72


@dataclass(frozen=True, slots=True)
class Scanner:
    """How a scanner works.  dots: an inch.  skew: degrees by which paper lies askew, counter-clockwise.

    blur: radius in dots.  specks: how many black dots lie on a page.  turn: degrees clockwise by which paper
    is laid in.
    """

    dots: int = 200
    skew: float = 0.0
    blur: float = 0.0
    specks: int = 0
    turn: int = 0

    def scan(self, page: Image.Image) -> Image.Image:
        """Return a page as the scanner sees it."""
        seen = page.convert("L")
        if self.skew:
            seen = seen.rotate(self.skew, Image.Resampling.BICUBIC, fillcolor=255)
        if self.blur:
            seen = seen.filter(ImageFilter.GaussianBlur(self.blur))
        rng = Random(7)  # noqa: S311 - the same specks each time
        for _ in range(self.specks):
            seen.putpixel((rng.randrange(seen.width), rng.randrange(seen.height)), 0)
        return seen.rotate(-self.turn, expand=True) if self.turn else seen


def draw_pages(data: bytes, dots: int = 200) -> list[Image.Image]:
    """Draw each page of a PDF."""
    file = pypdfium2.PdfDocument(data)
    try:
        file.init_forms()
        return [page.render(scale=dots / _POINTS).to_pil() for page in file]
    finally:
        file.close()


def bind(
    pages: Sequence[Image.Image], dots: int = 200, hide: Callable[[Sheets], object] | None = None
) -> bytes:
    """Return a PDF of pictures, each as large as its page.  hide: writes what lies unseen on each."""
    paper = Sheets()
    for page in pages:
        size = page.width * _POINTS / dots, page.height * _POINTS / dots
        paper.add_page(format=size)
        paper.image(page, x=0, y=0, w=size[0], h=size[1])
        if hide is not None:
            with paper.local_context(text_mode=3):
                hide(paper)
    return bytes(paper.output())


def scan(data: bytes, scanner: Scanner | None = None) -> bytes:
    """Return a PDF as a scanner makes it of another on paper."""
    scanner = scanner or Scanner()
    return bind([scanner.scan(page) for page in draw_pages(data, scanner.dots)], scanner.dots)
