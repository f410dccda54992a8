"""The response as PDFs written object by object: form fields, pages turned, lines out of order."""

from collections.abc import Iterable
from textwrap import wrap

from variants.response import Response, Variant

_WIDTH, _HEIGHT = 595, 842
_SIZE, _LEADING, _LETTERS = 10, 13, 92
"""Points, and letters of a line of the page held upright."""
_WIDE = 130
Line = tuple[float, float, str]


def _text(words: str) -> str:
    return words.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def _draw(lines: Iterable[Line]) -> str:
    return "\n".join(f"BT /F1 {_SIZE} Tf {x:.1f} {y:.1f} Td ({_text(words)}) Tj ET" for x, y, words in lines)


def _pdf(pages: list[tuple[str, str, list[str]]]) -> bytes:
    """Return a PDF of pages.  Each: its drawing, further entries of the page, its form fields."""
    objects = ["", "", "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"]
    kids, fields = [], []
    for drawing, entries, widgets in pages:
        page = len(objects) + 1
        own = [f"{page + 2 + place} 0 R" for place in range(len(widgets))]
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {_WIDTH} {_HEIGHT}]/Contents {page + 1} 0 R"
            f"/Resources<</Font<</F1 3 0 R>>>>/Annots[{' '.join(own)}]{entries}>>"
        )
        objects.append(f"<</Length {len(drawing.encode('cp1252'))}>>\nstream\n{drawing}\nendstream")
        objects.extend(widgets)
        kids.append(f"{page} 0 R")
        fields.extend(own)
    look = f"/DR<</Font<</F1 3 0 R>>>>/DA(/F1 {_SIZE} Tf 0 g)/NeedAppearances true"
    form = f"<</Fields[{' '.join(fields)}]{look}>>"
    objects[0] = f"<</Type/Catalog/Pages 2 0 R{f'/AcroForm {form}' if fields else ''}>>"
    objects[1] = f"<</Type/Pages/Kids[{' '.join(kids)}]/Count {len(kids)}>>"
    made, starts = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        starts.append(len(made))
        made += f"{number} 0 obj\n{body}\nendobj\n".encode("cp1252")
    table = "".join(f"{start:010d} 00000 n \n" for start in starts)
    head = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    end = f"trailer\n<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{len(made)}\n%%EOF\n"
    return made + (head + end).encode()


def _paragraphs(response: Response) -> list[str]:
    told = [p for one in response.recommendations for p in (one.name, one.asks, one.answer)]
    return [response.title, *response.before, *told, *response.end]


def _place(paragraphs: Iterable[str], letters: int, height: float, bottom: float = 50) -> list[list[Line]]:
    """Return the lines of each page, from the top."""
    pages: list[list[Line]] = [[]]
    y = height - 60
    for words in paragraphs:
        lines = wrap(words, letters)
        if y - len(lines) * _LEADING < bottom:
            pages.append([])
            y = height - 60
        for line in lines:
            pages[-1].append((50, y, line))
            y -= _LEADING
        y -= 0.7 * _LEADING
    return pages


def _rotated(response: Response) -> bytes:
    """Return pages that are stored upright and turned a quarter to be read."""
    turn = f"q 0 1 -1 0 {_WIDTH} 0 cm\n"
    pages = _place(_paragraphs(response), _WIDE, _WIDTH)
    return _pdf([(f"{turn}{_draw(lines)}\nQ", "/Rotate 90", []) for lines in pages])


def _upside_down(response: Response) -> bytes:
    turn = f"q -1 0 0 -1 {_WIDTH} {_HEIGHT} cm\n"
    pages = _place(_paragraphs(response), _LETTERS, _HEIGHT)
    return _pdf([(f"{turn}{_draw(lines)}\nQ", "/Rotate 180", []) for lines in pages])


def _out_of_order(response: Response) -> bytes:
    """Return pages whose lines are drawn from the last to the first."""
    pages = _place(_paragraphs(response), _LETTERS, _HEIGHT)
    return _pdf([(_draw(reversed(lines)), "", []) for lines in pages])


def _drawn_twice(response: Response) -> bytes:
    """Return pages whose letters are drawn twice, a hair apart, to look bold."""
    pages = _place(_paragraphs(response), _LETTERS, _HEIGHT)
    return _pdf(
        [
            (_draw([line for x, y, words in lines for line in ((x, y, words), (x + 0.3, y, words))]), "", [])
            for lines in pages
        ]
    )


def _form(response: Response) -> bytes:
    """Return a form: the demand is printed, status and answer stand in fields."""
    before = _place([response.title, *response.before], _LETTERS, _HEIGHT)[0]
    pages: list[tuple[str, str, list[str]]] = [(_draw(before), "", [])]
    told = response.recommendations
    for two in (told[:2], told[2:4], told[4:]):
        lines: list[Line] = []
        widgets: list[str] = []
        y = float(_HEIGHT - 60)
        for one in two:
            printed = [one.name, *wrap(one.asks, _LETTERS), "Status:"]
            lines += [(50, y - place * _LEADING, words) for place, words in enumerate(printed)]
            y -= len(printed) * _LEADING
            widgets.append(_field(f"status{one.number}", one.word, (110, y + 8, 300, y + 24)))
            lines.append((50, y, "Response:"))
            widgets.append(_field(f"answer{one.number}", one.answer, (50, y - 90, 545, y - 8), many=True))
            y -= 130
        pages.append((_draw(lines), "", widgets))
    end = _place(response.end, _LETTERS, _HEIGHT)[0]
    return _pdf([*pages, (_draw(end), "", [])])


def _field(name: str, words: str, box: tuple[float, float, float, float], *, many: bool = False) -> str:
    flags = "/Ff 4096" if many else ""
    corners = " ".join(f"{side:.0f}" for side in box)
    return (
        f"<</Type/Annot/Subtype/Widget/FT/Tx/T({name})/V({_text(words)})/Rect[{corners}]/F 4"
        f"/DA(/F1 {_SIZE} Tf 0 g){flags}>>"
    )


VARIANTS = (
    Variant("pdf-form-fields", ".pdf", _form),
    Variant("pdf-rotated", ".pdf", _rotated),
    Variant("pdf-upside-down", ".pdf", _upside_down),
    Variant("pdf-out-of-order", ".pdf", _out_of_order),
    Variant("pdf-drawn-twice", ".pdf", _drawn_twice),
)
