"""What a question is about, and what is said where nothing is."""

from askpcc.asking.abstaining import find_no_subject, find_unknown_force
from support.cases import cases
from support.found import ask


@cases("typed", ["did they finish it?", "2+2", "is it done"])
def test_a_question_that_names_nothing_is_asked_back(typed: str) -> None:
    assert find_no_subject(ask(typed))


@cases(
    "typed",
    ["are the cells warm", "is it done in midsomer", "is rec 2 done", "999 calls?"],
)
def test_a_matter_a_force_or_a_number_is_enough(typed: str) -> None:
    assert find_no_subject(ask(typed)) is None


def test_a_thread_lends_what_is_meant() -> None:
    assert find_no_subject(ask("did they finish it?", "are the cells warm")) is None


@cases(
    ("typed", "named"),
    [
        ("what has netherby police said", "Netherby"),
        ("the sodor pcc's answer", "Sodor"),
        ("what has the police said", None),
        ("has midsomer constabulary accepted it", None),
        ("do roads police officers accept it", None),
    ],
)
def test_a_force_that_no_document_speaks_of_is_said_to_have_none(typed: str, named: str | None) -> None:
    gap = find_unknown_force(ask(typed), lambda stem: 3 if stem == "road" else 0)
    assert (gap is not None) is (named is not None)
    assert named is None or (gap is not None and named in gap.sentence)
