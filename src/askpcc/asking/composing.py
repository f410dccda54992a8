"""A language model reads for one answer, within a time and a budget; what it states is proved."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from time import monotonic

from askpcc.asking.material import Found, choose_sentences, compute, group
from askpcc.asking.proved import Prover, word_line
from askpcc.asking.questions import is_of_thread
from askpcc.errors import ModelError, QuestionError
from askpcc.model import (
    Brief,
    Candidates,
    DocumentCard,
    Draft,
    FactName,
    Proposal,
    Question,
    Sentence,
    Spent,
    Status,
)
from askpcc.ports import LanguageModel, TokenBudget
from askpcc.text.forces import ForceTable
from askpcc.text.references import hide_people

QUOTING = "quoting"
_MOST_SEARCHES = 2
_MOST_RELATED = 3
_MOST_TOLD = 2
"""Statements on what documents do say, where they do not answer."""
_STATES_NOTHING = "The language model was not used: its answer states nothing. The documents are only quoted."
_UNPROVED = (
    "What the language model wrote could not be proved from the documents, so that they are only quoted."
)

Search = Callable[[str], Found]
"""Finds what the words of a search are about, among the documents that the question may be answered from."""


@dataclass(frozen=True, slots=True)
class Written:
    """What a language model made of a question.

    drafts: what it states and the sentences prove, and quotations where they do not.  verdict: the line that
    it would begin with, proved; "" for none.  not_stated: it finds no answer; then drafts are what the
    documents do say of the matter, and related are further sentences that speak of it.  withheld: statements
    that were not proved.  note: what is told of the model.  writer: whose words they are.
    """

    drafts: tuple[Draft, ...]
    verdict: str = ""
    not_stated: bool = False
    related: tuple[Sentence, ...] = ()
    withheld: int = 0
    note: str = ""
    writer: str = QUOTING


@dataclass(frozen=True, slots=True)
class Composer:
    """What a language model reads with.

    seconds: for all that is asked of it for one answer.  tell: hears why it was not used.
    hides_names: names of people are not sent.
    """

    model: LanguageModel
    budget: TokenBudget
    seconds: float
    tell: Callable[[ModelError], None]
    hides_names: bool = False

    def begin(self, forces: ForceTable) -> "Session":
        """Begin to count the time for one answer."""
        return Session(self, forces)


class Session:
    """The work of a language model for one answer.

    rewritten: a follow-up as the model understood it, "" where it was taken as typed.  spent: so far.
    failed: what is told where the model was not used, "" where it was.  withheld: statements of an answer of
    which nothing could be used.
    """

    def __init__(self, composer: Composer, forces: ForceTable) -> None:
        self._composer = composer
        self._forces = forces
        self._until = monotonic() + composer.seconds
        self.spent = Spent()
        self.rewritten = ""
        self.failed = ""
        self.withheld = 0

    def rewrite(self, typed: str, history: Sequence[str]) -> str:
        """Return a follow-up as a question that stands alone, or as it was typed.

        A rewriting that brings in what the thread does not name is not used.
        """
        if not history or not typed.strip():
            return typed
        try:
            self._composer.budget.refuse_when_spent()
            hidden = [self._hide(words) for words in history]
            rewriting = self._composer.model.rewrite(self._hide(typed), hidden, self._left)
            self._count(rewriting.spent)
        except ModelError as exc:
            self._count_failed(exc)
            self._fail(exc)
            return typed
        if rewriting.words and is_of_thread(rewriting.words, [*history, typed], self._forces):
            self.rewritten = rewriting.words
        return self.rewritten or typed

    def write(
        self,
        question: Question,
        found: Found,
        cards: Mapping[str, DocumentCard],
        read: Mapping[Sentence, Status],
        search: Search,
        today: date,
    ) -> Written | None:
        """Return what the model makes of a question; None where it was not used, and failed says why.

        read: what the taught reader reads of what has become of the matter, by sentence.
        """
        if self.failed:
            return None
        searched: list[Found] = []
        while True:
            brief = self._brief(question, found, searched, cards, today)
            proposal = self._propose(brief)
            if proposal is None:
                return None
            wanted = proposal.searches if brief.searches_left and not proposal.statements else ()
            if not wanted:
                written = self._prove(question, proposal, Prover(brief, cards, self._forces, read))
                if written.drafts or written.not_stated:
                    return written
                self.give_up(written.withheld)
                return None
            searched += [self._search(words, search) for words in wanted[: brief.searches_left]]

    def give_up(self, withheld: int) -> None:
        """Tell that nothing of what the model states can be used.  withheld: how many statements it had."""
        self.failed = _UNPROVED if withheld else _STATES_NOTHING
        self.withheld = withheld

    @staticmethod
    def _search(words: str, search: Search) -> Found:
        """Search; words that are no question find nothing, and count."""
        try:
            return search(words)
        except QuestionError:
            return Found((), Candidates((), {}))

    def _brief(
        self,
        question: Question,
        found: Found,
        searched: Sequence[Found],
        cards: Mapping[str, DocumentCard],
        today: date,
    ) -> Brief:
        sentences = choose_sentences(found, searched, cards)
        documents = group(sentences, [found, *searched], cards, self._hide_in)
        return Brief(
            self._hide(question.words),
            documents,
            compute(documents, cards),
            today.isoformat(),
            max(0, _MOST_SEARCHES - len(searched)),
        )

    def _propose(self, brief: Brief) -> Proposal | None:
        try:
            self._composer.budget.refuse_when_spent()
            proposal = self._composer.model.propose(brief, self._left)
            self._count(proposal.spent)
        except ModelError as exc:
            self._count_failed(exc)
            self._fail(exc)
            return None
        return proposal

    def _prove(self, question: Question, proposal: Proposal, prover: Prover) -> Written:
        """Keep what is proved, quote what the rest rests on, each once and in the model's order."""
        told: dict[tuple[str, tuple[Sentence, ...]], Draft] = {}
        stated: list[Draft] = []
        lines: list[str] = []
        for proposed in dict.fromkeys(proposal.statements):
            made, holds = prover.draft(proposed)
            # What is proved takes the place of quotations of the same sentences.
            if made and (holds or (made.text, made.sentences) not in told):
                told[made.text, made.sentences] = made
            if made and holds:
                stated.append(made)
                lines.append(proposed.text)
        said = {sentence for made in stated for sentence in made.sentences}
        drafts = [made for made in told.values() if made in stated or not said.issuperset(made.sentences)]
        withheld = len(set(proposal.statements)) - len(lines)
        not_stated = proposal.not_stated
        if not_stated:
            drafts = drafts[:_MOST_TOLD]
        return Written(
            tuple(drafts),
            "" if not_stated else word_line(question, proposal, lines, drafts, prover),
            not_stated,
            self._relate(proposal, prover.brief),
            withheld,
            _UNPROVED if withheld and not lines else "",
            self._composer.model.name if lines or proposal.not_stated else QUOTING,
        )

    @staticmethod
    def _relate(proposal: Proposal, brief: Brief) -> tuple[Sentence, ...]:
        numbered = {one.number: one.sentence for one in brief.material}
        return tuple(numbered[number] for number in proposal.related if number in numbered)[:_MOST_RELATED]

    @property
    def _left(self) -> float:
        return self._until - monotonic()

    def _count(self, spent: Spent) -> None:
        self.spent = self.spent.plus(spent)
        self._composer.budget.count(spent)

    def _count_failed(self, failure: ModelError) -> None:
        """Count what a reply took that could not be used; a count that cannot be kept has failed already."""
        if failure.tokens_read or failure.tokens_written:
            try:
                self._count(Spent(failure.tokens_read, failure.tokens_written))
            except ModelError as exc:
                self._composer.tell(exc)

    def _fail(self, failure: ModelError) -> None:
        reference = f" (reference {failure.reference})" if failure.reference else ""
        self.failed = (
            f"The language model was not used: {failure.reason}{reference}. The documents are only quoted."
        )
        self._composer.tell(failure)

    def _hide_in(self, words: str, card: DocumentCard) -> str:
        author = card.fact(FactName.AUTHOR)
        return self._hide(words, author.value if author else "")

    def _hide(self, words: str, *known: str) -> str:
        return hide_people(words, self._forces, known) if self._composer.hides_names else words
