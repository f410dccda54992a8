"""Passages: what is searched and quoted, exactly as it stands, and small enough for the embedder."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from askpcc.chunking import split
from askpcc.model import (
    BlockKind,
    Document,
    Fact,
    FactName,
    Passage,
    Span,
)
from askpcc.readers import read_stored_text
from askpcc.text.words import plain
from support.cases import cases
from support.question_set import CORPUS
from support.small_documents import count_words, make_document

FACTS = (
    Fact(FactName.FORCE, "Borsetshire Police", None),
    Fact(FactName.TITLE, "Response on custody", None),
)
COUNTS: dict[str, Callable[[str], int]] = {
    "words": count_words,
    "characters": len,
    "halves of words and two marks": lambda text: 2 + sum(1 + len(word) // 4 for word in text.split()),
}


def one(document: Document, words: str) -> Passage:
    return next(p for p in split(document, count_words, 256) if words in p.quote)


def check_places(document: Document, passages: list[Passage]) -> None:
    assert all(p.span.of(document.text) == p.quote for p in passages)
    assert all(earlier.span.end <= later.span.start for earlier, later in pairwise(passages))
    assert len({p.id for p in passages}) == len(passages)
    assert [p.ordinal for p in passages] == list(range(len(passages)))


@cases("path", sorted(CORPUS.iterdir()), ids=lambda path: path.name)
@cases("most", [24, 256])
def test_passages_of_the_corpus_stand_where_they_say(path: Path, most: int) -> None:
    document = make_document(path.read_text("utf-8"), path.name, FACTS)
    passages = split(document, count_words, most)
    check_places(document, passages)
    assert max(count_words(p.indexed) for p in passages) <= most
    for block in document.blocks:
        pieces = [p.quote for p in passages if p.span.overlaps(block.span)]
        assert "".join("".join(pieces).split()) == "".join(block.span.of(document.text).split())


TEXTS = st.lists(
    st.sampled_from(
        [
            *(
                "# Heading",
                "**Recommendation 2: act**",
                "Recommendation 3: by May.",
                "- bullet",
                "  - deeper",
            ),
            *("We did this:", "One sentence. Another one! A third?", "word " * 40, "longword" * 30),
            *("| a | b |\n|---|---|\n| c | d |\n| | e |", "> quoted", "x\ty", "", "11<sup>th</sup> of May"),
        ]
    ),
    min_size=1,
    max_size=12,
).map("\n\n".join)


@pytest.mark.parametrize("count", COUNTS)
@settings(deadline=None, max_examples=60)
@given(text=TEXTS, most=st.integers(24, 300))
def test_any_passages_stand_where_they_say_and_fit(count: str, text: str, most: int) -> None:
    document = make_document(f"{text}\n\nend", facts=FACTS)
    passages = split(document, COUNTS[count], most)
    check_places(document, passages)
    assert max(COUNTS[count](p.indexed) for p in passages) <= most


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(["word ", "Sentence one. ", "x" * 50, "é", "\n", "(", "**b** "]), min_size=30)
)
def test_the_pieces_of_a_long_paragraph_cover_it(parts: list[str]) -> None:
    text = f"a{''.join(parts)}z"
    document = make_document(text.replace("\n\n", "\n"), "response.txt")
    passages = split(document, len, 40)
    covered = {offset for p in passages for offset in range(p.span.start, p.span.end)}
    wanted = {n for b in document.blocks for n in range(b.span.start, b.span.end)}
    assert {n for n in wanted if not document.text[n].isspace()} <= covered


def test_a_long_paragraph_is_cut_at_its_sentences() -> None:
    text = " ".join(f"Sentence number {n} has seven words altogether." for n in range(20))
    quotes = [p.quote for p in split(make_document(text), count_words, 30)]
    assert len(quotes) > 3
    assert all(quote.startswith("Sentence") and quote.endswith("altogether.") for quote in quotes)


@settings(deadline=None)
@given(TEXTS)
def test_ids_stay_when_an_unrelated_paragraph_comes_before(text: str) -> None:
    # Between headings, so that it changes no section and introduces no list.
    body = f"# Top\n\n## First\n\n{text}\n\nend"
    inserted = f"# Top\n\n## Inserted\n\nSomething unrelated.\n\n## First\n\n{text}\n\nend"
    ids = {p.id for p in split(make_document(body), count_words, 256)}
    assert ids < {p.id for p in split(make_document(inserted), count_words, 256)}


def test_the_same_words_twice_are_two_passages() -> None:
    passages = split(make_document("Accepted.\n\nAccepted.\n"), count_words, 256)
    assert len({p.id for p in passages}) == 2
    assert passages[0].indexed == passages[1].indexed


def test_the_same_words_in_two_documents_are_two_passages() -> None:
    first, second = (split(make_document("Accepted.\n", path), count_words, 256) for path in ("a.md", "b.md"))
    assert first[0].id != second[0].id


def test_a_header_is_indexed_and_not_quoted() -> None:
    text = "# Answers\n\n## Recommendations 10 and 22\n\nWe did this:\n\n- **trained** staff\n"
    passage = one(make_document(text, facts=FACTS), "trained")
    assert passage.quote == "**trained** staff"
    assert passage.indexed == (
        "Borsetshire Police · We did this: · Recommendations 10 and 22 · Answers · Response on custody\n"
        "trained staff"
    )
    assert (passage.section, passage.items) == (
        "Answers / Recommendations 10 and 22",
        ("recommendation 10", "recommendation 22"),
    )


def test_a_matter_that_no_heading_in_sight_names_is_in_the_header() -> None:
    text = "## Recommendation 12\n\n### Custody\n\n#### Training\n\nDone.\n"
    assert one(make_document(text), "Done").indexed == "Training · Custody · recommendation 12\nDone."


def test_recommendation_1_is_named_beside_recommendation_12() -> None:
    text = "# Recommendation 12 and others\n\nRecommendation 1: act.\n\nIt did.\n"
    assert "recommendation 1\n" in one(make_document(text), "It did").indexed


def test_a_passage_knows_its_page_kind_and_voice() -> None:
    stored = read_stored_text("response.md", b"> Said by the chief.\n\nNext page.\n")
    document = Document("response.md", "v", stored.text, stored.blocks, page_starts=(0, 22))
    passages = split(document, count_words, 256)
    assert [(p.page, p.quoted, p.kind) for p in passages] == [
        (1, True, BlockKind.PARAGRAPH),
        (2, False, BlockKind.PARAGRAPH),
    ]


@cases("word", ["colons" * 10_000, "x " * 20_000])
def test_an_endless_header_is_cut(word: str) -> None:
    document = make_document(f"# {word}\n\n## {word}\n\nWe did {word}:\n\n- point\n")
    passage = one(document, "point")
    assert len(passage.indexed) < 256 * 16
    assert passage.indexed.endswith("\npoint")


def test_a_word_without_end_is_cut_even_when_it_counts_as_one_token() -> None:
    document = make_document("x" * 100_000, "response.txt")
    passages = split(document, count_words, 256)
    assert "".join(p.quote for p in passages) == "x" * 100_000
    assert max(len(p.quote) for p in passages) <= 256 * 16


def test_spans_of_a_split_paragraph_do_not_leave_it() -> None:
    document = make_document("Before.\n\n" + "A sentence of five words. " * 40 + "\n\nAfter.\n")
    middle = document.blocks[1].span
    inside = [p.span for p in split(document, count_words, 20) if p.span.overlaps(middle)]
    assert Span(inside[0].start, inside[-1].end) == middle


def test_words_of_the_header_come_without_markup() -> None:
    document = make_document("## **Custody** | [review](https://x.example/)\n\nDone.\n")
    header = one(document, "Done").indexed.partition("\n")[0]
    assert header == plain(header) == "Custody review"
