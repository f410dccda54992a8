"""What documents say of matters, as rows of the catalogue, and back."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, Table, delete, insert, select

from askpcc.adapters.catalogue.force_names import read_force_names, rename_forces
from askpcc.adapters.catalogue.rows import read_card, read_document
from askpcc.adapters.catalogue.schema import claims, documents, named_matters, versions
from askpcc.model import Dossier, MatterKind, NamedMatter, Span, Speaker, Status, StatusClaim

_TABLES = (claims, named_matters)
_DOCUMENTS = (
    select(versions.c.document.label("path"), versions.c.version, versions.c.card, versions.c.text)
    .add_columns(documents.c.stale)
    .join_from(
        versions,
        documents,
        (documents.c.path == versions.c.document) & (documents.c.version == versions.c.version),
    )
    .order_by(versions.c.document)
)


def put_statuses(
    connection: Connection, made: Collection[StatusClaim], named: Collection[NamedMatter]
) -> None:
    """Write what one document says."""
    if made:
        connection.execute(insert(claims), [_write_claim(claim) for claim in made])
    if named:
        connection.execute(insert(named_matters), [_write_item(item) for item in named])


def forget_statuses(connection: Connection, paths: Collection[str]) -> None:
    """Drop what documents say."""
    for table in _TABLES:
        connection.execute(delete(table).where(table.c.document.in_(paths)))


def read_claims(connection: Connection, paths: Collection[str] | None) -> list[StatusClaim]:
    """Return the claims of documents, or of all of them, by document and in its order."""
    return [_read_claim(row) for row in _rows(connection, _select(claims, paths))]


def read_items(connection: Connection, paths: Collection[str] | None) -> list[NamedMatter]:
    """Return what documents name, or all of them, by document and in its order."""
    return [_read_item(row) for row in _rows(connection, _select(named_matters, paths))]


def read_dossiers(connection: Connection, paths: Collection[str] | None) -> list[Dossier]:
    """Return documents with all that they say, or all of them, by path; each force under one name."""
    statement = _DOCUMENTS if paths is None else _DOCUMENTS.where(versions.c.document.in_(paths))
    made: defaultdict[str, list[StatusClaim]] = defaultdict(list)
    for claim in read_claims(connection, paths):
        made[claim.document].append(claim)
    named: defaultdict[str, list[NamedMatter]] = defaultdict(list)
    for item in read_items(connection, paths):
        named[item.document].append(item)
    read = [_read_dossier(row, made[row["path"]], named[row["path"]]) for row in _rows(connection, statement)]
    names = read_force_names(connection)
    return [_name_force(dossier, names) for dossier in read] if names else read


def _select(table: Table, paths: Collection[str] | None) -> Select[Any]:
    statement = select(table).order_by(table.c.document, table.c.row)
    return statement if paths is None else statement.where(table.c.document.in_(paths))


def _rows(connection: Connection, statement: Select[Any]) -> Iterable[RowMapping]:
    return connection.execute(statement).mappings()


def _read_dossier(row: RowMapping, made: Iterable[StatusClaim], named: Iterable[NamedMatter]) -> Dossier:
    document = read_document(read_card(row), row["text"])
    return Dossier(document, tuple(made), tuple(named), row["stale"])


def _name_force(dossier: Dossier, names: Mapping[str, str]) -> Dossier:
    document = dossier.document
    return replace(dossier, document=replace(document, facts=rename_forces(document.facts, names)))


def _write_claim(claim: StatusClaim) -> dict[str, Any]:
    return {
        "id": claim.id,
        "document": claim.document,
        "version": claim.version,
        "matter": claim.matter,
        "number": claim.number,
        "kind": claim.kind,
        "status": claim.status,
        "said_by": claim.said_by,
        "evidence": [[span.start, span.end] for span in claim.evidence],
        "as_of": claim.as_of,
        "as_of_from": claim.as_of_from,
        "due": claim.due,
        "addressee": claim.addressee,
    }


def _read_claim(row: RowMapping) -> StatusClaim:
    return StatusClaim(
        id=row["id"],
        document=row["document"],
        version=row["version"],
        matter=row["matter"],
        kind=MatterKind(row["kind"]),
        status=Status(row["status"]),
        said_by=Speaker(row["said_by"]),
        evidence=tuple(Span(start, end) for start, end in row["evidence"]),
        number=row["number"],
        as_of=row["as_of"],
        as_of_from=row["as_of_from"],
        due=row["due"],
        addressee=row["addressee"],
    )


def _write_item(item: NamedMatter) -> dict[str, Any]:
    return {
        "document": item.document,
        "version": item.version,
        "matter": item.matter,
        "number": item.number,
        "kind": item.kind,
        "start": item.span.start,
        "end": item.span.end,
        "due": item.due,
        "addressee": item.addressee,
        "parts": item.parts,
    }


def _read_item(row: RowMapping) -> NamedMatter:
    return NamedMatter(
        document=row["document"],
        version=row["version"],
        matter=row["matter"],
        kind=MatterKind(row["kind"]),
        span=Span(row["start"], row["end"]),
        number=row["number"],
        due=row["due"],
        addressee=row["addressee"],
        parts=row["parts"],
    )
