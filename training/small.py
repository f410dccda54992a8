"""A small part of the reading set, to try the teaching with."""

import shutil
from itertools import chain
from pathlib import Path

from training.batches import Batch, ReadingSet, is_answerable, write_lines
from training.folds import Fold

SMALL_FOLD = Fold(("e", "l"), ("h",))
_TAUGHT = (("a",), ("g",))
_ROWS = 12
_QUESTIONS = 4
"""Of those that are answered, and of those that are not."""


def write_small_set(whole: ReadingSet, folder: Path) -> ReadingSet:
    """Write the first document of a few batches with some of its labels, and some single cases."""
    batches, rows = _TAUGHT
    for name in batches + SMALL_FOLD.batches:
        _write_batch(whole.batch(name), folder / name)
    for name in rows + SMALL_FOLD.rows:
        for kind in ("pairs", "statuses"):
            write_lines(folder / "rows" / f"{name}.{kind}.jsonl", iter(whole.read_rows(name, kind)[:_ROWS]))
    return ReadingSet(folder)


def _write_batch(batch: Batch, folder: Path) -> None:
    first = next(iter(batch.texts))
    (folder / "docs").mkdir(parents=True)
    shutil.copy(batch.folder / "docs" / first, folder / "docs")
    for name in ("claims", "distractors"):
        write_lines(folder / f"{name}.jsonl", (one for one in getattr(batch, name) if one["doc"] == first))
    asked = [one for one in batch.questions if one["doc"] == first]
    some = [[one for one in asked if is_answerable(one) is which][:_QUESTIONS] for which in (True, False)]
    write_lines(folder / "questions.jsonl", chain.from_iterable(some))
