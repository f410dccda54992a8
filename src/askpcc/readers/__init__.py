"""Which reader reads which file: the formats, and the way in to this package."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from askpcc.errors import BadDocument
from askpcc.model import StoredText
from askpcc.text.words import plain

MAX_FILE_BYTES = 20 * 1024 * 1024
# Some 300,000 words: many times the longest inspection report.
MAX_TEXT_CHARACTERS = 2_000_000
# A line or a tag costs a parser far more than a letter does: 100,000 take it five seconds.
_MAX_LINES = _MAX_TAGS = 100_000
PROGRAMS = ("tesseract",)
"""What reads more of a document where it is installed: as in StoredText.lacks."""
_MAILS = frozenset({".eml", ".msg"})
_MOST_MAILS = 3
"""Mails one inside the other: forwarded once, and once more."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format of files.

    name: for people.  suffixes: of files of the corpus; a file that is added gets the first.
    media_types: under which the web sends it.  other_suffixes: which files have elsewhere.
    encoded: whether it is text, in an encoding that a header may name.
    """

    name: str
    read: Callable[[str, bytes], StoredText]
    suffixes: tuple[str, ...]
    media_types: tuple[str, ...]
    other_suffixes: tuple[str, ...] = ()
    encoded: bool = False


def read_stored_text(path: str, data: bytes) -> StoredText:
    """Read one file by its suffix; path names it in errors and is not opened.

    Raises BadDocument for whatever cannot be read: another suffix, too large, empty, damaged, locked
    by a password, or without a word of text.
    """
    read = _READERS.get(PurePosixPath(path).suffix.lower())
    if read is None:
        known = " ".join(sorted(SUPPORTED_SUFFIXES))
        raise BadDocument(path, "Files of this kind are not read.", f"Convert it to one of: {known}.")
    if len(data) > MAX_FILE_BYTES:
        limit = MAX_FILE_BYTES // 1024 // 1024
        raise BadDocument(path, f"It is larger than {limit} MB.", "Put the response alone in its place.")
    if not data.strip():
        raise BadDocument(path, "It is empty.", "Put the response in its place, or take it out.")
    stored = _without_empty_blocks(read(path, data))
    if not stored.blocks:
        raise BadDocument(path, "It holds no words.", "Put the response in its place, or take it out.")
    _refuse_more(path, len(stored.text), MAX_TEXT_CHARACTERS, "characters of text")
    return _with_language(stored)


def has_program(name: str) -> bool:
    """Tell whether one of PROGRAMS is installed with all that it needs."""
    from askpcc.readers.tesseract import PROGRAM, find_tesseract

    return name == PROGRAM and find_tesseract() is not None


def _with_language(stored: StoredText) -> StoredText:
    from askpcc.readers.language import WELSH_DOUBT, is_welsh

    # The words of a mail are read by themselves first, and have told it then.
    told = WELSH_DOUBT in stored.doubts or not is_welsh(stored.text)
    return stored if told else replace(stored, doubts=(*stored.doubts, WELSH_DOUBT))


def _without_empty_blocks(stored: StoredText) -> StoredText:
    """Leave out blocks of which people read nothing, such as a tag or a space written as an entity alone."""
    blocks = tuple(block for block in stored.blocks if plain(block.span.of(stored.text)))
    return replace(stored, blocks=blocks)


def _refuse_more(path: str, number: int, limit: int, things: str) -> None:
    if number > limit:
        reason = f"It holds {number} {things}, more than {limit}."
        raise BadDocument(path, reason, "Put the response alone in its place.")


def _decode(path: str, data: bytes) -> str:
    from askpcc.readers.decoding import decode_text

    text = decode_text(path, data)
    _refuse_more(path, len(text), MAX_TEXT_CHARACTERS, "characters of text")
    _refuse_more(path, text.count("\n") + text.count("\r"), _MAX_LINES, "lines")
    return text


# A format's parser is imported when its first file is read: pdfplumber alone costs half a second.
def _read_pdf(path: str, data: bytes) -> StoredText:
    from askpcc.readers.pdf import read_pdf

    return read_pdf(path, data)


def _read_docx(path: str, data: bytes) -> StoredText:
    from askpcc.readers.docx import read_docx

    return read_docx(path, data)


def _read_html(path: str, data: bytes) -> StoredText:
    from askpcc.readers.html import read_html

    _refuse_more(path, data.count(b"<"), _MAX_TAGS, "tags")
    return read_html(path, data)


def _read_markdown(path: str, data: bytes) -> StoredText:
    from askpcc.readers.markdown import read_markdown

    return read_markdown(path, _decode(path, data))


def _read_xlsx(path: str, data: bytes) -> StoredText:
    from askpcc.readers.spreadsheets import read_xlsx

    return read_xlsx(path, data)


def _read_csv(path: str, data: bytes) -> StoredText:
    from askpcc.readers.delimited import read_csv

    return read_csv(path, _decode(path, data))


def _read_odt(path: str, data: bytes) -> StoredText:
    from askpcc.readers.odt import read_odt

    return read_odt(path, data)


def _read_rtf(path: str, data: bytes) -> StoredText:
    from askpcc.readers.rtf import read_rtf

    return read_rtf(path, data)


def _read_pptx(path: str, data: bytes) -> StoredText:
    from askpcc.readers.pptx import read_pptx

    return read_pptx(path, data)


def _read_doc(path: str, data: bytes) -> StoredText:
    from askpcc.readers.old_word import read_doc

    return read_doc(path, data)


def _read_eml(path: str, data: bytes) -> StoredText:
    from askpcc.readers.mail import read_eml

    return read_eml(path, data, _read_part)


def _read_msg(path: str, data: bytes) -> StoredText:
    from askpcc.readers.mail import read_msg

    return read_msg(path, data, _read_part)


def _read_part(path: str, data: bytes) -> StoredText:
    """Read what a mail holds; raises BadDocument for mails inside one another beyond measure."""
    inside = sum(PurePosixPath(step).suffix.lower() in _MAILS for step in PurePosixPath(path).parts)
    if inside > _MOST_MAILS:
        reason = f"It is a mail inside more than {_MOST_MAILS - 1} others."
        raise BadDocument(path, reason, "Save it as a file of its own.")
    return read_stored_text(path, data)


def _read_plain_text(path: str, data: bytes) -> StoredText:
    from askpcc.readers.markdown import read_plain_text

    return read_plain_text(path, _decode(path, data))


FORMATS = (
    Format("PDF", _read_pdf, (".pdf",), ("application/pdf", "application/x-pdf")),
    Format(
        name="Word (.docx)",
        read=_read_docx,
        suffixes=(".docx",),
        media_types=("application/vnd.openxmlformats-officedocument.wordprocessingml.document",),
    ),
    Format(
        name="HTML",
        read=_read_html,
        suffixes=(".html", ".htm"),
        media_types=("text/html", "application/xhtml+xml"),
        other_suffixes=(".xhtml",),
        encoded=True,
    ),
    Format(
        name="Markdown",
        read=_read_markdown,
        suffixes=(".md", ".markdown"),
        media_types=("text/markdown", "text/x-markdown"),
        encoded=True,
    ),
    Format(
        name="Excel (.xlsx)",
        read=_read_xlsx,
        suffixes=(".xlsx", ".xlsm"),
        media_types=("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",),
    ),
    Format(
        name="PowerPoint (.pptx)",
        read=_read_pptx,
        suffixes=(".pptx",),
        media_types=("application/vnd.openxmlformats-officedocument.presentationml.presentation",),
    ),
    Format("Word before 2007 (.doc)", _read_doc, (".doc",), ("application/msword",)),
    Format("mail (.eml)", _read_eml, (".eml",), ("message/rfc822",)),
    Format("Outlook mail (.msg)", _read_msg, (".msg",), ("application/vnd.ms-outlook",)),
    Format("OpenDocument (.odt)", _read_odt, (".odt",), ("application/vnd.oasis.opendocument.text",)),
    Format("rich text (.rtf)", _read_rtf, (".rtf",), ("application/rtf", "text/rtf")),
    Format("CSV", _read_csv, (".csv",), ("text/csv", "application/csv"), encoded=True),
    Format("plain text", _read_plain_text, (".txt",), ("text/plain",), (".text",), encoded=True),
)
"""All that is read; nothing else lists formats."""

_READERS = {suffix: format_.read for format_ in FORMATS for suffix in format_.suffixes}
SUPPORTED_SUFFIXES = frozenset(_READERS)
*_FIRST, _LAST = (format_.name for format_ in FORMATS)
FORMAT_NAMES = f"{', '.join(_FIRST)} or {_LAST}"
