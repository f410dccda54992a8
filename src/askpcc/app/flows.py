"""Wires indexing, asking, adding, the ledger and the protocol server."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from askpcc.errors import CorpusError, IndexFailure, LedgerError, SettingsError
from askpcc.model import Document, DocumentCard, FactName, Source
from askpcc.settings import ModelSettings, Settings

if TYPE_CHECKING:
    from askpcc.adapters.catalogue import SqlCatalogue
    from askpcc.adapters.corpus_folder import CorpusFolder
    from askpcc.adapters.langchain_retriever import AskpccRetriever
    from askpcc.adapters.ledger import SqlLedger
    from askpcc.asking.answering import Answerer
    from askpcc.asking.composing import Composer
    from askpcc.asking.finding import Finder
    from askpcc.downloads import Fetched
    from askpcc.errors import ModelError
    from askpcc.evaluation import Case, Tally
    from askpcc.indexing.adding import Adder, Addition, AddOptions
    from askpcc.indexing.archives import ArchiveAddition
    from askpcc.indexing.correcting import CorrectionNotes, Corrector
    from askpcc.indexing.indexer import Indexer, IndexObserver, IndexOptions
    from askpcc.indexing.loading import DocumentFailures, Reading
    from askpcc.indexing.plan import IndexReport, SkippedFile
    from askpcc.indexing.register_reading import ModelReader
    from askpcc.metadata.corrections import Corrections
    from askpcc.model import Citation
    from askpcc.ports import CaseScorer, Embedder, Reader, TokenBudget
    from askpcc.register import Register
    from askpcc.statuses import StatusReader


CATALOGUE = "catalogue.sqlite"
EMBEDDINGS = "embeddings.sqlite"
READINGS = "readings.sqlite"
MODEL_READINGS = "model-readings.sqlite"
VECTORS = "chroma"
LOCK = "lock"
FACTS_LOCK = "facts.lock"
_WAIT_FOR_NOTES = 10.0
"""Seconds: a correction is written in milliseconds."""


def build_embedder(settings: Settings) -> "Embedder":
    """Wire the embedding model; it is loaded when the first text is embedded."""
    from askpcc.adapters.embedding import SentenceTransformerEmbedder

    return SentenceTransformerEmbedder(settings.embedder)


def build_taught_reader() -> "Reader":
    """Wire the reader of questions; its encoders are loaded when the first one is read."""
    from askpcc.adapters.embedding import count_threads
    from askpcc.adapters.taught_encoder import OnnxScorer, packaged_reader
    from askpcc.reader.cases import Subject
    from askpcc.reader.taught import TaughtReader, load_weights

    folder = packaged_reader()
    questions, statuses = (OnnxScorer(folder, subject, count_threads()) for subject in Subject)
    return TaughtReader(questions, statuses, load_weights(folder))


def build_reader() -> Callable[[str, bytes, Source], Document]:
    """Wire the reading of one file."""
    from askpcc.metadata import read_document
    from askpcc.text.forces import load_forces

    return partial(read_document, forces=load_forces())


def build_status_scorer(
    settings: Settings, tell: Callable[[str], None] = lambda _: None, *, keeps: bool = True
) -> "CaseScorer":
    """Wire the taught encoder of statuses; what it read before stands beside the index.

    tell: hears of a damaged file.  keeps: what is read now is kept too.
    """
    from askpcc.adapters.caches import SqliteEmbeddingCache
    from askpcc.adapters.embedding import count_threads
    from askpcc.adapters.taught_encoder import CachedScorer, OnnxScorer, packaged_reader
    from askpcc.reader.cases import Subject

    cache = SqliteEmbeddingCache(settings.index / READINGS, tell)
    scorer = OnnxScorer(packaged_reader(), Subject.STATUSES, count_threads())
    return CachedScorer(scorer, cache, keeps=keeps)


def build_status_reader(scorer: "CaseScorer") -> "StatusReader":
    """Wire the taught reader of statuses."""
    from askpcc.statuses import StatusReader
    from askpcc.statuses.status_reader import load_status_limits

    return StatusReader(scorer, load_status_limits())


def build_model_reader(
    settings: Settings, scorer: "CaseScorer", tell: Callable[[str], None], *, reads: bool
) -> "ModelReader | None":
    """Wire the language model that reads for the register; None where none is set to.

    reads: False to count what would be read.  Raises SettingsError where its package or key is missing.
    """
    from askpcc.adapters.caches import SqliteReadingStore
    from askpcc.adapters.chat_model import build_register_model
    from askpcc.indexing.register_reading import SECONDS, ModelReader, hide_nothing
    from askpcc.statuses.claim_check import load_claim_check

    if settings.model.name is None or not settings.model.index_tokens:
        return None
    model = build_register_model(settings.model.name, SECONDS)
    store = SqliteReadingStore(settings.index / MODEL_READINGS, tell)
    hide = hide_names if settings.model.hide_names else hide_nothing
    budget, most = build_budget(settings), settings.model.index_tokens
    taught, check = build_status_reader(scorer), load_claim_check(scorer)
    return ModelReader(taught, check, model, store, budget, most, hide=hide, reads=reads)


def hide_names(words: str, document: Document) -> str:
    """Return words without the names of people."""
    from askpcc.text.forces import load_forces
    from askpcc.text.references import hide_people

    author = document.fact(FactName.AUTHOR)
    return hide_people(words, load_forces(), [author.value] if author else [])


def build_reading(
    settings: Settings, embedder: "Embedder", reader: "StatusReader", by_model: "ModelReader | None" = None
) -> "Reading":
    """Wire how a file becomes what is indexed."""
    from askpcc.chunking import READING_VERSION, split
    from askpcc.indexing.loading import Reading
    from askpcc.readers import has_program
    from askpcc.register.rows import read_named

    return Reading(
        read=build_reader(),
        split=lambda document: split(document, embedder.count_tokens, embedder.max_tokens),
        notes=partial(read_notes, settings),
        corrections=partial(read_corrections, settings),
        version=f"{READING_VERSION} {(by_model or reader).fingerprint}",
        claims=(by_model or reader).claims,
        items=read_named,
        failures=build_failures(),
        is_whole=by_model.is_whole if by_model else lambda _: True,
        has=has_program,
    )


def build_failures() -> "DocumentFailures":
    """Wire what becomes of a document's failure that nobody expected: the log has its places in the code."""
    from askpcc.indexing.loading import DocumentFailures
    from askpcc.rendering.logs import EventLog

    log = EventLog("documents")
    return DocumentFailures(
        lambda reference, error: log.failure("document_failed", error, reference=reference)
    )


def open_corpus(settings: Settings) -> "CorpusFolder":
    """Open the folder of responses."""
    from askpcc.adapters.corpus_folder import CorpusFolder
    from askpcc.readers import SUPPORTED_SUFFIXES

    return CorpusFolder(settings.corpus, SUPPORTED_SUFFIXES)


def read_skipped(settings: Settings) -> Sequence["SkippedFile"]:
    """Read which files of the corpus are of kinds that are not read; none where it lies elsewhere."""
    from askpcc.indexing.plan import name_skipped

    try:
        return name_skipped(open_corpus(settings))
    except CorpusError:
        # An index can be asked where its corpus is not.
        return ()


def read_notes(settings: Settings) -> Mapping[str, Source]:
    """Read where the files of the corpus came from."""
    from askpcc.adapters.corpus_folder import CorpusFolderWriter
    from askpcc.metadata import SOURCES_FILE, parse_sources

    return parse_sources(CorpusFolderWriter(settings.corpus).read_note(SOURCES_FILE))


def read_corrections(settings: Settings) -> "Mapping[str, Corrections]":
    """Read what people say of documents in the place of what was read."""
    from askpcc.adapters.corpus_folder import CorpusFolderWriter
    from askpcc.metadata.corrections import FACTS_FILE, parse_corrections

    return parse_corrections(CorpusFolderWriter(settings.corpus).read_note(FACTS_FILE))


def read_strays(settings: Settings) -> list[str]:
    """Read which documents are corrected and not in the corpus; none where that lies elsewhere."""
    try:
        held = set(open_corpus(settings).files())
        return sorted(path for path in read_corrections(settings) if path not in held)
    except CorpusError:
        # An index can be asked where its corpus is not; a run tells what is wrong with the file.
        return []


def build_corrector(settings: Settings) -> "Corrector":
    """Wire what notes corrections of facts."""
    from askpcc.indexing.correcting import Corrector
    from askpcc.text.forces import load_forces

    notes = build_correction_notes(settings)
    return Corrector(lambda: set(open_corpus(settings).files()), notes, load_forces(), read_today)


def build_correction_notes(settings: Settings) -> "CorrectionNotes":
    """Wire the file of corrections."""
    from askpcc.adapters.corpus_folder import CorpusFolderWriter, IndexLock
    from askpcc.indexing.correcting import CorrectionNotes

    lock = IndexLock(settings.index / FACTS_LOCK, _WAIT_FOR_NOTES, lambda _: None)
    return CorrectionNotes(CorpusFolderWriter(settings.corpus), lock)


_COUNT = "model-tokens.json"


def build_composer(settings: Settings) -> "Composer":
    """Wire the language model that is set; raises SettingsError where its package or key is missing."""
    from askpcc.adapters.chat_model import build_model
    from askpcc.asking.composing import Composer

    model = build_model(settings.model.name or "", settings.model.seconds)
    seconds, hides_names = settings.model.seconds, settings.model.hide_names
    return Composer(model, build_budget(settings), seconds, log_failure, hides_names)


def build_budget(settings: Settings) -> "TokenBudget":
    """Wire the count of tokens, which stands beside the index and holds nothing else."""
    from askpcc.adapters.token_budget import FileBudget, Unlimited

    if settings.model.daily_tokens is None:
        return Unlimited()
    return FileBudget(settings.index / _COUNT, settings.model.daily_tokens, lambda: datetime.now(UTC).date())


def log_failure(failure: "ModelError") -> None:
    """Log why a model was not used, under the reference that the answer tells."""
    from askpcc.rendering.logs import EventLog

    EventLog("model").warning(
        "model_not_used", reference=failure.reference, reason=failure.reason.replace(" ", "_")
    )


def build_indexer(
    settings: Settings,
    observer: "IndexObserver",
    wait: float,
    reader: "StatusReader | None" = None,
    by_model: "ModelReader | None" = None,
) -> "Indexer":
    """Wire the index flow.  wait: seconds to wait for another run.  reader: None for the packaged one.

    by_model: reads for the register where a language model does.
    """
    from askpcc.adapters.caches import SqliteEmbeddingCache
    from askpcc.adapters.catalogue import SqlCatalogueWriter
    from askpcc.adapters.chroma import ChromaStores
    from askpcc.adapters.corpus_folder import IndexLock
    from askpcc.indexing.indexer import Indexer

    embedder = build_embedder(settings)
    return Indexer(
        corpus=open_corpus(settings),
        reading=build_reading(
            settings,
            embedder,
            reader or build_status_reader(build_status_scorer(settings, observer.notify)),
            by_model,
        ),
        embedder=embedder,
        cache=SqliteEmbeddingCache(settings.index / EMBEDDINGS, observer.notify),
        catalogue=SqlCatalogueWriter(settings.index / CATALOGUE),
        stores=ChromaStores(settings.index / VECTORS),
        lock=IndexLock(settings.index / LOCK, wait, observer.notify),
        observer=observer,
        model_use=lambda: by_model.use if by_model else None,
    )


def run_index(
    settings: Settings, observer: "IndexObserver", options: "IndexOptions", wait: float
) -> "IndexReport":
    """Bring the index up to date with the corpus."""
    scorer = build_status_scorer(settings, observer.notify, keeps=not options.dry_run)
    by_model = build_model_reader(settings, scorer, observer.notify, reads=not options.dry_run)
    return build_indexer(settings, observer, wait, build_status_reader(scorer), by_model).run(options)


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
def open_finder(settings: Settings, catalogue: "SqlCatalogue") -> Iterator["Finder"]:
    """Wire what finds sentences for a question."""
    from askpcc.adapters.chroma import ChromaNearest, StoreInUse
    from askpcc.asking.finding import Finder
    from askpcc.asking.ranking import load_ranking
    from askpcc.indexing.plan import refuse_other_embedder
    from askpcc.text.forces import load_forces

    embedder = build_embedder(settings)

    def store_in_use() -> StoreInUse:
        head = catalogue.head()
        refuse_other_embedder(head.embedder, embedder.fingerprint)
        return StoreInUse(head.store, head.seal)

    nearest = ChromaNearest(settings.index / VECTORS, store_in_use)
    try:
        yield Finder(catalogue, nearest, embedder, load_forces(), load_ranking())
    finally:
        nearest.close()


@contextmanager
def open_answerer(settings: Settings) -> Iterator["Answerer"]:
    """Wire the flow from a question to an answer."""
    from askpcc.asking.answering import Answerer
    from askpcc.asking.drafting import QuotingWriter
    from askpcc.reader.taught import BESIDE

    reader = build_taught_reader()
    with open_catalogue(settings) as catalogue, open_finder(settings, catalogue) as finder:
        answerer = Answerer(catalogue, finder, reader, QuotingWriter(reader.limits[BESIDE]))
        if settings.model.name:
            answerer.write_with(build_composer(settings))
        yield answerer


def write_register(path: Path, register: "Register") -> None:
    """Write the rows of a register as a workbook."""
    from askpcc.rendering.register_text import lines, write_workbook

    write_workbook(path, "register", lines(register.rows))


def run_evaluation(
    settings: Settings, cases: "Sequence[Case]", observer: "IndexObserver", writers: "Sequence[str]" = ()
) -> "dict[str, Tally]":
    """Bring the index up to date with the corpus, and answer a question set from it with each writer.

    writers: "quoting", "model"; none for the one that is set.  Raises SettingsError where no model is.
    """
    from askpcc.evaluation import evaluate
    from askpcc.indexing.indexer import IndexOptions

    named = writers or (["model"] if settings.model.name else ["quoting"])
    if "model" in named and not settings.model.name:
        raise SettingsError("No language model is set that could write. Set ASKPCC_MODEL to provider:model.")
    run_index(settings, observer, IndexOptions(), _WAIT)
    tallies = {}
    for writer in named:
        wired = settings if writer == "model" else replace(settings, model=ModelSettings())
        with open_answerer(wired) as answerer, open_catalogue(wired) as catalogue:
            tallies[writer] = evaluate(cases, answerer, catalogue, observer.step)
    return tallies


def run_add(
    settings: Settings, what: str, options: "AddOptions", tell: Callable[[str], None], *, allow_private: bool
) -> "Addition | ArchiveAddition":
    """Put a file, those of an archive, or a web page into the corpus; the caller indexes it."""
    from askpcc.adapters.fetching import LocalFiles
    from askpcc.indexing.adding import bring
    from askpcc.indexing.archives import add_archive, is_archive

    fetched = bring(what, partial(_fetch, allow_private=allow_private), LocalFiles(read_today).fetch)
    adder = build_adder(settings, tell)
    return add_archive(adder, fetched, options) if is_archive(fetched) else adder.add(fetched, options)


def build_adder(settings: Settings, tell: Callable[[str], None], wait: float = _WAIT) -> "Adder":
    """Wire what stores responses.  tell: hears that another run holds the lock.  wait: seconds for it."""
    from askpcc.adapters.corpus_folder import CorpusFolderWriter, IndexLock
    from askpcc.indexing.adding import Adder

    return Adder(
        corpus=open_corpus(settings),
        writer=CorpusFolderWriter(settings.corpus),
        reading=build_reading(
            settings,
            build_embedder(settings),
            build_status_reader(build_status_scorer(settings, tell, keeps=False)),
        ),
        indexed=partial(_read_indexed, settings),
        lock=IndexLock(settings.index / LOCK, wait, tell),
        corrections=build_correction_notes(settings),
    )


def _read_indexed(settings: Settings) -> Sequence[DocumentCard]:
    try:
        with open_catalogue(settings) as catalogue:
            return catalogue.documents()
    except IndexFailure:
        # Without an index every file is compared by its words; adding must not depend on one.
        return ()


def _fetch(url: str, *, allow_private: bool) -> "Fetched":
    from askpcc.adapters.fetching import WebFetcher

    return WebFetcher(read_today, allow_private=allow_private).fetch(url)


def read_today() -> date:
    """Return the day in the time zone of this machine."""
    return datetime.now().astimezone().date()


@contextmanager
def open_kept_ledger(settings: Settings) -> Iterator["SqlLedger"]:
    """Open the ledger that is there; raises LedgerError where there is none, and makes none."""
    from askpcc.adapters.ledger import open_ledger
    from askpcc.adapters.ledger.database import read_place

    file = read_place(settings.ledger).file
    if file is not None and not file.exists():
        raise LedgerError(f"There is no ledger at {file}. Set ASKPCC_LEDGER to where it is.")
    ledger = open_ledger(settings.ledger)
    try:
        yield ledger
    finally:
        ledger.close()


@contextmanager
def open_retriever(settings: Settings, k: int = 8) -> Iterator["AskpccRetriever"]:
    """Open a retriever of the k sentences that fit a question best; no language model of ours is asked."""
    from askpcc.adapters.langchain_retriever import AskpccRetriever
    from askpcc.asking.citing import cite

    quoting = replace(settings, model=ModelSettings())
    with open_answerer(quoting) as answerer, open_catalogue(quoting) as catalogue:

        def find(question: str, most: int) -> "list[Citation]":
            cards = {card.path: card for card in catalogue.documents()}
            ranked = answerer.answer(question).ranked[:most]
            return [
                cite(found.sentence, cards) for found in ranked if found.sentence.passage.document in cards
            ]

        yield AskpccRetriever(find=find, k=k)


def run_mcp(settings: Settings) -> None:
    """Serve over stdin and stdout until they are closed; raises SettingsError where the SDK is missing."""
    from askpcc.library import Library
    from askpcc.mcp_server import Tools, build_server
    from askpcc.text.forces import load_forces

    with open_answerer(settings) as answerer, open_catalogue(settings) as catalogue:
        try:
            server = build_server(Tools(answerer, Library(catalogue, load_forces())))
        except ImportError as exc:
            raise SettingsError(
                "The package mcp is not installed. Install it with: pip install 'askpcc[mcp]'"
            ) from exc
        server.run("stdio")
