"""A language model writes for one answer, within a time and a budget, and is not believed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from time import monotonic

from askpcc.asking.material import choose_material
from askpcc.asking.proposals import join, keep_proved
from askpcc.asking.rewriting import is_of_thread
from askpcc.errors import ModelError
from askpcc.language.forces import ForceTable
from askpcc.language.people import hide_people
from askpcc.model import Candidates, DocumentCard, Draft, FactName, Question, Ranked, Spent
from askpcc.ports import LanguageModel, TokenBudget

QUOTING = "quoting"
_UNPROVED = (
    "What the language model wrote could not be proved from the documents, so that they are only quoted."
)
_SAYS_NOTHING = "The language model finds no answer in these words; read them with care."


@dataclass(frozen=True, slots=True)
class Composed:
    """What an answer could assert.

    withheld: statements that were not proved.  note: what is told of the model.  writer: whose words they
    are.
    """

    drafts: list[Draft]
    withheld: int = 0
    note: str = ""
    writer: str = QUOTING


@dataclass(frozen=True, slots=True)
class Composer:
    """What a language model writes with.

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
    """

    def __init__(self, composer: Composer, forces: ForceTable) -> None:
        self._composer = composer
        self._forces = forces
        self._until = monotonic() + composer.seconds
        self._failure: ModelError | None = None
        self.spent = Spent()
        self.rewritten = ""

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
            self._fail(exc)
            return typed
        if rewriting.words and is_of_thread(rewriting.words, [*history, typed], self._forces):
            self.rewritten = rewriting.words
        return self.rewritten or typed

    def compose(
        self,
        question: Question,
        ranked: Sequence[Ranked],
        candidates: Candidates,
        cards: Mapping[str, DocumentCard],
        drafts: list[Draft],
    ) -> Composed:
        """Return what the model states and its sentences prove, or what was drafted without it, and why."""
        if self._failure:
            return Composed(drafts, note=_tell(self._failure))
        material = choose_material(ranked, drafts, candidates, cards, self._hide_in)
        try:
            self._composer.budget.refuse_when_spent()
            proposal = self._composer.model.propose(self._hide(question.words), material, self._left)
            self._count(proposal.spent)
        except ModelError as exc:
            self._fail(exc)
            return Composed(drafts, note=_tell(exc))
        proved = keep_proved(proposal.statements, material, cards, self._forces)
        withheld = len(set(proposal.statements)) - len(proved)
        if not proved:
            return Composed(drafts, withheld, _UNPROVED if proposal.statements else _SAYS_NOTHING)
        return Composed(join(question, drafts, proved), withheld, writer=self._composer.model.name)

    @property
    def _left(self) -> float:
        return self._until - monotonic()

    def _count(self, spent: Spent) -> None:
        self.spent = self.spent.plus(spent)
        self._composer.budget.count(spent)

    def _fail(self, failure: ModelError) -> None:
        self._failure = failure
        self._composer.tell(failure)

    def _hide_in(self, words: str, card: DocumentCard) -> str:
        author = card.fact(FactName.AUTHOR)
        return self._hide(words, author.value if author else "")

    def _hide(self, words: str, *known: str) -> str:
        return hide_people(words, self._forces, known) if self._composer.hides_names else words


def _tell(failure: ModelError) -> str:
    reference = f" (reference {failure.reference})" if failure.reference else ""
    return f"The language model was not used: {failure.reason}{reference}. The documents are only quoted."
