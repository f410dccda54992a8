"""Words: what is left of a text without markup, and stems that SQLite's FTS5 makes too."""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from askpcc.readers import read_stored_text
from askpcc.text.words import (
    STOPWORDS,
    content_stems,
    plain,
    stem,
    stems,
    words,
)
from support.cases import cases
from support.question_set import CORPUS

PLAIN = {
    "the 11<sup>th</sup> of May": "the 11th of May",
    "one<br>two": "one two",
    '<a href="https://x.example/">the report</a>': "the report",
    "[the report](https://x.example/a_(b).pdf)": "the report",
    '![badge](x.png "our badge") Police': "badge Police",
    "**Recommendation 5**: *done*, __really__ and `so`": "Recommendation 5: done, really and so",
    "snake_case and 5 * 3": "snake_case and 5 * 3",
    "first line\n> second line\n>> third": "first line second line third",
    "Force | Done |\tMay": "Force Done May",
    "Fish &amp; chips&nbsp;twice": "Fish & chips twice",
    "fewer than <5 and more than 3>": "fewer than <5 and more than 3>",
    "  many \n\n spaces\t": "many spaces",
}
WORDS = {
    "The Chief Constable’s 56-day deadline": ["the", "chief", "constable", "56", "day", "deadline"],
    "victims' code": ["victims", "code"],
    "It's DON'T": ["it", "don", "t"],
    "1,500 of 3.5 on the 11th": ["1", "500", "of", "3", "5", "on", "the", "11th"],
    "café cafe\u0301": ["cafe", "cafe"],
    "!? — …": [],
    "snake_case": ["snake", "case"],
}


@cases("text", PLAIN)
def test_markup_is_taken_out(text: str) -> None:
    assert plain(text) == PLAIN[text]


@cases("text", WORDS)
def test_words_are_cut(text: str) -> None:
    assert words(text) == WORDS[text]


@given(st.text(max_size=200))
def test_plain_text_has_single_spaces_inside_only(text: str) -> None:
    assert plain(text) == " ".join(plain(text).split())


@given(st.text(max_size=200))
def test_words_are_not_empty(text: str) -> None:
    assert all(words(text))
    assert all(stems(text))


@cases("asked", ["isn't", "isnt", "hasn’t", "dont", "what's", "I'm", "we've", "who's the"])
def test_contractions_carry_no_subject(asked: str) -> None:
    assert content_stems(asked) == []


def test_stop_words_are_words_as_they_are_cut() -> None:
    assert sorted(word for word in STOPWORDS if words(word) != [word]) == []


@cases(
    ("one", "other"), [("completed", "completion"), ("abuse", "abused"), ("child", "childs"), ("as", "as")]
)
def test_forms_of_a_word_have_one_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


def test_stems_are_the_same_from_many_threads() -> None:
    typed = [
        f"{start}{end}" for start in ("recommend", "relat", "nation") for end in ("ation", "ing", "ed", "s")
    ]
    alone = [stem(word) for word in typed]
    stem.cache_clear()
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(stem, typed * 40)) == alone * 40


@pytest.fixture(scope="module")
def fts5() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    connection.execute(
        "CREATE VIRTUAL TABLE texts USING fts5(words, tokenize='porter unicode61 remove_diacritics 2')"
    )
    connection.execute("CREATE VIRTUAL TABLE terms USING fts5vocab(texts, row)")
    yield connection
    connection.close()


def find_terms(connection: sqlite3.Connection, text: str) -> set[str]:
    connection.execute("DELETE FROM texts")
    connection.execute("INSERT INTO texts VALUES (?)", (text,))
    return {term for (term,) in connection.execute("SELECT term FROM terms")}


@cases("path", sorted(CORPUS.iterdir()), ids=lambda path: path.name)
def test_stems_are_those_of_the_keyword_index(path: object, fts5: sqlite3.Connection) -> None:
    file = CORPUS / getattr(path, "name", "")
    text = plain(read_stored_text(file.name, file.read_bytes()).text)
    assert set(stems(text)) == find_terms(fts5, text) - {"s"}


@settings(deadline=None)
@given(st.text(st.characters(codec="ascii", exclude_characters="\0'"), max_size=80))
def test_stems_of_any_typed_text_are_those_of_the_keyword_index(text: str) -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE texts USING fts5(words, tokenize='porter unicode61')")
    connection.execute("CREATE VIRTUAL TABLE terms USING fts5vocab(texts, row)")
    try:
        assert set(stems(text)) == find_terms(connection, text)
    finally:
        connection.close()
