"""A taught encoder judges a batch: what it says of each question's candidates, and of each sentence."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from askpcc.adapters.embedding import bundled_model
from askpcc.asking.ranking import WEIGHTS
from askpcc.model import ReaderInput, Task
from askpcc.reader.heads import KINDS, NONE, Mode
from askpcc.reader.inputs import encode, write_asked
from askpcc.reader.status_inputs import status_input
from askpcc.reader.taught import READ
from training.batches import Batch, Json
from training.encoder import TaughtEncoder, load_tokenizer, pad, split_heads
from training.utterances import (
    HEADING,
    MODES_OF_DISTRACTORS,
    around,
    by_document,
    find_tellers,
    find_within,
    stands_under,
)

Floats = NDArray[np.float64]
Features = dict[str, float]

_AT_ONCE = 64
_DOING = ("complete", "closed", "in_progress")
"""Statuses that are stated as facts; the others may be promises or denials."""


class Judge:
    """An encoder that was taught, for measuring and fitting.  file: as teach writes it."""

    def __init__(self, file: Path) -> None:
        state = torch.load(file, weights_only=True)
        self.batches: list[str] = state["batches"]
        self.layers: int = state["layers"]
        self.model = TaughtEncoder(bundled_model().path, self.layers)
        self.model.load_state_dict(state["model"])
        self.model.eval()
        self._tokenizer = load_tokenizer()

    def score(self, cases: Sequence[ReaderInput]) -> dict[str, Floats]:
        """Return the scores of each head, by name: (cases, width)."""
        encoded = [encode(case, self._tokenizer) for case in cases]
        order = sorted(range(len(encoded)), key=lambda place: len(encoded[place].ids))
        rows: list[torch.Tensor] = []
        with torch.inference_mode():
            for at in range(0, len(order), _AT_ONCE):
                inputs = pad([encoded[place] for place in order[at : at + _AT_ONCE]])
                rows.append(self.model(inputs.ids, inputs.mask, inputs.parts))
        scores = torch.cat(rows)[torch.tensor(np.argsort(order))]
        return {name: head.double().numpy() for name, head in split_heads(scores).items()}


@dataclass(frozen=True, slots=True)
class ReadQuestion:
    """A question as it was read.

    asked: as candidates writes it.  labels, features: of the sentences that the reader is given, in the order
    of the ranking.  kind: what it is taken to ask for.
    """

    asked: Json
    labels: list[bool]
    features: list[Features]
    kind: str

    @property
    def answerable(self) -> bool:
        """Tell whether the documents answer it."""
        return bool(self.asked["answerable"])


def judge_questions(judge: Judge, asked: Sequence[Json]) -> list[ReadQuestion]:
    """Return each question with what is known of its sentences."""
    firsts = [write_asked(one["question"], one["history"]) for one in asked]
    found = [one["candidates"][:READ] for one in asked]
    kinds = judge.score([ReaderInput(Task.ASKS, first) for first in firsts])["kind"]
    heads = judge.score(
        [
            ReaderInput(Task.ANSWERS, first, each["sentence"], each["context"])
            for first, some in zip(firsts, found, strict=True)
            for each in some
        ]
    )
    scores = iter(zip(heads["answers"][:, 0], heads["speaks"][:, 0], strict=True))
    return [
        ReadQuestion(
            one,
            [bool(each["label"]) for each in some],
            [describe_candidate(each, place, *next(scores)) for place, each in enumerate(some)],
            KINDS[int(kind.argmax())],
        )
        for one, some, kind in zip(asked, found, kinds, strict=True)
    ]


def describe_candidate(found: Json, place: int, answers: float, speaks: float) -> Features:
    """Return what askpcc.reader.taught.sentence_features returns of the same sentence."""
    return {
        **{name: value * (WEIGHTS[name] or 1) for name, value in found["parts"].items()},
        "score": found["score"],
        "coverage": found["coverage"],
        "answers": float(answers),
        "speaks": float(speaks),
        "place": 1 / (1 + place),
    }


@dataclass(frozen=True, slots=True)
class Labelled:
    """A sentence with what is known of it.

    status: none where it gives none.  certain: good readers would not differ.
    mode, extent: None where unknown.
    """

    case: ReaderInput
    status: str
    certain: bool = True
    mode: str | None = None
    extent: str | None = None


@dataclass(frozen=True, slots=True)
class ReadSentence:
    """A sentence as it was read.  chances: of each status; mode, extent: scores of each."""

    label: Labelled
    chances: Floats
    mode: Floats
    extent: Floats


def judge_sentences(judge: Judge, labelled: Sequence[Labelled]) -> list[ReadSentence]:
    """Return sentences with what the encoder says of them."""
    heads = judge.score([one.case for one in labelled])
    raised = np.exp(heads["status"] - heads["status"].max(1, keepdims=True))
    chances = raised / raised.sum(1, keepdims=True)
    return [
        ReadSentence(*each) for each in zip(labelled, chances, heads["mode"], heads["extent"], strict=True)
    ]


def label_sentences(batch: Batch, said: Sequence[Json]) -> list[Labelled]:
    """Return all sentences of a batch, as the register meets them, with what is known of each."""
    return [
        one
        for document, sentences in by_document(said).items()
        for one in _label_document(batch, document, sentences)
    ]


def label_rows(rows: Sequence[Json]) -> list[Labelled]:
    """Return single cases of statuses with what is known of each."""
    return [
        Labelled(
            status_input(row["matter"], row["sentence"], row["context"]),
            row["status"],
            mode=row["mode"],
            extent=row["extent"] if row["status"] != NONE else None,
        )
        for row in rows
    ]


def _label_document(batch: Batch, document: str, sentences: Sequence[Json]) -> list[Labelled]:
    claims: dict[int, Json] = {}
    for claim in batch.claims:
        if claim["doc"] == document:
            tellers = [p for p in find_tellers(batch, claim, sentences) if sentences[p]["kind"] != HEADING]
            if tellers and claims.get(tellers[-1], {}).get("status", "not_stated") == "not_stated":
                claims[tellers[-1]] = claim
    modes = _modes_of_distractors(batch, document, sentences)
    return [
        _label(one, claims.get(place), modes.get(place))
        for place, one in enumerate(sentences)
        if one["kind"] != HEADING
    ]


def _label(said: Json, claim: Json | None, mode: str | None) -> Labelled:
    matter = claim["matter"] if claim else stands_under(said)
    case = status_input(matter, said["words"], around(said))
    if claim is None or claim["status"] == "not_stated":
        return Labelled(case, NONE, claim is None or claim["certain"], mode)
    return Labelled(
        case, claim["status"], claim["certain"], Mode.ASSERTED if claim["status"] in _DOING else None
    )


def _modes_of_distractors(batch: Batch, document: str, sentences: Sequence[Json]) -> dict[int, str]:
    modes: dict[int, str] = {}
    for one in batch.distractors:
        if one["doc"] == document and one["why"] in MODES_OF_DISTRACTORS:
            span = batch.find(document, one["sentence"])
            places = find_within(span, sentences) if span else []
            modes.update(dict.fromkeys(places, MODES_OF_DISTRACTORS[one["why"]]))
    return modes
