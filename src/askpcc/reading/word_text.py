"""The words of one paragraph of a Word document, as its XML holds them."""

from collections.abc import Iterator

from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement as Element

_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
# Of two ways to show one thing the older is read, which every program writes: a picture or a letter.
FALLBACK = f"{_COMPATIBILITY}Fallback"
_CHOICE = f"{_COMPATIBILITY}Choice"

# Deleted or moved away by a tracked change; formulas of fields; drawings, whose text boxes are read apart.
_SKIPPED = frozenset(
    qn(f"w:{name}") for name in ("del", "moveFrom", "pPr", "rPr", "sdtPr", "instrText", "delText")
) | {qn("w:drawing"), qn("w:pict"), qn("w:object"), _CHOICE}
_SIGNS = {qn("w:tab"): "\t", qn("w:ptab"): "\t", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_OFF = ("0", "false", "off", "none")
# Ticks and crosses of the fonts Wingdings and Wingdings 2.
_SYMBOLS = {
    "F0FE": "\u2612",
    "F0FD": "\u2612",
    "F052": "\u2612",
    "F054": "\u2612",
    "F053": "\u2612",
    "F0A8": "\u2610",
    "F06F": "\u2610",
    "F0A3": "\u2610",
    "F02A": "\u2610",
    "F0FC": "\u2713",
    "F050": "\u2713",
    "F0FB": "\u2717",
    "F04F": "\u2717",
}


def read_words(paragraph: Element, *, bold: bool = False) -> Iterator[tuple[str, bool]]:
    """Yield stretches of words, and whether each is bold, in reading order.

    bold: what the paragraph's style says.  A tab stays one, and a line break is a line feed.
    """
    waiting = [(child, bold) for child in reversed(paragraph)]
    while waiting:
        node, strong = waiting.pop()
        if node.tag in _SKIPPED or not isinstance(node.tag, str) or is_prompt(node):
            continue
        if node.tag == qn("w:r"):
            if _is_on(node, "w:vanish"):
                continue
            strong = _is_on(node, "w:b", default=strong)
        yield _read_sign(node), strong
        waiting.extend((child, strong) for child in reversed(node))


def is_prompt(node: Element) -> bool:
    """Tell whether a node is a form field that nobody filled in, which shows what to type."""
    return node.tag == qn("w:sdt") and node.find(f"{qn('w:sdtPr')}/{qn('w:showingPlcHdr')}") is not None


def _read_sign(node: Element) -> str:
    if node.tag == qn("w:t"):
        return node.text or ""
    if node.tag == qn("w:br"):
        return "" if node.get(qn("w:type")) == "page" else "\n"
    if node.tag == qn("w:sym"):
        return _SYMBOLS.get((node.get(qn("w:char")) or "").upper(), "")
    if node.tag == qn("w:checkBox"):
        return _read_box(node)
    return _SIGNS.get(node.tag, "")


def _read_box(box: Element) -> str:
    """Return the sign of a tick box of an old form, whose state is not among its words."""
    state = box.find(qn("w:checked"))
    state = box.find(qn("w:default")) if state is None else state
    ticked = state is not None and state.get(qn("w:val"), "1") not in _OFF
    return "\u2612 " if ticked else "\u2610 "


def is_on(properties: Element | None, name: str, *, default: bool = False) -> bool:
    """Tell whether an element of switches, such as rPr, turns one on; default where it says nothing."""
    switch = properties.find(qn(name)) if properties is not None else None
    return default if switch is None else switch.get(qn("w:val"), "1") not in _OFF


def _is_on(run: Element, name: str, *, default: bool = False) -> bool:
    return is_on(run.find(qn("w:rPr")), name, default=default)
