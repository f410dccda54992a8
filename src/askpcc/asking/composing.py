"""A language model writes for one answer, within a time and a budget, and is not believed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from time import monotonic

from askpcc.asking.drafting import most_statements
from askpcc.asking.questions import is_of_thread
from askpcc.asking.stating import word_status
from askpcc.errors import ModelError
from askpcc.model import (
    Candidates,
    DocumentCard,
    Draft,
    FactName,
    Material,
    Proposed,
    Question,
    Ranked,
    Sentence,
    Spent,
    StatusClaim,
    Wanted,
)
from askpcc.ports import LanguageModel, TokenBudget
from askpcc.proving import Cited, Grounds, find_flaw
from askpcc.text.dates import show_date
from askpcc.text.forces import ForceTable
from askpcc.text.references import hide_people
from askpcc.text.words import plain

_BEST = 8
_MOST = 16
_LONGEST = 800
"""Characters of one sentence; a longer one is damaged text."""

Place = tuple[str, int]


def choose_material(
    ranked: Sequence[Ranked],
    drafts: Sequence[Draft],
    candidates: Candidates,
    cards: Mapping[str, DocumentCard],
    hide: Callable[[str, DocumentCard], str],
) -> list[Material]:
    """Return what was drafted, the best sentences, and the one before each, in the order of the documents.

    hide: takes out of the words of a document what is not to be sent.
    """
    drafted = [sentence for draft in drafts for sentence in draft.sentences]
    wanted = [*drafted, *(found.sentence for found in ranked[:_BEST])]
    before = {_place(s): previous for s in wanted if (previous := _find_previous(s, ranked))}
    chosen: dict[Place, Sentence] = {}
    for sentence in wanted:
        for one in (sentence, before.get(_place(sentence))):
            if one and len(one.quote) <= _LONGEST and len(chosen) < _MOST:
                chosen.setdefault(_place(one), one)
    return [
        _describe(number, chosen[place], candidates.claims, cards, hide)
        for number, place in enumerate(sorted(chosen), start=1)
    ]


def _place(sentence: Sentence) -> Place:
    return sentence.passage.document, sentence.span.start


def _find_previous(sentence: Sentence, ranked: Sequence[Ranked]) -> Sentence | None:
    """Return the sentence before one in its document, where it was found too and stands near."""
    document, start = _place(sentence)
    earlier = [
        found.sentence
        for found in ranked
        if found.sentence.passage.document == document and found.sentence.span.end <= start
    ]
    nearest = max(earlier, key=lambda one: one.span.start, default=None)
    near = nearest is not None and sentence.passage.ordinal - nearest.passage.ordinal <= 1
    return nearest if near else None


def _describe(
    number: int,
    sentence: Sentence,
    claims: Sequence[StatusClaim],
    cards: Mapping[str, DocumentCard],
    hide: Callable[[str, DocumentCard], str],
) -> Material:
    card = cards[sentence.passage.document]
    borne = tuple(claim for claim in claims if _is_borne(claim, sentence))
    return Material(
        number, sentence, hide(plain(sentence.quote), card), hide(_write_sentence(card), card), borne
    )


def _is_borne(claim: StatusClaim, sentence: Sentence) -> bool:
    same = (claim.document, claim.version) == (sentence.passage.document, sentence.passage.version)
    return same and claim.evidence[0].overlaps(sentence.span)


def _write_sentence(card: DocumentCard) -> str:
    """Return whose response it is, to which report, dated when."""
    facts = {name: card.fact(name) for name in (FactName.FORCE, FactName.TITLE, FactName.RESPONDED)}
    told = [show_date(fact.value) for fact in facts.values() if fact]
    return "; ".join(told) or card.path


def as_cited(material: Material, cards: Mapping[str, DocumentCard]) -> Cited:
    """Return a sentence as it is compared with a statement: its own words, whatever was sent."""
    passage = material.sentence.passage
    force = cards[passage.document].fact(FactName.FORCE)
    return Cited(
        plain(material.sentence.quote),
        passage.document,
        passage.ordinal,
        force.value if force else "",
        passage.items,
        passage.quoted,
        material.claims,
    )


def keep_proved(
    proposed: Sequence[Proposed],
    material: Sequence[Material],
    cards: Mapping[str, DocumentCard],
    forces: ForceTable,
) -> list[Draft]:
    """Return the statements that their sentences prove, each once, as drafts that cite those sentences."""
    numbered = {one.number: one for one in material}
    drafts: dict[str, Draft] = {}
    for statement in proposed:
        cited = [numbered[number] for number in sorted(statement.numbers) if number in numbered]
        if not cited or len(cited) < len(statement.numbers):
            continue
        grounds = Grounds(tuple(as_cited(one, cards) for one in cited), forces)
        if find_flaw(statement.text, statement.status, grounds) is None:
            drafts.setdefault(statement.text, _draft(statement, cited))
    return list(drafts.values())


def _draft(statement: Proposed, cited: Sequence[Material]) -> Draft:
    """Put a status first, with who says so and as of when."""
    text = statement.text.rstrip(". ")
    claim = _find_claim(statement, cited)
    label = f"{word_status(claim, claim.status)}. " if claim else ""
    return Draft(f"{label}{text}", tuple(one.sentence for one in cited), statement.status if claim else None)


def _find_claim(statement: Proposed, cited: Sequence[Material]) -> StatusClaim | None:
    claims = (claim for one in cited for claim in one.claims)
    return next((claim for claim in claims if claim.status is statement.status), None)


def join(question: Question, drafted: Sequence[Draft], proved: Sequence[Draft]) -> list[Draft]:
    """Let what was proved stand in place of bare quotations; what the register states stays first.

    A statement that rests on the words of a status stands behind it; a list of statuses stands alone.
    """
    stated = [made for made in drafted if made.text]
    left = list(proved)
    joined = []
    for made in stated:
        fitting = next((one for one in left if one.sentences[0] in made.sentences and not one.status), None)
        if fitting:
            left.remove(fitting)
            sentences = tuple(dict.fromkeys([*made.sentences, *fitting.sentences]))
            made = replace(made, text=f"{made.text}. {fitting.text}", sentences=sentences)  # noqa: PLW2901 - the same draft with more words
        joined.append(made)
    if question.wanted is Wanted.LIST and any(made.status for made in stated):
        return joined
    said = {sentence for made in joined for sentence in made.sentences}
    more = [one for one in left if not set(one.sentences) <= said]
    room = max(most_statements(question), len(joined))
    return [*joined, *more][:room]


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
