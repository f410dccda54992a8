"""Statements in other words about the documents of tests/corpus, true and false, and what they rest on."""

import json
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from askpcc.app.flows import build_reader
from askpcc.chunking import split
from askpcc.metadata import describe_document
from askpcc.model import (
    Document,
    FactName,
    Passage,
    Source,
    Span,
    Status,
    StatusClaim,
)
from askpcc.proving import Cited, Grounds
from askpcc.text.forces import load_forces
from askpcc.text.words import plain
from support.question_set import CORPUS
from support.status_cases import read_claims

FOLDER = Path(__file__).parents[1] / "cases" / "proving"
FILES = ("written_first.toml", "written_afterwards.toml", "written_last.toml")
BY_A_MODEL = tuple(f"by_a_model_{number}.jsonl" for number in (1, 2, 3, 4, 5))
"""What a language model stated on what it was shown, and lies by others who had not seen the checks.

The checks were made on the first file, and mended on the others after those had been counted.
"""


@dataclass(frozen=True, slots=True)
class Said:
    """A statement, whether the cited words bear it out, of which kind a lie it is, and its grounds."""

    text: str
    is_true: bool
    kind: str
    status: Status | None
    grounds: Grounds


@dataclass(frozen=True, slots=True)
class _Read:
    document: Document
    passages: list[Passage]
    claims: list[StatusClaim]


def read_said(file: str) -> Iterator[Said]:
    """Yield the statements of a file with the grounds that the real documents give them."""
    for case in tomllib.loads((FOLDER / file).read_text("utf-8"))["case"]:
        grounds = _read_grounds(case["document"], case["on"])
        for text in case["true"]:
            yield Said(text, True, "true", None, grounds)
        for kind, text, *status in case["lies"]:
            yield Said(text, False, kind, Status(status[0]) if status else None, grounds)


def read_by_a_model(file: str) -> Iterator[Said]:
    """Yield the statements of a file, each line of which holds its sentences."""
    for line in (FOLDER / file).read_text("utf-8").splitlines():
        case = json.loads(line)
        cited = tuple(
            Cited(**{**one, "items": tuple(one["items"]), "about": tuple(one["about"].items())})
            for one in case["cited"]
        )
        forces = load_forces().with_extra(sorted({one.force for one in cited} - {""}))
        grounds = Grounds(cited, forces)
        for text in case.get("true", ()):
            yield Said(text, True, "true", None, grounds)
        for kind, text in case.get("lies", ()):
            yield Said(text, False, kind, None, grounds)


@lru_cache
def _read_document(name: str) -> _Read:
    document = build_reader()(name, (CORPUS / name).read_bytes(), Source())
    passages = split(document, lambda text: len(text) // 4, 256)
    return _Read(document, passages, read_claims(document, passages))


def _read_grounds(name: str, beginnings: list[str]) -> Grounds:
    from askpcc.text.sentences import split_sentences

    read = _read_document(name)
    found = [
        (span, passage)
        for beginning in beginnings
        for passage in read.passages
        for span in split_sentences(read.document.text, passage.span)
        if _begins(plain(span.of(read.document.text)), beginning)
    ]
    assert len(found) == len(beginnings), (name, beginnings, len(found))
    force = read.document.fact(FactName.FORCE)
    assert force is not None
    cited = [_cite(span, passage, read, force.value) for span, passage in sorted(found, key=lambda f: f[0])]
    return Grounds(tuple(cited), load_forces().with_extra([force.value]))


def _begins(sentence: str, beginning: str) -> bool:
    """Tell whether a sentence begins so, or goes on so after a date and a title in its row of a table."""
    return " ".join(beginning.split()) in sentence


def _cite(span: Span, passage: Passage, read: _Read, force: str) -> Cited:
    return Cited(
        plain(span.of(read.document.text)),
        read.document.path,
        passage.ordinal,
        force,
        passage.items,
        passage.quoted,
        tuple(claim for claim in read.claims if claim.evidence[0].overlaps(span)),
        heading=passage.section,
        about=tuple(describe_document(read.document).items()),
        start=span.start,
        end=span.end,
        begins=span.start == passage.span.start,
    )
