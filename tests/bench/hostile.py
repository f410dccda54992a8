"""Reads hostile documents in processes of their own: ``python -m bench.hostile 5000`` tells how they end.

A process has a gigabyte of addresses and 20 s of processor time for a document; one that dies, or is
ended by the system, is replaced by another.
"""

import argparse
import os
import re
import resource
import signal
import sys
import tempfile
import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from time import process_time
from traceback import extract_tb

from askpcc.errors import BadDocument
from support.hostile_documents import LARGE, draw_document

SECONDS = 20
MEMORY = 1_000_000_000
"""Bytes of addresses."""
_PATIENCE = 15
"""Times the seconds, by the clock on the wall, after which a process that waits for something is ended."""
_SHOWN = 3
READ, REFUSED, UNEXPECTED, DIED, SLOW = "read", "refused", "refused, unexpectedly", "died", "over 20 s"
_REASONS_SHOWN = 25
_TOLD = 250


@dataclass(frozen=True, slots=True)
class Ending:
    """How the reading of a document ended.  memory: bytes at the peak, 0 where the process did not live.

    what: the reason, or where an error that nobody had foreseen was raised.
    """

    seed: int
    path: str
    how: str
    seconds: float = 0.0
    memory: int = 0
    what: str = ""

    def as_line(self) -> str:
        """Return the ending as a line of the report."""
        return f"{self.seconds:7.2f} s {self.memory / 1e6:6.0f} MB  {self.how:22} {self.path}  {self.what}"


def main() -> int:
    """Read documents and print how they ended; exit status 1 means that one died or took too long."""
    parser = argparse.ArgumentParser(description="Read hostile documents and tell how they end.")
    parser.add_argument("number", type=int, help="how many documents")
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--most", type=int, default=LARGE, help="pieces of which a document is drawn")
    parser.add_argument("--workers", type=int, default=1)
    chosen = parser.parse_args()
    seeds = range(chosen.first, chosen.first + chosen.number)
    endings = []
    for ending in read_all(seeds, chosen.most, chosen.workers):
        endings.append(ending)
        if ending.how in {DIED, SLOW}:
            print(ending.as_line(), flush=True)
        if len(endings) % _TOLD == 0:
            print(f"{len(endings):,} of {len(seeds):,}", file=sys.stderr, flush=True)
    print("\n".join(report(endings)))
    return 1 if any(ending.how in {DIED, SLOW} for ending in endings) else 0


def report(endings: Sequence[Ending]) -> Iterator[str]:
    """Sum up how documents ended."""
    counted = Counter(ending.how for ending in endings)
    yield f"{len(endings):,} documents"
    for how in (READ, REFUSED, UNEXPECTED, DIED, SLOW):
        yield f"{how:24}{counted[how]:7,}"
    yield f"{'peak memory':24}{max((one.memory for one in endings), default=0) / 1e6:7,.0f} MB"
    yield "slowest:"
    for ending in sorted(endings, key=lambda one: one.seconds, reverse=True)[:_SHOWN]:
        yield ending.as_line()
    for how in (REFUSED, UNEXPECTED):
        why = Counter((Path(one.path).suffix, one.what) for one in endings if one.how == how)
        if why:
            yield f"{how}, by format, with a seed:"
        for (suffix, what), number in why.most_common(_REASONS_SHOWN):
            seed = next(one.seed for one in endings if one.what == what and one.path.endswith(suffix))
            yield f"{number:5} {suffix:9} {what}  ({seed})"


def read_all(seeds: Sequence[int], most: int, workers: int) -> Iterator[Ending]:
    """Read the documents of seeds, each in one of so many processes."""
    waiting: SimpleQueue[int] = SimpleQueue()
    ended: SimpleQueue[Ending] = SimpleQueue()
    for seed in seeds:
        waiting.put(seed)
    threads = [Thread(target=_serve, args=(waiting, ended, most), daemon=True) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for _ in seeds:
        yield ended.get()


def _serve(waiting: "SimpleQueue[int]", ended: "SimpleQueue[Ending]", most: int) -> None:
    """Have documents read by one process after the other until none waits."""
    process, link = _start(most)
    while True:
        try:
            seed = waiting.get_nowait()
        except Empty:
            link.send(None)
            process.join()
            return
        link.send(seed)
        try:
            ended.put(link.recv() if link.poll(_PATIENCE * SECONDS) else _end(process, seed, most))
            continue
        except EOFError:
            ended.put(_end(process, seed, most))
        process, link = _start(most)


def _start(most: int) -> tuple[SpawnProcess, "Connection[int | None, Ending]"]:
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_read, args=(theirs, most), daemon=True)
    process.start()
    theirs.close()
    return process, ours


def _end(process: SpawnProcess, seed: int, most: int) -> Ending:
    """Tell how a process ended; one that still waits for something is ended."""
    process.join(1)
    waits = process.is_alive()
    if waits:
        process.kill()
        process.join()
    late = waits or process.exitcode == -signal.SIGPROF
    path = draw_document(seed, most).path
    return Ending(seed, path, SLOW if late else DIED, SECONDS if late else 0.0, 0, f"exit {process.exitcode}")


def _read(link: "Connection[Ending, int | None]", most: int) -> None:
    """Read the documents whose seeds come, in a process of its own."""
    from support.hostile_reading import HostileReading

    warnings.simplefilter("ignore")
    with tempfile.TemporaryDirectory(prefix="askpcc-hostile-") as folder:
        reading = HostileReading(Path(folder))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        while (seed := link.recv()) is not None:
            document = draw_document(seed, most)
            _forget_peak()
            # The signal's own effect ends the process, whatever code of C it is in.
            signal.setitimer(signal.ITIMER_PROF, SECONDS)
            began = process_time()
            try:
                outcome = reading.read(document)
                how = READ if outcome.loaded else UNEXPECTED if outcome.unexpected else REFUSED
                what = place_of(outcome.unexpected) if outcome.unexpected else _reason(outcome.refused)
            except Exception as error:  # noqa: BLE001 - what is told is that it was no BadDocument
                how, what = DIED, place_of(error)
            seconds = process_time() - began
            signal.setitimer(signal.ITIMER_PROF, 0)
            link.send(Ending(seed, document.path, how, seconds, _peak(), what))


def _reason(refused: BadDocument | None) -> str:
    return re.sub("[0-9]+", "N", refused.reason) if refused else ""


def place_of(error: BaseException) -> str:
    """Name an error and the last place of ours that it went through."""
    ours = [frame for frame in extract_tb(error.__traceback__) if "/askpcc/" in frame.filename]
    place = f"{Path(ours[-1].filename).name}:{ours[-1].lineno}" if ours else "?"
    return f"{type(error).__name__} at {place}: {str(error)[:80]!r}"


_STATUS, _FORGET = Path("/proc/self/status"), Path("/proc/self/clear_refs")


def _forget_peak() -> None:
    """Let the peak of memory begin anew, where the system is Linux."""
    if os.access(_FORGET, os.W_OK):
        _FORGET.write_text("5")


def _peak() -> int:
    """Return the peak of this process's memory in bytes."""
    if _STATUS.exists():
        line = next(line for line in _STATUS.read_text().splitlines() if line.startswith("VmHWM"))
        return 1_024 * int(line.split()[1])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    sys.exit(main())
