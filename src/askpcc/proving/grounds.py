"""The words that a statement rests on, and what is known of each."""

from collections.abc import Sequence
from dataclasses import dataclass

from askpcc.language.forces import ForceTable
from askpcc.model import StatusClaim

_NEAR = 3
"""So many passages apart may stand what speaks of one thing."""


@dataclass(frozen=True, slots=True)
class Cited:
    """One cited sentence.

    words: plain.  document, ordinal: of its passage.  force: whose document it is.
    items: the numbered matters of its passage.  quoted: the document shows it as somebody's words.
    claims: what the register reads out of this sentence.
    """

    words: str
    document: str = ""
    ordinal: int = 0
    force: str = ""
    items: tuple[str, ...] = ()
    quoted: bool = False
    claims: tuple[StatusClaim, ...] = ()


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a statement rests on: cited sentences in the order of their documents, and the forces."""

    cited: tuple[Cited, ...]
    forces: ForceTable

    @property
    def claims(self) -> list[StatusClaim]:
        """Return what the register reads out of the cited sentences."""
        return [claim for one in self.cited for claim in one.claims]


def belong_together(one: Cited, other: Cited) -> bool:
    """Tell whether two cited sentences can speak of one thing: near in one document, or of one matter."""
    if one.document != other.document:
        return False
    shared = set(one.items) & set(other.items)
    return bool(shared) or (abs(one.ordinal - other.ordinal) <= _NEAR and not (one.items and other.items))


def hold_items(cited: Sequence[Cited]) -> frozenset[str]:
    """Return the numbered matters that the register or the place of the sentences ties them to."""
    tied = {item for one in cited for item in one.items}
    return frozenset(
        tied | {f"{claim.kind} {claim.number}" for one in cited for claim in one.claims if claim.number}
    )
