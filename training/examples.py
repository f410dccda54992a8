"""Examples for the encoder, made from the reading set; which are drawn is decided by a seed."""

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from askpcc.model import ReaderInput, Task
from askpcc.reader.cases import NONE, STATUSES, Extent, Mode, Subject, status_input, write_asked
from askpcc.text.words import content_stems
from training.batches import Json, ReadingSet, read_lines
from training.candidates import CANDIDATES
from training.labels import MODES_OF_DISTRACTORS, LabelledCase, LabelledDocument, label_documents

_MODES, _EXTENTS = list(Mode), list(Extent)
UNKNOWN = -1
"""Of a head of which an example says nothing."""

_NEAR, _NEAR_MISSES, _FAR = 16, 6, 1
"""Of each question, wrong sentences among the first 16 that it is taught with, and wrong ones behind them."""

_PLAIN, _LEAST_PLAIN = 3.5, 3
"""Sentences without a status: so many a claim, and more a document.

The register meets some five a claim, most of them easy.
"""

_UNCERTAIN, _OTHER_MATTER = 0.3, 0.7
"""Weights: of a doubtful claim, and of a claim's sentence with another matter."""

_STATING_NOTHING = 2
"""Wrong sentences of each question that are taught as stating nothing of it; all would make none likely."""

_OF_STATUS = frozenset(("status", "compare", "followup"))
"""Kinds of questions in which a status that is not told is not known; in others none is asked for."""

_WITH_OTHER_MATTER = 0.3
"""The share of claims whose sentence is also taught as saying nothing of another matter."""

_AS_FOUND = 0.7
"""The share of claims taught with a name that the register finds for the matter; others with the label's."""

_WORTH = {"full": 1.0, "part": 0.5, "about": 0.0, "no": 0.0}


@dataclass(frozen=True, slots=True)
class Example:
    """One case with what is known of it; -1 where nothing is.

    answers: 1.0 for a sentence that answers, 0.5 in part.  speaks: it speaks of what is asked.
    stated: what the sentence says has become of what is asked.  group: the same for the sentences of one
    question, which are taught together.
    """

    case: ReaderInput
    weight: float = 1.0
    answers: float = UNKNOWN
    speaks: float = UNKNOWN
    status: int = UNKNOWN
    mode: int = UNKNOWN
    extent: int = UNKNOWN
    stated: int = UNKNOWN
    group: int = UNKNOWN


@dataclass(frozen=True, slots=True)
class Material:
    """What examples are made from.

    asked: questions with their candidates.  documents: with their labels.  pairs, statuses: single cases.
    """

    asked: Sequence[Json]
    documents: Sequence[LabelledDocument]
    pairs: Sequence[Json]
    statuses: Sequence[Json]


def read_material(reading: ReadingSet, work: Path, batches: Sequence[str], rows: Sequence[str]) -> Material:
    """Read batches and single cases by their names.  work: holds the candidates."""
    return Material(
        [one for name in batches for one in read_lines(work / name / CANDIDATES)],
        [one for name in batches for one in label_documents(reading.batch(name))],
        [row for name in rows for row in reading.read_rows(name, "pairs")],
        [row for name in rows for row in reading.read_rows(name, "statuses")],
    )


def make_examples(material: Material, subject: Subject, seed: int) -> list[Example]:
    """Return the examples of an epoch for the encoder of a subject, shuffled."""
    chance = random.Random(seed)
    if subject is Subject.QUESTIONS:
        pairs = _of_pairs(material.pairs, len(material.asked))
        examples = [*_of_questions(material.asked, chance), *pairs]
    else:
        examples = [*_of_documents(material.documents, chance), *map(of_status, material.statuses)]
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


def _of_pairs(rows: Iterable[Json], first_group: int) -> Iterator[Example]:
    groups: dict[str, int] = {}
    for row in rows:
        asked = write_asked(row["question"], row["history"])
        group = groups.setdefault(asked, first_group + len(groups))
        case = ReaderInput(Task.ANSWERS, asked, row["sentence"], row["context"])
        answers, speaks = _WORTH[row["answers"]], float(row["answers"] != "no")
        unknown = "status" not in row and answers
        stated = UNKNOWN if unknown else STATUSES.index(row.get("status", NONE))
        yield Example(case, answers=answers, speaks=speaks, stated=stated, group=group)


def _of_questions(asked: Iterable[Json], chance: random.Random) -> Iterator[Example]:
    for group, one in enumerate(asked):
        first = write_asked(one["question"], one["history"])
        right = [found for found in one["candidates"] if found["label"]]
        wrong = [found for found in one["candidates"] if not found["label"]]
        # The evidence of a question without an answer is the nearest words, which speak of its matter.
        for found in right:
            stated = _stated(one) if found["main"] else UNKNOWN
            yield replace(_pair(first, found, float(one["answerable"]), 1.0, group), stated=stated)
        near = chance.sample(wrong[:_NEAR], min(_NEAR_MISSES, len(wrong[:_NEAR])))
        far = chance.sample(wrong[_NEAR:], min(_FAR, len(wrong[_NEAR:])))
        for place, found in enumerate([*near, *far]):
            stated = STATUSES.index(NONE) if place < _STATING_NOTHING else UNKNOWN
            yield replace(_pair(first, found, 0.0, UNKNOWN, group), stated=stated)


def _stated(one: Json) -> int:
    """Return the place in STATUSES of what an answer to a question says has become of what it asks."""
    status = one["status"]
    if status in STATUSES and one["answerable"]:
        return STATUSES.index(status)
    known = status or not one["answerable"] or one["kind"] not in _OF_STATUS
    return STATUSES.index(NONE) if known else UNKNOWN


def _pair(first: str, found: Json, answers: float, speaks: float, group: int) -> Example:
    case = ReaderInput(Task.ANSWERS, first, found["sentence"], found["context"])
    return Example(case, answers=answers, speaks=speaks, group=group)


def _of_documents(documents: Iterable[LabelledDocument], chance: random.Random) -> Iterator[Example]:
    """Yield what gives a matter a status, and what gives none, each without a matter and with one."""
    for document in documents:
        claims = 0
        for one in document.cases:
            claims += len(one.claims)
            yield from _of_claims(one, document.matters, chance)
            if one.distractor and not one.telling:
                yield from _of_nothing(one, document.matters, chance)
        plain = [one for one in document.cases if not one.telling and not one.distractor]
        for one in chance.sample(plain, min(len(plain), round(_PLAIN * claims) + _LEAST_PLAIN)):
            yield from _of_nothing(one, document.matters, chance)


def _of_claims(one: LabelledCase, matters: Sequence[str], chance: random.Random) -> Iterator[Example]:
    if len({claim["status"] for claim in one.claims}) == 1:
        yield _of_case(one, "", _status(one.claims[0]), _weight(one.claims[0]))
    for claim in one.claims:
        named = [name for name in one.names if len(one.claims) == 1 or _share_words(name, claim["matter"])]
        matter = chance.choice(named) if named and chance.random() < _AS_FOUND else claim["matter"]
        yield _of_case(one, matter, _status(claim), _weight(claim))
    own = {claim["matter"] for claim in one.claims}
    others = [matter for matter in matters if matter not in own]
    if own and others and chance.random() < _WITH_OTHER_MATTER:
        yield _of_case(one, chance.choice(others), NONE, _OTHER_MATTER)


def _of_nothing(one: LabelledCase, matters: Sequence[str], chance: random.Random) -> Iterator[Example]:
    mode = MODES_OF_DISTRACTORS.get(one.distractor or "")
    names = one.names or matters
    for matter in ("", chance.choice(names)) if names else ("",):
        yield replace(_of_case(one, matter, NONE), mode=_MODES.index(mode) if mode else UNKNOWN)


def _of_case(one: LabelledCase, matter: str, status: str, weight: float = 1.0) -> Example:
    return Example(one.case.input(matter), weight, status=STATUSES.index(status))


def _status(claim: Json) -> str:
    return NONE if claim["status"] == "not_stated" else str(claim["status"])


def _weight(claim: Json) -> float:
    return 1.0 if claim["certain"] else _UNCERTAIN


def _share_words(one: str, other: str) -> bool:
    """Tell whether two names have a word in common that names something."""
    return bool(set(content_stems(one)) & set(content_stems(other)))
