"""Who writes answers."""

from collections.abc import Sequence
from typing import Protocol

from askpcc.model import Draft, Question, Ranked


class Writer(Protocol):
    """Picks what to assert and what to cite; it writes neither quotations nor reference numbers."""

    @property
    def name(self) -> str: ...
    def write(self, question: Question, ranked: Sequence[Ranked]) -> list[Draft]: ...
