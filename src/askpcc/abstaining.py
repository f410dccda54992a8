"""When an answer says that the documents do not say, and in which words."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from askpcc.model import Passage, Question, Ranked, Reason, Wanted

_LEAST_COVERED = 0.34
"""Share of a question's weight that the best sentence and its surroundings must speak of."""

_LACKING = {
    Wanted.COUNT: "number",
    Wanted.WHEN: "date",
    Wanted.DEADLINE: "date or period",
    Wanted.WHO: "name or office",
}


@dataclass(frozen=True, slots=True)
class Gap:
    """Why there is no answer, as a reason and a sentence."""

    reason: Reason
    sentence: str


def find_force_gap(question: Question, held: Collection[str]) -> Gap | None:
    """Say so when a named force has no document."""
    missing = [force for force in question.forces if force not in held]
    if not missing:
        return None
    return Gap(Reason.NO_SUCH_DOCUMENT, f"The corpus holds no response of {' or '.join(missing)}.")


def find_item_gap(question: Question, passages: Sequence[Passage]) -> Gap | None:
    """Say so when none of the passages belongs to the recommendation that the question names."""
    known = {item for passage in passages for item in passage.items}
    missing = [item for item in question.items if item not in known]
    if not question.items or len(missing) < len(question.items):
        return None
    named = " or ".join(missing)
    return Gap(Reason.DOCUMENT_SILENT, f"The documents say nothing of {named} on this subject.")


def find_silence(ranked: Sequence[Ranked]) -> Gap | None:
    """Say so when nothing that was found speaks of enough of the question."""
    if ranked and ranked[0].coverage >= _LEAST_COVERED:
        return None
    return Gap(Reason.DOCUMENT_SILENT, "The documents do not say.")


def lack_of(question: Question) -> Gap:
    """Say that the sort of thing asked for is not in the words found."""
    what = _LACKING.get(question.wanted, "answer")
    return Gap(Reason.DOCUMENT_SILENT, f"The documents give no {what} for this.")
