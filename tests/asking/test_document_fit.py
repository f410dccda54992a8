"""How well a document suits a question apart from its words."""

from askpcc.asking.retrieval import fit_documents
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


def signs(typed: str, name: str) -> set[str]:
    """Return the documents that have a sign."""
    return {path for path, held in fit_documents(ask(typed), CARDS).items() if held[name]}


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
    assert signs(typed, "year") == documents


@cases(
    "typed",
    [
        "what is a cause of concern",
        "does every force have to publish",
        "can hmicfrs make a force do a rec",
        "how long have we got to reply under section 55",
        "what does engage mean for forces",
    ],
)
def test_a_question_about_forces_in_general_suits_what_is_of_no_force(typed: str) -> None:
    assert signs(typed, "general") == {"report.md", "act.md"}


@cases("typed", ["has borsetshire done what every force must", "who led it", "is rec 5 done"])
def test_a_question_about_one_force_or_matter_is_not_general(typed: str) -> None:
    assert signs(typed, "general") == set()


def test_a_question_about_the_law_suits_legislation() -> None:
    assert signs("what does the law say", "law") == {"act.md"}
    assert signs("what does section 55 say", "law") == {"act.md"}
    assert signs("what does the letter say", "law") == set()


def test_signs_lie_between_nothing_and_one() -> None:
    fits = fit_documents(ask("what does the law of 2019 say about forces in general"), CARDS)
    assert {value for held in fits.values() for value in held.values()} <= {0.0, 1.0}
    assert set(fits) == set(CARDS)
