"""Wires what reads an index: answers, the register, evaluation."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from askpcc.app.indexing import run_index
from askpcc.app.model import build_composer
from askpcc.app.parts import CATALOGUE, VECTORS, build_embedder, build_reranker
from askpcc.errors import SettingsError
from askpcc.settings import ModelSettings, Settings

if TYPE_CHECKING:
    from askpcc.adapters.catalogue import SqlCatalogue
    from askpcc.asking.answering import Answerer
    from askpcc.evaluating.measures import Case, Tally
    from askpcc.indexing.indexer import Watcher
    from askpcc.register import Register

_WAIT = 600.0


@contextmanager
def open_catalogue(settings: Settings) -> Iterator["SqlCatalogue"]:
    """Open what is indexed, for reading; raises IndexMissing where there is none."""
    from askpcc.adapters.catalogue import SqlCatalogue

    catalogue = SqlCatalogue(settings.index / CATALOGUE)
    try:
        yield catalogue
    finally:
        catalogue.close()


@contextmanager
def open_answerer(settings: Settings) -> Iterator["Answerer"]:
    """Wire the flow from a question to an answer."""
    from askpcc.adapters.chroma import ChromaNearest, StoreInUse
    from askpcc.asking.answering import Answerer
    from askpcc.asking.quoting import QuotingWriter
    from askpcc.indexing.plan import refuse_other_embedder
    from askpcc.language.forces import load_forces

    embedder = build_embedder(settings)
    with open_catalogue(settings) as catalogue:

        def store_in_use() -> StoreInUse:
            head = catalogue.head()
            refuse_other_embedder(head.embedder, embedder.fingerprint)
            return StoreInUse(head.store, head.seal)

        nearest = ChromaNearest(settings.index / VECTORS, store_in_use)
        try:
            answerer = Answerer(
                catalogue,
                nearest,
                embedder,
                QuotingWriter(),
                load_forces(),
                build_reranker(settings),
            )
            if settings.model.name:
                answerer.write_with(build_composer(settings))
            yield answerer
        finally:
            nearest.close()


def write_register(path: Path, register: "Register") -> None:
    """Write the rows of a register as a workbook."""
    from askpcc.adapters.workbook import write_workbook
    from askpcc.rendering.register_sheets import lines

    write_workbook(path, "register", lines(register.rows))


def run_evaluation(
    settings: Settings, cases: "Sequence[Case]", watcher: "Watcher", writers: "Sequence[str]" = ()
) -> "dict[str, Tally]":
    """Bring the index up to date with the corpus, and answer a question set from it with each writer.

    writers: "quoting", "model"; none for the one that is set.  Raises SettingsError where no model is.
    """
    from askpcc.evaluating.runs import evaluate
    from askpcc.indexing.indexer import Wishes

    named = writers or (["model"] if settings.model.name else ["quoting"])
    if "model" in named and not settings.model.name:
        raise SettingsError("No language model is set that could write. Set ASKPCC_MODEL to provider:model.")
    run_index(settings, watcher, Wishes(), _WAIT)
    tallies = {}
    for writer in named:
        wired = settings if writer == "model" else replace(settings, model=ModelSettings())
        with open_answerer(wired) as answerer, open_catalogue(wired) as catalogue:
            tallies[writer] = evaluate(cases, answerer, catalogue, watcher.step)
    return tallies
