"""Forms: what somebody filled in, as words in the place of its field."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from askpcc.readers.pdf.letters import Word

_HIDDEN_FLAGS = 1 << 1 | 1 << 5
"""Bits of an annotation's /F: hidden, and not to be shown on a screen (ISO 32000-1, 12.5.3)."""
_PASSWORD = 1 << 13
_MULTILINE = 1 << 12
_PUSH_BUTTON = 1 << 16
"""Bits of a field's /Ff (ISO 32000-1, 12.7.4)."""

MAX_FIELDS = 1_000
"""On one page, which has room for some hundred."""
_MAX_ANCESTORS = 8
"""A field inherits from its parents; a file whose fields run in a ring has no end of them."""
_USUAL_SIZE = 10.0
"""In points, of the letters of a field that does not say how large they are."""
_LETTER_WIDTH = 0.5
"""In sizes of a letter: how wide letters are on average, to set a value's words in its field."""
_LINE_PITCH = 1.15
"""In sizes of a letter, from line to line of a value."""
_TICKED, _UNTICKED = "\u2612", "\u2610"


@dataclass(frozen=True, slots=True)
class _Field:
    text: str
    left: float
    right: float
    top: float
    bottom: float
    multiline: bool


def read_fields(page: Any, words: Sequence[Word]) -> list[Word]:  # noqa: ANN401 - pdfplumber ships no types
    """Return the values of a page's fields as words; those that the page shows already are left out."""
    order = max((word.order for word in words), default=0) + 1
    found: list[Word] = []
    for field in islice(_find_fields(page), MAX_FIELDS):
        shown = "".join(word.text for word in words if _holds(field, word))
        if "".join(field.text.split()) in shown:
            continue
        set_ = list(_set(field, words, order))
        order += len(set_)
        found.extend(set_)
    return found


def _find_fields(page: Any) -> Iterator[_Field]:  # noqa: ANN401 - pdfplumber ships no types
    for annotation in page.annots:
        data = annotation["data"]
        if _name(data.get("Subtype")) != "Widget" or _number(data.get("F")) & _HIDDEN_FLAGS:
            continue
        flags = _number(_inherit(data, "Ff"))
        text = _read_value(data, flags)
        left, right = float(annotation["x0"]), float(annotation["x1"])
        top, bottom = float(annotation["top"]), float(annotation["bottom"])
        across, down = (left + right) / 2, (top + bottom) / 2
        shown = page.bbox[0] <= across <= page.bbox[2] and page.bbox[1] <= down <= page.bbox[3]
        if text and shown and right > left and bottom > top:
            yield _Field(text, left, right, top, bottom, bool(flags & _MULTILINE))


def _read_value(data: Mapping[str, Any], flags: int) -> str:
    kind = _name(_inherit(data, "FT"))
    if kind == "Btn":
        if flags & _PUSH_BUTTON:
            return ""
        return _UNTICKED if _name(data.get("AS")) in ("", "Off") else _TICKED
    if kind == "Ch" or (kind == "Tx" and not flags & _PASSWORD):
        value = _resolve(_inherit(data, "V"))
        parts = value if isinstance(value, list) else [value]
        return ", ".join(text for text in map(_text, parts) if text)
    return ""


def _inherit(data: Mapping[str, Any], key: str) -> object:
    holder: object = data
    for _ in range(_MAX_ANCESTORS):
        if not isinstance(holder, Mapping):
            return None
        if key in holder:
            return _resolve(holder[key])
        holder = _resolve(holder.get("Parent"))
    return None


def _resolve(value: object) -> object:
    from pdfminer.pdftypes import resolve1

    return resolve1(value)


def _name(value: object) -> str:
    from pdfminer.psparser import PSLiteral

    value = _resolve(value)
    return str(value.name) if isinstance(value, PSLiteral) else ""


def _number(value: object) -> int:
    value = _resolve(value)
    return value if isinstance(value, int) else 0


def _text(value: object) -> str:
    from pdfminer.pdftypes import PDFStream
    from pdfminer.utils import decode_text

    value = _resolve(value)
    if isinstance(value, PDFStream):
        value = value.get_data()
    if isinstance(value, bytes):
        value = decode_text(value)
    text = value if isinstance(value, str) else ""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").strip()


def _holds(field: _Field, word: Word) -> bool:
    across = (word.left + word.right) / 2
    return field.left <= across <= field.right and field.top <= word.middle <= field.bottom


def _set(field: _Field, words: Sequence[Word], order: int) -> Iterator[Word]:
    """Set a value as a word processor would: from the field's upper left corner, broken at its right."""
    near = [word for word in words if abs(word.middle - field.top) < 4 * _USUAL_SIZE]
    usual = sorted(word.size for word in near or words)
    size = usual[len(usual) // 2] if usual else _USUAL_SIZE
    baseline = [word for word in words if field.top <= word.middle <= field.bottom and not field.multiline]
    top = min((word.top for word in baseline), default=field.top)
    for line in field.text.split("\n"):
        left = field.left
        for text in line.split():
            width = max(len(text), 1) * _LETTER_WIDTH * size
            if left > field.left and left + width > field.right:
                left, top = field.left, top + _LINE_PITCH * size
            yield Word(text, left, left + width, top, top + size, size, bold=False, order=order, field=True)
            order += 1
            left += width + size / 4
        top += _LINE_PITCH * size
