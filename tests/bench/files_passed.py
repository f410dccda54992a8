"""How many files of askpcc a question, an index run and a mention in Slack pass on their way."""

import shutil
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from click.testing import CliRunner

import askpcc
from askpcc.cli import main
from bench.figures import Figure
from support.question_set import CORPUS
from support.slack_bot import DataFolder, run_bot

QUESTION = "Which Barsetshire recommendations are still outstanding?"
MOST_FOR_A_MENTION, MOST_FOR_AN_INDEX_RUN = 70, 60
_PACKAGE = str(Path(askpcc.__file__).parent)
_IMPORTED = "<module>"


def measure_files_passed(folder: Path) -> Iterator[Figure]:
    """Count files whose functions are called; each way is gone once before, so that imports do not count."""
    index = folder / "index"
    with _tracing() as trace:
        _run("index", "--corpus", str(CORPUS), "--index", str(folder / "first"))
        trace.files.clear()
        _run("index", "--corpus", str(CORPUS), "--index", str(index))
        yield _figure("an index run", trace, MOST_FOR_AN_INDEX_RUN)
        _run("ask", "--index", str(index), QUESTION)
        trace.files.clear()
        _run("ask", "--index", str(index), QUESTION)
        yield _figure("a question", trace)
        yield _figure("a mention in Slack", _trace_mention(trace, folder), MOST_FOR_A_MENTION)


@dataclass(slots=True)
class _Trace:
    files: set[str] = field(default_factory=set)

    def __call__(self, frame: FrameType, event: str, _: object) -> None:
        code = frame.f_code
        if event == "call" and code.co_name != _IMPORTED and code.co_filename.startswith(_PACKAGE):
            self.files.add(code.co_filename)


@contextmanager
def _tracing() -> Iterator[_Trace]:
    """Trace this thread and all that begin within the block."""
    trace = _Trace()
    threading.setprofile(trace)
    sys.setprofile(trace)
    try:
        yield trace
    finally:
        sys.setprofile(None)
        threading.setprofile(None)


def _trace_mention(trace: _Trace, folder: Path) -> _Trace:
    data = DataFolder(folder / "slack")
    shutil.copytree(CORPUS, data.corpus)
    data.run()
    with run_bot(data, folder) as bot:
        bot.answer(QUESTION)
        bot.settle()
        trace.files.clear()
        bot.answer(QUESTION)
        bot.settle()
        return _Trace(set(trace.files))


def _run(*arguments: str) -> None:
    result = CliRunner().invoke(main, list(arguments))
    if result.exit_code != 0:
        raise RuntimeError(f"askpcc {' '.join(arguments)}: {result.output}")


def _figure(way: str, trace: _Trace, most: int | None = None) -> Figure:
    passed = len(trace.files)
    return Figure(f"files that {way} passes", str(passed), "", passed if most else None, most)
