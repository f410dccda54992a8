"""A date, a number or a name counts where its sentence speaks of the matter."""

from askpcc.asking.ranking import is_tied
from support.cases import cases
from support.found import ask, make_passage, make_ranked

CELLS = make_ranked(make_passage("All 19 cells are cold."), context=1.0)


@cases(
    ("quote", "context", "tied"),
    [
        ("There are 12 beds.", 0.9, True),
        ("There are 12 beds.", 0.1, False),
        ("There are beds.", 0.9, False),
    ],
)
def test_a_number_is_tied_by_what_its_sentence_tells(quote: str, context: float, tied: bool) -> None:
    found = make_ranked(make_passage(quote, start=50), context=context)
    assert is_tied(ask("how many cells are cold"), found, [CELLS, found]) is tied


def test_a_numbered_matter_ties_its_own() -> None:
    found = make_ranked(
        make_passage("There are 12 beds.", start=50, items=("recommendation 2",)), context=0.0
    )
    assert is_tied(ask("how many cells in rec 2"), found, [CELLS, found])


@cases(("quote", "tied"), [("It cost £410,000.", True), ("It took 12 weeks.", False)])
def test_what_something_cost_is_a_sum_of_money(quote: str, tied: bool) -> None:
    found = make_ranked(make_passage(quote), context=1.0)
    assert is_tied(ask("how much did the cells cost"), found, [found]) is tied
