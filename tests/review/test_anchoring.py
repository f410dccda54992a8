"""Cited words are found again in a newer text, and typed words in the text that they were copied from."""

from dataclasses import replace

import pytest

from askpcc.asking.citing import anchor, cite_words, find_words
from askpcc.errors import VerdictError
from askpcc.model import (
    Document,
    Source,
    Span,
    Statement,
    cite_place,
    version_of,
)
from support.cases import cases

TEXT = "The log is kept. Nobody is\ncold. The log is kept.\nThe “beds” are checked."
OLD = Document("a.md", version_of(TEXT), TEXT, (), source=Source("https://a.example"))


def renew(text: str, starts: tuple[int, ...] = ()) -> Document:
    return replace(OLD, text=text, version=version_of(text), page_starts=starts)


def cited(quote: str, start: int) -> Statement:
    return Statement("So", (cite_place(OLD, Span(start, start + len(quote))),))


SECOND = TEXT.rindex("The log")


@cases(
    ("text", "start"),
    [
        (TEXT, SECOND),
        (f"More. {TEXT}", SECOND + 6),
        (TEXT[17:], SECOND - 17),
        ("The log is kept.", 0),
    ],
    ids=["the same", "grown", "shortened", "one left"],
)
def test_words_are_found_nearest_to_their_old_place(text: str, start: int) -> None:
    new = renew(text, (0, 1))
    found = anchor([cited("The log is kept.", SECOND)], {"a.md": new})
    assert found
    (citation,) = found[0].citations
    assert citation.span == Span(start, start + 16)
    assert citation.span.of(text) == citation.quote == "The log is kept."
    assert (citation.version, citation.page) == (new.version, 2 if start else 1)


def test_words_that_are_gone_or_changed_are_not_found() -> None:
    statement = cited("The log is kept.", 0)
    assert anchor([statement], {"a.md": renew("The log is not kept.")}) is None
    assert anchor([statement], {"a.md": renew("The  log is kept.")}) is None
    assert anchor([statement], {}) is None


def test_one_citation_that_is_gone_takes_all_with_it() -> None:
    gone = cited("Nobody is\ncold.", 17)
    assert anchor([cited("The log is kept.", 0), gone], {"a.md": renew("The log is kept.")}) is None


def test_words_are_found_whatever_the_line_breaks_and_the_quotation_marks() -> None:
    assert [span.of(TEXT) for span in find_words(TEXT, " Nobody  is cold. ")] == ["Nobody is\ncold."]
    assert [span.of(TEXT) for span in find_words(TEXT, 'The "beds" are')] == ["The “beds” are"]
    assert len(find_words(TEXT, "The log is kept.")) == 2
    assert find_words(TEXT, " ") == []


@cases("typed", ["able to comply in full", "unable to comply in fu"])
def test_only_whole_words_are_found(typed: str) -> None:
    assert find_words("It is unable to comply in full.", typed) == []


@cases(
    ("typed", "message"),
    [
        ("log is", "at least 3 words"),
        ("The log was kept", "do not stand in a.md"),
        ("The log is kept.", "stand 2 times in a.md"),
        (".* .* .*", "do not stand in a.md"),
    ],
)
def test_words_that_cannot_be_cited_are_refused_in_a_sentence(typed: str, message: str) -> None:
    with pytest.raises(VerdictError, match=message):
        cite_words(OLD, typed)


def test_a_citation_has_the_exact_words_and_their_source() -> None:
    citation = cite_words(OLD, 'the "beds" are checked'.replace("the", "The"))
    assert citation.quote == "The “beds” are checked"
    assert citation.span.of(TEXT) == citation.quote
    assert (citation.title, citation.url, citation.version) == ("a.md", "https://a.example", OLD.version)
