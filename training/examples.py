"""Examples for the encoder, made from the reading set; which are drawn is decided by a seed."""

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from askpcc.model import ReaderInput, Task
from askpcc.reader.heads import KINDS, NONE, STATUSES, Extent, Mode
from askpcc.reader.inputs import write_asked
from askpcc.reader.status_inputs import status_input
from training.batches import Batch, Json, ReadingSet, read_lines
from training.candidates import CANDIDATES, UTTERANCES
from training.utterances import (
    HEADING,
    MODES_OF_DISTRACTORS,
    around,
    by_document,
    find_tellers,
    find_within,
    stands_under,
)

_MODES, _EXTENTS = list(Mode), list(Extent)
UNKNOWN = -1
"""Of a head of which an example says nothing."""

_NEAR, _NEAR_MISSES, _FAR = 16, 6, 1
"""Of each question, wrong sentences among the first 16 that it is taught with, and wrong ones behind them."""

_PLAIN_SENTENCES, _LEAST_PLAIN = 1.5, 2
"""Sentences without a status: so many a claim, and more a document.

The register meets some five a claim, most of them easy.
"""

_UNCERTAIN, _OTHER_MATTER, _KIND = 0.3, 0.7, 0.5
"""Weights: of a doubtful claim, of a claim's sentence with another matter, of what a question asks for."""

_WITH_OTHER_MATTER = 0.5
"""The share of claims whose sentence is also taught as saying nothing of another matter."""

_OF_CLAIM, _OF_OTHERS = (0.2, 0.4), (0.4, 0.7)
"""How the register may know a matter, by lot.

Below the first number not at all, below the second by what the sentence stands under, else by its words.
"""

_WORTH = {"full": 1.0, "part": 0.5, "about": 0.0, "no": 0.0}


@dataclass(frozen=True, slots=True)
class Example:
    """One case with what is known of it; -1 where nothing is.

    answers: 1.0 for a sentence that answers, 0.5 in part.  speaks: it speaks of what is asked.
    """

    case: ReaderInput
    weight: float = 1.0
    answers: float = UNKNOWN
    speaks: float = UNKNOWN
    status: int = UNKNOWN
    mode: int = UNKNOWN
    extent: int = UNKNOWN
    kind: int = UNKNOWN


def make_examples(
    reading: ReadingSet, work: Path, batches: Sequence[str], rows: Sequence[str], seed: int
) -> list[Example]:
    """Return the examples of batches and of single cases, shuffled.  work: holds the candidates."""
    chance = random.Random(seed)
    examples: list[Example] = []
    for name in batches:
        asked = read_lines(work / name / CANDIDATES)
        examples += _of_questions(asked, chance)
        examples += _of_documents(reading.batch(name), read_lines(work / name / UTTERANCES), chance)
        examples += _of_kinds(asked)
    for name in rows:
        examples += map(_of_pair, reading.read_rows(name, "pairs"))
        examples += map(of_status, reading.read_rows(name, "statuses"))
    chance.shuffle(examples)
    return examples


def of_status(row: Json) -> Example:
    """Return the example of a single case of a status."""
    return Example(
        status_input(row["matter"], row["sentence"], row["context"]),
        status=STATUSES.index(row["status"]),
        mode=_MODES.index(row["mode"]),
        extent=_EXTENTS.index(row["extent"]),
    )


def _of_pair(row: Json) -> Example:
    asked = write_asked(row["question"], row["history"])
    case = ReaderInput(Task.ANSWERS, asked, row["sentence"], row["context"])
    return Example(case, answers=_WORTH[row["answers"]], speaks=float(row["answers"] != "no"))


def _of_questions(asked: Iterable[Json], chance: random.Random) -> Iterator[Example]:
    for one in asked:
        first = write_asked(one["question"], one["history"])
        right = [found for found in one["candidates"] if found["label"]]
        wrong = [found for found in one["candidates"] if not found["label"]]
        # The evidence of a question without an answer is the nearest words, which speak of its matter.
        yield from (_pair(first, found, float(one["answerable"]), 1.0) for found in right)
        near = chance.sample(wrong[:_NEAR], min(_NEAR_MISSES, len(wrong[:_NEAR])))
        far = chance.sample(wrong[_NEAR:], min(_FAR, len(wrong[_NEAR:])))
        yield from (_pair(first, found, 0.0, UNKNOWN) for found in [*near, *far])


def _pair(first: str, found: Json, answers: float, speaks: float) -> Example:
    case = ReaderInput(Task.ANSWERS, first, found["sentence"], found["context"])
    return Example(case, answers=answers, speaks=speaks)


def _of_kinds(asked: Iterable[Json]) -> Iterator[Example]:
    for one in asked:
        if one["kind"] in KINDS:
            case = ReaderInput(Task.ASKS, write_asked(one["question"], one["history"]))
            yield Example(case, weight=_KIND, kind=KINDS.index(one["kind"]))


def _of_documents(batch: Batch, said: Sequence[Json], chance: random.Random) -> Iterator[Example]:
    """Yield sentences with the status they give a matter, and sentences that give none."""
    for document, sentences in by_document(said).items():
        claims = [claim for claim in batch.claims if claim["doc"] == document]
        matters = [claim["matter"] for claim in claims]
        told: dict[int, set[str]] = {}
        for claim in claims:
            for place in find_tellers(batch, claim, sentences):
                told.setdefault(place, set()).add(claim["matter"])
        for claim in claims:
            yield from _of_claim(batch, claim, sentences, told, chance)
        plain = [one for place, one in enumerate(sentences) if place not in told and one["kind"] != HEADING]
        most = min(len(plain), round(_PLAIN_SENTENCES * len(claims)) + _LEAST_PLAIN)
        for one in chance.sample(plain, most):
            yield _of_sentence(one, _some_matter(one, matters, chance), NONE)
        looks_like_one = [each for each in batch.distractors if each["doc"] == document]
        yield from _of_distractors(batch, looks_like_one, sentences, told, chance)


def _of_claim(
    batch: Batch, claim: Json, sentences: Sequence[Json], told: dict[int, set[str]], chance: random.Random
) -> Iterator[Example]:
    places = [p for p in find_tellers(batch, claim, sentences) if sentences[p]["kind"] != HEADING]
    if not places:
        return
    last = sentences[places[-1]]
    status = NONE if claim["status"] == "not_stated" else claim["status"]
    weight = 1.0 if claim["certain"] else _UNCERTAIN
    yield _of_sentence(last, _as_met(last, claim["matter"], chance), status, weight)
    others = [each["matter"] for each in batch.claims if each["doc"] == claim["doc"]]
    others = [matter for matter in others if matter not in told[places[-1]]]
    if others and chance.random() < _WITH_OTHER_MATTER:
        yield _of_sentence(last, chance.choice(others), NONE, _OTHER_MATTER)


def _of_distractors(
    batch: Batch,
    distractors: Sequence[Json],
    sentences: Sequence[Json],
    told: dict[int, set[str]],
    chance: random.Random,
) -> Iterator[Example]:
    for one in distractors:
        span = batch.find(one["doc"], one["sentence"])
        matters = [claim["matter"] for claim in batch.claims if claim["doc"] == one["doc"]]
        for place in find_within(span, sentences) if span else ():
            if place not in told:
                said, mode = sentences[place], MODES_OF_DISTRACTORS.get(one["why"])
                case = status_input(_some_matter(said, matters, chance), said["words"], around(said))
                yield Example(case, status=STATUSES.index(NONE), mode=_MODES.index(mode) if mode else UNKNOWN)


def _as_met(said: Json, matter: str, chance: random.Random) -> str:
    """Return a claim's matter as the register may know it."""
    lot = chance.random()
    unknown, under = _OF_CLAIM
    if lot < unknown:
        return ""
    return (lot < under and stands_under(said)) or matter


def _some_matter(said: Json, matters: Sequence[str], chance: random.Random) -> str:
    """Return a matter that a sentence might be thought to speak of."""
    lot = chance.random()
    unknown, under = _OF_OTHERS
    if lot < unknown:
        return ""
    if lot < under and (said["items"] or said["titles"]):
        return stands_under(said)
    return chance.choice(matters) if matters else ""


def _of_sentence(said: Json, matter: str, status: str, weight: float = 1.0) -> Example:
    case = status_input(matter, said["words"], around(said))
    return Example(case, weight, status=STATUSES.index(status))
