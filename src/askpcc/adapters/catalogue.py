"""The catalogue in SQLite: what is indexed, searched by words, and changed in one transaction."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from hashlib import sha256
from pathlib import Path
from threading import Lock

from sqlalchemy import (
    BindParameter,
    Connection,
    Engine,
    Select,
    bindparam,
    delete,
    func,
    insert,
    select,
    text,
    update,
)

from askpcc.adapters import read_noun
from askpcc.adapters.catalogue_rows import (
    Head,
    documents,
    find_copies,
    find_naming,
    forget_statuses,
    metadata,
    open_for_reading,
    open_for_writing,
    passages,
    put_statuses,
    read_card,
    read_claims,
    read_document,
    read_document_claims,
    read_force_names,
    read_head,
    read_passage,
    rename_forces,
    runs,
    transaction,
    versions,
    write_card,
    write_head,
)
from askpcc.errors import IndexDamaged, IndexMissing, UnknownDocument
from askpcc.metadata.welsh_copies import find_welsh_copies, link_cards
from askpcc.model import (
    Document,
    DocumentCard,
    DocumentClaims,
    IndexRun,
    Passage,
    StatusClaim,
)
from askpcc.ports import (
    CatalogueChange,
    Hit,
    IndexedDocument,
    IndexState,
    LoadedDocument,
)
from askpcc.readers.language import WELSH_DOUBT
from askpcc.text.words import stems

_CREATE = text(
    "CREATE VIRTUAL TABLE IF NOT EXISTS keywords USING fts5(stems, tokenize='unicode61 remove_diacritics 2')"
)
_CREATE_COUNTS = text("CREATE VIRTUAL TABLE IF NOT EXISTS keyword_counts USING fts5vocab(keywords, row)")
_ROWS = "SELECT row FROM passages WHERE document IN :documents"
_DOCUMENTS: BindParameter[list[str]] = bindparam("documents", expanding=True)
_FORGET = text(f"DELETE FROM keywords WHERE rowid IN ({_ROWS})").bindparams(_DOCUMENTS)  # noqa: S608 (constants)
_TEXTS = text("SELECT row, indexed FROM passages WHERE document = :document")
_ADD = text("INSERT INTO keywords (rowid, stems) VALUES (:row, :stems)")
_COUNT = text("SELECT term, doc FROM keyword_counts WHERE term IN :stems").bindparams(
    bindparam("stems", expanding=True)
)
_SEARCH = (
    "SELECT passages.id, bm25(keywords) AS distance FROM keywords"
    " JOIN passages ON passages.row = keywords.rowid WHERE keywords MATCH :query{}"
    " ORDER BY distance, passages.document, passages.ordinal LIMIT :limit"
)
_SEARCH_ALL = text(_SEARCH.format(""))
_SEARCH_SOME = text(_SEARCH.format(" AND passages.document IN :documents")).bindparams(_DOCUMENTS)


_CARDS = select(
    versions.c.document.label("path"), versions.c.version, versions.c.card, versions.c.text, documents.c.stale
).select_from(versions.outerjoin(documents, documents.c.path == versions.c.document))

_CURRENT = versions.c.version == documents.c.version
_MOST_VALUES = 5_000
_DIGEST_DIGITS = 8


def create_keywords(connection: Connection) -> None:
    """Make the keyword index where there is none."""
    connection.execute(_CREATE)
    connection.execute(_CREATE_COUNTS)


def add_keywords(connection: Connection, document: str) -> None:
    """Index the passages of a document, which are in their table already."""
    rows = connection.execute(_TEXTS, {"document": document}).all()
    if rows:
        connection.execute(_ADD, [{"row": row, "stems": " ".join(stems(words))} for row, words in rows])


def forget_keywords(connection: Connection, documents: Iterable[str]) -> None:
    """Drop the passages of documents, which are in their table still."""
    connection.execute(_FORGET, {"documents": list(documents)})


def search_keywords(
    connection: Connection, terms: Collection[str], limit: int, documents: Collection[str] | None
) -> list[Hit]:
    """Return the passages that hold one of the stems, by BM25, best first."""
    values = {"query": _match(terms), "limit": limit}
    if documents is None:
        rows = connection.execute(_SEARCH_ALL, values)
    else:
        rows = connection.execute(_SEARCH_SOME, values | {"documents": sorted(documents)})
    # FTS5 gives the better match the smaller number.
    return [Hit(passage, -distance) for passage, distance in rows]


def count_keywords(connection: Connection, wanted: Collection[str]) -> dict[str, int]:
    """Return how many passages hold each of those stems that occur."""
    rows = connection.execute(_COUNT, {"stems": [_sendable(stem) for stem in wanted]})
    return dict(rows.all())


def _match(terms: Collection[str]) -> str:
    """Write terms as a query in which FTS5's own syntax means nothing."""
    return " OR ".join(f'"{_literal(term)}"' for term in terms)


def _literal(term: str) -> str:
    """Write a term as FTS5's string; a NUL would end the query."""
    return _sendable(term.replace("\0", " ")).replace('"', '""')


def _sendable(term: str) -> str:
    """Replace half a surrogate pair, which no database takes."""
    return term.encode(errors="replace").decode()


def put_run(connection: Connection, run: IndexRun, index_version: str) -> None:
    """Keep a run under the index version that it led to."""
    kept = replace(run, index_version=index_version)
    connection.execute(insert(runs), [asdict(kept) | {"at": run.at.isoformat()}])


def read_runs(connection: Connection, limit: int) -> list[IndexRun]:
    """Return the latest runs, newest first."""
    latest = select(runs).order_by(runs.c.row.desc()).limit(limit)
    return [read_noun(IndexRun, row) for row in connection.execute(latest).mappings()]


class SqlCatalogue:
    """Reads the catalogue in a file; every call sees the newest generation, also of another process.

    Raises IndexMissing, IndexDamaged.  Safe in several threads.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = Lock()
        self._engine: Engine | None = None
        self._file: tuple[int, int] | None = None
        self._cards: tuple[str, tuple[DocumentCard, ...]] = ("", ())
        self._force_names: tuple[str, Mapping[str, str]] = ("", {})

    def head(self) -> Head:
        """Return what the index says of itself: its version, its embedder, its vector store."""
        with self._reading() as (_, head):
            return head

    def index_version(self) -> str:
        """Return the name of what is indexed now."""
        return self.head().index_version

    def documents(self) -> Sequence[DocumentCard]:
        """Return a card of each document, by path; the force of one area has one name in all."""
        with self._reading() as (connection, head):
            known, cards = self._cards
            if known != head.index_version:
                statement = _without_text(_CARDS).where(_CURRENT).order_by(versions.c.document)
                read = [read_card(row) for row in connection.execute(statement).mappings()]
                names = self._names(connection, head)
                named = [replace(card, facts=rename_forces(card.facts, names)) for card in read]
                cards = tuple(link_cards(named, _find_welsh_copies(connection, named, names)))
                self._cards = (head.index_version, cards)
            return cards

    def document(self, path: str, version: str | None = None) -> Document:
        """Return a document with its text: the newest, or a version that it had."""
        wanted = _CURRENT if version is None else versions.c.version == version
        with self._reading() as (connection, _):
            statement = _CARDS.where(versions.c.document == path, wanted)
            row = connection.execute(statement).mappings().first()
        if row is None:
            named = f"{path} in version {version}" if version else path
            raise UnknownDocument(f"{named} is not in the index. Run: askpcc index.")
        return read_document(row)

    def passages(self, ids: Collection[str]) -> list[Passage]:
        """Return passages in the order of their ids, without those that are not indexed."""
        found: dict[str, Passage] = {}
        wanted = list(ids)
        with self._reading() as (connection, _):
            for start in range(0, len(wanted), _MOST_VALUES):
                statement = select(passages).where(passages.c.id.in_(wanted[start : start + _MOST_VALUES]))
                found |= {row["id"]: read_passage(row) for row in connection.execute(statement).mappings()}
        return [found[id_] for id_ in wanted if id_ in found]

    def passages_of(self, document: str) -> list[Passage]:
        """Return the passages of a document in the order of the document."""
        statement = select(passages).where(passages.c.document == document).order_by(passages.c.ordinal)
        with self._reading() as (connection, _):
            return [read_passage(row) for row in connection.execute(statement).mappings()]

    def claims(self, documents: Collection[str] | None = None) -> list[StatusClaim]:
        """Return what documents claim of matters, or all of them, by document and in its order."""
        with self._reading() as (connection, _):
            return read_claims(connection, documents)

    def naming(self, items: Collection[str], documents: Collection[str] | None = None) -> list[str]:
        """Return which documents, or which of some, name a numbered matter ("recommendation 5"), by path."""
        with self._reading() as (connection, _):
            return find_naming(connection, items, documents)

    def copies(self) -> Mapping[str, str]:
        """Return the documents that say again what another says, under another name or in another format.

        Each with the path of the other.
        """
        with self._reading() as (connection, _):
            return find_copies(connection)

    def document_claims(self, documents: Collection[str] | None = None) -> list[DocumentClaims]:
        """Return documents with what they say of matters, or all of them, by path."""
        with self._reading() as (connection, head):
            return read_document_claims(connection, documents, self._names(connection, head))

    def keyword(
        self, terms: Collection[str], limit: int, documents: Collection[str] | None = None
    ) -> list[Hit]:
        """Return the passages that hold one of the terms, best first."""
        with self._reading() as (connection, _):
            return search_keywords(connection, terms, limit, documents) if terms else []

    def frequencies(self, stems: Collection[str]) -> tuple[int, Mapping[str, int]]:
        """Return how many passages there are, and how many of them hold each stem."""
        with self._reading() as (connection, _):
            total = connection.execute(select(func.count()).select_from(passages)).scalar_one()
            found = count_keywords(connection, stems)
        return total, {stem: found.get(stem, 0) for stem in stems}

    def runs(self, limit: int) -> list[IndexRun]:
        """Return the latest runs that changed what is indexed, newest first."""
        with self._reading() as (connection, _):
            return read_runs(connection, limit)

    def close(self) -> None:
        """Close the file; the next call opens it again."""
        with self._lock:
            if self._engine is not None:
                self._engine.dispose()
            self._engine = self._file = None

    def _names(self, connection: Connection, head: Head) -> Mapping[str, str]:
        """Return the names to use for forces; they are read from all texts, once an index version."""
        known, names = self._force_names
        if known != head.index_version:
            names = read_force_names(connection)
            self._force_names = (head.index_version, names)
        return names

    @contextmanager
    def _reading(self) -> Iterator[tuple[Connection, Head]]:
        with transaction(self._current_engine(), self._path) as connection:
            yield connection, read_head(connection, self._path)

    def _current_engine(self) -> Engine:
        """Return an engine on the file that has the path now: a damaged one is replaced by another."""
        try:
            found = self._path.stat()
        except OSError as exc:
            raise IndexMissing(f"No index at {self._path.parent}. Run: askpcc index") from exc
        with self._lock:
            if self._engine is None or self._file != (found.st_dev, found.st_ino):
                if self._engine is not None:
                    self._engine.dispose()
                self._engine = open_for_reading(self._path)
                self._file = (found.st_dev, found.st_ino)
            return self._engine


def _find_welsh_copies(
    connection: Connection, cards: Iterable[DocumentCard], names: Mapping[str, str]
) -> Mapping[str, str]:
    """Return the Welsh copies among documents; their texts are read only where one is in Welsh."""
    if not any(WELSH_DOUBT in card.doubts for card in cards):
        return {}
    rows = connection.execute(_CARDS.where(_CURRENT)).mappings()
    read = (read_document(row) for row in rows)
    return find_welsh_copies(replace(one, facts=rename_forces(one.facts, names)) for one in read)


def _without_text(cards: Select[tuple[str, str, str, str, str | None]]) -> Select[tuple[str, ...]]:
    return cards.with_only_columns(*(column for column in cards.selected_columns if column.key != "text"))


class SqlCatalogueWriter:
    """Writes the catalogue in a file.  Raises IndexDamaged, IndexBusy, IndexFailure."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._engine = open_for_writing(path)

    def state(self) -> IndexState | None:
        """Return what is indexed, after a check of the file; None where there is no catalogue."""
        if not self._path.exists():
            return None
        try:
            with transaction(self._engine, self._path) as connection:
                head = read_head(connection, self._path)
                _check_pages(connection, self._path)
                documents = _read_indexed(connection)
                return IndexState(head.index_version, head.embedder, head.store, head.seal, documents)
        except IndexMissing:
            return None

    def indexed(self, ids: Collection[str]) -> dict[str, str]:
        """Return the indexed text of passages by their id."""
        wanted, found = list(ids), dict[str, str]()
        with transaction(self._engine, self._path) as connection:
            for start in range(0, len(wanted), _MOST_VALUES):
                chosen = passages.c.id.in_(wanted[start : start + _MOST_VALUES])
                statement = select(passages.c.id, passages.c.indexed).where(chosen)
                found |= dict(connection.execute(statement).all())
        return found

    def document_claims(self) -> list[DocumentClaims]:
        """Return every document with what it says of matters, by path."""
        with transaction(self._engine, self._path) as connection:
            return read_document_claims(connection, None, read_force_names(connection))

    def commit(self, change: CatalogueChange) -> str:
        """Make one run's change visible at once, and return the index version."""
        with transaction(self._engine, self._path) as connection:
            earlier = _prepare(connection, self._path)
            _forget(connection, change)
            for loaded in change.added:
                _put(connection, loaded)
            for path, reason in change.stale.items():
                connection.execute(update(documents).where(documents.c.path == path).values(stale=reason))
            version = _next_version(connection, earlier, change)
            write_head(connection, Head(version, change.embedder, change.store, change.seal))
            if change.run and (earlier is None or version != earlier.index_version):
                put_run(connection, change.run, version)
        return version

    def discard(self) -> None:
        """Remove a catalogue that cannot be read; the log first, which must not meet another file."""
        for suffix in ("-wal", "-shm", ""):
            self._path.with_name(self._path.name + suffix).unlink(missing_ok=True)


def _check_pages(connection: Connection, path: Path) -> None:
    problem = connection.execute(text("PRAGMA quick_check(1)")).scalar_one()
    if problem != "ok":
        raise IndexDamaged(f"The catalogue {path} is damaged ({problem}). Run: askpcc index")


def _read_indexed(connection: Connection) -> dict[str, IndexedDocument]:
    held: dict[str, list[str]] = {}
    for document, id_ in connection.execute(select(passages.c.document, passages.c.id)):
        held.setdefault(document, []).append(id_)
    statement = select(documents.c.path, documents.c.version, documents.c.fingerprint, documents.c.stale)
    return {
        path: IndexedDocument(path, version, fingerprint, tuple(held.get(path, ())), stale)
        for path, version, fingerprint, stale in connection.execute(statement)
    }


def _prepare(connection: Connection, path: Path) -> Head | None:
    try:
        return read_head(connection, path)
    except IndexMissing:
        metadata.create_all(connection)
        create_keywords(connection)
        return None


def _forget(connection: Connection, change: CatalogueChange) -> None:
    """Drop what is removed, and the passages of what gets a new version."""
    replaced = [loaded.document.path for loaded in change.added]
    for some in _chunks([*change.removed, *replaced]):
        forget_keywords(connection, some)
        forget_statuses(connection, some)
        connection.execute(delete(passages).where(passages.c.document.in_(some)))
        connection.execute(delete(documents).where(documents.c.path.in_(some)))
    for some in _chunks(list(change.removed)):
        connection.execute(delete(versions).where(versions.c.document.in_(some)))


def _put(connection: Connection, loaded: LoadedDocument) -> None:
    document = loaded.document
    named = {"document": document.path, "version": document.version}
    connection.execute(delete(versions).filter_by(**named))
    connection.execute(insert(versions), [named | {"text": document.text, "card": write_card(document)}])
    connection.execute(
        insert(documents),
        [{"path": document.path, "version": document.version, "fingerprint": loaded.fingerprint}],
    )
    if loaded.passages:
        connection.execute(insert(passages), [asdict(passage) for passage in loaded.passages])
        add_keywords(connection, document.path)
    put_statuses(connection, loaded.claims, loaded.items)


def _next_version(connection: Connection, earlier: Head | None, change: CatalogueChange) -> str:
    """Name what is indexed now; a run that changes nothing to be seen keeps the name."""
    if earlier and not (change.added or change.removed or change.stale):
        return earlier.index_version
    statement = select(documents.c.path, documents.c.version).order_by(documents.c.path)
    digest = sha256()
    for path, version in connection.execute(statement):
        digest.update(f"{path}\0{version}\n".encode())
    generation = earlier.generation + 1 if earlier else 1
    return f"{generation}-{digest.hexdigest()[:_DIGEST_DIGITS]}"


def _chunks(values: list[str]) -> Iterable[list[str]]:
    return (values[start : start + _MOST_VALUES] for start in range(0, len(values), _MOST_VALUES))
