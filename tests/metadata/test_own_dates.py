"""The day of a document that is no dated response, and its force where only its file's name tells it."""

from pathlib import PurePath

from askpcc.app.flows import build_reader
from askpcc.model import Document, FactName, Source
from support.cases import cases

BODY = """

The backlog of visits in Netherby stood at 40 when inspectors came on 2 March 2030. It has been cleared.

The Commissioner will look at it again by 1 December 2032.
"""


def read(text: str, path: str = "paper.md") -> Document:
    return build_reader()(path, text.encode(), Source())


def find(text: str, name: FactName, path: str = "paper.md") -> str | None:
    fact = read(text, path).fact(name)
    return fact.value if fact else None


@cases(
    ("head", "day"),
    [
        ("Minutes of a meeting held in the Guildhall, Netherby, on Tuesday 4 February 2031", "2031-02-04"),
        ("## Joint Audit Committee, 24 September 2031 - Agenda item 9", "2031-09-24"),
        ("*Issue 31 - 28 February 2031*", "2031-02-28"),
        ("Last updated: 17 January 2031", "2031-01-17"),
        ("**Page last edited:** 20/12/2031", "2031-12-20"),
        ("For immediate release: Thursday 12 September 2031", "2031-09-12"),
        ("Report published: 16 March 2031.   This response: 9 May 2031.", "2031-05-09"),
        ("Newsroom \u00bb 29 May 2031", "2031-05-29"),
        ("**Meeting:** Tuesday 23 September 2031, 2.00pm, Netherby", "2031-09-23"),
        ("Tracker for the Board. Position as at 31 August 2031.", "2031-08-31"),
        ("Position at 31 May 2031\n\nNetherby Police and Crime Panel, 14 June 2031", "2031-06-14"),
    ],
)
def test_a_document_is_dated_by_its_head(head: str, day: str) -> None:
    assert find(f"# Visits\n\n{head}\n{BODY}", FactName.DATED) == day


def test_a_page_is_dated_by_its_last_change_wherever_it_stands() -> None:
    assert (
        find(f"# Visits\n{BODY * 20}\nPage last changed 5 May 2031.\n{BODY}", FactName.DATED) == "2031-05-05"
    )


@cases(
    "head",
    [
        "The inspection report came out on 3 April 2031",
        "Inspected between 2 and 13 October 2031",
        "Deadline: 4 May 2031",
        "Response due 22 April 2031",
        "Their letter of 3 May 2031",
        "Quarter 3 (to 31 December 2031)",
        "Netherby Partnership (from 1 June 2031; formerly the Board)",
        "The Home Secretary l4 March 2031",
        "This was said on 3 May 2031",
        "Target 30 September 2031",
        "Next review: 30 September 2031",
        "Due to be reviewed on 4 May 2031",
        "Term of office ends 4 May 2031",
        "Elected 4 May 2031",
        "Custody Order, 1 April 2031",
        "1 April 2030 to 31 March 2031",
        "Minutes, 9 January 2031, for approval",
        "The Board meets again 11 June 2031",
        "1 Letter, Minister for Policing, 3 June 2031",
        "Response to 'Custody: an unequal service', 3 June 2031",
        "Death of a man, 3 June 2031",
        "Date of birth: 4 May 2031",
        "Date of next meeting: 4 May 2031",
        "The Act was last revised on 4 May 2031. Officers know it.",
    ],
)
def test_the_day_of_something_else_dates_nothing(head: str) -> None:
    assert find(f"# Visits\n\n{head}\n{BODY}", FactName.DATED) is None


def test_of_several_changes_the_newest_dates_a_page() -> None:
    head = "Updated 3 June 2031.\n\nUpdated 4 July 2032."
    assert find(f"# Visits\n\n{head}\n{BODY}", FactName.DATED) == "2032-07-04"


def test_the_day_of_a_report_is_no_day_of_the_document() -> None:
    rows = ["| Title of inspection | Visits |", "|---|---|", "| Date inspection published | 4 May 2031 |"]
    form = "\n".join([*rows, "| Dated | 4 May 2031 |"])
    assert find(f"{form}\n{BODY}", FactName.DATED) is None


def test_the_day_of_a_response_leaves_no_other() -> None:
    text = f"# Response of the Commissioner for Netherby\n\n3 May 2031\n\nDear Home Secretary,\n{BODY}"
    assert find(text, FactName.RESPONDED) == "2031-05-03"
    assert find(text, FactName.DATED) is None


def test_the_words_that_date_a_document_are_its_own() -> None:
    document = read(f"# Visits\n\n*Issue 31 - 28 February 2031*\n{BODY}")
    fact = document.fact(FactName.DATED)
    assert fact is not None
    assert fact.span is not None
    assert fact.span.of(document.text) == "Issue 31 - 28 February 2031"


@cases("path", ["netherby-visits-2031.md", "012_Netherby visits.md", "Netherby.md"])
def test_the_name_of_a_file_tells_the_force_where_the_text_has_its_area(path: str) -> None:
    assert find(f"# Visits\n{BODY}", FactName.FORCE, path) == "Netherby Police"


def test_an_office_in_capitals_is_of_the_area_that_the_file_is_named_after() -> None:
    assert find("NETHERBY OPCC\n\nAll is done.\n", FactName.FORCE, "netherby-visits.txt") == "Netherby Police"


def test_a_constabulary_is_named_so() -> None:
    text = f"# Visits\n{BODY}\nThe Constabulary agrees.\n"
    assert find(text, FactName.FORCE, "netherby-visits.md") == "Netherby Constabulary"


ORDINARY = """minutes report national-report review-of-custody march-update children-custody tracker
home-office casey-review"""


@cases("path", [f"{name}.md" for name in ORDINARY.split()])
def test_ordinary_names_of_files_make_no_force(path: str) -> None:
    words = PurePath(path).stem.replace("-", " ").title()
    text = f"# {words}\n\n{words} of the Board. The {words} was sent to {words} and is in {words}.\n"
    assert find(text, FactName.FORCE, path) is None


@cases("path", ["visits-netherby.md", "custody.md", "sutherland-visits.md", "2031.md", "oslo-visits.md"])
def test_other_names_of_files_tell_no_force(path: str) -> None:
    text = f"# Visits\n{BODY}\nDear Mr Sutherland, the custody visits are done. Sutherland agrees.\n"
    assert find(text, FactName.FORCE, path) is None


def test_a_force_that_the_text_names_is_not_overruled_by_the_name_of_the_file() -> None:
    text = "# Visits\n\nVisits in Netherby.\n\nThe Chief Constable of Kelderby Police has cleared them.\n"
    assert find(text, FactName.FORCE, "netherby-visits.md") == "Kelderby Police"


def test_two_words_are_one_area() -> None:
    text = "# Visits\n\nThe backlog in Upper Marrand has been cleared.\n"
    assert find(text, FactName.FORCE, "upper-marrand-visits.md") == "Upper Marrand Police"
