"""What a run of the index changes in the register."""

import json
from pathlib import Path

import pytest

from askpcc.model import DocumentClaims
from askpcc.register import RegisterChanges, build_register, compare
from askpcc.rendering.register_text import format_changes, report_as_text
from support.cases import cases
from support.small_register import SmallRegister, entry

HEAD = ("Force: Borsetshire Police", "Report: Behind closed doors: domestic abuse", "Responded: 2022-06-30")
PLANNED = "recommendation 1 | planned | force | 2022-06-30 | cameras will come"
COMPLETE = "recommendation 1 | complete | force | 2022-06-30 | cameras are here"
LOGS = "custody logs of detained children | planned | force | | to be mended"


def change(before: list[DocumentClaims], after: list[DocumentClaims]) -> RegisterChanges:
    return compare(build_register(before), build_register(after))


def summary(changes: RegisterChanges) -> dict[str, list[str]]:
    return {
        "new": [f"{row.id} {row.status}" for row in changes.new],
        "changed": [
            f"{before.id} {before.status}, {after.id} {after.status}" for before, after in changes.changed
        ],
        "gone": [f"{row.id} {row.status}" for row in changes.gone],
    }


NOTHING: dict[str, list[str]] = {"new": [], "changed": [], "gone": []}
FIRST, LATER = entry("a.md", *HEAD, PLANNED, LOGS), entry("a.md", *HEAD, COMPLETE, LOGS)
UPDATE = entry(
    "b.md",
    HEAD[0],
    "Report: Domestic abuse: behind closed doors, an update",
    "Responded: 2024-01-16",
    "recommendation 1 | closed | inspectorate | 2024-01-16 | the inspectors closed it",
)
LOGS_ID = "a.md#custody-logs-of-detained-children"
CASES = {
    "nothing": ([FIRST], [FIRST], NOTHING),
    "the first document": (
        [],
        [FIRST],
        NOTHING | {"new": ["a.md#recommendation-1 planned", f"{LOGS_ID} planned"]},
    ),
    "another status": (
        [FIRST],
        [LATER],
        NOTHING | {"changed": ["a.md#recommendation-1 planned, a.md#recommendation-1 complete"]},
    ),
    "a document that is gone": (
        [FIRST, UPDATE],
        [FIRST],
        NOTHING | {"gone": ["b.md#recommendation-1 closed"]},
    ),
    "a newer document that supersedes": (
        [FIRST],
        [FIRST, UPDATE],
        NOTHING | {"changed": ["a.md#recommendation-1 planned, b.md#recommendation-1 closed"]},
    ),
    "a newer document that says the same": (
        [FIRST],
        [FIRST, entry("b.md", *UPDATE.document.text.splitlines()[:-1], PLANNED)],
        NOTHING,
    ),
    "words edited in their document": (
        [FIRST],
        [entry("a.md", *HEAD, PLANNED, LOGS.replace("of detained", "about detained"))],
        NOTHING,
    ),
    "words and status edited": (
        [FIRST],
        [entry("a.md", *HEAD, PLANNED, "custody logs of children | complete | force | | mended")],
        NOTHING | {"changed": [f"{LOGS_ID} planned, a.md#custody-logs-of-children complete"]},
    ),
    "another matter in its place": (
        [FIRST],
        [entry("a.md", *HEAD, PLANNED, "call handling times | planned | force | | x")],
        NOTHING | {"new": ["a.md#call-handling-times planned"], "gone": [f"{LOGS_ID} planned"]},
    ),
    "a document under another name": ([FIRST], [entry("z.md", *HEAD, PLANNED, LOGS)], NOTHING),
    "another speaker on a known matter": (
        [FIRST],
        [entry("a.md", *HEAD, PLANNED, LOGS, "recommendation 1 | accepted | commissioner | | agreed")],
        NOTHING | {"changed": ["a.md#recommendation-1 planned, a.md#recommendation-1 accepted"]},
    ),
    "a status for what was only named": (
        [entry("a.md", *HEAD, "recommendation 1 | cameras")],
        [entry("a.md", *HEAD, COMPLETE)],
        NOTHING | {"changed": ["a.md#recommendation-1 not_stated, a.md#recommendation-1 complete"]},
    ),
    "the same number in another force": (
        [FIRST],
        [FIRST, entry("m.md", "Force: Midsomer Constabulary", *HEAD[1:], COMPLETE)],
        NOTHING | {"new": ["m.md#recommendation-1 complete"]},
    ),
}


@cases("case", CASES)
def test_changes_are_told(case: str) -> None:
    before, after, expected = CASES[case]
    assert summary(change(before, after)) == expected


def test_changes_come_with_the_words_before_and_after() -> None:
    [pair] = change([FIRST], [LATER]).as_json()["changed"]
    assert [pair[when]["citations"][0]["quote"] for when in ("before", "after")] == [PLANNED, COMPLETE]


@pytest.fixture
def small(tmp_path: Path) -> SmallRegister:
    index = SmallRegister(tmp_path)
    index.write("a.md", *HEAD, PLANNED, LOGS)
    return index


def test_a_run_reports_what_it_changes(small: SmallRegister) -> None:
    assert summary(small.run().register)["new"] == ["a.md#recommendation-1 planned", f"{LOGS_ID} planned"]
    small.write("a.md", *HEAD, COMPLETE, LOGS)
    report = small.run()
    assert summary(report.register) == summary(change([FIRST], [LATER]))
    assert json.loads(json.dumps(report.as_json()))["register"] == report.register.as_json()
    (small.corpus / "a.md").unlink()
    assert len(small.run(allow_shrink=True).register.gone) == 2


def test_a_run_with_nothing_to_do_changes_nothing(small: SmallRegister) -> None:
    small.run()
    assert not small.run().register
    assert not small.run(rebuild=True).register


def test_a_dry_run_tells_what_a_run_would_change(small: SmallRegister) -> None:
    first = small.run(dry_run=True).register
    assert first == small.run().register
    small.write("a.md", *HEAD, COMPLETE)
    assert small.run(dry_run=True).register == small.run().register


def test_the_report_for_people_shows_the_words_before_and_after(small: SmallRegister) -> None:
    small.run()
    small.write("a.md", *HEAD, COMPLETE)
    lines = report_as_text(small.run()).splitlines()
    start = lines.index("register: 0 new, 1 changed, 1 gone")
    assert lines[start + 1] == "changed  recommendation 1"
    assert lines[start + 2].startswith(
        f"         was planned, says the force, as of 30 June 2022 (response dated): “{PLANNED}” (a.md "
    )
    assert lines[start + 3].startswith("         now complete, says the force,")
    assert lines[start + 4] == "gone     planned: custody logs of detained children (a.md)"


def test_many_new_matters_are_counted_and_not_all_shown() -> None:
    many = entry("a.md", *(f"recommendation {number} | x" for number in range(1, 31)))
    lines = format_changes(change([], [many]))
    assert len(lines) == 22
    assert lines[-1] == "new      and 10 more: --json has all"


def test_no_change_makes_no_line() -> None:
    assert format_changes(change([FIRST], [FIRST])) == []
