"""Which documents are of a year that a question names."""

from askpcc.asking.retrieval import find_of_year
from support.cases import cases
from support.found import ask, make_card

CARDS = {
    card.path: card
    for card in [
        make_card("old.md", "Borsetshire Police", responded="2019-03-14", published="2019-01-29"),
        make_card("new.md", "Borsetshire Police", published="2024-02-06"),
        make_card("report.md", published="2022-10", source_kind="inspectorate page"),
        make_card("act.md", report_kind="legislation"),
        make_card("letter.md", published="2021-05-01", source_kind="committee paper"),
    ]
}


YEARS = [
    ("borsetshire crime recording in 2019", {"old.md"}),
    ("what did they say in 2024", {"new.md"}),
    ("custody in October 2022", {"report.md"}),
    ("between 2019 and 2024", {"old.md", "new.md"}),
    ("what did they say", set()),
    ("the 2020 one", set()),
    ("GM-2019 due", set()),
    ("2019-20 figures", set()),
]


@cases(("typed", "documents"), YEARS)
def test_a_year_that_is_named_is_the_year_of_a_document(typed: str, documents: set[str]) -> None:
    assert find_of_year(ask(typed), CARDS) == documents
