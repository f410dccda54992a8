"""Questions over all forces, answered from the register."""

from askpcc.asking.across import asks_across, tell_across
from askpcc.model import Statement
from askpcc.register import build_register
from support.cases import cases
from support.found import ask
from support.whole_flow import WholeFlow


@cases(
    ("typed", "across"),
    [
        ("which forces rejected a recommendation", True),
        ("which forces have causes of concern", True),
        ("which forces still have open recommendations", True),
        ("which forces were visited", False),
        ("which recommendations did midsomer reject", False),
    ],
)
def test_which_forces_have_a_status_or_kind_is_asked_over_all(typed: str, across: bool) -> None:
    assert asks_across(ask(typed)) is across


def statements(flow: WholeFlow, typed: str) -> list[Statement]:
    with flow.open_catalogue() as catalogue:
        return tell_across(ask(typed), build_register(catalogue.document_claims()))


def test_each_force_that_rejected_anything_is_named_once(whole_corpus: WholeFlow) -> None:
    named = [made.text.partition(":")[0] for made in statements(whole_corpus, "which forces rejected a rec")]
    assert "Loamshire Police" in named
    assert "Great Marsh Constabulary" in named
    assert len(named) == len(set(named))


def test_only_matters_of_the_subject_count(whole_corpus: WholeFlow) -> None:
    made = statements(whole_corpus, "which forces rejected anything on stalking")
    assert [one.text.partition(":")[0] for one in made] == ["Loamshire Police"]


def test_a_subject_of_no_force_is_said_to_be_none(whole_corpus: WholeFlow) -> None:
    answer = whole_corpus.ask("which forces rejected anything on dogs")
    assert (answer.abstained, answer.statements) == (True, ())


def test_a_list_for_no_force_says_whose_it_is_and_that_there_are_others(whole_corpus: WholeFlow) -> None:
    note = whole_corpus.ask("which recommendations are still outstanding").note
    assert "This is of Borsetshire Police alone; responses of" in note
    assert "other forces are held." in note


def test_a_list_for_a_named_force_says_nothing_of_others(whole_corpus: WholeFlow) -> None:
    assert "alone" not in whole_corpus.ask("which borsetshire recommendations are outstanding").note
