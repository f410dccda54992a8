"""Words that speak of a matter and tell nothing of what has become of it."""

from askpcc.asking.abstaining import (
    find_doubtful_date,
    find_forecast,
    find_typed_deadline,
    find_unstated_date,
)
from support.cases import cases
from support.found import ask, lay_out, make_card, make_passage, rank_down


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
