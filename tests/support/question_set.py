"""The test corpus and the questions on it, read from their files."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CORPUS = Path(__file__).parents[1] / "corpus"
QUESTIONS = Path(__file__).parents[1] / "questions.jsonl"


@dataclass(frozen=True, slots=True)
class Case:
    """One question, and what a right answer to it says and cites.

    evidence: (document, its exact words save for white space), the first being the one that a right answer
    must cite; empty where no document has anything to cite.
    more: how many of them stand in a second document.
    """

    id: str
    question: str
    kind: str
    expected_answer: str
    expected_status: str | None
    document: str | None
    evidence: tuple[tuple[str, str], ...]
    more: int
    history: tuple[str, ...]
    tags: frozenset[str]

    @property
    def unanswerable(self) -> bool:
        """Tell whether a right answer says that the documents do not say."""
        return self.kind == "out_of_scope" or "unanswerable" in self.tags


def read_cases(path: Path = QUESTIONS) -> list[Case]:
    """Read the question set, one JSON object a line."""
    return [_read_case(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]


def _read_case(row: dict[str, Any]) -> Case:
    own = [row["evidence"], *row.get("extra_evidence", [])]
    more = [(second["doc"], second["evidence"]) for second in row.get("more", [])]
    return Case(
        id=row["id"],
        question=row["question"],
        kind=row["kind"],
        expected_answer=row["expected_answer"],
        expected_status=row["expected_status"],
        document=row["doc"],
        evidence=(*((row["doc"], words) for words in own if words), *more),
        more=len(more),
        history=tuple(row.get("history", ())),
        tags=frozenset(row.get("tags", ())),
    )


def find_words(text: str, words: str) -> list[tuple[int, int]]:
    """Find each place of some words in a text, however their white space is written."""
    return [place.span() for place in re.finditer(r"\s+".join(map(re.escape, words.split())), text)]
