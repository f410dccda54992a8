"""Words that speak of a matter and tell nothing of what has become of it."""

from askpcc.asking.abstaining import Gap
from askpcc.asking.gaps import (
    find_admission,
    find_doubtful_date,
    find_false_premise,
    find_forecast,
    find_pledge,
    find_typed_deadline,
    find_unstated_date,
)
from askpcc.asking.gaps import (
    find_only_finding as find_finding_among,
)
from askpcc.asking.ranking import read_sentences
from askpcc.model import Draft, Ranked, Status
from support.cases import cases
from support.found import ask, first_sentence, lay_out, make_card, make_passage, rank_down


def find_only_finding(typed: str, *quotes: str) -> Gap | None:
    return find_finding_among(ask(typed), rank_down(*lay_out(*quotes), own=0.5), [])


@cases(
    ("typed", "silent"),
    [
        ("will the cells be painted in time", True),
        ("will midsomer hit the october deadline", True),
        ("are they on track to meet it", True),
        ("what is the deadline for the cells", False),
        ("will the cells be painted", False),
    ],
)
def test_whether_a_date_will_be_kept_is_not_told(typed: str, silent: bool) -> None:
    assert (find_forecast(ask(typed)) is not None) is silent


@cases(
    "quote",
    [
        "Inspectors found that the cells are cold.",
        "Inspectors were critical of the cold cells.",
        "I hope that the cells will be warm.",
        "The cells should be warm.",
    ],
)
def test_a_finding_a_hope_or_a_demand_is_no_change(quote: str) -> None:
    assert find_only_finding("are the cells warmer now", quote)


def test_what_has_been_done_is_a_change() -> None:
    assert find_only_finding("are the cells warmer now", "The cells have been repaired.") is None


def test_what_inspectors_found_answers_what_was_found() -> None:
    assert find_only_finding("what did inspectors see", "Inspectors found that the cells are cold.") is None


def test_a_status_that_is_stated_is_no_silence() -> None:
    passage = make_passage("Inspectors found that the cells are warm.")
    drafts = [Draft("Complete", (first_sentence(passage),), Status.COMPLETE)]
    found = rank_down(passage, own=0.5)
    assert find_finding_among(ask("are the cells warmer now"), found, drafts) is None


def test_a_hope_that_its_paragraph_goes_on_from_is_no_silence() -> None:
    passage = make_passage("The force had hoped for new cells. The bid was not successful.")
    hope, outcome = read_sentences(passage)
    ranked = [Ranked(hope, 2.0, parts={"own": 0.5}), Ranked(outcome, 1.0, parts={"own": 0.0})]
    assert find_finding_among(ask("did midsomer get its new cells"), ranked, []) is None


@cases(
    ("typed", "quote", "silent"),
    [
        ("when will the cells be warm", "The force cannot give a date for the cells.", True),
        ("when will the cells be warm", "No date has been set for the cells.", True),
        ("when will the cells be warm", "The cells will be warm by 3 May 2024.", False),
        ("the cells in midsomer", "The manager did not have the details of the cells.", True),
        ("are the cells warm", "The manager did not have the details of the cells.", False),
    ],
)
def test_what_the_document_says_it_does_not_know_is_not_told(typed: str, quote: str, silent: bool) -> None:
    found = rank_down(make_passage(quote))
    assert (find_admission(ask(typed), found) is not None) is silent


@cases(
    ("typed", "status", "silent"),
    [
        ("why did they reject the cells", Status.ACCEPTED, True),
        ("why did they reject the cells", Status.NOT_ACCEPTED, False),
        ("did they reject the cells", Status.ACCEPTED, False),
        ("why are the cells cold", None, False),
    ],
)
def test_why_something_is_so_needs_that_it_is(typed: str, status: Status | None, silent: bool) -> None:
    drafts = [Draft("", (first_sentence(make_passage("The cells.")),), status)]
    assert (find_false_premise(ask(typed), drafts) is not None) is silent


def test_a_pledge_that_is_only_made_is_not_met() -> None:
    found = rank_down(make_passage("I have pledged that no child will be cold."), own=0.5)
    assert find_pledge(ask("has the pledge on cold children been met"), found)
    assert find_pledge(ask("are the children cold"), found) is None


def test_a_date_that_cannot_be_is_shown_as_doubtful() -> None:
    found = rank_down(make_passage("The reply was sent on 31/02/2017."), context=1.0)
    gap = find_doubtful_date(ask("when was the midsomer reply sent"), found)
    assert gap
    assert "31/02/2017" in gap.sentence


def test_a_date_that_can_be_is_not_doubtful() -> None:
    found = rank_down(make_passage("The reply was sent on 28/02/2017."), context=1.0)
    assert find_doubtful_date(ask("when was the midsomer reply sent"), found) is None


def test_the_56_days_are_counted_though_nothing_found_tells_of_them() -> None:
    typed = "when are the 56 days up for a report published on 3 March 2026"
    gap = find_typed_deadline(ask(typed), rank_down(*lay_out("Cells are cold.")))
    assert gap is not None
    assert gap.sentence.endswith("end on 27 April 2026.")
    assert find_typed_deadline(ask(typed), rank_down(*lay_out("There are 56 days."))) is None


UNSTATED = [
    ("Sent on 31/02/2017.", "The document gives a date that cannot be: 31/02/2017. Treat it as doubtful."),
    ("Cells are cold.", "The document on this does not state the date that is asked for."),
]


@cases(("quote", "told"), UNSTATED)
def test_a_date_not_stated_or_impossible_is_told_of_the_document_on_the_subject(
    quote: str, told: str
) -> None:
    other = make_passage("Sent on 30/02/2018.", "b.md")
    cards = {"a.md": make_card("a.md"), "b.md": make_card("b.md")}
    ranked = rank_down(make_passage(quote), other)
    gap = find_unstated_date(ask("when was the response sent"), ranked, [], cards)
    assert gap is not None
    assert gap.sentence == told
