"""Examples for the encoder, made from the reading set; which are drawn is decided by a seed."""

import json
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from askpcc.reader.heads import KINDS, STATUSES, Extent, Mode
from askpcc.model import ReaderInput, Task
from askpcc.reader.inputs import write_asked
from askpcc.reader.status_inputs import status_input
from training.batches import Batch, Json, load_batch, read_lines, read_rows

MODES = [mode.value for mode in Mode]
EXTENTS = [extent.value for extent in Extent]

_NEAR_MISSES, _FAR = 6, 1
_PLAIN_SENTENCES = 1.5
"""Sentences without a status a claim: the register meets some five, most of them easy."""

_UNKNOWN = -1


@dataclass(frozen=True, slots=True)
class Example:
    """One case with what is known of it; -1 where nothing is.

    answers: 1.0 for a sentence that answers, 0.5 in part.  speaks: it speaks of what is asked.
    """

    case: ReaderInput
    weight: float = 1.0
    answers: float = _UNKNOWN
    speaks: float = _UNKNOWN
    status: int = _UNKNOWN
    mode: int = _UNKNOWN
    extent: int = _UNKNOWN
    kind: int = _UNKNOWN


def make_examples(work: Path, batches: Sequence[str], rows: Sequence[str], seed: int) -> list[Example]:
    """Return the examples of batches and of single cases, in a random order.  work: as candidates writes it."""
    chance = random.Random(seed)
    examples: list[Example] = []
    for name in batches:
        batch = load_batch(name)
        asked = read_lines(work / name / "candidates.jsonl")
        said = read_lines(work / name / "utterances.jsonl")
        examples += _of_questions(asked, chance)
        examples += _of_claims(batch, said, chance)
        examples += _of_kinds(asked)
    for name in rows:
        examples += map(_of_pair, read_rows(name, "pairs"))
        examples += map(_of_status, read_rows(name, "statuses"))
    chance.shuffle(examples)
    return examples


def _of_questions(asked: Iterable[Json], chance: random.Random) -> Iterator[Example]:
    for one in asked:
        first = write_asked(one["question"], one["history"])
        right = [c for c in one["candidates"] if c["label"]]
        wrong = [c for c in one["candidates"] if not c["label"]]
        if not one["answerable"]:
            # Its evidence is the nearest words, which speak of the matter and do not answer.
            yield from (_pair(first, c, 0.0, 1.0) for c in right)
        else:
            yield from (_pair(first, c, 1.0, 1.0) for c in right)
        near = chance.sample(wrong[:16], min(_NEAR_MISSES, len(wrong[:16])))
        far = chance.sample(wrong[16:], min(_FAR, len(wrong[16:])))
        yield from (_pair(first, c, 0.0, _UNKNOWN) for c in [*near, *far])


def _pair(first: str, found: Json, answers: float, speaks: float) -> Example:
    case = ReaderInput(Task.ANSWERS, first, found["sentence"], found["context"])
    return Example(case, answers=answers, speaks=speaks)


def _of_pair(row: Json) -> Example:
    case = ReaderInput(
        Task.ANSWERS, write_asked(row["question"], row["history"]), row["sentence"], row["context"]
    )
    worth = {"full": 1.0, "part": 0.5, "about": 0.0, "no": 0.0}[row["answers"]]
    return Example(case, answers=worth, speaks=float(row["answers"] != "no"))


def _of_status(row: Json) -> Example:
    case = ReaderInput(Task.STATUS, row["matter"], row["sentence"], row["context"])
    return Example(
        case,
        status=STATUSES.index(row["status"]),
        mode=MODES.index(row["mode"]),
        extent=EXTENTS.index(row["extent"]),
    )


def _of_kinds(asked: Iterable[Json]) -> Iterator[Example]:
    for one in asked:
        if one["kind"] in KINDS:
            case = ReaderInput(Task.ASKS, write_asked(one["question"], one["history"]))
            yield Example(case, weight=0.5, kind=KINDS.index(one["kind"]))


def _of_claims(batch: Batch, said: Sequence[Json], chance: random.Random) -> Iterator[Example]:
    """Yield sentences with the status they give a matter, and sentences that give none."""
    by_document: dict[str, list[Json]] = {}
    for one in said:
        by_document.setdefault(one["document"], []).append(one)
    for document, utterances in by_document.items():
        claims = [claim for claim in batch.claims if claim["doc"] == document]
        taken: dict[int, set[str]] = {}
        for claim in claims:
            for place in _tellers(batch, claim, utterances):
                taken.setdefault(place, set()).add(claim["matter"])
        for claim in claims:
            yield from _of_claim(batch, claim, utterances, taken, chance)
        plain = [
            place for place, one in enumerate(utterances) if place not in taken and one["kind"] != "heading"
        ]
        most = min(len(plain), round(_PLAIN_SENTENCES * len(claims)) + 2)
        matters = [claim["matter"] for claim in claims]
        for place in chance.sample(plain, most):
            yield _utterance(utterances[place], _some_matter(utterances[place], matters, chance), "none")
        yield from _of_distractors(batch, document, utterances, taken, matters, chance)


def _tellers(batch: Batch, claim: Json, utterances: Sequence[Json]) -> list[int]:
    """Return the places of the sentences that hold pieces of a claim's evidence."""
    spans = [span for words in claim["evidence"] if (span := batch.find(claim["doc"], words))]
    return [
        place
        for place, one in enumerate(utterances)
        if any(
            min(e, one["end"]) - max(s, one["start"]) >= 0.5 * min(e - s, one["end"] - one["start"])
            for s, e in spans
        )
    ]


def _of_claim(
    batch: Batch, claim: Json, utterances: Sequence[Json], taken: dict[int, set[str]], chance: random.Random
) -> Iterator[Example]:
    places = [p for p in _tellers(batch, claim, utterances) if utterances[p]["kind"] != "heading"]
    if not places:
        return
    status = "none" if claim["status"] == "not_stated" else claim["status"]
    weight = 1.0 if claim["certain"] else 0.3
    last = utterances[places[-1]]
    matter = _as_met(last, claim["matter"], chance)
    yield _utterance(last, matter, status, weight)
    others = [c["matter"] for c in batch.claims if c["doc"] == claim["doc"]]
    others = [m for m in others if m not in taken[places[-1]]]
    if others and chance.random() < 0.5:
        yield _utterance(last, chance.choice(others), "none", 0.7)


def _of_distractors(
    batch: Batch,
    document: str,
    utterances: Sequence[Json],
    taken: dict[int, set[str]],
    matters: Sequence[str],
    chance: random.Random,
) -> Iterator[Example]:
    modes = {"hope": "hoped", "demand": "asked", "rule": "asked", "pledge": "promised", "past": "past"}
    for one in batch.distractors:
        span = batch.find(document, one["sentence"]) if one["doc"] == document else None
        if span is None:
            continue
        for place, said in enumerate(utterances):
            shared = min(span[1], said["end"]) - max(span[0], said["start"])
            if place not in taken and shared >= 0.5 * (said["end"] - said["start"]):
                mode = MODES.index(modes[one["why"]]) if one["why"] in modes else _UNKNOWN
                matter = _some_matter(said, matters, chance)
                yield Example(status_input(matter, _words(said), _around(said)), status=0, mode=mode)


def _as_met(said: Json, matter: str, chance: random.Random) -> str:
    """Return the matter as the register may know it: by its words, by what it stands under, or not at all."""
    lot = chance.random()
    if lot < 0.2:
        return ""
    if lot < 0.4 and (said["items"] or said["titles"]):
        return str((said["items"] or said["titles"])[-1])
    return matter


def _some_matter(said: Json, matters: Sequence[str], chance: random.Random) -> str:
    lot = chance.random()
    if lot < 0.4:
        return ""
    if lot < 0.7 and (said["items"] or said["titles"]):
        return str((said["items"] or said["titles"])[-1])
    return chance.choice(matters) if matters else ""


def _utterance(said: Json, matter: str, status: str, weight: float = 1.0) -> Example:
    return Example(status_input(matter, _words(said), _around(said)), weight, status=STATUSES.index(status))


def _words(said: Json) -> str:
    return str(said["words"])


def _around(said: Json) -> str:
    from askpcc.reader.status_inputs import write_around

    return write_around(said["lead"], said["titles"], said["before"])


def count(examples: Sequence[Example]) -> str:
    """Return how many examples of each task there are, as JSON."""
    counts = {task.value: sum(e.case.task is task for e in examples) for task in Task}
    return json.dumps(counts)
