"""Lists that only number their matters: under which titles, and what they are not."""

from support.cases import cases
from support.status_cases import read_words

HEAD = "# Netherby Police: the Commissioner's response\n\n"
LIST = (
    "1. By June 2031, the force should repair its vans.\n\n   They have been.\n\n"
    "2. The force should feed its dogs.\n\n   They will be.\n"
)


def items(text: str, path: str = "netherby.md") -> list[tuple[str, ...]]:
    _, passages = read_words(path, HEAD + text)
    return [passage.items for passage in passages][1:]


NUMBERED = [
    ("recommendation 1",),
    ("recommendation 1",),
    ("recommendation 2",),
    ("recommendation 2",),
]


@cases(
    "title",
    [
        "## Recommendations\n\n",
        "## The recommendations\n\n",
        "## Recommendations and our response\n\n",
        "The report makes two recommendations:\n\n",
    ],
)
def test_a_list_under_a_title_of_its_kind_is_numbered_by_its_numbers(title: str) -> None:
    assert items(title + LIST)[-4:] == NUMBERED


def test_the_kind_is_that_of_the_title() -> None:
    found = items("## Areas for improvement\n\n" + LIST)
    assert found[-1] == ("area for improvement 2",)


def test_paragraphs_of_a_text_are_numbered_so_too() -> None:
    text = "Netherby\n\nThe report makes two recommendations:\n\n" + LIST.replace("   ", "")
    _, passages = read_words("netherby.txt", text)
    assert [passage.items for passage in passages][-4:] == NUMBERED


@cases(
    "text",
    [
        LIST,
        "## Background\n\n" + LIST,
        "## Recommendations\n\n1. I welcome the report.\n\n2. I thank the force.\n",
        "## Recommendations\n\n" + LIST.replace("1. ", "3. ").replace("2. ", "5. "),
    ],
    ids=["no title", "another title", "numbered paragraphs of a letter", "numbers that do not begin with 1"],
)
def test_any_other_list_numbers_no_matter(text: str) -> None:
    assert all(found == () for found in items(text))


def test_a_list_beneath_a_numbered_matter_keeps_that_number() -> None:
    text = "## Recommendation 7\n\nThe force should:\n\n1. count its vans, which must be clean\n2. count pigs"
    assert set(items(text)[1:]) == {("recommendation 7",)}


def test_numbered_headings_that_demand_are_matters_where_the_document_counts_them() -> None:
    text = (
        "The report makes two recommendations. We agree.\n\n"
        "## 1. The force should repair its vans.\n\nThey have been.\n\n"
        "## 2. The force should feed its dogs.\n\nThey will be.\n"
    )
    assert items(text)[-4:] == NUMBERED


def test_numbered_headings_of_a_letter_are_no_matters() -> None:
    assert all(found == () for found in items("## 1. Introduction\n\nWe agree.\n\n## 2. Next\n\nWe wait.\n"))


def test_a_row_that_names_its_matter_opens_it_for_the_rows_beneath() -> None:
    table = "| Recommendation | Recommendation 3 |\n|---|---|\n| Status | Complete |\n"
    assert items(table)[-2:] == [("recommendation 3",), ("recommendation 3",)]


def test_a_count_of_matters_makes_no_matters_of_a_list_under_another_heading() -> None:
    text = (
        "The report made two recommendations, which the force accepts.\n\n## Next steps of my office\n\n"
        "1. My office should move by June.\n\n2. The website has been renewed.\n"
    )
    assert all(found == () for found in items(text))
