"""A file on its way into the corpus: what it is, and the bytes to keep of it."""

import codecs
from dataclasses import dataclass
from pathlib import PurePosixPath

SUFFIX_OF_TYPE = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/pdf": ".pdf",
    "application/x-pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "text/x-markdown": ".md",
}
SUFFIX_OF_NAME = {
    ".html": ".html",
    ".htm": ".html",
    ".xhtml": ".html",
    ".pdf": ".pdf",
    ".docx": ".docx",
    ".txt": ".txt",
    ".text": ".txt",
    ".md": ".md",
    ".markdown": ".md",
}
BOMS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# Python's names of the encodings that a header is believed about.  ISO 8859-1 and ASCII mean
# Windows-1252 on the web (WHATWG Encoding, "names and labels").
BELIEVED = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "cp1252": "cp1252",
    "iso8859-15": "iso8859-15",
    "utf-16": "utf-16-le",
    "utf-16-le": "utf-16-le",
    "utf-16-be": "utf-16-be",
    "utf-8": "utf-8",
}


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file as it came.

    url: the final address; None for a file of this machine.  media_type, charset: as the header says,
    in lower case.  fetched: ISO date.  filename_hint: a name that somebody gave it, not to be trusted.
    """

    data: bytes
    fetched: str
    filename_hint: str
    url: str | None = None
    media_type: str | None = None
    charset: str | None = None


def suffix_for(media_type: str | None, filename: str) -> str | None:
    """Choose the suffix of a supported format, by the type, else by the name; None where neither says.

    Plain text that is named as Markdown is Markdown: servers of raw files send it as plain text.
    """
    by_name = SUFFIX_OF_NAME.get(PurePosixPath(filename).suffix.lower())
    by_type = SUFFIX_OF_TYPE.get(media_type or "")
    if by_type == ".txt" and by_name == ".md":
        return by_name
    return by_type or by_name


def stored_bytes(fetched: Fetched, suffix: str) -> bytes:
    """Return the bytes to keep: those that came, unless only the lost header told their encoding.

    Then they are kept as UTF-8, and a page with a byte order mark: it outranks a ``meta`` element that
    says otherwise (HTML standard, "determining the character encoding"), so the page itself is not
    edited.  A header that cannot be true is not believed.
    """
    data = fetched.data
    if suffix not in {".html", ".txt", ".md"} or fetched.charset is None or data.startswith(BOMS):
        return data
    encoding = _encoding_of(data, fetched.charset)
    plain = encoding == "utf-8" and data.isascii()
    if encoding is None or plain or encoding == _told_by_file(data, suffix):
        return data
    mark = codecs.BOM_UTF8 if suffix == ".html" else b""
    return mark + data.decode(encoding).encode("utf-8")


def _encoding_of(data: bytes, charset: str) -> str | None:
    """Return the encoding to read with: UTF-8 wherever the bytes are, since nothing else looks like it."""
    named = _python_name(charset)
    if named is None:
        return None
    believed = BELIEVED.get(named)
    candidates = (believed,) if named.startswith("utf-16") else ("utf-8", believed)
    return next((name for name in candidates if name and _decodes(data, name)), None)


def _told_by_file(data: bytes, suffix: str) -> str | None:
    """Return the encoding that a reader will find without the header."""
    if suffix != ".html":
        return "utf-8"
    from bs4.dammit import EncodingDetector

    declared = EncodingDetector.find_declared_encoding(data, is_html=True)
    return BELIEVED.get(_python_name(declared or "") or "")


def _python_name(charset: str) -> str | None:
    try:
        return codecs.lookup(charset).name
    except (LookupError, ValueError):
        return None


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
