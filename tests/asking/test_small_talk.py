"""Words that ask nothing of the responses."""

from datetime import UTC, datetime

from askpcc.asking.small_talk import ENGLISH, HELP, WELCOME, read_small_talk, tell_of_index
from support.cases import cases
from support.found import ask, make_card


@cases("typed", ["hi", "Hello there!", "help", "what can you do?", "good morning", "who are you"])
def test_a_greeting_or_a_call_for_help_is_answered_with_what_can_be_asked(typed: str) -> None:
    assert read_small_talk(typed) == HELP


@cases("typed", ["thanks", "thank you so much", "ok great", "brilliant, cheers"])
def test_thanks_get_one_sentence(typed: str) -> None:
    assert read_small_talk(typed) == WELCOME


@cases(
    "typed",
    ["is rec 5 done", "hi, is rec 5 done", "thanks, and who owns it", "custody", "which are outstanding"],
)
def test_a_question_is_no_small_talk_also_behind_a_courtesy(typed: str) -> None:
    assert read_small_talk(typed) is None


@cases(
    "typed",
    [
        "quelle est la situation de la recommandation 5",
        "wie ist der Stand",
        "ydy argymhelliad 5 yw",
        "que pasa para todos",
    ],
)
def test_another_language_gets_one_sentence(typed: str) -> None:
    assert read_small_talk(typed) == ENGLISH


CARDS = {card.path: card for card in (make_card("a.md", "Borsetshire Police"), make_card("b.md"))}
BUILT = datetime(2026, 3, 4, 5, 6, tzinfo=UTC)


@cases(
    ("typed", "told"),
    [
        ("when was the index last updated?", "brought up to date on 4 March 2026; it holds 2 documents."),
        ("which documents do you hold", "I hold 2 documents of 1 force: a.md; b.md."),
        ("what responses do you have for borsetshire", "I hold 1 document of Borsetshire Police: a.md."),
    ],
)
def test_a_question_about_the_index_is_answered_with_the_fact(typed: str, told: str) -> None:
    assert (tell_of_index(ask(typed), CARDS, {"Borsetshire Police"}, lambda: BUILT) or "").endswith(told)


@cases("typed", ["what documents did the force update", "when was the response updated", "what does it hold"])
def test_other_questions_are_not_about_the_index(typed: str) -> None:
    assert tell_of_index(ask(typed), CARDS, set(), lambda: BUILT) is None
