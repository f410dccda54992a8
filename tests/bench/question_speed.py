"""What a question takes, against one embedding and one vector query on a copy of the same vectors."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from askpcc.adapters.chroma import get_collection, open_client
from askpcc.app.flows import open_answerer, open_catalogue
from askpcc.settings import Settings
from bench.figures import Figure, compare_times, time_call
from support.question_set import Case

if TYPE_CHECKING:
    from chromadb.api.models.Collection import Collection
    from sentence_transformers import SentenceTransformer

_MOST_MS = 150.0
"""The answer appears with the question's acknowledgement, at a thousand documents too."""
_WARMING_UP = 8
_FOUND = 10
"""How many results Chroma gives when it is not asked for a number."""


def measure_questions(
    name: str, settings: Settings, bare: "SentenceTransformer", cases: Sequence[Case], scratch: Path
) -> list[Figure]:
    """Ask every question both ways, in turns, after some that are not counted."""
    ours, theirs = list[float](), list[float]()
    with open_answerer(settings) as answerer, _open_copy(settings, scratch) as collection:
        for number, case in enumerate([*cases[:_WARMING_UP], *cases]):
            calls: list[tuple[list[float], Callable[[], object]]] = [
                (ours, partial(answerer.answer, case.question, case.history)),
                (theirs, partial(_search, bare, collection, case.question)),
            ]
            for series, call in calls if number % 2 else reversed(calls):
                series.append(time_call(call))
    return compare_times(name, ours[_WARMING_UP:], theirs[_WARMING_UP:], _MOST_MS)


def _search(bare: "SentenceTransformer", collection: "Collection", question: str) -> None:
    vector = bare.encode(question, normalize_embeddings=True, show_progress_bar=False)
    collection.query(query_embeddings=[vector], n_results=_FOUND)


@contextmanager
def _open_copy(settings: Settings, scratch: Path) -> Iterator["Collection"]:
    """Open a copy of the vectors in use: one process has one client for one folder."""
    with open_catalogue(settings) as catalogue:
        store = catalogue.head().store
    folder = scratch / store
    shutil.copytree(settings.index / "chroma" / store, folder)
    client = open_client(folder)
    try:
        yield get_collection(client)
    finally:
        client.close()
