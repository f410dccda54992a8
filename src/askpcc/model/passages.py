"""What is searched and quoted."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from askpcc.model.documents import BlockKind
from askpcc.model.places import Span
from askpcc.model.statuses import NamedMatter, StatusClaim

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
