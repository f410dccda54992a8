"""A language model reads for one answer, within a time and a budget; what it states is proved."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from time import monotonic

from askpcc.asking.material import Found, choose_sentences, compute, group, write_words
from askpcc.asking.questions import is_of_thread
from askpcc.asking.verdict_line import split_polarity
from askpcc.errors import ModelError, QuestionError
from askpcc.metadata import describe_document
from askpcc.model import (
    Brief,
    Candidates,
    Computed,
    DocumentCard,
    Draft,
    FactName,
    Material,
    Proposal,
    Proposed,
    Question,
    Sentence,
    Spent,
    Status,
)
from askpcc.ports import LanguageModel, TokenBudget
from askpcc.proving import Cited, Grounds, find_flaw, is_counted, is_part_of
from askpcc.text.forces import ForceTable
from askpcc.text.references import hide_people
from askpcc.text.words import plain, words

QUOTING = "quoting"
_MOST_SEARCHES = 2
_MOST_QUOTED = 3
"""Sentences of a statement that is not proved, which are quoted in its place."""
_MOST_RELATED = 3
_MOST_TOLD = 2
"""Statements on what documents do say, where they do not answer."""
_MOST_CITED = 12
"""Sentences that one statement may rest on."""
_BETWEEN_SIDES = ";"
"""Between the sides, or the matters of a list, of which a model's line tells."""
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


def as_cited(material: Material, cards: Mapping[str, DocumentCard]) -> Cited:
    """Return a sentence as it is compared with a statement: its own words, whatever was sent."""
    passage = material.sentence.passage
    card = cards[passage.document]
    force = card.fact(FactName.FORCE)
    return Cited(
        write_words(material.sentence.quote),
        passage.document,
        passage.ordinal,
        force.value if force else "",
        passage.items,
        passage.quoted,
        material.claims,
        heading=plain(passage.section),
        lead=material.lead,
        about=tuple(describe_document(card).items()),
        start=material.sentence.span.start,
        end=material.sentence.span.end,
        begins=material.sentence.span.start == passage.span.start,
    )


@dataclass(frozen=True, slots=True)
class Prover:
    """Proves what was proposed on one brief.

    read: what the taught reader reads of what has become of the matter, by sentence.
    """

    brief: Brief
    cards: Mapping[str, DocumentCard]
    forces: ForceTable
    read: Mapping[Sentence, Status]

    def draft(self, proposed: Proposed) -> tuple[Draft | None, bool]:
        """Return a statement as a draft, quotations where it is not proved, and whether it is."""
        numbered = {one.number: one for one in self.brief.material}
        cited = [numbered[number] for number in sorted(proposed.numbers) if number in numbered]
        if not cited:
            return None, False
        known = len(cited) == len(proposed.numbers) <= _MOST_CITED
        status = self._prove_status(proposed, cited)
        if known and find_flaw(proposed.text, None, self._grounds(cited)) is None:
            return self._state(proposed, cited, status), True
        return Draft("", tuple(one.sentence for one in cited[:_MOST_QUOTED])), False

    def prove_part(self, text: str, lines: Sequence[str], stated: Sequence[Draft]) -> bool:
        """Tell whether a part of a line stands in what is stated, or all that is cited proves it."""
        cited = {sentence for made in stated for sentence in made.sentences}
        material = [one for one in self.brief.material if one.sentence in cited]
        if self._proves_part(text, lines, material):
            return True
        side, _, rest = text.partition(": ")
        of_side = [one for one in material if self._is_of(side, one)]
        return bool(rest and of_side) and self._proves_part(rest, (), of_side)

    def _proves_part(self, text: str, lines: Sequence[str], material: Sequence[Material]) -> bool:
        grounds = self._grounds(material)
        if is_counted(text, grounds):
            return True
        told = [*lines, *(one.words for one in grounds.cited)]
        return any(is_part_of(text, one, grounds) for one in told) or find_flaw(text, None, grounds) is None

    def _is_of(self, side: str, material: Material) -> bool:
        """Tell whether a side is what the document of a sentence is known by: its force or a date of it."""
        known = describe_document(self.cards[material.sentence.passage.document])
        named = re.compile(rf"(?<!\w){re.escape(side)}(?!\w)", re.IGNORECASE)
        return len(side) >= _SHORTEST_SIDE and any(named.search(known.get(name, "")) for name in _SIDES)

    def _grounds(self, cited: Sequence[Material]) -> Grounds:
        numbers = {one.number for one in cited}
        counted = [one for one in self.brief.computed if numbers.issuperset(one.numbers)]
        grounds = [*(as_cited(one, self.cards) for one in cited), *(self._as_ground(one) for one in counted)]
        return Grounds(tuple(grounds), self.forces)

    def _as_ground(self, counted: Computed) -> Cited:
        numbered = {one.number: one for one in self.brief.material}
        return replace(as_cited(numbered[counted.numbers[0]], self.cards), words=counted.text, claims=())

    def _prove_status(self, proposed: Proposed, cited: Sequence[Material]) -> Status | None:
        """Return the status of a statement where the register has it of its words, or the reader reads it."""
        claimed = {claim.status for one in cited for claim in one.claims}
        read = {self.read[one.sentence] for one in cited if one.sentence in self.read}
        return proposed.status if proposed.status in (claimed or read) else None

    @staticmethod
    def _state(proposed: Proposed, cited: Sequence[Material], status: Status | None) -> Draft:
        """Return a statement as a draft; what only repeats its sentences is quoted."""
        sentences = tuple(one.sentence for one in cited)
        text = proposed.text.rstrip(". ")
        repeats = words(text) == words(" ".join(plain(sentence.quote) for sentence in sentences))
        return Draft("" if repeats else text, sentences, status)


_LONGEST_VERDICT = 400
_LONGEST_LINE = 200
"""Characters of a statement that may stand as the line that an answer begins with."""
_SHORTEST_SIDE = 4
_SIDES = ("force", "response dated", "report published")
_PARTS = re.compile(r"\s*;\s+")


def word_line(proposal: Proposal, lines: Sequence[str], drafts: Sequence[Draft], prover: Prover) -> str:
    """Return the line that a model begins with, where each of its parts is proved; else its first statement.

    lines: the statements that are proved, as written.  drafts: all that is shown.  "" where the first one is
    not proved, or too long for a line, or where the line would have told of several.
    """
    verdict = proposal.verdict
    _, rest = split_polarity(verdict)
    parts = [part for part in _PARTS.split(rest.rstrip(". ")) if part]
    if (
        lines
        and parts
        and len(verdict) <= _LONGEST_VERDICT
        and all(prover.prove_part(part, lines, drafts) for part in parts)
    ):
        return verdict
    if _BETWEEN_SIDES in rest and len(proposal.statements) > 1:
        # What it would say of several, the first statement would say of one as if it were all.
        return ""
    first = proposal.statements[0].text if proposal.statements else ""
    return first if first in lines and len(first) <= _LONGEST_LINE else ""


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
                written = self._prove(proposal, Prover(brief, cards, self._forces, read))
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

    def _prove(self, proposal: Proposal, prover: Prover) -> Written:
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
            "" if not_stated else word_line(proposal, lines, drafts, prover),
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
