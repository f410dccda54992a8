"""Documents are read, embedded and put into a vector store; what fails of one is its own failure."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256

from askpcc.errors import AskpccError, BadDocument, IndexDamaged, new_reference
from askpcc.indexing.plan import Work, fingerprint_of
from askpcc.metadata.corrections import Corrections, correct
from askpcc.model import (
    Document,
    DocumentClaims,
    NamedMatter,
    Passage,
    Source,
    StatusClaim,
)
from askpcc.ports import (
    CatalogueWriter,
    Corpus,
    Embedder,
    EmbeddingCache,
    LoadedDocument,
    Vector,
    Vectors,
    VectorStores,
)
from askpcc.readers import PROGRAMS
from askpcc.register import build_register

MOST_PASSAGES = 5_000
"""Of one document: the longest inspection report has some 2,000."""
BATCH = 64
"""Texts embedded between two writes to the cache: what a killed run loses at most, some two seconds."""
_CHUNK = 1_000
_SAMPLE = 64
_PROBE = "A response to a report."


@dataclass(frozen=True, slots=True)
class DocumentFailures:
    """Turns what nobody expected into a BadDocument.  log: keeps an error under its reference."""

    log: Callable[[str, BaseException], None] = lambda _, __: None
    new_reference: Callable[[], str] = new_reference

    @contextmanager
    def of(self, document: str, done: str) -> Iterator[None]:
        """Raise BadDocument for what fails inside.  done: what is done to the document, as in "read".

        Errors of ours or of the operating system, and a wish to stop, are no document's fault: raised again.
        """
        try:
            yield
        except (AskpccError, KeyboardInterrupt, SystemExit, GeneratorExit):
            raise
        except BaseException as exc:  # what panics in Rust, as a tokenizer may, is no Exception
            if _is_of_the_system(exc):
                raise
            reference = self.new_reference()
            self.log(reference, exc)
            # The reason is the same in each run, so that a document that is stale stays as it is marked.
            reason = f"It could not be {done}: an unexpected {type(exc).__name__}."
            remedy = f"Save it anew or in another format; the log has more under the reference {reference}."
            raise BadDocument(document, reason, remedy) from exc


def _is_of_the_system(error: BaseException) -> bool:
    """Tell a full disk from a parser that complains with an OSError of its own, which has no number."""
    return isinstance(error, OSError) and error.errno is not None


@dataclass(frozen=True, slots=True)
class Reading:
    """How a file becomes passages.  read: path, bytes and where it came from; raises BadDocument.

    notes: where the files came from, by path.  version: raised when the same bytes read otherwise.
    claims, items: what a document says of matters, and which it names; nothing, where that is not read.
    failures: of one document, whatever fails.  is_whole: whether the claims of a path are all that can be
    read; what is not whole is read again in the next run.  corrections: what people say of documents, by
    path.  has: whether a program is installed; what one that lacked would read more of is read again with it.
    """

    read: Callable[[str, bytes, Source], Document]
    split: Callable[[Document], Sequence[Passage]]
    notes: Callable[[], Mapping[str, Source]]
    version: str
    claims: Callable[[Document, Sequence[Passage]], Sequence[StatusClaim]] = lambda _, __: ()
    items: Callable[[Document, Sequence[Passage]], Sequence[NamedMatter]] = lambda _, __: ()
    failures: DocumentFailures = field(default_factory=DocumentFailures)
    is_whole: Callable[[str], bool] = lambda _: True
    corrections: Callable[[], Mapping[str, Corrections]] = dict
    has: Callable[[str], bool] = lambda _: False

    def load(
        self, path: str, data: bytes, source: Source, corrections: Corrections | None = None
    ) -> LoadedDocument:
        """Read a file in all respects; raises BadDocument for whatever fails of it.

        corrections: what people say of it.
        """
        said = corrections or {}
        document, failures = correct(self.document(path, data, source), said), self.failures
        with failures.of(path, "split into passages"):
            passages = self.split(document)
        if len(passages) > MOST_PASSAGES:
            reason = f"It has {len(passages)} passages, more than {MOST_PASSAGES}."
            raise BadDocument(path, reason, "Put the response alone in its place, or split it.")
        with failures.of(path, "stored"):  # half a surrogate pair cannot be
            for text in (document.text, *(passage.indexed for passage in passages)):
                text.encode()
        with failures.of(path, "read for what it says of each matter"):
            claims, items = self.claims(document, passages), self.items(document, passages)
        with failures.of(path, "put into the register"):
            build_register([DocumentClaims(document, tuple(claims), tuple(items))])
        version = self.version if self.is_whole(path) else f"{self.version} in part"
        version = f"{version} without {document.lacks}" if document.lacks else version
        return LoadedDocument(document, fingerprint_of(data, source, version, said), passages, claims, items)

    def document(self, path: str, data: bytes, source: Source) -> Document:
        """Read a file's text and facts; raises BadDocument for whatever fails of it."""
        with self.failures.of(path, "read"):
            return self.read(path, data, source)


@dataclass(slots=True)
class DocumentLoader:
    """Reads the files of one run.

    indexed: fingerprints of what is indexed, by path.  bad: what could not be read or used, so far.
    """

    corpus: Corpus
    reading: Reading
    indexed: Mapping[str, str] = field(default_factory=dict)
    bad: list[BadDocument] = field(default_factory=list)
    notes: Mapping[str, Source] = field(init=False)
    corrections: Mapping[str, Corrections] = field(init=False)

    def __post_init__(self) -> None:
        self.notes = self.reading.notes()
        self.corrections = self.reading.corrections()

    def fingerprint(self, path: str, data: bytes) -> str:
        """Name what decides which passages a file has; a program that is still lacking changes nothing."""
        version, source, said = self.reading.version, self._source(path), self._said(path)
        fingerprint = fingerprint_of(data, source, version, said)
        known = self.indexed.get(path, fingerprint)
        if known != fingerprint:
            for program in PROGRAMS:
                lacking = fingerprint_of(data, source, f"{version} without {program}", said)
                if known == lacking and not self.reading.has(program):
                    return lacking
        return fingerprint

    def load(self, paths: Iterable[str], on_file: Callable[[], None]) -> list[LoadedDocument]:
        """Return the documents at these paths with their passages; on_file hears of each."""
        made: list[LoadedDocument] = []
        for path in paths:
            try:
                made.append(self._load(path))
            except BadDocument as failure:
                self.bad.append(failure)
            on_file()
        return made

    def _load(self, path: str) -> LoadedDocument:
        return self.reading.load(path, self.corpus.read(path), self._source(path), self._said(path))

    def _said(self, path: str) -> Corrections:
        return self.corrections.get(path, {})

    def _source(self, path: str) -> Source:
        return self.notes.get(path, Source())


@dataclass(slots=True)
class CachedEmbedder:
    """Gives vectors by id.  embedded: how many texts had to be embedded; on_batch hears of each batch."""

    embedder: Embedder
    cache: EmbeddingCache
    on_batch: Callable[[int], None]
    embedded: int = 0
    fingerprint: str = field(init=False)

    def __post_init__(self) -> None:
        self.fingerprint = self.embedder.fingerprint

    def vectors(self, texts: Mapping[str, str]) -> dict[str, Vector]:
        """Return a vector for each text, by id."""
        keys = {id_: self._key(text) for id_, text in texts.items()}
        known = self.cache.load(set(keys.values()))
        self.on_batch(sum(key in known for key in keys.values()))
        missing = {key: texts[id_] for id_, key in keys.items() if key not in known}
        # Texts of like length together: the model pads a batch to its longest.
        order = sorted(missing, key=lambda key: len(missing[key]), reverse=True)
        for start in range(0, len(order), BATCH):
            known |= self._embed({key: missing[key] for key in order[start : start + BATCH]})
        return {id_: known[key] for id_, key in keys.items()}

    def known(self, texts: Mapping[str, str]) -> dict[str, Vector]:
        """Return the vectors of those texts that were embedded before, by id."""
        keys = {id_: self._key(text) for id_, text in texts.items()}
        found = self.cache.load(set(keys.values()))
        return {id_: found[key] for id_, key in keys.items() if key in found}

    def count_unknown(self, texts: Mapping[str, str]) -> int:
        """Return how many of those texts would have to be embedded."""
        keys = {self._key(text) for text in texts.values()}
        return len(keys) - len(self.cache.load(keys))

    def _embed(self, texts: Mapping[str, str]) -> dict[str, Vector]:
        made = dict(zip(texts, self.embedder.embed_passages(list(texts.values())), strict=True))
        self.cache.save(made)
        self.embedded += len(made)
        self.on_batch(len(made))
        return made

    def _key(self, text: str) -> str:
        return sha256(f"{self.fingerprint}\0{text}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class VectorStoreBuilder:
    """Fills new stores with what is indexed after a run."""

    stores: VectorStores
    embedder: CachedEmbedder
    catalogue: CatalogueWriter
    work: Work

    def fill(self, base: str | None) -> str:
        """Return the name of a new store that holds what is wanted, made from a whole one or from nothing."""
        name = self._try_on(base) if base is not None else None
        if name := name or self._try(None):
            return name
        raise IndexDamaged(
            "The vectors were written and are not found again. Check the disk and run: askpcc index --rebuild"
        )

    def _try_on(self, base: str) -> str | None:
        try:
            return self._try(base)
        except IndexDamaged:  # what is copied may be spoilt in a way that only writing to it shows
            return None

    def _try(self, base: str | None) -> str | None:
        store = self.stores.derive(base)
        try:
            self._bring(store)
            return store.name if self._is_sound(store) else None
        finally:
            store.close()

    def _bring(self, store: Vectors) -> None:
        present = store.ids()
        wanted = self.work.wanted()
        store.remove(present - wanted.keys())
        missing = sorted(wanted.keys() - present)
        for start in range(0, len(missing), _CHUNK):
            some = missing[start : start + _CHUNK]
            vectors = self.embedder.vectors(self.work.texts(some, self.catalogue))
            store.add(vectors, {id_: wanted[id_] for id_ in some})

    def _is_sound(self, store: Vectors) -> bool:
        ids = sorted(self.work.wanted())
        sample = ids[:: max(1, len(ids) // _SAMPLE)][:_SAMPLE]
        texts = self.work.texts(sample, self.catalogue)
        return store.ids() == set(ids) and store.finds(self.embedder.known(texts))


def find_unembeddable(
    embedder: CachedEmbedder, loaded: Sequence[LoadedDocument], failures: DocumentFailures
) -> list[BadDocument]:
    """Embed documents one by one and return the failures.

    A model that embeds nothing at all is no document's failure, and its error goes on.
    """
    embedder.embedder.embed_passages([_PROBE])
    bad: list[BadDocument] = []
    for made in loaded:
        try:
            with failures.of(made.document.path, "embedded"):
                embedder.vectors({passage.id: passage.indexed for passage in made.passages})
        except BadDocument as failure:
            bad.append(failure)
    return bad
