"""Hostile PDFs, drawn from a seed: written by a library and spoilt, or written by hand with loops in them."""

import zlib
from datetime import UTC, datetime
from random import Random

from fpdf import FPDF

from support.hostile_words import HARMLESS, draw_long_word, draw_paragraphs, draw_rows

_MADE = datetime(2025, 3, 3, tzinfo=UTC)
_FORMS: tuple[str | tuple[float, float], ...] = ("A4", "A3", (30, 30), (3_000, 3_000))
_LOOP = b"""<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X1 7 0 R>>>>/Length 6>>
stream
/X1 Do
endstream"""
_OPERATORS = (
    *("BT", "ET", "/F1 11 Tf", "/F9 0 Tf", "1 0 0 1 50 700 Tm", "0 0 0 0 0 0 Tm", "99999999 Tz", "-5 Ts"),
    *("(Words of a response.) Tj", "<FEFF0041D83D> Tj", "[(Wo) -9999999 (rds) 1e99 (x)] TJ", "T*", "( ) '"),
    *(
        "q",
        "Q",
        "Q Q Q",
        "/X1 Do",
        "1 0 0 1 1e30 -1e30 cm",
        "0 0 0 0 0 0 cm",
        "0 0 600 800 re f",
        "0 0 m 9 9 l S",
    ),
    *(
        "BI /W 1 /H 1 ID x EI",
        "/Artifact BMC",
        "EMC",
        "(unclosed",
        "[[[[",
        "<<",
        ">>",
        "nan",
        "3 Tr",
        "1 0 0 RG",
    ),
)


def make_pdf(rng: Random, most: int) -> bytes:
    """Return a PDF."""
    return rng.choice([_make_written, _make_written, _make_table, _make_by_hand, _make_by_hand])(rng, most)


def _latin(words: str) -> str:
    return words.encode("latin-1", "replace").decode("latin-1")


def _make_written(rng: Random, most: int) -> bytes:
    paper = FPDF(format=rng.choice(_FORMS))
    paper.set_creation_date(_MADE)
    words = draw_paragraphs(rng, max(2, most // 60))
    if rng.random() < 0.1:
        words.append(draw_long_word(rng, 5 * most).encode("latin-1", "replace").decode("latin-1"))
    for _ in range(rng.choice([1, 1, 2, 8])):
        paper.add_page()
        paper.set_font(
            rng.choice(["helvetica", "courier", "times", "symbol"]), size=rng.choice([1, 6, 11, 11, 80])
        )
        for one in words:
            paper.set_xy(rng.uniform(-20, 200), rng.uniform(-20, 280))
            with paper.rotation(rng.choice([0, 0, 0, 90, 180, 37])):
                paper.text(paper.get_x(), paper.get_y(), _latin(one[: 50 * most]))
    return bytes(paper.output())


def _make_table(rng: Random, most: int) -> bytes:
    paper = FPDF()
    paper.set_creation_date(_MADE)
    paper.add_page()
    paper.set_font("helvetica", size=rng.choice([4, 9]))
    height = rng.choice([0.2, 5, 30])
    for row in draw_rows(rng, max(10, most // 10)):
        width = 190 / max(1, len(row))
        for cell in row:
            paper.cell(width, height, _latin(cell[:200]), border=rng.choice([0, 1, 1]))
        paper.ln(height)
    return bytes(paper.output())


def _make_by_hand(rng: Random, most: int) -> bytes:
    """Return a PDF whose pages, forms, fonts, outlines or numbers may run in rings."""
    drawn = " ".join(rng.choice(_OPERATORS) for _ in range(rng.randint(1, most)))
    stream = f"BT /F1 11 Tf 50 700 Td ({rng.choice(HARMLESS)}) Tj ET {drawn}".encode()
    stream += rng.choice([b"", b"", b" 0 0 1 1 re f" * most, b"q " * most, b"[" * most])
    if rng.random() < 0.05:
        stream += b" " * 20_000_000
    packed = rng.random() < 0.5
    data, filtered = (zlib.compress(stream), b"/Filter/FlateDecode") if packed else (stream, b"")
    length = rng.choice([len(data), len(data), 0, -1, 10**9])
    box = rng.choice(["0 0 595 842", "0 0 0 0", "595 842 0 0", "-1e9 -1e9 1e9 1e9", "0 0 595", "a b c d"])
    kids = rng.choice(["3 0 R", "3 0 R", "3 0 R", "3 0 R 3 0 R 3 0 R", "2 0 R", "3 0 R 2 0 R", "99 0 R", ""])
    objects = [
        b"<</Type/Catalog/Pages 2 0 R/Outlines 6 0 R/AcroForm 8 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {rng.choice([1, 1, 0, -1, 10**9])}/MediaBox[{box}]>>".encode(),
        f"<</Type/Page/Parent {rng.choice([2, 2, 3])} 0 R/Contents 4 0 R"
        f"/Rotate {rng.choice([0, 0, 90, 45, -1])}"
        "/Resources<</Font<</F1 5 0 R>>/XObject<</X1 7 0 R>>>>/Annots[9 0 R 9 0 R]>>".encode(),
        f"<</Length {length}".encode() + filtered + b">>\nstream\n" + data + b"\nendstream",
        rng.choice(
            [
                b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
                b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
                b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[5 0 R]>>",
                b"<</Type/Font/Subtype/Type3/FontMatrix[0 0 0 0 0 0]/CharProcs 4 0 R/Encoding 5 0 R>>",
                b"<</Type/Font/Subtype/TrueType/BaseFont/X/Widths[1e30 -1e30 x]/ToUnicode 4 0 R>>",
                b"null",
            ]
        ),
        b"<</First 6 0 R/Last 6 0 R/Next 6 0 R/Title(x)>>",
        _LOOP,
        b"<</Fields[9 0 R]/NeedAppearances true>>",
        b"<</Type/Annot/Subtype/Widget/FT/Tx/T(a)/V(In progress)/Rect[0 0 1e9 -5]/Kids[9 0 R]/Parent 9 0 R>>",
    ]
    return _write(rng, objects)


def _write(rng: Random, objects: list[bytes]) -> bytes:
    made, starts = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        starts.append(len(made))
        made += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = len(made)
    shift = rng.choice([0, 0, 0, 7, -7, 10**6])
    rows = "".join(f"{max(0, start + shift):010d} 00000 n \n" for start in starts)
    count = len(objects) + 1
    previous = rng.choice(["", "", f"/Prev {table}", "/Encrypt 5 0 R"])
    trailer = f"trailer\n<</Size {count}/Root 1 0 R{previous}>>\n"
    made += f"xref\n0 {count}\n0000000000 65535 f \n{rows}{trailer}".encode()
    return made + f"startxref\n{rng.choice([table, table, 0, 10**9])}\n%%EOF".encode()
