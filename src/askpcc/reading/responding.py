"""Whose response a document is: the force whose local policing body answers, not one that is mentioned."""

import re
from collections import Counter
from collections.abc import Iterator

from askpcc.language.forces import Force, ForceTable
from askpcc.model import BlockKind, Fact, FactName, Span
from askpcc.reading.fields import Line, Sheet
from askpcc.reading.source_kinds import GUIDANCE, INSPECTORATE_PAGE

_LABELS = re.compile(
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
_HEAD_LINES = 3
_SIGNATURE_CHARACTERS = 200


def read_force(sheet: Sheet, forces: ForceTable, author: Fact | None, source_kind: str | None) -> Fact | None:
    """Read the responding force, by its full name; None where no force or several stand out.

    A page of the inspectorate has the force that its title names; guidance has none.
    """
    if source_kind == GUIDANCE:
        return None
    table = _with_found(sheet, forces)
    mentions = [mention for mention in _find_mentions(sheet, table) if not mention[0].national]
    if source_kind == INSPECTORATE_PAGE:
        mentions = [mention for mention in mentions if mention[1].start < _end_of_title(sheet)]
    scores = _score(sheet, mentions, author)
    best = _clear_winner(scores)
    if best is None:
        return None
    own = [mention for mention in mentions if mention[0].name == best]
    _, place, _ = max(own, key=lambda mention: _weigh(sheet, mention, author))
    return Fact(FactName.FORCE, best, place)


def _with_found(sheet: Sheet, forces: ForceTable) -> ForceTable:
    """Add the unlisted forces that the document names, so that their areas alone count as well."""
    body = " \n\n".join(block.span.of(sheet.text) for block in sheet.stored.blocks)
    found = [(force.name, force.area, span.of(body)) for force, span in forces.find_forces(body)]
    whole = {name for name, area, words in found if words != area}
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
    for mention in mentions:
        force, weight = mention[0], _weigh(sheet, mention, author)
        if weight <= _NAME:
            plain_mentions[force.name] += 1
        if weight > _NAME or plain_mentions[force.name] <= _MOST_COUNTED:
            scores[force.name] += weight
    return scores


def _weigh(sheet: Sheet, mention: Mention, author: Fact | None) -> int:
    force, span, line = mention
    if any(field.row.overlaps(span) and _is_telling(field.label) for field in sheet.fields):
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
    return bool(_LABELS.fullmatch(label) or _TICKS.fullmatch(label))


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
