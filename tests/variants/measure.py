"""Prints how much of each variant is understood: ``PYTHONPATH=tests python -m variants.measure [NAME...]``.

Each is indexed in a folder of its own, in one process, with the models of the package, and asked five
questions.  A name may be the beginning of several.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from askpcc.adapters.chroma import ChromaNearest, StoreInUse
from askpcc.app.flows import (
    build_embedder,
    build_indexer,
    build_status_reader,
    build_status_scorer,
    build_taught_reader,
    open_catalogue,
    open_corpus,
)
from askpcc.asking.answering import Answerer
from askpcc.asking.drafting import QuotingWriter
from askpcc.asking.finding import Finder
from askpcc.asking.ranking import load_ranking
from askpcc.indexing.indexer import IndexOptions
from askpcc.reader.taught import BESIDE
from askpcc.register import build_register
from askpcc.settings import Settings
from askpcc.text.forces import load_forces
from support.small_index import Notebook
from variants.catalogue import VARIANTS
from variants.judging import Judged, judge_answer, judge_register
from variants.printed_pages import BROWSER
from variants.response import Variant, read_response

_UNSUPPORTED = "files of this kind are not read"
_HEAD = f"{'variant':32} {'register':>9}  {'answers':>7}  wrong or refused"


class Measure:
    """Understands variants; the models are loaded once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        shared = Settings(folder / "corpus", folder / "shared", "sqlite://")
        self._embedder = build_embedder(shared)
        self._statuses = build_status_reader(build_status_scorer(shared, keeps=False))
        self._reader = build_taught_reader()
        self._response = read_response()

    def judge(self, variant: Variant) -> Judged:
        """Index a variant by itself, ask the questions, and tell what is right."""
        folder = self._folder / variant.name
        settings = Settings(folder / "corpus", folder / "index", "sqlite://")
        settings.corpus.mkdir(parents=True)
        (settings.corpus / variant.path).write_bytes(variant.make(self._response))
        if not list(open_corpus(settings).files()):
            return Judged(variant, refused=_UNSUPPORTED)
        indexer = build_indexer(settings, Notebook(), 10, self._statuses)
        report = replace(indexer, embedder=self._embedder).run(IndexOptions())
        refused = "; ".join(failure.reason for failure in report.failed)
        if not report.added:
            return Judged(variant, refused=refused or "nothing was indexed")
        with open_catalogue(settings) as catalogue:
            rows = build_register(catalogue.document_claims())
            register = judge_register(self._response, rows)

            def in_use() -> StoreInUse:
                head = catalogue.head()
                return StoreInUse(head.store, head.seal)

            nearest = ChromaNearest(settings.index / "chroma", in_use)
            try:
                finder = Finder(catalogue, nearest, self._embedder, load_forces(), load_ranking())
                answerer = Answerer(
                    catalogue, finder, self._reader, QuotingWriter(self._reader.limits[BESIDE])
                )
                answered = tuple(
                    asked.id
                    for asked in self._response.questions
                    if judge_answer(self._response, asked, answerer.answer(asked.asks).answer)
                )
            finally:
                nearest.close()
        return Judged(variant, register.right, register.wrong, answered, refused, register.unplaced)


def tell(judged: Judged) -> str:
    """Return a line of the table."""
    variant = judged.variant
    register = f"{len(set(judged.right) & set(variant.numbers))} of {len(variant.numbers)}"
    answers = f"{len(set(judged.answered) & set(variant.answers))} of {len(variant.answers)}"
    wrong = ", ".join(f"{number or 'other'}: {status}" for number, status in judged.wrong)
    missed = [asked for asked in variant.answers if asked not in judged.answered]
    noted = [wrong, f"{judged.unplaced} rows unplaced" if judged.unplaced else ""]
    noted += [f"not answered: {' '.join(missed)}" if missed and not judged.refused else ""]
    noted.append(f"REFUSED: {judged.refused}" if judged.refused else "")
    return f"{variant.name:32} {register:>9}  {answers:>7}  {'; '.join(filter(None, noted))}".rstrip()


def sum_up(judged: Sequence[Judged]) -> Iterator[str]:
    """Sum up a table."""
    read = [one for one in judged if not one.refused]
    refused, whole = len(judged) - len(read), sum(one.as_expected for one in judged)
    yield f"{len(judged)} variants, {refused} refused, {whole} as expected"
    of = sum(len(one.variant.numbers) for one in judged)
    yield f"register right: {sum(len(one.right) for one in judged)} of {of}"
    wrong = [one for one in judged if one.wrong]
    yield f"wrong statuses: {sum(len(one.wrong) for one in wrong)} in {len(wrong)} variants"
    of = sum(len(one.variant.answers) for one in judged)
    right = sum(len(set(one.answered) & set(one.variant.answers)) for one in judged)
    yield f"answers right: {right} of {of}"


def main() -> int:
    """Print the table; exit status 1 where a status is wrong."""
    parser = argparse.ArgumentParser(description="Tell how much of each variant is understood.")
    parser.add_argument("names", nargs="*", help="beginnings of names; all without one")
    parser.add_argument("--write", type=Path, help="only write the files into this folder")
    chosen = parser.parse_args()
    names = tuple(chosen.names) or ("",)
    wanted = [
        one
        for one in VARIANTS
        if one.name.startswith(names) and (BROWSER or not one.name.startswith("print-"))
    ]
    if chosen.write:
        chosen.write.mkdir(parents=True, exist_ok=True)
        for variant in wanted:
            (chosen.write / variant.path).write_bytes(variant.make(read_response()))
        return 0
    print(_HEAD, flush=True)
    judged = []
    with tempfile.TemporaryDirectory(prefix="askpcc-variants-") as folder:
        measure = Measure(Path(folder))
        for variant in wanted:
            judged.append(measure.judge(variant))
            print(tell(judged[-1]), flush=True)
    print("\n".join(sum_up(judged)))
    return 1 if any(one.wrong for one in judged) else 0


if __name__ == "__main__":
    sys.exit(main())
