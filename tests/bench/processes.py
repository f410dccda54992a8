"""What whole runs of askpcc cost, from the start of the process to its end."""

import json
import subprocess
import sys
from pathlib import Path
from statistics import median

from askpcc.settings import Settings
from bench.figures import Figure, time_call

_ASKPCC = Path(sys.executable).with_name("askpcc")
_SLOWEST_HELP, _SLOWEST_NO_CHANGE, _MOST_MEMORY = 0.4, 2.0, 1.1
_QUESTION = "Which Borsetshire recommendations are still outstanding?"

_LOADED = """
import json, sys
from askpcc.cli import main
main(sys.argv[1:], standalone_mode=False)
print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})))
"""
# A small process in between: a child's peak counts what its parent held when it was forked.
_PEAK = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def measure_help(rounds: int) -> Figure:
    """Time ``askpcc --help``."""
    seconds = median(time_call(lambda: _run(str(_ASKPCC), "--help")) for _ in range(rounds))
    return Figure("askpcc --help, whole process", f"{seconds:.2f} s", "", seconds, _SLOWEST_HELP)


def measure_no_change(settings: Settings, documents: int, rounds: int) -> list[Figure]:
    """Time ``askpcc index`` where nothing has changed, and tell which heavy libraries it loads."""
    command = ("index", "--corpus", str(settings.corpus), "--index", str(settings.index), "--json")
    report = json.loads(_run(str(_ASKPCC), *command))
    if report["kept"] != documents:
        raise RuntimeError(f"This was to be a run without changes: {report}")
    seconds = median(time_call(lambda: _run(str(_ASKPCC), *command)) for _ in range(rounds))
    modules = json.loads(_run(sys.executable, "-c", _LOADED, *command).splitlines()[-1])
    heavy = [
        name for name in ("torch", "sentence_transformers", "onnxruntime", "chromadb") if name in modules
    ]
    return [
        Figure(
            f"askpcc index, {documents:,} documents, no change",
            f"{seconds:.2f} s",
            "",
            seconds,
            _SLOWEST_NO_CHANGE,
        ),
        Figure(
            "    torch, sentence_transformers, onnxruntime or chromadb",
            ", ".join(heavy) or "not loaded",
            "",
            len(heavy),
            0,
        ),
    ]


def measure_memory(settings: Settings, documents: int) -> Figure:
    """Measure the most memory that a process with one question holds."""
    command = (str(_ASKPCC), "ask", _QUESTION, "--index", str(settings.index))
    peak = int(_run(sys.executable, "-c", _PEAK, *command))
    gigabytes = peak * (1 if sys.platform == "darwin" else 1024) / 1e9
    return Figure(
        f"peak memory of a question, {documents:,} documents",
        f"{gigabytes:.2f} GB",
        "",
        gigabytes,
        _MOST_MEMORY,
    )


def _run(*command: str) -> str:
    """Return what a command prints; what it complains of goes to stderr."""
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout  # noqa: S603 (our own program)
