"""The catalogue's tables, and the nouns that their rows become."""

import re
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    Engine,
    Integer,
    MetaData,
    NullPool,
    Pool,
    QueuePool,
    RowMapping,
    Select,
    String,
    Table,
    create_engine,
    delete,
    event,
    insert,
    inspect,
    select,
)
from sqlalchemy.exc import DBAPIError, OperationalError

from askpcc.adapters import Cause, find_cause, read_noun
from askpcc.errors import (
    IndexBusy,
    IndexDamaged,
    IndexFailure,
    IndexMissing,
)
from askpcc.model import (
    Document,
    DocumentCard,
    DocumentClaims,
    Fact,
    FactName,
    NamedMatter,
    Passage,
    StatusClaim,
)
from askpcc.text.forces import is_written_out, unite_names

SCHEMA_VERSION = "7"
"""Raised whenever the tables or nouns in their JSON change: a catalogue of another version is built anew."""

metadata = MetaData()

facts_of_index = Table(
    "facts_of_index",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", String, nullable=False),
)

documents = Table(
    "documents",
    metadata,
    Column("path", String, primary_key=True),
    Column("version", String, nullable=False),
    Column("fingerprint", String, nullable=False),
    Column("stale", String),
)

# Also the texts of superseded versions, so that a citation of one can still be opened.
versions = Table(
    "versions",
    metadata,
    Column("document", String, primary_key=True),
    Column("version", String, primary_key=True),
    Column("text", String, nullable=False),
    Column("card", JSON, nullable=False),
)

passages = Table(
    "passages",
    metadata,
    Column("row", Integer, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    Column("document", String, nullable=False, index=True),
    Column("version", String, nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("kind", String, nullable=False),
    Column("span", JSON, nullable=False),
    Column("quote", String, nullable=False),
    Column("indexed", String, nullable=False),
    Column("section", String, nullable=False),
    Column("items", JSON, nullable=False),
    Column("lead", JSON),
    Column("quoted", Boolean, nullable=False),
    Column("page", Integer),
)

# What a document claims of matters, in the document's order.
claims = Table(
    "claims",
    metadata,
    Column("row", Integer, primary_key=True),
    Column("id", String, nullable=False, index=True),
    Column("document", String, nullable=False, index=True),
    Column("version", String, nullable=False),
    Column("matter", String, nullable=False),
    Column("number", String),
    Column("kind", String, nullable=False),
    Column("status", String, nullable=False),
    Column("said_by", String, nullable=False),
    Column("evidence", JSON, nullable=False),
    Column("as_of", String),
    Column("as_of_from", String, nullable=False),
    Column("due", String),
    Column("addressee", String),
    Column("read_by", String, nullable=False),
)

# What a document names, with a claim or without one, in the document's order.
named_matters = Table(
    "named_matters",
    metadata,
    Column("row", Integer, primary_key=True),
    Column("document", String, nullable=False, index=True),
    Column("version", String, nullable=False),
    Column("matter", String, nullable=False),
    Column("number", String),
    Column("kind", String, nullable=False),
    Column("span", JSON, nullable=False),
    Column("due", String),
    Column("addressee", String),
    Column("parts", Integer, nullable=False),
)

# Runs that changed what is indexed, in their order.  at: ISO date and time in UTC.
runs = Table(
    "runs",
    metadata,
    Column("row", Integer, primary_key=True),
    Column("index_version", String, nullable=False),
    Column("at", String, nullable=False),
    Column("added", JSON, nullable=False),
    Column("changed", JSON, nullable=False),
    Column("removed", JSON, nullable=False),
    Column("register", JSON, nullable=False),
)


_WAIT_SECONDS = 30


def open_for_reading(path: Path) -> Engine:
    """Return an engine on an existing catalogue, each of whose transactions sees one generation."""
    return _engine(path, "rw", "BEGIN", QueuePool)


def open_for_writing(path: Path) -> Engine:
    """Return an engine that makes the catalogue where there is none and keeps other writers out.

    It keeps no connection open, so that the file can be replaced.
    """
    engine = _engine(path, "rwc", "BEGIN IMMEDIATE", NullPool)
    # Readers see the last generation while a run writes the next one.
    event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA journal_mode = WAL"))
    return engine


def _engine(path: Path, mode: str, begin: str, pool: type[Pool]) -> Engine:
    def connect() -> sqlite3.Connection:
        return sqlite3.connect(
            f"file:{quote(str(path))}?mode={mode}",
            uri=True,
            timeout=_WAIT_SECONDS,
            isolation_level=None,
            check_same_thread=False,
        )

    engine = create_engine("sqlite://", creator=connect, poolclass=pool)
    # The driver begins a transaction at the first write only: reads would each see another generation.
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin))
    return engine


@contextmanager
def transaction(engine: Engine, path: Path) -> Iterator[Connection]:
    """Give a transaction that is committed at its end; what SQLite raises comes out in our words."""
    try:
        with engine.begin() as connection:
            yield connection
    except DBAPIError as exc:
        raise translate(exc, path) from exc


def translate(exc: DBAPIError, path: Path) -> IndexFailure:
    """Return what an error of SQLite means for the person who asked."""
    cause = find_cause(exc.orig)
    if cause is Cause.BUSY:
        return IndexBusy(f"The catalogue {path} is locked by another program. Close it and try again.")
    if cause is Cause.MACHINE:
        return IndexFailure(
            f"The catalogue {path} cannot be used: {exc.orig}. Check its rights and the free space."
        )
    return IndexDamaged(f"The catalogue {path} cannot be read: {exc.orig}. Run: askpcc index")


@dataclass(frozen=True, slots=True)
class Head:
    """What the index says of itself.  store, seal: the vector store in use, and what lies in it.

    index_version: the count of changes so far, and a digest of what is indexed.
    """

    index_version: str
    embedder: str
    store: str
    seal: str
    schema: str = SCHEMA_VERSION

    @property
    def generation(self) -> int:
        """Return the count of changes so far."""
        return int(self.index_version.partition("-")[0])


def read_head(connection: Connection, path: Path) -> Head:
    """Return the head; IndexMissing while the first run has not ended, IndexDamaged for another schema."""
    try:
        values = dict(connection.execute(select(facts_of_index.c.name, facts_of_index.c.value)).all())
    except OperationalError as exc:
        if _has_table(connection):
            raise
        raise IndexMissing(f"No index at {path.parent}. Run: askpcc index") from exc
    if values.get("schema") != SCHEMA_VERSION or values.keys() != {field.name for field in fields(Head)}:
        raise IndexDamaged(f"The index at {path.parent} is of another askpcc. Run: askpcc index")
    return Head(**values)


def write_head(connection: Connection, head: Head) -> None:
    """Put a head in the place of the earlier one."""
    connection.execute(delete(facts_of_index))
    rows = [{"name": field.name, "value": getattr(head, field.name)} for field in fields(head)]
    connection.execute(insert(facts_of_index), rows)


def _has_table(connection: Connection) -> bool:
    return inspect(connection).has_table(facts_of_index.name)


_CURRENT = (documents.c.path == versions.c.document) & (documents.c.version == versions.c.version)
_CARDS = select(
    versions.c.document.label("path"), versions.c.version, versions.c.card, documents.c.stale
).join_from(versions, documents, _CURRENT)
_TEXTS = select(versions.c.text).join_from(versions, documents, _CURRENT)
_DOCUMENTS = _CARDS.add_columns(versions.c.text).order_by(versions.c.document)
_ON_CARD = ("facts", "page_starts", "source", "doubts")


def write_card(document: Document) -> dict[str, Any]:
    """Return what a document's card holds besides its names."""
    shape = asdict(replace(document, blocks=()))
    return {name: shape[name] for name in _ON_CARD}


def read_card(row: RowMapping) -> DocumentCard:
    """Return the card of a row that holds path, version, card and stale."""
    return read_noun(DocumentCard, {**row, **row["card"]})


def read_document(row: RowMapping) -> Document:
    """Return the document of a row with its text; its blocks are not kept."""
    return read_noun(Document, {**row, **row["card"], "blocks": ()})


def read_passage(row: RowMapping) -> Passage:
    """Return the passage of a row."""
    return read_noun(Passage, row)


def read_force_names(connection: Connection) -> dict[str, str]:
    """Return the name to use for each force that documents name in a second way."""
    cards = [read_card(row) for row in connection.execute(_CARDS).mappings()]
    names = {fact.value for card in cards for fact in card.facts if fact.name is FactName.FORCE}

    def is_held(name: str) -> bool:
        holding = connection.execute(_TEXTS.where(versions.c.text.ilike(f"%{name.split(maxsplit=1)[0]}%")))
        return any(is_written_out(name, text) for text in holding.scalars())

    return unite_names(names, is_held)


def rename_forces(facts: Iterable[Fact], names: Mapping[str, str]) -> tuple[Fact, ...]:
    """Return facts with the forces under the names to use."""
    return tuple(
        replace(fact, value=names.get(fact.value, fact.value)) if fact.name is FactName.FORCE else fact
        for fact in facts
    )


def put_statuses(
    connection: Connection, made: Collection[StatusClaim], named: Collection[NamedMatter]
) -> None:
    """Write what one document says."""
    if made:
        connection.execute(insert(claims), [asdict(claim) for claim in made])
    if named:
        connection.execute(insert(named_matters), [asdict(item) for item in named])


def forget_statuses(connection: Connection, paths: Collection[str]) -> None:
    """Drop what documents say."""
    for table in (claims, named_matters):
        connection.execute(delete(table).where(table.c.document.in_(paths)))


def read_claims(connection: Connection, paths: Collection[str] | None) -> list[StatusClaim]:
    """Return the claims of documents, or of all of them, by document and in its order."""
    return [read_noun(StatusClaim, row) for row in _rows(connection, _select(claims, paths))]


def read_items(connection: Connection, paths: Collection[str] | None) -> list[NamedMatter]:
    """Return what documents name, or all of them, by document and in its order."""
    return [read_noun(NamedMatter, row) for row in _rows(connection, _select(named_matters, paths))]


def find_copies(connection: Connection) -> dict[str, str]:
    """Return the first document, by path, that has the words of each other one."""
    held = select(versions.c.document, versions.c.text).join(
        documents, (documents.c.path == versions.c.document) & (documents.c.version == versions.c.version)
    )
    first: dict[str, str] = {}
    copies: dict[str, str] = {}
    for path, text in connection.execute(held.order_by(versions.c.document)):
        words = re.sub(r"[\W_]+", "", text).casefold()
        original = first.setdefault(words, path)
        if original != path:
            copies[path] = original
    return copies


def find_naming(connection: Connection, items: Collection[str], paths: Collection[str] | None) -> list[str]:
    """Return which documents, or which of some, name one of these numbered matters, by path."""
    found = set[str]()
    for table in (claims, named_matters):
        statement = select(table.c.document).where((table.c.kind + " " + table.c.number).in_(items))
        if paths is not None:
            statement = statement.where(table.c.document.in_(paths))
        found |= set(connection.execute(statement).scalars())
    return sorted(found)


def read_document_claims(
    connection: Connection, paths: Collection[str] | None, names: Mapping[str, str]
) -> list[DocumentClaims]:
    """Return documents with all that they say, or all of them, by path.

    names: the one to use for each force that documents name in a second way.
    """
    statement = _DOCUMENTS if paths is None else _DOCUMENTS.where(versions.c.document.in_(paths))
    made: defaultdict[str, list[StatusClaim]] = defaultdict(list)
    for claim in read_claims(connection, paths):
        made[claim.document].append(claim)
    named: defaultdict[str, list[NamedMatter]] = defaultdict(list)
    for item in read_items(connection, paths):
        named[item.document].append(item)
    rows = _rows(connection, statement)
    read = [
        DocumentClaims(read_document(row), tuple(made[path]), tuple(named[path]), row["stale"])
        for path, row in ((row["path"], row) for row in rows)
    ]
    return [_name_force(entry, names) for entry in read] if names else read


def _select(table: Table, paths: Collection[str] | None) -> Select[Any]:
    statement = select(table).order_by(table.c.document, table.c.row)
    return statement if paths is None else statement.where(table.c.document.in_(paths))


def _rows(connection: Connection, statement: Select[Any]) -> Iterable[RowMapping]:
    return connection.execute(statement).mappings()


def _name_force(entry: DocumentClaims, names: Mapping[str, str]) -> DocumentClaims:
    document = entry.document
    return replace(entry, document=replace(document, facts=rename_forces(document.facts, names)))
