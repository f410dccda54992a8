"""The catalogue as a question sees it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Lock

from sqlalchemy import Connection, Engine, Select, func, select

from askpcc.adapters.catalogue import keyword
from askpcc.adapters.catalogue.database import open_for_reading, transaction
from askpcc.adapters.catalogue.dossiers import read_claims, read_dossiers, read_items
from askpcc.adapters.catalogue.force_names import read_force_names, rename_forces
from askpcc.adapters.catalogue.head import Head, read_head
from askpcc.adapters.catalogue.rows import read_card, read_document, read_passage
from askpcc.adapters.catalogue.runs import read_runs
from askpcc.adapters.catalogue.schema import documents as shelf
from askpcc.adapters.catalogue.schema import passages, versions
from askpcc.errors import IndexMissing, UnknownDocument
from askpcc.model import Document, DocumentCard, Dossier, IndexRun, NamedMatter, Passage, StatusClaim
from askpcc.ports import Hit

_CARDS = select(
    versions.c.document.label("path"), versions.c.version, versions.c.card, versions.c.text, shelf.c.stale
).select_from(versions.outerjoin(shelf, shelf.c.path == versions.c.document))
_CURRENT = versions.c.version == shelf.c.version
_MOST_VALUES = 5_000


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
                names = read_force_names(connection)
                cards = tuple(replace(card, facts=rename_forces(card.facts, names)) for card in read)
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
            raise UnknownDocument(f"{named} is not in the index. Run: askpcc index")
        return read_document(read_card(row), row["text"])

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

    def items(self, documents: Collection[str] | None = None) -> list[NamedMatter]:
        """Return the matters that documents name, or all of them, by document and in its order."""
        with self._reading() as (connection, _):
            return read_items(connection, documents)

    def dossiers(self, documents: Collection[str] | None = None) -> list[Dossier]:
        """Return documents with what they say of matters, or all of them, by path."""
        with self._reading() as (connection, _):
            return read_dossiers(connection, documents)

    def keyword(
        self, terms: Collection[str], limit: int, documents: Collection[str] | None = None
    ) -> list[Hit]:
        """Return the passages that hold one of the terms, best first."""
        with self._reading() as (connection, _):
            return keyword.search_keywords(connection, terms, limit, documents) if terms else []

    def frequencies(self, stems: Collection[str]) -> tuple[int, Mapping[str, int]]:
        """Return how many passages there are, and how many of them hold each stem."""
        with self._reading() as (connection, _):
            total = connection.execute(select(func.count()).select_from(passages)).scalar_one()
            found = keyword.count_keywords(connection, stems)
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


def _without_text(cards: Select[tuple[str, str, str, str, str | None]]) -> Select[tuple[str, ...]]:
    return cards.with_only_columns(*(column for column in cards.selected_columns if column.key != "text"))
