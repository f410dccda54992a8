"""Documents: their blocks, the facts known about them, where they came from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from askpcc.model.places import Span


class BlockKind(StrEnum):
    """What a block of a document is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    BULLET = "bullet"
    ROW = "row"


@dataclass(frozen=True, slots=True)
class Block:
    """One structural piece of a stored text, without its marker (``#``, ``-``, ``1.``).

    level: rank of a heading (1 to 6, 7 for a line in bold that stands as one); nesting depth, from 1,
    of a bullet; 0 otherwise.  quoted: the document shows it as somebody's words (block quote).
    """

    kind: BlockKind
    span: Span
    level: int = 0
    quoted: bool = False


class FactName(StrEnum):
    """What can be known about a response; each may be absent."""

    TITLE = "title"
    FORCE = "force"
    REPORT_KIND = "report_kind"
    PUBLISHED = "published"
    DEADLINE = "deadline"
    RESPONDED = "responded"
    NATIONAL = "national"
    LOCAL = "local"
    SPECIFIC = "specific"
    QUOTED = "quoted"
    AUTHOR = "author"
    SOURCE_KIND = "source_kind"


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing known about a response, and the words that say so.

    value: normalised (ISO date or year and month, ``yes``/``no``, a force's full name, free text).
    span: the words in the stored text; None when only the file's own data (an HTML head, a file's
    properties) says so.
    """

    name: FactName
    value: str
    span: Span | None


@dataclass(frozen=True, slots=True)
class Source:
    """Where a document came from; an unknown part is None.  fetched is an ISO date."""

    url: str | None = None
    fetched: str | None = None


@dataclass(frozen=True, slots=True)
class StoredText:
    """What a format's reader makes of a file: one text, its blocks in order, its places.

    page_starts: offset at which each page begins, for paged formats.
    title: the title that the file's own data gives (an HTML head, a file's properties).
    url: the address that the file gives itself (the canonical link of a page).
    declared: front matter of the file, keys in lower case, with the span of each value.
    """

    text: str
    blocks: tuple[Block, ...]
    page_starts: tuple[int, ...] = ()
    title: str | None = None
    url: str | None = None
    declared: Mapping[str, tuple[str, Span]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Document:
    """One file of the corpus, read.  path: below the corpus, with forward slashes."""

    path: str
    version: str
    text: str
    blocks: tuple[Block, ...]
    facts: tuple[Fact, ...] = ()
    page_starts: tuple[int, ...] = ()
    source: Source = Source()

    def fact(self, name: FactName) -> Fact | None:
        """Return the first fact of that name, the one to show."""
        return next((fact for fact in self.facts if fact.name is name), None)


@dataclass(frozen=True, slots=True)
class DocumentCard:
    """What the catalogue shows of a document without its text.

    stale: the reason why the newest file could not be read, when an earlier version stays indexed.
    """

    path: str
    version: str
    facts: tuple[Fact, ...] = ()
    page_starts: tuple[int, ...] = ()
    source: Source = Source()
    stale: str | None = None

    def fact(self, name: FactName) -> Fact | None:
        """Return the first fact of that name, the one to show."""
        return next((fact for fact in self.facts if fact.name is name), None)
