"""What the styles of a Word document make of a paragraph: heading, list, quote, bold."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement as Element

from askpcc.reading.word_text import is_on

# Styles refer to one another; a longer chain is a ring.
MAX_CHAIN = 20
MAX_RANK = 6

_HEADING = re.compile(r"heading (\d)", re.IGNORECASE)
_TITLES = ("title", "heading", "subtitle")


@dataclass(frozen=True, slots=True)
class Look:
    """How a paragraph is shown.  heading: its rank, 0 for none; depth: of a list, from 1, 0 for none.

    contents: it belongs to a table of contents, which repeats the headings.
    """

    heading: int = 0
    depth: int = 0
    quoted: bool = False
    bold: bool = False
    contents: bool = False


class Styles:
    """The styles of one document, looked up by the id that paragraphs name."""

    def __init__(self, root: Element) -> None:
        self._styles: Mapping[str, Element] = {
            style.get(qn("w:styleId"), ""): style for style in root.iterchildren(qn("w:style"))
        }

    def look_of(self, paragraph: Element) -> Look:
        """Return how a paragraph is shown: by its own properties, else by its styles."""
        own = paragraph.find(qn("w:pPr"))
        chain = list(self._chain(own))
        names = [_name_of(style) for style in chain]
        quoted = any("quote" in name for name in names)
        bold = next((is_on(style.find(qn("w:rPr")), "w:b") for style in chain if _says_bold(style)), False)
        return Look(
            heading=next((level for level in map(_heading_level, names) if level), 0) or _outline(own),
            depth=_list_depth(own, chain),
            quoted=quoted,
            # Word's own style for quotes is bold, which makes no heading of them.
            bold=bold and not quoted,
            contents=any(name.startswith("toc") for name in names),
        )

    def _chain(self, properties: Element | None) -> Iterator[Element]:
        style = self._styles.get(_value(properties, "w:pStyle") or "")
        for _ in range(MAX_CHAIN):
            if style is None:
                return
            yield style
            style = self._styles.get(_value(style, "w:basedOn") or "")


def _value(parent: Element | None, name: str) -> str | None:
    child = parent.find(qn(name)) if parent is not None else None
    return child.get(qn("w:val")) if child is not None else None


def _name_of(style: Element) -> str:
    return (_value(style, "w:name") or "").lower()


def _says_bold(style: Element) -> bool:
    properties = style.find(qn("w:rPr"))
    return properties is not None and properties.find(qn("w:b")) is not None


def _heading_level(name: str) -> int:
    numbered = _HEADING.fullmatch(name)
    if numbered:
        return min(max(int(numbered.group(1)), 1), MAX_RANK)
    return _TITLES.index(name) // 2 + 1 if name in _TITLES else 0


def _outline(properties: Element | None) -> int:
    """Return the rank in the document's outline, which may be set without a style."""
    level = _value(properties, "w:outlineLvl") or ""
    return int(level) + 1 if level.isdecimal() and int(level) < MAX_RANK else 0


def _list_depth(properties: Element | None, chain: list[Element]) -> int:
    """Return the depth by the nearest numbering; number 0 takes a paragraph out of its style's list."""
    for holder in (properties, *(style.find(qn("w:pPr")) for style in chain)):
        numbering = holder.find(qn("w:numPr")) if holder is not None else None
        if numbering is not None:
            level = _value(numbering, "w:ilvl") or "0"
            return (
                0 if _value(numbering, "w:numId") == "0" else int(level) % 9 + 1 if level.isdecimal() else 1
            )
    return 1 if any(_name_of(style).startswith("list") for style in chain) else 0
