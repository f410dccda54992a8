"""Which numbered matter a row is about, where a column holds numbers and something says of what."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from askpcc.language.items import AREA_FOR_IMPROVEMENT, CAUSE_OF_CONCERN, RECOMMENDATION, find_items

_KINDS = (
    (RECOMMENDATION, re.compile(r"\brec(?:ommendation)?s?\b", re.IGNORECASE)),
    (AREA_FOR_IMPROVEMENT, re.compile(r"\b(?:afis?|areas? for improvement)\b", re.IGNORECASE)),
    (CAUSE_OF_CONCERN, re.compile(r"\b(?:cocs?|causes? (?:of|for) concern)\b", re.IGNORECASE)),
)
_COUNTS = re.compile(
    r"(?:(?:rec(?:ommendation)?s?|afis?|areas? for improvement|causes? of concern|cocs?|item)?\s*"
    r"(?:no|nos|number|num|ref|reference|id|#)?\.?)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?:no\.?\s*|#\s*)?(?P<number>\d{1,3}[a-z]?)[.):]?", re.IGNORECASE)


@dataclass(slots=True)
class NumberedRows:
    """Follows the rows of a document's tables.  column: which one holds numbers; kind: of what."""

    column: int | None = None
    kind: str | None = None
    inside: bool = False

    def leave(self) -> None:
        """Note that no row stands here, so that the next one begins a table."""
        self.inside, self.column, self.kind = False, None, None

    def read(self, cells: Sequence[str], around: Iterable[str]) -> tuple[str, ...]:
        """Return the matter of a row; of a row that heads a table, none.

        around: what stands above the table, the nearest first.
        """
        if not self.inside:
            self.inside = True
            self._read_head(cells, around)
            return ()
        if self.column is None or self.kind is None or self.column >= len(cells):
            return ()
        number = _NUMBER.fullmatch(cells[self.column].strip())
        return find_items(f"{self.kind} {number['number']}") if number else ()

    def _read_head(self, cells: Sequence[str], around: Iterable[str]) -> None:
        heads = [cell.strip(" :*").lower() for cell in cells]
        first = next((place for place, head in enumerate(heads) if head), None)
        columns = [place for place, head in enumerate(heads) if head and _COUNTS.fullmatch(head)]
        # "Status | Number" heads a table of counts.
        self.column = next((place for place in columns if place == first or _only_kind(heads[place])), None)
        if self.column is None:
            return
        own, others = heads[self.column], " ".join(heads)
        self.kind = next((kind for words in (own, others, *around) if (kind := _only_kind(words))), None)


def split_row(line: str) -> list[str]:
    """Return the cells of a row's whole line, empty ones too; tabs part them where there are any."""
    if "\t" in line:
        return [cell.strip() for cell in line.split("\t")]
    bare = line.strip(" >")
    return [cell.strip() for cell in bare.removeprefix("|").removesuffix("|").split("|")]


def _only_kind(words: str) -> str | None:
    """Return the one sort of numbered matter that words speak of; None for none or several."""
    kinds = [kind for kind, pattern in _KINDS if pattern.search(words)]
    return kinds[0] if len(kinds) == 1 else None
