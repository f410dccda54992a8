"""Questions, what a reader makes of them, and the answers to them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from askpcc.model.documents import (
    Document,
    FactName,
    Ranked,
    Sentence,
    Span,
    Status,
    page_of,
)


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

    asks: the words by whose form it asks, without names of forces: its own, or those of the question that it
    only changes ("and in Millbrae?").  forces: full names of the forces it is about.  items: what it names
    by number ("recommendation 5").
    sought: what the answer must hold; differs from wanted when what is compared is a number or a date.
    concepts: the words that carry its subject.  subject: the words to embed.
    """

    words: str
    wanted: Wanted
    subject: str
    history: tuple[str, ...] = ()
    forces: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    concepts: tuple[Concept, ...] = ()
    sought: Wanted = Wanted.FACT
    asks: str = ""


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


def cite_place(document: Document, span: Span) -> Citation:
    """Return the citation of a place, with the title and the address that its document has."""
    title = document.fact(FactName.TITLE)
    return Citation(
        document=document.path,
        version=document.version,
        title=title.value if title else document.path,
        span=span,
        quote=span.of(document.text),
        page=page_of(document.page_starts, span.start),
        url=document.source.url,
    )


@dataclass(frozen=True, slots=True)
class Draft:
    """What a writer proposes to assert, and the sentences that it rests on; text as in Statement."""

    text: str
    sentences: tuple[Sentence, ...]
    status: Status | None = None


class Reason(StrEnum):
    """Why an answer abstains."""

    NO_SUCH_DOCUMENT = "no_such_document"
    DOCUMENT_SILENT = "document_silent"
    OUT_OF_SCOPE = "out_of_scope"
    UNSAFE_TO_GUESS = "unsafe_to_guess"


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that an answer asserts, and the words it rests on.

    text: what stands before the quotations, such as a status and who says so; may be empty.
    status: where it claims one.  matter: of what, in a list: "Harrowfen: recommendation 2, ..."; else "".
    """

    text: str
    citations: tuple[Citation, ...]
    status: Status | None = None
    matter: str = ""


@dataclass(frozen=True, slots=True)
class Endorsement:
    """Who approved what an answer says, and when, in UTC.  person: as their surface names them."""

    person: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Answer:
    """What leaves for a surface.  Abstaining, it has a reason, no statements, and the nearest words.

    verdict: one plain line that answers in the question's own terms; "" where only the words themselves do.
    note: why nothing is answered, or what the answer does not cover.  withheld: how many statements failed a
    check and were dropped.
    endorsement: a reviewer approved these very statements for this question.
    """

    question: Question
    statements: tuple[Statement, ...]
    reason: Reason | None = None
    nearest: tuple[Citation, ...] = ()
    note: str = ""
    withheld: int = 0
    index_version: str = ""
    endorsement: Endorsement | None = None
    verdict: str = ""

    @property
    def abstained(self) -> bool:
        """Tell whether the answer says that the documents do not say."""
        return self.reason is not None


class Task(StrEnum):
    """What is judged: does a sentence answer a question, what has become of a matter."""

    ANSWERS = "answers"
    STATUS = "status"


@dataclass(frozen=True, slots=True)
class ReaderInput:
    """One case for the encoder, as text.

    first: the question with its thread, or the matter.  sentence: what is judged.
    context: the heading, lead-in or words before the sentence.
    """

    task: Task
    first: str
    sentence: str
    context: str = ""


@dataclass(frozen=True, slots=True)
class Stated:
    """What a sentence says has become of what a question asks.  chance: that it does, from 0 to 1."""

    status: Status
    chance: float


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reader makes of a question and the sentences found for it.

    ranked: those that were read, the likeliest to answer first; their scores are log-odds.
    answered: the chance, from 0 to 1, that they hold an answer.  stated: of each that was read, the status
    that it likeliest gives to what is asked.
    """

    ranked: tuple[Ranked, ...]
    answered: float
    stated: Mapping[Sentence, Stated] = field(default_factory=dict)
