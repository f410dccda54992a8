"""Small invented documents, with the claims that they make."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from askpcc.adapters.taught_encoder import OnnxScorer, packaged_reader
from askpcc.chunking import split
from askpcc.metadata import read_document
from askpcc.model import (
    Document,
    Passage,
    Source,
    StatusClaim,
)
from askpcc.reader.cases import Subject
from askpcc.statuses import StatusReader
from askpcc.statuses.status_reader import load_status_limits
from askpcc.text.forces import load_forces
from askpcc.text.words import plain

CASES = Path(__file__).parents[1] / "cases" / "statuses"
_RULER = "\n=====\n"
_MOST_WORDS = 180


def read_words(path: str, text: str) -> tuple[Document, list[Passage]]:
    """Read a document, with words for tokens."""
    document = read_document(path, text.encode(), Source(), load_forces())
    return document, split(document, lambda words: len(words.split()), _MOST_WORDS)


@lru_cache(maxsize=1)
def packaged() -> StatusReader:
    """Return the reader that is installed with the package."""
    return StatusReader(OnnxScorer(packaged_reader(), Subject.STATUSES), load_status_limits())


def read_claims(document: Document, passages: Sequence[Passage]) -> list[StatusClaim]:
    """Return the claims that the reader of the package reads."""
    return packaged().claims(document, passages)


def claims_of(text: str, path: str = "netherby.md") -> list[StatusClaim]:
    """Return the claims of a document's text."""
    return read_claims(*read_words(path, text))


def read_case(name: str) -> tuple[list[str], Document, list[StatusClaim]]:
    """Return the claims that a case expects, its document, and the claims read from it."""
    expected, _, text = (CASES / name).read_text("utf-8").partition(_RULER)
    document, split = read_words(name, text)
    return expected.strip().splitlines(), document, read_claims(document, split)


def show(document: Document, claims: list[StatusClaim]) -> Iterator[str]:
    """Write claims as a case does: status, item, speaker, as of, due, matter, words of the evidence."""
    for claim in claims:
        item = f"{claim.kind} {claim.number}" if claim.number else str(claim.kind)
        words = " && ".join(plain(span.of(document.text)) for span in claim.evidence)
        parts = (claim.status, item, claim.said_by, claim.as_of or "-", claim.due or "-", claim.matter, words)
        yield " | ".join(str(part) for part in parts)
