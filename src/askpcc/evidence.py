"""Candidate passages become ranked sentences: where a question's answer may stand.

Similarity only orders what is looked at; what an answer may say is decided by the checks.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from askpcc import clauses
from askpcc.model import BlockKind, Concept, Passage, Question, Ranked, Sentence, Span, Stems, Wanted
from askpcc.sentences import split_sentences
from askpcc.words import plain, stems

_PART_OF_PHRASE = 0.4
_AROUND = 0.8
_HEADER = 0.7
_FEW_STEMS = 5


WEIGHTS: Mapping[str, float] = {
    "own": 1.0,
    "context": 1.5,
    "dense": 2.5,
    "document": 1.9,
    "number": 0.9,
    "date": 1.1,
    "person": 1.2,
    "status": 0.35,
    "item": 0.85,
    "boilerplate": -0.6,
    "heading": -0.4,
    "demand": -0.4,
    "bullet": 0.15,
    "row": 0.15,
    "short": -0.1,
    "first": -0.1,
}
"""How much each sign counts.  Fitted on the project's own questions: see CONTRIBUTING.md."""


@dataclass(frozen=True, slots=True)
class Rarity:
    """How rare stems are among the passages: what is rare tells more."""

    passages: int
    frequencies: Mapping[str, int]

    def of(self, phrase: tuple[str, ...]) -> float:
        """Weigh a phrase by its rarest stem (inverse document frequency); one that is nowhere weighs 0."""
        held = min(self.frequencies.get(s, 0) for s in phrase)
        return math.log(1 + (self.passages - held + 0.5) / (held + 0.5)) if held else 0.0


@dataclass(frozen=True, slots=True)
class Weighed:
    """A concept with what it weighs in this corpus, and what each way to say it earns."""

    weight: float
    earnings: tuple[tuple[tuple[str, ...], float], ...]

    def earned(self, found: Stems) -> float:
        """Return what a bag of stems earns for the concept; a part of a phrase earns little."""
        best = 0.0
        for phrase, worth in self.earnings:
            held = sum(s in found for s in phrase) / len(phrase)
            best = max(best, worth * (held if held == 1 else held * _PART_OF_PHRASE))
        return best


def weigh(concepts: Iterable[Concept], rarity: Rarity) -> list[Weighed]:
    """Weigh the concepts of a question; one that the corpus never speaks of weighs as much as the mean.

    A way to say it that is commoner than the typed word earns no more than its own rarity.
    """
    drafts = []
    for concept in concepts:
        sure = max(rarity.of(phrase) for phrase, strength in concept.phrases if strength == 1)
        own = sure or max(rarity.of(phrase) for phrase, _ in concept.phrases)
        earnings = tuple(
            (p, concept.weight * strength * min(own, rarity.of(p))) for p, strength in concept.phrases
        )
        drafts.append((concept, own, tuple((p, worth) for p, worth in earnings if worth)))
    known = [own for _, own, _ in drafts if own]
    mean = sum(known) / len(known) if known else 1.0
    return [Weighed(concept.weight * (own or mean), earnings) for concept, own, earnings in drafts]


@lru_cache(maxsize=20_000)
def read_sentences(passage: Passage) -> tuple[Sentence, ...]:
    """Cut a passage into its sentences, with the stems that ranking compares."""
    indexed = frozenset(stems(passage.indexed))
    around = frozenset(stems(plain(passage.quote)))
    whole = Span(0, len(passage.quote))
    return tuple(
        Sentence(
            passage,
            Span(passage.span.start + place.start, passage.span.start + place.end),
            place.of(passage.quote),
            frozenset(stems(plain(place.of(passage.quote)))),
            around,
            indexed,
        )
        for place in split_sentences(passage.quote, whole)
    )


def rank(
    question: Question,
    passages: Iterable[Passage],
    dense: Mapping[str, float],
    rarity: Rarity,
    weights: Mapping[str, float] = WEIGHTS,
) -> list[Ranked]:
    """Return the sentences of the passages, the likeliest to hold the answer first.

    dense: cosine similarity by passage id, for those that the vector search returned.
    """
    by_document: defaultdict[str, list[Sentence]] = defaultdict(list)
    for passage in passages:
        by_document[passage.document] += read_sentences(passage)
    weighed = weigh(question.concepts, rarity)
    floor = min(dense.values(), default=0.0)
    ranked = [
        _score(question, sentence, telling, dense.get(sentence.passage.id, floor), weights)
        for sentences in by_document.values()
        for telling in [_tell(sentences, weighed)]
        for sentence in sentences
    ]
    return sorted(ranked, key=lambda r: (-r.score, r.sentence.passage.document, r.sentence.span))


@dataclass(frozen=True, slots=True)
class _Telling:
    """What the concepts of a question tell inside one document.

    shares: how much each tells apart its passages: 1 for a word of few, 0 for one that all of them (or
    their headers) hold, because such a word chooses the document and no place in it.
    coverage: how much of the question the document speaks of anywhere.  total: what all concepts weigh.
    """

    concepts: tuple[tuple[Weighed, float], ...]
    coverage: float
    total: float


def _tell(sentences: list[Sentence], weighed: list[Weighed]) -> _Telling:
    bags = {sentence.passage.id: sentence.indexed for sentence in sentences}
    total = sum(concept.weight for concept in weighed) or 1.0
    shares = [1 - sum(concept.earned(bag) > 0 for bag in bags.values()) / len(bags) for concept in weighed]
    spoken = frozenset[str]().union(*bags.values())
    coverage = sum(concept.earned(spoken) for concept in weighed) / total
    return _Telling(tuple(zip(weighed, shares, strict=True)), coverage, total)


def _score(
    question: Question,
    sentence: Sentence,
    telling: _Telling,
    dense: float,
    weights: Mapping[str, float],
) -> Ranked:
    own = sum(share * concept.earned(sentence.stems) for concept, share in telling.concepts)
    context = sum(share * _in_context(sentence, concept) for concept, share in telling.concepts)
    signs = {
        "own": own / telling.total,
        "context": context / telling.total,
        "dense": dense,
        "document": telling.coverage,
        "item": _item_fit(question, sentence),
        **_signs_of_kind(question, sentence),
    }
    parts = {name: weights[name] * value for name, value in signs.items()}
    coverage = sum(_in_context(sentence, concept) for concept, _ in telling.concepts) / telling.total
    return Ranked(sentence, sum(parts.values()), coverage, dense, parts)


def _in_context(sentence: Sentence, concept: Weighed) -> float:
    """Return what the sentence, less its paragraph, and less its header, earn for a concept."""
    return max(
        concept.earned(sentence.stems),
        _AROUND * concept.earned(sentence.around),
        _HEADER * concept.earned(sentence.indexed),
    )


_KIND_WANTED: Mapping[Wanted, str] = {
    Wanted.COUNT: "number",
    Wanted.WHEN: "date",
    Wanted.DEADLINE: "date",
    Wanted.WHO: "person",
    Wanted.STATUS: "status",
    Wanted.LIST: "status",
    Wanted.FACT: "status",
}


def _signs_of_kind(question: Question, sentence: Sentence) -> dict[str, float]:
    written = plain(sentence.quote)
    holds = _kinds_held(written)
    wanted = _KIND_WANTED.get(question.sought)
    kind = sentence.passage.kind
    signs = {
        "heading": kind is BlockKind.HEADING and not (wanted == "person" and holds["person"]),
        "bullet": kind is BlockKind.BULLET,
        "row": kind is BlockKind.ROW,
        "short": len(sentence.stems) < _FEW_STEMS,
        "first": sentence.span.start == sentence.passage.span.start,
        "boilerplate": holds["boilerplate"],
        "demand": wanted == "status" and holds["demand"],
        **({wanted: holds[wanted]} if wanted else {}),
    }
    return {name: float(value) for name, value in signs.items()}


@lru_cache(maxsize=20_000)
def _kinds_held(written: str) -> Mapping[str, bool]:
    return {
        "number": clauses.holds_number(written),
        "date": clauses.holds_date(written),
        "person": clauses.holds_person(written),
        "status": clauses.tells_status(written),
        "demand": clauses.demands(written),
        "boilerplate": clauses.is_boilerplate(written),
    }


def _item_fit(question: Question, sentence: Sentence) -> float:
    if not question.items:
        return 0.0
    return (
        1.0 if set(question.items) & set(sentence.passage.items) else -0.5 if sentence.passage.items else 0.0
    )
