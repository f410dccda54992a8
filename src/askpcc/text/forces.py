"""Police forces: those on the list, by any name, and others that a text names."""

import csv
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files

from askpcc.model import Span

AREA_SUFFIXES = re.compile(r"\s(?:Police(?: (?:Service|Force))?|Constabulary)$")

_WORD = r"[A-Z][a-z][\w'\u2019]{0,30}(?:-[A-Za-z][\w'\u2019]{0,30}){0,5}"
_JOINT = r"[ \u00a0](?:(?:and|&|&amp;|of|on|upon|under|by)[ \u00a0])?"
_WORDS = rf"(?<![\w\-])(?P<words>{_WORD}(?:{_JOINT}{_WORD}){{0,4}})"
# Words after which "Police" belongs to something else than a force's name.
_OTHER_THING = (
    r"(?!\s(?:Acts?|Stations?|Chiefs?|Officers?|Uplift|Complaints|Staff|Cadets?|National|Reform|Digital|Foundation"
    r"|Bill|Regulations|Effectiveness|Efficiency|Powers|Remuneration|Superintendents|Community|Support)\b)"
)
_OFFICE = r"(?:Police(?:,? Fire)?,?(?: and| &| &amp;)? (?:Fire (?:and|&|&amp;) )?Crime Commissioner|O?PF?CC)"

_BY_FORCE = re.compile(rf"{_WORDS}[ \u00a0](?P<kind>Police|Constabulary)(?!\w){_OTHER_THING}")
_BY_OFFICE_BEFORE = re.compile(rf"(?:{_OFFICE}|Chief Constable) (?:for|of) (?:the )?{_WORDS}")
_BY_OFFICE_AFTER = re.compile(rf"{_WORDS}[ \u00a0](?:O?PF?CC)(?:s|['\u2019]s)?(?!\w)")

_IN_CAPITALS = re.compile(
    r"POLICE(?:,? FIRE)? (?:AND|&|&amp;) CRIME COMMISSIONER FOR (?:THE )?"
    r"(?P<words>[A-Z][A-Z'\u2019-]+"
    r"(?: (?:(?:AND|&|OF) )?(?!(?:AND )?(?:THE )?POLICE\b)[A-Z][A-Z'\u2019-]+){0,3})"
)

_PANEL_IN_CAPITALS = re.compile(
    r"(?<![A-Z'\u2019-])(?P<words>[A-Z][A-Z'\u2019-]{1,30}(?: [A-Z&][A-Z'\u2019-]{0,30}){0,4})"
    r" POLICE(?:,? FIRE)? (?:AND|&|&amp;) CRIME PANEL(?!\w)"
)

_JOINTS = frozenset({"and", "&", "&amp;", "of", "on", "upon", "under", "by"})
_COMPASS = frozenset({"North", "South", "East", "West", "Mid", "Greater", "Upper", "Lower", "Central"})
_PLACES_OF = frozenset(
    {"Isle", "Isles", "City", "County", "Vale", "Forest", "Port", "Island", "Islands", "Kingdom"}
)
# Capitalised words that begin a sentence, a title or an office, and are no part of a force's name.
_NO_NAMES = frozenset(
    """a about act acting action after all also although an and anti any are armed as assistant at
    authority because before being better border both british building but by can chair changing chief
    chiefs civil civilian college commissioner commissioners community concerning conservative constable
    constables constabulary corruption could council counter county crime cross custody cyber dear
    deputy did digital do does during economic effective efficient elected english ensuring european
    federation finding following for former from getting given good had has have he head heads helping
    her his hm holding home how however i improving in including independent inspecting inspection
    inspections inspector inspectorate inspectors international investigating involving is it its
    joining joint justice keeping labour latest lead led local majesty's making managing many marine may
    meanwhile meeting message metropolitan military minister ministry modern monitoring most mounted my
    national neighbourhood new no nor not now of office officer officers on one operation operational
    other our over overseas peel plan police policing preventing previous private progress protecting
    public putting recommendation recording reducing regarding regional report reporting reports
    responding response review roads royal rural safer secret secretary senior service serving several
    she should since smart some special specialist state statement strong stronger superintendent
    supporting tackling temporary terrorism than that the their thematic then these they this those
    though through to today traffic transport under uniformed united until update urban using various
    visible visit visiting volunteer was we welcome welcoming welsh were what when where whether which
    while who why will with working would you your""".split()
)
_COMMISSIONER = r"(?!,?\s(?:fire,?\s)?(?:and|&|&amp;)\s(?:fire\s(?:and|&|&amp;)\s)?crime\b)"
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


def _read_row(row: Mapping[str, str]) -> Force:
    lists = {column: tuple(filter(None, row[column].split(";"))) for column in ("names", "capitals", "typed")}
    return Force(row["name"], row["area"], row["body"], national=row["national"] == "yes", **lists)


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
        for name, area, span in _find_unlisted(text):
            if not _overlaps_any(span, taken):
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


def _overlaps_any(span: Span, others: Sequence[Span]) -> bool:
    """Tell whether a span overlaps one of others, which stand in the order of the text and apart."""
    before = bisect_left(others, span.end, key=lambda other: other.start)
    return before > 0 and others[before - 1].end > span.start


def _find_unlisted(text: str) -> list[tuple[str, str, Span]]:
    """Find names of the form of a force's, as full name, area and place; a known area keeps one name."""
    by_force = list(_read_force_names(text))
    names = {area: name for name, area, _ in reversed(by_force)}
    by_office = [(names.get(area, f"{area} Police"), area, span) for area, span in _read_offices(text)]
    taken = [span for _, _, span in by_force]
    by_office = [found for found in by_office if not _overlaps_any(found[2], taken)]
    return sorted({*by_force, *by_office}, key=lambda found: found[2])


def _read_force_names(text: str) -> Iterator[tuple[str, str, Span]]:
    read = [(match, _name_before(match)) for match in _BY_FORCE.finditer(text)]
    areas = {text[start : match.end("words")] for match, start in read if start is not None}
    for match, start in read:
        if start is not None:
            area = _last_of_joint(text[start : match.end("words")], areas)
            span = Span(match.end("words") - len(area), match.end())
            yield f"{area} {match['kind']}", area, span


def _read_offices(text: str) -> Iterator[tuple[str, Span]]:
    for match in _BY_OFFICE_BEFORE.finditer(text):
        words = _name_after(match["words"])
        if words:
            yield words, Span(match.start("words"), match.start("words") + len(words))
    for match in _IN_CAPITALS.finditer(text):
        words = " ".join(_capitalise(word) for word in match["words"].split(" "))
        yield words, Span(match.start("words"), match.end("words"))
    for match in _PANEL_IN_CAPITALS.finditer(text):
        found = re.search(r"(?:.*\b(?:THE|OF|FOR)\s|^)(?P<area>\S.*)$", match["words"])
        named = " ".join(map(_capitalise, found["area"].split(" "))) if found else ""
        # Capitals hide which word is a name; a name stands elsewhere in ordinary letters too.
        if found and may_be_area(named.split(" ")) and re.search(rf"\b{re.escape(named)}\b", text):
            yield named, Span(match.start("words") + found.start("area"), match.end("words"))
    for match in _BY_OFFICE_AFTER.finditer(text):
        start = _name_before(match)
        if start is not None and not _is_person(area := text[start : match.end("words")]):
            yield area, Span(start, match.end("words"))


def _capitalise(word: str) -> str:
    return word.lower() if word.lower() in _JOINTS else word.capitalize()


def _is_person(words: str) -> bool:
    """Take two capitalised words before "PCC" for a person, unless the first is of the compass."""
    first, *others = words.split(" ")
    return bool(others) and first not in _COMPASS and _JOINTS.isdisjoint(others)


def _last_of_joint(area: str, areas: set[str]) -> str:
    """Read "Borset and Midsomer" as Midsomer where the text also has that alone."""
    _, _, last = area.rpartition(" and ")
    return last if last in areas else area


def _name_before(match: re.Match[str]) -> int | None:
    """Return where the name begins in the words before "Police": after the last word that is no name."""
    words = list(re.finditer(r"\S+", match["words"]))
    begin = 0
    for number, word in enumerate(words):
        no_place = word[0] == "of" and words[number - 1][0] not in _PLACES_OF
        if no_place or _is_no_name(word[0]):
            begin = number + 1
    while begin < len(words) and words[begin][0] in _JOINTS:
        begin += 1
    return match.start("words") + words[begin].start() if begin < len(words) else None


def _name_after(words: str) -> str:
    """Return the name at the beginning of the words after "Commissioner for", without what follows it."""
    kept: list[str] = []
    for word in words.split(" "):
        if _is_no_name(word):
            break
        kept.append(word)
    while kept and kept[-1] in _JOINTS:
        kept.pop()
    return re.sub(r"['\u2019]s?$", "", " ".join(kept))


def _is_no_name(word: str) -> bool:
    plain = word.lower().replace("\u2019", "'")
    return word not in _JOINTS and plain in _NO_NAMES


_NO_AREAS = frozenset(
    """england wales scotland ireland britain europe london westminster parliament spring summer autumn
    winter easter christmas january february march april june july august september october november
    december minutes agenda paper papers note news page index letter letters plan tracker trackers
    register log overview summary annual quarterly annex appendix draft final board panel committee
    recommendation recommendations victim victims child children women young people custody detention
    vetting firearms fraud domestic abuse stalking missing digital forensics data integrity hate race
    leadership wellbeing assessment framework inquiry commission hmicfrs super complaint thematic audit
    assurance scrutiny accountability""".split()
)
"""Countries, months, and what files of responses are named after."""


def may_be_area(words: Sequence[str]) -> bool:
    """Tell whether words may name the area of a force: none begins a sentence, an office or a month."""
    return not any(_is_no_name(word) or word.lower() in _NO_AREAS for word in words)


def unite_names(names: Iterable[str], is_written_out: Callable[[str], bool]) -> dict[str, str]:
    """Return the name to use for each name of a force that is to have another.

    A name that no document writes out, made up from "Midsomer PCC", gives way to the only one of its area
    that is written out, or else to one that is more than a guess.  Two that are written out stay two forces.
    """
    of_area: defaultdict[str, set[str]] = defaultdict(set)
    for name in names:
        of_area[AREA_SUFFIXES.sub("", name)].add(name)
    united: dict[str, str] = {}
    for area, found in of_area.items():
        if len(found) > 1:
            united |= _unite(area, found, is_written_out)
    return united


def is_written_out(name: str, text: str) -> bool:
    """Tell whether a text has the name of a force, and not only of its commissioner."""
    words = r"\s+".join(re.escape(word) for word in name.split())
    return re.search(rf"(?<!\w){words}(?!\w){_COMMISSIONER}", text, re.IGNORECASE) is not None


def _unite(area: str, found: set[str], written_out: Callable[[str], bool]) -> Mapping[str, str]:
    written = {name for name in found if written_out(name)}
    if len(written) > 1:
        return {}
    # "Police" is the guess; a constabulary is one that a document speaks of as "the constabulary".
    best = min(written or found, key=lambda name: (name == f"{area} Police", name))
    return {name: best for name in found if name != best}
