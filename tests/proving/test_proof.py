"""No lie passes the checks; nearly all does that a model copies as it is told."""

from askpcc.proving import find_flaw
from support.cases import cases
from support.proving_cases import BY_A_MODEL, FILES, read_by_a_model, read_said

LEAST_PASSING_FREELY = 0.5
"""Of statements that somebody wrote in words of his own, which the instructions forbid."""
MOST_REFUSED = 0.08
"""Of statements that a model copied as it was told; the others leave their sentences as quotations."""


@cases("file", FILES)
def test_a_lie_is_not_proved(file: str) -> None:
    lies = [said for said in read_said(file) if not said.is_true]
    proved = [said.text for said in lies if not find_flaw(said.text, said.status, said.grounds)]
    assert len(lies) >= 30
    assert proved == []


@cases("file", FILES)
def test_much_of_what_is_true_in_other_words_is_proved(file: str) -> None:
    true = [said for said in read_said(file) if said.is_true]
    refused = [said.text for said in true if find_flaw(said.text, said.status, said.grounds)]
    assert len(true) >= 30
    assert len(refused) <= (1 - LEAST_PASSING_FREELY) * len(true), refused


@cases("file", BY_A_MODEL)
def test_a_lie_close_to_the_words_of_its_sentences_is_not_proved(file: str) -> None:
    lies = [said for said in read_by_a_model(file) if not said.is_true]
    proved = [(said.kind, said.text) for said in lies if not find_flaw(said.text, None, said.grounds)]
    assert len(lies) >= 250
    assert proved == []


@cases("file", BY_A_MODEL)
def test_what_a_model_copies_as_it_is_told_is_proved(file: str) -> None:
    true = [said for said in read_by_a_model(file) if said.is_true]
    refused = [said.text for said in true if find_flaw(said.text, None, said.grounds)]
    assert len(true) >= 50
    assert len(refused) <= MOST_REFUSED * len(true), refused
