"""Each question of a batch with the sentences that the product finds for it, and which of them answer.

The product's own code indexes the documents and finds the sentences: what is taught is what is met later.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import numpy as np

from askpcc.app.flows import build_indexer, open_catalogue, open_finder
from askpcc.asking.finding import Finder
from askpcc.asking.questions import read_question
from askpcc.asking.ranking import load_ranking
from askpcc.chunking import READING_VERSION
from askpcc.indexing.indexer import IndexOptions
from askpcc.model import Question, Ranked, ReaderInput
from askpcc.ports import Vector
from askpcc.reader.cases import HEADS, NONE, STATUSES, Subject, answer_input
from askpcc.settings import Settings, read_settings
from askpcc.statuses import StatusReader
from askpcc.statuses.status_reader import StatusLimits
from training.batches import Batch, Evidence, Json, Place, find_evidence, is_answerable, write_lines

CANDIDATES = "candidates.jsonl"

KEPT = 40
"""Sentences kept of each question."""
_ENOUGH = 0.5
"""The share of a piece of evidence that a sentence holds when it counts as the one that answers."""
_WITHIN = 0.8
"""The share of a sentence that lies within a piece of evidence when the sentence is a part of the answer."""
_LOCK_SECONDS = 60.0
_SURE = 20.0
_WIDTHS = HEADS[Subject.STATUSES].items()


class _Silent:
    """Hears how a run goes on, and keeps it."""

    def step(self, done: int, total: int, what: str) -> None:
        """Hear that so many of so many are done."""

    def notify(self, sentence: str) -> None:
        """Hear something that the person who waits should know."""


class _Wordless:
    """Stands for the encoder, which is yet to be taught: no sentence gives a status."""

    fingerprint = "none"

    def score(self, cases: Sequence[ReaderInput]) -> list[Vector]:
        """Return the scores of cases that surely give none."""
        sure = {("status", STATUSES.index(NONE)): _SURE}
        row = [sure.get((name, place), 0.0) for name, width in _WIDTHS for place in range(width)]
        return [np.array(row, dtype=np.float32) for _ in cases]


def make_candidates(batch: Batch, work: Path, reader: StatusReader | None = None) -> None:
    """Write a batch's candidates under a working folder, where its files or the reader have changed.

    reader: reads the statuses, of which the ranking knows; without one none are read.
    """
    reader = reader or StatusReader(_Wordless(), StatusLimits({}))
    folder = work / batch.name
    made, digest = folder / "made_of", _digest(batch, reader)
    if made.exists() and made.read_text(encoding="utf-8") == digest:
        return
    settings = open_index(batch, folder, reader)
    with open_catalogue(settings) as catalogue, open_finder(settings, catalogue) as finder:
        write_lines(folder / CANDIDATES, find_candidates(batch, finder))
    made.write_text(digest, encoding="utf-8")
    print(f"batch {batch.name}: {len(batch.questions)} questions", flush=True)


def open_index(batch: Batch, folder: Path, reader: StatusReader | None = None) -> Settings:
    """Index a batch's documents under its working folder, or bring its index up to date."""
    settings = replace(read_settings({}), corpus=batch.folder / "docs", index=folder / "index")
    reader = reader or StatusReader(_Wordless(), StatusLimits({}))
    report = build_indexer(settings, _Silent(), _LOCK_SECONDS, reader).run(IndexOptions())
    if report.failed:
        raise ValueError(f"Documents of batch {batch.name} cannot be indexed: {report.failed}. Mend them.")
    return settings


def find_candidates(batch: Batch, finder: Finder) -> Iterator[Json]:
    """Yield each question with its best sentences: input, parts of the ranking, label."""
    for asked in batch.questions:
        evidence = find_evidence(batch, asked)
        history = asked.get("history") or ()
        snapshot = finder.look()
        question = read_question(asked["question"], history, snapshot.forces)
        _, ranked = finder.find(question, snapshot.cards)
        yield {
            "id": asked["id"],
            "question": asked["question"],
            "history": list(history),
            "kind": asked["kind"],
            "answerable": is_answerable(asked),
            "status": asked["expected_status"],
            "pieces": len(evidence.all()),
            "candidates": [_write(question, found, evidence) for found in _cut(ranked, evidence)],
        }


def answers(found: Ranked, pieces: Sequence[Place]) -> bool:
    """Tell whether a sentence holds half of a piece of evidence, or is itself within one."""
    sentence = found.sentence
    for document, start, end in pieces:
        if sentence.passage.document == document:
            shared = min(end, sentence.span.end) - max(start, sentence.span.start)
            if shared >= _ENOUGH * (end - start) or shared >= _WITHIN * len(sentence.span):
                return True
    return False


def _cut(ranked: Sequence[Ranked], evidence: Evidence) -> list[Ranked]:
    """Keep the best, and what answers wherever it stands."""
    return [found for place, found in enumerate(ranked) if place < KEPT or answers(found, evidence.all())]


def _write(question: Question, found: Ranked, evidence: Evidence) -> Json:
    case = answer_input(question, found.sentence)
    return {
        "document": found.sentence.passage.document,
        "start": found.sentence.span.start,
        "end": found.sentence.span.end,
        "sentence": case.sentence,
        "context": case.context,
        "score": round(found.score, 4),
        "parts": {name: round(value, 4) for name, value in found.parts.items() if value},
        "label": answers(found, evidence.all()),
        "main": answers(found, evidence.first),
    }


def _digest(batch: Batch, reader: StatusReader) -> str:
    """Return a digest of what candidates come from: documents, questions, how both are read and ranked."""
    files = [batch.folder / "questions.jsonl", *sorted((batch.folder / "docs").iterdir())]
    parts = [file.name.encode() + file.read_bytes() for file in files]
    return sha256(
        b"\0".join([*parts, f"{READING_VERSION} {dict(load_ranking())} {reader.fingerprint}".encode()])
    ).hexdigest()
