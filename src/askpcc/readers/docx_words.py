"""The words of a Word document's paragraphs, with the signs that stand for ticks and boxes."""

from collections.abc import Iterator

from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement as Element

_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
# Of two ways to show one thing the older is read, which every program writes: a picture or a letter.
FALLBACK = f"{_COMPATIBILITY}Fallback"
_CHOICE = f"{_COMPATIBILITY}Choice"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"

# Deleted or moved away by a tracked change; formulas of fields; drawings, whose text boxes are read apart.
_SKIPPED = frozenset(
    qn(f"w:{name}") for name in ("del", "moveFrom", "pPr", "rPr", "sdtPr", "instrText", "delText")
) | {qn("w:drawing"), qn("w:pict"), qn("w:object"), _CHOICE}
_SIGNS = {qn("w:tab"): "\t", qn("w:ptab"): "\t", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
OFF = ("0", "false", "off", "none")
_TICKED, _EMPTY, _TICK, _CROSS = "\u2612", "\u2610", "\u2713", "\u2717"
# Where fonts of signs have their ticks, crosses and boxes; none has a letter at these places.
_WINGDINGS = {0xFE: _TICKED, 0xFD: _TICKED, 0xFC: _TICK, 0xFB: _CROSS, 0xA8: _EMPTY, 0x6F: _EMPTY}
_FONTS = {
    "wingdings": _WINGDINGS | {0x70: _EMPTY, 0x71: _EMPTY, 0x72: _EMPTY, 0x78: _TICKED},
    "wingdings 2": {0x50: _TICK, 0x4F: _CROSS, 0x51: _TICKED, 0x52: _TICKED, 0x53: _TICKED, 0x54: _TICKED}
    | {0xA3: _EMPTY, 0x2A: _EMPTY, 0x30: _EMPTY},
    "wingdings 3": dict[int, str](),
    "webdings": {0x61: _TICK, 0x72: _CROSS, 0x63: _EMPTY},
}
# For a sign whose font the file does not name: the places at which the fonts do not differ.
_ANY_FONT = _FONTS["wingdings 2"] | _WINGDINGS
_PRIVATE = range(0xF000, 0xF100)
"""Where fonts of signs lie in a text; the last two digits are the place in the font."""
_PLACES = range(0x21, 0x100)
_LETTERS = range(0x21, 0xD800)
"""Below are characters that steer, above are halves of characters and private ones."""


def read_words(paragraph: Element, *, bold: bool = False) -> Iterator[tuple[str, bool]]:
    """Yield stretches of words, and whether each is bold, in reading order.

    bold: what the paragraph's style says.  A tab stays one, and a line break is a line feed.
    """
    waiting = [(child, bold, "") for child in reversed(paragraph)]
    while waiting:
        node, strong, font = waiting.pop()
        if node.tag in _SKIPPED or not isinstance(node.tag, str) or is_prompt(node):
            continue
        if node.tag == qn("w:r"):
            if is_hidden(node):
                continue
            strong = is_on(node.find(qn("w:rPr")), "w:b", default=strong)
            font = _font_of(node)
        box = _read_control(node)
        if box:
            yield box, strong
            continue
        yield _read_sign(node, font), strong
        waiting.extend((child, strong, font) for child in reversed(node))


def is_prompt(node: Element) -> bool:
    """Tell whether a node is a form field that nobody filled in, which shows what to type."""
    return node.tag == qn("w:sdt") and node.find(f"{qn('w:sdtPr')}/{qn('w:showingPlcHdr')}") is not None


def is_hidden(run: Element) -> bool:
    """Tell whether a run is shown to nobody who reads the document."""
    return is_on(run.find(qn("w:rPr")), "w:vanish")


def is_on(properties: Element | None, name: str, *, default: bool = False) -> bool:
    """Tell whether an element of switches, such as rPr, turns one on; default where it says nothing."""
    switch = properties.find(qn(name)) if properties is not None else None
    return default if switch is None else switch.get(qn("w:val"), "1") not in OFF


def _read_sign(node: Element, font: str) -> str:
    if node.tag == qn("w:t"):
        return "".join(_read_letter(letter, font) for letter in node.text or "")
    if node.tag == qn("w:br"):
        return "" if node.get(qn("w:type")) == "page" else "\n"
    if node.tag == qn("w:sym"):
        return _read_symbol(node)
    if node.tag == qn("w:checkBox"):
        return _read_box(node)
    return _SIGNS.get(node.tag, "")


def _font_of(run: Element) -> str:
    """Return the font of signs that a run is set in; "" for one of letters."""
    fonts = run.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
    name = (fonts.get(qn("w:ascii")) or "").lower() if fonts is not None else ""
    return name if name in _FONTS else ""


def _read_letter(letter: str, font: str) -> str:
    """Return what a reader sees: in a font of signs a letter is a sign, and most signs only adorn."""
    code = ord(letter)
    private = code in _PRIVATE
    if not font:
        # A bullet of such a font is taken for one by its sign.
        return _ANY_FONT.get(code % 0x100, letter) if private else letter
    if private or code in _PLACES:
        return _FONTS[font].get(code % 0x100, letter if private else "")
    return letter


def _read_symbol(symbol: Element) -> str:
    font = (symbol.get(qn("w:font")) or "").lower()
    try:
        code = int(symbol.get(qn("w:char")) or "", 16)
    except ValueError:
        return ""
    if font in _FONTS:
        return _FONTS[font].get(code % 0x100, "")
    if code in _PRIVATE:
        return _ANY_FONT.get(code % 0x100, "")
    return chr(code) if code in _LETTERS else ""


def _read_control(node: Element) -> str:
    """Return the sign of a content control that is a tick box, whatever it is drawn with."""
    if node.tag != qn("w:sdt"):
        return ""
    box = node.find(f"{qn('w:sdtPr')}/{_W14}checkbox")
    if box is None:
        return ""
    state = box.find(f"{_W14}checked")
    return _TICKED if state is not None and state.get(f"{_W14}val", "1") not in OFF else _EMPTY


def _read_box(box: Element) -> str:
    """Return the sign of a tick box of an old form, whose state is not among its words."""
    state = box.find(qn("w:checked"))
    state = box.find(qn("w:default")) if state is None else state
    ticked = state is not None and state.get(qn("w:val"), "1") not in OFF
    return f"{_TICKED} " if ticked else f"{_EMPTY} "
