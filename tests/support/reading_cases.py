"""Cases of what the register should read, from several files, and how many of them the reader gets right."""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from askpcc.model import Document, DocumentClaims, Passage, Status, StatusClaim
from askpcc.register import build_rows
from askpcc.register.rows import read_named
from support.status_cases import CASES, claims_of, read_case, read_claims, read_words

FILES = Path(__file__).parents[1] / "cases"
HEAD = "# Commissioner's response to the inspection of Netherby Police\n\n"
ITEM = HEAD + "## Recommendation 4\n\nForces should mend their vans.\n\n"
_ROWS_HEAD = "# Commissioner's response to the inspection of Westshire Police\n\n"
_DONE = {Status.COMPLETE.value, Status.CLOSED.value}

Told = frozenset[tuple[str, str]]
"""Statuses with the item or the like that each is of."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one case expects and what was read, each as statuses with what they are of."""

    name: str
    expected: Told
    read: Told

    @property
    def is_right(self) -> bool:
        """Tell whether just what is expected was read."""
        return self.expected == self.read

    @property
    def calls_done(self) -> bool:
        """Tell whether something is called complete or closed that is not."""
        done = {of for status, of in self.expected if status in _DONE}
        return any(status in _DONE and of not in done for status, of in self.read)


def read_sentences() -> Iterator[Outcome]:
    """Yield what single sentences say, in the answer to a recommendation or in a response's own prose."""
    for line in (CASES / "sentences.txt").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            status, where, sentence = (part.strip() for part in line.split("|", 2))
            voice = "Chief Constable's response:\n\n" if "F" in where else ""
            told = {
                claim.status.value for claim in claims_of((ITEM if "A" in where else HEAD) + voice + sentence)
            }
            expected = frozenset() if status == "-" else frozenset({(status, "")})
            yield Outcome(sentence, expected, frozenset((one, "") for one in told))


def read_documents() -> Iterator[Outcome]:
    """Yield the claims of small documents, of each trap among others."""
    for path in sorted(CASES.glob("*.md")):
        expected, document, claims = read_case(path.name)
        parts = (line.split(" | ") for line in expected)
        yield Outcome(
            path.name,
            frozenset((status, of) for status, of, *_ in parts),
            frozenset((claim.status.value, _item_of(claim)) for claim in claims),
        )
        assert all(span.of(document.text) for claim in claims for span in claim.evidence)


def read_registers() -> Iterator[Outcome]:
    """Yield the rows of small documents, three or more a trap."""
    for file in ("register_traps.toml", "register_rows.toml"):
        for case in tomllib.loads((FILES / file).read_text("utf-8"))["case"]:
            text = case["text"].lstrip()
            document, passages = read_words(
                "westshire.md", text if text.startswith("# ") else _ROWS_HEAD + text
            )
            expected = (row.split(" | ") for row in case["rows"])
            yield Outcome(
                " ".join(text.split())[:80],
                frozenset((status, of) for status, of, *_ in expected),
                frozenset(_rows(document, passages)),
            )


def _rows(document: Document, passages: Sequence[Passage]) -> Iterator[tuple[str, str]]:
    entry = DocumentClaims(
        document, tuple(read_claims(document, passages)), tuple(read_named(document, passages))
    )
    for row in build_rows([entry]):
        kind = "-" if row.kind == "improvement" else f"{row.kind} {row.number or ''}".strip()
        yield row.status.value, kind


def _item_of(claim: StatusClaim) -> str:
    return f"{claim.kind} {claim.number}" if claim.number else str(claim.kind)
