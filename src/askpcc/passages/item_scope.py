"""Which numbered matters a block belongs to: a recommendation's heading holds for what stands beneath."""

import re
from dataclasses import dataclass, field

from askpcc.language.items import find_items

BOLD_LINE_LEVEL = 7
"""Rank of a line in bold that stands as a heading."""

ITEM_LINE_LEVEL = 8
"""Rank of a paragraph that only names a recommendation ("2.1 Recommendation 5"): below a line in bold."""

_LONGEST_HEADING = 80
_KIND = r"(?:rec(?:ommendation)?s?|afis?|areas? for improvement|causes? of concern)"
_STARTS_WITH_ITEM = re.compile(rf"[\W\d]*{_KIND}\b", re.IGNORECASE)
_ITEM_LINE = re.compile(rf"[\W\d]*{_KIND}\b(?:[^.]*|[\s\d,&/–-]*(?:and )?\d+\.)", re.IGNORECASE)
_ITEM_LABEL = re.compile(rf"[\W\d]*{_KIND}\b[^:.]{{1,40}}?(?::| [–—-] (?!\d))", re.IGNORECASE)
_NUMBERING = re.compile(r"\A[\W\d]+")
_LABEL_END = re.compile(r"[:.]\s| [–—-] (?!\d)")
_CONTINUES = re.compile(
    r"\W*(?:\S+ ){0,5}(?:response|reply|update|progress|action|comment|position|status)s?"
    r"(?: (?:taken|to date|so far))*\W*",
    re.IGNORECASE,
)
_STANDS_ALONE = re.compile(
    r"\b(?:general|other|overall|further|additional|opening|introductory|closing|final|summary)\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class ItemScope:
    """The numbered matters in force while a document is read, outermost first, by rank of heading."""

    _open: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)

    def items(self) -> tuple[str, ...]:
        """Return what a block belongs to here."""
        return self._open[-1][1] if self._open else ()

    def open_heading(self, level: int, title: str) -> None:
        """Read a heading: it names matters, goes on with the open one ("Response"), or ends it.

        Matters of a higher heading stay in force.
        """
        named = lead_items(title) or find_items(title)
        if named or not _continues_item(title):
            self._open = [(rank, items) for rank, items in self._open if rank < level]
        else:
            self._open = [(rank, items) for rank, items in self._open if min(rank, BOLD_LINE_LEVEL) <= level]
        if named:
            self._open.append((level, named))

    def open_label(self, written: str) -> None:
        """Read a paragraph: one that begins "Recommendation 2: ..." holds for the answer beneath it too."""
        if _ITEM_LABEL.match(written) and lead_items(written):
            self.open_heading(ITEM_LINE_LEVEL, written)


def is_item_line(written: str) -> bool:
    """Tell whether a paragraph only names numbered matters, and so stands as a heading."""
    return (
        len(written) <= _LONGEST_HEADING
        and _ITEM_LINE.fullmatch(written) is not None
        and bool(find_items(written))
    )


def lead_items(written: str) -> tuple[str, ...]:
    """Return the matters that words begin with, without those that they speak of further on.

    "Recommendation 2: by June, build on recommendation 7" begins with recommendation 2.
    """
    if not _STARTS_WITH_ITEM.match(written):
        return ()
    return find_items(_LABEL_END.split(_NUMBERING.sub("", written), maxsplit=1)[0])


def _continues_item(title: str) -> bool:
    """Tell whether a heading of the same rank belongs to the matter above it ("Force response:")."""
    return (
        len(title) <= _LONGEST_HEADING
        and _CONTINUES.fullmatch(title) is not None
        and not _STANDS_ALONE.search(title)
    )
