"""The nouns as rows of the catalogue, and back."""

import json
from typing import Any

from sqlalchemy import RowMapping

from askpcc.model import BlockKind, Document, DocumentCard, Fact, FactName, Passage, Source, Span


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
