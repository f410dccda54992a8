"""Cited sentences with what stands around them: what their pronouns stand for, and what they are about."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from askpcc.proving.tokens import Mark, Token
from askpcc.proving.values import Sort, load_vocabulary

_NEXT, _NEAR = 6, 20
"""Characters between two sentences of which one goes on from the other: in one passage, and across two."""
_LONGEST_HEAD = 6
"""Words of the cell that heads a column."""
_LABELS = 2
"""Cells of a row that number and name what its others are about."""
_FAR = 2
"""So many cited sentences before one may hold what its pronouns stand for."""
_FORCE = frozenset({"force"})
_POINTS = frozenset("this these those such".split())
_ONE_PERSON = frozenset("he him his she her hers".split())
_DEMANDING = frozenset({"should", "must"})
_OF_SEVERAL = frozenset({"they", "them", "their", "theirs"})
_OF_PLACES, _BEFORE_PLACES = frozenset({"here", "there"}), frozenset({"in", "at"})
_CHIEFS = frozenset({"chief", "deputy_chief", "assistant_chief"})
_OTHER_OFFICES = _CHIEFS | {"inspectorate"}


@dataclass(frozen=True)
class Ground:
    """A cited sentence.

    tokens: its own.  document, passage, start, end: its place.  above: those of each of its headings, and of
    what introduces its list.  author: the words that tell who wrote its document.  about: all that tell
    what is known of it.  quoted: the document shows it as somebody's words.  begins: it begins its passage.
    cell: of its row of a table, counted from 0, in which it begins.
    """

    tokens: tuple[Token, ...]
    document: str = ""
    passage: int = 0
    start: int = 0
    end: int = 0
    above: tuple[tuple[Token, ...], ...] = ()
    author: frozenset[str] = frozenset()
    about: frozenset[str] = frozenset()
    quoted: bool = False
    begins: bool = False
    cell: int = 0

    @cached_property
    def is_label(self) -> bool:
        """Tell whether it has no verb that is known and nobody in it says "I", as a title or a name."""
        return not any(token.key in load_vocabulary().verbs or token.key == "i" for token in self.tokens)

    @cached_property
    def is_signature(self) -> bool:
        """Tell whether it may name who wrote: a label that no stop ends."""
        return self.is_label and not (self.tokens and self.tokens[-1].sort is Mark.STOP)


class Antecedents:
    """What the pronouns of each cited sentence may stand for, and what it is about."""

    def __init__(self, grounds: Sequence[Ground]) -> None:
        self.grounds = tuple(grounds)
        self._chains = [self._find_chain(number) for number in range(len(self.grounds))]

    def precedes(self, one: int, other: int) -> bool:
        """Tell whether a sentence, or sentences from it on, stand right before another."""
        return one in self._chains[other]

    def columns(self, ground: int, at: int) -> Iterator[Sequence[Token]]:
        """Yield what heads the column of a table in which a word stands, where that row is cited too."""
        one = self.grounds[ground]
        cell = one.cell + sum(token.sort is Mark.CELL for token in one.tokens[:at])
        width = one.cell + len(split_cells(one.tokens))
        if width == 1 or not (one.begins or one.cell):
            return
        for other in self.grounds:
            cells = split_cells(other.tokens)
            heads = other.begins and len(cells) >= width and max(map(len, cells)) <= _LONGEST_HEAD
            if heads and other.document == one.document and other.end <= one.start:
                yield cells[cell]

    def labels(self, ground: int) -> Sequence[Sequence[Token]]:
        """Return the first cells of a row of a table, which name what its others are about."""
        one = self.grounds[ground]
        cells = split_cells(one.tokens) if one.begins else []
        return cells[:_LABELS] if len(cells) > 1 else ()

    def is_topic(self, words: Sequence[Token], ground: int, at: int) -> bool:
        """Tell whether words name what a sentence is about: its headings, what stands before it."""
        said = [token for token in words if not token.is_free and not token.is_mark]
        if not said:
            return True
        own = self.grounds[ground].tokens
        items = {token.key for token in own if token.sort is Sort.ITEM}
        if items and not {token.key for token in said if token.sort is Sort.ITEM} <= items:
            return False
        earlier = [*self._earlier(ground)]
        labels = [*(source for source in earlier if not _states(source)), _find_label(own[:at])]
        names = [*self.above(ground), *labels, *self.columns(ground, at)]
        if words[-1].sort is Mark.COLON:
            # A label only names; as a sentence its words would state something.
            names += earlier
        elif any(_ends_with(source, said) for source in earlier):
            return True
        return all(any(holds_row(source, part) for source in names) for part in _split_at_marks(words))

    def is_head(self, words: Sequence[Token], ground: int) -> bool:
        """Tell whether words are the title before the first sentence of a passage."""
        return bool(words) and tuple(words) == tuple(_find_head(self.grounds[ground]))

    def above(self, ground: int) -> Iterator[Sequence[Token]]:
        """Yield the headings of a sentence and what introduces its list."""
        yield from self.grounds[ground].above

    def _earlier(self, ground: int) -> Iterator[Sequence[Token]]:
        """Yield the cited sentences right before one, the nearest first, and what heads its passage."""
        for number in self._chains[ground]:
            yield self.grounds[number].tokens
        one = self.grounds[ground]
        for number, other in enumerate(self.grounds):
            if _is_earlier_in_passage(other, one):
                yield other.tokens if other.is_label else _find_head(other)
                yield from self.labels(number) if one.cell else ()

    def _find_chain(self, ground: int) -> list[int]:
        """Return the sentences before one, as long as each stands right behind the one before it."""
        chain: list[int] = []
        here = self.grounds[ground]
        while True:
            before = [n for n, other in enumerate(self.grounds) if _stands_before(other, here)]
            if not before:
                return chain
            nearest = max(before, key=lambda number: self.grounds[number].end)
            chain.append(nearest)
            here = self.grounds[nearest]

    def is_meant(self, words: Sequence[Token], pronoun: Token, ground: int, at: int) -> bool:
        """Tell whether a pronoun of a sentence, at a place, stands for these words."""
        said = [token for token in words if not token.is_free and not token.is_mark]
        if not said:
            return True
        keys, vocabulary = {token.key for token in said}, load_vocabulary()
        if pronoun.key in vocabulary.first_persons:
            return self._is_author(said, pronoun, ground, at)
        if pronoun.key == "here" and keys <= self.grounds[ground].about:
            return True
        return self._is_meant_by_others(said, pronoun, ground, at)

    def _is_meant_by_others(self, said: Sequence[Token], pronoun: Token, ground: int, at: int) -> bool:
        """Tell whether a pronoun stands for words that its sentence, one before it or a heading has."""
        sources, above = self._find_sources(pronoun, ground, at), [*self.above(ground)]
        numbered = [n for n, one in enumerate(sources) if any(token.sort is Sort.ITEM for token in one)]
        if any(token.sort is Sort.ITEM for token in said):
            # The nearest matter that is named by number is meant, but not where a bracket adds its number.
            sources = [one for one in (sources[n] for n in numbered[:1]) if not _adds_number(one)]
        elif numbered:
            # Nothing that was named before it is.
            sources = [*sources[: numbered[0] + 1], *above]
        if pronoun.key in _ONE_PERSON:
            return _is_first_person(said, sources) or self._is_named_near(said, ground)
        if pronoun.key in _OF_PLACES:
            return any(_holds_place(source, said) for source in sources)
        some_of = self.grounds[ground].tokens[max(0, at - _FAR) : at]
        counted = any(token.sort is Sort.NUMBER for token in some_of) and some_of[-1].key == "of"
        holds = _names_first if pronoun.key in _POINTS | _OF_SEVERAL and not counted else holds_row
        if any(holds_row(source, said) if source in above else holds(source, said) for source in sources):
            return True
        return pronoun.key in load_vocabulary().of_persons and self._is_named_near(said, ground)

    def _find_sources(self, pronoun: Token, ground: int, at: int) -> list[Sequence[Token]]:
        """Return what may name the thing that a pronoun stands for, the nearest first."""
        near = list(self._earlier(ground))[: 1 if pronoun.key in _POINTS else _FAR]
        return [self.grounds[ground].tokens[:at], *near, *self.above(ground)]

    def _is_named_near(self, said: Sequence[Token], ground: int) -> bool:
        """Tell whether words are the only person or office that begins one of the nearest cited sentences."""
        one = self.grounds[ground]
        earlier = [
            other
            for other in self.grounds
            if other.document == one.document
            and other.end <= one.start
            and one.passage - other.passage <= _FAR
            and other.end > other.start
        ]
        nearest = max(earlier, key=lambda other: other.start, default=None)
        return nearest is not None and holds_row(nearest.tokens[: len(said) + _FAR], said)

    def _is_author(self, said: Sequence[Token], pronoun: Token, ground: int, at: int) -> bool:
        """Tell whether words name who speaks: the author that is known, who signed, or the label before."""
        one = self.grounds[ground]
        if one.quoted:
            return False
        keys = {token.key for token in said}
        several = pronoun.key in load_vocabulary().of_several
        if (keys <= _FORCE and not several) or ("commissioner" in keys and several):
            return False
        signed = [
            {token.key for token in other.tokens}
            for other in self.grounds
            if other.document == one.document and other.is_signature
        ]
        before = [other.tokens for other in self.grounds if _is_earlier_in_passage(other, one)]
        labels = [*map(_find_label, [one.tokens[:at], *self._earlier(ground), *before])]
        # Where a document holds a chief officer's comments too, it is not known whose "I" is whose.
        author = frozenset[str]() if one.about & _CHIEFS else one.author
        named = [author, *signed, *({token.key for token in label} for label in labels)]
        if any(keys <= known for known in named if known):
            return True
        actors = set(load_vocabulary().actors.values())
        if several:
            return keys <= _FORCE | (one.about - actors)
        above = {token.key for part in one.above for token in part}
        others = (one.author | above) & _OTHER_OFFICES or one.about & _CHIEFS
        return keys <= {"commissioner"} <= one.about | above and not any(labels) and not others


def _is_first_person(said: Sequence[Token], sources: Sequence[Sequence[Token]]) -> bool:
    """Tell whether words name the person whom the nearest of the sources names first."""
    actors = set(load_vocabulary().actors.values())
    for source in sources:
        named = [n for n, token in enumerate(source) if token.key in actors or (token.capital and n)]
        if named and any(token.key in _ONE_PERSON for token in source[: named[0]]):
            return False
        if named:
            held = source[max(0, named[0] - _FAR) : named[0] + len(said) + _FAR]
            return holds_row(held, said)
    return False


def _split_at_marks(words: Sequence[Token]) -> list[list[Token]]:
    """Return the words that say something, apart where a mark stands between them."""
    parts: list[list[Token]] = [[]]
    for token in words:
        if token.is_mark:
            parts.append([])
        elif not token.is_free:
            parts[-1].append(token)
    return [part for part in parts if part]


def _states(words: Sequence[Token]) -> bool:
    """Tell whether words state something, as a clause or as the cells of a row."""
    return any(token.key in load_vocabulary().verbs or token.sort is Mark.CELL for token in words)


def _ends_with(source: Sequence[Token], said: Sequence[Token]) -> bool:
    """Tell whether words are a whole sentence, but for a title before it: a part would say something else."""
    keys = [token.key for token in source if not token.is_free]
    return keys[-len(said) :] == [token.key for token in said]


def _find_label(tokens: Sequence[Token]) -> Sequence[Token]:
    """Return what stands before the first colon."""
    colons = [n for n, token in enumerate(tokens) if token.sort is Mark.COLON]
    return tokens[: colons[0]] if colons else ()


def _find_head(ground: Ground) -> Sequence[Token]:
    """Return the title before the first sentence of a passage: "Stalking orders (R 1) The report says"."""
    vocabulary = load_vocabulary()
    actors = set(vocabulary.actors.values())
    for n, token in enumerate(ground.tokens if ground.begins else ()):
        if token.key in vocabulary.verbs or token.key in actors or token.sort is Mark.CELL:
            return ()
        if n and token.capital and (token.is_free or token.is_pronoun):
            return ground.tokens[:n]
    return ()


def split_cells(tokens: Sequence[Token]) -> list[list[Token]]:
    """Return the cells of a row, empty ones too; of any other sentence its words."""
    cells: list[list[Token]] = [[]]
    for token in tokens:
        if token.sort is Mark.CELL:
            cells.append([])
        else:
            cells[-1].append(token)
    return cells


def holds_row(source: Sequence[Token], said: Sequence[Token]) -> bool:
    """Tell whether words stand in a text in a row, but for free words between them."""
    return _holds_keys(source, [token.key for token in said])


def _adds_number(source: Sequence[Token]) -> bool:
    """Tell whether a text has its number in a bracket: "A log of visits (AFI 2)" is the log."""
    pairs = pairwise(source)
    return any(one.sort is Mark.OPEN and other.sort is Sort.ITEM for one, other in pairs)


def _names_first(source: Sequence[Token], said: Sequence[Token]) -> bool:
    """Tell whether words begin a text or what follows one of its marks or joints, or are what it demands."""
    keys = [token.key for token in said if not token.is_free]
    demand = next((n for n, token in enumerate(source) if token.key in _DEMANDING), len(source))
    if holds_row(source[demand:], said):
        return True
    starts = [0, *(n + 1 for n, token in enumerate(source) if token.is_mark or token.is_joint)]
    return any([t.key for t in source[n:] if not t.is_free][: len(keys)] == keys for n in starts)


def _holds_place(source: Sequence[Token], said: Sequence[Token]) -> bool:
    """Tell whether words stand in a text as a place: behind "in" or "at"."""
    starts = [n for n, token in enumerate(source) if token.key in _BEFORE_PLACES]
    return any(holds_row(source[n : n + len(said) + _FAR], said) for n in starts)


def _holds_keys(source: Sequence[Token], row: Sequence[str]) -> bool:
    """Tell whether a row of words stands in a text, but for free words between them."""
    wanted = [key for key in row if key not in load_vocabulary().free_words]
    held = [token.key for token in source if not token.is_free]
    if not wanted:
        return False
    return any(held[n : n + len(wanted)] == wanted for n in range(len(held) - len(wanted) + 1))


def _stands_before(one: Ground, other: Ground) -> bool:
    most = _NEAR if one.passage != other.passage else _NEXT
    return one.document == other.document and 0 <= other.start - one.end <= most and one.end > one.start


def _is_earlier_in_passage(one: Ground, other: Ground) -> bool:
    same = (one.document, one.passage) == (other.document, other.passage)
    return same and one.start < one.end <= other.start
