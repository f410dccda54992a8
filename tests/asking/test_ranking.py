"""Which sentence is likeliest to hold an answer, on passages of a few words."""

from collections.abc import Collection, Sequence

import pytest

from askpcc.asking.ranking import load_ranking, rank, read_sentences
from askpcc.model import (
    BlockKind,
    Passage,
    Ranked,
    StatusClaim,
)
from support.cases import cases
from support.found import ask, candidates_of, lay_out, make_claim, make_passage, rarity_of

FILLER = [
    "The dogs unit has a new kennel.",
    "Visitors park behind the station.",
    "The annual fair was held in May.",
    "A statue was unveiled.",
]


def order(
    typed: str,
    passages: Sequence[Passage],
    *claims: StatusClaim,
    of_year: Collection[str] = (),
    **similar: float,
) -> list[Ranked]:
    """Rank passages; similar: by the first words of a passage."""
    found = candidates_of(passages, *claims, **similar)
    return rank(ask(typed), found, rarity_of(passages), of_year, load_ranking())


def quotes(ranked: Sequence[Ranked]) -> list[str]:
    return [found.sentence.quote for found in ranked]


BEFORE = [
    ("what about ligature points", "Ligature points were found.", "Cells were painted."),
    ("how many cells", "There are 19 cells.", "The cells are cold."),
    ("how many of the cells are closed", "Three of the cells are closed.", "Many cells are closed."),
    ("when were the cells closed", "The cells closed on 3 May 2024.", "The cells closed after the fire."),
    ("who closed the cells", "Superintendent Otto Teal closed the cells.", "The fire closed the cells."),
]


@cases(("typed", "better", "worse"), BEFORE)
@cases("turned", [False, True])
def test_what_holds_the_sort_of_thing_that_is_wanted_comes_first(
    typed: str, better: str, worse: str, turned: bool
) -> None:
    both = [worse, better] if turned else [better, worse]
    ranked = quotes(order(typed, lay_out(*both, *FILLER)))
    assert ranked.index(better) < ranked.index(worse)


def test_what_belongs_to_the_named_item_comes_first() -> None:
    five = make_passage("It is being looked at.", start=0, items=("recommendation 5",))
    six = make_passage("It is being looked into.", start=100, items=("recommendation 6",))
    free = make_passage("It is being looked over.", start=200)
    ranked = order("is rec 5 being looked at", [six, free, five])
    assert ranked[0].sentence.passage == five
    assert ranked[-1].sentence.passage == six


def test_the_reader_is_told_what_bears_a_claim_where_a_status_is_asked_for() -> None:
    passages = lay_out("The cells are painted white.", "The cells are painted blue.")
    ranked = order("are the cells painted", passages, make_claim(passages[1]))
    assert {found.sentence.quote: found.parts["claim"] for found in ranked} == {
        "The cells are painted white.": 0,
        "The cells are painted blue.": 1,
    }


def test_a_claim_tells_the_reader_nothing_where_a_number_is_wanted() -> None:
    passages = lay_out("There are 12 cells.", "There are 13 cells.")
    ranked = order("how many cells", passages, make_claim(passages[1]))
    assert [found.parts["claim"] for found in ranked] == [0, 0]


def test_a_word_in_every_header_chooses_the_document_and_no_place_in_it() -> None:
    custody = lay_out("Cells are cold.", "Doors are shut.", document="custody.md", header="Custody")
    roads = lay_out("Cars are fast.", "Lorries are slow.", document="roads.md", header="Roads")
    ranked = order("custody", [*roads, *custody])
    assert {found.sentence.passage.document for found in ranked[:2]} == {"custody.md"}
    assert ranked[0].parts["context"] == ranked[1].parts["context"] == 0


def test_a_word_of_a_phrase_in_every_header_leaves_the_phrase_telling() -> None:
    passages = lay_out(
        "Training was given.",
        "Child sexual exploitation was looked into.",
        "Logs were kept.",
        header="Child protection",
    )
    best = order("child sexual exploitation", passages)[0]
    assert "exploitation" in best.sentence.quote
    assert best.parts["own"] > 0


def test_the_nearer_in_meaning_comes_first_where_words_tell_nothing() -> None:
    passages = lay_out("Beds are made.", "Lamps are lit.", "Doors are shut.")
    assert quotes(order("illumination", passages, Lamps=0.9, Beds=0.1))[0] == "Lamps are lit."


def test_the_year_of_a_document_counts() -> None:
    old, new = make_passage("Cells are cold.", "old.md"), make_passage("Cells are cold.", "new.md")
    ranked = order("are cells cold in 2019", [new, old], of_year={"old.md"})
    assert ranked[0].sentence.passage == old


def test_a_heading_comes_after_a_sentence() -> None:
    heading = make_passage("Cells are cold", kind=BlockKind.HEADING)
    sentence = make_passage("Cells are cold", start=50)
    assert order("are cells cold", [heading, sentence])[0].sentence.passage == sentence


def test_each_sentence_of_a_passage_is_ranked() -> None:
    passage = make_passage("Cells are cold. Doors are shut.")
    assert sorted(quotes(order("cells", [passage]))) == ["Cells are cold.", "Doors are shut."]


def test_sentences_lie_where_their_words_stand() -> None:
    passage = make_passage("Cells are cold. Doors are shut.", start=40)
    text = " " * 40 + passage.quote
    assert [sentence.span.of(text) for sentence in read_sentences(passage)] == [
        sentence.quote for sentence in read_sentences(passage)
    ]


def test_equal_scores_are_ordered_by_document_and_place() -> None:
    passages = [*lay_out("Cells.", "Cells.", document="b.md"), *lay_out("Cells.", document="a.md")]
    ranked = order("cells", passages)
    assert [(f.sentence.passage.document, f.sentence.span.start) for f in ranked] == [
        ("a.md", 0),
        ("b.md", 0),
        ("b.md", 7),
    ]


def test_the_order_of_the_candidates_does_not_matter() -> None:
    passages = lay_out("Cells are cold.", "Doors are shut.", *FILLER)
    there, back = order("are cells cold", passages), order("are cells cold", passages[::-1])
    assert [(f.sentence.quote, f.score) for f in there] == [(f.sentence.quote, f.score) for f in back]


def test_a_score_is_the_weighted_sum_of_its_parts() -> None:
    for found in order(
        "how many ligature points are there", lay_out("There are 19 ligature points.", *FILLER)
    ):
        assert found.score == pytest.approx(
            sum(load_ranking().get(name, 0) * value for name, value in found.parts.items())
        )
        assert 0 <= found.coverage <= 1


def test_no_candidates_give_no_ranking() -> None:
    assert order("are the cells cold", []) == []
