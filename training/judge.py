"""A taught encoder judges a batch: what it says of each question's candidates, and of each sentence."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from askpcc.adapters.embedding import bundled_model
from askpcc.model import ReaderInput, Status, Task
from askpcc.ports import Vector
from askpcc.reader.cases import (
    HEADS,
    NONE,
    STATUSES,
    Mode,
    Subject,
    encode,
    head,
    status_input,
    write_asked,
)
from askpcc.reader.taught import choose_read
from askpcc.statuses.findings import Finding
from askpcc.statuses.status_reader import CaseScores, Scores, StatusLimits, StatusReader, score_cases
from training.batches import Json
from training.candidates import KEPT
from training.encoder import TaughtEncoder, load_tokenizer, pad, split_heads
from training.labels import (
    MODES_OF_DISTRACTORS,
    LabelledCase,
    LabelledClaim,
    LabelledDocument,
    shared,
)

Floats = NDArray[np.float64]
Features = dict[str, float]

_AT_ONCE = 64
_DOING = ("complete", "closed", "in_progress")
"""Statuses that are stated as facts; the others may be promises or denials."""
_NOT_STATED = "not_stated"
_HELD = 0.5
"""The share of a piece of evidence that a row of the register cites when it counts as the claim's."""

NO_LIMITS = StatusLimits(dict.fromkeys(map(Status, STATUSES[1:]), 0.0))
"""With these everything is said that is likelier than anything else."""


class Judge:
    """An encoder that was taught, for measuring and fitting.  file: as teach writes it."""

    def __init__(self, file: Path) -> None:
        state = torch.load(file, weights_only=True)
        self.batches: list[str] = state["batches"]
        self.layers: int = state["layers"]
        self.made_of: str = state["made_of"]
        self.subject = Subject(state["subject"])
        self.model = TaughtEncoder(bundled_model().path, self.subject, self.layers)
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
        return {name: head.double().numpy() for name, head in split_heads(scores, self.subject).items()}


@dataclass(frozen=True, slots=True)
class ReadQuestion:
    """A question as it was read.

    asked: as candidates writes it.  labels, features: of the sentences that the reader is given, in the order
    of the ranking.  stated: of each sentence, the chance of each status as that of what is asked.
    """

    asked: Json
    labels: list[bool]
    features: list[Features]
    stated: list[Floats]

    @property
    def answerable(self) -> bool:
        """Tell whether the documents answer it."""
        return bool(self.asked["answerable"])


def judge_questions(judge: Judge, asked: Sequence[Json]) -> list[ReadQuestion]:
    """Return each question with what is known of its sentences."""
    firsts = [write_asked(one["question"], one["history"]) for one in asked]
    # Behind the best stand only sentences that answer, which the product would not have picked out.
    kept = [one["candidates"][:KEPT] for one in asked]
    places = [choose_read([each["document"] for each in some]) for some in kept]
    found = [[one["candidates"][place] for place in some] for one, some in zip(asked, places, strict=True)]
    heads = judge.score(
        [
            ReaderInput(Task.ANSWERS, first, each["sentence"], each["context"])
            for first, some in zip(firsts, found, strict=True)
            for each in some
        ]
    )
    scores = iter(zip(heads["answers"][:, 0], heads["speaks"][:, 0], strict=True))
    stated = iter(heads["stated"])
    return [
        ReadQuestion(
            one,
            [bool(each["label"]) for each in some],
            [describe_candidate(each, place, *next(scores)) for place, each in zip(at, some, strict=True)],
            [next(stated) for _ in some],
        )
        for one, some, at in zip(asked, found, places, strict=True)
    ]


def describe_candidate(found: Json, place: int, answers: float, speaks: float) -> Features:
    """Return what askpcc.reader.taught.sentence_features returns of the same sentence."""
    return {
        **found["parts"],
        "score": found["score"],
        "answers": float(answers),
        "speaks": float(speaks),
        "place": 1 / (1 + place),
    }


@dataclass(frozen=True, slots=True)
class ReadCase:
    """A sentence as it was read, with what is known of it.

    status: none where it gives none.  certain: good readers would not differ.  chances: of each status, with
    all that may name its matter.  mode, extent: None where unknown; read_mode, read_extent: scores of each.
    """

    status: str
    chances: Floats
    read_mode: Floats
    read_extent: Floats
    certain: bool = True
    mode: str | None = None
    extent: str | None = None


@dataclass(frozen=True, slots=True)
class ReadFinding:
    """What the register would say.  right: a claim that it touches has its status."""

    status: str
    chance: float
    right: bool
    recalls: frozenset[int]


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A document as it was read.  certain: places of the claims that each reader would make."""

    cases: tuple[ReadCase, ...]
    findings: tuple[ReadFinding, ...]
    certain: frozenset[int]


class EncoderScorer:
    """An encoder that was taught, as the product asks it."""

    def __init__(self, judge: Judge) -> None:
        self._judge = judge
        self.fingerprint = judge.made_of

    def score(self, cases: Sequence[ReaderInput]) -> list[Vector]:
        """Return the scores of all heads side by side."""
        heads = self._judge.score(cases)
        return list(np.hstack([heads[name] for name in HEADS[self._judge.subject]]).astype(np.float32))


def judge_document(judge: Judge, labelled: LabelledDocument) -> ReadDocument:
    """Return what the register's reading makes of a document, with all that it is not sure of."""
    scorer = EncoderScorer(judge)
    scores = score_cases(scorer, [one.case for one in labelled.cases])
    found = StatusReader(scorer, NO_LIMITS).find(labelled.document, labelled.passages)
    return ReadDocument(
        tuple(_read_case(one, scores) for one in labelled.cases),
        tuple(_compare(finding, labelled) for finding in found),
        frozenset(place for place, claim in enumerate(labelled.claims) if _is_certain(claim)),
    )


def _is_certain(claim: LabelledClaim) -> bool:
    return bool(claim.words["certain"] and claim.status != _NOT_STATED and claim.places)


def _read_case(one: LabelledCase, scores: Scores) -> ReadCase:
    claim = one.claims[0] if one.claims else None
    status = claim["status"] if claim and claim["status"] != _NOT_STATED else NONE
    of_reason = MODES_OF_DISTRACTORS.get(one.distractor or "")
    row = scores[one.case.input("")]
    return ReadCase(
        status,
        CaseScores(one.case, scores, NO_LIMITS).combined(),
        head(row, "mode"),
        head(row, "extent"),
        certain=claim is None or bool(claim["certain"]),
        mode=Mode.ASSERTED if status in _DOING else of_reason,
    )


def _compare(finding: Finding, labelled: LabelledDocument) -> ReadFinding:
    cited = [(span.start, span.end) for span in finding.evidence]
    touched, held = [], []
    for number, claim in enumerate(labelled.claims):
        if _mean_the_same(claim.status, finding.status):
            shares = [sum(max(0, shared(place, piece)) for place in cited) for piece in claim.places]
            touched += [number] if any(shares) else []
            halves = (piece[1] - piece[0] for piece in claim.places)
            if any(share >= _HELD * length for share, length in zip(shares, halves, strict=True)):
                held.append(number)
    return ReadFinding(finding.status, finding.chance, bool(touched), frozenset(held))


def _mean_the_same(one: str, other: str) -> bool:
    return one == other or {one, other} == {Status.COMPLETE, Status.CLOSED}


def judge_rows(judge: Judge, rows: Sequence[Json]) -> list[ReadCase]:
    """Return single cases of statuses with what the encoder says of them."""
    heads = judge.score([status_input(row["matter"], row["sentence"], row["context"]) for row in rows])
    raised = np.exp(heads["status"] - heads["status"].max(1, keepdims=True))
    chances = raised / raised.sum(1, keepdims=True)
    return [
        ReadCase(
            status=row["status"],
            chances=chances[place],
            read_mode=heads["mode"][place],
            read_extent=heads["extent"][place],
            mode=row["mode"],
            extent=row["extent"] if row["status"] != NONE else None,
        )
        for place, row in enumerate(rows)
    ]
