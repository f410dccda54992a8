"""From a folder of documents to an index that answers: read, split, embed, store, in one run.

The catalogue's transaction is the moment an index changes.  A run fills a vector store of its own, the
transaction names it, and the store of the earlier run is swept after that: killed at any moment, a run
leaves the earlier index whole, and litter that the next one sweeps.
"""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from time import perf_counter
from typing import Protocol

from askpcc.errors import AskpccError, IndexDamaged
from askpcc.indexing.loading import (
    CachedEmbedder,
    DocumentLoader,
    Reading,
    VectorStoreBuilder,
    find_unembeddable,
)
from askpcc.indexing.plan import (
    IndexReport,
    ModelUse,
    Work,
    find_changes,
    find_reread,
    find_strays,
    plan_run,
    refuse_nothing,
    refuse_other_embedder,
    refuse_shrinking,
    scan_corpus,
)
from askpcc.model import DocumentClaims, IndexRun
from askpcc.ports import (
    CatalogueChange,
    CatalogueWriter,
    Corpus,
    Embedder,
    EmbeddingCache,
    IndexState,
    Lock,
    VectorStores,
)
from askpcc.register import RegisterChanges, build_register, compare


class IndexObserver(Protocol):
    """Hears how a run goes on: "reading" counts files, "embedding" passages."""

    def step(self, done: int, total: int, what: str) -> None:
        """Hear that so many of so many are done."""

    def notify(self, sentence: str) -> None:
        """Hear something that the person who waits should know."""


@dataclass(frozen=True, slots=True)
class IndexOptions:
    """What the person asks of a run.  rebuild: read every file again.  dry_run: write nothing."""

    rebuild: bool = False
    dry_run: bool = False
    allow_shrink: bool = False


class _Steps:
    """Counts what is done of a step.  show: hears that so many of so many are done, and what."""

    def __init__(self, show: Callable[[int, int, str], None], what: str, total: int) -> None:
        self._show = show
        self._what = what
        self._total = total
        self._done = 0

    def __call__(self, done: int) -> None:
        """Note that so many more are done; what is done again counts for no more than the whole."""
        self._done = min(self._total, self._done + done)
        self._show(self._done, self._total, self._what)


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Indexer:
    """The parts of a run.  model_use: what a language model has read for the register, None without one."""

    corpus: Corpus
    reading: Reading
    embedder: Embedder
    cache: EmbeddingCache
    catalogue: CatalogueWriter
    stores: VectorStores
    lock: Lock
    observer: IndexObserver
    now: Callable[[], datetime] = _utc_now
    model_use: Callable[[], ModelUse | None] = lambda: None

    def run(self, options: IndexOptions) -> IndexReport:
        """Bring the index in line with the corpus; a run with nothing to do neither embeds nor writes.

        Raises CorpusError, EmbedderError and the failures of the index; bad files are in the report.
        """
        started = perf_counter()
        if options.dry_run:
            report = self._rehearse(options)
        else:
            with self.lock.held():
                report = self._perform(options)
        return replace(report, seconds=perf_counter() - started, model=self.model_use())

    def look(self) -> dict[str, str]:
        """Return the files that are new, changed or gone, with what tells one version from the next.

        Writes nothing, and waits for nobody.  Raises CorpusError and the failures of the index.
        """
        state = self.catalogue.state()
        scan = scan_corpus(self.corpus, self._loader(state).fingerprint)
        return find_changes(scan, state.documents if state else {})

    def _rehearse(self, options: IndexOptions) -> IndexReport:
        try:
            state = self.catalogue.state()
        except IndexDamaged:
            state = None
        work = self._find_work(state, options)
        present = work.held() if self._base(state, options) else set()
        missing = work.texts(work.wanted().keys() - present, self.catalogue)
        embedded = CachedEmbedder(self.embedder, self.cache, lambda _: None).count_unknown(missing)
        before = self._claims_before(state, work)
        report = work.report(state.index_version if state else "", embedded, before)
        return replace(report, register=_compare(before, work))

    def _perform(self, options: IndexOptions) -> IndexReport:
        state = self._open()
        work = self._find_work(state, options)
        base = self._base(state, options)
        embedder = CachedEmbedder(self.embedder, self.cache, self._count_embedding(work, base))
        work, store = self._fill(work, base, embedder)
        before = self._claims_before(state, work)
        report = replace(work.report("", embedder.embedded, before), register=_compare(before, work))
        version = self._commit(state, work, store, report)
        self.stores.sweep(keep=store)
        return replace(report, index_version=version)

    def _fill(self, work: Work, base: str | None, embedder: CachedEmbedder) -> tuple[Work, str]:
        """Return the store to use, and the work without the documents that cannot be embedded."""
        if base is not None and work.wanted().keys() == work.held():
            return work, base
        try:
            return work, VectorStoreBuilder(self.stores, embedder, self.catalogue, work).fill(base)
        except AskpccError:
            raise
        except BaseException:
            bad = find_unembeddable(embedder, work.loaded, self.reading.failures)
            if not bad:
                raise
            return self._fill(work.without(bad), base, embedder)

    def _open(self) -> IndexState | None:
        try:
            return self.catalogue.state()
        except IndexDamaged as damage:
            self.observer.notify(f"{damage.args[0].partition('Run:')[0].strip()} It is built again.")
            self.catalogue.discard()
            return None

    def _find_work(self, state: IndexState | None, options: IndexOptions) -> Work:
        if state and not options.rebuild:
            refuse_other_embedder(state.embedder, self.embedder.fingerprint)
        earlier = state.documents if state else {}
        loader = self._loader(state)
        scan = scan_corpus(self.corpus, loader.fingerprint)
        refuse_nothing(scan, earlier)
        plan = plan_run(scan, earlier, rebuild=options.rebuild)
        if not (options.allow_shrink or options.dry_run):
            refuse_shrinking(plan, scan, earlier)
        if again := find_reread(plan, scan, earlier):
            self.observer.notify(
                f"{len(again)} unchanged documents are read again: the reader is another one than before, "
                "it has not read all of them, it can read more of them now, or something else is noted of "
                "their source or facts."
            )
        on_file = _Steps(self.observer.step, "reading", len(plan.read))
        loaded = loader.load(plan.read, lambda: on_file(1))
        strays = find_strays(loader.corrections, scan)
        return Work(earlier, plan, loaded, [*scan.bad, *loader.bad], scan.skipped, strays)

    def _loader(self, state: IndexState | None) -> DocumentLoader:
        earlier = state.documents if state else {}
        indexed = {path: was.fingerprint for path, was in earlier.items()}
        return DocumentLoader(self.corpus, self.reading, indexed)

    def _base(self, state: IndexState | None, options: IndexOptions) -> str | None:
        """Return the store in use if it lies on disk as it was left, so that it can be built upon."""
        if state is None or options.rebuild:
            return None
        if state.seal and self.stores.seal(state.store) == state.seal:
            return state.store
        self.observer.notify("The vectors are not as the last run left them; they are built again.")
        return None

    def _count_embedding(self, work: Work, base: str | None) -> _Steps:
        present = work.held() if base else set()
        return _Steps(self.observer.step, "embedding", len(work.wanted().keys() - present))

    def _claims_before(self, state: IndexState | None, work: Work) -> Sequence[DocumentClaims]:
        """Return what documents said of matters, where the run changes any; read before it is written."""
        return self.catalogue.document_claims() if state and work.changes_something() else ()

    def _commit(self, state: IndexState | None, work: Work, store: str, done: IndexReport) -> str:
        if state and store == state.store and not work.changes_something():
            return state.index_version
        seal = state.seal if state and store == state.store else self.stores.seal(store)
        changes = {
            **done.register.as_json(),
            "titles": dict(done.titles),
            "welsh_copies": dict(done.welsh_copies),
            "to_check": done.checks(),
            "failed": [asdict(failure) for failure in done.failed],
            "skipped": [asdict(one) for one in done.skipped],
        }
        added, changed, removed = map(tuple, (done.added, done.changed, done.removed))
        run = IndexRun("", self.now(), added, changed, removed, changes)
        return self.catalogue.commit(
            CatalogueChange(
                self.embedder.fingerprint, store, seal, work.loaded, work.plan.removed, work.stale(), run
            )
        )


def _compare(before: Sequence[DocumentClaims], work: Work) -> RegisterChanges:
    """Tell what the run changes in the register."""
    if not work.changes_something():
        return RegisterChanges()
    return compare(build_register(before), build_register(work.document_claims(before)))
