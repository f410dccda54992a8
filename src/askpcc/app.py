"""The composition root: settings become the parts, wired.  It holds no logic of its own.

Heavy libraries come in with the part that needs them, so each function imports what it wires.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from askpcc.errors import IndexFailure
from askpcc.model import Document, Source
from askpcc.settings import Settings

if TYPE_CHECKING:
    from askpcc.adapters.catalogue import SqlCatalogue
    from askpcc.adapters.corpus_folder import CorpusFolder
    from askpcc.additions import Addition
    from askpcc.additions import Wishes as AddingWishes
    from askpcc.answering import Answerer
    from askpcc.evaluation import Case, Tally
    from askpcc.fetched import Fetched
    from askpcc.index_report import IndexReport
    from askpcc.indexing import Indexer, Watcher, Wishes
    from askpcc.ports import Embedder, Reranker
    from askpcc.register import Register

_CATALOGUE = "catalogue.sqlite"
_EMBEDDINGS = "embeddings.sqlite"
_VECTORS = "chroma"
_LOCK = "lock"
_ADDING_WAIT = 600.0


def build_indexer(settings: Settings, watcher: "Watcher", wait: float) -> "Indexer":
    """Wire the index flow.  wait: seconds to wait for another run."""
    from askpcc.accessioning import Reading
    from askpcc.adapters.catalogue import SqlCatalogueWriter
    from askpcc.adapters.chroma import ChromaStores
    from askpcc.adapters.embedding_cache import SqliteEmbeddingCache
    from askpcc.adapters.locking import IndexLock
    from askpcc.indexing import Indexer
    from askpcc.passages import READING_VERSION, split
    from askpcc.register.naming import read_named
    from askpcc.statuses.claims import read_claims

    embedder = build_embedder(settings)
    return Indexer(
        corpus=open_corpus(settings),
        reading=Reading(
            read=build_reader(),
            split=lambda document: split(document, embedder.count_tokens, embedder.max_tokens),
            notes=partial(_read_notes, settings),
            version=READING_VERSION,
            claims=read_claims,
            items=read_named,
        ),
        embedder=embedder,
        cache=SqliteEmbeddingCache(settings.index / _EMBEDDINGS, watcher.tell),
        catalogue=SqlCatalogueWriter(settings.index / _CATALOGUE),
        stores=ChromaStores(settings.index / _VECTORS),
        lock=IndexLock(settings.index / _LOCK, wait, watcher.tell),
        watcher=watcher,
    )


def run_index(settings: Settings, watcher: "Watcher", wishes: "Wishes", wait: float) -> "IndexReport":
    """Bring the index up to date with the corpus."""
    return build_indexer(settings, watcher, wait).run(wishes)


def run_evaluation(settings: Settings, cases: "Sequence[Case]", watcher: "Watcher") -> "Tally":
    """Bring the index up to date with the corpus, and answer a question set from it."""
    from askpcc.evaluating import evaluate
    from askpcc.indexing import Wishes

    run_index(settings, watcher, Wishes(), _ADDING_WAIT)
    with open_answerer(settings) as answerer, open_catalogue(settings) as catalogue:
        return evaluate(cases, answerer, catalogue, watcher.step)


def run_add(
    settings: Settings, what: str, wishes: "AddingWishes", tell: Callable[[str], None], *, allow_private: bool
) -> "Addition":
    """Put a file or a web page into the corpus; indexing it is the caller's next step."""
    from askpcc.adapters.corpus_writer import CorpusFolderWriter
    from askpcc.adapters.local_files import LocalFiles
    from askpcc.adapters.locking import IndexLock
    from askpcc.adding import Adder, bring
    from askpcc.additions import SourceNotes
    from askpcc.reading.sources import append_source, parse_sources

    adder = Adder(
        corpus=open_corpus(settings),
        writer=CorpusFolderWriter(settings.corpus),
        notes=SourceNotes(parse_sources, append_source),
        read=build_reader(),
        versions=partial(_indexed_versions, settings),
        lock=IndexLock(settings.index / _LOCK, _ADDING_WAIT, tell),
    )
    fetched = bring(what, partial(_fetch, allow_private=allow_private), LocalFiles(_today).fetch)
    return adder.add(fetched, wishes)


@contextmanager
def open_catalogue(settings: Settings) -> Iterator["SqlCatalogue"]:
    """Open what is indexed, for reading; raises IndexMissing where there is none."""
    from askpcc.adapters.catalogue import SqlCatalogue

    catalogue = SqlCatalogue(settings.index / _CATALOGUE)
    try:
        yield catalogue
    finally:
        catalogue.close()


def write_register(path: Path, register: "Register") -> None:
    """Write the rows of a register as a workbook."""
    from askpcc.adapters.workbook import write_workbook
    from askpcc.register_sheets import lines

    write_workbook(path, "register", lines(register.rows))


@contextmanager
def open_answerer(settings: Settings) -> Iterator["Answerer"]:
    """Wire the flow from a question to an answer."""
    from askpcc.adapters.chroma import ChromaNearest, StoreInUse
    from askpcc.answering import Answerer
    from askpcc.forces import load_forces
    from askpcc.index_plan import refuse_other_embedder
    from askpcc.quoting import QuotingWriter

    embedder = build_embedder(settings)
    with open_catalogue(settings) as catalogue:

        def store_in_use() -> StoreInUse:
            head = catalogue.head()
            refuse_other_embedder(head.embedder, embedder.fingerprint)
            return StoreInUse(head.store, head.seal)

        nearest = ChromaNearest(settings.index / _VECTORS, store_in_use)
        try:
            yield Answerer(
                catalogue,
                nearest,
                embedder,
                QuotingWriter(),
                load_forces(),
                build_reranker(settings),
            )
        finally:
            nearest.close()


def build_embedder(settings: Settings) -> "Embedder":
    """Wire the embedding model; it is loaded when the first text is embedded."""
    from askpcc.adapters.embedding import SentenceTransformerEmbedder

    return SentenceTransformerEmbedder(settings.embedder)


def build_reranker(settings: Settings) -> "Reranker | None":
    """Wire the cross-encoder that is set, if any."""
    if settings.reranker is None:
        return None
    from askpcc.adapters.reranking import CrossEncoderReranker

    return CrossEncoderReranker(settings.reranker)


def build_reader() -> Callable[[str, bytes, Source], Document]:
    """Wire the reading of one file."""
    from askpcc.forces import load_forces
    from askpcc.reading.documents import read_document

    return partial(read_document, forces=load_forces())


def open_corpus(settings: Settings) -> "CorpusFolder":
    """Open the folder of responses."""
    from askpcc.adapters.corpus_folder import CorpusFolder
    from askpcc.reading.formats import SUPPORTED_SUFFIXES

    return CorpusFolder(settings.corpus, SUPPORTED_SUFFIXES)


def _read_notes(settings: Settings) -> Mapping[str, Source]:
    from askpcc.adapters.corpus_writer import CorpusFolderWriter
    from askpcc.adding import SOURCES_FILE
    from askpcc.reading.sources import parse_sources

    return parse_sources(CorpusFolderWriter(settings.corpus).read_note(SOURCES_FILE))


def _indexed_versions(settings: Settings) -> Mapping[str, str]:
    try:
        with open_catalogue(settings) as catalogue:
            return {card.path: card.version for card in catalogue.documents()}
    except IndexFailure:
        # Without an index every file is compared by its words; adding must not depend on one.
        return {}


def _fetch(url: str, *, allow_private: bool) -> "Fetched":
    from askpcc.adapters.fetching import WebFetcher

    return WebFetcher(_today, allow_private=allow_private).fetch(url)


def _today() -> date:
    return datetime.now().astimezone().date()
