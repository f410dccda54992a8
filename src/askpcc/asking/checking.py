"""Nothing leaves that is not proved: quotations are compared with the stored text, and with the question."""

from collections.abc import Callable, Mapping

from askpcc.errors import UnknownDocument
from askpcc.language import clauses
from askpcc.language.words import plain
from askpcc.model import Citation, Question, Statement, Wanted

StoredTextOf = Callable[[str, str], str]
"""Gives the stored text of (document, version)."""

_MUST_HOLD: Mapping[Wanted, Callable[[str], bool]] = {
    Wanted.COUNT: clauses.holds_number,
    Wanted.WHEN: clauses.holds_date,
    Wanted.DEADLINE: clauses.holds_date,
    Wanted.WHO: clauses.holds_person,
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
    if question.sought is Wanted.COUNT and clauses.asks_money(question.words):
        return clauses.holds_money(plain(quote))
    holds = _MUST_HOLD.get(question.sought)
    return holds is None or holds(plain(quote))


def answers(question: Question, statement: Statement) -> bool:
    """Tell whether the cited words of a statement hold what a question asks for."""
    return any(holds_wanted(question, citation.quote) for citation in statement.citations)
