"""``askpcc eval``: its figures, its misses, its JSON, and what it says of a set that cannot be used."""

import json
from pathlib import Path

from support.command_line import Desk

CASES: list[dict[str, str | None]] = [
    {
        "id": "one",
        "question": "has every first responder in borsetshire got the pocket guide on listening to children",
        "kind": "status",
        "doc": "borsetshire-child-protection-2024.md",
        "evidence": "Every first responder has been given the pocket guide on listening to children.",
        "expected_status": "complete",
    },
    {
        "id": "two",
        "question": "whats the weather tmrw",
        "kind": "out_of_scope",
        "doc": None,
        "evidence": None,
    },
    {
        "id": "three",
        "question": "is perpetua quill any good",
        "kind": "status",
        "doc": "borsetshire-child-protection-2024.md",
        "evidence": "All 19 ligature points",
    },
]


def write_set(desk: Desk, *lines: object) -> str:
    file = desk.folder / "set.jsonl"
    file.write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="utf-8")
    return str(file)


def test_figures_and_misses_are_printed(desk: Desk) -> None:
    result = desk.run("eval", write_set(desk, *CASES), "--index", "index", "--misses")
    assert result.exit_code == 0, result.output
    assert "evidence             1 / 2" in result.stdout
    assert "abstained            1 / 1" in result.stdout
    assert "coverage  risk" in result.stdout
    assert "three  abstained  is perpetua quill any good" in result.stdout


def test_json_has_the_same_figures(desk: Desk) -> None:
    shape = desk.run_json("eval", write_set(desk, *CASES), "--index", "index")
    assert shape["questions"] == 3
    assert shape["measures"]["evidence"] == {"hit": 1, "of": 2, "rate": 0.5}
    assert shape["measures"]["status"] == {"hit": 1, "of": 1, "rate": 1.0}
    assert shape["measures"]["unverified"]["hit"] == 0
    assert shape["risk_coverage"][-1]["risk"] == 0.0


def test_a_line_that_is_no_case_is_named(desk: Desk) -> None:
    result = desk.run("eval", write_set(desk, CASES[0], {"id": "bad"}), "--index", "index")
    assert result.exit_code == 1
    assert "Line 2 of the question set is no case: it has no question." in result.stderr
    assert "Traceback" not in result.output


def test_a_document_that_the_corpus_lacks_is_named(desk: Desk) -> None:
    result = desk.run("eval", write_set(desk, CASES[0] | {"doc": "none.md"}), "--index", "index")
    assert result.exit_code == 1
    assert "'none.md', which the corpus does not hold" in result.stderr


def test_a_missing_set_is_a_mistake_in_usage(elsewhere: Desk) -> None:
    assert elsewhere.run("eval", "none.jsonl").exit_code == 2


def test_without_an_index_of_its_own_nothing_is_left_behind(desk: Desk) -> None:
    before = {path.relative_to(desk.folder) for path in desk.folder.rglob("*")}
    result = desk.run("eval", write_set(desk, CASES[1]))
    assert result.exit_code == 0, result.output
    assert {path.relative_to(desk.folder) for path in desk.folder.rglob("*")} - before == {Path("set.jsonl")}
