"""Whose response a document is: force and author."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import PurePath

from askpcc.metadata.fields import GUIDANCE, INSPECTORATE_PAGE, Line, Sheet
from askpcc.model import (
    BlockKind,
    Fact,
    FactName,
    Span,
)
from askpcc.text.forces import Force, ForceTable, may_be_area
from askpcc.text.words import plain

_FORCE_LABELS = re.compile(
    r"(?:police |name of )?(?:force|constabulary)(?: area| name| inspected)?"
    r"|(?:pcc|pfcc|policing|police) area|local policing body"
)
_TICKS = re.compile(r"(?:is |was )?.+?,? (?:specific|quoted)\b.*")
_OFFICE_BEFORE = re.compile(
    r"(?:Crime Commissioner|O?PF?CC|Chief Constable|Deputy Mayor)(?:['\u2019]s?)? (?:for|of|in) (?:the )?$",
    re.IGNORECASE,
)
_OFFICE_BEHIND = re.compile(
    r"(?:['\u2019]s?)? (?:and Crime Commissioner|O?PF?CC|Chief Constable|Commissioner|Mayor)", re.IGNORECASE
)
_PASSING_BEFORE = re.compile(
    r"\b(?:such as|(?:not )?including|unlike|like|with|compared (?:with|to)|between|neighbouring)"
    r"(?: (?:the|in))? $"
)
_OWNING = re.compile(r"['\u2019]s? \w")
_FORCE_WORD = re.compile(r"(?:Police|Constabulary|Service)$", re.IGNORECASE)
_CONSTABULARY = re.compile(r"\b[Tt]he [Cc]onstabulary\b")

Mention = tuple[Force, Span, Line]

# How much a mention says about whose document it is; the office that answers says most.
_LABEL, _SIGNATURE, _OFFICE, _TITLE, _HEADING, _NAME, _AREA = 8, 8, 5, 5, 3, 2, 1
_MOST_COUNTED = 4  # of plain mentions, so that a long comparison does not outvote the office
_CLEAR = 2  # the answering force scores this many times as much as any other
_MOST_AREA_WORDS, _SHORTEST_AREA = 3, 5
_OF_PLACES = "in|across|throughout|within|around"
_BODIES = (
    r"(?:O?PF?CC|Police|Constabulary|Office (?:of|for)|Combined Authority|(?:Was )?(?:Specific|Quoted))\b"
)
"""What stands behind the area that it is of, in whatever case."""
_HEAD_LINES = 3
_SIGNATURE_CHARACTERS = 200


def read_force(
    path: str, sheet: Sheet, forces: ForceTable, author: Fact | None, source_kind: str | None
) -> Fact | None:
    """Read the responding force, by its full name; None where no force or several stand out.

    A page of the inspectorate has the force that its title names; guidance has none.  The name of the file
    tells too, where its words stand in the document as the name of an area.
    """
    if source_kind == GUIDANCE:
        return None
    named = _read_named(path, sheet, _with_found(sheet, forces, ""), author, source_kind)
    if named or source_kind == INSPECTORATE_PAGE:
        return named
    area = find_area(path, sheet)
    return _read_named(path, sheet, _with_found(sheet, forces, area), author, source_kind) if area else None


def _read_named(
    path: str, sheet: Sheet, table: ForceTable, author: Fact | None, source_kind: str | None
) -> Fact | None:
    """Read the force of a table that a document names more than any other."""
    mentions = [mention for mention in _find_mentions(sheet, table) if not mention[0].national]
    if source_kind == INSPECTORATE_PAGE:
        mentions = [mention for mention in mentions if mention[1].start < _end_of_title(sheet)]
    scores = _score(sheet, mentions, author)
    stem = _slug(PurePath(path).stem)
    of_file = {force.name for force, _, _ in mentions if _slug(force.area) in stem}
    if len(of_file) == 1:
        scores[of_file.pop()] += _TITLE
    best = _clear_winner(scores)
    if best is None:
        return None
    own = [mention for mention in mentions if mention[0].name == best]
    telling = _find_telling(sheet)
    _, place, _ = max(own, key=lambda mention: _weigh(sheet, mention, author, telling))
    return Fact(FactName.FORCE, best, place)


def find_area(path: str, sheet: Sheet) -> str:
    """Return the words at the beginning of a file's name that the document has as the name of an area.

    "" where it has none such.  "borsetshire-custody-2024.md" needs "in Borsetshire" or "BORSETSHIRE OPCC" in
    its text, so that neither a person nor a word becomes a force.
    """
    body = " \n\n".join(block.span.of(sheet.text) for block in sheet.stored.blocks)
    stem = re.split(r"[-_ .]+", re.sub(r"\A[\d\W_]+", "", PurePath(path).stem))
    for number in range(min(len(stem), _MOST_AREA_WORDS), 0, -1):
        words = stem[:number]
        if len("".join(words)) >= _SHORTEST_AREA and all(map(str.isalpha, words)) and may_be_area(words):
            joined = r"[\s-]".join(map(str.capitalize, words))
            small = r"[\s-]".join(map(str.lower, words))
            if re.search(rf"(?<![\w-]){small}(?![\w-])", body):
                continue
            place = re.search(rf"\b(?:{_OF_PLACES}) {joined}(?![\w-]|\s[A-Z])", body)
            if place or re.search(rf"(?<![\w-]){joined} {_BODIES}", body, re.IGNORECASE):
                return " ".join(map(str.capitalize, words))
    return ""


def _slug(words: str) -> str:
    return re.sub(r"[\W_]+", "", words).lower()


def _with_found(sheet: Sheet, forces: ForceTable, named: str) -> ForceTable:
    """Add the unlisted forces that the document names, so that their areas alone count as well.

    named: the area that the file is named after.
    """
    body = " \n\n".join(block.span.of(sheet.text) for block in sheet.stored.blocks)
    found = [(force.name, force.area, span.of(body)) for force, span in forces.find_forces(body)]
    whole = {name for name, area, words in found if words != area}
    if named and not any(_slug(area) == _slug(named) for _, area, _ in found):
        found.append((f"{named} Police", named, named))
    constabulary = bool(_CONSTABULARY.search(body))
    names = [_full_name(name, area, whole, constabulary=constabulary) for name, area, _ in found]
    return forces.with_extra(names)


def _full_name(name: str, area: str, whole: set[str], *, constabulary: bool) -> str:
    """Name a force known from its commissioner only: a constabulary, where the document has one."""
    guessed = name == f"{area} Police" and name not in whole
    longer = next((other for other in sorted(whole) if other.startswith(f"{area} ")), None)
    if guessed and longer:
        return longer
    return f"{area} Constabulary" if guessed and constabulary else name


def _find_mentions(sheet: Sheet, table: ForceTable) -> Iterator[Mention]:
    for line in sheet.lines:
        for force, span in table.find_forces(line.span.of(sheet.text)):
            yield force, Span(line.span.start + span.start, line.span.start + span.end), line


def _score(sheet: Sheet, mentions: list[Mention], author: Fact | None) -> Counter[str]:
    scores: Counter[str] = Counter()
    plain_mentions: Counter[str] = Counter()
    telling = _find_telling(sheet)
    for mention in mentions:
        force, weight = mention[0], _weigh(sheet, mention, author, telling)
        if weight <= _NAME:
            plain_mentions[force.name] += 1
        if weight > _NAME or plain_mentions[force.name] <= _MOST_COUNTED:
            scores[force.name] += weight
    return scores


def _find_telling(sheet: Sheet) -> list[Span]:
    return sorted(field.row for field in sheet.fields if _is_telling(field.label))


def _weigh(sheet: Sheet, mention: Mention, author: Fact | None, telling: Sequence[Span]) -> int:
    """Weigh a mention.  telling: the rows that say whose response it is, in order and apart."""
    force, span, line = mention
    nearest = telling[: bisect_right(telling, span.end, key=lambda row: row.start)][-1:]
    if any(row.overlaps(span) for row in nearest):
        return _LABEL
    if author and author.span and force.area in author.value and _is_near(span, author.span):
        return _SIGNATURE
    if line in sheet.lines[:_HEAD_LINES]:
        return _TITLE
    return _weigh_mention(sheet.text, span, line)


def _weigh_mention(text: str, span: Span, line: Line) -> int:
    """Weigh a mention in the body by the words that touch it."""
    before = text[max(line.span.start, span.start - 60) : span.start]
    behind = text[span.end : span.end + 30]
    if line.block.quoted or _PASSING_BEFORE.search(before):
        return _AREA
    if _OFFICE_BEFORE.search(before) or _OFFICE_BEHIND.match(behind):
        return _OFFICE
    if line.block.kind is BlockKind.HEADING:
        return _HEADING
    return _NAME if _FORCE_WORD.search(span.of(text)) or _OWNING.match(behind) else _AREA


def _is_telling(label: str) -> bool:
    return bool(_FORCE_LABELS.fullmatch(label) or _TICKS.fullmatch(label))


def _is_near(span: Span, author: Span) -> bool:
    return 0 <= span.start - author.start <= _SIGNATURE_CHARACTERS


def _end_of_title(sheet: Sheet) -> int:
    headings = [line.span.end for line in sheet.lines if line.block.kind is BlockKind.HEADING]
    return headings[0] if headings else 0


def _clear_winner(scores: Counter[str]) -> str | None:
    ranked = scores.most_common(2)
    if not ranked or ranked[0][1] <= _AREA:
        return None
    return ranked[0][0] if len(ranked) == 1 or ranked[0][1] >= _CLEAR * ranked[1][1] else None


_HONOUR = r"(?:OBE|MBE|CBE|KC|QC|QPM|KPM|DL|JP|MP|BEM|PhD)\b"
_HONOURS = rf"(?:,? {_HONOUR})*"
_STYLE = r"(?:(?:Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Lord|Lady|Baroness|Cllr|Councillor|Rt Hon|The Rt Hon)\.? )*"
_LETTER = r"[A-Za-z\u00c0-\u024f]"
_WORD = (
    rf"(?!{_HONOUR})[A-Z](?:{_LETTER}|['\u2019-])*{_LETTER}"
    r"(?<!Commissioner)(?<!Police)(?<!Crime)(?<!Mayor)"
)
NAME = rf"{_STYLE}{_WORD}(?: (?:[A-Z]\.? )*(?:(?:de|van|von|of) )?{_WORD}){{1,3}}"
_COMMISSIONER = r"(?:Police(?:,? Fire)?,? (?:(?:and |& )?Rescue )?(?:and|&) Crime Commissioner|PF?CC)"
# An office may also stand behind the name of its area.
_AREA_WORDS = r"[A-Z][\w-]+(?: (?:and |& )?[A-Z][\w-]+){0,3}"
_COMMISSIONER_FOR = r"Commissioner for Police, Fire (?:and|&) Rescue,? and Crime"
_MAYOR = r"(?:(?:Deputy )?Mayor (?:for|of) [A-Z][\w ,&'\u2019-]{3,60}?)"
_FORCE_NAME = (
    r"(?: (?:for|of) (?:the )?[A-Z][\w'\u2019-]*(?:,? (?:and |& |of |the |on )*[A-Z][\w'\u2019-]*)*)?"
)
_RANK = r"(?:(?:Deputy|Acting|Interim|Temporary|Assistant) )*"
OFFICE = rf"(?:{_RANK}{_COMMISSIONER}{_FORCE_NAME}|{_MAYOR})"
_INSPECTOR = r"(?:(?:His|Her) Majesty['\u2019]s|HM) (?:Chief )?Inspector of Constabulary"

_NAME_LINE = re.compile(rf"(?P<name>{NAME}){_HONOURS},?")
_OFFICE_LINE = re.compile(
    rf"(?:the )?(?P<office>{OFFICE}|{_AREA_WORDS} (?:{_COMMISSIONER}|{_COMMISSIONER_FOR})|{_INSPECTOR})[.,]?"
)
_BOTH = re.compile(
    rf"(?P<name>{NAME}){_HONOURS}(?:,| [-\u2013\u2014]|) ?(?:the )?(?P<office>{OFFICE}|{_INSPECTOR})[.,]?"
)
_BYLINE = re.compile(
    r"^(?:(?i:response|blog|statement|letter|comments|message|written) )?(?:[Bb]y|[Ff]rom)[: ]\s*(?:the )?"
    rf"(?:(?P<before>{OFFICE}),? )?(?P<name>{NAME}){_HONOURS}(?:,? (?:the )?(?P<office>{OFFICE}))?:?$"
)
_OWN_TEXT = re.compile(
    rf"^(?:the )?(?P<office>{OFFICE})?,? ?(?P<name>{NAME}?)['\u2019]s? (?:\w+ )?"
    r"(?:blog|message|statement|column|letter)\b"
)
_REPORT_OF = re.compile(r"^Report (?:of|by):? (?:the )?(?P<office>[A-Z][\w ,&'\u2019-]{3,80}?)[.:]?$")
_AUTHOR_LABELS = re.compile(
    r"author|signed|signed by|signature|response by|written by|letter from|report of|report by|name"
)
_TO = re.compile(r"(?:to|cc|copied to|copy to|for the attention of):?", re.IGNORECASE)
_LONGEST_SIGNATURE = 140
# A name, and behind it at most a picture's description or honours before the office.
_LINES_TO_OFFICE = 2
_LINES_TO_SALUTATION = 30


def read_author(sheet: Sheet) -> Fact | None:
    """Read who signed or wrote a document, as "Name, Office"; the span is that of the name."""
    readings = (_read_field, _read_byline, _read_signature, _read_report_of)
    return next((fact for read in readings for fact in read(sheet)), None)


def _read_field(sheet: Sheet) -> Iterator[Fact]:
    for field in sheet.fields:
        if _AUTHOR_LABELS.fullmatch(field.label):
            match = _BOTH.fullmatch(field.value) or _OFFICE_LINE.fullmatch(field.value)
            if match:
                yield _make_fact(sheet, field.span, match)


def _read_byline(sheet: Sheet) -> Iterator[Fact]:
    for line in sheet.lines:
        match = None if _is_quoted(line) else _BYLINE.search(line.words) or _OWN_TEXT.search(line.words)
        if match and match["name"] and any(match.groupdict().get(key) for key in ("office", "before")):
            yield _make_fact(sheet, line.span, match)


def _read_signature(sheet: Sheet) -> Iterator[Fact]:
    """Read the last signature: name and office in one line, or the office within two lines of the name."""
    found = []
    for number, line in enumerate(sheet.lines):
        if _is_quoted(line) or len(line.words) > _LONGEST_SIGNATURE:
            continue
        office = None
        match = _BOTH.fullmatch(line.words)
        if not match:
            match, office = _NAME_LINE.fullmatch(line.words), _office_below(sheet, number)
        if match and (office or "office" in match.groupdict()) and not _is_addressee(sheet, number):
            found.append(_make_fact(sheet, line.span, match, office))
    yield from reversed(found)


def _read_report_of(sheet: Sheet) -> Iterator[Fact]:
    for line in sheet.lines:
        match = _REPORT_OF.search(line.words)
        if match and not _is_quoted(line):
            yield _make_fact(sheet, line.span, match)


def _office_below(sheet: Sheet, number: int) -> str | None:
    for line in sheet.lines[number + 1 : number + 1 + _LINES_TO_OFFICE]:
        match = _OFFICE_LINE.fullmatch(line.words)
        if match and not _is_quoted(line):
            return match["office"]
    return None


def _is_quoted(line: Line) -> bool:
    return line.block.quoted or line.block.kind is BlockKind.BULLET


def _is_addressee(sheet: Sheet, number: int) -> bool:
    """Tell whether a name stands below "To", or above a salutation to that person or to a commissioner."""
    if number and _TO.fullmatch(sheet.lines[number - 1].words):
        return True
    for line in sheet.lines[number + 1 : number + 1 + _LINES_TO_SALUTATION]:
        if line.words.startswith("Dear "):
            greeted = {word.strip(",.:") for word in line.words.split()[1:]}
            return bool(greeted & {"Commissioner", "PCC", "PFCC", *sheet.lines[number].words.split()})
    return False


def _make_fact(sheet: Sheet, within: Span, match: re.Match[str], office: str | None = None) -> Fact:
    groups = match.groupdict()
    name = groups.get("name")
    title = office or groups.get("office") or groups.get("before")
    value = ", ".join(part for part in (name, title) if part)
    return Fact(FactName.AUTHOR, value, _place(sheet.text, within, name or title or ""))


def _place(text: str, within: Span, words: str) -> Span:
    """Return the place of plain words in a line; the whole line where markup divides them."""
    start = text.find(words, within.start, within.end)
    return Span(start, start + len(words)) if start >= 0 and plain(words) else within
