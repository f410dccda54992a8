"""No lie passes the checks; most of what is true in other words does."""

from askpcc.proving import find_flaw
from support.cases import cases
from support.proving_cases import FILES, read_said

LEAST_PASSING = 0.85


@cases("file", FILES)
def test_a_lie_is_not_proved(file: str) -> None:
    lies = [said for said in read_said(file) if not said.is_true]
    proved = [said.text for said in lies if not find_flaw(said.text, said.status, said.grounds)]
    assert len(lies) >= 30
    assert proved == []


@cases("file", FILES)
def test_most_true_statements_in_other_words_are_proved(file: str) -> None:
    true = [said for said in read_said(file) if said.is_true]
    refused = [said.text for said in true if find_flaw(said.text, said.status, said.grounds)]
    assert len(true) >= 30
    assert len(refused) <= (1 - LEAST_PASSING) * len(true), refused
