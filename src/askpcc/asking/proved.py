"""What of a language model's proposal is proved: its statements, and the line that it would begin with."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from askpcc.asking.verdict_line import split_polarity
from askpcc.metadata import describe_document
from askpcc.model import (
    Brief,
    Computed,
    DocumentCard,
    Draft,
    FactName,
    Material,
    Proposal,
    Proposed,
    Question,
    Sentence,
    Status,
    Wanted,
)
from askpcc.proving import (
    Cited,
    Grounds,
    Sort,
    find_flaw,
    holds_markup,
    is_counted,
    is_named,
    is_part_of,
    read_matters,
    read_values,
)
from askpcc.text.forces import ForceTable
from askpcc.text.words import plain, words

_MOST_QUOTED = 3
"""Sentences of a statement that is not proved, which are quoted in its place."""
_MOST_CITED = 12
"""Sentences that one statement may rest on."""


def as_cited(material: Material, cards: Mapping[str, DocumentCard]) -> Cited:
    """Return a sentence as it is compared with a statement: its own words, whatever was sent.

    An empty cell of a row stays, so that each cell stands under the head of its column.
    """
    passage = material.sentence.passage
    card = cards[passage.document]
    force = card.fact(FactName.FORCE)
    return Cited(
        " | ".join(map(plain, material.sentence.quote.split("|"))),
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
        cell=_find_cell(material.sentence),
    )


def _find_cell(sentence: Sentence) -> int:
    """Return the cell of its row, counted from 0, in which a sentence begins."""
    passage = sentence.passage
    before = passage.quote[: sentence.span.start - passage.span.start]
    return before.lstrip().removeprefix("|").count("|")


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
        """Tell whether a part of a line stands in what is stated, or all that is cited proves it.

        A side that it begins with, "Borsetshire: not yet: ...", is what the sentences behind it are known by.
        """
        material = self._cited_by(stated)
        if self._proves_part(text, lines, material):
            return True
        side, _, rest = text.partition(": ")
        of_side = [one for one in material if self._is_of(side, one)]
        return bool(rest and of_side) and self._proves_part(split_polarity(rest)[1], (), of_side)

    def names_matters(self, line: str, stated: Sequence[Draft]) -> bool:
        """Tell whether a line only names what is stated, each matter as one of the statements has it."""
        grounds = [(made.text, self._grounds(self._cited_by([made]))) for made in stated]
        plainly = not holds_markup(line, self._grounds(self._cited_by(stated)))
        matters = read_matters(line, self.forces) if plainly else ()
        return bool(matters) and all(any(is_named(one, *told) for told in grounds) for one in matters)

    def _cited_by(self, stated: Sequence[Draft]) -> list[Material]:
        cited = {sentence for made in stated for sentence in made.sentences}
        return [one for one in self.brief.material if one.sentence in cited]

    def _proves_part(self, text: str, lines: Sequence[str], material: Sequence[Material]) -> bool:
        grounds = self._grounds(material)
        if is_counted(text, grounds):
            return True
        told = [*lines, *(one.words for one in grounds.cited)]
        return any(is_part_of(text, one, grounds) for one in told) or find_flaw(text, None, grounds) is None

    def _is_of(self, side: str, material: Material) -> bool:
        """Tell whether a side is what a sentence is known by.

        That is the force or a date of its document, the title where the force is not known, or the only date
        that the sentence itself has.
        """
        known = describe_document(self.cards[material.sentence.passage.document])
        names = _SIDES if "force" in known else (*_SIDES, "title")
        named = re.compile(rf"(?<!\w){re.escape(side)}(?!\w)", re.IGNORECASE)
        if len(side) >= _SHORTEST_SIDE and any(named.search(known.get(name, "")) for name in names):
            return True
        dates = {one for one in read_values(plain(material.sentence.quote)) if one[0] is Sort.DATE}
        return len(dates) == 1 and dates == read_values(side)

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
_SIDES = ("force", "response dated", "dated", "report published")
_OF_SEVERAL = frozenset({Wanted.LIST, Wanted.COMPARE})
_IN_PART = frozenset({"Partly", "In part"})
_PARTS = re.compile(r"\s*;\s+")


def word_line(
    question: Question, proposal: Proposal, lines: Sequence[str], drafts: Sequence[Draft], prover: Prover
) -> str:
    """Return the line that a model begins with, as far as it is proved; else its first statement.

    lines: the statements that are proved, as written.  drafts: all that is shown.  "" where the first one is
    not proved, or too long for a line, or would stand for several.
    """
    verdict = proposal.verdict
    polarity, rest = split_polarity(verdict)
    parts = [part for part in _PARTS.split(rest.rstrip(". ")) if part]
    sides = len(parts) > 1 and all(": " in part for part in parts)
    several = sides or polarity in _IN_PART or question.wanted in _OF_SEVERAL or len(question.forces) > 1
    if lines and parts and len(verdict) <= _LONGEST_VERDICT:
        proved = [part for part in parts if prover.prove_part(part, lines, drafts)]
        if proved == parts or prover.names_matters(rest, drafts):
            return verdict
        if proved[:1] == parts[:1] and not several:
            # The first part bears the yes or no; a further one only adds to it.
            return ": ".join(filter(None, [polarity, "; ".join(proved)]))
    if several and len(proposal.statements) > 1:
        # What it would say of several, the first statement would say of one as if it were all.
        return ""
    first = proposal.statements[0].text if proposal.statements else ""
    return first if first in lines and len(first) <= _LONGEST_LINE else ""
