"""Citations, made of sentences and of typed words, and compared with the stored texts before they leave."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from askpcc.errors import UnknownDocument, VerdictError
from askpcc.metadata import own_date
from askpcc.model import (
    Citation,
    Document,
    DocumentCard,
    Draft,
    FactName,
    Question,
    Sentence,
    Span,
    Statement,
    Wanted,
    cite_place,
)
from askpcc.ports import Catalogue
from askpcc.text.dates import FULL_DATE, show_date
from askpcc.text.forces import ForceTable
from askpcc.text.sentences import (
    asks_money,
    holds_date,
    holds_money,
    holds_number,
    holds_person,
)
from askpcc.text.words import plain, words


@dataclass(frozen=True, slots=True)
class CorpusSnapshot:
    """The documents of one index version.

    held: the forces that have a document of their own.  copies: documents that say what another says.
    """

    version: str
    cards: Mapping[str, DocumentCard]
    held: frozenset[str]
    forces: ForceTable
    copies: frozenset[str] = frozenset()


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


def drop_repeated(statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """Return the statements without those that only quote again what others quote."""
    kept: list[Statement] = []
    for one in statements:
        told = {citation for other in kept for citation in other.citations}
        if one.text or one.status or one.matter or not told.issuperset(one.citations):
            kept.append(one)
    return tuple(kept)


def tell_days(statements: Sequence[Statement], cards: Mapping[str, DocumentCard]) -> tuple[Statement, ...]:
    """Return the statements, those of older documents than the newest with the day of theirs in front.

    So nobody takes what was said earlier for what is so now.
    """
    days = [_find_day(one, cards) for one in statements]
    newest = max(days, default="")
    shown = ((one, show_date(day) if day < newest else "") for one, day in zip(statements, days, strict=True))
    return tuple(
        one if day in one.text else replace(one, text=": ".join(filter(None, [day, one.text])))
        for one, day in shown
    )


def _find_day(statement: Statement, cards: Mapping[str, DocumentCard]) -> str:
    """Return the full date of the only document of a statement; "" where it has none or rests on several."""
    documents = {citation.document for citation in statement.citations}
    dated = own_date(cards[documents.pop()]) if len(documents) == 1 else None
    return dated.value if dated and len(dated.value) == FULL_DATE else ""


def holds_wanted(question: Question, quote: str) -> bool:
    """Tell whether words hold the date, number or person that a question asks for, if it asks for one."""
    if question.sought is Wanted.COUNT and asks_money(question.words):
        return holds_money(plain(quote))
    holds = _MUST_HOLD.get(question.sought)
    return holds is None or holds(plain(quote))


_ALIKE = {"'": "['’‘]", '"': '["“”]', "-": "[-–—]"}
_ALIKE |= {
    mark: _ALIKE[plain] for plain, marks in {"'": "’‘", '"': "“”", "-": "–—"}.items() for mark in marks
}
_BETWEEN = r"[\s*#>|]+"
"""Between two words; pages show neither emphasis nor the signs of headings, quotes and tables."""

_FEWEST = 3
"""Words: fewer stand everywhere and prove nothing."""


def find_words(text: str, typed: str) -> list[Span]:
    """Return where words stand, in the order of the text.

    Line breaks, curled quotes and marks of a format between the words do not matter.
    """
    pattern = _BETWEEN.join(
        "".join(_ALIKE.get(char, re.escape(char)) for char in word) for word in typed.split()
    )
    if not pattern:
        return []
    # Whole words only: "able to comply" does not stand in "unable to comply".
    return [Span(*found.span()) for found in re.finditer(rf"(?<!\w){pattern}(?!\w)", text)]


def cite_words(document: Document, typed: str) -> Citation:
    """Return the citation of the words that somebody typed.

    Raises VerdictError where they are too few, do not stand in the document, or stand there several times.
    """
    if len(typed.split()) < _FEWEST:
        raise VerdictError(f"Cite at least {_FEWEST} words, as they stand in {document.path}.", "words")
    places = find_words(document.text, typed)
    if not places:
        raise VerdictError(
            f"These words do not stand in {document.path}. Copy them from the source.", "words"
        )
    if len(places) > 1:
        raise VerdictError(
            f"These words stand {len(places)} times in {document.path}. Cite more of them.", "words"
        )
    return cite_place(document, places[0])


def cite_chosen(document: Document, typed: str, place: Span) -> Citation:
    """Return the citation of words that somebody chose at a place, widened to whole words.

    Words that do not stand at the place are looked for, as in cite_words; raises VerdictError.
    """
    chosen = place.of(document.text)
    if len(typed.split()) < _FEWEST or words(plain(chosen)) != words(plain(typed)):
        return cite_words(document, typed)
    first = place.start + len(chosen) - len(chosen.lstrip())
    last = place.end - len(chosen) + len(chosen.rstrip())
    return cite_place(document, _widen(document.text, Span(first, last)))


def _widen(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    while start and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
        end += 1
    return Span(start, end)


def read_cited(statements: Sequence[Statement], catalogue: Catalogue) -> dict[str, Document]:
    """Read the newest versions of the documents that statements cite; one that is gone is left out."""
    found = {}
    for path in sorted({citation.document for one in statements for citation in one.citations}):
        try:
            found[path] = catalogue.document(path)
        except UnknownDocument:
            continue
    return found


def anchor(
    statements: Sequence[Statement], documents: Mapping[str, Document]
) -> tuple[Statement, ...] | None:
    """Return the statements with all citations in these documents; None where some words are not there.

    documents: the newest versions, by path.  Words that stand there several times are taken where they are
    nearest to their old place; whether that is still their place is for the basis to tell.
    """
    anchored = []
    for statement in statements:
        citations = [_anchor(citation, documents.get(citation.document)) for citation in statement.citations]
        found = tuple(citation for citation in citations if citation is not None)
        if len(found) < len(citations):
            return None
        anchored.append(replace(statement, citations=found))
    return tuple(anchored)


def _anchor(citation: Citation, document: Document | None) -> Citation | None:
    if document is None or not citation.quote:
        return None
    places = _find_all(citation.quote, document.text)
    if not places:
        return None
    start = min(places, key=lambda place: abs(place - citation.span.start))
    return cite_place(document, Span(start, start + len(citation.quote)))


def _find_all(words: str, text: str) -> list[int]:
    places, start = [], text.find(words)
    while start >= 0:
        places.append(start)
        start = text.find(words, start + 1)
    return places
