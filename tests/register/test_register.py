"""The rows of the register, what supersedes what, and what is said to be not covered."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from askpcc.chunking import split
from askpcc.errors import SettingsError
from askpcc.metadata import read_document
from askpcc.model import (
    DocumentClaims,
    MatterKind,
    Source,
    Span,
    Speaker,
    Status,
)
from askpcc.register import (
    Choice,
    Register,
    Row,
    build_register,
    build_rows,
    choose,
)
from askpcc.register.rows import read_named
from askpcc.text.forces import load_forces
from support.cases import cases
from support.small_register import entry
from support.status_cases import read_claims

HEAD = ("Force: Borsetshire Police", "Report: Behind closed doors: domestic abuse in Borsetshire")
OLDER = entry(
    "a-2022.md",
    *HEAD,
    "Published: 2022-05-10",
    "Responded: 2022-06-30",
    "recommendation 1 | complete | force | 2022-06-30 | cameras are on",
    "recommendation 2 | planned | commissioner | 2022-06-30 | orders will be sought",
    "recommendation 3 | telling victims of a change of officer",
)
NEWER = entry(
    "b-2024.md",
    "Force: Borsetshire Police",
    "Report: Domestic abuse inspection: where we are now",
    "Responded: 2024-01-16",
    "recommendation 1 | closed | inspectorate | 2024-01-16 | the inspectors closed it",
)


def pick(*entries: DocumentClaims, **wanted: str) -> Register:
    history = wanted.pop("history", "") == "yes"
    return choose(entries, Choice(**wanted, history=history), load_forces())


def summary(rows: list[Row]) -> list[tuple[str, str, str | None]]:
    return [(row.id, str(row.status), row.superseded_by) for row in rows]


def without(*labels: str, of: DocumentClaims = NEWER, path: str = "", **changed: str) -> DocumentClaims:
    """Return a document again without the lines of these labels, and with others changed."""
    lines = [line for line in of.document.text.splitlines() if not line.startswith(labels)]
    for label, value in changed.items():
        lines = [f"{label}: {value}" if line.startswith(f"{label}: ") else line for line in lines]
    return entry(path or of.document.path, *lines)


def test_a_row_has_the_shape_of_the_public_interface() -> None:
    [row, *_] = build_rows([OLDER])
    words = "recommendation 1 | complete | force | 2022-06-30 | cameras are on"
    start = OLDER.document.text.index(words)
    assert row.as_json() == {
        "force": "Borsetshire Police",
        "report": "Behind closed doors: domestic abuse in Borsetshire",
        "document": "a-2022.md",
        "matter": "recommendation 1",
        "number": "1",
        "kind": "recommendation",
        "status": "complete",
        "said_by": "force",
        "as_of": "2022-06-30",
        "due": None,
        "addressee": None,
        "citations": [
            {
                "document": "a-2022.md",
                "version": OLDER.document.version,
                "start": start,
                "end": start + len(words),
                "quote": words,
            }
        ],
        "superseded_by": None,
        "read_by": "taught reader",
    }


def test_a_matter_that_is_only_named_is_not_stated_and_cites_the_words_that_name_it() -> None:
    row = build_rows([OLDER])[2]
    assert (row.id, row.status, row.said_by) == ("a-2022.md#recommendation-3", Status.NOT_STATED, None)
    assert [citation.quote for citation in row.citations] == [
        "recommendation 3 | telling victims of a change of officer"
    ]
    assert row.as_of == "2022-06-30"


def test_claims_on_one_number_are_one_row_with_all_their_evidence() -> None:
    rows = build_rows(
        [
            entry(
                "a.md",
                *HEAD,
                "recommendation 1 | complete | force | | half is done",
                "recommendation 1 | in_progress | force | | half is not",
            )
        ]
    )
    assert [(row.status, len(row.citations)) for row in rows] == [(Status.IN_PROGRESS, 2)]


def test_a_matter_of_several_parts_is_not_complete_because_one_of_them_is() -> None:
    made = entry("a.md", *HEAD, "recommendation 1 | complete | force | | one part", "recommendation 1 | x")
    parts = replace(made, items=(replace(made.items[0], matter="three things", parts=3),))
    assert [[row.status for row in build_rows([one])] for one in (made, parts)] == [
        [Status.COMPLETE],
        [Status.IN_PROGRESS],
    ]


def test_what_the_force_calls_complete_and_the_inspectorate_closed_are_two_rows() -> None:
    rows = build_rows(
        [
            entry(
                "a.md",
                *HEAD,
                "recommendation 1 | closed | inspectorate | | it was closed",
                "recommendation 1 | complete | force | | it is done",
            )
        ]
    )
    assert [(row.said_by, row.status) for row in rows] == [
        (Speaker.FORCE, Status.COMPLETE),
        (Speaker.INSPECTORATE, Status.CLOSED),
    ]
    assert len({row.id for row in rows}) == 1


def test_one_number_of_two_kinds_is_two_matters() -> None:
    rows = build_rows(
        [
            entry(
                "a.md",
                "recommendation 1 | complete | force | | done",
                "area for improvement 1 | planned | force | | later",
            )
        ]
    )
    assert [row.id for row in rows] == ["a.md#recommendation-1", "a.md#area-for-improvement-1"]


def test_matters_without_a_number_are_told_apart_by_their_words() -> None:
    rows = build_rows(
        [
            entry(
                "a.md",
                "control room calls | complete | force | | answered",
                "custody logs | complete | force | | kept",
                "Control room **calls** | complete | force | | answered again",
            )
        ]
    )
    assert [(row.id, len(row.citations)) for row in rows] == [
        ("a.md#control-room-calls", 2),
        ("a.md#custody-logs", 1),
    ]


def test_matters_whose_first_words_are_the_same_have_names_of_their_own() -> None:
    start = "the way in which calls from the public"
    rows = build_rows(
        [
            entry(
                "a.md",
                f"{start} are answered | complete | force | | x",
                f"{start} are graded | planned | force | | x",
            )
        ]
    )
    base = "a.md#the-way-in-which-calls-from-the-public"
    assert [row.id for row in rows] == [base, f"{base}-2"]


def test_a_named_matter_that_a_claim_covers_is_no_row_of_its_own() -> None:
    made = entry("a.md", "cause of concern | in_progress | force | | custody reviews are late")
    [claim] = made.claims
    named = entry("a.md", "cause of concern | custody reviews").items[0]
    covered = replace(made, items=(replace(named, span=Span(5, 20), matter="custody reviews"),))
    assert [(row.kind, row.status) for row in build_rows([covered])] == [
        (MatterKind.CAUSE_OF_CONCERN, claim.status)
    ]


def test_a_newer_document_on_the_same_report_supersedes_by_number() -> None:
    assert summary(build_register([OLDER, NEWER])) == [
        ("b-2024.md#recommendation-1", "closed", None),
        ("a-2022.md#recommendation-1", "complete", "b-2024.md#recommendation-1"),
        ("a-2022.md#recommendation-2", "planned", None),
        ("a-2022.md#recommendation-3", "not_stated", None),
    ]


@cases(
    "newer",
    [
        without(Force="Midsomer Constabulary"),
        without("Force: "),
        without("Responded: "),
        without(Responded="2022"),
        without(Responded="2021-01-16"),
        without(Report="Calls from the public: where we are now"),
        without(Report="Domestic calls"),
        entry("b-2024.md", "Published: 2024-01-09", *NEWER.document.text.splitlines()),
        entry("b-2024.md", "Kind: custody", *NEWER.document.text.splitlines()),
        entry("b-2024.md", *(*NEWER.document.text.splitlines()[:-1], "recommendation 1 | only named")),
        entry(
            "b-2024.md",
            *NEWER.document.text.splitlines()[:-1],
            "area for improvement 1 | closed | inspectorate | | x",
        ),
    ],
    ids=[
        "another force",
        "no force known",
        "no date known",
        "the same year perhaps",
        "an older document",
        "another report",
        "one word of the title in common",
        "a report published later",
        "another kind of report",
        "a document that only names it",
        "another kind of matter",
    ],
)
def test_nothing_else_supersedes(newer: DocumentClaims) -> None:
    kind = without(of=OLDER)
    older = entry("a-2022.md", "Kind: PEEL", *kind.document.text.splitlines())
    assert [row.superseded_by for row in build_register([older, newer])] == [None] * 4


def test_a_number_that_stands_for_other_words_does_not_supersede() -> None:
    older = replace(
        OLDER, claims=(replace(OLDER.claims[0], matter="Recommendation 1: body-worn video"),), items=()
    )
    newer = replace(NEWER, claims=(replace(NEWER.claims[0], matter="Recommendation 1: vetting contractors"),))
    assert [row.superseded_by for row in build_register([older, newer])] == [None, None]


def test_nobodys_own_word_supersedes_the_inspectorates() -> None:
    closed = without(of=NEWER, path="a.md", Responded="2023-01-16")
    later = entry(
        "b.md",
        *NEWER.document.text.splitlines()[:-1],
        "recommendation 1 | complete | force | 2024-01-16 | done",
    )
    assert [row.superseded_by for row in build_register([closed, later])] == [None, None]


def test_the_newest_of_several_supersedes() -> None:
    middle = entry(
        "m-2023.md",
        "Force: Borsetshire Police",
        "Report: Domestic abuse inspection: an update",
        "Responded: 2023-02-01",
        "recommendation 1 | in_progress | force | 2023-02-01 | under way",
    )
    rows = build_register([OLDER, middle, NEWER])
    assert {row.superseded_by for row in rows[1:3]} == {"b-2024.md#recommendation-1"}


@cases(
    ("words", "report", "superseded"),
    [
        ("timeliness of crime recording for offences", "Custody", True),
        ("timeliness of recording for offences", "Custody", False),
        ("timeliness of crime recording for sexual offences", "Behind closed doors: abuse", True),
        ("no timeliness of crime recording for offences", "Custody", False),
    ],
)
def test_words_alone_supersede_only_where_they_are_the_very_same(
    words: str, report: str, *, superseded: bool
) -> None:
    older = entry(
        "a.md",
        *HEAD,
        "Responded: 2022-01-02",
        "timeliness of crime recording for offences | planned | force | | x",
    )
    newer = entry(
        "b.md",
        HEAD[0],
        f"Report: {report}",
        "Responded: 2023-01-02",
        f"{words} | complete | force | | x",
    )
    marks = {row.response.document: row.superseded_by for row in build_register([older, newer])}
    assert (marks["a.md"] is not None) is superseded


def test_rows_come_newest_first_and_undated_last() -> None:
    undated = entry("c.md", "Force: Borsetshire Police", "custody | planned | force | | x")
    assert [row.response.document for row in build_register([undated, OLDER, NEWER])][::4] == [
        "b-2024.md",
        "c.md",
    ]


def test_superseded_rows_are_shown_with_the_history_only() -> None:
    shown = pick(OLDER, NEWER)
    assert "a-2022.md#recommendation-1" not in [row.id for row in shown.rows]
    assert "1 superseded by a newer document: --history shows them." in shown.notes
    whole = pick(OLDER, NEWER, history="yes")
    assert len(whole.rows) == len(shown.rows) + 1
    assert not any("--history" in note for note in whole.notes)


@cases("name", ["Borsetshire Police", "borsetshire", "BORSETSHIRE  police"])
def test_a_force_goes_by_any_of_its_names(name: str) -> None:
    other = without(of=OLDER, path="m.md", Force="Midsomer Constabulary")
    assert {row.response.force for row in pick(OLDER, other, force=name).rows} == {"Borsetshire Police"}


@cases(
    ("wanted", "message"),
    [
        ({"force": "Kent"}, r"no force called 'Kent'.*Borsetshire Police"),
        ({"force": "nobody"}, r"no force called 'nobody'"),
        ({"status": "finished"}, r"'finished' is no status.*not_stated"),
        ({"as_of": "soon"}, r"'soon' is no day"),
        ({"as_of": "2024-01"}, r"'2024-01' is no day"),
        ({"as_of": "31 February 2024"}, r"is no day"),
        ({"report": "sheep"}, r"words 'sheep'"),
        ({"report": "?"}, r"words '\?'"),
    ],
)
def test_what_is_unknown_is_told(wanted: dict[str, str], message: str) -> None:
    with pytest.raises(SettingsError, match=message):
        pick(OLDER, **wanted)


@cases("written", ["planned", "PLANNED", " planned "])
def test_rows_of_one_status(written: str) -> None:
    assert [row.status for row in pick(OLDER, status=written).rows] == [Status.PLANNED]


def test_a_status_may_be_written_with_spaces() -> None:
    assert [row.status for row in pick(OLDER, status="not stated").rows] == [Status.NOT_STATED]


@cases("words", ["closed doors", "Doors, closed", "a-2022.md"])
def test_a_report_is_found_by_words_of_its_title_or_of_the_documents_name(words: str) -> None:
    other = without(of=OLDER, path="m.md", Report="Custody")
    rows = pick(OLDER, other, report=words).rows
    assert {row.response.document for row in rows} == {"a-2022.md"}


def test_a_report_brings_what_other_documents_say_of_it() -> None:
    assert [row.id for row in pick(OLDER, NEWER, report="closed doors", status="closed").rows] == [
        "b-2024.md#recommendation-1"
    ]


def test_what_supersedes_counts_also_from_outside_of_the_choice() -> None:
    rows = pick(OLDER, NEWER, status="complete").rows
    assert rows == []


def test_the_register_of_an_earlier_day_knows_nothing_later() -> None:
    assert summary(list(pick(OLDER, NEWER, as_of="2023-12-31").rows)) == [
        ("a-2022.md#recommendation-1", "complete", None),
        ("a-2022.md#recommendation-2", "planned", None),
        ("a-2022.md#recommendation-3", "not_stated", None),
    ]
    assert pick(OLDER, NEWER, as_of="16 January 2024").rows[0].status is Status.CLOSED


def test_a_claim_of_a_later_date_is_left_out_with_what_names_it() -> None:
    mixed = entry(
        "a.md",
        *HEAD,
        "Responded: 2022-06-30",
        "recommendation 1 | complete | force | 2022-06-30 | x",
        "recommendation 2 | closed | inspectorate | 2022-08-01 | y",
    )
    assert [row.number for row in pick(mixed, as_of="2022-07-01").rows] == ["1"]


def test_a_document_without_a_date_is_said_to_be_undated() -> None:
    undated = without("Responded: ", of=OLDER)
    register = pick(undated, as_of="2022-07-01")
    assert len(register.rows) == 3
    assert "The date of a-2022.md is not known; it may be later than 1 July 2022." in register.notes


def test_a_document_without_a_date_is_later_where_its_claims_are() -> None:
    undated = without("Responded: ", "Published: ", of=OLDER)
    assert pick(undated, as_of="2022-06-01").rows == []


NAMES_ONE = "a.md names 1 matter and says what has become of it; "
COVERAGE = {
    "I was pleased that many of the recommendations are done.": (
        "it speaks of “many of the recommendations” and does not list each of them."
    ),
    "I look forward to hearing of these remaining recommendations.": (
        "it speaks of “these remaining recommendations” and does not list each of them."
    ),
    "HMICFRS made eleven recommendations, and two causes of concern were found.": (
        "it states “eleven recommendations”, of which the register has none; "
        "it states “two causes of concern”, of which the register has none."
    ),
}


@cases(("words", "sentence"), COVERAGE.items())
def test_what_a_document_does_not_list_is_said(words: str, sentence: str) -> None:
    notes = pick(entry("a.md", *HEAD, words, "control room calls | complete | force | | x")).notes
    assert f"{NAMES_ONE}{sentence}" in notes


@cases(
    "words",
    [
        "There are no outstanding recommendations.",
        "HMICFRS made one recommendation.",
        "In 2024 recommendations were few.",
        "Recommendation 5 is next.",
        "Recommendations: local: 4\n\nRecommendations follow.",
        "It was sent on 2024-01-16 recommendations and all.",
    ],
)
def test_what_speaks_of_no_more_is_not_said_to(words: str) -> None:
    notes = pick(entry("a.md", words, "recommendation 1 | complete | force | | x")).notes
    assert notes == ["1 matter in 1 of 1 documents; what they do not name is not here."]


def test_where_some_are_named_the_others_may_be_all() -> None:
    made = entry("a.md", "The remaining recommendations follow.", "recommendation 1 | complete | force | | x")
    assert "“the remaining recommendations” and may not list each of them." in pick(made).notes[1]


def test_documents_without_a_matter_are_named() -> None:
    assert pick(entry("a.md", "Nothing here")).notes == [
        "0 matters in 0 of 1 documents; what they do not name is not here.",
        "No matter could be read from a.md.",
    ]


def test_a_stale_document_is_said_to_be_stale() -> None:
    notes = pick(replace(OLDER, stale="It is bad.")).notes
    assert "a-2022.md is shown as it was last readable: It is bad." in notes


def test_the_cheshire_response_has_seven_complete_and_two_in_progress() -> None:
    file = Path(__file__).parents[2] / "corpus" / "cheshire-child-protection-post-inspection-review-2023.md"
    document = read_document(file.name, file.read_bytes(), Source(), load_forces())
    passages = split(document, lambda text: len(text.split()), 200)
    read = DocumentClaims(
        document, tuple(read_claims(document, passages)), tuple(read_named(document, passages))
    )
    register = pick(read)
    assert Counter(row.status for row in register.rows) == {Status.COMPLETE: 7, Status.IN_PROGRESS: 2}
    complete = [row for row in register.rows if row.status is Status.COMPLETE]
    assert all("now completed" in row.citations[1].quote for row in complete)
    assert "“many of the recommendations” and “these remaining recommendations”" in register.notes[1]
