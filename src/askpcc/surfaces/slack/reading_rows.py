"""Changes of the register out of their public JSON shape, in which they are kept between two runs."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from askpcc.model import Citation, MatterKind, Span, Speaker, Status
from askpcc.register.changes import RegisterChanges
from askpcc.register.responses import Response
from askpcc.register.rows import Row
from askpcc.surfaces.slack.shapes import Shape, count_of, part, parts, text_of

_Name = TypeVar("_Name", bound=StrEnum)


def read_changes(shape: object, addresses: Mapping[str, str]) -> RegisterChanges:
    """Read what ``RegisterChanges.as_json`` writes; rows of an unknown shape are left out.

    addresses: where documents are published, by path.
    """
    pairs = [
        (_read_row(part(pair, "before"), addresses), _read_row(part(pair, "after"), addresses))
        for pair in parts(shape, "changed")
    ]
    return RegisterChanges(
        new=[row for one in parts(shape, "new") if (row := _read_row(one, addresses))],
        changed=[(before, after) for before, after in pairs if before and after],
        gone=[row for one in parts(shape, "gone") if (row := _read_row(one, addresses))],
    )


def _read_row(shape: Shape, addresses: Mapping[str, str]) -> Row | None:
    status, kind = _named(Status, shape, "status"), _named(MatterKind, shape, "kind")
    document = text_of(shape, "document")
    if status is None or kind is None or not document:
        return None
    response = Response(document, "", text_of(shape, "force") or None, text_of(shape, "report") or document)
    return Row(
        id=document,
        response=response,
        matter=text_of(shape, "matter"),
        kind=kind,
        status=status,
        citations=tuple(_read_citation(one, document, addresses) for one in parts(shape, "citations")),
        number=text_of(shape, "number") or None,
        said_by=_named(Speaker, shape, "said_by"),
        as_of=text_of(shape, "as_of") or None,
        due=text_of(shape, "due") or None,
        addressee=text_of(shape, "addressee") or None,
        superseded_by=text_of(shape, "superseded_by") or None,
    )


def _read_citation(shape: Shape, document: str, addresses: Mapping[str, str]) -> Citation:
    start = count_of(shape, "start")
    return Citation(
        document=document,
        version=text_of(shape, "version"),
        title=document,
        span=Span(start, max(start, count_of(shape, "end"))),
        quote=text_of(shape, "quote"),
        url=addresses.get(document),
    )


def _named(names: type[_Name], shape: Shape, key: str) -> _Name | None:
    name = text_of(shape, key)
    return names(name) if name in set(names) else None
