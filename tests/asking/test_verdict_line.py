"""The line that an answer begins with."""

from collections.abc import Sequence

from askpcc.asking.verdict_line import answer_yes_or_no, word_verdict
from askpcc.model import Citation, DocumentCard, Span, Statement, Status
from support.cases import cases
from support.found import ask, make_card

COMPLETE, GOING, PLANNED = Status.COMPLETE, Status.IN_PROGRESS, Status.PLANNED
ACCEPTED, REFUSED, CLOSED = Status.ACCEPTED, Status.NOT_ACCEPTED, Status.CLOSED


@cases(
    ("typed", "status", "answer"),
    [
        ("has the form been introduced", COMPLETE, "Yes"),
        ("has the form been introduced", CLOSED, "Yes"),
        ("has the form been introduced", GOING, "Not yet"),
        ("have they trained the call handlers", PLANNED, "Not yet"),
        ("did they agree to the audit", REFUSED, "No"),
        ("did they accept it", ACCEPTED, "Yes"),
        ("has it been accepted", Status.UNDER_CONSIDERATION, "Not yet"),
        ("has it been done", ACCEPTED, "Not stated"),
        ("is it still outstanding", GOING, "Yes"),
        ("is it still outstanding", COMPLETE, "No"),
        ("was it rejected", REFUSED, "Yes"),
        ("was it rejected", COMPLETE, "No"),
        ("has hmicfrs closed it", CLOSED, "Yes"),
        ("has hmicfrs closed it", COMPLETE, "Not stated"),
        ("have they started", GOING, "Yes"),
        ("have they started", PLANNED, "Not yet"),
        ("is it in progress", GOING, "Yes"),
        # A no would mislead, or the question is none of yes and no.
        ("has it not been done", GOING, ""),
        ("hasn't it been done", GOING, ""),
        ("is the control room understaffed", GOING, ""),
        ("where are we with the form", COMPLETE, ""),
        ("what has become of recommendation 4", PLANNED, ""),
    ],
)
def test_a_status_says_yes_no_or_not_yet_to_what_is_asked(typed: str, status: Status, answer: str) -> None:
    assert answer_yes_or_no(typed, status) == answer


CARDS = {
    card.path: card
    for card in (make_card("h.md", "Harrowdale Constabulary"), make_card("m.md", "Millbrae Constabulary"))
}


def state(words: str, text: str = "", status: Status | None = None, document: str = "h.md") -> Statement:
    citation = Citation(document, "v1", "A response", Span(0, len(words)), words)
    return Statement(text, (citation,), status)


def verdict(typed: str, *statements: Statement, cards: dict[str, DocumentCard] = CARDS) -> str:
    said: Sequence[Statement] = statements
    return word_verdict(ask(typed), said, cards)


DONE = state("It is done.", "Complete, says the force, undated", COMPLETE)
GOING_ON = state("It is going on.", "In progress, says the force, undated", GOING, "m.md")


@cases(
    ("typed", "statement", "line"),
    [
        ("has it been done", DONE, "Yes: complete, says the force, undated (Harrowdale Constabulary)"),
        ("where are we with it", DONE, "Complete, says the force, undated (Harrowdale Constabulary)"),
        ("when was it finished", state("It ended on 3 May 2024."), "3 May 2024 (Harrowdale Constabulary)"),
        ("when was it finished", state("From 3 May 2024 to 9 May 2024."), ""),
        ("how many permits wait", state("In May 2024 some 212 waited."), "212 (Harrowdale Constabulary)"),
        ("how many permits wait", state("Of 400 some 212 wait."), ""),
        ("is the roof blue", state("The roof is blue."), ""),
        ("who signed it", state("Ann Oake", "From: Ann Oake"), "From: Ann Oake (Harrowdale Constabulary)"),
    ],
)
def test_the_line_is_a_status_a_date_a_number_or_a_fact(typed: str, statement: Statement, line: str) -> None:
    assert verdict(typed, statement) == line


def test_each_force_that_is_named_has_its_own_side_also_where_nothing_is_found() -> None:
    typed = "has it been done in Borsetshire and Midsomer"
    cards = {
        card.path: card
        for card in (make_card("h.md", "Borsetshire Police"), make_card("m.md", "Midsomer Constabulary"))
    }
    both = verdict(typed, DONE, GOING_ON, cards=cards)
    assert both == (
        "Borsetshire Police: yes: complete, says the force, undated; "
        "Midsomer Constabulary: not yet: in progress, says the force, undated"
    )
    one = verdict(typed, DONE, cards=cards)
    assert one.endswith("; Midsomer Constabulary: nothing found that answers this")


def test_what_was_said_earlier_is_said_to_be_earlier() -> None:
    earlier = state("It is done.", "Earlier: Complete, says the force, undated", COMPLETE)
    assert verdict("has it been done", earlier).startswith("Earlier: Complete")


def test_nothing_is_said_of_nothing() -> None:
    assert verdict("has it been done") == ""
