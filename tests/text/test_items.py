"""References by number, as people and documents write them."""

from hypothesis import given
from hypothesis import strategies as st

from askpcc.text.references import (
    AREA_FOR_IMPROVEMENT,
    CAUSE_OF_CONCERN,
    RECOMMENDATION,
    find_items,
    without_items,
)
from support.cases import cases

ONE = (
    *("recommendation 5", "Recommendation 5:", "RECOMMENDATION 5", "rec 5", "rec. 5", "rec5", "recs 5"),
    *(
        "recommendation no. 5",
        "recommendation number 5",
        "rec #5",
        "Recommendation (5)",
        "recommendation five",
    ),
    *("recomendation 5", "reccomendation 5", "reccommendation 5", "recommendation 05"),
)
OTHERS = {
    "AFI 2": ["area for improvement 2"],
    "area for improvement two": ["area for improvement 2"],
    "AFIs 1/2": ["area for improvement 1", "area for improvement 2"],
    "cause of concern 1": ["cause of concern 1"],
    "CoC 1": ["cause of concern 1"],
    "causes for concern 1 and 2": ["cause of concern 1", "cause of concern 2"],
    "Recommendation 5a": ["recommendation 5a"],
    "Recommendation 2 and AFI 2": ["recommendation 2", "area for improvement 2"],
    "recs 10 and 22": ["recommendation 10", "recommendation 22"],
    "recommendations 1, 2, and 4": ["recommendation 1", "recommendation 2", "recommendation 4"],
    "recommendation 1 or 2": ["recommendation 1", "recommendation 2"],
    "recommendations 3 to 5": ["recommendation 3", "recommendation 4", "recommendation 5"],
    "recs 3–5 & 9": ["recommendation 3", "recommendation 4", "recommendation 5", "recommendation 9"],
    "recommendation 3 to 900": ["recommendation 3", "recommendation 900"],
    "recommendation 5 and recommendation 5": ["recommendation 5"],
}
NONE = (
    *(
        "the recommendations",
        "17 recommendations",
        "recommendations (17 in all)",
        "record 5",
        "a recommendation",
    ),
    *("recommendation 2023", "rec 5th", "recommendations, 10 of which are done", "two areas for improvement"),
    *("", "recommendation 50%", "AFI"),
)


@cases("text", ONE)
def test_one_recommendation_is_written_in_many_ways(text: str) -> None:
    assert find_items(text) == ("recommendation 5",)


@cases("text", OTHERS)
def test_kinds_lists_and_ranges_are_read(text: str) -> None:
    assert list(find_items(text)) == OTHERS[text]


@cases("text", NONE)
def test_what_is_no_reference_is_left(text: str) -> None:
    assert find_items(text) == ()


def test_a_share_is_no_recommendation() -> None:
    assert find_items("recommendation 5 and 10 per cent of cases") == ("recommendation 5",)


def test_a_text_without_its_items_keeps_its_quantities() -> None:
    assert without_items("Under recommendations 3 and 4 some 12 officers were trained.").split() == (
        "Under some 12 officers were trained.".split()
    )


KINDS = st.sampled_from([RECOMMENDATION, AREA_FOR_IMPROVEMENT, CAUSE_OF_CONCERN])
ITEMS = st.lists(st.tuples(KINDS, st.integers(1, 999)), unique=True, max_size=8)


@given(ITEMS)
def test_what_is_found_can_be_written_and_found_again(items: list[tuple[str, int]]) -> None:
    written = [f"{kind} {number}" for kind, number in items]
    assert list(find_items(". ".join(written))) == written


@given(KINDS, st.lists(st.integers(1, 999), unique=True, min_size=1, max_size=8))
def test_a_list_of_numbers_shares_its_kind(kind: str, numbers: list[int]) -> None:
    *most, last = map(str, numbers)
    listed = f"{', '.join(most)} and {last}" if most else last
    assert list(find_items(f"{kind}s {listed}" if kind == RECOMMENDATION else f"{kind} {listed}")) == [
        f"{kind} {number}" for number in numbers
    ]
