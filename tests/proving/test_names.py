"""Lines that name matters, and whether a statement is of them."""

from askpcc.proving import Cited, Grounds, is_named, read_matters
from askpcc.text.forces import load_forces
from support.cases import cases

FORCES = load_forces()


def is_of(line: str, statement: str, *items: str) -> bool:
    """Tell whether a statement on the words of a row names all that a line names."""
    grounds = Grounds((Cited(statement, "a.md", items=items, heading="Custody"),), FORCES)
    matters = read_matters(line, FORCES)
    return bool(matters) and all(is_named(one, statement, grounds) for one in matters)


def test_a_line_is_read_as_numbers_and_words() -> None:
    read = read_matters("AFI 1 (crime recording) and recommendations 3 and 4", FORCES)
    assert [(set(one.items), one.rows) for one in read] == [
        ({"area for improvement 1"}, ("crime recording",)),
        ({"recommendation 3"}, ()),
        ({"recommendation 4"}, ()),
    ]


@cases("line", ["AFI 1 was completed", "Recommendation 3 has not begun", ";", ""])
def test_what_states_something_names_nothing(line: str) -> None:
    assert read_matters(line, FORCES) == ()


@cases("line", ["AFI 3", "AFI 3 (cells)", "Cells", "Custody: cells", "AFI 3 (cells, done)"])
def test_what_a_statement_has_is_named(line: str) -> None:
    assert is_of(line, "Cells (AFI 3): Done", "area for improvement 3")


@cases("line", ["AFI 4", "AFI 3 (nurses)", "AFI 3 (not done)", "AFI 3 and AFI 4", "Done cells"])
def test_what_a_statement_does_not_have_is_not_named(line: str) -> None:
    assert not is_of(line, "Cells (AFI 3): Done", "area for improvement 3")


def test_the_words_of_another_number_are_not_of_this_one() -> None:
    statement = "AFI 3 is done and AFI 4 is late"
    assert not is_of("AFI 3 (late)", statement)
    assert is_of("AFI 3 and AFI 4", statement)


def test_what_is_limited_is_not_named() -> None:
    assert not is_of("AFI 3 (done)", "Cells (AFI 3): Not done", "area for improvement 3")
