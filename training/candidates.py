"""Each question of a batch with the sentences that the product finds for it, and which of them answer.

    python -m training.candidates WORK BATCH...      writes WORK/BATCH/candidates.jsonl and utterances.jsonl

The product's own code indexes the documents and finds the sentences: what is taught is what is met later.
"""

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from askpcc.app.flows import build_embedder, build_reader, open_catalogue, open_finder, run_index
from askpcc.asking.finding import Finder
from askpcc.asking.questions import read_question
from askpcc.asking.ranking import WEIGHTS
from askpcc.chunking import split
from askpcc.errors import QuestionError
from askpcc.indexing.indexer import IndexOptions
from askpcc.model import Ranked, Source
from askpcc.reader.inputs import answer_input
from askpcc.settings import Settings, read_settings
from askpcc.statuses.document_model import read_lines
from askpcc.statuses.outline import read_outline
from askpcc.text.words import plain
from training.batches import Batch, Evidence, Json, find_evidence, is_answerable, load_batch

MOST = 40
"""Sentences kept of each question."""
_ENOUGH = 0.5
"""The share of a piece of evidence that a sentence holds when it counts as the one that answers."""


class _Silent:
    """Hears how a run goes on, and keeps it."""

    def step(self, done: int, total: int, what: str) -> None:
        """Hear that so many of so many are done."""

    def notify(self, sentence: str) -> None:
        """Hear something that the person who waits should know."""


def open_batch(batch: Batch, work: Path) -> Settings:
    """Index a batch's documents under a working folder, or bring its index up to date."""
    settings = replace(read_settings({}), corpus=batch.folder / "docs", index=work / batch.name / "index")
    run_index(settings, _Silent(), IndexOptions(), 60.0)
    return settings


def label(found: Ranked, pieces: Sequence[tuple[str, int, int]]) -> bool:
    """Tell whether a sentence holds half of a piece of evidence, or is itself within one."""
    sentence = found.sentence
    for document, start, end in pieces:
        if sentence.passage.document != document:
            continue
        shared = min(end, sentence.span.end) - max(start, sentence.span.start)
        if shared >= _ENOUGH * (end - start) or shared >= 0.8 * len(sentence.span):
            return True
    return False


def find_candidates(batch: Batch, finder: Finder) -> Iterator[Json]:
    """Yield each question with its best sentences: input, parts of the ranking, label."""
    for asked in batch.questions:
        evidence = find_evidence(batch, asked)
        try:
            snapshot = finder.look()
            question = read_question(asked["question"], asked.get("history") or (), snapshot.forces)
            _, ranked = finder.find(question, snapshot.cards)
        except QuestionError:
            continue
        yield {
            "id": asked["id"],
            "question": asked["question"],
            "history": asked.get("history") or [],
            "kind": asked["kind"],
            "answerable": is_answerable(asked),
            "pieces": len(evidence.all()),
            "candidates": [_write(question, found, evidence) for found in _cut(ranked, evidence)],
            "all": [_write_parts(found, evidence) for found in ranked],
        }


def _cut(ranked: Sequence[Ranked], evidence: Evidence) -> list[Ranked]:
    """Keep the best, and what answers wherever it stands."""
    return [found for place, found in enumerate(ranked) if place < MOST or label(found, evidence.all())]


def _write(question: object, found: Ranked, evidence: Evidence) -> Json:
    case = answer_input(question, found.sentence)  # type: ignore[arg-type]  # a Question
    return {
        "document": found.sentence.passage.document,
        "start": found.sentence.span.start,
        "end": found.sentence.span.end,
        "sentence": case.sentence,
        "context": case.context,
        "score": round(found.score, 4),
        "coverage": round(found.coverage, 4),
        "parts": {
            name: round(value / (WEIGHTS[name] or 1), 4) for name, value in found.parts.items() if value
        },
        "label": label(found, evidence.all()),
        "second": label(found, evidence.more),
    }


def _write_parts(found: Ranked, evidence: Evidence) -> list[object]:
    """Return the parts of a sentence's score, in the order of the weights, after its label."""
    parts = [round(found.parts.get(name, 0.0) / (WEIGHTS[name] or 1), 3) for name in WEIGHTS]
    return [int(label(found, evidence.all())), *parts]


def find_utterances(batch: Batch) -> Iterator[Json]:
    """Yield each sentence of the documents as the register's reading sees it."""
    read, embedder = build_reader(), build_embedder(read_settings({}))
    for name, _ in sorted(batch.texts.items()):
        document = read(name, (batch.folder / "docs" / name).read_bytes(), Source())
        passages = split(document, embedder.count_tokens, embedder.max_tokens)
        outline, _ = read_outline(document, read_lines(document, passages))
        before = ""
        for said in outline:
            lead = plain(said.line.lead.of(document.text)) if said.line.lead else ""
            yield {
                "document": name,
                "start": said.span.start,
                "end": said.span.end,
                "words": said.words,
                "kind": said.line.kind.value,
                "titles": list(said.line.titles),
                "lead": lead,
                "before": before,
                "items": [item.words for item in said.answers],
                "silent": said.silent,
            }
            before = said.words


def write_all(work: Path, names: Sequence[str]) -> None:
    """Write both files of each batch."""
    for name in names:
        batch = load_batch(name)
        settings = open_batch(batch, work)
        with open_catalogue(settings) as catalogue, open_finder(settings, catalogue) as finder:
            _dump(work / name / "candidates.jsonl", find_candidates(batch, finder))
        _dump(work / name / "utterances.jsonl", find_utterances(batch))
        print(name, len(batch.questions), "questions", flush=True)


def _dump(file: Path, objects: Iterator[Json]) -> None:
    with file.open("w", encoding="utf-8") as lines:
        for each in objects:
            lines.write(json.dumps(each, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    write_all(Path(sys.argv[1]), sys.argv[2:])
