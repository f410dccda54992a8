"""Documents and claims become rows of the catalogue, and rows become them."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, Table, delete, insert, select

from askpcc.adapters.catalogue_schema import (
    claims,
    documents,
    named_matters,
    versions,
)
from askpcc.model import (
    BlockKind,
    Document,
    DocumentCard,
    DocumentClaims,
    Fact,
    FactName,
    MatterKind,
    NamedMatter,
    Passage,
    Source,
    Span,
    Speaker,
    Status,
    StatusClaim,
)
from askpcc.text.forces import is_written_out, unite_names


def write_card(document: Document) -> str:
    """Return what a document's card holds besides its names, as JSON."""
    facts = [[fact.name, fact.value, *_bounds(fact.span)] for fact in document.facts]
    source = [document.source.url, document.source.fetched]
    return json.dumps({"facts": facts, "page_starts": document.page_starts, "source": source})


def read_card(row: RowMapping) -> DocumentCard:
    """Return the card of a row that holds path, version, card and stale."""
    card = json.loads(row["card"])
    facts = tuple(Fact(FactName(name), value, _span(start, end)) for name, value, start, end in card["facts"])
    source = Source(*card["source"])
    return DocumentCard(row["path"], row["version"], facts, tuple(card["page_starts"]), source, row["stale"])


def read_document(card: DocumentCard, text: str) -> Document:
    """Return a document with its text and without its blocks, which the catalogue does not keep."""
    return Document(card.path, card.version, text, (), card.facts, card.page_starts, card.source)


def write_passage(passage: Passage) -> dict[str, Any]:
    """Return the row of a passage."""
    lead_start, lead_end = _bounds(passage.lead)
    return {
        "id": passage.id,
        "document": passage.document,
        "version": passage.version,
        "ordinal": passage.ordinal,
        "kind": passage.kind,
        "start": passage.span.start,
        "end": passage.span.end,
        "quote": passage.quote,
        "indexed": passage.indexed,
        "section": passage.section,
        "items": list(passage.items),
        "lead_start": lead_start,
        "lead_end": lead_end,
        "quoted": passage.quoted,
        "page": passage.page,
    }


def read_passage(row: RowMapping) -> Passage:
    """Return the passage of a row."""
    return Passage(
        id=row["id"],
        document=row["document"],
        version=row["version"],
        ordinal=row["ordinal"],
        kind=BlockKind(row["kind"]),
        span=Span(row["start"], row["end"]),
        quote=row["quote"],
        indexed=row["indexed"],
        section=row["section"],
        items=tuple(row["items"]),
        lead=_span(row["lead_start"], row["lead_end"]),
        quoted=row["quoted"],
        page=row["page"],
    )


def _bounds(span: Span | None) -> tuple[int | None, int | None]:
    return (None, None) if span is None else (span.start, span.end)


def _span(start: int | None, end: int | None) -> Span | None:
    return None if start is None or end is None else Span(start, end)


_CURRENT = (documents.c.path == versions.c.document) & (documents.c.version == versions.c.version)
_CARDS = select(
    versions.c.document.label("path"), versions.c.version, versions.c.card, documents.c.stale
).join_from(versions, documents, _CURRENT)
_TEXTS = select(versions.c.text).join_from(versions, documents, _CURRENT)


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


def read_dossiers(connection: Connection, paths: Collection[str] | None) -> list[DocumentClaims]:
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


def _read_dossier(
    row: RowMapping, made: Iterable[StatusClaim], named: Iterable[NamedMatter]
) -> DocumentClaims:
    document = read_document(read_card(row), row["text"])
    return DocumentClaims(document, tuple(made), tuple(named), row["stale"])


def _name_force(dossier: DocumentClaims, names: Mapping[str, str]) -> DocumentClaims:
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
