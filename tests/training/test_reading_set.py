"""The reading set is sound, and its check finds what is not."""

import json
from pathlib import Path
from typing import Any

from support.cases import cases
from training.batches import DATA, Batch, Json, ReadingSet
from training.check import SHAPES, check_batch, check_set, check_shape

CLAIM: Json = {
    "doc": "1.md",
    "matter": "the body-worn cameras",
    "number": None,
    "kind": "action",
    "status": "complete",
    "said_by": "force",
    "as_of": "2031-04",
    "due": None,
    "evidence": ["All cameras have come."],
    "certain": True,
}
DISTRACTOR: Json = {"doc": "1.md", "sentence": "We hope for more.", "why": "hope"}
QUESTION: Json = {
    "id": "z1",
    "question": "have the cameras come",
    "kind": "status",
    "expected_answer": "Yes.",
    "expected_status": "complete",
    "doc": "1.md",
    "evidence": "All cameras have come.",
}
TEXT = "Of the body-worn\ncameras: All cameras have\n  come. We hope for more.\n"


def write_batch(folder: Path, **labels: list[Json]) -> Batch:
    (folder / "docs").mkdir(parents=True)
    (folder / "docs" / "1.md").write_text(TEXT, encoding="utf-8")
    rows = {"claims": [CLAIM], "distractors": [DISTRACTOR], "questions": [QUESTION]} | labels
    for name, some in rows.items():
        lines = "".join(json.dumps(row) + "\n" for row in some)
        (folder / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    return Batch("z", folder)


def test_the_reading_set_and_the_exam_are_sound() -> None:
    assert list(check_set(ReadingSet())) == []


def test_a_quoted_piece_may_be_wrapped_otherwise_in_its_document(tmp_path: Path) -> None:
    assert list(check_batch(write_batch(tmp_path / "z"))) == []


@cases(
    "file, row, wrong",
    [
        ("claims", CLAIM | {"status": "done"}, "status cannot be 'done'"),
        ("claims", CLAIM | {"due": "in May"}, "due cannot be 'in May'"),
        ("claims", CLAIM | {"evidence": []}, "evidence cannot be []"),
        ("claims", CLAIM | {"evidence": ["All is well."]}, "does not stand in 1.md: 'All is well.'"),
        ("claims", CLAIM | {"doc": "2.md"}, "no such document: 2.md"),
        ("claims", CLAIM | {"note": ""}, "has no use for note"),
        ("distractors", DISTRACTOR | {"why": "because"}, "why cannot be 'because'"),
        ("distractors", DISTRACTOR | {"sentence": "We hope."}, "does not stand in 1.md: 'We hope.'"),
        ("questions", {k: v for k, v in QUESTION.items() if k != "kind"}, "lacks kind"),
        ("questions", QUESTION | {"evidence": ""}, "no evidence, and not tagged unanswerable"),
        ("questions", QUESTION | {"extra_evidence": ["Nine."]}, "does not stand in 1.md: 'Nine.'"),
        (
            "questions",
            QUESTION | {"more": [{"doc": "2.md", "evidence": "Nine."}]},
            "no such document: 2.md",
        ),
    ],
)
def test_what_is_wrong_with_a_batch_is_told(tmp_path: Path, file: str, row: Json, wrong: str) -> None:
    batch = write_batch(tmp_path / f"{file} {wrong}", **{file: [row]})
    assert f"z/{file}.jsonl:1: {wrong}" in set(check_batch(batch))


def test_a_question_without_an_answer_needs_no_evidence(tmp_path: Path) -> None:
    question: dict[str, Any] = QUESTION | {"evidence": "", "tags": ["unanswerable"]}
    assert list(check_batch(write_batch(tmp_path / "z", questions=[question]))) == []


def test_an_id_is_given_once() -> None:
    told = list(check_shape("questions", [QUESTION, QUESTION], SHAPES["questions"]))
    assert told == ["questions:2: is there already: ('z1',)"]


def test_the_readme_of_the_set_names_each_field() -> None:
    readme = (DATA / "README.md").read_text(encoding="utf-8")
    fields = {name for shape in SHAPES.values() for name in (*shape.required, *shape.optional)}
    assert {name for name in fields if f"`{name}`" not in readme} == set()
