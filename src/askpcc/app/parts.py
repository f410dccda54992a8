"""Parts that several flows are wired with."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from askpcc.model import Document, Source
from askpcc.settings import Settings

if TYPE_CHECKING:
    from askpcc.adapters.corpus_folder import CorpusFolder
    from askpcc.indexing.accessioning import Reading
    from askpcc.indexing.own_failures import OwnFailures
    from askpcc.ports import Embedder, Reranker

CATALOGUE = "catalogue.sqlite"
EMBEDDINGS = "embeddings.sqlite"
VECTORS = "chroma"
LOCK = "lock"


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
    from askpcc.language.forces import load_forces
    from askpcc.reading.documents import read_document

    return partial(read_document, forces=load_forces())


def build_reading(settings: Settings, embedder: "Embedder") -> "Reading":
    """Wire how a file becomes what is indexed."""
    from askpcc.indexing.accessioning import Reading
    from askpcc.passages.splitting import READING_VERSION, split
    from askpcc.register.naming import read_named
    from askpcc.statuses.claims import read_claims

    return Reading(
        read=build_reader(),
        split=lambda document: split(document, embedder.count_tokens, embedder.max_tokens),
        notes=partial(read_notes, settings),
        version=READING_VERSION,
        claims=read_claims,
        items=read_named,
        failures=build_failures(),
    )


def build_failures() -> "OwnFailures":
    """Wire what becomes of a document's failure that nobody expected: the log has its places in the code."""
    from askpcc.indexing.own_failures import OwnFailures
    from askpcc.rendering.logs import EventLog

    log = EventLog("documents")
    return OwnFailures(lambda reference, error: log.failure("document_failed", error, reference=reference))


def open_corpus(settings: Settings) -> "CorpusFolder":
    """Open the folder of responses."""
    from askpcc.adapters.corpus_folder import CorpusFolder
    from askpcc.reading.formats import SUPPORTED_SUFFIXES

    return CorpusFolder(settings.corpus, SUPPORTED_SUFFIXES)


def read_notes(settings: Settings) -> Mapping[str, Source]:
    """Read where the files of the corpus came from."""
    from askpcc.adapters.corpus_writer import CorpusFolderWriter
    from askpcc.adding.adder import SOURCES_FILE
    from askpcc.reading.sources import parse_sources

    return parse_sources(CorpusFolderWriter(settings.corpus).read_note(SOURCES_FILE))
