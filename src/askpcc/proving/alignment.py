"""Whether a statement is made of the words of cited sentences, shortened only where that changes nothing.

A statement is read as a row of words, each of which stands for one of a cited sentence.  Between two of them
a sentence may be left out in part, and something may be put in its place, only in the ways listed here.
Nothing is weighed and nothing is alike: what is not allowed is not proved.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import takewhile

from askpcc.proving.tokens import Mark, Token
from askpcc.proving.values import Sort, load_vocabulary


@dataclass(frozen=True)
class Ground:
    """A cited sentence.

    tokens: its own.  document, passage, start, end: its place.  above: those of each of its headings, and of
    what introduces its list.  author: the words that tell who wrote its document.  about: all that tell
    what is known of it.  quoted: the document shows it as somebody's words.  begins: it begins its passage.
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

    @cached_property
    def is_signature(self) -> bool:
        """Tell whether the sentence has no verb that is known, as a title or the name below a letter."""
        return not any(token.key in load_vocabulary().verbs for token in self.tokens)


@dataclass(frozen=True)
class _Place:
    """A word of the statement and the one of a sentence that it stands for."""

    word: int
    ground: int
    at: int


class _TooManyWaysError(Exception):
    """A statement can be compared with its sentences in too many ways."""


@dataclass
class Alignment:
    """A statement against all that it cites."""

    statement: tuple[Token, ...]
    grounds: tuple[Ground, ...]
    _said: frozenset[str] = field(init=False)
    _chains: list[list[int]] = field(init=False)
    _steps: int = 0

    def __post_init__(self) -> None:
        self._said = frozenset(token.key for token in self.statement)
        self._chains = [self._find_chain(number) for number in range(len(self.grounds))]

    def reaches(self) -> int:
        """Return how many tokens of the statement, from its beginning, can be accounted for.

        Words that repeat can be compared in very many ways; what is not settled within so many is not proved.
        """
        try:
            return self._reach()
        except _TooManyWaysError:
            return 0

    def _reach(self) -> int:
        by_key: dict[str, list[tuple[int, int]]] = {}
        for number, ground in enumerate(self.grounds):
            for at, token in enumerate(ground.tokens):
                if not token.is_mark:
                    by_key.setdefault(token.key, []).append((number, at))
        reached: list[_Place] = []
        furthest = 0
        for word, token in enumerate(self.statement):
            if token.is_mark:
                continue
            for number, at in (*by_key.get(token.key, ()), *self._find_agreeing(token, by_key)):
                place = _Place(word, number, at)
                near = takewhile(lambda one: word - one.word <= _MOST_INSERTED + 1, reversed(reached))  # noqa: B023 - used before word changes
                if self._begins(place) or any(self._links(before, place) for before in near):
                    reached.append(place)
                    furthest = max(furthest, word + 1)
                    if self._closes(place):
                        return len(self.statement)
        return furthest

    def _step(self) -> None:
        self._steps += 1
        if self._steps > _MOST_STEPS:
            raise _TooManyWaysError

    def _find_agreeing(
        self, token: Token, by_key: Mapping[str, Sequence[tuple[int, int]]]
    ) -> Iterator[tuple[int, int]]:
        """Yield where a verb stands behind "I" or "we" that the statement has of somebody: "accept"."""
        if not token.key.endswith("s"):
            return
        for bare in (token.key[:-1], token.key[:-2]):
            for number, at in by_key.get(bare, ()):
                subject = next(
                    (t for t in reversed(self.grounds[number].tokens[:at]) if not _is_adverb(t)), None
                )
                if subject is not None and subject.key in load_vocabulary().first_persons | {"they"}:
                    yield number, at

    def _begins(self, place: _Place) -> bool:
        """Tell whether the statement may begin here."""
        return self._opens(self.statement[: place.word], place)

    def _closes(self, place: _Place) -> bool:
        """Tell whether the statement may end here, with what is left of it."""
        rest = self.statement[place.word + 1 :]
        tokens = self.grounds[place.ground].tokens
        if all(_is_free(token) for token in rest):
            return self._may_end(place.ground, place.at)
        gap = tokens[place.at + 1 :]
        return self._stands_in(rest, gap, place.ground, place.at + 1)

    def _links(self, before: _Place, place: _Place) -> bool:
        """Tell whether one word may follow another."""
        self._step()
        inserted = self.statement[before.word + 1 : place.word]
        if len(inserted) > _MOST_INSERTED or before.word >= place.word:
            return False
        if before.ground == place.ground and before.at < place.at:
            gap = self.grounds[place.ground].tokens[before.at + 1 : place.at]
            if self._follows(inserted, gap, before, place):
                return True
        if not inserted or not (inserted[0].is_mark or _is_joint(inserted[0])):
            return False
        if before.ground != place.ground and not self._may_go_on(before, inserted, place):
            return False
        if before.ground == place.ground and place.at <= before.at:
            return False
        return self._may_end(before.ground, before.at) and self._opens(inserted, place, before)

    def _may_go_on(self, before: _Place, inserted: Sequence[Token], place: _Place) -> bool:
        """Tell whether one sentence may follow another in a statement.

        Two that do not stand so in the document are told apart, and the second has nothing that the first
        would be taken to name.
        """
        if self._is_only_named(before) and not self._precedes(before, place):
            return False
        if before.ground in self._chains[place.ground]:
            return True
        begins = self.statement[place.word : place.word + _FEW]
        refers = any(token.key in load_vocabulary().pronouns - {"there"} for token in begins)
        return not refers and any(token.sort in _STRONG or token.sort is Mark.COLON for token in inserted)

    def _is_only_named(self, place: _Place) -> bool:
        """Tell whether the statement, since its last clause, says nothing but what it is about."""
        for token in reversed(self.statement[: place.word + 1]):
            if token.key in load_vocabulary().verbs:
                return False
            if token.sort in _STRONG:
                break
        return True

    def _precedes(self, before: _Place, place: _Place) -> bool:
        """Tell whether one sentence stands right before another, and speaks to its end of what it names."""
        rest = self.grounds[before.ground].tokens[before.at + 1 :]
        return before.ground in self._chains[place.ground] and all(_is_free(token) for token in rest)

    def _follows(
        self, inserted: Sequence[Token], gap: Sequence[Token], before: _Place, place: _Place
    ) -> bool:
        """Tell whether what is left out between two words, and what is put there, changes nothing."""
        if _adds_nothing(inserted, gap) and may_leave_out(gap):
            return True
        if self._stands_in(inserted, gap, place.ground, before.at + 1):
            return True
        apart = len(inserted) > 1 and inserted[0].is_mark and inserted[-1].is_mark
        edges = (gap[0].sort, gap[-1].sort) if gap else ()
        if apart and edges == (Mark.CELL, Mark.CELL):
            return any(_holds_row(head, inserted[1:-1]) for head in self._columns(place.ground, place.at))
        if edges != (Mark.OPEN, Mark.CLOSE) and not all(_is_free(token) for token in gap):
            return False
        return self._belongs(inserted, before, place)

    def _opens(self, inserted: Sequence[Token], place: _Place, before: _Place | None = None) -> bool:
        """Tell whether a clause may begin at a word, with what is put before it.

        before: the word of the statement that stands before that.
        """
        tokens = self.grounds[place.ground].tokens
        for start in _starts(tokens, place.at):
            gap = tokens[start : place.at]
            same = before is not None and before.ground == place.ground and before.at < start
            if not self._may_go_before(tokens[before.at + 1 if before and same else 0 : start]):
                continue
            # A verb without a subject goes on from what stands before it.
            lacks = place.at > 0 and tokens[place.at].key in load_vocabulary().verbs
            goes_on = same and all(_is_free(token) or _is_joint(token) for token in inserted)
            # Within a sentence nothing is told to be about something else.
            self._step()
            for cut in _cuts(inserted) if before is None or before.ground != place.ground else (0,):
                topic, rest = inserted[:cut], inserted[cut:]
                if not self._is_topic(topic, place.ground, place.at):
                    continue
                # What is put before a clause does not take the place of its own beginning.
                own = [*tokens[:start], *(token for token in gap if not _is_pronoun(token))]
                if _says(topic) and _says(own) and not _numbers(own, tokens[place.at]):
                    continue
                free = all(_is_free(token) for token in rest) and (goes_on or not lacks)
                if free and _may_leave_out_before(gap):
                    return True
                if self._stands_in(rest, gap, place.ground, start):
                    return True
                if free and start == 0 and _numbers(gap, tokens[place.at]):
                    return True
        return False

    def _may_go_before(self, lead: Sequence[Token]) -> bool:
        """Tell whether what stands before a clause may be left out, or is told elsewhere."""
        return not lead or _may_parts_go(lead) or self._is_told(lead)

    def _may_end(self, ground: int, at: int) -> bool:
        """Tell whether all that follows a word of a sentence may be left out, or is told elsewhere."""
        rest = self.grounds[ground].tokens[at + 1 :]
        return may_leave_out_behind(rest) or self._is_told(rest)

    def _is_told(self, words: Sequence[Token]) -> bool:
        return all(token.key in self._said or _is_free(token) for token in words)

    def _columns(self, ground: int, at: int) -> Iterator[Sequence[Token]]:
        """Yield what heads the column of a table in which a word stands, where that row is cited too."""
        one = self.grounds[ground]
        cell = sum(token.sort is Mark.CELL for token in one.tokens[:at])
        for other in self.grounds:
            cells = _split_cells(other.tokens)
            alike = one.begins and len(cells) >= len(_split_cells(one.tokens)) > 1
            alike = alike and max(map(len, cells)) <= _LONGEST_HEAD
            if alike and other.document == one.document and other.end <= one.start:
                yield cells[cell]

    def _is_topic(self, words: Sequence[Token], ground: int, at: int) -> bool:
        """Tell whether words name what a sentence is about: its headings, what stands before it."""
        said = [token for token in words if not _is_free(token) and not token.is_mark]
        if not said:
            return True
        own = self.grounds[ground].tokens
        items = {token.key for token in own if token.sort is Sort.ITEM}
        if items and not {token.key for token in said if token.sort is Sort.ITEM} <= items:
            return False
        label = _find_label(own[:at])
        sources = [*self._above(ground), *self._earlier(ground), label, *self._columns(ground, at)]
        return all(
            any(_holds_row(source, part) for source in sources) for part in _split_at_marks(said, words)
        )

    def _above(self, ground: int) -> Iterator[Sequence[Token]]:
        yield from self.grounds[ground].above

    def _earlier(self, ground: int) -> Iterator[Sequence[Token]]:
        """Yield the cited sentences right before one, the nearest first, and what heads its passage."""
        for number in self._chains[ground]:
            yield self.grounds[number].tokens
        one = self.grounds[ground]
        for other in self.grounds:
            if _is_earlier_in_passage(other, one) and other.is_signature:
                yield other.tokens

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

    def _stands_in(self, words: Sequence[Token], gap: Sequence[Token], ground: int, start: int) -> bool:
        """Tell whether words stand for the only pronoun of what is left out.

        start: where the gap begins in the sentence.
        """
        pronouns = [n for n, token in enumerate(gap) if token.key in load_vocabulary().pronouns]
        if not pronouns or not words:
            return False
        for place in pronouns:
            before, after = gap[:place], gap[place + 1 :]
            beside = _may_leave_out_before(before) if start == 0 else may_leave_out(before)
            if not beside or not may_leave_out(after):
                continue
            if self._is_meant(words, gap[place], ground, start + place):
                return True
        return False

    def _is_meant(self, words: Sequence[Token], pronoun: Token, ground: int, at: int) -> bool:
        """Tell whether a pronoun of a sentence, at a place, stands for these words."""
        said = [token for token in words if not _is_free(token) and not token.is_mark]
        if not said:
            return True
        keys, vocabulary = {token.key for token in said}, load_vocabulary()
        if pronoun.key in vocabulary.first_persons:
            return self._is_author(said, pronoun, ground, at)
        if pronoun.key == "here" and keys <= self.grounds[ground].about:
            return True
        sources = self._find_sources(pronoun, ground, at)
        if any(token.sort is Sort.ITEM for token in said):
            # The nearest matter that is named by number is meant.
            sources = [one for one in sources if any(token.sort is Sort.ITEM for token in one)][:1]
        if pronoun.key in _ONE_PERSON:
            return _is_first_person(said, sources) or self._is_named_near(said, ground)
        if any(_holds_row(source, said) for source in sources):
            return True
        named = pronoun.key in vocabulary.of_persons or (pronoun.key in _THING and keys <= _BODIES)
        return named and self._is_named_near(said, ground)

    def _find_sources(self, pronoun: Token, ground: int, at: int) -> list[Sequence[Token]]:
        """Return what may name the thing that a pronoun stands for, the nearest first."""
        near = list(self._earlier(ground))[: 1 if pronoun.key in _POINTS else _FAR]
        return [self.grounds[ground].tokens[:at], *near, *self._above(ground)]

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
        return nearest is not None and _holds_row(nearest.tokens[: len(said) + _FAR], said)

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

    def _belongs(self, inserted: Sequence[Token], before: _Place, place: _Place) -> bool:
        """Tell whether words are put where another cited sentence, or a heading, has them beside it."""
        if any(token.is_mark or _is_joint(token) for token in inserted):
            return False
        said = [token.key for token in inserted]
        first, last = self.statement[before.word], self.statement[place.word]
        rows = [[first.key, *said]] if not _is_free(first) else []
        if not _is_free(last) and last.key not in load_vocabulary().verbs:
            rows.append([*said, last.key])
        sources = [*self._above(place.ground), *(one.tokens for one in self.grounds)]
        return any(_holds_together(source, row) for row in rows for source in sources)


_MOST_INSERTED = 24
_MOST_STEPS = 15_000
"""Comparisons for one statement; the statements of a model take some hundreds to some thousands."""
_NEXT, _NEAR = 6, 20
"""Characters between two sentences of which one goes on from the other: in one passage, and across two."""
_LONGEST_HEAD = 6
"""Words of the cell that heads a column."""
_FEW = 3
"""Among so many words at its beginning a clause says of whom it speaks."""
_FAR = 2
"""So many cited sentences before one may hold what its pronouns stand for."""
_FORCE = frozenset({"force"})
_POINTS = frozenset("this these those such".split())
_ONE_PERSON = frozenset("he him his she her hers".split())
_THING = frozenset({"it"})
_BODIES = frozenset({"inspectorate"})
_CHIEFS = frozenset({"chief", "deputy_chief", "assistant_chief"})
_OTHER_OFFICES = _CHIEFS | {"inspectorate"}


def _is_first_person(said: Sequence[Token], sources: Sequence[Sequence[Token]]) -> bool:
    """Tell whether words name the person whom the nearest of the sources names first."""
    actors = set(load_vocabulary().actors.values())
    for source in sources:
        named = [n for n, token in enumerate(source) if token.key in actors or (token.capital and n)]
        if named and any(token.key in _ONE_PERSON for token in source[: named[0]]):
            return False
        if named:
            held = source[max(0, named[0] - _FAR) : named[0] + len(said) + _FAR]
            return _holds_row(held, said)
    return False


def _is_adverb(token: Token) -> bool:
    return token.key.endswith("ly") or token.key in load_vocabulary().connectives


def _says(words: Sequence[Token]) -> bool:
    """Tell whether words carry anything, beside what may be left out wherever it stands."""
    return not all(_is_free(token) or token.key in load_vocabulary().connectives for token in words)


def _is_pronoun(token: Token) -> bool:
    return token.key in load_vocabulary().pronouns


def _is_free(token: Token) -> bool:
    return token.is_mark or token.key in load_vocabulary().free_words


def _adds_nothing(inserted: Sequence[Token], gap: Sequence[Token]) -> bool:
    """Tell whether what is put between two words says nothing, but for a verb that a note leaves out."""
    vocabulary = load_vocabulary()
    has_verb = any(token.key in vocabulary.verbs for token in gap)
    return all(_is_free(token) or (token.key in vocabulary.elliptic and not has_verb) for token in inserted)


def _cuts(inserted: Sequence[Token]) -> Iterator[int]:
    """Yield where a topic may end before a clause: at its start, and behind each mark."""
    yield 0
    yield from (n + 1 for n, token in enumerate(inserted) if token.is_mark)


def _split_at_marks(said: Sequence[Token], words: Sequence[Token]) -> list[list[Token]]:
    """Return the words that say something, apart where a mark stands between them."""
    parts: list[list[Token]] = [[]]
    for token in words:
        if token.is_mark:
            parts.append([])
        elif token in said:
            parts[-1].append(token)
    return [part for part in parts if part]


def _find_label(tokens: Sequence[Token]) -> Sequence[Token]:
    """Return what stands before the first colon."""
    colons = [n for n, token in enumerate(tokens) if token.sort is Mark.COLON]
    return tokens[: colons[0]] if colons else ()


def _split_cells(tokens: Sequence[Token]) -> list[list[Token]]:
    cells: list[list[Token]] = [[]]
    for token in tokens:
        if token.sort is Mark.CELL:
            cells.append([])
        else:
            cells[-1].append(token)
    return cells


def _starts(tokens: Sequence[Token], at: int) -> Iterator[int]:
    """Yield where a clause that holds a word may begin: at the sentence's start, behind marks and joints."""
    yield 0
    for n in range(at, 0, -1):
        before = tokens[n - 1]
        # What stands in brackets belongs to the word before them.
        if before.sort is not Mark.OPEN and (before.is_mark or _is_joint(before)):
            yield n


def _holds_row(source: Sequence[Token], said: Sequence[Token]) -> bool:
    return _holds_keys(source, [token.key for token in said])


def _holds_keys(source: Sequence[Token], row: Sequence[str]) -> bool:
    """Tell whether a row of words stands in a text, but for free words between them."""
    wanted = [key for key in row if key not in load_vocabulary().free_words]
    held = [token.key for token in source if not _is_free(token)]
    if not wanted:
        return False
    return any(held[n : n + len(wanted)] == wanted for n in range(len(held) - len(wanted) + 1))


def _holds_together(source: Sequence[Token], row: Sequence[str]) -> bool:
    """Tell whether a row of words stands in a text with no mark and nothing but free words between them."""
    wanted = [key for key in row if key not in load_vocabulary().free_words]
    held = [
        token.key if not token.is_mark else "" for token in source if token.is_mark or not _is_free(token)
    ]
    return any(held[n : n + len(wanted)] == wanted for n in range(len(held) - len(wanted) + 1))


def _stands_before(one: Ground, other: Ground) -> bool:
    most = _NEAR if one.passage != other.passage else _NEXT
    return one.document == other.document and 0 <= other.start - one.end <= most and one.end > one.start


def _is_earlier_in_passage(one: Ground, other: Ground) -> bool:
    same = (one.document, one.passage) == (other.document, other.passage)
    return same and one.start < one.end <= other.start


def may_leave_out(gap: Sequence[Token]) -> bool:
    """Tell whether what stands between two words that are kept may be left out."""
    said = [token for token in gap if not _is_free(token)]
    if not said or all(token.key in load_vocabulary().connectives for token in said):
        return True
    if _tells_time(gap):
        return True
    if gap[-1].sort is Mark.OPEN:
        # What stands in brackets belongs to the word before them.
        return False
    closed = gap[0].is_mark and (gap[-1].is_mark or _is_joint(gap[-1]))
    return closed and _may_parts_go(gap)


def _may_leave_out_before(gap: Sequence[Token]) -> bool:
    """Tell whether what stands before the first word that is kept may be left out."""
    said = [token.key for token in gap if not _is_free(token)]
    vocabulary = load_vocabulary()
    if all(key in vocabulary.connectives for key in said):
        return True
    if gap[-1].key in vocabulary.announcing_ends and all(
        key in vocabulary.connectives or key in vocabulary.announcing for key in said
    ):
        return True
    if _tells_time(gap) or _is_label(gap):
        return True
    if not gap or gap[-1].sort is Mark.OPEN:
        return False
    return (gap[-1].is_mark or _is_joint(gap[-1])) and _may_parts_go(gap)


def may_leave_out_behind(gap: Sequence[Token]) -> bool:
    """Tell whether all behind the last word that is kept may be left out."""
    if all(_is_free(token) for token in gap) or _tells_time(gap):
        return True
    parts = _split(gap)
    head = parts[0] if not (gap[0].is_mark or _is_joint(gap[0])) else []
    if head and not (_tells_time(head) or _gives_reason(head) or all(_is_free(t) for t in head)):
        return False
    return _may_parts_go(gap[len(head) :])


def _is_joint(token: Token) -> bool:
    return token.key in load_vocabulary().joints


def _gives_reason(part: Sequence[Token]) -> bool:
    return bool(part) and part[0].key in load_vocabulary().reasons


def _tells_time(gap: Sequence[Token]) -> bool:
    """Tell whether a stretch tells a date and nothing else."""
    said = [token for token in gap if not _is_free(token)]
    timely = load_vocabulary().timely
    return any(token.sort is Sort.DATE for token in said) and all(
        token.sort is Sort.DATE or token.key in timely for token in said
    )


def _numbers(gap: Sequence[Token], following: Token) -> bool:
    """Tell whether what begins a sentence only numbers what follows: "4", "FL3", "recommendation 7"."""
    said = [token for token in gap if not token.is_mark]
    if not said or not all(token.text[-1:].isdigit() and token.sort is not Sort.DATE for token in said):
        return False
    coded = all(token.text[:1].isalpha() for token in said)
    return coded or gap[-1].is_mark or following.capital


def _is_label(gap: Sequence[Token]) -> bool:
    """Tell whether a stretch is a label: it ends with a colon, a dash or a cell and has no verb."""
    ends = (Mark.COLON, Mark.DASH, Mark.CELL, Mark.STOP, Mark.CLOSE)
    return bool(gap) and gap[-1].sort in ends and not any(t.key in load_vocabulary().verbs for t in gap)


def _split(gap: Sequence[Token]) -> list[list[Token]]:
    """Return the parts of a stretch between its marks and joints, each joint with what follows it."""
    parts: list[list[Token]] = [[]]
    for token in gap:
        if token.is_mark:
            parts.append([token] if token.sort is Mark.OPEN else [])
        elif _is_joint(token) and parts[-1]:
            parts.append([token])
        else:
            parts[-1].append(token)
    return [part for part in parts if part] or [[]]


def _may_parts_go(gap: Sequence[Token]) -> bool:
    """Tell whether none of the parts of a stretch narrows what is kept.

    What stands beyond a semicolon, a stop or a cell hangs on its own first part, which is left out with it.
    """
    whole: list[list[Token]] = [[]]
    for token in gap:
        if token.sort in _STRONG:
            whole.append([])
        else:
            whole[-1].append(token)
    near, *beyond = whole
    return all(map(_may_part_go, _split(near))) and all(_may_part_go(_split(one)[0]) for one in beyond)


_STRONG = (Mark.SEMICOLON, Mark.STOP, Mark.CELL)


def _may_part_go(part: Sequence[Token]) -> bool:
    """Tell whether a part of a sentence may be left out: not where it narrows what stands beside it."""
    vocabulary = load_vocabulary()
    words = [token for token in part if not token.is_mark and token.key not in vocabulary.joints]
    if not words:
        return True
    if _tells_time(words):
        return True
    if part[0].key in vocabulary.narrowing or not vocabulary.collective.isdisjoint(t.key for t in words):
        return False
    return words[0].key not in vocabulary.narrowing
