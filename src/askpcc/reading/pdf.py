"""PDF: the text layer, page by page."""

import re
from io import BytesIO
from typing import Any

from askpcc.errors import BadDocument
from askpcc.model import StoredText
from askpcc.reading.composing import compose
from askpcc.reading.inflation import refuse_inflated_streams
from askpcc.reading.pdf_blocks import make_pieces, measure_type
from askpcc.reading.pdf_lines import read_lines
from askpcc.reading.properties import clean_title
from askpcc.reading.running_lines import Page, drop_running_lines

MAX_PAGES = 2_000
# A page of a scan holds a stamp or a page number at most.
MIN_CHARACTERS_A_PAGE = 20
# What the parser writes where a font does not say which letter a sign is.
_NO_LETTER = re.compile(r"\(cid:\d+\)")
_OCR_REMEDY = "Run text recognition over it (for example ocrmypdf) and put the result in its place."
_SAVE_REMEDY = "Open it in a PDF viewer, save it anew, and put the result in its place."


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
    shown = drop_running_lines(pages)
    setting = measure_type(shown)
    stored = compose([make_pieces(page, setting) for page in shown], paged=True)
    return StoredText(stored.text, stored.blocks, stored.page_starts, title)


def _read_pages(path: str, pdf: Any) -> list[Page]:  # noqa: ANN401 - pdfplumber ships no types
    if len(pdf.pages) > MAX_PAGES:
        reason = f"It has {len(pdf.pages)} pages, more than {MAX_PAGES}."
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
    if not text or (pictures and len(text) < MIN_CHARACTERS_A_PAGE * len(pages)):
        raise BadDocument(path, "It is a scan: its pages are pictures without text.", _OCR_REMEDY)
    if sum(map(len, _NO_LETTER.findall(text))) > len(text) / 4:
        raise BadDocument(path, "Its fonts do not say which letters they show.", _OCR_REMEDY)
