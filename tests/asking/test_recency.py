"""Which document of a force answers what is so now."""

from askpcc.asking.recency import asks_over_time, date_documents
from support.cases import cases
from support.found import ask, make_card, make_passage


def test_a_document_is_dated_by_its_facts_or_by_the_first_date_at_its_head() -> None:
    cards = {
        "a.md": make_card("a.md", responded="2023-05-17"),
        "b.md": make_card("b.md"),
        "c.md": make_card("c.md"),
    }
    head = make_passage("My blog, 4 April 2025", "b.md", ordinal=1)
    late = make_passage("By 4 May 2026", "c.md", ordinal=9)
    assert date_documents(cards, [head, late]) == {"a.md": "2023-05-17", "b.md": "2025-04-04"}


@cases(
    ("typed", "over_time"),
    [
        ("is it still so", True),
        ("what has changed since the letter", True),
        ("what was it in 2022", True),
        ("is it done", False),
        ("who leads the work", False),
    ],
)
def test_a_question_that_asks_of_now_or_of_a_change_is_one_over_time(typed: str, over_time: bool) -> None:
    assert asks_over_time(ask(typed)) is over_time
