"""The nouns: documents, their passages, questions, answers.

Every place in a document is a pair of character offsets into the stored text of one version of it.
A version is named by the first 16 hexadecimal digits of the SHA-256 of that text.
"""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256

VERSION_DIGITS = 16


def version_of(text: str) -> str:
    """Name a version of a document after its stored text."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:VERSION_DIGITS]


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


def page_of(page_starts: tuple[int, ...], offset: int) -> int | None:
    """Return the page, from 1, that holds an offset; None where a document has no pages."""
    return bisect_right(page_starts, offset) or None


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


Stems = frozenset[str]


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
    """

    sentence: Sentence
    score: float
    coverage: float = 0.0
    parts: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Draft:
    """What a writer proposes to assert, and the sentences that it rests on."""

    text: str
    sentences: tuple[Sentence, ...]
    status: str | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """The exact words in the exact place: the stored text of that version at span is the quote."""

    document: str
    version: str
    title: str
    span: Span
    quote: str
    page: int | None = None
    url: str | None = None


class Wanted(StrEnum):
    """What sort of answer a question wants."""

    STATUS = "status"
    LIST = "list"
    COUNT = "count"
    WHO = "who"
    WHEN = "when"
    DEADLINE = "deadline"
    COMPARE = "compare"
    FACT = "fact"
    OUT_OF_SCOPE = "out_of_scope"


@dataclass(frozen=True, slots=True)
class Concept:
    """A word of a question that carries its subject, with the other ways to say it.

    weight: 1 for a typed word, less for one inherited from the thread.  phrases: each a row of stems
    with its strength from 0 to 1; the typed one comes first.
    """

    weight: float
    phrases: tuple[tuple[tuple[str, ...], float], ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it was typed, and what was read from it and from the earlier ones of its thread.

    forces: full names of the forces it is about.  items: what it names by number ("recommendation 5").
    concepts: the words that carry its subject.  subject: the words to embed.
    """

    words: str
    wanted: Wanted
    subject: str
    history: tuple[str, ...] = ()
    forces: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    concepts: tuple[Concept, ...] = ()


class Reason(StrEnum):
    """Why an answer abstains."""

    NO_SUCH_DOCUMENT = "no_such_document"
    DOCUMENT_SILENT = "document_silent"
    SOURCES_CONFLICT = "sources_conflict"
    OUT_OF_SCOPE = "out_of_scope"
    UNSAFE_TO_GUESS = "unsafe_to_guess"


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that an answer asserts, and the words it rests on.  status: where it claims one."""

    text: str
    citations: tuple[Citation, ...]
    status: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What leaves for a surface.  Abstaining, it has a reason, no statements, and the nearest words.

    withheld: how many statements failed a check and were dropped.
    """

    question: Question
    statements: tuple[Statement, ...]
    reason: Reason | None = None
    nearest: tuple[Citation, ...] = ()
    note: str = ""
    withheld: int = 0
    index_version: str = ""

    @property
    def abstained(self) -> bool:
        """Tell whether the answer says that the documents do not say."""
        return self.reason is not None
