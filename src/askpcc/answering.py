"""A question becomes a cited answer: words and thread, candidates, drafts, checks, answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from time import perf_counter

from askpcc import abstaining
from askpcc.abstaining import Gap
from askpcc.asked_facts import draft_facts, read_asked_facts
from askpcc.checking import answers, keep_verified
from askpcc.evidence import Rarity, rank
from askpcc.forces import ForceTable
from askpcc.model import (
    Answer,
    Citation,
    DocumentCard,
    Draft,
    FactName,
    Question,
    Ranked,
    Reason,
    Sentence,
    Statement,
    Wanted,
)
from askpcc.ports import Catalogue, Embedder, NearestPassages, Reranker, Writer
from askpcc.questions import read_question
from askpcc.quoting import most_statements
from askpcc.retrieval import choose_documents, forces_held, gather
from askpcc.scope import decline
from askpcc.sides import split_sides
from askpcc.stating import draft_statuses, find_borne
from askpcc.statuses.matters import summarise
from askpcc.words import plain

_NEAREST_SHOWN = 2
_RERANKED = 20
_ABOUT_STATUS = frozenset({Wanted.STATUS, Wanted.LIST, Wanted.FACT, Wanted.COMPARE})


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer, what it was chosen from, for ``--explain``, and how long it took."""

    answer: Answer
    ranked: tuple[Ranked, ...] = ()
    milliseconds: int = 0

    @property
    def confidence(self) -> float:
        """Return how much of the question the best sentence speaks of, from 0 to 1; no probability."""
        return (self.ranked[0].coverage + max(0.0, self.ranked[0].similarity)) / 2 if self.ranked else 0.0


class Answerer:
    """Answers questions from one index."""

    def __init__(
        self,
        catalogue: Catalogue,
        nearest: NearestPassages,
        embedder: Embedder,
        writer: Writer,
        forces: ForceTable,
        reranker: Reranker | None = None,
    ) -> None:
        self._catalogue = catalogue
        self._nearest = nearest
        self._embedder = embedder
        self._writer = writer
        self._forces = forces
        self._reranker = reranker

    def answer(self, typed: str, history: Sequence[str] = ()) -> Answered:
        """Answer a question; history holds the earlier questions of its thread, oldest first.

        Raises QuestionError for words that are no question, IndexFailure when the index cannot be used.
        """
        began = perf_counter()
        version = self._catalogue.index_version()
        cards = self._catalogue.documents()
        question = read_question(typed, history, self._forces.with_extra(forces_held(cards)))
        answered = self._answer(question, {card.path: card for card in cards})
        answer = replace(answered.answer, index_version=version)
        return replace(answered, answer=answer, milliseconds=round(1000 * (perf_counter() - began)))

    def _answer(self, question: Question, cards: Mapping[str, DocumentCard]) -> Answered:
        declined = decline(question.words)
        if declined:
            return Answered(Answer(question, (), Reason.OUT_OF_SCOPE, note=declined))
        documents = choose_documents(question, list(cards.values()))
        ranked = self._rank(question, documents)
        gap = self._find_gap(question, ranked, cards)
        if gap:
            return Answered(self._abstain(question, gap, ranked, cards), tuple(ranked))
        drafts = self._draft(question, ranked, cards)
        statements = tuple(self._statement(draft, cards) for draft in drafts)
        kept, withheld = keep_verified(statements, self._stored_text)
        if not any(answers(question, statement) for statement in kept):
            lack = abstaining.lack_of(question)
            return Answered(self._abstain(question, lack, ranked, cards), tuple(ranked))
        return Answered(Answer(question, kept, withheld=withheld), tuple(ranked))

    def _find_gap(
        self, question: Question, ranked: Sequence[Ranked], cards: Mapping[str, DocumentCard]
    ) -> Gap | None:
        passages = [found.sentence.passage for found in ranked]
        return (
            abstaining.find_force_gap(question, forces_held(list(cards.values())))
            or abstaining.find_unsafe(question)
            or abstaining.find_item_gap(question, passages)
            or (None if read_asked_facts(question.words) else abstaining.find_silence(question, ranked))
        )

    def _draft(
        self, question: Question, ranked: Sequence[Ranked], cards: Mapping[str, DocumentCard]
    ) -> list[Draft]:
        """Draft each side of a question: from facts about its document, from claims, from its text."""
        asked = read_asked_facts(question.words)
        sides = split_sides(question, ranked, cards)
        room = most_statements(question) // len(sides) if sides else 0
        drafts: list[Draft] = []
        for side in sides:
            facts = draft_facts(asked, side, cards) if asked else None
            drafts += self._draft_side(question, side, room) if facts is None else facts
        return drafts

    def _draft_side(self, question: Question, side: Sequence[Ranked], room: int) -> list[Draft]:
        quoted = self._writer.write(question, side)[:room]
        if question.wanted not in _ABOUT_STATUS:
            return quoted
        documents = {found.sentence.passage.document for found in side}
        borne = find_borne(side, self._catalogue.claims(documents))
        stated = draft_statuses(question, side, borne, summarise)
        if question.wanted is Wanted.LIST and stated:
            return stated
        said = {sentence for draft in stated for sentence in draft.sentences}
        return [*stated, *(draft for draft in quoted if not set(draft.sentences) & said)][
            : max(room, len(stated))
        ]

    def _rank(self, question: Question, documents: list[str] | None) -> list[Ranked]:
        vector = self._embedder.embed_question(question.subject)
        candidates = gather(question, vector, self._catalogue, self._nearest, documents)
        stems = {s for concept in question.concepts for phrase, _ in concept.phrases for s in phrase}
        ranked = rank(
            question, candidates.passages, candidates.dense, Rarity(*self._catalogue.frequencies(stems))
        )
        return self._rerank(question, ranked) if self._reranker else ranked

    def _rerank(self, question: Question, ranked: list[Ranked]) -> list[Ranked]:
        """Order the best again by a model that reads question and sentence together."""
        assert self._reranker is not None  # noqa: S101 - for the type checker; the caller asked
        best = ranked[:_RERANKED]
        texts = [f"{found.sentence.passage.indexed}\n{plain(found.sentence.quote)}" for found in best]
        scores = self._reranker.score(question.subject, texts)
        again = [replace(found, score=score) for found, score in zip(best, scores, strict=True)]
        return [*sorted(again, key=lambda found: -found.score), *ranked[_RERANKED:]]

    def _abstain(
        self, question: Question, gap: Gap, ranked: Sequence[Ranked], cards: Mapping[str, DocumentCard]
    ) -> Answer:
        nearest = tuple(_cite(found.sentence, cards) for found in ranked[:_NEAREST_SHOWN])
        statements = tuple(Statement("", (citation,)) for citation in nearest)
        kept, _ = keep_verified(statements, self._stored_text)
        return Answer(question, (), gap.reason, tuple(s.citations[0] for s in kept), gap.sentence)

    def _statement(self, draft: Draft, cards: Mapping[str, DocumentCard]) -> Statement:
        return Statement(
            draft.text, tuple(_cite(sentence, cards) for sentence in draft.sentences), draft.status
        )

    def _stored_text(self, document: str, version: str) -> str:
        return self._catalogue.document(document, version).text


def _cite(sentence: Sentence, cards: Mapping[str, DocumentCard]) -> Citation:
    passage = sentence.passage
    card = cards.get(passage.document)
    title = card.fact(FactName.TITLE) if card else None
    return Citation(
        document=passage.document,
        version=passage.version,
        title=title.value if title else passage.document,
        span=sentence.span,
        quote=sentence.quote,
        page=passage.page,
        url=card.source.url if card else None,
    )
