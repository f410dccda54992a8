"""A document in portions that a language model reads for the register, each of them once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from askpcc.model import BlockKind, Document, Numbered, Part, Passage, Span
from askpcc.statuses.claims import is_no_response
from askpcc.statuses.document_model import Utterance, read_lines
from askpcc.statuses.outline import read_outline
from askpcc.statuses.tables import refer_to_rows, split_cells
from askpcc.text.sentences import split_sentences
from askpcc.text.words import plain

_LONGEST = 3_000
"""Characters of one portion: what a change of a word has read again."""
_LONGEST_SENTENCE = 2_000
"""Characters; what is longer is damaged text, in which nothing can be told to belong together."""
_LONGEST_HEAD = 40
"""Characters of what can be the head of a column."""


@dataclass(frozen=True, slots=True)
class PlacedSentence:
    """A sentence, or a cell's sentence, where it stands.  row: from 1 within its portion, 0 for none."""

    utterance: Utterance
    span: Span
    words: str
    lead: str = ""
    row: int = 0
    column: str = ""


@dataclass(frozen=True, slots=True)
class Portion:
    """What stands under one heading, or a part of it.  titles: the headings above, outermost first."""

    titles: tuple[str, ...]
    places: tuple[PlacedSentence, ...]

    def as_part(self, first: int) -> Part:
        """Return it as a model is shown it; its sentences are numbered from first."""
        shown = (
            Numbered(number, place.words, place.lead, place.row, place.column)
            for number, place in enumerate(self.places, start=first)
        )
        return Part(self.titles, tuple(shown))


def read_portions(document: Document, passages: Sequence[Passage]) -> list[Portion]:
    """Return a document in portions, in its order; none of guidance and law, which claim nothing."""
    if is_no_response(document):
        return []
    outline, _ = read_outline(document, read_lines(document, passages))
    outline = refer_to_rows(document, outline)
    heads = _read_heads(document.text, outline)
    portions = []
    for group in _groups(outline):
        body = next((said for said in group if not said.line.is_heading), group[0])
        places = tuple(_places(document.text, group, heads))
        if places:
            portions.append(Portion(body.line.titles, places))
    return portions


def _groups(outline: Sequence[Utterance]) -> Iterator[list[Utterance]]:
    """Yield what stands under one heading with the heading itself; a long section in parts."""
    group: list[Utterance] = []
    length = 0
    for said in outline:
        body = [one for one in group if not one.line.is_heading]
        new_line = not group or group[-1].line is not said.line
        longer = length + len(said.line.words if new_line else said.words) > _LONGEST
        apart = bool(body) and (said.line.is_heading or said.line.titles != body[-1].line.titles)
        if apart or (longer and body):
            yield group
            group, length = [], 0
        group.append(said)
        length += len(said.words)
    if group:
        yield group


def _places(
    text: str, group: Sequence[Utterance], heads: Mapping[Span, tuple[str, ...]]
) -> Iterator[PlacedSentence]:
    row = 0
    for said in group:
        if said.line.kind is BlockKind.ROW:
            row += 1
            yield from _cells(text, said, row, heads.get(said.span, ()))
            continue
        lead = plain(said.line.lead.of(text)) if said.line.lead else ""
        if len(said.words) <= _LONGEST_SENTENCE:
            yield PlacedSentence(said, said.span, said.words, lead)


def _cells(text: str, said: Utterance, row: int, heads: Sequence[str]) -> Iterator[PlacedSentence]:
    for at, cell in enumerate(split_cells(text, said.span)):
        for span in split_sentences(text, cell):
            words = plain(span.of(text))
            if words and len(words) <= _LONGEST_SENTENCE:
                yield PlacedSentence(said, span, words, row=row, column=heads[at] if at < len(heads) else "")


def _read_heads(text: str, outline: Sequence[Utterance]) -> dict[Span, tuple[str, ...]]:
    """Return the heads of the columns of each row: the first row of a table whose cells are all short."""
    known: dict[Span, tuple[str, ...]] = {}
    heads: tuple[str, ...] = ()
    before: Utterance | None = None
    for said in outline:
        if said.line.kind is BlockKind.ROW:
            if before is None or before.line.kind is not BlockKind.ROW:
                cells = [plain(cell.of(text)) for cell in split_cells(text, said.span)]
                named = all(0 < len(words) <= _LONGEST_HEAD for words in cells)
                heads = tuple(cells) if named else ()
            else:
                known[said.span] = heads
        before = said
    return known
