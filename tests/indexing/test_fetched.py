"""What is kept of a file that was fetched."""

import codecs

from bs4 import BeautifulSoup

from askpcc.downloads import Fetched, stored_bytes, suffix_for
from support.cases import cases

WORDS = "Borsetshire’s cells cost £5"
META_1252 = '<meta charset="windows-1252">'
META_UTF8 = '<meta charset="utf-8">'


def kept(data: bytes, charset: str | None, suffix: str = ".txt") -> bytes:
    return stored_bytes(Fetched(data, "2026-03-04", "page", charset=charset), suffix)


@cases(
    ("media_type", "name", "suffix"),
    [
        ("text/html", "reply.pdf", ".html"),
        ("application/xhtml+xml", "page", ".html"),
        ("application/pdf", "page.aspx", ".pdf"),
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "x", ".docx"),
        ("text/plain", "reply", ".txt"),
        ("text/plain", "reply.md", ".md"),
        ("text/plain", "reply.html", ".txt"),
        ("text/markdown", "reply", ".md"),
        ("application/octet-stream", "reply.PDF", ".pdf"),
        (None, "reply.htm", ".html"),
        (None, "reply.markdown", ".md"),
        (None, "reply", None),
        ("image/png", "reply.png", None),
    ],
)
def test_the_format_is_told_by_the_type_else_by_the_name(
    media_type: str | None, name: str, suffix: str | None
) -> None:
    assert suffix_for(media_type, name) == suffix


@cases("suffix", [".txt", ".md"])
@cases(
    ("charset", "encoding"),
    [
        ("windows-1252", "cp1252"),
        ("ISO-8859-1", "cp1252"),
        ("us-ascii", "cp1252"),
        ("utf-16le", "utf-16-le"),
        ("utf-16be", "utf-16-be"),
        ("utf-16", "utf-16-le"),
    ],
)
def test_text_that_only_its_header_explains_is_kept_as_utf8(charset: str, encoding: str, suffix: str) -> None:
    assert kept(WORDS.encode(encoding), charset, suffix) == WORDS.encode()


@cases(
    ("data", "charset"),
    [
        (WORDS.encode(), "utf-8"),
        (WORDS.encode(), "windows-1252"),
        (WORDS.encode(), None),
        (WORDS.encode("cp1252"), None),
        (WORDS.encode("cp1252"), "utf-8"),
        (WORDS.encode("cp1252"), "utf-16"),
        (WORDS.encode("cp1252"), "klingon"),
        (WORDS.encode("cp1252"), "rot13"),
        (WORDS.encode("cp1252"), "a\x00b"),
        (b"\x81", "windows-1252"),
        (codecs.BOM_UTF16_LE + WORDS.encode("utf-16-le"), "utf-8"),
        (codecs.BOM_UTF8 + WORDS.encode(), "windows-1252"),
    ],
)
def test_text_is_kept_as_it_came_where_the_header_says_nothing_new_or_untrue(
    data: bytes, charset: str | None
) -> None:
    assert kept(data, charset) == data


@cases("suffix", [".pdf", ".docx"])
def test_a_format_with_its_own_encoding_is_kept_as_it_came(suffix: str) -> None:
    assert kept(WORDS.encode("cp1252"), "windows-1252", suffix) == WORDS.encode("cp1252")


@cases(
    ("meta", "encoding", "charset", "untouched"),
    [
        (META_UTF8, "utf-8", "utf-8", True),
        (META_UTF8, "utf-8", "iso-8859-1", True),
        (META_1252, "cp1252", "windows-1252", True),
        (META_1252, "cp1252", None, True),
        ("", "utf-8", "utf-8", False),
        ("", "cp1252", "windows-1252", False),
        (META_UTF8, "cp1252", "windows-1252", False),
        (META_1252, "utf-8", "utf-8", False),
    ],
)
def test_a_page_is_read_as_its_header_says_whatever_it_declares(
    meta: str, encoding: str, charset: str | None, untouched: bool
) -> None:
    page = f"<html><head>{meta}</head><body><p>{WORDS}</p></body></html>".encode(encoding)

    stored = kept(page, charset, ".html")

    assert BeautifulSoup(stored, "lxml").get_text() == WORDS
    assert (stored == page) is untouched


def test_a_page_in_ascii_is_kept_as_it_came() -> None:
    assert kept(b"<p>plain</p>", "utf-8", ".html") == b"<p>plain</p>"
