"""Whether a statement is made of the words of cited sentences, shortened only where that changes nothing.

A statement is read as a row of words, each of which stands for one of a cited sentence.  Between two of them
a sentence may be left out in part (`omissions`), and something may be put in its place (`antecedents`).
Nothing is weighed and nothing is alike: what is not allowed is not proved.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from askpcc.proving.antecedents import Antecedents, Ground, holds_row
from askpcc.proving.omissions import (
    STRONG,
    gives_reason,
    may_leave_out,
    may_leave_out_before,
    may_leave_out_behind,
    may_parts_go,
    only_numbers,
)
from askpcc.proving.tokens import Mark, Token
from askpcc.proving.values import Sort, load_vocabulary


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
    _known: Antecedents = field(init=False)
    _steps: int = 0

    def __post_init__(self) -> None:
        self._said = frozenset(token.key for token in self.statement)
        self._known = Antecedents(self.grounds)

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
        if all(token.is_free for token in rest):
            return self._may_end(place.ground, place.at)
        gap = tokens[place.at + 1 :]
        return self._stands_in(rest, gap, place.ground, place.at + 1)

    def _links(self, before: _Place, place: _Place) -> bool:
        """Tell whether one word may follow another."""
        self._step()
        inserted = self.statement[before.word + 1 : place.word]
        if len(inserted) > _MOST_INSERTED or before.word >= place.word or self._leaves_date(before, place):
            return False
        if before.ground == place.ground and before.at < place.at:
            gap = self.grounds[place.ground].tokens[before.at + 1 : place.at]
            if self._follows(inserted, gap, before, place):
                return True
        if not inserted or not (inserted[0].is_mark or inserted[0].is_joint):
            return False
        if before.ground != place.ground and not self._may_go_on(before, inserted, place):
            return False
        if before.ground == place.ground and place.at <= before.at:
            return False
        return self._may_end(before.ground, before.at) and self._opens(inserted, place, before)

    def _leaves_date(self, before: _Place, place: _Place) -> bool:
        """Tell whether a cell that is only a date would seem to date the next one: it may be a due date."""
        if before.ground != place.ground:
            return False
        tokens = self.grounds[place.ground].tokens
        ends = [n for n, token in enumerate(tokens) if token.sort is Mark.CELL]
        first = max((n + 1 for n in ends if n < before.at), default=0)
        last = min((n for n in ends if n > before.at), default=len(tokens))
        said = [token for token in tokens[first:last] if not token.is_free]
        if place.at < last or not all(token.sort is Sort.DATE for token in said):
            return False
        # Behind the cell before it, it stands as in the row.
        behind = [token.key for token in self.statement[: before.word] if not token.is_free][-1:]
        goes_on = behind == [token.key for token in tokens[:first] if not token.is_free][-1:]
        heads = self._known.columns(before.ground, before.at)
        return not goes_on and not any(self._is_told(head) for head in heads)

    def _may_go_on(self, before: _Place, inserted: Sequence[Token], place: _Place) -> bool:
        """Tell whether one sentence may follow another in a statement.

        Two that do not stand so in the document are told apart, and the second has nothing that the first
        would be taken to name.
        """
        if self._is_only_named(before) and not self._precedes(before, place):
            return False
        if self._known.precedes(before.ground, place.ground):
            return True
        begins = self.statement[place.word : place.word + _FEW]
        refers = any(token.key in load_vocabulary().pronouns - {"there"} for token in begins)
        return not refers and any(token.sort in STRONG or token.sort is Mark.COLON for token in inserted)

    def _is_only_named(self, place: _Place) -> bool:
        """Tell whether the statement, since its last clause, says nothing but what it is about."""
        for token in reversed(self.statement[: place.word + 1]):
            if token.key in load_vocabulary().verbs:
                return False
            if token.sort in STRONG:
                break
        return True

    def _precedes(self, before: _Place, place: _Place) -> bool:
        """Tell whether one sentence stands right before another, and speaks to its end of what it names."""
        rest = self.grounds[before.ground].tokens[before.at + 1 :]
        return self._known.precedes(before.ground, place.ground) and all(token.is_free for token in rest)

    def _follows(
        self, inserted: Sequence[Token], gap: Sequence[Token], before: _Place, place: _Place
    ) -> bool:
        """Tell whether what is left out between two words, and what is put there, changes nothing."""
        joined = any(token.sort is Mark.CELL for token in gap) and not any(one.is_mark for one in inserted)
        if _adds_nothing(inserted, gap) and may_leave_out(gap) and not joined:
            return True
        if self._stands_in(inserted, gap, place.ground, before.at + 1):
            return True
        if _is_clause_beside(gap, self.grounds[place.ground].tokens[place.at]) and not inserted:
            return True
        apart = len(inserted) > 1 and inserted[0].is_mark and inserted[-1].is_mark
        edges = (gap[0].sort, gap[-1].sort) if gap else ()
        if apart and edges == (Mark.CELL, Mark.CELL):
            named = [token for token in inserted if not token.is_mark]
            heads = [*self._known.columns(place.ground, place.at), *self._known.labels(place.ground)]
            return any(holds_row(head, named) for head in heads)
        if edges != (Mark.OPEN, Mark.CLOSE) and not all(token.is_free for token in gap):
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
            goes_on = same and all(token.is_free or token.is_joint for token in inserted)
            # Within a sentence nothing is told to be about something else.
            self._step()
            for cut in _cuts(inserted) if before is None or before.ground != place.ground else (0,):
                topic, rest = inserted[:cut], inserted[cut:]
                if not self._known.is_topic(topic, place.ground, place.at):
                    continue
                # What is put before a clause does not take the place of its own beginning.
                own = [*tokens[:start], *(token for token in gap if not token.is_pronoun)]
                if _says(topic) and _says(own) and not _only_introduces(own, tokens[place.at]):
                    continue
                reason = (place.at > 0 and gives_reason(tokens[place.at :])) or _is_result(tokens[: place.at])
                free = all(token.is_free for token in rest) and (goes_on or not lacks) and not reason
                if free and (may_leave_out_before(gap) or self._known.is_head(gap, place.ground)):
                    return True
                if self._stands_in(rest, gap, place.ground, start):
                    return True
                if free and start == 0 and only_numbers(gap, tokens[place.at]):
                    return True
        return False

    def _may_go_before(self, lead: Sequence[Token]) -> bool:
        """Tell whether what stands before a clause may be left out, or is told elsewhere."""
        return not lead or may_parts_go(lead) or self._is_told(lead)

    def _may_end(self, ground: int, at: int) -> bool:
        """Tell whether all that follows a word of a sentence may be left out, or is told elsewhere."""
        rest = self.grounds[ground].tokens[at + 1 :]
        return may_leave_out_behind(rest) or self._is_told(rest)

    def _is_told(self, words: Sequence[Token]) -> bool:
        return all(token.key in self._said or token.is_free for token in words)

    def _stands_in(self, words: Sequence[Token], gap: Sequence[Token], ground: int, start: int) -> bool:
        """Tell whether words stand for the only pronoun of what is left out.

        start: where the gap begins in the sentence.
        """
        pronouns = [n for n, token in enumerate(gap) if token.key in load_vocabulary().pronouns]
        if not pronouns or not words:
            return False
        for place in pronouns:
            before, after = gap[:place], gap[place + 1 :]
            beside = may_leave_out_before(before) if start == 0 else may_leave_out(before)
            if not beside or not may_leave_out(after):
                continue
            if self._known.is_meant(words, gap[place], ground, start + place):
                return True
        return False

    def _belongs(self, inserted: Sequence[Token], before: _Place, place: _Place) -> bool:
        """Tell whether words are put where another cited sentence, or a heading, has them beside it."""
        if any(token.is_mark or token.is_joint for token in inserted):
            return False
        said = [token.key for token in inserted]
        first, last = self.statement[before.word], self.statement[place.word]
        rows = [[first.key, *said]] if not first.is_free else []
        if not last.is_free and last.key not in load_vocabulary().verbs:
            rows.append([*said, last.key])
        others = (one.tokens for number, one in enumerate(self.grounds) if number != place.ground)
        sources = [*self._known.above(place.ground), *others]
        return any(_holds_together(source, row) for row in rows for source in sources)


_MOST_INSERTED = 24
_MOST_STEPS = 15_000
"""Comparisons for one statement; the statements of a model take some hundreds to some thousands."""
_FEW = 3
"""Among so many words at its beginning a clause says of whom it speaks."""


def _is_adverb(token: Token) -> bool:
    return token.key.endswith("ly") or token.key in load_vocabulary().connectives


def _says(words: Sequence[Token]) -> bool:
    """Tell whether words carry anything, beside what may be left out wherever it stands."""
    return not all(token.is_free or token.key in load_vocabulary().connectives for token in words)


def _is_result(before: Sequence[Token]) -> bool:
    """Tell whether "so that" stands before a word: what follows holds of what stands before it."""
    keys = [token.key for token in before[-2:]]
    return keys == ["so", "that"]


def _is_clause_beside(gap: Sequence[Token], following: Token) -> bool:
    """Tell whether what is left out is the first of two such clauses: "she said that ..., and that"."""
    ends = len(gap) > 1 and gap[-1].key == "and" and gap[0].key == following.key == "that"
    return ends and may_parts_go(gap[1:])


def _only_introduces(words: Sequence[Token], following: Token) -> bool:
    """Tell whether words only number what follows, or are a label that names a sort of text: "Response:"."""
    said = {token.key for token in words if not token.is_free}
    labels = words[-1].sort is Mark.COLON and said <= load_vocabulary().labels
    return labels or only_numbers(words, following)


def _adds_nothing(inserted: Sequence[Token], gap: Sequence[Token]) -> bool:
    """Tell whether what is put between two words says nothing, but for a verb that a note leaves out."""
    vocabulary = load_vocabulary()
    has_verb = any(token.key in vocabulary.verbs for token in gap)
    return all(token.is_free or (token.key in vocabulary.elliptic and not has_verb) for token in inserted)


def _cuts(inserted: Sequence[Token]) -> Iterator[int]:
    """Yield where a topic may end before a clause: at its start, and behind each mark."""
    yield 0
    yield from (n + 1 for n, token in enumerate(inserted) if token.is_mark)


def _starts(tokens: Sequence[Token], at: int) -> Iterator[int]:
    """Yield where a clause that holds a word may begin: at the sentence's start, behind marks and joints."""
    yield 0
    for n in range(at, 0, -1):
        before = tokens[n - 1]
        # What stands in brackets belongs to the word before them.
        if before.sort is not Mark.OPEN and (before.is_mark or before.is_joint):
            yield n


def _holds_together(source: Sequence[Token], row: Sequence[str]) -> bool:
    """Tell whether a row of words stands in a text with no mark and nothing but free words between them."""
    wanted = [key for key in row if key not in load_vocabulary().free_words]
    held = [token.key if not token.is_mark else "" for token in source if token.is_mark or not token.is_free]
    return any(held[n : n + len(wanted)] == wanted for n in range(len(held) - len(wanted) + 1))
