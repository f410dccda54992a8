"""The sentences and cells of a batch as the register's reading meets them, with their labels."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from askpcc.app.flows import build_embedder, build_reader
from askpcc.chunking import split
from askpcc.model import Document, Passage, Source
from askpcc.reader.cases import Mode
from askpcc.settings import read_settings
from askpcc.statuses.status_cases import StatusCase, read_cases
from training.batches import Batch, Json

MODES_OF_DISTRACTORS = {
    "hope": Mode.HOPED,
    "demand": Mode.ASKED,
    "rule": Mode.ASKED,
    "pledge": Mode.PROMISED,
    "past": Mode.PAST,
}
"""How a sentence speaks that looks like a status for this reason; of other reasons nothing is known."""

_MOSTLY = 0.5
"""The share of a piece of evidence, or of a sentence, from which the two belong together."""

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class LabelledCase:
    """What may tell a status, with what is known of it.

    claims: those whose status it gives; of a claim with several pieces the last gives it.  telling: it holds
    a piece of some claim's evidence.  distractor: why it only looks like a status; None for most.
    """

    case: StatusCase
    claims: tuple[Json, ...]
    telling: bool
    distractor: str | None

    @property
    def names(self) -> list[str]:
        """Return what may name its matter, as the register finds it."""
        items = [item.words for item in self.case.utterance.answers]
        return items or [name for names in self.case.options for name in names]


@dataclass(frozen=True, slots=True)
class LabelledClaim:
    """A claim and where the pieces of its evidence stand."""

    words: Json
    places: tuple[Place, ...]

    @property
    def status(self) -> str:
        """Return its status; not_stated for a matter that is only named."""
        return str(self.words["status"])


@dataclass(frozen=True, slots=True)
class LabelledDocument:
    """A document of a batch."""

    document: Document
    passages: tuple[Passage, ...]
    cases: tuple[LabelledCase, ...]
    claims: tuple[LabelledClaim, ...]

    @property
    def matters(self) -> list[str]:
        """Return what all claims name."""
        return [claim.words["matter"] for claim in self.claims]


def label_documents(batch: Batch) -> Iterator[LabelledDocument]:
    """Yield the documents of a batch with what may tell a status in each."""
    read, embedder = build_reader(), build_embedder(read_settings({}))
    for name in sorted(batch.texts):
        document = read(name, (batch.folder / "docs" / name).read_bytes(), Source())
        passages = split(document, embedder.count_tokens, embedder.max_tokens)
        cases, _ = read_cases(document, passages)
        claims = tuple(_find_claims(batch, name))
        yield LabelledDocument(document, tuple(passages), tuple(_label(batch, name, cases, claims)), claims)


def _find_claims(batch: Batch, name: str) -> Iterator[LabelledClaim]:
    for claim in batch.claims:
        if claim["doc"] == name:
            places = (batch.find(name, words) for words in claim["evidence"])
            yield LabelledClaim(claim, tuple(place for place in places if place))


def _label(
    batch: Batch, name: str, cases: Sequence[StatusCase], claims: Sequence[LabelledClaim]
) -> Iterator[LabelledCase]:
    places = [(case.utterance.span.start, case.utterance.span.end) for case in cases]
    given: dict[int, list[Json]] = {}
    telling: set[int] = set()
    for claim in claims:
        tellers = [n for n, place in enumerate(places) if any(_belong(place, each) for each in claim.places)]
        telling |= set(tellers)
        if tellers:
            given.setdefault(tellers[-1], []).append(claim.words)
    why = dict(_find_distractors(batch, name, places))
    for number, case in enumerate(cases):
        yield LabelledCase(case, tuple(given.get(number, ())), number in telling, why.get(number))


def _find_distractors(batch: Batch, name: str, places: Sequence[Place]) -> Iterator[tuple[int, str]]:
    for one in batch.distractors:
        span = batch.find(name, one["sentence"]) if one["doc"] == name else None
        for number, place in enumerate(places):
            if span and shared(place, span) >= _MOSTLY * (place[1] - place[0]):
                yield number, one["why"]


def _belong(place: Place, piece: Place) -> bool:
    """Tell whether a sentence holds half of a piece of evidence, or half of it lies within one."""
    return shared(place, piece) >= _MOSTLY * min(piece[1] - piece[0], place[1] - place[0])


def shared(one: Place, other: Place) -> int:
    """Return the characters that two places share; below 0 where they lie apart."""
    return min(one[1], other[1]) - max(one[0], other[0])
