"""The writer that answers with the document's own words."""

from collections.abc import Sequence

from askpcc.asking.drafting import QuotingWriter, most_statements
from askpcc.model import BlockKind, Ranked
from support.cases import cases
from support.found import ask, lay_out, make_passage, make_ranked, rank_down


def write(typed: str, ranked: Sequence[Ranked]) -> list[str]:
    """Return what is quoted."""
    drafts = QuotingWriter(0.3).write(ask(typed), ranked)
    assert all(len(made.sentences) == 1 and not made.text and made.status is None for made in drafts)
    return [made.sentences[0].quote for made in drafts]


ROOM = [
    ("is it done", 3),
    ("which recs are outstanding", 5),
    ("compare 2022 with 2024", 4),
    ("who leads", 3),
    ("how many", 3),
]


@cases(("typed", "most"), ROOM)
def test_an_answer_has_so_many_statements_at_most(typed: str, most: int) -> None:
    quotes = [f"Sentence {number} has 5 of it." for number in range(10)]
    assert most_statements(ask(typed)) == most
    assert len(write(typed, rank_down(*lay_out(*quotes), step=0.001))) <= most


def test_the_best_comes_first() -> None:
    assert write("are cells cold", rank_down(*lay_out("Cells are cold.", "Cells are old."))) == [
        "Cells are cold.",
        "Cells are old.",
    ]


def test_what_is_far_behind_is_left_out() -> None:
    assert write("are cells cold", rank_down(*lay_out("Cells are cold.", "Doors."), step=3)) == [
        "Cells are cold."
    ]


def test_words_that_stand_in_a_quotation_are_not_quoted_again() -> None:
    ranked = rank_down(*lay_out("Cells are cold and dark.", "Cells are cold"))
    assert write("are cells cold", ranked) == ["Cells are cold and dark."]


LEAD = "These are outstanding:"
LEAD_PASSAGE = make_passage(LEAD)
BULLETS = [
    make_passage(quote, start=start, kind=BlockKind.BULLET, lead=LEAD_PASSAGE.span)
    for start, quote in ((100, "the roof"), (200, "the doors"), (300, "the beds"))
]


def test_a_list_is_quoted_in_its_order_where_its_lead_is_the_best() -> None:
    ranked = [make_ranked(LEAD_PASSAGE, 5), *rank_down(*reversed(BULLETS), step=0.01)]
    assert write("which recs are outstanding", ranked)[:3] == ["the roof", "the doors", "the beds"]


def test_bullets_of_another_list_are_not_drawn_in() -> None:
    ranked = [make_ranked(make_passage("Something else is best.", start=400), 9), *rank_down(*BULLETS)]
    assert write("which recs are outstanding", ranked) == ["Something else is best."]


def test_nothing_ranked_gives_nothing() -> None:
    assert write("are cells cold", []) == []


def test_the_writer_has_a_name() -> None:
    assert QuotingWriter(0.3).name == "quoting"


BESIDE = [
    ("Complete, in my view.", False),
    ("Done.", False),
    ("Cells: in progress.", True),
    ("It has been mended.", True),
    ("12 of 15.", True),
    ("Beds and blankets bought for every custody suite.", True),
]


@cases(("words", "quoted"), BESIDE)
def test_a_verdict_alone_is_not_quoted_beside_the_best(words: str, *, quoted: bool) -> None:
    ranked = rank_down(*lay_out("Cells are cold.", words))
    assert (words in write("are cells cold", ranked)) is quoted
