"""Small documents give the register the rows that they should, and no others, for each trap of the field."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from askpcc.model import DocumentClaims
from askpcc.register import build_rows
from askpcc.register.rows import Row, read_named
from askpcc.statuses import read_claims
from support.cases import cases
from support.status_cases import read_words

CASES = Path(__file__).parents[1] / "cases"
TRAPS, ROWS = CASES / "register_traps.toml", CASES / "register_rows.toml"
TITLE = "# Commissioner's response to the inspection of Westshire Police\n\n"
FEWEST_A_TRAP = 3
ARTICLE = re.compile(r"^(?:the|a|an|its|our|their)\s+", re.IGNORECASE)


def read_cases(path: Path) -> list[dict[str, Any]]:
    """Return the cases of a file."""
    cases: list[dict[str, Any]] = tomllib.loads(path.read_text("utf-8"))["case"]
    return cases


def name_case(case: dict[str, Any]) -> str:
    """Name a case by what it is about and its first words."""
    return f"{case.get('trap', case.get('about'))}: {' '.join(case['text'].split())[:50]}"


def rows_of(text: str) -> list[Row]:
    """Return the register of one document."""
    document, passages = read_words("westshire.md", text if text.startswith("# ") else TITLE + text)
    claims, items = read_claims(document, passages), read_named(document, passages)
    return build_rows([DocumentClaims(document, tuple(claims), tuple(items))])


def show(rows: list[Row]) -> Iterator[str]:
    """Write rows as a case does."""
    for row in rows:
        kind = "-" if row.kind == "improvement" else f"{row.kind} {row.number or ''}".strip()
        yield f"{row.status} | {kind} | {row.said_by or '-'} | {_bare(row.matter)}"


def _bare(matter: str) -> str:
    return ARTICLE.sub("", matter).rstrip(".").lower()


def _expected(row: str) -> str:
    *others, matter = row.split(" | ")
    return " | ".join([*others, _bare(matter)])


@cases(
    "case", [pytest.param(case, id=name_case(case)) for path in (TRAPS, ROWS) for case in read_cases(path)]
)
def test_a_document_has_the_rows_of_its_case(case: dict[str, Any]) -> None:
    assert list(show(rows_of(case["text"].lstrip()))) == [_expected(row) for row in case["rows"]]


def test_each_trap_has_cases_enough() -> None:
    traps = [case["trap"] for case in read_cases(TRAPS)]
    assert all(traps.count(trap) >= FEWEST_A_TRAP for trap in range(1, 17))
