"""The one response, as data, and a variant: a file that holds it in some form."""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from askpcc.model import Status

_FILE = Path(__file__).parents[1] / "cases" / "one_response.toml"
ALL = (1, 2, 3, 4, 5, 6)
EVERY_QUESTION = ("status", "owner", "due", "outstanding", "finding")
IN_A_TABLE = EVERY_QUESTION[:-1]
"""Questions that a tracker answers, which holds no introduction."""


@dataclass(frozen=True, slots=True)
class Recommendation:
    """A recommendation and what is said of it; see the head of the file for marks."""

    number: int
    asks: str
    word: str
    status: Status
    answer: str
    owner: str
    due: str
    marks: tuple[str, ...]

    @property
    def name(self) -> str:
        """Return how the response names it."""
        return f"Recommendation {self.number}"

    @property
    def row(self) -> tuple[str, ...]:
        """Return its cells under HEADS."""
        return (str(self.number), self.asks, self.word, self.answer, self.owner, self.due)


HEADS = ("No.", "Recommendation", "Status", "Response", "Owner", "Due date")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and what is right of its answer; see the middle of the file."""

    id: str
    asks: str
    words: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    matters: tuple[int, ...] = ()
    listed: bool = False


@dataclass(frozen=True, slots=True)
class Response:
    """The response and the questions about it.  letter: the lines of its head."""

    title: str
    letter: tuple[str, ...]
    intro: tuple[str, ...]
    end: tuple[str, ...]
    recommendations: tuple[Recommendation, ...]
    questions: tuple[Asked, ...]

    @property
    def before(self) -> tuple[str, ...]:
        """Return the lines and paragraphs between the title and the first recommendation."""
        return (*self.letter, *self.intro)


@dataclass(frozen=True, slots=True)
class Variant:
    """A form of the response.  suffix: of its file.  numbers, answers: what can be understood of it.

    refused: nobody could read it, and it is to be named as bad.
    """

    name: str
    suffix: str
    make: Callable[[Response], bytes]
    numbers: tuple[int, ...] = field(default=ALL)
    answers: tuple[str, ...] = field(default=EVERY_QUESTION)
    refused: bool = False

    @property
    def path(self) -> str:
        """Return the name of its file."""
        return f"{self.name}{self.suffix}"


@cache
def read_response() -> Response:
    """Read the response."""
    table = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return Response(
        table["title"],
        tuple(table["letter"]),
        tuple(table["intro"]),
        tuple(table["end"]),
        tuple(_recommendation(row) for row in table["recommendations"]),
        tuple(Asked(**_tuples(row)) for row in table["questions"]),
    )


def _recommendation(row: dict[str, Any]) -> Recommendation:
    return Recommendation(**_tuples(row) | {"status": Status(row["status"])})


def _tuples(row: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}
