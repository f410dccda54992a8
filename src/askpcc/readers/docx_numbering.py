"""The numbers that Word counts itself: what stands before a paragraph of a list."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement as Element

from askpcc.readers.docx_words import OFF
from askpcc.readers.enumerators import write_number

_PLACE = re.compile(r"%([1-9])")
_LEVELS = 9
"""What a list of Word has at most."""

# Lists refer to styles and styles to lists; a longer chain is a ring.
_MAX_CHAIN = 20


@dataclass(frozen=True, slots=True)
class ListPlace:
    """Where a paragraph stands in which list.

    number: the list's id.  level: from 0, None where only its style says it.  styles: ids, the nearest first.
    """

    number: str
    level: int | None
    styles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Label:
    """What Word shows before a paragraph.

    level: of the list, from 0.  text: "" for a bullet or nothing.  worded: it holds words of its own
    ("Recommendation 1").  shown: the list shows something there, if only a sign.
    """

    level: int
    text: str = ""
    worded: bool = False
    shown: bool = True


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level of a list is counted and written."""

    start: int = 1
    format: str = "decimal"
    pattern: str = ""
    legal: bool = False
    restart: int | None = None
    style: str = ""


@dataclass(frozen=True, slots=True)
class _List:
    """A list of a document: the definition that it counts in, and its own levels.

    restarted: levels that this list counts from their start when it first uses them.
    """

    definition: str
    levels: Mapping[int, _Level]
    restarted: frozenset[int] = frozenset()


@dataclass
class Numbering:
    """Counts the paragraphs of one document in the order in which they are read.

    unknown: ways of counting that were met and cannot be written.
    """

    lists: Mapping[str, _List] = field(default_factory=dict)
    unknown: set[str] = field(default_factory=set)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)

    def count(self, place: ListPlace) -> Label:
        """Count a paragraph and return what Word shows before it."""
        listed = self.lists.get(place.number)
        if listed is None:
            return Label(place.level or 0)
        number = _find_level(listed, place)
        level = listed.levels.get(number)
        if level is None:
            return Label(number)
        self._advance(place.number, listed, number)
        return self._write(listed, number, level)

    def _advance(self, list_id: str, listed: _List, number: int) -> None:
        counts = self._counts.setdefault(listed.definition, {})
        level = listed.levels[number]
        if number in listed.restarted and (list_id, number) not in self._begun:
            counts[number] = level.start
        else:
            counts[number] = counts[number] + 1 if number in counts else level.start
        self._begun.add((list_id, number))
        for deeper in [each for each in counts if each > number]:
            if _starts_again(listed.levels.get(deeper, _Level()), number):
                del counts[deeper]

    def _write(self, listed: _List, number: int, level: _Level) -> Label:
        if level.format == "bullet":
            return Label(number)
        counts = self._counts[listed.definition]

        def write(match: re.Match[str]) -> str:
            place = int(match[1]) - 1
            other = listed.levels.get(place, _Level())
            known = "decimal" if level.legal and other.format != "none" else other.format
            return self._format(counts.get(place, other.start), known)

        text = " ".join(_PLACE.sub(write, level.pattern).split())
        own = _PLACE.sub("", level.pattern)
        return Label(number, text, any(map(str.isalpha, own)), shown=bool(text))

    def _format(self, count: int, form: str) -> str:
        words = write_number(count, form)
        if words is None:
            self.unknown.add(form)
        return words or ""


def _find_level(listed: _List, place: ListPlace) -> int:
    """Return the level that a paragraph names, else the one that is tied to its style."""
    if place.level is not None:
        return place.level
    tied = {level.style: number for number, level in listed.levels.items() if level.style}
    return next((tied[style] for style in place.styles if style in tied), 0)


def _starts_again(level: _Level, above: int) -> bool:
    """Tell whether a level is counted afresh after a paragraph of one above it."""
    if level.restart is None:
        return True
    return above < level.restart


def value_of(parent: Element | None, name: str) -> str | None:
    """Return what an element's child of that name says; None where there is none."""
    child = parent.find(qn(name)) if parent is not None else None
    return child.get(qn("w:val")) if child is not None else None


def read_numbering(root: Element | None, styles: Mapping[str, Element]) -> Numbering:
    """Read the lists of a document.  root: of its part "numbering".  styles: by their ids."""
    if root is None:
        return Numbering()
    definitions = {
        each.get(qn("w:abstractNumId"), ""): each for each in root.iterchildren(qn("w:abstractNum"))
    }
    numbers = {each.get(qn("w:numId"), ""): each for each in root.iterchildren(qn("w:num"))}
    read: dict[str, Mapping[int, _Level]] = {}
    lists: dict[str, _List] = {}
    for number, element in numbers.items():
        name = _find_definition(element, numbers, definitions, styles)
        if name is None:
            continue
        if name not in read:
            read[name] = dict(_read_levels(definitions[name]))
        lists[number] = _read_list(element, name, read[name])
    return Numbering(lists)


def _find_definition(
    number: Element,
    numbers: Mapping[str, Element],
    definitions: Mapping[str, Element],
    styles: Mapping[str, Element],
) -> str | None:
    """Return the id of the definition that holds a list's levels; one may only name a style that has them."""
    name = None
    for _ in range(_MAX_CHAIN):
        name = value_of(number, "w:abstractNumId") or ""
        if name not in definitions:
            return None
        style = styles.get(value_of(definitions[name], "w:numStyleLink") or "")
        properties = style.find(f"{qn('w:pPr')}/{qn('w:numPr')}") if style is not None else None
        behind = numbers.get(value_of(properties, "w:numId") or "")
        if behind is None:
            return name
        number = behind
    return name


def _read_list(number: Element, definition: str, levels: Mapping[int, _Level]) -> _List:
    own = dict(levels)
    restarted: set[int] = set()
    for override in number.iterchildren(qn("w:lvlOverride")):
        place = _whole(override.get(qn("w:ilvl")), 0)
        redefined = override.find(qn("w:lvl"))
        if redefined is not None:
            own[place] = _read_level(redefined)
        start = value_of(override, "w:startOverride")
        if start is not None and place in own:
            own[place] = replace(own[place], start=_whole(start, 1))
            restarted.add(place)
    return _List(definition, own, frozenset(restarted))


def _read_levels(definition: Element) -> Iterator[tuple[int, _Level]]:
    for level in definition.iterchildren(qn("w:lvl")):
        place = _whole(level.get(qn("w:ilvl")), _LEVELS)
        if place < _LEVELS:
            yield place, _read_level(level)


def _read_level(level: Element) -> _Level:
    legal = level.find(qn("w:isLgl"))
    restart = value_of(level, "w:lvlRestart")
    return _Level(
        start=_whole(value_of(level, "w:start"), 0),
        format=_read_format(level),
        pattern=value_of(level, "w:lvlText") or "",
        legal=legal is not None and legal.get(qn("w:val"), "1") not in OFF,
        restart=None if restart is None else _whole(restart, 0),
        style=value_of(level, "w:pStyle") or "",
    )


def _read_format(level: Element) -> str:
    """Return the name of a format, or the first number that a custom one writes ("001")."""
    for each in level.iter(qn("w:numFmt")):
        first = (each.get(qn("w:format")) or "").partition(",")[0].strip()
        if each.get(qn("w:val")) != "custom":
            return each.get(qn("w:val")) or "decimal"
        if first.isdecimal() and first.isascii() and len(first) < _LEVELS:
            return first if first.startswith("0") else "decimal"
    return "decimal"


def _whole(written: str | None, otherwise: int) -> int:
    """Read a number of a file that anybody may have written."""
    digits = (written or "").strip()
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < _LEVELS else otherwise
