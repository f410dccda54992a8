"""A question becomes a cited answer: words and thread, candidates, drafts, checks, answer."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache
from time import perf_counter

from askpcc.asking.abstaining import Case, Gap, find_force_gap, find_gap, find_gap_of_drafts, lack_of
from askpcc.asking.asked_facts import read_asked_facts
from askpcc.asking.citing import (
    CorpusSnapshot,
    cite,
    drop_repeated,
    holds_wanted,
    keep_verified,
    state,
    tell_days,
)
from askpcc.asking.composing import QUOTING, Composer, Session, Written
from askpcc.asking.drafting import draft
from askpcc.asking.finding import Finder
from askpcc.asking.listing import Asked, list_matters, read_asked
from askpcc.asking.material import Found
from askpcc.asking.questions import decline, read_question
from askpcc.asking.small_talk import read_small_talk, tell_of_index
from askpcc.asking.verdict_line import add_whose, agree, word_verdict
from askpcc.metadata import title_of
from askpcc.model import (
    Answer,
    Candidates,
    Citation,
    DocumentCard,
    DocumentClaims,
    Question,
    Ranked,
    Reading,
    Reason,
    Sentence,
    Spent,
    Statement,
    Status,
    Wanted,
)
from askpcc.ports import (
    Catalogue,
    Reader,
    Writer,
)
from askpcc.reader.taught import ANSWERED, SPEAKS, STATED
from askpcc.register import build_register
from askpcc.register.rows import Row


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


_NEAREST_SHOWN, _NEAREST_LOOKED_AT = 2, 5
"""Sentences that are shown where nothing answers, and the likeliest that are looked at for them."""
_READ_BESIDE = 2
"""Statements that are read beside a list."""


def _join(listed: Answer, read: Answer) -> Answer:
    """Return a list from the register, and behind it what was read beside it."""
    cited = {citation for statement in listed.statements for citation in statement.citations}
    more = [one for one in read.statements if not any(_touch(one.citations[0], other) for other in cited)]
    return replace(listed, statements=(*listed.statements, *more[:_READ_BESIDE]))


def _touch(one: Citation, other: Citation) -> bool:
    return one.document == other.document and one.span.overlaps(other.span)


_MOST_SHOWN = 20
"""Matters of a list that a language model is shown; of a longer one the register answers."""
_VALUES = frozenset({Wanted.WHO, Wanted.WHEN, Wanted.DEADLINE})
_NEARLY_ALL = 0.8
"""Of what a question speaks of."""
_SILENT = "The documents do not say."
_RELATED_SHOWN = 4


def _put_first(listed: Answer, ranked: Sequence[Ranked]) -> list[Ranked] | None:
    """Put the sentences of a list before all others; None where it is too long or they were not found."""
    cited = [citation for statement in listed.statements for citation in statement.citations]
    places = [[n for n, one in enumerate(ranked) if _holds(one, citation)] for citation in cited]
    if len(listed.statements) > _MOST_SHOWN or not all(places):
        return None
    order = dict.fromkeys([*(n for held in places for n in held), *range(len(ranked))])
    return [ranked[n] for n in order]


def _holds(one: Ranked, citation: Citation) -> bool:
    sentence = one.sentence
    return sentence.passage.document == citation.document and sentence.span.overlaps(citation.span)


def _tell_doubts(answer: Answer, cards: Mapping[str, DocumentCard]) -> str:
    """Return what is doubtful of the documents that an answer rests on."""
    cited = {one.document for statement in answer.statements for one in statement.citations}
    doubtful = [cards[path] for path in sorted(cited) if path in cards and cards[path].doubts]
    return " ".join(
        f"{title_of(card)}: {doubt} Compare it with the original."
        for card in doubtful
        for doubt in card.doubts
    )


def _tell_failure(answered: Answered, session: Session) -> Answered:
    """Add why the language model was not used, and how much of what it wrote is not shown."""
    answer = answered.answer
    note = " ".join(filter(None, [answer.note, session.failed]))
    return replace(answered, answer=replace(answer, note=note, withheld=answer.withheld + session.withheld))


@dataclass(frozen=True, slots=True)
class _Read:
    """What was found for a question and read.

    ranked: the likeliest to answer first.  answered: the chance that any does.  stated: what sentences surely
    say has become of what is asked.
    """

    candidates: Candidates
    ranked: Sequence[Ranked]
    answered: float
    stated: Mapping[Sentence, Status]


class Answerer:
    """Answers questions from one index."""

    def __init__(
        self,
        catalogue: Catalogue,
        finder: Finder,
        reader: Reader,
        writer: Writer,
        today: Callable[[], date] = date.today,
    ) -> None:
        self._catalogue = catalogue
        self._finder = finder
        self._reader = reader
        self._writer = writer
        self._today = today
        self._register: tuple[str, Sequence[DocumentClaims], Sequence[Row]] = ("", (), ())
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
        question = read_question(words, history, shelf.forces, shelf.held)
        answered = self._answer(question, shelf, session)
        asked = replace(answered.answer.question, words=typed)
        note = " ".join(filter(None, [answered.answer.note, _tell_doubts(answered.answer, shelf.cards)]))
        answer = replace(answered.answer, question=asked, index_version=shelf.version, note=note)
        if session:
            answered = replace(answered, rewritten=session.rewritten, spent=session.spent)
        return replace(answered, answer=answer, milliseconds=round(1000 * (perf_counter() - began)))

    def _answer(self, question: Question, shelf: CorpusSnapshot, session: Session | None) -> Answered:
        reads_all = session is not None and not session.failed
        told = (
            read_small_talk(question.words)
            or decline(question.words, reads_all=reads_all)
            or self._tell_of_index(question, shelf)
        )
        if told:
            return Answered(Answer(question, (), Reason.OUT_OF_SCOPE, note=told))
        gap = find_force_gap(question, shelf.held)
        asked = None if gap else read_asked(question)
        listed = self._list(asked, question, shelf) if asked else None
        whole = listed if asked and (asked.one_a_force or not asked.about) else None
        if whole and not session:
            return Answered(whole)
        read = self._read(question, shelf)
        written = self._write(question, read, shelf, session, whole) if session and not gap else None
        if written:
            return written
        answered = Answered(whole) if whole else self._quote(question, read, shelf)
        if listed and not whole:
            # What is listed on a subject the documents may say more of than the register has.
            answered = replace(answered, answer=_join(listed, answered.answer))
        return _tell_failure(answered, session) if session else answered

    def _read(self, question: Question, shelf: CorpusSnapshot) -> _Read:
        """Find sentences and read which of them answer."""
        candidates, found = self._finder.find(question, shelf.cards)
        reading = self._reader.read_question(question, found)
        ranked = self._put_in_order(reading, found, candidates)
        least = self._reader.limits[STATED]
        stated = {sentence: one.status for sentence, one in reading.stated.items() if one.chance >= least}
        return _Read(candidates, ranked, reading.answered, stated)

    def _write(
        self,
        question: Question,
        read: _Read,
        shelf: CorpusSnapshot,
        session: Session,
        listed: Answer | None,
    ) -> Answered | None:
        """Answer with what a language model reads in the sentences; None where it was not used.

        listed: what the register lists; its sentences are shown first, and it stands where it is too long.
        """
        ranked = read.ranked if listed is None else _put_first(listed, read.ranked)
        if ranked is None:
            return None

        def search(words: str) -> Found:
            return self._finder.search(words, question, shelf.cards)

        found = Found(ranked, read.candidates)
        written = session.write(question, found, shelf.cards, read.stated, search, self._today())
        if written is None or (written.not_stated and listed and listed.statements):
            return None
        if written.not_stated:
            answer = self._tell_silence(question, written, shelf.cards)
        else:
            statements = tuple(state(made, shelf.cards) for made in written.drafts)
            kept, unverified = keep_verified(statements, cache(self._stored_text))
            told = drop_repeated(kept)
            line = "" if unverified else agree(written.verdict, question, told)
            verdict = add_whose(line, told, shelf.cards) if line else ""
            told = tell_days(told, shelf.cards)
            note = " ".join(filter(None, [written.note, listed.note if listed else ""]))
            answer = Answer(
                question, told, note=note, withheld=written.withheld + unverified, verdict=verdict
            )
            if not kept:
                session.give_up(written.withheld + unverified)
                return None
        return Answered(answer, tuple(ranked), writer=written.writer, confidence=read.answered)

    def _tell_silence(
        self, question: Question, written: Written, cards: Mapping[str, DocumentCard]
    ) -> Answer:
        """Say that the documents do not say, and what they do say of the matter."""
        told = " ".join(f"{made.text}." for made in written.drafts if made.text)
        cited = dict.fromkeys([*(s for made in written.drafts for s in made.sentences), *written.related])
        statements = tuple(Statement("", (cite(sentence, cards),)) for sentence in cited)
        kept, _ = keep_verified(statements[:_RELATED_SHOWN], cache(self._stored_text))
        return Answer(
            question,
            (),
            Reason.DOCUMENT_SILENT,
            tuple(one.citations[0] for one in kept),
            f"{_SILENT} They do say: {told}" if told else _SILENT,
            withheld=written.withheld,
        )

    def _quote(self, question: Question, read: _Read, shelf: CorpusSnapshot) -> Answered:
        """Answer with the sentences that the taught reader judges to answer, as they stand."""
        cards, ranked, sure = shelf.cards, read.ranked, read.answered
        unsure = sure < self._reader.limits[ANSWERED]
        # What the register says of numbered matters needs no reader to find it.
        registered = bool(question.items)
        gap = find_gap(Case(question, ranked, shelf, self._finder.frequency_of, unsure and not registered))
        drafts = [] if gap else draft(question, ranked, read.candidates, cards, self._writer, read.stated)
        gap = gap or find_gap_of_drafts(question, ranked, drafts, shelf)
        if gap:
            return Answered(self._abstain(question, gap, ranked, cards), tuple(ranked), confidence=sure)
        statements = tuple(state(made, cards) for made in drafts)
        kept, withheld = keep_verified(statements, cache(self._stored_text))
        stated = registered and any(statement.status for statement in kept)
        surely = stated or _tells_of_item(question, ranked) or bool(read_asked_facts(question.words))
        if not kept or (unsure and not surely):
            lacking = self._abstain(question, lack_of(question), ranked, cards)
            return Answered(replace(lacking, withheld=withheld), tuple(ranked), confidence=sure)
        kept = drop_repeated(kept)
        verdict = word_verdict(question, kept, cards)
        answer = Answer(question, kept, withheld=withheld, verdict=verdict)
        return Answered(answer, tuple(ranked), confidence=sure)

    def _tell_of_index(self, question: Question, shelf: CorpusSnapshot) -> str | None:
        return tell_of_index(question, shelf.cards, shelf.held, self._indexed_at)

    def _indexed_at(self) -> datetime | None:
        runs = self._catalogue.runs(1)
        return runs[0].at if runs else None

    def _list(self, asked: Asked, question: Question, shelf: CorpusSnapshot) -> Answer | None:
        """Return what the register answers to a question for a list or a count; None where it has nothing."""
        if self._register[0] != shelf.version:
            claims = self._catalogue.document_claims()
            claims = [entry for entry in claims if entry.document.path not in shelf.copies]
            self._register = (shelf.version, claims, build_register(claims))
        _, entries, rows = self._register
        listed = list_matters(asked, question, entries, rows, self._today())
        if listed is None:
            return None
        kept, unverified = keep_verified(listed.statements, cache(self._stored_text))
        if not kept:
            nothing = Answer(question, (), Reason.DOCUMENT_SILENT, note=f"{listed.verdict}.")
            return None if asked.about and not asked.one_a_force else nothing
        verdict = f"{listed.verdict}."
        return Answer(question, kept, note=listed.note, withheld=unverified, verdict=verdict)

    @staticmethod
    def _put_in_order(reading: Reading, found: Sequence[Ranked], candidates: Candidates) -> list[Ranked]:
        """Return what was read, the likeliest first, and behind it what was not read."""
        read = {(one.sentence.passage.id, one.sentence.span) for one in reading.ranked}
        beyond = [one for one in found if (one.sentence.passage.id, one.sentence.span) not in read]
        least = min((one.score for one in reading.ranked), default=0.0)
        rest = [replace(one, score=least - 1 - place) for place, one in enumerate(beyond)]
        every = [*reading.ranked, *rest]
        return sorted(every, key=lambda one: one.sentence.passage.document in candidates.overtaken)

    def _abstain(
        self, question: Question, gap: Gap, ranked: Sequence[Ranked], cards: Mapping[str, DocumentCard]
    ) -> Answer:
        near = [found for found in ranked[:_NEAREST_LOOKED_AT] if found.parts.get(SPEAKS, 0.0) > 0]
        nearest = tuple(cite(found.sentence, cards) for found in near[:_NEAREST_SHOWN])
        statements = tuple(Statement("", (citation,)) for citation in nearest)
        kept, _ = keep_verified(statements, cache(self._stored_text))
        return Answer(question, (), gap.reason, tuple(s.citations[0] for s in kept), gap.sentence)

    def _stored_text(self, document: str, version: str) -> str:
        return self._catalogue.document(document, version).text


def _tells_of_item(question: Question, ranked: Sequence[Ranked]) -> bool:
    """Tell whether the likeliest sentence is of the numbered matter and has the name or date asked for.

    It speaks of nearly all of the question, too: whether it answers needs no reader that doubts it then.
    """
    if not question.items or question.sought not in _VALUES or not ranked:
        return False
    best = ranked[0]
    of_item = set(question.items) <= set(best.sentence.passage.items)
    return of_item and best.coverage >= _NEARLY_ALL and holds_wanted(question, best.sentence.quote)
