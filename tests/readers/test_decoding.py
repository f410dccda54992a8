"""Bytes become the text they were, or the file is refused."""

import codecs

import pytest

from askpcc.errors import BadDocument
from askpcc.readers.decoding import decode_text
from support.cases import cases

LETTER = (
    "The Chief Constable of Borsetshire Police \u2013 in post since May \u2013 says: \u201cWe agree.\u201d "
    "The Commissioner\u2019s office will spend \u00a35 million on training, and the \u00e9lite unit.\r\n"
)


@cases(
    "data",
    [
        LETTER.encode(),
        codecs.BOM_UTF8 + LETTER.encode(),
        LETTER.encode("utf-16"),
        codecs.BOM_UTF16_BE + LETTER.encode("utf-16-be"),
        LETTER.encode("utf-32"),
        LETTER.encode("utf-16-le"),
        LETTER.encode("utf-16-be"),
        LETTER.encode("cp1252"),
    ],
    ids=[
        "utf-8",
        "utf-8 mark",
        "utf-16 le mark",
        "utf-16 be mark",
        "utf-32",
        "utf-16 le",
        "utf-16 be",
        "1252",
    ],
)
def test_each_sure_encoding_gives_the_same_text(data: bytes) -> None:
    assert decode_text("a.md", data) == LETTER


def test_only_one_byte_order_mark_is_taken_off() -> None:
    assert decode_text("a.md", codecs.BOM_UTF8 * 2 + b"words") == "\ufeffwords"


def test_line_ends_stay_as_they_are() -> None:
    assert decode_text("a.txt", b"one\r\ntwo\rthree\n") == "one\r\ntwo\rthree\n"


@cases("encoding", ["cp1250", "cp1251", "cp1253", "mac_roman", "cp850", "shift_jis", "koi8_r"])
def test_an_encoding_that_is_not_sure_is_refused(encoding: str) -> None:
    words = {
        "cp1250": "Wroc\u0142aw za\u017c\u00f3\u0142\u0107 g\u0119\u015bl\u0105 ja\u017a\u0144",
        "cp1251": "\u041e\u0442\u0432\u0435\u0442 \u043d\u0430 \u043e\u0442\u0447\u0451\u0442",
        "cp1253": "\u0391\u03c0\u03ac\u03bd\u03c4\u03b7\u03c3\u03b7",
        "shift_jis": "\u56de\u7b54\u306f\u3053\u3061\u3089",
        "koi8_r": "\u041e\u0442\u0432\u0435\u0442 \u043d\u0430 \u043e\u0442\u0447\u0435\u0442",
    }.get(
        encoding,
        "The force\u2019s response costs \u00a35m." if encoding == "mac_roman" else "It costs \u00a35m.",
    )
    with pytest.raises(BadDocument, match="cannot be told for sure"):
        decode_text("a.txt", words.encode(encoding))


@cases(
    ("data", "reason"),
    [
        (b"%PDF-1.7 and so on", "holds a PDF"),
        (b"PK\x03\x04\x14\x00", "Word document or another archive"),
        (b"\x89PNG\r\n\x1a\n", "holds a picture"),
        (b"words\x00and words", "zero bytes"),
        (b"\x00\x01\x02\x03" * 40, "zero bytes"),
        (b"\x01\x02\x03\x04\x05 words", "control characters"),
        (codecs.BOM_UTF16_LE + b"w\x00\x00\xd8", "broken"),
        (codecs.BOM_UTF8 + b"w\xff", "broken at byte"),
        (codecs.BOM_UTF16_LE + b"w\x00\x00\x00", "control characters"),
        ("\ud800".encode("utf-8", "surrogatepass"), "not UTF-8"),
    ],
)
def test_what_is_not_text_is_refused_with_the_reason(data: bytes, reason: str) -> None:
    with pytest.raises(BadDocument, match=reason) as caught:
        decode_text("letter.md", data)
    assert caught.value.document == "letter.md"
    assert caught.value.remedy


def test_a_declared_codec_is_used_where_no_mark_speaks_first() -> None:
    assert decode_text("a.html", "\u2019".encode("cp1252"), "cp1252") == "\u2019"
    assert decode_text("a.html", codecs.BOM_UTF8 + "\u2019".encode(), "cp1252") == "\u2019"


def test_a_wrongly_declared_codec_does_not_hide_utf_8() -> None:
    assert decode_text("a.html", b"plain \xe2\x80\x9d", "cp1252") == "plain \u201d"
