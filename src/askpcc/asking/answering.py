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
from askpcc.asking.asked_facts import read_asked_facts
from askpcc.asking.citing import (
    CorpusSnapshot,
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
from askpcc.asking.finding import Finder
from askpcc.asking.gaps import find_gap, find_gap_of_drafts
from askpcc.asking.questions import decline, read_question, supposes_all
from askpcc.asking.recency import date_documents, put_newest_first
from askpcc.model import (
    Answer,
    Candidates,
    DocumentCard,
    Question,
    Ranked,
    Reading,
    Reason,
    Spent,
    Statement,
    Wanted,
)
from askpcc.ports import (
    Catalogue,
    Reader,
    Writer,
)
from askpcc.reader.taught import ANSWERED
from askpcc.register import build_register, format_coverage


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer, what it was chosen from, for ``--explain``, and how long it took.

    writer: whose words it has beside the documents' own.  rewritten: a follow-up as a language model
    understood it.  spent: what that model took.  confidence: the chance, from 0 to 1, that the reader gives
    what was found to hold an answer; 0 where nothing was read.
    """

    answer: Answer
    ranked: tuple[Ranked, ...] = ()
    milliseconds: int = 0
    writer: str = QUOTING
    rewritten: str = ""
    spent: Spent = field(default_factory=Spent)
    confidence: float = 0.0


_NEAREST_SHOWN = 2


class Answerer:
    """Answers questions from one index."""

    def __init__(
        self,
        catalogue: Catalogue,
        finder: Finder,
        reader: Reader,
        writer: Writer,
    ) -> None:
        self._catalogue = catalogue
        self._finder = finder
        self._reader = reader
        self._writer = writer
        self._composer: Composer | None = None

    def write_with(self, composer: Composer) -> None:
        """Let a language model write what is proved of its words; without one the documents are quoted."""
        self._composer = composer

    def answer(self, typed: str, history: Sequence[str] = ()) -> Answered:
        """Answer a question; history holds the earlier questions of its thread, oldest first.

        Raises QuestionError for words that are no question, IndexFailure when the index cannot be used.
        """
        began = perf_counter()
        shelf = self._finder.look()
        session = self._composer.begin(shelf.forces) if self._composer else None
        words = session.rewrite(typed, history) if session else typed
        question = read_question(words, history, shelf.forces)
        answered = self._answer(question, shelf, session)
        asked = replace(answered.answer.question, words=typed)
        answer = replace(answered.answer, question=asked, index_version=shelf.version)
        if session:
            answered = replace(answered, rewritten=session.rewritten, spent=session.spent)
        return replace(answered, answer=answer, milliseconds=round(1000 * (perf_counter() - began)))

    def _answer(self, question: Question, shelf: CorpusSnapshot, session: Session | None) -> Answered:
        cards = shelf.cards
        declined = decline(question.words)
        if declined:
            return Answered(Answer(question, (), Reason.OUT_OF_SCOPE, note=declined))
        if asks_across(question):
            across = self._tell_across(question)
            silent = None if across else Reason.DOCUMENT_SILENT
            return Answered(Answer(question, across, silent, note=COVERS if across else NONE_HELD))
        candidates, found = self._finder.find(question, cards)
        reading = self._reader.read_question(question, found)
        ranked = self._put_in_order(question, reading, found, candidates, cards)
        sure = reading.answered
        # A language model reads what was found itself, and says so where nothing answers.
        unsure = sure < self._reader.limits[ANSWERED]
        # What the register answers, lists and numbered matters, needs no reader to find it.
        registered = question.wanted is Wanted.LIST or supposes_all(question.words) or bool(question.items)
        gated = unsure and session is None and not registered
        gap = find_gap(question, ranked, shelf, self._finder.frequency_of, silent=gated)
        if gap:
            return Answered(self._abstain(question, gap, ranked, cards), tuple(ranked), confidence=sure)
        drafts = draft(question, ranked, candidates, cards, self._writer)
        gap = find_gap_of_drafts(question, ranked, drafts, shelf)
        if gap:
            return Answered(self._abstain(question, gap, ranked, cards), tuple(ranked), confidence=sure)
        written = Composed(drafts)
        if session:
            written = session.compose(question, ranked, candidates, cards, drafts)
        statements = tuple(state(made, cards) for made in written.drafts)
        kept, unverified = keep_verified(statements, cache(self._stored_text))
        withheld = written.withheld + unverified
        stated = registered and any(statement.status for statement in kept)
        surely = stated or bool(read_asked_facts(question.words))
        if not kept or (unsure and not surely and written.writer == QUOTING):
            lacking = self._abstain(question, lack_of(question), ranked, cards)
            return Answered(replace(lacking, withheld=withheld), tuple(ranked), confidence=sure)
        note = " ".join(filter(None, [self._tell_coverage(question, kept), written.note]))
        answer = Answer(question, kept, note=note, withheld=withheld)
        return Answered(answer, tuple(ranked), writer=written.writer, confidence=sure)

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
        left_out = tell_left_out(question, documents, self._finder.look().cards)
        return " ".join([*(format_coverage(one, rows).sentence for one in dossiers), left_out]).strip()

    @staticmethod
    def _put_in_order(
        question: Question,
        reading: Reading,
        found: Sequence[Ranked],
        candidates: Candidates,
        cards: Mapping[str, DocumentCard],
    ) -> list[Ranked]:
        """Return what was read, the likeliest first, and behind it what was not read."""
        read = {(one.sentence.passage.id, one.sentence.span) for one in reading.ranked}
        beyond = [one for one in found if (one.sentence.passage.id, one.sentence.span) not in read]
        least = min((one.score for one in reading.ranked), default=0.0)
        rest = [replace(one, score=least - 1 - place) for place, one in enumerate(beyond)]
        looked_at = {passage.document: cards[passage.document] for passage in candidates.passages}
        dates = date_documents(looked_at, candidates.passages)
        in_order = sorted(
            [*reading.ranked, *rest], key=lambda one: one.sentence.passage.document in candidates.overtaken
        )
        return put_newest_first(question, in_order, cards, dates)

    def _abstain(
        self, question: Question, gap: Gap, ranked: Sequence[Ranked], cards: Mapping[str, DocumentCard]
    ) -> Answer:
        nearest = tuple(cite(found.sentence, cards) for found in ranked[:_NEAREST_SHOWN])
        statements = tuple(Statement("", (citation,)) for citation in nearest)
        kept, _ = keep_verified(statements, cache(self._stored_text))
        return Answer(question, (), gap.reason, tuple(s.citations[0] for s in kept), gap.sentence)

    def _stored_text(self, document: str, version: str) -> str:
        return self._catalogue.document(document, version).text
