"""Words that a reviewer typed or copied are found in a document, where they stand exactly."""

import re

from askpcc.errors import VerdictError
from askpcc.language.words import plain, words
from askpcc.model import Citation, Document, Span, cite_place

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
