"""A question about several things is answered side by side."""

from askpcc.asking.recency import split_sides
from askpcc.model import Ranked
from support.cases import cases
from support.found import ask, lay_out, make_card, make_passage, make_ranked

CARDS = {
    "b.md": make_card("b.md", "Borsetshire Police"),
    "m.md": make_card("m.md", "Midsomer Constabulary", responded="2022-05-01"),
    "n.md": make_card("n.md", "Midsomer Constabulary", responded="2023-05-01"),
    "w.md": make_card("w.md", "Wessex-on-Sea Police"),
}


def found(quote: str, document: str, score: float, coverage: float = 1.0) -> Ranked:
    return make_ranked(make_passage(quote, document), score, coverage)


def documents(typed: str, *ranked: Ranked) -> list[list[str]]:
    """Return the documents of each side, best first."""
    sides = split_sides(ask(typed), ranked, CARDS)
    return [list(dict.fromkeys(f.sentence.passage.document for f in side)) for side in sides]


def test_a_plain_question_has_one_side() -> None:
    ranked = [found("Cells are cold.", "b.md", 5), found("Cells are warm.", "m.md", 4)]
    assert documents("are the cells cold", *ranked) == [["b.md", "m.md"]]


def test_each_named_force_is_a_side_in_the_order_of_the_question() -> None:
    ranked = [found("x", "b.md", 5), found("y", "n.md", 4), found("z", "m.md", 1), found("w", "w.md", 4.9)]
    assert documents("compare midsomer and borsetshire custody", *ranked) == [["n.md", "m.md"], ["b.md"]]


def test_a_force_that_has_nothing_gives_no_side() -> None:
    assert documents("compare midsomer and borsetshire custody", found("x", "b.md", 5)) == [["b.md"]]


def test_a_comparison_has_a_side_for_each_document_that_stands_high() -> None:
    ranked = [found("x", "b.md", 5), found("y", "m.md", 4.5), found("z", "b.md", 4.4), found("w", "w.md", 1)]
    assert documents("compare the chief with the commissioner", *ranked) == [["m.md"], ["b.md"]]


def test_what_is_asked_of_now_has_a_side_for_each_document_of_the_force_the_newest_first() -> None:
    ranked = [found("x", "m.md", 5), found("y", "b.md", 4.9), found("z", "n.md", 4), found("w", "n.md", 3)]
    assert documents("are the cells still cold", *ranked) == [["n.md"], ["m.md"]]


def test_a_document_far_behind_is_no_side() -> None:
    ranked = [found("x", "m.md", 5), found("z", "n.md", 3)]
    assert documents("are the cells still cold", *ranked) == [["m.md"]]


def test_a_comparison_has_three_sides_at_most() -> None:
    ranked = [found("x", path, 5) for path in ("b.md", "m.md", "n.md", "w.md")]
    assert len(documents("compare the responses", *ranked)) == 3


def test_counts_that_differ_in_two_documents_are_two_sides() -> None:
    ranked = [found("There are 14 areas.", "m.md", 5), found("There are 17 areas.", "n.md", 4.8)]
    assert documents("how many areas were there", *ranked) == [["m.md"], ["n.md"]]


@cases(
    "other",
    [
        found("There are 14 areas.", "n.md", 4.8),
        found("There are some areas.", "n.md", 4.8),
        found("There are 17 areas.", "n.md", 3),
        found("There are 17 areas.", "n.md", 4.8, coverage=0.3),
    ],
    ids=["the same number", "no number", "far behind", "of something else"],
)
def test_counts_that_do_not_conflict_are_one_side(other: Ranked) -> None:
    ranked = [found("There are 14 areas.", "m.md", 5), other]
    assert documents("how many areas were there", *ranked) == [["m.md", "n.md"]]


def test_a_question_with_two_parts_has_a_side_for_each_document() -> None:
    ranked = [found("x", "n.md", 5), found("y", "m.md", 4.5)]
    assert len(documents("who was the lead in the report and who in the response", *ranked)) == 2


def test_nothing_found_gives_at_most_an_empty_side() -> None:
    assert [side for side in split_sides(ask("compare midsomer and borsetshire"), [], CARDS) if side] == []
    assert [side for side in split_sides(ask("is it done"), [], CARDS) if side] == []


def test_a_side_keeps_the_order_of_the_ranking() -> None:
    one, two = lay_out("x", "y", document="b.md")
    side = split_sides(ask("is it done"), [make_ranked(two, 5), make_ranked(one, 4)], CARDS)[0]
    assert [f.sentence.quote for f in side] == ["y", "x"]
