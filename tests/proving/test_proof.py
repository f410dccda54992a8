"""No lie passes the checks; nearly all does that a model copies as it is told."""

from askpcc.proving import find_flaw
from support.cases import cases
from support.proving_cases import BY_A_MODEL, FILES, read_by_a_model, read_said

MOST_REFUSED = {
    "written_first.toml": 24,
    "written_afterwards.toml": 9,
    "written_last.toml": 7,
    "by_a_model_1.jsonl": 6,
    "by_a_model_2.jsonl": 4,
    "by_a_model_3.jsonl": 7,
    "by_a_model_4.jsonl": 3,
    "by_a_model_5.jsonl": 3,
}
"""True statements that were refused when this was written; own words the instructions forbid."""


@cases("file", FILES)
def test_a_lie_is_not_proved(file: str) -> None:
    lies = [said for said in read_said(file) if not said.is_true]
    proved = [said.text for said in lies if not find_flaw(said.text, said.status, said.grounds)]
    assert len(lies) >= 30
    assert proved == []


@cases("file", FILES)
def test_no_more_of_what_is_true_in_other_words_is_refused(file: str) -> None:
    true = [said for said in read_said(file) if said.is_true]
    refused = [said.text for said in true if find_flaw(said.text, said.status, said.grounds)]
    assert len(true) >= 30
    assert len(refused) <= MOST_REFUSED[file], refused


@cases("file", BY_A_MODEL)
def test_a_lie_close_to_the_words_of_its_sentences_is_not_proved(file: str) -> None:
    lies = [said for said in read_by_a_model(file) if not said.is_true]
    proved = [(said.kind, said.text) for said in lies if not find_flaw(said.text, None, said.grounds)]
    assert len(lies) >= 250
    assert proved == []


@cases("file", BY_A_MODEL)
def test_no_more_of_what_a_model_copies_is_refused(file: str) -> None:
    true = [said for said in read_by_a_model(file) if said.is_true]
    refused = [said.text for said in true if find_flaw(said.text, None, said.grounds)]
    assert len(true) >= 50
    assert len(refused) <= MOST_REFUSED[file], refused
