"""The batches of the reading set, and what labels they give."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"
EXAM = Path(__file__).parent / "exam"
BATCHES = ("a", "b", "c", "d", "e", "f", "l", "m")
ROWS = ("g", "h", "i", "j", "k", "o")

Json = dict[str, Any]


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


def load_batch(name: str) -> Batch:
    """Return a batch by name; ``exam`` is the one that nothing is taught with."""
    return Batch(name, EXAM if name == "exam" else DATA / name)


def read_lines(file: Path) -> list[Json]:
    """Return the objects of a file of JSON lines."""
    with file.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def read_rows(name: str, kind: str) -> list[Json]:
    """Return the single cases of an author.  kind: statuses or pairs."""
    return read_lines(DATA / "rows" / f"{name}.{kind}.jsonl")


@dataclass(frozen=True, slots=True)
class Evidence:
    """The pieces of a question's evidence, each (document, start, end).

    first: pieces of the document that the question names.  more: pieces of other documents.
    """

    first: tuple[tuple[str, int, int], ...] = ()
    more: tuple[tuple[str, int, int], ...] = field(default=())

    def all(self) -> tuple[tuple[str, int, int], ...]:
        """Return all pieces."""
        return self.first + self.more


def is_answerable(question: Json) -> bool:
    """Tell whether the documents answer a question."""
    tags = question.get("tags") or []
    return bool(question.get("evidence")) and not {"unanswerable", "out_of_scope"} & set(tags)


def find_evidence(batch: Batch, question: Json) -> Evidence:
    """Return where the words that answer a question stand; of one without an answer, the nearest words."""
    own = [question.get("evidence") or "", *_as_list(question.get("extra_evidence"))]
    more = [(m["doc"], piece) for m in question.get("more") or [] for piece in _as_list(m["evidence"])]
    return Evidence(
        tuple(_places(batch, ((question.get("doc") or "", words) for words in own))),
        tuple(_places(batch, iter(more))),
    )


def _as_list(value: object) -> list[str]:
    if not value:
        return []
    return [value] if isinstance(value, str) else [str(each) for each in value]  # type: ignore[attr-defined]  # JSON


def _places(batch: Batch, pieces: Iterator[tuple[str, str]]) -> Iterator[tuple[str, int, int]]:
    for document, words in pieces:
        if found := batch.find(document, words):
            yield document, *found


def _find(text: str, words: str) -> tuple[int, int] | None:
    found = re.search(r"\s+".join(map(re.escape, words.split())), text)
    return found.span() if found else None
