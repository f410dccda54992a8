"""How well the force and the day of a document are read; ``python -m training.facts`` prints it.

The labels of ``facts.jsonl`` are what a careful reader takes from a document and the name of its file.  The
rules were made on batches a to e; of the exams, ar and as had been looked at before.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from askpcc.app.flows import build_reader
from askpcc.metadata import own_date
from askpcc.model import Document, FactName, Source
from training.batches import Json, ReadingSet, read_lines

LABELS = Path(__file__).parent / "facts.jsonl"
RIGHT, NONE, WRONG = "right", "none", "wrong"


@dataclass(frozen=True, slots=True)
class FactTally:
    """How many documents of a batch have their force and their day read rightly, not at all, and wrongly."""

    force: Counter[str]
    day: Counter[str]

    def __str__(self) -> str:
        """Return both as words."""
        return f"force {_show(self.force)}; day {_show(self.day)}"


def measure_facts() -> Mapping[str, FactTally]:
    """Return the tally of each batch that has labels."""
    reading, read = ReadingSet(), build_reader()
    tallies: defaultdict[str, FactTally] = defaultdict(lambda: FactTally(Counter(), Counter()))
    for label in read_lines(LABELS):
        file = reading.batch(label["batch"]).folder / "docs" / label["doc"]
        document = read(file.name, file.read_bytes(), Source())
        tally = tallies[label["batch"]]
        tally.force[_compare_force(document, label)] += 1
        tally.day[_compare_day(document, label)] += 1
    return tallies


def _compare_force(document: Document, label: Json) -> str:
    fact = document.fact(FactName.FORCE)
    if fact is None:
        return NONE if label["force"] else RIGHT
    return RIGHT if any(_slug(area) in _slug(fact.value) for area in label["force"]) else WRONG


def _compare_day(document: Document, label: Json) -> str:
    fact = own_date(document)
    if fact is None:
        return NONE if label["date"] else RIGHT
    return RIGHT if (label["date"] or "").startswith(fact.value) else WRONG


def _slug(words: str) -> str:
    return re.sub(r"\W", "", words).lower()


def _show(counted: Counter[str]) -> str:
    return ", ".join(f"{counted[name]} {name}" for name in (RIGHT, NONE, WRONG))


def report() -> Iterator[str]:
    """Yield a line a batch."""
    for batch, tally in measure_facts().items():
        yield f"{batch:5} {tally}"


if __name__ == "__main__":
    print(*report(), sep="\n")
