"""A document in portions: what a language model is shown of it, each sentence once."""

from askpcc.statuses import Portion, read_portions
from support.status_cases import read_words

HEAD = "# Netherby Police: the Commissioner's response\n\nDated 3 May 2031.\n\n"


def portions(text: str, path: str = "netherby.md") -> list[Portion]:
    return read_portions(*read_words(path, HEAD + text))


def words(text: str) -> list[list[str]]:
    return [[place.words for place in portion.places] for portion in portions(text)]


def test_what_stands_under_a_heading_is_a_portion_with_it() -> None:
    assert words("## Vans\n\nThey run. They shine.\n\n## Dogs\n\nThey bark.\n")[-2:] == [
        ["Vans", "They run.", "They shine."],
        ["Dogs", "They bark."],
    ]


def test_a_portion_knows_the_headings_above_it() -> None:
    assert portions("## Vans\n\n### Repairs\n\nThey run.\n")[-1].titles[-2:] == ("Vans", "Repairs")


def test_a_long_section_is_cut_between_lines_and_loses_nothing() -> None:
    lines = [f"Cell {n} is cold, and has been cold for as long as anybody can remember." for n in range(200)]
    made = portions("## Cells\n\n" + "\n\n".join(lines) + "\n")
    assert len(made) > 3
    assert [place.words for portion in made for place in portion.places][-200:] == lines


def test_a_bullet_is_shown_with_what_introduces_it() -> None:
    places = portions("These are complete:\n\n- the vans\n- the dogs\n")[-1].places
    assert [(place.words, place.lead) for place in places[-2:]] == [
        ("the vans", "These are complete:"),
        ("the dogs", "These are complete:"),
    ]


def test_the_cells_of_a_row_stand_apart_under_the_heads_of_their_columns() -> None:
    table = "| No | Matter | Update |\n|---|---|---|\n| 1 | Vans | They run. They shine. |\n"
    places = portions(table)[-1].places
    assert [(place.row, place.column, place.words) for place in places if place.row == 2] == [
        (2, "No", "1"),
        (2, "Matter", "Vans"),
        (2, "Update", "They run."),
        (2, "Update", "They shine."),
    ]


def test_sentences_are_numbered_through_from_where_they_are_told_to() -> None:
    part = portions("## Vans\n\nThey run. They shine.\n")[-1].as_part(7)
    assert [(one.number, one.words) for one in part.sentences] == [
        (7, "Vans"),
        (8, "They run."),
        (9, "They shine."),
    ]


def test_the_places_are_those_of_the_stored_text() -> None:
    document, passages = read_words("netherby.md", HEAD + "## Vans\n\nThe **vans** run. They shine.\n")
    places = [place for portion in read_portions(document, passages) for place in portion.places]
    assert "The **vans** run." in [place.span.of(document.text) for place in places]


def test_damaged_text_without_an_end_is_not_shown() -> None:
    assert words("## Vans\n\n" + "x" * 2_500 + "\n\nThey run.\n")[-1] == ["Vans", "They run."]


def test_a_paragraph_without_an_end_is_cut_between_sentences() -> None:
    made = portions("The cells are cold and wet and smell of paint. " * 400 + "\n")
    assert max(sum(len(place.words) for place in portion.places) for portion in made) <= 3_100
