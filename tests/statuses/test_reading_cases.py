"""How much of what the cases say the packaged reader reads, and how seldom it calls done what is not."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from support.cases import cases
from support.reading_cases import Outcome, read_documents, read_registers, read_sentences


@dataclass(frozen=True, slots=True)
class Floor:
    """What a set of cases may not fall below.

    right: the least share of cases of which just what is expected is read.  wrongly_done: the most cases in
    which something is called complete or closed that is not.
    """

    read: Callable[[], Iterator[Outcome]]
    right: float
    wrongly_done: int


# As measured with the weights in the package; most of what is missed is left unsaid, at their high limits.
FLOORS = {
    "single sentences": Floor(read_sentences, 0.75, 8),
    "claims of documents": Floor(read_documents, 0.45, 1),
    "rows of documents": Floor(read_registers, 0.45, 4),
}


@cases("name", FLOORS)
def test_cases_are_read_as_well_as_was_measured(name: str) -> None:
    floor = FLOORS[name]
    outcomes = list(floor.read())
    wrong = [outcome for outcome in outcomes if not outcome.is_right]
    wrongly_done = [outcome.name for outcome in outcomes if outcome.calls_done]
    assert 1 - len(wrong) / len(outcomes) >= floor.right, wrong
    assert len(wrongly_done) <= floor.wrongly_done, wrongly_done
