"""Questions: what is read from words typed in a hurry and from their thread."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from askpcc.asking.questions import LONGEST_QUESTION, read_question, read_wanted
from askpcc.errors import QuestionError
from askpcc.model import Question, Wanted
from askpcc.text.forces import load_forces
from support.cases import cases

FORCES = load_forces().with_extra(["Borsetshire Police", "Midsomer Constabulary", "Wessex-on-Sea Police"])

WANTED = {
    Wanted.COUNT: (
        "how many recs are done",
        "number of AFIs",
        "what percentage were late",
        "how much did it cost",
    ),
    Wanted.DEADLINE: (
        "when must they finish",
        "by when",
        "deadline for rec 5",
        "when is it due",
        "whats the timescale",
    ),
    Wanted.WHEN: ("when was it published", "what date did they reply", "since when"),
    Wanted.WHO: ("who owns rec 5", "whos the lead", "name of the officer", "whose job is it"),
    Wanted.LIST: (
        "which recs are still outstanding",
        "list the AFIs",
        "what else is open",
        "what are the causes",
    ),
    Wanted.STATUS: ("is it done", "status of rec 5", "where are we with custody", "has the backlog gone"),
    Wanted.COMPARE: (
        "compare borsetshire and midsomer",
        "what did the PCC say as against the chief",
        "30 or 56 days",
    ),
    Wanted.FACT: ("custody logs", "tell me about vetting", "why so slow"),
}
TYPED = [(text, wanted) for wanted, texts in WANTED.items() for text in texts]


def read(typed: str, *history: str) -> Question:
    return read_question(typed, history, FORCES)


def about(question: Question) -> dict[str, float]:
    return {" ".join(concept.phrases[0][0]): concept.weight for concept in question.concepts}


FOLLOW_UPS = [
    # The force changes, and nothing else.
    (
        "and in midsomer?",
        "is rec 2 done in borsetshire",
        "is rec 2 done in",
        "Midsomer",
        ("recommendation 2",),
    ),
    (
        "no, I meant midsomer",
        "who owns rec 2 in borsetshire",
        "who owns rec 2 in",
        "Midsomer",
        ("recommendation 2",),
    ),
    (
        "what about the other force?",
        "is rec 2 done in borsetshire",
        "is rec 2 done in",
        "Midsomer",
        ("recommendation 2",),
    ),
    # The number changes.
    (
        "and number 4?",
        "is rec 2 done in borsetshire",
        "is rec 2 done in",
        "Borsetshire",
        ("recommendation 4",),
    ),
    ("4?", "is afi 2 done in borsetshire", "is afi 2 done in", "Borsetshire", ("area for improvement 4",)),
    # The matter changes.
    ("and CSE?", "is rec 2 done in borsetshire", "is rec 2 done in", "Borsetshire", ()),
    # What is asked changes.
    ("who owns it?", "is rec 2 done in borsetshire", "who owns it?", "Borsetshire", ("recommendation 2",)),
    ("which are outstanding?", "is rec 2 done in borsetshire", "which are outstanding?", "Borsetshire", ()),
]


@cases(("typed", "before", "asks", "force", "items"), FOLLOW_UPS)
def test_a_thread_carries_what_a_question_does_not_change(
    typed: str, before: str, asks: str, force: str, items: tuple[str, ...]
) -> None:
    held = ["Borsetshire Police", "Midsomer Constabulary"]
    question = read_question(typed, [before], FORCES, held)
    assert (question.asks, question.items) == (asks, items)
    assert [name.partition(" ")[0] for name in question.forces] == [force]


@cases("typed", ["is R2 done", "has r 2 been finished"])
def test_a_recommendation_in_short_is_one(typed: str) -> None:
    assert read(typed).items == ("recommendation 2",)


@cases(("typed", "wanted"), TYPED)
def test_the_sort_of_answer_is_read(typed: str, wanted: Wanted) -> None:
    assert read_wanted(typed) is wanted


def test_the_words_stay_as_typed_but_for_space_and_markup() -> None:
    assert read("  status of\n **rec 5** <b>now</b> ").words == "status of rec 5 now"


def test_forces_and_items_are_named_and_not_searched_for() -> None:
    question = read("is rec 5 on custody done in borsetshire")
    assert question.forces == ("Borsetshire Police",)
    assert question.items == ("recommendation 5",)
    assert set(about(question)) & {"borsetshir", "rec", "5"} == set()
    assert about(question)["custodi"] == 1


def test_two_forces_are_named() -> None:
    assert read("compare midsomer and borsetshire on custody").forces == (
        "Midsomer Constabulary",
        "Borsetshire Police",
    )


def test_words_of_the_shape_weigh_less_than_the_subject() -> None:
    weights = about(read("how many custody updates"))
    assert weights["updat"] < weights["custodi"] == 1


def test_an_abbreviation_is_spelt_out_for_the_embedder() -> None:
    assert read("wots the status on MFH").subject == "wots the status on MFH missing from home"


THREADS = {
    "it refers to the number before": (("status of rec 5", "who owns it"), ("recommendation 5",)),
    "a bare question refers to it": (("status of rec 5", "since when"), ("recommendation 5",)),
    "through two questions": (("status of rec 5", "who owns it", "by when"), ("recommendation 5",)),
    "a new subject does not": (("status of rec 5", "and CSE"), ()),
    "nor what follows a new subject": (("status of rec 5", "what about custody", "who owns it"), ()),
    "a number of its own wins": (("status of rec 5", "and is that so for rec 6"), ("recommendation 6",)),
    "without a thread there is none": (("who owns it",), ()),
}


@cases("claim", THREADS)
def test_numbers_of_a_thread(claim: str) -> None:
    (*history, typed), expected = THREADS[claim]
    assert read(typed, *history).items == expected


def test_the_thread_lends_its_latest_force() -> None:
    assert read("and CSE", "custody in midsomer", "fraud in borsetshire").forces == ("Borsetshire Police",)
    assert read("and in midsomer", "fraud in borsetshire").forces == ("Midsomer Constabulary",)


def test_the_thread_lends_its_subject_at_less_weight() -> None:
    weights = about(read("who owns it", "status of custody logs in midsomer"))
    assert 0 < weights["custodi"] < 0.5


def test_a_short_question_is_embedded_with_the_one_before() -> None:
    assert read("since when", "is fraud training done").subject == "is fraud training done since when"


def test_a_full_question_is_embedded_alone() -> None:
    typed = "how many custody sergeants were recruited for Wessex detention suites"
    assert read(typed, "is fraud training done").subject.startswith(typed)


def test_only_the_latest_of_a_thread_is_remembered() -> None:
    assert read("and then", *(f"question {n}" for n in range(9))).history == (
        "question 6",
        "question 7",
        "question 8",
    )


def test_empty_questions_of_a_thread_are_left_out() -> None:
    assert read("since when", "", "  \n").history == ()


@cases(
    ("typed", "told"),
    [
        ("", "empty"),
        (" \n\t ", "empty"),
        ("<b></b>", "empty"),
        ("\u200b\u202e\x00", "empty"),
        ("?!...", "no words"),
        ("\N{POLICE CAR} \N{THUMBS UP SIGN}", "no words"),
        ("x" * (LONGEST_QUESTION + 1), "2,001 characters"),
        ("custody " * 1_250, "9,999 characters"),
        ("хто відповідає за це", "in English"),
        ("谁负责这件事", "in English"),
        ("من المسؤول", "in English"),
    ],
)
def test_what_is_no_question_is_told_in_a_sentence(typed: str, told: str) -> None:
    with pytest.raises(QuestionError, match=told) as caught:
        read(typed)
    assert str(caught.value).isprintable()


@cases("typed", ["x" * LONGEST_QUESTION, "café résumé of custody", "rec 5 谁", "5?"])
def test_what_can_be_read_is_read(typed: str) -> None:
    assert read(typed).words == typed


@settings(deadline=None)
@given(st.text(max_size=200), st.lists(st.text(max_size=200), max_size=5))
def test_any_text_is_a_question_or_told_why_not(typed: str, history: list[str]) -> None:
    try:
        question = read(typed, *history)
    except QuestionError:
        return
    assert all(text.encode() for text in (question.words, question.subject, *question.history))
    assert all(phrase for concept in question.concepts for phrase, _ in concept.phrases)
