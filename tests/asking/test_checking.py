"""Nothing leaves that is not proved."""

from askpcc.asking.citing import (
    holds_wanted,
    keep_verified,
    verify,
)
from askpcc.asking.questions import read_question
from askpcc.errors import UnknownDocument
from askpcc.model import (
    Citation,
    Question,
    Span,
    Statement,
)
from askpcc.text.forces import load_forces
from support.cases import cases

TEXT = "The force trained 40 officers.  Ottoline Quill led it until 3 May 2024. \U0001f693 Done."


def stored_text(document: str, version: str) -> str:
    if (document, version) != ("a.md", "v1"):
        raise UnknownDocument(f"{document} {version}")
    return TEXT


def cite(quote: str, shift: int = 0, document: str = "a.md", version: str = "v1") -> Citation:
    start = max(TEXT.find(quote), 0) + shift
    return Citation(document, version, "Title", Span(start, start + len(quote)), quote)


def ask(typed: str) -> Question:
    return read_question(typed, (), load_forces())


@cases("quote", ["The force trained 40 officers.", "40", "Done.", "\U0001f693", "  "])
def test_exact_words_in_the_exact_place_verify(quote: str) -> None:
    assert verify(cite(quote), stored_text)


@cases(
    "citation",
    [
        cite("40", shift=1),
        cite("the force"),
        cite("officers. Ottoline"),
        cite(""),
        cite("Done.", shift=500),
        Citation("a.md", "v1", "Title", Span(0, 9), "The force "),
        cite("40", version="v2"),
        cite("40", document="b.md"),
    ],
)
def test_anything_else_does_not(citation: Citation) -> None:
    assert not verify(citation, stored_text)


def test_a_statement_is_kept_when_all_its_citations_verify() -> None:
    good = Statement("", (cite("40"), cite("Done.")))
    half = Statement("", (cite("40"), cite("Done.", shift=1)))
    none = Statement("Says nothing", ())
    assert keep_verified((good, half, none, good), stored_text) == ((good, good), 2)


HOLDS = [
    ("how many officers", "The force trained 40 officers.", True),
    ("how many officers", "Ottoline Quill led it until 3 May 2024.", False),
    ("when did it end", "Ottoline Quill led it until 3 May 2024.", True),
    ("when did it end", "The force trained 40 officers.", False),
    ("when must it be done", "Done.", False),
    ("who led it", "Ottoline Quill led it until 3 May 2024.", True),
    ("who led it", "The force trained 40 officers.", False),
    ("is it done", "Done.", True),
]


@cases(("typed", "quote", "expected"), HOLDS)
def test_words_hold_what_is_asked_for(typed: str, quote: str, expected: bool) -> None:
    assert holds_wanted(ask(typed), quote) is expected
