"""Forces that no table lists, recognised by the form of their names: "Borsetshire Police"."""

import re
from collections.abc import Iterator

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
    r"(?P<words>[A-Z][A-Z'\u2019-]+(?: (?:(?:AND|&|OF) )?[A-Z][A-Z'\u2019-]+){0,3})"
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


def find_unlisted(text: str) -> list[tuple[str, str, Span]]:
    """Find names of the form of a force's, as full name, area and place; a known area keeps one name."""
    by_force = list(_read_force_names(text))
    names = {area: name for name, area, _ in reversed(by_force)}
    by_office = [(names.get(area, f"{area} Police"), area, span) for area, span in _read_offices(text)]
    taken = [span for _, _, span in by_force]
    by_office = [found for found in by_office if not any(found[2].overlaps(span) for span in taken)]
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
