"""What somebody is told, with its citations."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from askpcc.model.documents import Document, FactName
from askpcc.model.passages import Sentence
from askpcc.model.places import Span, page_of
from askpcc.model.questions import Question
from askpcc.model.statuses import Status


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
    status: where it claims one.
    """

    text: str
    citations: tuple[Citation, ...]
    status: Status | None = None


@dataclass(frozen=True, slots=True)
class Endorsement:
    """Who approved what an answer says, and when, in UTC.  person: as their surface names them."""

    person: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Answer:
    """What leaves for a surface.  Abstaining, it has a reason, no statements, and the nearest words.

    withheld: how many statements failed a check and were dropped.
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

    @property
    def abstained(self) -> bool:
        """Tell whether the answer says that the documents do not say."""
        return self.reason is not None
