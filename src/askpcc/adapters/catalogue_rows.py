"""Documents and claims become rows of the catalogue, and rows become them.

A row has a column for each field of its noun; what is no word or number is JSON, with names of fields.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, replace
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, Table, delete, insert, select

from askpcc.adapters import read_noun
from askpcc.adapters.catalogue_schema import (
    claims,
    documents,
    named_matters,
    versions,
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

_CURRENT = (documents.c.path == versions.c.document) & (documents.c.version == versions.c.version)
_CARDS = select(
    versions.c.document.label("path"), versions.c.version, versions.c.card, documents.c.stale
).join_from(versions, documents, _CURRENT)
_TEXTS = select(versions.c.text).join_from(versions, documents, _CURRENT)
_DOCUMENTS = _CARDS.add_columns(versions.c.text).order_by(versions.c.document)
_ON_CARD = ("facts", "page_starts", "source")


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
