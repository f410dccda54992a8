"""Which document of a force answers what is so now."""

from askpcc.asking.recency import asks_now, date_documents, put_newest_first
from support.cases import cases
from support.found import ask, make_card, make_passage, make_ranked

OLD, NEW = make_passage("The wait is long.", "old.md"), make_passage("The wait is short.", "new.md")
CARDS = {path: make_card(path, "Midsomer Constabulary") for path in ("old.md", "new.md")}
DATES = {"old.md": "2022-06-28", "new.md": "2025-04-04"}


def first(typed: str, behind: float = 0.3, dates: dict[str, str] | None = None, context: float = 1.0) -> str:
    newer = make_ranked(NEW, 3.0 - behind, context=context)
    found = [make_ranked(OLD, 3.0, context=1.0), newer]
    return put_newest_first(ask(typed), found, CARDS, dates or DATES)[0].sentence.passage.document


def test_the_newer_of_two_that_fit_answers_what_is_so_now() -> None:
    assert first("what is the wait now in midsomer") == "new.md"


@cases("typed", ["what is the wait in midsomer", "what was the wait in 2022, still long"])
def test_the_likelier_answers_where_now_is_not_asked(typed: str) -> None:
    assert first(typed) == "old.md"


def test_a_newer_one_that_fits_less_does_not_come_first() -> None:
    assert first("what is the wait now", behind=1.5) == "old.md"
    assert first("what is the wait now", context=0.1) == "old.md"


def test_an_undated_document_keeps_its_place() -> None:
    assert first("what is the wait now", dates={"new.md": "2025-04-04"}) == "old.md"


def test_a_document_is_dated_by_its_facts_or_by_the_first_date_at_its_head() -> None:
    cards = {
        "a.md": make_card("a.md", responded="2023-05-17"),
        "b.md": make_card("b.md"),
        "c.md": make_card("c.md"),
    }
    head = make_passage("My blog, 4 April 2025", "b.md", ordinal=1)
    late = make_passage("By 4 May 2026", "c.md", ordinal=9)
    assert date_documents(cards, [head, late]) == {"a.md": "2023-05-17", "b.md": "2025-04-04"}


def test_what_was_asked_of_then_is_not_now() -> None:
    assert asks_now(ask("is it still so"))
    assert not asks_now(ask("what has changed, is it still so"))
