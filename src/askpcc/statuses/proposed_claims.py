"""What a language model reads of a document's matters, as far as the document bears it out."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from askpcc.model import (
    Document,
    MatterKind,
    Passage,
    ProposedClaim,
    Span,
    Speaker,
    Status,
)
from askpcc.statuses.claim_check import ClaimCheck
from askpcc.statuses.claim_dates import read_as_of, read_due
from askpcc.statuses.claims import read_items
from askpcc.statuses.document_model import NamedItem, is_inspectorate, who_says
from askpcc.statuses.findings import Finding, settle
from askpcc.statuses.matters import kind_named_in
from askpcc.statuses.portions import PlacedSentence, Portion
from askpcc.statuses.vocabulary import load_vocabulary
from askpcc.text.references import find_items
from askpcc.text.words import words

_MOST_EVIDENCE = 8
"""Sentences that one claim may rest on."""
_LINES_BEFORE = 3
"""What was named longer ago is not what a sentence speaks of; with it 1 in 100 right claims is lost."""
_LONGEST_MATTER = 300
"""Characters of the words that name a matter."""
_FEW_WORDS = 4
"""A cell of so few words says nothing without the cells beside it."""


@dataclass(frozen=True, slots=True)
class ClaimProof:
    """Turns what a model reads of one document into findings; what the document does not bear out is none.

    items: the matters that the document names.
    """

    document: Document
    items: Sequence[NamedItem]
    check: ClaimCheck

    @classmethod
    def of(cls, document: Document, passages: Sequence[Passage], check: ClaimCheck) -> "ClaimProof":
        """Return what proves the claims of a document."""
        return cls(document, read_items(document, passages), check)

    def find(self, portion: Portion, proposed: ProposedClaim) -> Finding | None:
        """Return a claim on a portion, whose numbers begin with 1 there; None where it is not borne out.

        Its sentences are in the portion; its matter stands there in a row of words, or is one that the
        document names; and the taught encoder does not doubt that the sentences say so.
        """
        held = range(1, len(portion.places) + 1)
        if not 0 < len(proposed.numbers) <= _MOST_EVIDENCE or any(n not in held for n in proposed.numbers):
            return None
        if proposed.status is Status.NOT_STATED or len(proposed.matter) > _LONGEST_MATTER:
            return None
        cited = [portion.places[n - 1] for n in proposed.numbers]
        items = self._items(portion, cited, proposed)
        if not (items or _stands_in(proposed.matter, portion)) or _is_apart(portion, cited, proposed):
            return None
        if not self.check.bears_out(portion, cited, proposed.matter, proposed.status):
            return None
        return self._finding(cited, items, proposed)

    def _items(
        self, portion: Portion, cited: Sequence[PlacedSentence], proposed: ProposedClaim
    ) -> tuple[NamedItem, ...]:
        """Return the named matters that a claim is about: by number, by row, or as its sentence does."""
        known = {item.key: item for item in self.items}
        named = _read_reference(proposed.reference)
        if named:
            held = {key for place in (*portion.places, *cited) for key in _keys_of(place)}
            held |= {key for title in portion.titles for key in _read_reference(title)}
            return tuple(known[key] for key in named if key in known and key in held)
        rows = {place.utterance.span for place in cited if place.row}
        of_row = [item for item in self.items if any(item.span.overlaps(row) for row in rows)]
        if len(of_row) == 1:
            return tuple(of_row)
        answered = {item.key: item for place in cited for item in place.utterance.answers}
        alone = list(answered.values())
        if len(alone) == 1 and _is_within(proposed.matter, f"{alone[0].words} {alone[0].text}"):
            return tuple(alone)
        return ()

    def _finding(
        self, cited: Sequence[PlacedSentence], items: tuple[NamedItem, ...], proposed: ProposedClaim
    ) -> Finding | None:
        said = " ".join(place.words for place in cited)
        status = settle(proposed.status, said)
        if status is Status.CLOSED and not load_vocabulary().holds("voices", "closing", said):
            status = Status.COMPLETE
        if is_inspectorate(self.document) and status is not Status.CLOSED:
            return None
        speaker = proposed.said_by or who_says(said, cited[0].utterance.voice)
        if status is not proposed.status and speaker is Speaker.INSPECTORATE:
            speaker = cited[0].utterance.voice
        as_of, origin = read_as_of(said, status, self.document)
        return Finding(
            status=status,
            matter=items[0].words if items else proposed.matter,
            evidence=tuple(dict.fromkeys(_evidence(cited))),
            said_by=Speaker.INSPECTORATE if status is Status.CLOSED else speaker,
            kind=items[0].kind if items else kind_named_in(proposed.matter),
            items=items,
            as_of=as_of,
            as_of_from=origin,
            due=read_due(said, status),
        )


def _evidence(cited: Sequence[PlacedSentence]) -> Iterator[Span]:
    """Yield the places of evidence: of a row, all of it where one of its cells says too little alone."""
    for place in cited:
        short = [one for one in cited if one.utterance is place.utterance and _is_short(one)]
        whole = place.row and short
        yield place.utterance.span if whole else place.span


def _is_short(place: PlacedSentence) -> bool:
    return len(place.words.split()) < _FEW_WORDS


Key = tuple[MatterKind, str]


def _read_reference(words_: str) -> list[Key]:
    found = (item.rsplit(" ", 1) for item in find_items(words_))
    return [(MatterKind(kind), number) for kind, number in found]


def _keys_of(place: PlacedSentence) -> Iterator[Key]:
    yield from (item.key for item in place.utterance.answers)
    yield from _read_reference(place.words)
    yield from _read_reference(place.lead)
    for item in place.utterance.line.items:
        kind, number = item.rsplit(" ", 1)
        yield MatterKind(kind), number


def _is_apart(portion: Portion, cited: Sequence[PlacedSentence], proposed: ProposedClaim) -> bool:
    """Tell whether the telling sentence stands far from every place that names the matter.

    Near is its own line, row, lead-in or heading, a line shortly before, a list that it introduces, or a
    sentence that it names by number.
    """
    telling = cited[0]
    lines = list(dict.fromkeys(place.utterance.line.span for place in portion.places))
    at = lines.index(telling.utterance.line.span)
    near = range(at - _LINES_BEFORE, at + 1)
    named = [place for place in portion.places if lines.index(place.utterance.line.span) in near]
    own = (telling.lead, *portion.titles, " ".join(place.words for place in named))
    if any(_is_within(proposed.matter, words_) for words_ in own):
        return False
    if any(place.utterance.line.lead == telling.span for place in cited):
        return False
    number = proposed.reference.rpartition(" ")[2].lower()
    return number not in words(telling.words)


def _stands_in(matter: str, portion: Portion) -> bool:
    """Tell whether words stand in a row in a portion, or in a heading above it."""
    said = [place.words for place in portion.places] + [place.lead for place in portion.places]
    rows: defaultdict[int, list[str]] = defaultdict(list)
    for place in portion.places:
        if place.row:
            rows[place.row].append(place.words)
    return any(_is_within(matter, one) for one in (*said, *portion.titles, *map(" ".join, rows.values())))


def _is_within(part: str, whole: str) -> bool:
    sought = " ".join(words(part))
    return bool(sought) and f" {sought} " in f" {' '.join(words(whole))} "
