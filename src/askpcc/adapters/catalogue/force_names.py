"""The forces of the catalogue's documents, each area's under one name in all of them."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from sqlalchemy import Connection, select

from askpcc.adapters.catalogue.rows import read_card
from askpcc.adapters.catalogue.schema import documents, versions
from askpcc.language.force_names import is_written_out, unite_names
from askpcc.model import Fact, FactName

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
