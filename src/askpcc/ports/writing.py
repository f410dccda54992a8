"""Who writes answers."""

from collections.abc import Sequence
from typing import Protocol

from askpcc.model import Draft, Material, Proposal, Question, Ranked, Rewriting, Spent


class Writer(Protocol):
    """Picks what to assert and what to cite; it writes neither quotations nor reference numbers."""

    @property
    def name(self) -> str: ...
    def write(self, question: Question, ranked: Sequence[Ranked]) -> list[Draft]: ...


class LanguageModel(Protocol):
    """Proposes statements about numbered sentences; nothing of it is believed before it is proved.

    seconds: within which it answers, or raises ModelError, whatever its provider does.
    """

    @property
    def name(self) -> str: ...
    def propose(self, words: str, material: Sequence[Material], seconds: float) -> Proposal: ...
    def rewrite(self, words: str, history: Sequence[str], seconds: float) -> Rewriting: ...


class TokenBudget(Protocol):
    """The tokens that may be read and written in a day; refusing raises ModelError when they are used up."""

    def refuse_when_spent(self) -> None: ...
    def count(self, spent: Spent) -> None: ...
