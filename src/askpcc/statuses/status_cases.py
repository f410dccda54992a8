"""The sentences of a document that may say what has become of a matter, with all that may name it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from askpcc.model import BlockKind, Document, FactName, Passage, ReaderInput
from askpcc.reader.cases import status_input, write_around
from askpcc.statuses.document_model import (
    Utterance,
    asks,
    find_cell_status,
    read_lines,
    says_something,
)
from askpcc.statuses.findings import Told
from askpcc.statuses.matters import (
    first_words,
    is_count,
    label_before,
    names_nothing,
    pick_title,
    read_parts,
)
from askpcc.statuses.outline import read_outline
from askpcc.statuses.tables import ReadRows, is_legend, read_rows, refer_to_rows
from askpcc.text.words import plain

_LONGEST_SENTENCE = 2_000
"""In characters; what is longer is damaged text, in which nothing can be told to belong together."""

_FEW_WORDS = 5
_BOLD = ("**", "__", "<b>", "<strong>")
_LONGEST_TITLE = 6
"""Words of a title that nothing but its place shows."""

_LAST_WORDS = 200
"""Characters; looked at from every mark on, a text of nothing but question marks takes minutes."""
_ASKS_BACK = re.compile(r"\?\W*$")
_NAME_EDGES = " .:–—-"

Names = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StatusCase:
    """A sentence with all that may name its matter.

    parts: names by the part of the sentence that holds them.  names: those that hold for all of it.
    leans_back: a pronoun is its subject, or it is a few words without a verb.  lead: of a bullet, the words
    that introduce it, or "".
    """

    told: Told
    around: str
    lead: str
    parts: tuple[tuple[Names, ...], ...]
    names: tuple[Names, ...]
    counts: bool = False
    leans_back: bool = False

    @property
    def utterance(self) -> Utterance:
        """Return the sentence."""
        return self.told.utterance

    @property
    def options(self) -> list[Names]:
        """Return all names that its matter can have."""
        return [*self.names, *(names for part in self.parts for names in part)]

    def at_first(self) -> Iterator[str]:
        """Yield each matter with which the encoder is asked first: what it answers, and none."""
        yield ""
        for item in self.utterance.answers:
            yield item.words

    def further(self) -> Iterator[str]:
        """Yield each matter with which it is asked where the sentence may say something."""
        if not self.utterance.answers:
            for names in self.options:
                yield from names

    def input(self, matter: str) -> ReaderInput:
        """Return what the encoder is shown."""
        return status_input(matter, self.utterance.words, self.around)

    def lead_input(self) -> ReaderInput:
        """Return what it is shown of the words that introduce a bullet, which often tell its status."""
        return status_input(self.options[0][0], self.lead, write_around("", self.utterance.line.titles, ""))


@dataclass(frozen=True, slots=True)
class _Names:
    """What names no matter of a document: what it is called itself, and its force."""

    called: Sequence[str]
    force: str


def read_cases(document: Document, passages: Sequence[Passage]) -> tuple[list[StatusCase], ReadRows]:
    """Return what may tell a status, sentences and cells, and what rows of tables tell by themselves."""
    outline, _ = read_outline(document, read_lines(document, passages))
    outline = refer_to_rows(document, outline)
    rows = read_rows(document, outline)
    first = next((utterance.words for utterance in outline if utterance.line.is_heading), "")
    names = _Names([first, _fact(document, FactName.TITLE)], _fact(document, FactName.FORCE))
    return list(_make_cases(document, [*_find_told(document, outline), *rows.told], names)), rows


def _find_told(document: Document, outline: Sequence[Utterance]) -> Iterator[Told]:
    """Yield what can tell a status: no heading, row or question, nothing that only introduces or names."""
    leads = {utterance.line.lead for utterance in outline if utterance.line.lead}
    named: Utterance | None = None
    before: Utterance | None = None
    for utterance, following in zip(outline, [*outline[1:], None], strict=True):
        same_line = before is not None and before.line is utterance.line
        if not same_line:
            named = utterance if _only_names(document.text, utterance, following) else None
        prose = not utterance.line.is_heading and utterance.line.kind is not BlockKind.ROW
        says = not is_legend(utterance.words) and not _ASKS_BACK.search(utterance.words[-_LAST_WORDS:])
        read = prose and not utterance.silent and utterance is not named and says
        if read and utterance.span not in leads:
            previous = before.span if before and same_line and before is not named else None
            name = named.words.strip(_NAME_EDGES) if named else ""
            yield Told(utterance, before.words if before else "", previous, name=name)
        before = utterance


def _only_names(text: str, first: Utterance, following: Utterance | None) -> bool:
    """Tell whether the first words of a line are a title of the rest ("**Cells.** All are painted.")."""
    if following is None or following.line is not first.line or find_cell_status(first.words) is not None:
        return False
    length = len(first.words.split())
    bold = first.span.of(text).startswith(_BOLD)
    return (
        (bold or 1 < length <= _LONGEST_TITLE) and not says_something(first.words) and not asks(first.words)
    )


def _make_cases(document: Document, every: Sequence[Told], names: _Names) -> Iterator[StatusCase]:
    """Yield a case for each sentence; one that names nothing itself may go on about the one before."""
    latest: StatusCase | None = None
    for told in every:
        case = _make_case(document, told, names)
        if latest and told.previous == latest.utterance.span and case.leans_back:
            before = (*latest.names, *(names for part in latest.parts for names in part[:1]))
            case = replace(case, names=tuple(dict.fromkeys((*case.names, *before))))
        yield case
        latest = case


def _make_case(document: Document, told: Told, known: _Names) -> StatusCase:
    said, force = told.utterance, known.force
    lead = plain(said.line.lead.of(document.text)) if said.line.lead else ""
    around = write_around(lead, said.line.titles, told.before)
    if len(said.words) > _LONGEST_SENTENCE:
        return StatusCase(told, around, "", (), (), counts=True)
    title = pick_title(said.line.titles, known.called, force)
    label = label_before(said.line.words if said.line.kind is BlockKind.BULLET else said.words)
    if said.line.kind is BlockKind.BULLET and said.line.lead is not None:
        return StatusCase(told, around, lead, (), ((label or first_words(said.line.words),),))
    titles = (told.name, label, title, said.about)
    named = [name for name in titles if name and not names_nothing(name, force)]
    parts = read_parts(said.words, force)
    counts = all(is_count(part.subject) for part in parts)
    found = tuple(part.names for part in parts if not is_count(part.subject))
    few = len(said.words.split()) <= _FEW_WORDS and not says_something(said.words)
    leans = parts[0].points_back or few or not any(found)
    return StatusCase(told, around, "", found, tuple((name,) for name in named), counts, leans)


def _fact(document: Document, name: FactName) -> str:
    fact = document.fact(name)
    return fact.value if fact else ""
