"""Suggested questions, out of what is open."""

from hypothesis import given, settings

from askpcc.model import Status
from askpcc.slack.mrkdwn import size
from askpcc.slack.views.home_tab import LONGEST_TITLE, prompts_payload, suggest
from support.slack_nouns import hostile_texts, make_row

TODAY = "2026-03-04"


def test_overdue_matters_come_first_then_those_due_next() -> None:
    rows = [
        make_row("Recommendation 1", number="1", force="Borsetshire Police", report="Custody"),
        make_row(
            "Recommendation 2", number="2", force="Midsomer Constabulary", report="Vetting", due="2026-09-01"
        ),
        make_row("Recommendation 3", number="3", force="Wessex-on-Sea Police", report="Fraud", due="2025-12"),
    ]
    assert [prompt.title for prompt in suggest(rows, today=TODAY)][:3] == [
        "Overdue: recommendation 3, Wessex-on-Sea Police",
        "Recommendation 2, Midsomer Constabulary",
        "Recommendation 1, Borsetshire Police",
    ]


def test_a_month_is_not_overdue_before_it_is_over() -> None:
    rows = [make_row("Recommendation 3", number="3", due="2026-03")]
    assert suggest(rows, 1, TODAY)[0].title == "Recommendation 3, Borsetshire Police"


def test_forces_and_reports_differ_where_they_can() -> None:
    rows = [make_row(f"Recommendation {n}", number=str(n)) for n in range(1, 9)]
    rows += [make_row("Recommendation 20", number="20", force="Midsomer Constabulary", report="Vetting")]
    titles = [prompt.title for prompt in suggest(rows, today=TODAY)]
    assert titles[1] == "Recommendation 20, Midsomer Constabulary"
    assert len(set(titles)) == 4


def test_only_open_matters_are_asked_about() -> None:
    shut = [
        make_row(status=status) for status in Status if status not in {Status.IN_PROGRESS, Status.PLANNED}
    ]
    gone = [make_row(superseded_by="b.md#1"), make_row(force=None)]
    assert suggest([*shut, *gone], today=TODAY) == suggest([])


def test_an_empty_register_leaves_questions_of_a_general_kind() -> None:
    assert len({prompt.title for prompt in suggest([])}) == 4
    assert len(suggest([], limit=2)) == 2


def test_the_question_names_force_matter_and_report() -> None:
    asked = suggest([make_row("Recommendation 4: beds", number="4")], today=TODAY)[0].message
    expected = "What is the status of recommendation 4, Borsetshire Police, in “Custody in Borsetshire”?"
    assert asked == expected


def test_the_payload_names_no_thread() -> None:
    payload = prompts_payload("D1", suggest([], limit=1))
    assert payload == {
        "channel_id": "D1",
        "title": "You could ask",
        "prompts": [{"title": prompt.title, "message": prompt.message} for prompt in suggest([], limit=1)],
    }


@settings(deadline=None, max_examples=30, derandomize=True)
@given(hostile_texts)
def test_hostile_rows_make_short_titles(text: str) -> None:
    for number in (None, text or None):
        for prompt in suggest([make_row(text, number=number, force=text or "F", report=text)], today=TODAY):
            assert 0 < size(prompt.title) <= LONGEST_TITLE
            assert prompt.message.strip()
            assert size(prompt.message) < 2_000
