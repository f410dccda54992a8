"""Why an answer should be looked at by a person, told from the answer itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from askpcc.model import RecordedAnswer, Why


@dataclass(frozen=True, slots=True)
class Scrutiny:
    """How much is looked at.

    least_confidence: answers below it are looked at.  sample: of the others one in so many; 0 for none.
    """

    least_confidence: float = 0.35
    sample: int = 20


def find_reasons(recorded: RecordedAnswer, scrutiny: Scrutiny) -> list[Why]:
    """Return why an answer should be looked at; what a reviewer approved needs nobody again."""
    return [] if recorded.answer.endorsement else list(_reasons(recorded, scrutiny))


def _reasons(recorded: RecordedAnswer, scrutiny: Scrutiny) -> Iterator[Why]:
    if recorded.answer.withheld:
        yield Why.WITHHELD
    if not recorded.answer.abstained and recorded.confidence < scrutiny.least_confidence:
        yield Why.LOW_CONFIDENCE
    if scrutiny.sample and _drawn(recorded.id) % scrutiny.sample == 0:
        yield Why.SAMPLE


def _drawn(answer: str) -> int:
    """Return a number that is by chance, and the same for one answer in every process."""
    return int.from_bytes(sha256(answer.encode()).digest()[:4])
