"""Citations, made and compared with the stored texts before they leave."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from askpcc.errors import UnknownDocument
from askpcc.model import (
    Citation,
    DocumentCard,
    Draft,
    FactName,
    Question,
    Sentence,
    Statement,
    Wanted,
)
from askpcc.text.forces import ForceTable
from askpcc.text.sentences import (
    asks_money,
    holds_date,
    holds_money,
    holds_number,
    holds_person,
)
from askpcc.text.words import plain


@dataclass(frozen=True, slots=True)
class CorpusSnapshot:
    """The documents of one index version.  held: the forces that have a document of their own."""

    version: str
    cards: Mapping[str, DocumentCard]
    held: frozenset[str]
    forces: ForceTable


def state(made: Draft, cards: Mapping[str, DocumentCard]) -> Statement:
    """Turn a draft into a statement with its citations."""
    return Statement(made.text, tuple(cite(sentence, cards) for sentence in made.sentences), made.status)


def cite(sentence: Sentence, cards: Mapping[str, DocumentCard]) -> Citation:
    """Cite a sentence, with the title and the web address of its document."""
    passage = sentence.passage
    card = cards.get(passage.document)
    title = card.fact(FactName.TITLE) if card else None
    return Citation(
        document=passage.document,
        version=passage.version,
        title=title.value if title else passage.document,
        span=sentence.span,
        quote=sentence.quote,
        page=passage.page,
        url=card.source.url if card else None,
    )


StoredTextOf = Callable[[str, str], str]
"""Gives the stored text of (document, version)."""

_MUST_HOLD: Mapping[Wanted, Callable[[str], bool]] = {
    Wanted.COUNT: holds_number,
    Wanted.WHEN: holds_date,
    Wanted.DEADLINE: holds_date,
    Wanted.WHO: holds_person,
}


def verify(citation: Citation, stored_text: StoredTextOf) -> bool:
    """Tell whether the cited place of the cited version holds exactly the quoted words.

    It does not where that version has left the index since it was found.
    """
    try:
        text = stored_text(citation.document, citation.version)
    except UnknownDocument:
        return False
    return bool(citation.quote) and citation.span.of(text) == citation.quote


def keep_verified(
    statements: tuple[Statement, ...], stored_text: StoredTextOf
) -> tuple[tuple[Statement, ...], int]:
    """Return the statements all of whose citations verify, and how many were dropped."""
    kept = tuple(
        statement
        for statement in statements
        if statement.citations and all(verify(citation, stored_text) for citation in statement.citations)
    )
    return kept, len(statements) - len(kept)


def holds_wanted(question: Question, quote: str) -> bool:
    """Tell whether words hold the date, number or person that a question asks for, if it asks for one."""
    if question.sought is Wanted.COUNT and asks_money(question.words):
        return holds_money(plain(quote))
    holds = _MUST_HOLD.get(question.sought)
    return holds is None or holds(plain(quote))
