"""Candidate passages become ranked sentences: where a question's answer may stand.

Similarity only orders what is looked at; what an answer may say is decided by the checks.
"""

import json
import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources

from askpcc.asking.citing import holds_wanted
from askpcc.errors import ReaderError
from askpcc.model import (
    BlockKind,
    Candidates,
    Concept,
    Passage,
    Question,
    Ranked,
    Sentence,
    Span,
    StatusClaim,
    Stems,
    Wanted,
)
from askpcc.text.sentences import split_sentences
from askpcc.text.words import plain, stems

_PART_OF_PHRASE = 0.4


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
    """A concept with what it weighs in this corpus, and what each way to say it earns.

    stems: of all the ways to say it.
    """

    weight: float
    earnings: tuple[tuple[tuple[str, ...], float], ...]
    stems: Stems

    def earned(self, found: Stems) -> float:
        """Return what a bag of stems earns for the concept; a part of a phrase earns little."""
        if self.stems.isdisjoint(found):
            return 0.0
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
    return [
        Weighed(
            concept.weight * (own or mean), earnings, frozenset(s for phrase, _ in earnings for s in phrase)
        )
        for concept, own, earnings in drafts
    ]


_FEW_STEMS = 5


_KIND_WANTED = {
    Wanted.COUNT: "number",
    Wanted.WHEN: "date",
    Wanted.DEADLINE: "date",
    Wanted.WHO: "person",
}


def read_signs(
    question: Question, sentence: Sentence, *, bears_claim: bool, of_year: bool
) -> dict[str, float]:
    """Return the signs that need no comparison with the question's words, by name, from -0.5 to 1.

    bears_claim: the register has a status from it.  of_year: its document is of a year that is asked about.
    """
    kind, wanted = sentence.passage.kind, _KIND_WANTED.get(question.sought)
    signs = {
        "heading": kind is BlockKind.HEADING,
        "row": kind is BlockKind.ROW,
        "short": len(sentence.stems) < _FEW_STEMS,
        "first": sentence.span.start == sentence.passage.span.start,
        "claim": bears_claim and wanted is None,
        "year": of_year,
        **({wanted: holds_wanted(question, sentence.quote)} if wanted else {}),
    }
    return {name: float(value) for name, value in signs.items()} | {"item": _item_fit(question, sentence)}


def _item_fit(question: Question, sentence: Sentence) -> float:
    if not question.items:
        return 0.0
    return (
        1.0 if set(question.items) & set(sentence.passage.items) else -0.5 if sentence.passage.items else 0.0
    )


_AROUND = 0.8
_HEADER = 0.7

_FILE = "data/reader/ranking.json"


@lru_cache(maxsize=1)
def load_ranking() -> Mapping[str, float]:
    """Return what each part counts, as learned (``training/ranking.py``).

    A part that is not in the file counts nothing; the reader may still weigh it.  Raises ReaderError.
    """
    file = resources.files("askpcc") / _FILE
    try:
        held = json.loads(file.read_text(encoding="utf-8"))
        return {name: float(weight) for name, weight in held.items()}
    except (OSError, ValueError, AttributeError) as exc:
        raise ReaderError(
            f"The ranking's weights {file} cannot be used: {exc!r}. Install askpcc again."
        ) from exc


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
    of_year: Collection[str],
    weights: Mapping[str, float],
) -> list[Ranked]:
    """Return the sentences of the candidates, the likeliest to hold the answer first.

    of_year: documents of a year that the question names.
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
            read_signs(
                question,
                sentence,
                bears_claim=_bears(sentence, bearing),
                of_year=document in of_year,
            ),
            weights,
        )
        for document, sentences in by_document.items()
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
    coverage = covered / telling.total
    parts = {**compared, **signs, "coverage": coverage}
    score = sum(weights.get(name, 0.0) * value for name, value in parts.items())
    return Ranked(sentence, score, coverage, similarity, parts)
