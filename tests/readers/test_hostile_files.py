"""Files that were broken or made to harm are named, and harm nobody."""

import html
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pytest
from fpdf import FPDF
from hypothesis import given, settings
from hypothesis import strategies as st

from askpcc.errors import BadDocument
from askpcc.model import StoredText
from askpcc.readers import (
    MAX_FILE_BYTES,
    MAX_TEXT_CHARACTERS,
    SUPPORTED_SUFFIXES,
    read_stored_text,
)
from support.cases import cases

NEIGHBOUR = "words of another file"


def make_pdf(words: str = "Words of a response.") -> bytes:
    paper = FPDF()
    paper.add_page()
    paper.set_font("helvetica", size=11)
    paper.cell(0, 6, words)
    return bytes(paper.output())


def make_docx(words: str = "Words of a response.") -> bytes:
    document = docx.Document()
    for paragraph in words.split("\n"):
        document.add_paragraph(paragraph)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def change_part(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """Return a copy of an archive with one part changed."""
    changed = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(changed, "w", ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, change(old.read(part)) if part == name else old.read(part))
    return changed.getvalue()


def refuse(path: str, data: bytes) -> BadDocument:
    with pytest.raises(BadDocument) as caught:
        read_stored_text(path, data)
    error = caught.value
    assert error.document == path
    assert error.remedy
    assert "Traceback" not in str(error)
    return error


def words_of(stored: StoredText) -> list[str]:
    return [block.span.of(stored.text) for block in stored.blocks]


@cases("suffix", sorted(SUPPORTED_SUFFIXES))
@cases("data", [b"", b" \n\t ", bytes(200), bytes(range(256)) * 20, b"\xff\xfe", b"\xef\xbb\xbf"])
def test_a_file_with_nothing_to_read_is_refused(suffix: str, data: bytes) -> None:
    refuse(f"letter{suffix}", data)


@cases("path", ["a.doc", "a.exe", "a", "a.md.bak", ".md"])
def test_another_kind_of_file_is_refused_with_the_kinds_that_are_read(path: str) -> None:
    assert ".docx" in refuse(path, b"words").remedy


def test_suffixes_may_be_in_capitals() -> None:
    assert words_of(read_stored_text("A/B.MD", b"words")) == ["words"]


def test_a_huge_file_is_refused_unread() -> None:
    assert "20 MB" in refuse("a.pdf", bytes(MAX_FILE_BYTES + 1)).reason


@cases(
    ("path", "data", "things"),
    [
        ("a.md", b"- x\n" * 100_001, "lines"),
        ("a.txt", b"x\r" * 100_001, "lines"),
        ("a.html", b"<p>x" * 100_001, "tags"),
    ],
    ids=["md", "txt", "html"],
)
def test_more_lines_or_tags_than_a_response_has_are_refused(path: str, data: bytes, things: str) -> None:
    assert things in refuse(path, data).reason


@cases("suffix", [".md", ".txt", ".html"])
def test_more_text_than_a_response_has_is_refused(suffix: str) -> None:
    assert "characters of text" in refuse(f"a{suffix}", b"word " * (MAX_TEXT_CHARACTERS // 5 + 10)).reason


@cases("suffix", [".md", ".txt", ".html"])
@cases(
    "text",
    [
        "word " * 200_000,
        "x" * 1_000_000,
        "> " * 10_000 + "x",
        "- " * 10_000 + "x",
        "\n".join("  " * depth + "- x" for depth in range(300)),
        "[" * 20_000 + "x",
        "*" * 100_000 + "x",
        "<!--" * 20_000 + "x",
        "<b>" * 5_000 + "x",
        "Aa: " * 50_000,
        "|a" * 5_000 + "\n" + "|-" * 5_000,
        "\u202e\u200f\u200b\u2066rtl\u2069 words \ufeff",
        "\u0301" * 10_000 + "x",
        "a\tb\n" * 5_000,
        "- x\n" * 5_000,
        "x\n\n" * 5_000,
    ],
    ids=lambda text: repr(text[:6]),
)
def test_odd_text_is_read_or_refused(suffix: str, text: str) -> None:
    try:
        assert read_stored_text(f"a{suffix}", text.encode()).blocks
    except BadDocument:
        assert suffix == ".html"


@cases("tag", ["div", "ul><li", "b", "table><tr><td", "dl><dd"])
def test_deep_nesting_in_a_page_loses_no_words(tag: str) -> None:
    page = f"<body><p>before</p>{f'<{tag}>' * 2_500}deep words</body>"
    assert words_of(read_stored_text("a.html", page.encode()))[:2] == ["before", "deep words"]


def test_furniture_nested_without_limit_is_weighed_once() -> None:
    page = '<body><div class="menu">' * 5_000 + "<p>words</p>"
    assert words_of(read_stored_text("a.html", page.encode())) == ["words"]


@pytest.mark.parametrize(
    "page",
    [
        '<!DOCTYPE html [<!ENTITY x SYSTEM "{url}">]><html><body><p>kept &x;</p></body></html>',
        '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY x SYSTEM "{url}">]><html><p>kept &x;</p></html>',
        '<html><head><link rel="stylesheet" href="{url}"></head><p>kept</p><iframe src="{url}"></html>',
    ],
)
def test_a_page_reads_no_other_file(page: str, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text(NEIGHBOUR)
    stored = read_stored_text("a.html", page.format(url=other.as_uri()).encode())
    assert "kept" in stored.text
    assert NEIGHBOUR not in stored.text


def test_entities_of_a_page_do_not_grow() -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    page = f'<!DOCTYPE html [<!ENTITY e0 "lol">{entities}]><html><body><p>kept &e11;</p></body></html>'
    assert len(read_stored_text("a.html", page.encode()).text) < 100


def test_numeric_entities_of_no_character_do_no_harm() -> None:
    stored = read_stored_text("a.html", b"<p>a &#xD800; &#0; &#1114112; b</p>")
    assert stored.text.encode("utf-8")


@pytest.mark.parametrize("part", ["word/document.xml", "[Content_Types].xml", "word/_rels/document.xml.rels"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_in_a_word_document_are_refused(part: str, encoding: str, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text(NEIGHBOUR)

    def declare(xml: bytes) -> bytes:
        head, _, body = xml.decode().partition("?>")
        declared = f'{head}?><!DOCTYPE w [<!ENTITY x SYSTEM "{other.as_uri()}">]>{body}'
        return declared.replace("UTF-8", encoding).encode(encoding)

    assert "declares entities" in refuse("a.docx", change_part(make_docx(), part, declare)).reason


def test_a_bomb_in_a_word_document_is_refused_unopened() -> None:
    bomb = change_part(make_docx(), "word/document.xml", lambda xml: xml + bytes(300 * 1024 * 1024))
    assert "unpacks to" in refuse("a.docx", bomb).reason


def test_a_word_document_of_thousands_of_parts_is_refused() -> None:
    file = BytesIO(make_docx())
    with ZipFile(file, "a") as archive:
        for number in range(5_001):
            archive.writestr(f"word/part{number}.xml", "<a/>")
    assert "parts" in refuse("a.docx", file.getvalue()).reason


def test_an_archive_that_understates_its_sizes_is_refused() -> None:
    data = make_docx()
    with ZipFile(BytesIO(data)) as archive:
        size = archive.getinfo("word/document.xml").file_size
    refuse("a.docx", data.replace(size.to_bytes(4, "little"), (10).to_bytes(4, "little")))


def test_a_word_document_nested_without_limit_is_refused() -> None:
    def nest(xml: bytes) -> bytes:
        cell = b"<w:tbl><w:tr><w:tc>"
        return xml.replace(b"<w:body>", b"<w:body>" + cell * 3_000)

    refuse("a.docx", change_part(make_docx(), "word/document.xml", nest))


def test_tables_nested_as_deeply_as_the_parser_allows_are_read() -> None:
    def nest(xml: bytes) -> bytes:
        opening, closing = b"<w:tbl><w:tr><w:tc>", b"</w:tc></w:tr></w:tbl>"
        return xml.replace(b"<w:p>", opening * 75 + b"<w:p>", 1).replace(
            b"</w:p>", b"</w:p>" + closing * 75, 1
        )

    assert words_of(read_stored_text("a.docx", change_part(make_docx(), "word/document.xml", nest))) == [
        "Words of a response."
    ]


@cases(
    ("data", "reason"),
    [
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "locked with a password",
        ),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"WordDocument", "old Word document"),
        (b"PK\x03\x04 and no more", "damaged"),
        (b"words", "damaged"),
    ],
)
def test_what_is_no_word_document_is_refused_with_the_reason(data: bytes, reason: str) -> None:
    assert reason in refuse("a.docx", data).reason


def test_an_archive_that_is_no_word_document_is_refused() -> None:
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        archive.writestr("words.txt", "words")
    assert "damaged" in refuse("a.docx", file.getvalue()).reason


def test_a_word_document_without_words_is_refused() -> None:
    assert "no words" in refuse("a.docx", make_docx("")).reason


@cases("share", [0.1, 0.5, 0.9, 0.98])
@cases(("path", "make"), [("a.pdf", make_pdf), ("a.docx", make_docx)])
def test_a_truncated_file_is_refused_or_whole(path: str, make: Callable[[], bytes], share: float) -> None:
    data = make()
    try:
        stored = read_stored_text(path, data[: int(len(data) * share)])
    except BadDocument:
        return
    assert words_of(stored) == ["Words of a response."]


@cases("data", [b"%PDF-1.7", b"%PDF-1.7\n%%EOF", b"words", b"%PDF-1.4\n1 0 obj\n<</Type/Catalog>>\nendobj"])
def test_a_broken_pdf_is_refused(data: bytes) -> None:
    refuse("a.pdf", data)


def test_a_pdf_whose_pages_run_in_a_ring_is_refused() -> None:
    ring = (
        b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
        b"2 0 obj\n<</Type/Pages/Kids[2 0 R]/Count 1/Parent 2 0 R>>\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF"
    )
    refuse("a.pdf", ring)


@cases("filters", [b"/FlateDecode", b"[/FlateDecode/FlateDecode]"])
def test_a_bomb_in_a_pdf_is_refused_unopened(filters: bytes) -> None:
    packed = zlib.compress(bytes(250 * 1024 * 1024), 1)
    if filters.startswith(b"["):
        packed = zlib.compress(packed)
    bomb = (
        b"%PDF-1.4\n4 0 obj\n<</Filter" + filters + b">>\nstream\n" + packed + b"\nendstream\nendobj\n%%EOF"
    )
    assert "unpacks to" in (reason := refuse("a.pdf", bomb).reason) or "packed twice" in reason


@settings(deadline=None)
@given(st.binary(max_size=400), st.sampled_from(sorted(SUPPORTED_SUFFIXES)))
def test_any_bytes_are_read_or_refused(data: bytes, suffix: str) -> None:
    try:
        stored = read_stored_text(f"a{suffix}", data)
    except BadDocument:
        return
    assert stored.blocks


TAGS = st.lists(
    st.sampled_from(
        [
            "<p>",
            "</p>",
            "<ul>",
            "<li>",
            "</li>",
            "</ul>",
            "<table>",
            "<tr>",
            "<td>",
            "</td>",
            "</table>",
            "<br>",
            "<b>",
            "</b>",
            "<h1>",
            "</h1>",
            "<blockquote>",
            "</blockquote>",
            "<dl>",
            "<dt>",
            "<dd>",
            "</dl>",
            "<pre>",
            "<header>",
            "</header>",
            "<main>",
            "</main>",
            "<div class=menu>",
            "</div>",
            "<form>",
            "<label>",
            "<input>",
            " ",
            "\n",
            "\t",
            "&nbsp;",
            "word ",
            "Label: x",
            "\u2022 ",
            "&#8203;",
            "<!--",
            "-->",
            "<body>",
            "</html>",
        ]
    ),
    max_size=60,
).map("".join)


@settings(deadline=None)
@given(TAGS)
def test_blocks_of_any_page_lie_in_order_and_are_not_empty(page: str) -> None:
    stored = read_stored_text("a.html", f"<p>first</p>{page}".encode())
    end = 0
    for block in stored.blocks:
        words = block.span.of(stored.text)
        assert block.span.start >= end
        assert words
        assert words == words.strip()
        end = block.span.end


PARAGRAPHS = ("&nbsp;", "<br>", "</details>", "&#160;")
WORDLESS: dict[str, Callable[[str], bytes]] = {
    "a.md": lambda markup: f"Words.\n\n{markup}\n\n- {markup}\n".encode(),
    "a.txt": lambda markup: f"Words.\n\n{markup}\n".encode(),
    "a.html": lambda markup: f"<p>Words.</p><p>{html.escape(markup)}</p><ul><li>{markup}</ul>".encode(),
    "a.docx": lambda markup: make_docx(f"Words.\n{markup}"),
}


@pytest.mark.parametrize("markup", PARAGRAPHS)
@pytest.mark.parametrize("path", WORDLESS)
def test_a_paragraph_that_is_only_markup_is_no_block(path: str, markup: str) -> None:
    stored = read_stored_text(path, WORDLESS[path](markup))
    assert [block.span.of(stored.text) for block in stored.blocks] == ["Words."]


@pytest.mark.parametrize("path", ["a.md", "a.txt"])
@pytest.mark.parametrize("markup", PARAGRAPHS)
def test_a_file_of_markup_alone_holds_no_words(path: str, markup: str) -> None:
    with pytest.raises(BadDocument, match="It holds no words"):
        read_stored_text(path, markup.encode())
