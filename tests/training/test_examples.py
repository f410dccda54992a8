"""Examples: what a label of the reading set teaches, and that a seed decides which are drawn."""

from pathlib import Path

import pytest

from askpcc.model import Task
from askpcc.reader.cases import STATUSES, Subject
from training.batches import Json, ReadingSet, write_lines
from training.examples import UNKNOWN, Example, Material, make_examples, read_material

TEXT = "The cameras have come. The radios are awaited. It rained. It snowed. We hope for boats."
CLAIMS: list[Json] = [
    {"matter": "The cameras", "status": "complete", "evidence": ["The cameras have come."], "certain": True},
    {"matter": "The radios", "status": "planned", "evidence": ["The radios are awaited."], "certain": False},
]
PAIR: Json = {"history": ["boats?"], "question": "and when", "context": "", "sentence": "In part, in May."}
CASE: Json = {
    "context": "",
    "matter": "boats",
    "sentence": "A boat has come.",
    "status": "complete",
    "extent": "part",
    "mode": "asserted",
}


def candidates_of(*, answerable: bool) -> Json:
    found = [
        {"sentence": f"Sentence {n}.", "context": "", "label": n == 0, "main": n == 0} for n in range(30)
    ]
    asked = {
        "question": "Which?",
        "history": [],
        "kind": "fact",
        "answerable": answerable,
        "status": "complete",
    }
    return asked | {"candidates": found}


@pytest.fixture
def reading(tmp_path: Path) -> ReadingSet:
    folder = tmp_path / "data"
    (folder / "z" / "docs").mkdir(parents=True)
    (folder / "z" / "docs" / "1.md").write_text(TEXT, encoding="utf-8")
    write_lines(folder / "z" / "claims.jsonl", ({"doc": "1.md"} | claim for claim in CLAIMS))
    hope = {"doc": "1.md", "sentence": "We hope for boats.", "why": "hope"}
    write_lines(folder / "z" / "distractors.jsonl", iter([hope]))
    write_lines(folder / "rows" / "y.pairs.jsonl", iter([PAIR | {"answers": "part"}]))
    write_lines(folder / "rows" / "y.statuses.jsonl", iter([CASE]))
    asked = (candidates_of(answerable=each) for each in (True, False))
    write_lines(tmp_path / "z" / "candidates.jsonl", asked)
    return ReadingSet(folder)


@pytest.fixture
def material(reading: ReadingSet, tmp_path: Path) -> Material:
    return read_material(reading, tmp_path, reading.batches, reading.rows)


@pytest.fixture
def examples(material: Material) -> list[Example]:
    return [one for subject in Subject for one in make_examples(material, subject, seed=1)]


def of_sentence(examples: list[Example], words: str) -> list[Example]:
    return [example for example in examples if example.case.sentence == words]


def test_a_seed_decides_which_examples_are_drawn(material: Material) -> None:
    one, same, other = (make_examples(material, Subject.QUESTIONS, seed) for seed in (1, 1, 2))
    assert one == same != other


def test_the_nearest_words_of_a_question_without_an_answer_speak_of_it_and_answer_nothing(
    examples: list[Example],
) -> None:
    told = [(example.answers, example.speaks) for example in of_sentence(examples, "Sentence 0.")]
    assert sorted(told) == [(0.0, 1.0), (1.0, 1.0)]


def test_of_each_question_six_near_misses_and_one_far_one_are_drawn(examples: list[Example]) -> None:
    wrong = [example for example in examples if example.case.first == "Which?" and example.answers == 0]
    assert sum(example.speaks == UNKNOWN for example in wrong) == 2 * (6 + 1)


def test_a_doubtful_claim_weighs_less(examples: list[Example]) -> None:
    told = {(STATUSES[e.status], e.weight) for e in of_sentence(examples, "The radios are awaited.")}
    assert ("planned", 0.3) in told


def test_a_claim_is_taught_without_its_matter_and_with_a_name_of_it(examples: list[Example]) -> None:
    told = [e.case.first for e in of_sentence(examples, "The cameras have come.") if e.status]
    assert len(told) == 2
    assert "" in told
    assert any("cameras" in first for first in told)


def test_a_hope_gives_no_status(examples: list[Example]) -> None:
    told = of_sentence(examples, "We hope for boats.")
    assert told
    assert {STATUSES[example.status] for example in told} == {"none"}


def test_a_pair_that_answers_in_part_counts_half_and_is_read_with_its_thread(
    examples: list[Example],
) -> None:
    [pair] = of_sentence(examples, PAIR["sentence"])
    assert (pair.case.first, pair.answers, pair.speaks) == ("and when | boats?", 0.5, 1.0)


def test_an_answer_teaches_the_status_that_a_question_expects_and_a_near_miss_none(
    examples: list[Example],
) -> None:
    told = [one for one in examples if one.case.first == "Which?"]
    stated = {one.case.sentence: STATUSES[one.stated] for one in told if one.answers == 1.0}
    assert stated == {"Sentence 0.": "complete"}
    others = [one.stated for one in told if one.answers == 0.0 and one.stated != UNKNOWN]
    assert {STATUSES[stated] for stated in others} == {"none"}


def test_a_task_teaches_its_own_heads_only(examples: list[Example]) -> None:
    for example in examples:
        assert (example.status != UNKNOWN) == (example.case.task is Task.STATUS)
        assert (example.answers != UNKNOWN) == (example.case.task is Task.ANSWERS)
        assert example.stated == UNKNOWN or example.case.task is Task.ANSWERS
