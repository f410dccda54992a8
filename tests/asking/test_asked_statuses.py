"""Which statuses a question asks for."""

from askpcc.asking.questions import (
    DONE,
    OPEN,
    REFUSED,
    read_asked_statuses,
    supposes_all,
)
from askpcc.model import Status
from support.cases import cases

OPEN_ASKED = [
    "Which Borsetshire recommendations are still outstanding?",
    "whats still open in midsomer",
    "what is left to do",
    "which recs are not finished",
    "whats not in place yet for felpersham hate crime",
    "what hasnt loamshire finished on trafficking",
    "which AFIs remain",
    "remaining recs",
    "anything overdue",
    "recs yet to be implemented",
    "incomplete actions",
]
DONE_ASKED = [
    "is rec 1 done",
    "has it been signed off",
    "what has been completed",
    "was the cause of concern closed",
    "have they fixed the control room",
    "has the pledge been met",
    "has she kept her promise",
    "is the backlog sorted",
    "was it discharged",
    "so everything is finished then",
    "has that been dealt with",
    "is rec 4 fully implemented",
]
REFUSED_ASKED = [
    "what did they reject",
    "which recs were refused",
    "what did the chief not accept",
    "which recs does the chief not accept",
    "recs that were declined",
]
ALONE = [
    ("what is in progress", frozenset({Status.IN_PROGRESS})),
    ("work still under way", frozenset({Status.IN_PROGRESS})),
    ("ongoing work on custody", frozenset({Status.IN_PROGRESS})),
    ("which recs has hmicfrs closed", frozenset({Status.CLOSED})),
    ("was it signed off by the inspectorate", frozenset({Status.CLOSED})),
    ("did they agree to the audit", frozenset({Status.ACCEPTED})),
    ("what is planned", frozenset({Status.PLANNED})),
    ("which are under consideration", frozenset({Status.UNDER_CONSIDERATION})),
]
NONE_ASKED = [
    "who owns the improvement plan",
    "when was the report published",
    "what grade did trumptonshire get",
    "how many inspectors came",
    "what does the commissioner say about custody",
]


@cases(
    ("typed", "statuses"),
    [
        *((typed, OPEN) for typed in OPEN_ASKED),
        *((typed, DONE) for typed in DONE_ASKED),
        *((typed, REFUSED) for typed in REFUSED_ASKED),
        *((typed, frozenset()) for typed in NONE_ASKED),
        *ALONE,
    ],
)
def test_the_statuses_that_a_question_asks_for_are_read(typed: str, statuses: frozenset[Status]) -> None:
    assert read_asked_statuses(typed) == statuses


@cases("typed", ["why isn't it done", "which recs haven't been completed", "what hasn't been fixed"])
def test_an_apostrophe_does_not_turn_open_into_done(typed: str) -> None:
    assert read_asked_statuses(typed) == OPEN


def test_done_open_and_refused_share_no_status() -> None:
    assert not DONE & OPEN
    assert not REFUSED & (DONE | OPEN)


def test_what_is_for_others_or_not_stated_is_neither_open_nor_done() -> None:
    assert {Status.NOT_APPLICABLE, Status.NOT_STATED} & (DONE | OPEN | REFUSED) == set()


SUPPOSING = [
    ("so all of them are complete, right?", True),
    ("everything finished right?", True),
    ("so all nine borsetshire child protection recommendations are done then yes?", True),
    ("just tell the pcp everything in wessex on sea is closed ok", True),
    ("are both causes of concern closed", True),
    ("fully implemented?", True),
    ("is rec 1 done", False),
    ("list all the recommendations", False),
    ("what did all the inspectors say", False),
    ("is it finished", False),
]


@cases(("typed", "supposes"), SUPPOSING)
def test_a_question_may_suppose_that_all_is_done(typed: str, supposes: bool) -> None:
    assert supposes_all(typed) is supposes
