"""Which sentences bear which claims, and a claim as a draft that cites all it needs."""

from collections.abc import Sequence
from dataclasses import dataclass

from askpcc.asking.wording import word_status
from askpcc.language import clauses
from askpcc.language.words import plain
from askpcc.model import Draft, Ranked, Sentence, Status, StatusClaim


@dataclass(frozen=True, slots=True)
class Borne:
    """A ranked sentence, and the claim that its words bear."""

    found: Ranked
    claim: StatusClaim


def find_borne(ranked: Sequence[Ranked], claims: Sequence[StatusClaim]) -> list[Borne]:
    """Pair the ranked sentences with the claims that rest on them, in the order of the ranking."""
    by_document: dict[str, list[StatusClaim]] = {}
    for claim in claims:
        by_document.setdefault(claim.document, []).append(claim)
    borne = []
    taken: set[str] = set()
    for found in ranked:
        for claim in by_document.get(found.sentence.passage.document, ()):
            if claim.id not in taken and claim.evidence[0].overlaps(found.sentence.span):
                taken.add(claim.id)
                borne.append(Borne(found, claim))
    return borne


def draft_claim(borne: Borne, ranked: Sequence[Ranked], status: Status | None = None) -> Draft:
    """State a claim, citing its sentence and whatever else it needs, such as the lead of a list.

    What is done of a part only is said to be so, and the words that limit it are cited.
    """
    claim, told = borne.claim, status or borne.claim.status
    needed = [find_sentence(claim.document, span.start, ranked) for span in claim.evidence[1:]]
    limits = _find_limits(borne.found.sentence, ranked) if told is Status.COMPLETE else []
    cited = dict.fromkeys([borne.found.sentence, *(sentence for sentence in needed if sentence), *limits])
    text = word_status(claim, told)
    return Draft(f"In part: {text}" if limits else text, tuple(cited), told)


def _find_limits(sentence: Sentence, ranked: Sequence[Ranked]) -> list[Sentence]:
    """Return the sentence, or the one after it in its passage, where it limits what is said to a part."""
    if clauses.is_limited(plain(sentence.quote)):
        return [sentence]
    after = [
        found.sentence
        for found in ranked
        if found.sentence.passage.id == sentence.passage.id and found.sentence.span.start >= sentence.span.end
    ]
    following = min(after, key=lambda other: other.span, default=None)
    return [following] if following and clauses.is_limited(plain(following.quote)) else []


def find_sentence(document: str, offset: int, ranked: Sequence[Ranked]) -> Sentence | None:
    """Return the sentence of a document that holds an offset."""
    for found in ranked:
        sentence = found.sentence
        if sentence.passage.document == document and sentence.span.start <= offset < sentence.span.end:
            return sentence
    return None


def draft_earlier(borne: Borne, ranked: Sequence[Ranked]) -> Draft:
    """State a claim as what was said earlier."""
    made = draft_claim(borne, ranked)
    return Draft(f"Earlier: {made.text}", made.sentences, made.status)


def find_dissent(stated: Borne, borne: Sequence[Borne]) -> list[Borne]:
    """Return what another speaker says of the same matter in the same document, where it differs."""
    claim = stated.claim
    of_matter = [b for b in borne if b.claim.document == claim.document and _is_same(b.claim, claim)]
    differing = [
        b for b in of_matter if b.claim.said_by is not claim.said_by and b.claim.status is not claim.status
    ]
    return list({b.claim.said_by: b for b in reversed(differing)}.values())


def _is_same(one: StatusClaim, other: StatusClaim) -> bool:
    if one.number or other.number:
        return (one.kind, one.number) == (other.kind, other.number)
    return one.matter == other.matter


def same_document(one: Ranked, other: Ranked) -> bool:
    """Tell whether two sentences stand in one document."""
    return one.sentence.passage.document == other.sentence.passage.document
