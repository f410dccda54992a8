"""The police forces of England and Wales, and finding them in text under the names that people use."""

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files

from askpcc.language.unlisted_forces import AREA_SUFFIXES, find_unlisted
from askpcc.model import Span

_BLANK = "[ \\u00a0\\-\\u2010-\\u2014]"
_GAP = rf"(?:{_BLANK}{{1,3}}|{_BLANK}?\r?\n[ >]{{0,3}})"
_AND = rf"{_GAP}?(?:&amp;|&|\+|\band\b){_GAP}?"
_TOKEN = re.compile(r"&|[^\s&\-]+")
# What follows a county's name in an address or the name of an institution, not of a force.
_NOT_BEFORE = r"(?!\s(?:Street|Road|Avenue|Lane|Place|Close|Square|Terrace|Drive|University)\b)"
_NOT_AFTER = r"(?<![\w&])(?<![Uu]niversity of )(?<!Duke of )"
_NO_FORCES = ("the Met Office",)
_EXACT = "="


@dataclass(frozen=True, slots=True)
class Force:
    """A police force.  area: what it polices; body: who responds for it, as far as is known.

    names: other names, in any case; a single word needs its capital in a document.
    capitals: names that need their case in a document, and with a leading ``=`` also when typed in haste.
    typed: names that only hurried text uses, in any case unless there is a leading ``=``.
    national: a force without a local policing body.
    """

    name: str
    area: str
    body: str = ""
    names: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()
    typed: tuple[str, ...] = ()
    national: bool = False


def load_forces() -> "ForceTable":
    """Read the table of forces that comes with the package."""
    table = files("askpcc").joinpath("data/forces.csv").read_text(encoding="utf-8")
    return ForceTable(_read_row(row) for row in csv.DictReader(table.splitlines()))


class ForceTable:
    """Forces by their names; never changed once made."""

    def __init__(self, forces: Iterable[Force]) -> None:
        self.forces = tuple(forces)

    def named(self, name: str) -> Force | None:
        """Return the force that goes by this name, listed or of a recognisable form, else None."""
        found = [force for force, span in self.find_forces(name, typed=True) if len(span) == len(name)]
        return found[0] if found else None

    def find_forces(self, text: str, *, typed: bool = False) -> list[tuple[Force, Span]]:
        """Find each mention of a force, in the order of the text.

        typed: the text was typed in haste, so case is no guide.  Names of forces that are not in the
        table are recognised by their form ("Borsetshire Police"), with their capitals.
        """
        found, taken = [], []
        for match in (self._typed if typed else self._written).finditer(text):
            span = Span(match.start(), match.end())
            taken.append(span)
            force = self._by_key.get(_key(match[0]))
            if force is not None:
                found.append((force, span))
        for name, area, span in find_unlisted(text):
            if not any(span.overlaps(other) for other in taken):
                found.append((self._by_key.get(_key(name)) or Force(name, area), span))
        return sorted(found, key=lambda mention: mention[1])

    def with_extra(self, names: Iterable[str]) -> "ForceTable":
        """Return a table that also holds the forces of these full names ("Borsetshire Police")."""
        new = [name for name in names if _key(name) not in self._by_key]
        extra = {area: Force(name, area) for name in reversed(new) for area in [AREA_SUFFIXES.sub("", name)]}
        return ForceTable((*self.forces, *extra.values())) if extra else self

    @cached_property
    def _by_key(self) -> Mapping[str, Force]:
        pairs = [
            (name, force) for force in self.forces for name in (*_names(force), *force.capitals, *force.typed)
        ]
        return {_key(name.removeprefix(_EXACT)): force for name, force in reversed(pairs)}

    @cached_property
    def _written(self) -> re.Pattern[str]:
        alternatives = {name: _written(name) for force in self.forces for name in _names(force)}
        alternatives |= {name: _pattern(name) for force in self.forces for name in force.capitals}
        return _compile(alternatives)

    @cached_property
    def _typed(self) -> re.Pattern[str]:
        names = (name for force in self.forces for name in (*_names(force), *force.capitals, *force.typed))
        return _compile({name: _typed(name) for name in names})


def _read_row(row: Mapping[str, str]) -> Force:
    lists = {column: tuple(filter(None, row[column].split(";"))) for column in ("names", "capitals", "typed")}
    return Force(row["name"], row["area"], row["body"], national=row["national"] == "yes", **lists)


def _names(force: Force) -> tuple[str, ...]:
    if force.national:
        return (force.name, *force.names)
    return (force.name, f"{force.area} Police", f"{force.area} Constabulary", force.area, *force.names)


def _key(words: str) -> str:
    joined = re.sub(r"&amp;|[&+]", " and ", words.lower()).replace("\u2019", "'")
    return " ".join(re.findall(r"[\w']+", joined))


def _pattern(name: str) -> str:
    """Match a name whatever stands between its words and whichever way "and" is written."""
    pattern, joined = "", True
    for token in _TOKEN.findall(name.removeprefix(_EXACT)):
        both = token in {"&", "and"}
        pattern += _AND if both else ("" if joined else _GAP) + re.escape(token).replace("'", "['\u2019]")
        joined = both
    return pattern


def _written(name: str) -> str:
    single = _TOKEN.findall(name) == [name]
    return f"{_pattern(name)}|{_pattern(name.upper())}" if single else f"(?i:{_pattern(name)})"


def _typed(name: str) -> str:
    return _pattern(name) if name.startswith(_EXACT) else f"(?i:{_pattern(name)})"


def _compile(alternatives: Mapping[str, str]) -> re.Pattern[str]:
    decoys = {name: f"(?i:{_pattern(name)})" for name in _NO_FORCES}
    longest_first = sorted((decoys | dict(alternatives)).items(), key=lambda item: -len(item[0]))
    return re.compile(
        f"{_NOT_AFTER}(?:{'|'.join(pattern for _, pattern in longest_first)})(?!\\w){_NOT_BEFORE}"
    )
