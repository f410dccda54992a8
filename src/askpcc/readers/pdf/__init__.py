"""PDF documents, as text and blocks: letters, lines, columns and tables, and what goes on over a page."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from typing import Any

from askpcc.errors import BadDocument
from askpcc.model import StoredText
from askpcc.readers.decoding import refuse_inflated_streams
from askpcc.readers.pdf.columns import Flow, Hints, arrange
from askpcc.readers.pdf.comparing import doubt_page
from askpcc.readers.pdf.continuing import join_tables, make_document, texts_of
from askpcc.readers.pdf.hyphens import Hyphens
from askpcc.readers.pdf.labels import put_labels_before
from askpcc.readers.pdf.letters import Word, share_of_letterless
from askpcc.readers.pdf.paragraphs import measure_type
from askpcc.readers.pdf.recognising import LACKING_REMEDY, Recogniser
from askpcc.readers.pdf.running_lines import drop_running_lines
from askpcc.readers.pdf.second_parser import SecondParser
from askpcc.readers.pdf.sheets import Sheet, read_sheet
from askpcc.readers.text_blocks import clean_title, compose

_MAX_PAGES = 2_000
_MIN_CHARACTERS_A_PAGE = 20
"""A page of a scan holds a stamp or a page number at most."""
_LETTERLESS_SHARE = 0.25
_SAVE_REMEDY = "Open it in a PDF viewer, save it anew, and put the result in its place."


def read_pdf(path: str, data: bytes) -> StoredText:
    """Read a PDF: its blocks, where each page begins, and a title where its properties hold a real one.

    Lines stay as they are set, but for words that a line end breaks.  Running heads, feet, page numbers,
    watermarks and what cannot be seen are left out.  Pages that are pictures are recognised where tesseract
    is installed.  Doubts name the pages that may be read wrongly.
    Raises BadDocument for a damaged or locked file, a scan, a bomb, or too many pages.
    """
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect

    refuse_inflated_streams(path, data)
    with SecondParser(data) as second:
        recogniser = Recogniser(second)
        try:
            with pdfplumber.open(BytesIO(data)) as pdf:
                sheets = _read_sheets(path, pdf, second, recogniser)
                title = clean_title(pdf.metadata.get("Title"))
        except BadDocument:
            raise
        except Exception as exc:
            # So broad because a damaged PDF raises whatever its parser stumbles over, such as a KeyError.
            if any(isinstance(cause, PDFPasswordIncorrect) for cause in (exc, *exc.args)):
                reason, remedy = (
                    "It is locked with a password.",
                    "Save it without one and put it in its place.",
                )
                raise BadDocument(path, reason, remedy) from exc
            raise BadDocument(path, "It is damaged and cannot be read as a PDF.", _SAVE_REMEDY) from exc
        pages, doubts = _arrange(sheets, second)
    join_tables(pages)
    stored = _compose(pages)
    return StoredText(
        stored.text,
        stored.blocks,
        stored.page_starts,
        title,
        doubts=(*recogniser.doubts(), *doubts),
        lacks=recogniser.lacks,
    )


def _read_sheets(
    path: str,
    pdf: Any,  # noqa: ANN401 - pdfplumber ships no types
    second: SecondParser,
    recogniser: Recogniser,
) -> list[Sheet]:
    if len(pdf.pages) > _MAX_PAGES:
        reason = f"It has {len(pdf.pages)} pages, more than {_MAX_PAGES}."
        raise BadDocument(path, reason, "Put the response alone in its place.")
    sheets: list[Sheet] = []
    for page in pdf.pages:
        sheets.append(read_sheet(page, second, recogniser))
        # Else every page's letters stay in memory until the last is read.
        page.close()
    _refuse_unreadable(path, sheets, recogniser)
    return sheets


def _refuse_unreadable(path: str, sheets: Sequence[Sheet], recogniser: Recogniser) -> None:
    words = [word.text for sheet in sheets for word in sheet.words]
    words += [row.text for sheet in sheets for row in sheet.rows]
    length = sum(map(len, words))
    recognised = any(sheet.recognised for sheet in sheets)
    pictures = any(sheet.pictures for sheet in sheets) and not recognised
    if not length or (pictures and length < _MIN_CHARACTERS_A_PAGE * len(sheets)):
        raise recogniser.refuse(path)
    if share_of_letterless(words) > _LETTERLESS_SHARE:
        raise BadDocument(
            path, "Its fonts do not say which letters they show.", LACKING_REMEDY, recogniser.lacks
        )


def _arrange(sheets: Sequence[Sheet], second: SecondParser) -> tuple[list[list[Flow]], list[str]]:
    """Put each page in order; return with it the doubts about all."""
    pages: list[list[Flow]] = []
    doubts: list[str] = []
    hints = Hints()
    for sheet in drop_running_lines(sheets):
        flows = arrange(
            [*sheet.words, *_stand_in(sheet)], sheet.rules, replace(hints, drawn=not sheet.recognised)
        )
        hints = _hint(flows, hints)
        pages.append(flows)
        doubts.extend(sheet.doubts)
        if sheet.recognised:
            continue
        filled = Counter(word.text for word in sheet.words if word.field)
        doubts.extend(doubt_page(sheet.number, flows, sheet.letters, filled, second.read(sheet.number - 1)))
    return pages, doubts


def _stand_in(sheet: Sheet) -> list[Word]:
    """Return the rows of ruled tables as words, so that columns are found around them."""
    return [
        Word("", row.left, row.right, row.top, row.bottom, row.size, bold=False, order=row.order, row=row)
        for row in sheet.rows
    ]


def _hint(flows: Sequence[Flow], hints: Hints) -> Hints:
    last = flows[-1].lines[-1] if flows else None
    columns = hints.columns | {flow.column for flow in flows if flow.column}
    if last is None or not last.cells:
        return Hints(columns=columns)
    return Hints(last.edges, columns)


def _compose(pages: Sequence[Sequence[Flow]]) -> StoredText:
    setting = measure_type([flow.lines for flows in pages for flow in flows])
    pieces, starts = make_document(pages, setting, Hyphens(texts_of(pages)).mend)
    return put_labels_before(compose(pieces, paged=True), starts)
