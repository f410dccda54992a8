"""A document as sentences in order, each with its speaker and the named matter that it answers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from askpcc.chunking import LABEL_AND_VALUE
from askpcc.model import (
    BlockKind,
    Document,
    Span,
    Speaker,
)
from askpcc.statuses.document_model import (
    Line,
    NamedItem,
    Utterance,
    Voices,
    asks,
    bare_kind,
    find_cell_status,
    is_fault,
    is_inspectorate,
    label_end,
    label_of,
    listed_items,
    mention_items,
    name_items,
    says_something,
    without_opening,
)
from askpcc.statuses.tables import split_cells
from askpcc.statuses.vocabulary import load_vocabulary
from askpcc.text.sentences import split_sentences
from askpcc.text.words import plain


@dataclass(slots=True)
class _Walk:
    """What is open while the lines of a document are read in order."""

    text: str
    voices: Voices
    known: dict[object, NamedItem] = field(default_factory=dict)
    open: tuple[NamedItem, ...] = ()
    summary: bool = False

    def know(self, items: Sequence[NamedItem]) -> tuple[NamedItem, ...]:
        """Return the items, with what was known of them before."""
        for item in items:
            before = self.known.get(item.key)
            if before is None or (item.text and not before.text):
                self.known[item.key] = item
        return tuple(self.known[item.key] for item in items)

    def open_bare(self, line: Line) -> list[NamedItem]:
        """Return the item of a heading that is only "Area for improvement"; what follows names it."""
        kind = bare_kind(line.words)
        if kind is None:
            return []
        item = NamedItem(kind, None, str(kind), line.span)
        earlier = self.known.pop(item.key, None)
        if earlier and earlier.text:
            self.known[earlier.key] = earlier
        return [item]

    def set_words(self, words: str) -> None:
        """Note what the open items ask for, once their own text is read; a list says it in its parts."""
        for item in self.open:
            own = words if words.rstrip().endswith(":") else without_opening(words).rstrip(" .;")
            named = item.words if own.endswith(":") else own
            self.known[item.key] = replace(item, words=named, text=words)
        self.open = tuple(self.known[item.key] for item in self.open)


def read_outline(document: Document, lines: Sequence[Line]) -> tuple[list[Utterance], list[NamedItem]]:
    """Return the sentences of a document with what they stand under, and the matters that it names."""
    voice = Speaker.INSPECTORATE if is_inspectorate(document) else Speaker.COMMISSIONER
    walk = _Walk(document.text, Voices(voice, voice, voice))
    # A sentence may be markup alone, and a line may end with its label.
    utterances = [said for line in lines for said in _read_line(walk, line) if said.words]
    known = {item.key: item for item in walk.known.values()}
    updated = [
        replace(utterance, answers=tuple(known.get(item.key, item) for item in utterance.answers))
        for utterance in utterances
    ]
    named = [item for item in known.values() if item.number or item.words != item.kind]
    return updated, sorted(named, key=lambda item: item.span)


def _read_line(walk: _Walk, line: Line) -> Iterator[Utterance]:
    if line.is_heading:
        yield from _read_heading(walk, line)
        return
    line = _without_label(walk, line)
    voice = walk.voices.speaker_of(line.words, quoted=line.quoted, answer=bool(walk.open))
    if line.kind is BlockKind.ROW:
        named = _open_record(walk, line)
        yield Utterance(line.span, line.words, line, voice, named, silent=walk.summary)
        return
    if _is_asked(walk, line):
        _add_asked(walk, line)
        yield Utterance(line.span, line.words, line, voice, walk.open, silent=True)
        return
    yield from _read_sentences(walk, line, voice)


def _open_record(walk: _Walk, line: Line) -> tuple[NamedItem, ...]:
    """Return the matter of a row: its own, where its first cell begins with one, else the open one.

    A row of a label and a value that names one opens it ("Recommendation | Recommendation 3").
    """
    cells = [cell for cell in split_cells(walk.text, line.span) if len(cell)]
    if len(cells) == LABEL_AND_VALUE and (named := name_items(walk.text, cells[1])):
        walk.open = walk.know(named)
    own = name_items(walk.text, cells[0]) if cells else []
    return walk.know(own) or walk.open


def _without_label(walk: _Walk, line: Line) -> Line:
    """Take off a label that begins a line ("PCC comment:"), and note who speaks from there on."""
    who, length = label_of(line.span.of(walk.text)) if line.kind is not BlockKind.ROW else ("", 0)
    if not length:
        return line
    walk.voices.read_label(who)
    rest = Span(line.span.start + length, line.span.end)
    return replace(line, span=rest, words=plain(rest.of(walk.text)))


def _read_heading(walk: _Walk, line: Line) -> Iterator[Utterance]:
    walk.voices.open_section(line.words)
    named = (
        name_items(walk.text, line.span) or listed_items(line, walk.text, line.span) or walk.open_bare(line)
    )
    if named:
        walk.open = walk.know(named)
    elif not line.items:
        walk.open = ()
    walk.summary = any(
        load_vocabulary().holds("places", "summary", title) for title in (*line.titles[1:], line.words)
    )
    yield Utterance(
        line.span, line.words, line, walk.voices.current, walk.open, silent=True, names=bool(named)
    )


def _is_asked(walk: _Walk, line: Line) -> bool:
    """Tell whether a line is part of what a recommendation asks for."""
    return line.lead is not None and asks(plain(line.lead.of(walk.text)))


def _add_asked(walk: _Walk, line: Line) -> None:
    for item in walk.open:
        walk.known[item.key] = replace(item, parts=item.parts + 1, text=f"{item.text} {line.words}")
    walk.open = tuple(walk.known[item.key] for item in walk.open)


def _read_sentences(walk: _Walk, line: Line, voice: Speaker) -> Iterator[Utterance]:
    sentences = split_sentences(walk.text, line.span)
    if not sentences:
        return
    named = walk.know(name_items(walk.text, sentences[0]) or listed_items(line, walk.text, sentences[0]))
    if named:
        walk.open = ()
        yield from _read_named(walk, line, voice, sentences, named)
        return
    answers = walk.open
    for sentence in sentences:
        words = plain(sentence.of(walk.text))
        answers = _speaks_of(walk, sentence, words) or answers
        asked = _is_own_sentence(walk, words)
        if asked:
            walk.set_words(words)
            answers = walk.open
        yield Utterance(sentence, words, line, voice, answers, silent=walk.summary or asked)


def _speaks_of(walk: _Walk, sentence: Span, words: str) -> tuple[NamedItem, ...]:
    """Return the matters that a sentence speaks of by number; a count of them is none."""
    return walk.know(name_items(walk.text, sentence) or mention_items(words, sentence))


def _is_own_sentence(walk: _Walk, words: str) -> bool:
    return bool(walk.open) and not walk.open[0].text and (asks(words) or is_fault(walk.open[0], words))


def _read_named(
    walk: _Walk, line: Line, voice: Speaker, sentences: Sequence[Span], named: tuple[NamedItem, ...]
) -> Iterator[Utterance]:
    """Read a line that begins by naming a matter; it answers that matter, or the lines after it do."""
    first, rest = sentences[0], list(sentences[1:])
    end = label_end(walk.text, first)
    answer = Span(end, first.end)
    words = plain(answer.of(walk.text)).lstrip(" *_:–—-")
    if end > first.start and words and not asks(words):
        named = _unname(walk, named, words)
        title = bool(rest) and not says_something(words) and find_cell_status(words) is None
        yield Utterance(first, words, line, voice, named, silent=walk.summary or title, names=title)
        if not rest and (not says_something(words) or is_fault(named[0], words)):
            walk.open = named
    elif not asks(plain(first.of(walk.text))) and says_something(plain(first.of(walk.text))):
        yield Utterance(first, plain(first.of(walk.text)), line, voice, named, silent=walk.summary)
    else:
        yield Utterance(first, plain(first.of(walk.text)), line, voice, named, silent=True, names=True)
        if not rest:
            walk.open = named
    for sentence in rest:
        said = plain(sentence.of(walk.text))
        answers = _speaks_of(walk, sentence, said) or named
        yield Utterance(sentence, said, line, voice, answers, silent=walk.summary)


def _unname(walk: _Walk, named: tuple[NamedItem, ...], answer: str) -> tuple[NamedItem, ...]:
    """Return items without the words that only answer them ("AFI 1: implemented in part")."""
    tells = find_cell_status(answer) is not None or says_something(answer)
    if not tells or is_fault(named[0], answer):
        return named
    for item in named:
        if item.number and not item.text and item.words and answer.startswith(item.words):
            walk.known[item.key] = replace(item, words=f"{item.kind} {item.number}")
    return tuple(walk.known[item.key] for item in named)
