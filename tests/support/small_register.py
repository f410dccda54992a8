"""A small index with a register: documents in which each line says outright what it claims.

A line "Force: ", "Report: ", "Published: " or "Responded: " is a fact, and "Made up: Midsomer"
is a force under a name that the text does not have.  A line such as
"recommendation 5 | complete | force | 2024-01-16 | beds are checked" is a claim, whose parts are matter,
status, speaker, date and words; one with no more than a matter and words, "recommendation 6 | log books",
names it.  An empty date is unknown, and "custody log |" is a matter without a number.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from askpcc.indexing.indexer import Indexer
from askpcc.indexing.loading import Reading
from askpcc.model import (
    Document,
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
from support.small_index import SmallIndex, read_lines, split_blocks

_FACTS = {
    "Force: ": FactName.FORCE,
    "Report: ": FactName.TITLE,
    "Published: ": FactName.PUBLISHED,
    "Responded: ": FactName.RESPONDED,
    "Kind: ": FactName.REPORT_KIND,
}
_MADE_UP = "Made up: "
_CLAIM, _NAMING = 5, 2


def read_stated(path: str, data: bytes, source: Source = Source()) -> Document:  # noqa: B008 - frozen
    """Read a document with the facts that its lines state."""
    document = read_lines(path, data, source)
    facts = [
        Fact(name, line.removeprefix(label), span)
        for line, span in _lines(document)
        for label, name in _FACTS.items()
        if line.startswith(label)
    ]
    made_up = [
        Fact(FactName.FORCE, f"{line.removeprefix(_MADE_UP)} Police", span)
        for line, span in _lines(document)
        if line.startswith(_MADE_UP)
    ]
    return replace(document, facts=(*facts, *made_up, *document.facts))


def claims_of(document: Document, _: Sequence[Passage] = ()) -> list[StatusClaim]:
    """Return what the lines of a document claim."""
    made = []
    for line, span in _lines(document):
        parts = [part.strip() for part in line.split("|")]
        if len(parts) == _CLAIM:
            kind, number = _read_name(parts[0])
            made.append(
                StatusClaim(
                    id=f"{document.path}:{span.start}",
                    document=document.path,
                    version=document.version,
                    matter=parts[0],
                    kind=kind,
                    status=Status(parts[1]),
                    said_by=Speaker(parts[2]),
                    evidence=(span,),
                    number=number,
                    as_of=parts[3] or None,
                    as_of_from="response dated" if parts[3] else "",
                )
            )
    return made


def named_by(document: Document, _: Sequence[Passage] = ()) -> list[NamedMatter]:
    """Return what the lines of a document only name."""
    made = []
    for line, span in _lines(document):
        parts = [part.strip() for part in line.split("|")]
        if len(parts) == _NAMING:
            kind, number = _read_name(parts[0])
            made.append(NamedMatter(document.path, document.version, parts[0], kind, span, number))
    return made


def entry(path: str, *lines: str) -> DocumentClaims:
    """Return a document of these lines with what it says."""
    document = read_stated(path, "".join(f"{line}\n" for line in lines).encode())
    return DocumentClaims(document, tuple(claims_of(document)), tuple(named_by(document)))


@dataclass
class SmallRegister(SmallIndex):
    """A corpus of such documents, and its index."""

    def indexer(self, wait: float = 0) -> Indexer:
        """Return the flow with real parts."""
        reading = Reading(
            read_stated, split_blocks, lambda: self.notes, self.reading_version, claims_of, named_by
        )
        return replace(super().indexer(wait), reading=reading)


def _lines(document: Document) -> Iterator[tuple[str, Span]]:
    for block in document.blocks:
        yield block.span.of(document.text), block.span


def _read_name(name: str) -> tuple[MatterKind, str | None]:
    for kind in (MatterKind.RECOMMENDATION, MatterKind.AREA_FOR_IMPROVEMENT, MatterKind.CAUSE_OF_CONCERN):
        if name.lower().startswith(kind):
            rest = name[len(kind) :].split()
            return kind, rest[0] if rest and rest[0][0].isdigit() else None
    return MatterKind.IMPROVEMENT, None
