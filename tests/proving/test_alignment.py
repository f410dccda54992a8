"""What may be left out of a cited sentence, and what may be put in its place."""

import pytest

from askpcc.proving import Cited, Grounds, find_flaw, is_counted, is_part_of
from askpcc.text.forces import load_forces
from support.cases import cases

FORCES = load_forces().with_extra(["Borsetshire Police", "Midsomer Constabulary"])
ABOUT = (
    ("title", "Response of the Police and Crime Commissioner to the inspection of custody"),
    ("force", "Borsetshire Police"),
    ("from", "Perpetua Quill, Police and Crime Commissioner"),
)


def ground(*sentences: str, about: tuple[tuple[str, str], ...] = ABOUT) -> Grounds:
    """Return sentences that stand one behind the other in a paragraph of Borsetshire's."""
    cited, at = [], 0
    for words in sentences:
        cited.append(
            Cited(
                words,
                "a.md",
                1,
                "Borsetshire Police",
                about=about,
                start=at,
                end=at + len(words),
                begins=not at or "|" in words,
            )
        )
        at += len(words) + 1
    return Grounds(tuple(cited), FORCES)


PROVED: list[tuple[str, list[str], str]] = [
    (
        "word for word",
        ["The heating of all 19 cells has been repaired."],
        "The heating of all 19 cells has been repaired.",
    ),
    ("a part behind a comma goes", ["The cells are heated, which took a year."], "The cells are heated."),
    (
        "a second clause goes",
        ["The cells are heated, and the nurses begin in June."],
        "The cells are heated.",
    ),
    ("a reason goes", ["The cells are heated because inspectors asked for it."], "The cells are heated."),
    ("what announces goes", ["I am pleased to report that the cells are heated."], "The cells are heated."),
    ("a connective goes", ["However, the cells are therefore heated."], "The cells are heated."),
    ("a date alone goes", ["The cells were heated on 3 May 2024."], "The cells were heated."),
    ("the number of a paragraph goes", ["2.14 The cells are heated."], "The cells are heated."),
    (
        "it is named",
        ["The new heating cost £40,000.", "It was put in by June."],
        "The new heating was put in by June.",
    ),
    ("I am named", ["I have paid for the heating."], "The Commissioner has paid for the heating."),
    ("we are named", ["We have repaired the cells."], "Borsetshire Police has repaired the cells."),
    (
        "the label above stands in front",
        ["Cells (AFI 3).", "Forty have been repaired."],
        "Cells (AFI 3): Forty have been repaired.",
    ),
    (
        "two neighbours stand together",
        ["The cells are heated.", "They were cold."],
        "The cells are heated. They were cold.",
    ),
    (
        "a column is told",
        ["Matter | Owner | Due", "Cells | Otto Teal | June 2024"],
        "Cells: Owner: Otto Teal",
    ),
    (
        "the other label of a row is told",
        ["AFI 3 | Cells | Done | Done | -"],
        "Cells (AFI 3): Done",
    ),
    (
        "a label that names a sort of text gives way to the matter",
        ["Cells (AFI 3).", "Response: Forty have been repaired."],
        "Cells (AFI 3): Forty have been repaired.",
    ),
    (
        "a title before its sentence goes",
        ["Showers (AFI 3) The force was asked for showers.", "It has built four."],
        "The force was asked for showers. It has built four.",
    ),
    (
        "a whole sentence stands before another",
        ["The cells were to be heated.", "Response: Forty have been."],
        "The cells were to be heated. Response: Forty have been.",
    ),
    (
        "a whole row is told",
        ["AFI 3 | Cells | Otto Teal | June 2024 | Forty are heated."],
        "AFI 3 | Cells | Otto Teal | June 2024 | Forty are heated.",
    ),
    (
        "there is a place",
        ["A nurse sat in the control room.", "A call waited there."],
        "A call waited in the control room.",
    ),
    (
        "only of another cell limits nothing here",
        ["AFI 3 | Kits in every car | Cars of one unit only.", "The force thinks it good."],
        "Kits in every car: The force thinks it good.",
    ),
    (
        "the words of a status go between two cells",
        ["FL1 | Clear the backlog | Otto Teal | In progress | Down to 612."],
        "Clear the backlog: Down to 612.",
    ),
    (
        "a paragraph's number before a quotation goes",
        ["They were asked to train.", '2.4.2 "Nine hold it.'],
        "They were asked to train. Nine hold it.",
    ),
    (
        "the first of two clauses goes",
        ["He said that the nurses begin in June, and that the cells are heated."],
        "He said that the cells are heated.",
    ),
]


@pytest.mark.parametrize(("sentences", "text"), [one[1:] for one in PROVED], ids=[one[0] for one in PROVED])
def test_what_changes_nothing_is_proved(sentences: list[str], text: str) -> None:
    assert find_flaw(text, None, ground(*sentences)) is None


REFUSED: list[tuple[str, list[str], str]] = [
    ("another word", ["The cells are heated."], "The cells are cooled."),
    ("one more word", ["The cells are heated."], "The cells are fully heated."),
    ("not is gone", ["The cells are not heated."], "The cells are heated."),
    ("a place is gone", ["The cells in Borchester are heated."], "The cells are heated."),
    (
        "a place at the beginning is gone",
        ["At two stations, Dray and Hask, there is no nurse."],
        "There is no nurse.",
    ),
    ("a condition is gone", ["If the money comes, the cells will be heated."], "The cells will be heated."),
    (
        "a condition behind is gone",
        ["The cells will be heated while money lasts."],
        "The cells will be heated.",
    ),
    ("a hope is gone", ["I hope that the cells will be heated."], "The cells will be heated."),
    ("an exception is gone", ["Every cell is heated;90;every cell bar two"], "Every cell is heated."),
    ("an alternative is gone", ["An officer, or a partner, sees each child."], "An officer sees each child."),
    ("together is gone", ["We mean the force and the Mayor together."], "We mean the force."),
    ("will is was", ["The cells will be heated."], "The cells were heated."),
    ("one is several", ["The recommendation is complete."], "The recommendations are complete."),
    (
        "values change places",
        ["It fell from 40 in May to 9 in June."],
        "It fell from 9 in May to 40 in June.",
    ),
    (
        "the words of a bracket move",
        ["Good in two areas, poor in one (custody)."],
        "Good in two areas (custody), poor in one.",
    ),
    (
        "subject of one, verb of another",
        ["The nurses begin in June.", "The cells are heated."],
        "The nurses are heated.",
    ),
    ("another row's owner", ["Cells | Otto Teal | June", "Nurses | Ann Ash | May"], "Cells: Ann Ash, June"),
    (
        "I am somebody else",
        ["The Chief Constable is Ann Ash.", "I paid for it."],
        "The Chief Constable paid for it.",
    ),
    ("we are the Commissioner", ["We have repaired the cells."], "The Commissioner has repaired the cells."),
    ("another force", ["We have repaired the cells."], "Midsomer Constabulary has repaired the cells."),
    (
        "she is the second of two",
        ["The Commissioner met the Chief Constable.", "She has resigned."],
        "The Chief Constable has resigned.",
    ),
    ("the date of the document", ["The cells are heated."], "On 3 May 2024 the cells are heated."),
    ("since when is gone", ["Every cell has been heated since 1 July."], "Every cell has been heated."),
    (
        "half a sentence before another",
        ["In August 212 visits were overdue.", "In June it was 97."],
        "In August 212 visits. In June it was 97.",
    ),
    (
        "a due date seems to date the next cell",
        ["AFI 3 | Cells | Otto Teal | June 2024 | Forty are heated."],
        "Cells (AFI 3): June 2024: Forty are heated.",
    ),
    (
        "what the inspectorate did is left out of a row",
        ["AFI 3 | Cells | Late | Closed by HMICFRS.", "Forty are heated."],
        "Cells: Late. Forty are heated.",
    ),
    (
        "what is said of a bracket's word is gone",
        ["HMICFRS confirmed that AFI 3 (cells) was discharged."],
        "HMICFRS confirmed AFI 3 (cells).",
    ),
    (
        "here is no deed",
        ["Body armour.", "Ordered.", "60 of 140 sets here."],
        "Body armour: 60 of 140 sets ordered.",
    ),
    (
        "this is not the last thing named",
        ["The force agreed that the sergeant makes the call.", "This is in place."],
        "The sergeant is in place.",
    ),
    (
        "their is not whoever comes last",
        ["You said that leaders cared about children, and that their message was not heard."],
        "You said that children's message was not heard.",
    ),
    (
        "the second half of what somebody did is gone",
        ["I went in against that view and came out in favour of it."],
        "I went in against that view.",
    ),
    (
        "cells are read as one",
        ["RP4 | Guidance | Not applicable | - | For the Department for Transport."],
        "RP4 | Guidance | Not applicable for the Department for Transport.",
    ),
    (
        "a result stands without what it is of",
        ["New doors were fitted at Dray, so that talks can no longer be overheard."],
        "Talks can no longer be overheard.",
    ),
    ("a doubt is gone", ["Officers are trained, it is hoped."], "Officers are trained."),
    (
        "what takes it back is gone",
        ["The cells were heated; this was later reversed."],
        "The cells were heated.",
    ),
    (
        "a limit behind a semicolon is gone",
        ["The cells are heated; however, not at Dray."],
        "The cells are heated.",
    ),
    ("late is gone", ["It came on 2 September, five weeks late."], "It came on 2 September."),
    (
        "words of one sentence in another order",
        ["The university has a contract to see ten plans and has sent back two."],
        "The university has sent back a contract to see ten plans.",
    ),
    ("I in a quotation", ['"I do not intend to do this.'], "The Commissioner does not intend to do this."),
    (
        "a sentence without a verb that is known is no signature",
        ["The Chief Constable calls this done.", "I have told her no."],
        "The Chief Constable has told her no.",
    ),
    (
        "a reason gets another thing to explain",
        ["I am content with that.", "I can say no more, because a claim is before the court."],
        "I am content with that, because a claim is before the court.",
    ),
    (
        "the label of another row",
        ["AFI 3 | Cells | Done | Done | -", "AFI 4 | Nurses | Late | Late | -"],
        "Cells (AFI 4): Done",
    ),
    (
        "a condition for both clauses goes",
        ["He said that if the money comes, and that soon, the cells will be heated."],
        "He said that the cells will be heated.",
    ),
    (
        "a verb of the second clause gets the subject of none",
        ["He said that the nurses and the force were late."],
        "He said the force were late.",
    ),
]


def test_a_cell_in_the_middle_of_a_row_stands_under_its_own_head() -> None:
    head, row = "Ref | Subject | Owner | Due", "AFI 3 | Cells | Otto Teal is on leave."
    cited = (
        Cited(head, "a.md", 1, end=len(head), begins=True),
        Cited(row, "a.md", 2, start=40, end=40 + len(row), begins=True),
        Cited("June 2024", "a.md", 2, start=120, end=129, cell=3),
    )
    assert find_flaw("Cells (AFI 3): Due: June 2024", None, Grounds(cited, FORCES)) is None
    assert find_flaw("Cells (AFI 3): Owner: June 2024", None, Grounds(cited, FORCES)) is not None


@pytest.mark.parametrize(("sentences", "text"), [one[1:] for one in REFUSED], ids=[one[0] for one in REFUSED])
def test_what_changes_something_is_refused(sentences: list[str], text: str) -> None:
    assert find_flaw(text, None, ground(*sentences)) is not None


def test_whose_i_is_is_not_known_where_a_chief_officer_writes_too() -> None:
    about = (("title", "Response of the Commissioner, with the Chief Constable's comments"), *ABOUT[1:])
    grounds = ground("I have paid for the heating.", about=about)
    assert find_flaw("The Commissioner has paid for the heating.", None, grounds) is not None


@cases("answer", ["Otto Teal", "by Otto Teal"])
def test_a_value_that_stands_in_a_sentence_is_a_part_of_it(answer: str) -> None:
    assert is_part_of(answer, "The work was led by Otto Teal from 3 May 2024 on.", ground("x"))


def test_a_date_behind_from_is_limited() -> None:
    assert not is_part_of("3 May 2024", "The work was led by Otto Teal from 3 May 2024 on.", ground("x"))


@cases(
    "answer", ["40 cells", "the cells are heated", "19 cells are cold and heated and new and clean and dry"]
)
def test_what_is_limited_is_no_part(answer: str) -> None:
    words = "About 40 cells are new; I hope that the cells are heated."
    assert not is_part_of(answer, words, ground("x"))


def test_a_difference_is_counted_from_numbers_of_the_sentences() -> None:
    grounds = ground("Of 212 cells 105 are heated.")
    assert is_counted("107 (212 less 105)", grounds)
    assert not is_counted("108 (212 less 105)", grounds)
    assert not is_counted("17 (12 plus 5)", grounds)
