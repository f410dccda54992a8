"""The tools as functions from arguments to JSON values; a failure that people are told is told here too."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from askpcc.asking.answering import Answered
from askpcc.errors import UnknownDocument
from askpcc.language.forces import ForceTable
from askpcc.ports import Catalogue
from askpcc.register import Choice, choose
from askpcc.rendering.answers import as_json

_LONGEST = 4_000
"""Characters of one passage: a document is not given away whole in one call."""


class Answers(Protocol):
    """Answers a question; history holds the earlier ones of its thread."""

    def answer(self, typed: str, history: Sequence[str] = ()) -> Answered:
        """Answer; raises QuestionError and the failures of the index."""


@dataclass(frozen=True, slots=True)
class Tools:
    """What an assistant can ask for."""

    answers: Answers
    catalogue: Catalogue
    load_forces: Callable[[], ForceTable]

    def ask(self, question: str, history: Sequence[str] = ()) -> dict[str, Any]:
        """Return an answer in the shape of ``askpcc ask --json``."""
        answered = self.answers.answer(question, list(history))
        return as_json(answered.answer, None, answered.milliseconds)

    def register(self, choice: Choice) -> dict[str, Any]:
        """Return rows in the shape of ``askpcc status --json``, and what they do not cover."""
        register = choose(self.catalogue.dossiers(), choice, self.load_forces())
        return {"rows": [row.as_json() for row in register.rows], "notes": list(register.notes)}

    def passage(self, document: str, start: int, end: int, version: str | None = None) -> dict[str, Any]:
        """Return the stored text at a place, at most so much of it; raises UnknownDocument."""
        held = self.catalogue.document(document, version)
        if not 0 <= start < end <= len(held.text) or end - start > _LONGEST:
            raise UnknownDocument(
                f"{document} has no such place {start}:{end}. Name at most {_LONGEST} characters of its "
                f"{len(held.text)}, as a citation does."
            )
        return {
            "document": held.path,
            "version": held.version,
            "start": start,
            "end": end,
            "text": held.text[start:end],
        }
