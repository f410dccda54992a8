"""The reading set: batches of documents with their labels, and single cases."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"
EXAMS = Path(__file__).parent / "exams"
"""Batches that are for measuring only: nothing is taught or fitted with them."""

Json = dict[str, Any]
Place = tuple[str, int, int]
"""A document's name, and where in its text something starts and ends."""


@dataclass(frozen=True)
class Batch:
    """One author's documents with their labels.  folder: holds docs/ and the three files of labels."""

    name: str
    folder: Path

    @cached_property
    def texts(self) -> dict[str, str]:
        """Return the text of each document by file name."""
        return {p.name: p.read_text(encoding="utf-8") for p in sorted((self.folder / "docs").iterdir())}

    @cached_property
    def questions(self) -> list[Json]:
        """Return the questions."""
        return read_lines(self.folder / "questions.jsonl")

    @cached_property
    def claims(self) -> list[Json]:
        """Return the statuses of matters."""
        return read_lines(self.folder / "claims.jsonl")

    @cached_property
    def distractors(self) -> list[Json]:
        """Return the sentences that look like a status or an answer."""
        return read_lines(self.folder / "distractors.jsonl")

    def find(self, document: str, words: str) -> tuple[int, int] | None:
        """Return where words stand in a document, white space folded; None where they do not."""
        return _find(self.texts[document], words) if words and document in self.texts else None


@dataclass(frozen=True)
class ReadingSet:
    """All that a reader is taught and measured with.  folder: holds one folder a batch, and rows/."""

    folder: Path = DATA

    @property
    def batches(self) -> list[str]:
        """Return the names of the batches."""
        return sorted(each.parent.name for each in self.folder.glob("*/docs"))

    @property
    def rows(self) -> list[str]:
        """Return the names of the authors of single cases."""
        return sorted(each.name.partition(".")[0] for each in (self.folder / "rows").glob("*.pairs.jsonl"))

    def batch(self, name: str) -> Batch:
        """Return a batch by name, which may be one for measuring only."""
        return Batch(name, EXAMS / name if (EXAMS / name).is_dir() else self.folder / name)

    def read_rows(self, name: str, kind: str) -> list[Json]:
        """Return the single cases of an author.  kind: statuses or pairs."""
        return read_lines(self.folder / "rows" / f"{name}.{kind}.jsonl")


def read_lines(file: Path) -> list[Json]:
    """Return the objects of a file of JSON lines."""
    with file.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def write_lines(file: Path, objects: Iterator[Json]) -> None:
    """Write objects as JSON lines; the file is there when all of them are."""
    file.parent.mkdir(parents=True, exist_ok=True)
    begun = file.with_suffix(".begun")
    with begun.open("w", encoding="utf-8") as lines:
        lines.writelines(json.dumps(each, ensure_ascii=False) + "\n" for each in objects)
    begun.rename(file)


@dataclass(frozen=True, slots=True)
class Evidence:
    """The pieces of a question's evidence.

    first: pieces of the document that the question names.  more: pieces of other documents.
    """

    first: tuple[Place, ...] = ()
    more: tuple[Place, ...] = ()

    def all(self) -> tuple[Place, ...]:
        """Return all pieces."""
        return self.first + self.more


def is_answerable(question: Json) -> bool:
    """Tell whether the documents answer a question."""
    return bool(question.get("evidence")) and "unanswerable" not in (question.get("tags") or ())


def find_evidence(batch: Batch, question: Json) -> Evidence:
    """Return where the words that answer a question stand; of one without an answer, the nearest words."""
    document = question.get("doc") or ""
    own = [question.get("evidence") or "", *(question.get("extra_evidence") or ())]
    more = [(other["doc"], other["evidence"]) for other in question.get("more") or ()]
    return Evidence(tuple(_places(batch, [(document, words) for words in own])), tuple(_places(batch, more)))


def _places(batch: Batch, pieces: list[tuple[str, str]]) -> Iterator[Place]:
    for document, words in pieces:
        if found := batch.find(document, words):
            yield document, *found


def _find(text: str, words: str) -> tuple[int, int] | None:
    found = re.search(r"\s+".join(map(re.escape, words.split())), text)
    return found.span() if found else None
