"""No lie passes the checks; most of what is true in other words does."""

from askpcc.proving import find_flaw
from support.cases import cases
from support.proving_cases import FILES, Said, read_said

ALL = {file: list(read_said(file)) for file in FILES}
LEAST_PASSING = 0.85


@cases(
    "said",
    [said for file in FILES for said in ALL[file] if not said.is_true],
    ids=lambda said: said.text[:70],
)
def test_a_lie_is_not_proved(said: Said) -> None:
    assert find_flaw(said.text, said.status, said.grounds) is not None


@cases("file", FILES)
def test_most_true_statements_in_other_words_are_proved(file: str) -> None:
    true = [said for said in ALL[file] if said.is_true]
    refused = [said.text for said in true if find_flaw(said.text, said.status, said.grounds)]
    assert len(refused) <= (1 - LEAST_PASSING) * len(true), refused


def test_there_are_enough_of_both() -> None:
    every = [said for file in FILES for said in ALL[file]]
    assert sum(said.is_true for said in every) >= 90
    assert sum(not said.is_true for said in every) >= 90
