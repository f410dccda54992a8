"""A question becomes a cited answer: words and thread, candidates, drafts, checks, answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from time import perf_counter

from askpcc.asking.abstaining import Gap, lack_of
from askpcc.asking.across import (
    COVERS,
    NONE_HELD,
    asks_across,
    tell_across,
    tell_left_out,
)
from askpcc.asking.citing import (
    CorpusSnapshot,
    answers,
    cite,
    keep_verified,
    state,
)
from askpcc.asking.composing import (
    QUOTING,
    Composed,
    Composer,
    Session,
)
from askpcc.asking.drafting import draft
from askpcc.asking.gaps import find_gap, find_gap_of_drafts
from askpcc.asking.questions import decline, read_question
from askpcc.asking.ranking import Rarity, rank
from askpcc.asking.recency import date_documents, put_newest_first
from askpcc.asking.retrieval import (
    choose_documents,
    fit_documents,
    forces_held,
    gather,
)
from askpcc.model import (
    Answer,
    Candidates,
    DocumentCard,
    NamedMatter,
    Question,
    Ranked,
    Reason,
    Spent,
    Statement,
    StatusClaim,
    Wanted,
)
from askpcc.ports import (
    Catalogue,
    Embedder,
    NearestPassages,
    Reranker,
    Writer,
)
from askpcc.register import build_register, format_coverage
from askpcc.text.forces import ForceTable
from askpcc.text.words import plain


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer, what it was chosen from, for ``--explain``, and how long it took.

    writer: whose words it has beside the documents' own.  rewritten: a follow-up as a language model
    understood it.  spent: what that model took.
    """

    answer: Answer
    ranked: tuple[Ranked, ...] = ()
    milliseconds: int = 0
    writer: str = QUOTING
    rewritten: str = ""
    spent: Spent = field(default_factory=Spent)

    @property
    def confidence(self) -> float:
        """Return how much of the question the best sentence speaks of, from 0 to 1; no probability."""
        return (self.ranked[0].coverage + max(0.0, self.ranked[0].similarity)) / 2 if self.ranked else 0.0


_NEAREST_SHOWN = 2
_RERANKED = 20


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
        self._composer: Composer | None = None
        self._shelf = CorpusSnapshot("", {}, frozenset(), forces)

    def write_with(self, composer: Composer) -> None:
        """Let a language model write what is proved of its words; without one the documents are quoted."""
        self._composer = composer

    def answer(self, typed: str, history: Sequence[str] = ()) -> Answered:
        """Answer a question; history holds the earlier questions of its thread, oldest first.

        Raises QuestionError for words that are no question, IndexFailure when the index cannot be used.
        """
        began = perf_counter()
        shelf = self._look()
        session = self._composer.begin(shelf.forces) if self._composer else None
        words = session.rewrite(typed, history) if session else typed
        question = read_question(words, history, shelf.forces)
        answered = self._answer(question, shelf, session)
        asked = replace(answered.answer.question, words=typed)
        answer = replace(answered.answer, question=asked, index_version=shelf.version)
        if session:
            answered = replace(answered, rewritten=session.rewritten, spent=session.spent)
        return replace(answered, answer=answer, milliseconds=round(1000 * (perf_counter() - began)))

    def find(
        self, typed: str, history: Sequence[str] = ()
    ) -> tuple[Question, Candidates, list[Ranked]]:
        """Return a question as it was read, what was looked at for it, and the sentences, best first."""
        shelf = self._look()
        question = read_question(typed, history, shelf.forces)
        return question, *self._find(question, shelf.cards)

    def _find(
        self, question: Question, cards: Mapping[str, DocumentCard]
    ) -> tuple[Candidates, list[Ranked]]:
        candidates = self._gather(question, self._choose_documents(question, cards), cards)
        return candidates, self._rank(question, candidates, cards)

    def _look(self) -> CorpusSnapshot:
        """Return the documents of the newest index, read again only when a run has changed it."""
        version = self._catalogue.index_version()
        if self._shelf.version != version:
            cards = self._catalogue.documents()
            held = forces_held(cards)
            by_path = {card.path: card for card in cards}
            self._shelf = CorpusSnapshot(
                version, by_path, frozenset(held), self._forces.with_extra(sorted(held))
            )
        return self._shelf

    def _answer(self, question: Question, shelf: CorpusSnapshot, session: Session | None) -> Answered:
        cards = shelf.cards
        declined = decline(question.words)
        if declined:
            return Answered(Answer(question, (), Reason.OUT_OF_SCOPE, note=declined))
        if asks_across(question):
            across = self._tell_across(question)
            silent = None if across else Reason.DOCUMENT_SILENT
            return Answered(Answer(question, across, silent, note=COVERS if across else NONE_HELD))
        candidates, ranked = self._find(question, cards)
        gap = find_gap(question, ranked, shelf, self._frequency_of)
        if gap:
            return Answered(self._abstain(question, gap, ranked, cards), tuple(ranked))
        drafts = draft(question, ranked, candidates, cards, self._writer)
        gap = find_gap_of_drafts(question, ranked, drafts, shelf)
        if gap:
            return Answered(self._abstain(question, gap, ranked, cards), tuple(ranked))
        written = Composed(drafts)
        if session:
            written = session.compose(question, ranked, candidates, cards, drafts)
        statements = tuple(state(made, cards) for made in written.drafts)
        kept, unverified = keep_verified(statements, cache(self._stored_text))
        withheld = written.withheld + unverified
        if not any(answers(question, statement) for statement in kept):
            lacking = self._abstain(question, lack_of(question), ranked, cards)
            return Answered(replace(lacking, withheld=withheld), tuple(ranked))
        note = " ".join(filter(None, [self._tell_coverage(question, kept), written.note]))
        answer = Answer(question, kept, note=note, withheld=withheld)
        return Answered(answer, tuple(ranked), writer=written.writer)

    def _tell_across(self, question: Question) -> tuple[Statement, ...]:
        rows = build_register(self._catalogue.document_claims())
        kept, _ = keep_verified(tuple(tell_across(question, rows)), cache(self._stored_text))
        return kept

    def _tell_coverage(self, question: Question, statements: Sequence[Statement]) -> str:
        """Say what a list of statuses does not cover."""
        stated = [statement for statement in statements if statement.status]
        if question.wanted is not Wanted.LIST or not stated:
            return ""
        documents = {citation.document for statement in stated for citation in statement.citations}
        dossiers = self._catalogue.document_claims(documents)
        rows = build_register(dossiers)
        left_out = tell_left_out(question, documents, self._shelf.cards)
        return " ".join([*(format_coverage(one, rows).sentence for one in dossiers), left_out]).strip()

    def _frequency_of(self, stem: str) -> int:
        _, held = self._catalogue.frequencies({stem})
        return held[stem]

    def _choose_documents(self, question: Question, cards: Mapping[str, DocumentCard]) -> list[str] | None:
        """Keep to the documents of the named forces and, where any have them, of the named items."""
        documents = choose_documents(question, list(cards.values()))
        if not question.items:
            return documents
        named: list[NamedMatter | StatusClaim] = [*self._catalogue.items(documents)]
        named += self._catalogue.claims(documents)
        holding = {m.document for m in named if f"{m.kind} {m.number}" in question.items}
        return sorted(holding) or documents

    def _gather(
        self, question: Question, documents: list[str] | None, cards: Mapping[str, DocumentCard]
    ) -> Candidates:
        vector = self._embedder.embed_question(question.subject)
        found = gather(question, vector, self._catalogue, self._nearest, documents)
        # A run that ended just now may have brought documents that this answer does not know yet.
        return replace(found, passages=tuple(p for p in found.passages if p.document in cards))

    def _rank(
        self, question: Question, candidates: Candidates, cards: Mapping[str, DocumentCard]
    ) -> list[Ranked]:
        stems = {s for concept in question.concepts for phrase, _ in concept.phrases for s in phrase}
        rarity = Rarity(*self._catalogue.frequencies(stems))
        looked_at = {passage.document: cards[passage.document] for passage in candidates.passages}
        ranked = rank(question, candidates, rarity, fit_documents(question, looked_at))
        ranked.sort(key=lambda found: found.sentence.passage.document in candidates.overtaken)
        if self._reranker:
            return self._rerank(question, ranked, self._reranker)
        return put_newest_first(question, ranked, cards, date_documents(looked_at, candidates.passages))

    @staticmethod
    def _rerank(question: Question, ranked: list[Ranked], reranker: Reranker) -> list[Ranked]:
        """Order the best again by a model that reads question and sentence together."""
        best = ranked[:_RERANKED]
        texts = [f"{found.sentence.passage.indexed}\n{plain(found.sentence.quote)}" for found in best]
        scores = reranker.score(question.subject, texts)
        again = [replace(found, score=score) for found, score in zip(best, scores, strict=True)]
        return [*sorted(again, key=lambda found: -found.score), *ranked[_RERANKED:]]

    def _abstain(
        self, question: Question, gap: Gap, ranked: Sequence[Ranked], cards: Mapping[str, DocumentCard]
    ) -> Answer:
        nearest = tuple(cite(found.sentence, cards) for found in ranked[:_NEAREST_SHOWN])
        statements = tuple(Statement("", (citation,)) for citation in nearest)
        kept, _ = keep_verified(statements, cache(self._stored_text))
        return Answer(question, (), gap.reason, tuple(s.citations[0] for s in kept), gap.sentence)

    def _stored_text(self, document: str, version: str) -> str:
        return self._catalogue.document(document, version).text
