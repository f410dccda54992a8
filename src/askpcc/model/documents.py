"""Documents as they are stored: texts, places, passages, and what they say of matters."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any

_VERSION_DIGITS = 16


def version_of(text: str) -> str:
    """Name a version of a document after its stored text."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_VERSION_DIGITS]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a stored text, in characters: start included, end excluded."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}:{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """Return the words at this place of a text."""
        return text[self.start : self.end]

    def overlaps(self, other: "Span") -> bool:
        """Tell whether the two share at least one character."""
        return self.start < other.end and other.start < self.end


def page_of(page_starts: tuple[int, ...], offset: int) -> int | None:
    """Return the page, from 1, that holds an offset; None where a document has no pages."""
    return bisect_right(page_starts, offset) or None


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
    DATED = "dated"
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
    properties) or a person says so.  by: the person who corrected it, and when; "" for none.
    """

    name: FactName
    value: str
    span: Span | None
    by: str = ""


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
    doubts: what of it may be read otherwise than a person would, one sentence each.
    lacks: the program that is not installed and would read more of it.
    """

    text: str
    blocks: tuple[Block, ...]
    page_starts: tuple[int, ...] = ()
    title: str | None = None
    url: str | None = None
    declared: Mapping[str, tuple[str, Span]] = field(default_factory=dict)
    doubts: tuple[str, ...] = ()
    lacks: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One file of the corpus, read.

    path: below the corpus, with forward slashes.  doubts, lacks: as in StoredText.
    """

    path: str
    version: str
    text: str
    blocks: tuple[Block, ...]
    facts: tuple[Fact, ...] = ()
    page_starts: tuple[int, ...] = ()
    source: Source = Source()
    doubts: tuple[str, ...] = ()
    lacks: str = ""

    def fact(self, name: FactName) -> Fact | None:
        """Return the first fact of that name, the one to show."""
        return next((fact for fact in self.facts if fact.name is name), None)


@dataclass(frozen=True, slots=True)
class DocumentCard:
    """What the catalogue shows of a document without its text.

    stale: the reason why the newest file could not be read, when an earlier version stays indexed.
    doubts: as in StoredText.  welsh_copy_of: the path of the document whose Welsh copy it is; "" for none.
    """

    path: str
    version: str
    facts: tuple[Fact, ...] = ()
    page_starts: tuple[int, ...] = ()
    source: Source = Source()
    stale: str | None = None
    doubts: tuple[str, ...] = ()
    welsh_copy_of: str = ""

    def fact(self, name: FactName) -> Fact | None:
        """Return the first fact of that name, the one to show."""
        return next((fact for fact in self.facts if fact.name is name), None)


class Status(StrEnum):
    """What has become of a matter.  complete is somebody's own word, closed the inspectorate's."""

    COMPLETE = "complete"
    CLOSED = "closed"
    IN_PROGRESS = "in_progress"
    PLANNED = "planned"
    ACCEPTED = "accepted"
    UNDER_CONSIDERATION = "under_consideration"
    NOT_ACCEPTED = "not_accepted"
    NOT_APPLICABLE = "not_applicable"
    NOT_STATED = "not_stated"

    @property
    def words(self) -> str:
        """Return the status as people read it, without a capital."""
        return self.value.replace("_", " ")


class Speaker(StrEnum):
    """Who says so."""

    COMMISSIONER = "commissioner"
    FORCE = "force"
    INSPECTORATE = "inspectorate"


class MatterKind(StrEnum):
    """What sort of thing a status is about."""

    RECOMMENDATION = "recommendation"
    AREA_FOR_IMPROVEMENT = "area for improvement"
    CAUSE_OF_CONCERN = "cause of concern"
    IMPROVEMENT = "improvement"


@dataclass(frozen=True, slots=True)
class StatusClaim:
    """One thing a document says about one matter.

    matter: the words that name it, as they stand in the document.  number: as written ("5").
    as_of: ISO date, as precise as known; as_of_from: what that date is ("response dated").
    due: ISO date by which it is to be done.  addressee: whom the recommendation is addressed to.
    evidence: places whose words together say it, all of them needed; the most telling first.
    read_by: the language model that read it, with the version of its instructions; "" for none.
    """

    id: str
    document: str
    version: str
    matter: str
    kind: MatterKind
    status: Status
    said_by: Speaker
    evidence: tuple[Span, ...]
    number: str | None = None
    as_of: str | None = None
    as_of_from: str = ""
    due: str | None = None
    addressee: str | None = None
    read_by: str = ""


@dataclass(frozen=True, slots=True)
class NamedMatter:
    """A matter that a document names, whether or not it says what has become of it.

    matter: the words that name it, as they stand at span.  number: as written ("5").  due, addressee: as
    in StatusClaim.  parts: how many things it lists, all of which it asks for.
    """

    document: str
    version: str
    matter: str
    kind: MatterKind
    span: Span
    number: str | None = None
    due: str | None = None
    addressee: str | None = None
    parts: int = 0


@dataclass(frozen=True, slots=True)
class DocumentClaims:
    """One document with all that the register is made of.  stale: as on its card."""

    document: Document
    claims: tuple[StatusClaim, ...] = ()
    items: tuple[NamedMatter, ...] = ()
    stale: str | None = None


Stems = frozenset[str]


@dataclass(frozen=True, slots=True)
class Passage:
    """What is searched and quoted: a block of a document, or some sentences of a long one.

    indexed: the text that is embedded and searched by keyword: a header (force, report, section, the
    sentence that introduces a list) and the words without markup.  lead: the place of that sentence.
    items: what the passage states or answers by number: "recommendation 5", "area for improvement 2".
    quoted: the document shows it as somebody's words.  page: from 1; None where there are no pages.
    """

    id: str
    document: str
    version: str
    ordinal: int
    kind: BlockKind
    span: Span
    quote: str
    indexed: str
    section: str = ""
    items: tuple[str, ...] = ()
    lead: Span | None = None
    quoted: bool = False
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a passage, read once.

    stems: of its own words.  around: of the whole passage's.  indexed: of the passage with its header.
    """

    passage: Passage
    span: Span
    quote: str
    stems: Stems
    around: Stems
    indexed: Stems


@dataclass(frozen=True, slots=True)
class Ranked:
    """A sentence with its score and the parts of it, for ``--explain``.

    coverage: how much of the question the sentence and its surroundings speak of, from 0 to 1.
    similarity: cosine of the passage and the question.
    """

    sentence: Sentence
    score: float
    coverage: float = 0.0
    similarity: float = 0.0
    parts: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Candidates:
    """What is looked at for a question.

    similar: cosine similarity of passages, by id, for those that the vector search returned.
    claims, matters: what the documents of the passages say of matters, and which they name.
    successors: by the id of each claim that a newer document has overtaken, the id of the newest one.
    overtaken: documents whose word on a matter that the question numbers a newer one has overtaken.
    """

    passages: tuple[Passage, ...]
    similar: Mapping[str, float]
    claims: tuple[StatusClaim, ...] = ()
    matters: tuple[NamedMatter, ...] = ()
    successors: Mapping[str, str] = field(default_factory=dict)
    overtaken: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class IndexRun:
    """What one run changed.  at: in UTC.  Documents by path, sorted.

    register: what changed in the register, as ``askpcc index --json`` prints it; besides that under "titles"
    those of documents that have one, by path, and of the same report "welsh_copies", "failed", "skipped", and
    under "to_check" what somebody should look at in a document, by path.
    """

    index_version: str
    at: datetime
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    register: Mapping[str, Any] = field(default_factory=dict)
