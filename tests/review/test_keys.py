"""The same question has one name, whatever its wording; another question never has it."""

import tomllib
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from askpcc.asking.questions import read_question
from askpcc.review.approvals import key_of
from askpcc.text.forces import load_forces
from support.cases import cases

CASES = Path(__file__).parents[1] / "cases" / "question_keys.toml"
FORCES = load_forces().with_extra(["Borsetshire Police", "Midsomer Constabulary", "Wessex-on-Sea Police"])

Asked = str | list[str]


def name(asked: Asked) -> str:
    *earlier, words = [asked] if isinstance(asked, str) else asked
    return key_of(read_question(words, earlier, FORCES))


def read_pairs(which: str) -> list[tuple[Asked, Asked]]:
    cases = tomllib.loads(CASES.read_text("utf-8"))["case"]
    return [(case["asked"], wording) for case in cases for wording in case[which]]


@cases(("asked", "wording"), read_pairs("same"), ids=str)
def test_another_wording_of_a_question_has_its_name(asked: Asked, wording: Asked) -> None:
    assert name(asked) == name(wording)


@cases(("asked", "other"), read_pairs("other"), ids=str)
def test_another_question_has_another_name(asked: Asked, other: Asked) -> None:
    assert name(asked) != name(other)


def test_what_a_force_is_known_as_depends_on_no_other_force() -> None:
    wider = FORCES.with_extra(["Loamshire Police"])
    words = "Was recommendation 5 accepted in Borsetshire?"
    assert key_of(read_question(words, (), FORCES)) == key_of(read_question(words, (), wider))


@given(
    st.lists(
        st.sampled_from("was not the 5 6 force accepted by in and cells".split()), min_size=1, max_size=6
    )
)
def test_a_word_more_that_says_something_makes_another_question(words: list[str]) -> None:
    asked = " ".join(["Which", *words])
    assert name(asked) != name(f"{asked} not")
    assert name(asked) != name(f"{asked} 7")


def test_private_characters_that_somebody_types_are_no_force() -> None:
    marked = "Was it done in \ue000Borsetshire Police\ue001?"
    assert name(marked) == name("Was it done in Borsetshire Police ?")
    assert name("Was it done in \ue000Felpersham\ue001?") != name("Was it done in?")
