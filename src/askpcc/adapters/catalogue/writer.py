"""The catalogue as the index flow sees it: one transaction a run."""

from collections.abc import Collection, Iterable
from hashlib import sha256
from pathlib import Path

from sqlalchemy import Connection, delete, insert, select, text, update

from askpcc.adapters.catalogue import keyword
from askpcc.adapters.catalogue.database import open_for_writing, transaction
from askpcc.adapters.catalogue.dossiers import forget_statuses, put_statuses, read_dossiers
from askpcc.adapters.catalogue.head import Head, read_head, write_head
from askpcc.adapters.catalogue.rows import write_card, write_passage
from askpcc.adapters.catalogue.runs import put_run
from askpcc.adapters.catalogue.schema import documents, metadata, passages, versions
from askpcc.errors import IndexDamaged, IndexMissing
from askpcc.model import Dossier
from askpcc.ports import Accession, CatalogueChange, Holdings, Shelved

_DIGEST_DIGITS = 8
_MOST_VALUES = 5_000


class SqlCatalogueWriter:
    """Writes the catalogue in a file.  Raises IndexDamaged, IndexBusy, IndexFailure."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._engine = open_for_writing(path)

    def holdings(self) -> Holdings | None:
        """Return what is indexed, after a check of the file; None where there is no catalogue."""
        if not self._path.exists():
            return None
        try:
            with transaction(self._engine, self._path) as connection:
                head = read_head(connection, self._path)
                _check_pages(connection, self._path)
                return Holdings(head.index_version, head.embedder, head.store, head.seal, _shelf(connection))
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

    def dossiers(self) -> list[Dossier]:
        """Return every document with what it says of matters, by path."""
        with transaction(self._engine, self._path) as connection:
            return read_dossiers(connection, None)

    def commit(self, change: CatalogueChange) -> str:
        """Make one run's change visible at once, and return the index version."""
        with transaction(self._engine, self._path) as connection:
            earlier = _prepare(connection, self._path)
            _forget(connection, change)
            for accession in change.added:
                _put(connection, accession)
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


def _shelf(connection: Connection) -> dict[str, Shelved]:
    held: dict[str, list[str]] = {}
    for document, id_ in connection.execute(select(passages.c.document, passages.c.id)):
        held.setdefault(document, []).append(id_)
    statement = select(documents.c.path, documents.c.version, documents.c.fingerprint, documents.c.stale)
    return {
        path: Shelved(path, version, fingerprint, tuple(held.get(path, ())), stale)
        for path, version, fingerprint, stale in connection.execute(statement)
    }


def _prepare(connection: Connection, path: Path) -> Head | None:
    try:
        return read_head(connection, path)
    except IndexMissing:
        metadata.create_all(connection)
        keyword.create_keywords(connection)
        return None


def _forget(connection: Connection, change: CatalogueChange) -> None:
    """Drop what is removed, and the passages and the shelf mark of what gets a new version."""
    replaced = [accession.document.path for accession in change.added]
    for some in _chunks([*change.removed, *replaced]):
        keyword.forget_keywords(connection, some)
        forget_statuses(connection, some)
        connection.execute(delete(passages).where(passages.c.document.in_(some)))
        connection.execute(delete(documents).where(documents.c.path.in_(some)))
    for some in _chunks(list(change.removed)):
        connection.execute(delete(versions).where(versions.c.document.in_(some)))


def _put(connection: Connection, accession: Accession) -> None:
    document = accession.document
    named = {"document": document.path, "version": document.version}
    connection.execute(delete(versions).filter_by(**named))
    connection.execute(insert(versions), [named | {"text": document.text, "card": write_card(document)}])
    connection.execute(
        insert(documents),
        [{"path": document.path, "version": document.version, "fingerprint": accession.fingerprint}],
    )
    if accession.passages:
        connection.execute(insert(passages), [write_passage(passage) for passage in accession.passages])
        keyword.add_keywords(connection, document.path)
    put_statuses(connection, accession.claims, accession.items)


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
