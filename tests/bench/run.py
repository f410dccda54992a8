"""Prints what askpcc costs.  Run by ``make bench``; ``--quick`` measures less of everything.

A missed target is told and is no failure: exit status 1 means that something could not be measured.
"""

import argparse
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from askpcc import __version__
from askpcc.adapters.embedding import bundled_model, load_model
from askpcc.app.flows import build_embedder, build_indexer, open_catalogue
from askpcc.indexing.indexer import IndexOptions
from askpcc.settings import Settings
from bench.embedding_speed import measure_embedding, measure_indexing
from bench.figures import HEAD, Figure
from bench.files_passed import measure_files_passed
from bench.processes import measure_help, measure_memory, measure_no_change
from bench.proving import measure_proving
from bench.question_speed import measure_questions
from bench.slack_speed import measure_slack
from bench.thousand import Silent, build_generated, make_settings, tell_first_run
from support.question_set import CORPUS, Case, read_cases


@dataclass(frozen=True, slots=True)
class Amounts:
    """How much is measured."""

    documents: int = 1_000
    batches: int = 4
    batch: int = 256
    questions: int = 120
    slack_questions: int = 200
    rounds: int = 7


QUICK = Amounts(documents=120, batches=2, batch=64, questions=60, slack_questions=50, rounds=3)
NOTES = """
Medians, of calls made in turns with what they are compared with: passages with SentenceTransformer.encode
on the same texts, questions with one embedding and one Chroma query for ten.  The generated documents are
indexed by the real flow under the bundled model's name, with vectors that cost nothing.  The bot runs in a
process of its own, and the Slack that it talks to in this one.
"""


def main() -> int:
    """Measure, and print each figure as soon as it is known."""
    parser = argparse.ArgumentParser(description="Print what askpcc costs.")
    parser.add_argument("--quick", action="store_true", help="measure less of everything")
    amounts = QUICK if parser.parse_args().quick else Amounts()
    machine = f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f} at the start"
    print(f"askpcc {__version__}, Python {platform.python_version()}, {machine}\n\n{HEAD}", flush=True)
    with tempfile.TemporaryDirectory(prefix="askpcc-bench-") as folder:
        try:
            for figure in measure(Path(folder), amounts):
                print(figure.as_line(), flush=True)
        except Exception as exc:  # noqa: BLE001 - the outer edge: told, and the run ends
            print(f"This could not be measured: {type(exc).__name__}: {exc}", file=sys.stderr)
            return 1
    print(NOTES)
    return 0


def measure(folder: Path, amounts: Amounts) -> Iterator[Figure]:
    """Measure everything: the checks, then whole processes, then what needs the model in this one."""
    yield from measure_proving()
    yield from measure_files_passed(_made(folder / "passed"))
    yield measure_help(amounts.rounds)
    generated = make_settings(folder / "generated")
    yield tell_first_run(build_generated(generated, amounts.documents))
    yield from measure_no_change(generated, amounts.documents, amounts.rounds)
    yield measure_memory(generated, amounts.documents)
    bare = load_model(bundled_model().path)
    yield measure_embedding(
        build_embedder(generated), bare, _draw_passages(generated, amounts), _made(folder / "caches")
    )
    written = make_settings(folder / "written")
    shutil.copytree(CORPUS, written.corpus)
    build_indexer(written, Silent(), 0).run(IndexOptions())
    yield measure_indexing(written, bare, _made(folder / "indexed"), amounts.batches)
    cases = _draw_questions(amounts.questions)
    for settings in (written, generated):
        documents = sum(1 for _ in settings.corpus.iterdir())
        name = f"a question, {documents:,} documents"
        yield from measure_questions(name, settings, bare, cases, _made(folder / f"copy {documents}"))
    words = [case.question for case in cases]
    yield from measure_slack(written.index, words, amounts.slack_questions, _made(folder / "slack"))


def _draw_passages(settings: Settings, amounts: Amounts) -> list[list[str]]:
    """Draw batches of different texts from all over an index, as the model gets them."""
    wanted = amounts.batches * amounts.batch
    with open_catalogue(settings) as catalogue:
        documents = [card.path for card in catalogue.documents()]
        passages = (passage.indexed for path in documents[::3] for passage in catalogue.passages_of(path))
        texts = list(islice(dict.fromkeys(passages), wanted))
    return [texts[start :: amounts.batches] for start in range(amounts.batches)]


def _draw_questions(number: int) -> list[Case]:
    """Draw questions from all over the set, without those that are declined unread."""
    cases = [case for case in read_cases() if case.kind != "out_of_scope"]
    return cases[:: max(1, len(cases) // number)][:number]


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


if __name__ == "__main__":
    sys.exit(main())
