"""What a language model is shown, for one answer or for the register, and what it proposes."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from askpcc.model.documents import Sentence, Speaker, Status, StatusClaim


@dataclass(frozen=True, slots=True)
class Material:
    """A sentence that a statement may rest on.

    number: by which the model names it, from 1.  words: plain words without markup, as they are sent; names
    of people may be missing.  heading, lead: under which headings it stands, and the sentence that introduces
    its list; "" where there is none.  claims: what the register reads out of this sentence.
    """

    number: int
    sentence: Sentence
    words: str
    heading: str = ""
    lead: str = ""
    claims: tuple[StatusClaim, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentMaterial:
    """The sentences of one document, in its order.

    about: what is known of it, by name: its title, force, author and dates, in words.
    """

    document: str
    about: Mapping[str, str]
    sentences: tuple[Material, ...]


@dataclass(frozen=True, slots=True)
class Computed:
    """What was counted from dates that documents state: words, and the numbers of the sentences that do."""

    text: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Brief:
    """All that a language model is shown for one question.

    asked_on: ISO date.  searches_left: how often it may still have its own words searched for.
    """

    question: str
    documents: tuple[DocumentMaterial, ...]
    computed: tuple[Computed, ...] = ()
    asked_on: str = ""
    searches_left: int = 0

    @property
    def material(self) -> list[Material]:
        """Return all sentences, by document."""
        return [one for document in self.documents for one in document.sentences]


@dataclass(frozen=True, slots=True)
class Proposed:
    """One statement as a model wrote it.  numbers: of the material that it says it rests on."""

    text: str
    numbers: tuple[int, ...]
    status: Status | None = None


@dataclass(frozen=True, slots=True)
class Spent:
    """Tokens that a model read and wrote, 0 where it does not tell, and the milliseconds it took."""

    read: int = 0
    written: int = 0
    milliseconds: int = 0

    def plus(self, other: "Spent") -> "Spent":
        """Return both together."""
        return Spent(
            self.read + other.read, self.written + other.written, self.milliseconds + other.milliseconds
        )


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a model wrote.

    verdict: one line that answers the question; "" for none.  not_stated: it says that the material does not
    answer; the statements then tell what it does say of the matter, and related are the numbers of further
    sentences that speak of it.  searches: what it wants to be searched for before it answers.
    """

    statements: tuple[Proposed, ...] = ()
    verdict: str = ""
    not_stated: bool = False
    related: tuple[int, ...] = ()
    searches: tuple[str, ...] = ()
    spent: Spent = field(default_factory=Spent)


@dataclass(frozen=True, slots=True)
class Rewriting:
    """A follow-up as a model understood it: a question that stands alone."""

    words: str
    spent: Spent = field(default_factory=Spent)


@dataclass(frozen=True, slots=True)
class Numbered:
    """A sentence of a document that is read for the register.

    number: by which the model names it, from 1.  words: plain, as they are sent.  lead: the sentence that
    introduces its list.  row: which row of a table it stands in, from 1; 0 for none.  column: the head of
    its column, "" where there is none.
    """

    number: int
    words: str
    lead: str = ""
    row: int = 0
    column: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """Sentences that stand under one heading.  headings: those above them, the outermost first."""

    headings: tuple[str, ...]
    sentences: tuple[Numbered, ...]


@dataclass(frozen=True, slots=True)
class RegisterBrief:
    """What a language model reads of a document at once.  about: what is known of it, by name, in words."""

    about: Mapping[str, str]
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class ProposedClaim:
    """What a model reads of one matter.

    matter: the words that name it.  numbers: of the sentences that say so, the most telling first.
    reference: its kind and number as the document has them, "" for none.  said_by: None where it is none of
    the three.
    """

    matter: str
    status: Status
    numbers: tuple[int, ...]
    reference: str = ""
    said_by: Speaker | None = None


@dataclass(frozen=True, slots=True)
class ClaimsProposal:
    """What a model reads of a document, or of a part of it."""

    claims: tuple[ProposedClaim, ...] = ()
    spent: Spent = field(default_factory=Spent)
