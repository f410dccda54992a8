"""The reading set is checked: fields hold allowed values, and quoted pieces stand in their documents.

python -m training.check
"""

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from askpcc.reader.cases import STATUSES, Extent, Mode
from training.batches import EXAMS, Batch, Json, ReadingSet, read_lines

_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_MATTERS = "recommendation afi cause_of_concern improvement action whole_report".split()
_KINDS = "status list count who when deadline compare fact out_of_scope followup not_stated".split()
_SPEAKERS = "commissioner force inspectorate panel other".split()
_WHY_NO_STATUS = (
    "hope pledge demand finding rule boilerplate elsewhere past plan_only praise question furniture".split()
)
_WHY_NO_ANSWER = "date number person force part later finding demand hope speaker topic other".split()
_OF_CLAIMS = [*STATUSES[1:], "not_stated"]

Allowed = Callable[[object], bool]


def _one_of(values: Iterable[object]) -> Allowed:
    allowed = list(values)
    return lambda value: value in allowed


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_words(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(map(_is_words, value))


def _is_date(value: object) -> bool:
    return value is None or bool(_DATE.fullmatch(str(value)))


def _is_text_or_nothing(value: object) -> bool:
    return value is None or isinstance(value, str)


def _is_elsewhere(value: object) -> bool:
    return isinstance(value, list) and all(set(each) == {"doc", "evidence"} for each in value)


@dataclass(frozen=True, slots=True)
class Shape:
    """The fields of a file's lines, with what each may hold.  key: fields that no two lines share."""

    required: Mapping[str, Allowed]
    optional: Mapping[str, Allowed] = field(default_factory=dict)
    key: tuple[str, ...] = ()


SHAPES: Mapping[str, Shape] = {
    "claims": Shape(
        {
            "doc": _is_words,
            "matter": _is_words,
            "number": _is_text_or_nothing,
            "kind": _one_of(_MATTERS),
            "status": _one_of(_OF_CLAIMS),
            "said_by": _one_of(_SPEAKERS),
            "as_of": _is_date,
            "due": _is_date,
            "evidence": lambda value: _is_texts(value) and value != [],
            "certain": _one_of([True, False]),
        }
    ),
    "distractors": Shape({"doc": _is_words, "sentence": _is_words, "why": _one_of(_WHY_NO_STATUS)}),
    "questions": Shape(
        {
            "id": _is_words,
            "question": _is_words,
            "kind": _one_of(_KINDS),
            "expected_answer": _is_text,
            "expected_status": _one_of([*_OF_CLAIMS, None]),
            "doc": _is_text_or_nothing,
            "evidence": _is_text_or_nothing,
        },
        {
            "extra_evidence": _is_texts,
            "more": _is_elsewhere,
            "also_ok": _is_texts,
            "history": _is_texts,
            "tags": _is_texts,
        },
        ("id",),
    ),
    "statuses": Shape(
        {
            "context": _is_text,
            "matter": _is_text,
            "sentence": _is_words,
            "status": _one_of(STATUSES),
            "extent": _one_of(Extent),
            "mode": _one_of(Mode),
            "speaker": _one_of(_SPEAKERS),
        },
        key=("matter", "sentence"),
    ),
    "pairs": Shape(
        {
            "history": _is_texts,
            "question": _is_words,
            "context": _is_text,
            "sentence": _is_words,
            "answers": _one_of(["full", "part", "about", "no"]),
            "why": _one_of([*_WHY_NO_ANSWER, "", None]),
        },
        {"status": _one_of(STATUSES)},
        key=("question", "sentence"),
    ),
    "paraphrases": Shape({"of": _is_words, "question": _is_words}),
    "rewordings": Shape(
        {
            "doc": _is_words,
            "matter": _is_words,
            "status": _one_of(_OF_CLAIMS),
            "old": _is_words,
            "new": _is_words,
        }
    ),
}


def check_set(reading: ReadingSet, exams: Path = EXAMS) -> Iterator[str]:
    """Yield what is wrong with a reading set or its exams, a sentence each with file and line."""
    for name in reading.batches:
        yield from check_batch(reading.batch(name))
    for name in reading.rows:
        for kind in ("pairs", "statuses"):
            file = reading.folder / "rows" / f"{name}.{kind}.jsonl"
            yield from check_shape(f"rows/{file.name}", read_lines(file), SHAPES[kind])
    for exam in sorted(exams.iterdir()):
        yield from check_exam(Batch(exam.name, exam))


def check_batch(batch: Batch) -> Iterator[str]:
    """Yield what is wrong with a batch."""
    for name, rows, quoted in (
        ("claims", batch.claims, _quoted_by_claim),
        ("distractors", batch.distractors, _quoted_by_distractor),
        ("questions", batch.questions, _quoted_by_question),
    ):
        where = f"{batch.name}/{name}.jsonl"
        wrong = list(check_shape(where, rows, SHAPES[name]))
        # What has not its shape is not looked into.
        yield from wrong or _check_quotes(where, batch, rows, quoted)
    for number, row in enumerate(batch.questions, 1):
        unanswerable = "unanswerable" in row.get("tags", ()) or row.get("kind") == "out_of_scope"
        if not row.get("evidence") and not unanswerable:
            yield f"{batch.name}/questions.jsonl:{number}: no evidence, and not tagged unanswerable"


def check_exam(exam: Batch) -> Iterator[str]:
    """Yield what is wrong with an exam: a batch, some of which may also be there in other words."""
    yield from check_batch(exam)
    paraphrases, rewordings = exam.folder / "paraphrases.jsonl", exam.folder / "rewordings.jsonl"
    if paraphrases.exists():
        yield from _check_paraphrases(exam, read_lines(paraphrases))
    if rewordings.exists():
        where, rows = f"{exam.name}/rewordings.jsonl", read_lines(rewordings)
        wrong = list(check_shape(where, rows, SHAPES["rewordings"]))
        yield from wrong or _check_quotes(where, exam, rows, _quoted_by_rewording)


def _check_paraphrases(exam: Batch, rows: Sequence[Json]) -> Iterator[str]:
    where = f"{exam.name}/paraphrases.jsonl"
    yield from check_shape(where, rows, SHAPES["paraphrases"])
    known = {question["id"] for question in exam.questions}
    for number, row in enumerate(rows, 1):
        if row.get("of") not in known:
            yield f"{where}:{number}: no such question: {row.get('of')}"


def check_shape(where: str, rows: Sequence[Json], shape: Shape) -> Iterator[str]:
    """Yield which lines lack a field, have one too many, hold what is not allowed, or say something again."""
    seen = set()
    fields = {**shape.required, **shape.optional}
    for number, row in enumerate(rows, 1):
        for name in sorted(set(shape.required) - set(row)):
            yield f"{where}:{number}: lacks {name}"
        for name in sorted(set(row) - set(fields)):
            yield f"{where}:{number}: has no use for {name}"
        for name in sorted(set(row) & set(fields)):
            if not fields[name](row[name]):
                yield f"{where}:{number}: {name} cannot be {row[name]!r}"
        key = tuple(str(row.get(name)) for name in shape.key)
        if key and key in seen:
            yield f"{where}:{number}: is there already: {key}"
        seen.add(key)


Quoted = Callable[[Json], Iterable[tuple[str, str]]]


def _check_quotes(where: str, batch: Batch, rows: Sequence[Json], quoted: Quoted) -> Iterator[str]:
    for number, row in enumerate(rows, 1):
        for document, words in quoted(row):
            if document not in batch.texts:
                yield f"{where}:{number}: no such document: {document}"
            elif not batch.find(document, words):
                yield f"{where}:{number}: does not stand in {document}: {words!r}"


def _quoted_by_claim(row: Json) -> Iterator[tuple[str, str]]:
    yield from ((row["doc"], words) for words in (row["matter"], *row["evidence"]))


def _quoted_by_distractor(row: Json) -> Iterator[tuple[str, str]]:
    yield row["doc"], row["sentence"]


def _quoted_by_question(row: Json) -> Iterator[tuple[str, str]]:
    own = [row["evidence"], *row.get("extra_evidence", ())]
    yield from ((row["doc"], words) for words in own if words)
    yield from ((more["doc"], more["evidence"]) for more in row.get("more", ()))


def _quoted_by_rewording(row: Json) -> Iterator[tuple[str, str]]:
    yield row["doc"], row["old"]


def main() -> None:
    """Print what is wrong; exit with status 1 where anything is."""
    wrong = list(check_set(ReadingSet()))
    print(*wrong, f"{len(wrong)} wrong", sep="\n")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
