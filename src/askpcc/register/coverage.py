"""What a document speaks of besides the matters that it names: the words are in ``data/register.toml``."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from askpcc.language.patterns import load_patterns
from askpcc.language.words import plain
from askpcc.model import Dossier, MatterKind, Status
from askpcc.register.rows import Row

_PARAGRAPH_END = re.compile(r"\n\s*\n")
_MOST_QUOTED = 3
_NUMBERS = {
    word: number
    for number, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
        " seventeen eighteen nineteen twenty".split(),
        start=1,
    )
}
_COUNTED: Mapping[MatterKind, str] = {
    MatterKind.RECOMMENDATION: "counted_recommendations",
    MatterKind.AREA_FOR_IMPROVEMENT: "counted_areas",
    MatterKind.CAUSE_OF_CONCERN: "counted_causes",
}


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the register has of a document.  complete: nothing in its words speaks of more."""

    document: str
    sentence: str
    complete: bool


def tell_coverage(dossier: Dossier, rows: Sequence[Row]) -> Coverage:
    """Say how many matters a document names, and with which words it speaks of more.

    rows: all of the register, of that document or of several.
    """
    path = dossier.document.path
    own = [row for row in rows if row.response.document == path]
    matters = {row.id for row in own}
    stated = {row.id for row in own if row.status is not Status.NOT_STATED}
    paragraphs = [plain(part) for part in _PARAGRAPH_END.split(dossier.document.text)]
    more = [*_tell_rest(paragraphs, own), *_tell_counts(paragraphs, own)]
    named = f"{path} names {_count(len(matters), 'matter')}{_tell_stated(len(matters), len(stated))}"
    return Coverage(path, "; ".join([named, *more]) + ".", complete=not more)


def _tell_stated(matters: int, stated: int) -> str:
    if not matters:
        return ""
    them = "it" if matters == 1 else "them"
    if not stated:
        return f" and does not say what has become of {them}"
    return f" and says what has become of {them if stated == matters else stated}"


def _find(name: str, paragraphs: Sequence[str]) -> list[str]:
    pattern = load_patterns("register")[name]
    return [match[0] for paragraph in paragraphs for match in pattern.finditer(paragraph)]


def _tell_rest(paragraphs: Sequence[str], rows: Sequence[Row]) -> Iterator[str]:
    found = dict.fromkeys(words.lower() for words in _find("more", paragraphs))
    if found:
        quoted = " and ".join(f"“{words}”" for words in list(found)[:_MOST_QUOTED])
        # Where some are named as recommendations, these may be all; where none is, they cannot be.
        does = "may not" if any(row.kind in _COUNTED for row in rows) else "does not"
        yield f"it speaks of {quoted} and {does} list each of them"


def _tell_counts(paragraphs: Sequence[str], rows: Sequence[Row]) -> Iterator[str]:
    for kind, pattern in _COUNTED.items():
        counts = [(_number(words), words) for words in _find(pattern, paragraphs)]
        held = len({row.id for row in rows if row.kind is kind})
        stated, words = max(counts, default=(0, ""))
        if stated > held:
            yield f"it states “{words}”, of which the register has {held or 'none'}"


def _number(words: str) -> int:
    first = words.split(maxsplit=1)[0].casefold()  # a pattern that ignores case takes a long s for s
    return int(first) if first.isdigit() else _NUMBERS[first]


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number or 'no'} {noun}s"
