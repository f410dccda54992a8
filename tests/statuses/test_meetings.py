"""What minutes tell is dated by their meeting; no other document has one."""

from support.cases import cases
from support.scripted_reader import Says, scripted
from support.status_cases import read_words

DONE = "\n\nReport: An inspection of Netherby Police, published 6 June 2023\n\nThe vans have been repaired.\n"
READER = scripted({"The vans have been repaired.": Says("complete")})
HEADS = [
    ("# Minutes of the meeting held on 14 May 2024", ("2024-05-14", "meeting held")),
    ("# Netherby Police and Crime Panel: minutes\n\nDate: 14 May 2024", ("2024-05-14", "meeting held")),
    ("# Draft minutes\n\n**Tuesday 14 May 2024, 10 am**", ("2024-05-14", "meeting held")),
    (
        "# Minutes\n\nThe minutes of the last meeting, held on 5 March 2024, lie before us.",
        ("2023-06-06", "report published"),
    ),
    (
        "# Netherby's response\n\nThe meeting held on 14 May 2024 was minuted.",
        ("2023-06-06", "report published"),
    ),
]


@cases(("head", "expected"), HEADS)
def test_minutes_date_what_they_tell_by_their_meeting(head: str, expected: tuple[str, str]) -> None:
    assert {
        (claim.as_of, claim.as_of_from) for claim in READER.claims(*read_words("netherby.md", head + DONE))
    } == {expected}
