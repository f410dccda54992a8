"""Candidate passages become ranked sentences: where a question's answer may stand.

Similarity only orders what is looked at; what an answer may say is decided by the checks.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from askpcc.asking.signs import read_signs
from askpcc.asking.weighing import Rarity, Weighed, weigh
from askpcc.language.sentences import split_sentences
from askpcc.language.words import plain, stems
from askpcc.model import Candidates, Passage, Question, Ranked, Sentence, Span, StatusClaim, Stems

_AROUND = 0.8
_HEADER = 0.7

WEIGHTS: Mapping[str, float] = {
    "own": 1.0,
    "context": 1.5,
    "similarity": 2.5,
    "document": 1.9,
    "number": 0.9,
    "date": 1.1,
    "person": 1.2,
    "status": 0.35,
    "claim": 0.5,
    "force": 0.3,
    "item": 0.85,
    "year": 0.6,
    "general": 0.8,
    "law": 1.0,
    "due": 0.4,
    "then": 0.8,
    "boilerplate": -0.6,
    "heading": -0.4,
    "demand": -0.4,
    "bullet": 0.15,
    "row": 0.15,
    "short": -0.1,
    "first": -0.1,
}
"""How much each sign counts: most fitted, some set by hand, see CONTRIBUTING.md."""


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
    candidates: Candidates,
    rarity: Rarity,
    suits: Mapping[str, Mapping[str, float]],
    weights: Mapping[str, float] = WEIGHTS,
) -> list[Ranked]:
    """Return the sentences of the candidates, the likeliest to hold the answer first.

    suits: signs of each document by its path, from 0 to 1, that do not depend on its words.
    """
    by_document: defaultdict[str, list[Sentence]] = defaultdict(list)
    for passage in candidates.passages:
        by_document[passage.document] += read_sentences(passage)
    weighed = weigh(question.concepts, rarity)
    floor = min(candidates.similar.values(), default=0.0)
    bearing = _places_of_claims(candidates.claims)
    ranked = [
        _score(
            telling,
            sentence,
            candidates.similar.get(sentence.passage.id, floor),
            {
                **read_signs(question, sentence, bears_claim=_bears(sentence, bearing)),
                **suits.get(sentence.passage.document, {}),
            },
            weights,
        )
        for sentences in by_document.values()
        for telling in [_tell(sentences, weighed)]
        for sentence in sentences
    ]
    return sorted(ranked, key=lambda r: (-r.score, r.sentence.passage.document, r.sentence.span))


def _places_of_claims(claims: Iterable[StatusClaim]) -> dict[str, list[Span]]:
    places: defaultdict[str, list[Span]] = defaultdict(list)
    for claim in claims:
        places[claim.document].append(claim.evidence[0])
    return places


def _bears(sentence: Sentence, bearing: Mapping[str, list[Span]]) -> bool:
    return any(place.overlaps(sentence.span) for place in bearing.get(sentence.passage.document, ()))


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
    _around: dict[tuple[str, int], float] = field(default_factory=dict)

    def around(self, sentence: Sentence, concept: Weighed) -> float:
        """Return what the paragraph of a sentence, and less its header, earn for a concept."""
        key = (sentence.passage.id, id(concept))
        if key not in self._around:
            self._around[key] = max(
                _AROUND * concept.earned(sentence.around), _HEADER * concept.earned(sentence.indexed)
            )
        return self._around[key]


def _tell(sentences: list[Sentence], weighed: list[Weighed]) -> _Telling:
    bags = {sentence.passage.id: sentence.indexed for sentence in sentences}
    total = sum(concept.weight for concept in weighed) or 1.0
    shares = [_share(concept, list(bags.values())) for concept in weighed]
    spoken = frozenset[str]().union(*bags.values())
    coverage = sum(concept.earned(spoken) for concept in weighed) / total
    return _Telling(tuple(zip(weighed, shares, strict=True)), coverage, total)


def _share(concept: Weighed, bags: list[Stems]) -> float:
    """Return how much a concept tells apart bags; a part of its phrase counts as that part."""
    earned = [concept.earned(bag) for bag in bags]
    return 1 - sum(earned) / (max(earned) * len(earned)) if any(earned) else 1.0


def _score(
    telling: _Telling,
    sentence: Sentence,
    similarity: float,
    signs: Mapping[str, float],
    weights: Mapping[str, float],
) -> Ranked:
    own = context = covered = 0.0
    for concept, share in telling.concepts:
        alone = concept.earned(sentence.stems)
        within = max(alone, telling.around(sentence, concept))
        own += share * alone
        context += share * within
        covered += within
    compared = {
        "own": own / telling.total,
        "context": context / telling.total,
        "similarity": similarity,
        "document": telling.coverage,
    }
    parts = {name: weights[name] * value for name, value in {**compared, **signs}.items()}
    return Ranked(sentence, sum(parts.values()), covered / telling.total, similarity, parts)
