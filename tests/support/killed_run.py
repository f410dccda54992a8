"""A run of a small index in a process of its own that is killed, held up, or only reads.

usage: killed_run.py kill|kill-rebuild|hold|read FOLDER [POINT]
"""

import json
import sys
from pathlib import Path

from askpcc.indexing.indexer import IndexOptions
from support.killing import killing
from support.small_index import Notebook, SmallIndex


class _HeldUp(Notebook):
    """Waits at the first step until a line comes in."""

    def step(self, done: int, total: int, what: str) -> None:
        """Wait, once."""
        if not self.steps:
            print("at work", flush=True)
            sys.stdin.readline()
        super().step(done, total, what)


def _read(folder: Path) -> None:
    with SmallIndex(folder).reader() as reader:
        for line in sys.stdin:
            print(json.dumps(reader.find(line.strip())), flush=True)


def main(mode: str, folder: Path, point: str = "") -> None:
    """Do what the usage says."""
    if mode in {"kill", "kill-rebuild"}:
        killing(folder, point).run(IndexOptions(rebuild=mode == "kill-rebuild"))
    elif mode == "hold":
        SmallIndex(folder, notebook=_HeldUp()).run()
    else:
        _read(folder)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), *sys.argv[3:])
