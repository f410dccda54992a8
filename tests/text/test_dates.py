"""Dates are found as British offices write them, with the words that say them."""

from datetime import date

from askpcc.model import Span
from askpcc.text.dates import (
    FoundDate,
    day_count_deadline,
    find_dates,
    parse_date,
    show_date,
)
from support.cases import cases


@cases(
    ("text", "words", "value"),
    [
        ("on 6 June 2023.", "6 June 2023", "2023-06-06"),
        ("11<sup>th</sup> May 2022", "11<sup>th</sup> May 2022", "2022-05-11"),
        ("**6 June 2023**", "6 June 2023", "2023-06-06"),
        ("the 2nd of February, 2024", "2nd of February, 2024", "2024-02-02"),
        ("the 2nd day of May 2020", "2nd day of May 2020", "2020-05-02"),
        ("8th March 2023", "8th March 2023", "2023-03-08"),
        ("in Sept 2021", "Sept 2021", "2021-09"),
        ("in Sept. 2021", "Sept. 2021", "2021-09"),
        ("by may 2022", "may 2022", "2022-05"),
        ("2 February\n2022", "2 February\n2022", "2022-02-02"),
        ("> 2 February\n> 2022", "2 February\n> 2022", "2022-02-02"),
        ("6&nbsp;June&nbsp;2023", "6&nbsp;June&nbsp;2023", "2023-06-06"),
        ("6 June \u201923", "6 June \u201923", "2023-06-06"),
        ("May 11, 2022", "May 11, 2022", "2022-05-11"),
        ("Monday, 5th June 2023", "5th June 2023", "2023-06-05"),
        ("between 11 and 22 October 2021", "22 October 2021", "2021-10-22"),
        ("6\u20138 June 2023", "8 June 2023", "2023-06-08"),
        ("03/04/2017", "03/04/2017", "2017-04-03"),
        ("3-4-2017", "3-4-2017", "2017-04-03"),
        ("03.04.17", "03.04.17", "2017-04-03"),
        ("01/02/99", "01/02/99", "1999-02-01"),
        ("2023-06-06T09:30", "2023-06-06", "2023-06-06"),
        ("29 February 2024", "29 February 2024", "2024-02-29"),
    ],
)
def test_date_is_found_with_its_words_in_british_order(text: str, words: str, value: str) -> None:
    (found,) = find_dates(text)
    assert (found.span.of(text), found.value, found.doubtful) == (words, value, False)


@cases(
    "text",
    ["31/02/2020", "45 May", "45 May 2020", "29 February 2023", "06/25/2023", "31 November", "6 June 202"],
)
def test_impossible_date_is_doubtful_and_not_corrected(text: str) -> None:
    assert find_dates(text) == [FoundDate(Span(0, len(text)), None, doubtful=True)]


@cases(
    "text",
    [
        "6 June",
        "2023",
        "by 2026",
        "the year 2021/22",
        "24/7",
        "section 2.10.15",
        "you may 20 times march on",
        "2 February\n\n2022",
        "999 or 101 calls",
        "https://example.org/2023/06/06/page",
        "Marches 2022",
    ],
)
def test_what_is_no_full_date_is_left_alone(text: str) -> None:
    assert find_dates(text) == []


def test_dates_come_in_the_order_of_the_text_without_overlap() -> None:
    text = "03/04/2017, then 1 May 2018, then June 2019"
    assert [found.value for found in find_dates(text)] == ["2017-04-03", "2018-05-01", "2019-06"]


def test_bare_years_are_found_when_asked_for_outside_of_dates() -> None:
    found = find_dates("by 2026, after 1 May 2018 and in 2020/21", years=True)
    assert [each.value for each in found] == ["2026", "2018-05-01"]


@cases(
    ("words", "value"),
    [
        (" 6 June 2023 ", "2023-06-06"),
        ("2023-06", "2023-06"),
        ("2023", "2023"),
        ("2023-13", None),
        ("2023-02-31", None),
        ("31 February", None),
        ("on 6 June 2023", None),
        ("", None),
    ],
)
def test_words_that_are_one_date_become_its_value(words: str, value: str | None) -> None:
    assert parse_date(words) == value


def test_day_of_publication_is_the_first_of_the_56() -> None:
    assert day_count_deadline(date(2023, 6, 6)) == date(2023, 7, 31)


def test_other_numbers_of_days_count_the_same_way() -> None:
    assert day_count_deadline(date(2017, 3, 1), days=30) == date(2017, 3, 30)


@cases(
    ("iso", "shown"),
    [
        ("2023-06-06", "6 June 2023"),
        ("2022-05", "May 2022"),
        ("2022", "2022"),
        ("56 days", "56 days"),
        ("2022-13", "2022-13"),
    ],
)
def test_iso_date_is_shown_as_people_write_it(iso: str, shown: str) -> None:
    assert show_date(iso) == shown
