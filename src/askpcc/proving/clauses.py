"""Clauses as they are compared: what each is about, how it turns that, and what else it may rest on."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from askpcc.model import StatusClaim
from askpcc.proving.values import (
    Piece,
    Sort,
    load_vocabulary,
    read_pieces,
    smooth,
)
from askpcc.text.forces import ForceTable
from askpcc.text.sentences import split_clauses

_NEAR = 3
"""So many passages apart may stand what speaks of one thing."""


@dataclass(frozen=True, slots=True)
class Cited:
    """One cited sentence.

    words: plain.  document, ordinal: of its passage.  force: whose document it is.
    items: the numbered matters of its passage.  quoted: the document shows it as somebody's words.
    claims: what the register reads out of this sentence.
    """

    words: str
    document: str = ""
    ordinal: int = 0
    force: str = ""
    items: tuple[str, ...] = ()
    quoted: bool = False
    claims: tuple[StatusClaim, ...] = ()


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a statement rests on: cited sentences in the order of their documents, and the forces."""

    cited: tuple[Cited, ...]
    forces: ForceTable

    @property
    def claims(self) -> list[StatusClaim]:
        """Return what the register reads out of the cited sentences."""
        return [claim for one in self.cited for claim in one.claims]


def belong_together(one: Cited, other: Cited) -> bool:
    """Tell whether two cited sentences can speak of one thing: near in one document, or of one matter."""
    if one.document != other.document:
        return False
    shared = set(one.items) & set(other.items)
    return bool(shared) or (abs(one.ordinal - other.ordinal) <= _NEAR and not (one.items and other.items))


def hold_items(cited: Sequence[Cited]) -> frozenset[str]:
    """Return the numbered matters that the register or the place of the sentences ties them to."""
    tied = {item for one in cited for item in one.items}
    return frozenset(
        tied | {f"{claim.kind} {claim.number}" for one in cited for claim in one.claims if claim.number}
    )


_THAT = re.compile(r",?\s+and\s+that\b|,\s+(?:but\s+|or\s+)?that\b", re.IGNORECASE)
_LABEL = re.compile(r"[^.:;]{3,80}:\s", re.IGNORECASE)
_BEGINS_WITH_ITS = re.compile(r"\W*(?:and |but )?(?:its|their|his|her)\b", re.IGNORECASE)


class Mood(StrEnum):
    """What a clause says of its matter."""

    IS = "is"
    TO_COME = "to_come"
    GOING_ON = "going_on"
    OUGHT = "ought"


@dataclass(frozen=True, slots=True)
class Turn:
    """A clause that says something.  text: smoothed.  denies: an odd number of negations."""

    text: str
    pieces: tuple[Piece, ...]
    denies: bool
    mood: Mood

    @property
    def stems(self) -> frozenset[str]:
        """Return its content, without what needs no proof."""
        return frozenset(piece.value for piece in self.pieces) - load_vocabulary().free


@dataclass(frozen=True, slots=True)
class Backing:
    """A clause of a cited sentence and what it takes up.

    nearby: the earlier clauses of its sentence where it goes on from them.  taken_up: earlier sentences
    that its "this" or "they" can stand for, and what its matter asks for.  sentence: the whole one.
    conditions: words with which the clauses beside it begin that it hangs on.
    whole: it is taken as one clause, although it has several.
    """

    turn: Turn
    cited: Cited
    sentence: str
    nearby: str = ""
    taken_up: str = ""
    conditions: tuple[str, ...] = ()
    whole: bool = False

    @property
    def is_clause(self) -> bool:
        """Tell whether it is a clause of a longer sentence, or a sentence of one clause."""
        return not self.whole

    @property
    def own(self) -> str:
        """Return the clause with the earlier ones of its sentence that it goes on from."""
        return f"{self.nearby} {self.turn.text}"

    @property
    def words(self) -> str:
        """Return all words that a statement may use which rests on this clause."""
        return f"{self.taken_up}\n{self.own}"


def read_turns(text: str) -> list[Turn]:
    """Return the clauses of a text that say something; what says nothing alone belongs to the one before."""
    return [turn for turn, _, _ in _split(smooth(text))]


def read_backings(cited: Sequence[Cited]) -> list[Backing]:
    """Return the clauses of all cited sentences."""
    demands = [one for one in cited if _only_demands(one)]
    found: list[Backing] = []
    for place, one in enumerate(cited):
        earlier = [other for other in cited[:place] if belong_together(one, other)][-1:]
        asked = [
            other
            for other in demands
            if other is not one and other not in earlier and belong_together(one, other)
        ]
        found += _read_sentence(one, earlier, asked)
    return found


def _read_sentence(one: Cited, earlier: Sequence[Cited], asked: Sequence[Cited]) -> list[Backing]:
    sentence = smooth(one.words)
    refers = load_vocabulary().anaphors
    context = "\n".join(smooth(other.words) for other in asked)
    before = "\n".join(smooth(other.words) for other in earlier)
    backings = []
    split = _split(sentence)
    for place, (turn, start, goes_on) in enumerate(split):
        takes_up = bool(refers.search(turn.text) or _BEGINS_WITH_ITS.match(turn.text))
        nearby = sentence[:start] if goes_on or takes_up else ""
        reaches = takes_up or (goes_on and refers.search(nearby) is not None)
        demanded = before if earlier and _only_demands(earlier[0]) else ""
        taken_up = "\n".join([context, before if reaches else demanded])
        backings.append(Backing(turn, one, sentence, nearby, taken_up, _find_conditions(split, place)))
    if len(backings) > 1:
        backings.append(Backing(_read_turn(sentence), one, sentence, "", context, whole=True))
    return backings


def _find_conditions(split: Sequence[tuple[Turn, int, bool]], place: int) -> tuple[str, ...]:
    beside = [turn.text for turn, _, _ in (*split[max(0, place - 1) : place], *split[place + 1 : place + 2])]
    found = (load_vocabulary().condition.match(text) for text in beside)
    return tuple(match[1].lower() for match in found if match)


def _only_demands(one: Cited) -> bool:
    turns = read_turns(one.words)
    return bool(turns) and all(turn.mood is Mood.OUGHT for turn in turns)


def _split(text: str) -> list[tuple[Turn, int, bool]]:
    """Return turns, where each begins, and whether it takes its subject from an earlier one.

    What several "that" depend on, and what stands before a colon, governs all that follows it.
    """
    spans: list[tuple[int, int, bool]] = []
    for start, end, goes_on in _cut(text):
        if spans and not (
            _says_something(text[start:end]) and _says_something(text[spans[-1][0] : spans[-1][1]])
        ):
            spans[-1] = (spans[-1][0], end, spans[-1][2])
        else:
            spans.append((start, end, goes_on))
    head = _find_head(text)
    return [
        (_read_turn(head + text[start:end] if _THAT.match(text, start) else text[start:end]), start, goes_on)
        for start, end, goes_on in spans
    ]


def _cut(text: str) -> list[tuple[int, int, bool]]:
    clauses = split_clauses(text)
    goes_on = {clause.span.start: clause.subject < clause.span.start for clause in clauses}
    goes_on |= {match.start(): True for match in _THAT.finditer(text) if match.start() not in goes_on}
    label = _LABEL.match(text)
    if label:
        goes_on |= dict.fromkeys(goes_on.keys() - {0}, True)
    starts = sorted(goes_on)
    return [(start, end, goes_on[start]) for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]


def _find_head(text: str) -> str:
    """Return what stands before the first "that" on which others follow: "She believes"."""
    return text[: match.start()] if (match := re.search(r"\bthat\b", text)) else ""


def _says_something(text: str) -> bool:
    free = load_vocabulary().free
    return any(piece.sort is not Sort.ITEM and piece.value not in free for piece in read_pieces(text))


def _read_turn(text: str) -> Turn:
    vocabulary = load_vocabulary()
    denials = len(vocabulary.negation.findall(vocabulary.harmless.sub(" ", text)))
    return Turn(text, tuple(read_pieces(text)), denials % 2 == 1, _read_mood(text))


def _read_mood(text: str) -> Mood:
    vocabulary = load_vocabulary()
    if vocabulary.ought.search(text):
        return Mood.OUGHT
    if vocabulary.still_to_come.search(text):
        return Mood.TO_COME
    return Mood.GOING_ON if vocabulary.going_on.search(text) else Mood.IS


_I = re.compile(r"\b(?:I|my|me|myself)\b")
_WE = re.compile(r"\b(?:we|our|us)\b", re.IGNORECASE)
_STANDS_FOR = re.compile(r"\b(?:he|she|his|her|him)\b", re.IGNORECASE)
_FIRST = 5
"""Among so many words a clause names who acts."""


def gives_another_actor(turn: Turn, backing: Backing) -> bool:
    """Tell whether a clause names an actor that the cited one has not, or puts one in another's place."""
    if not set(find_actors(turn.text)) <= _held(backing):
        return True
    said, cited = _read_subject(turn.text), _read_cited_subject(backing)
    return said is not None and bool(cited) and said not in cited


def find_actors(text: str) -> list[str]:
    """Return who is named in a text, in order."""
    vocabulary = load_vocabulary()
    found = vocabulary.actor.finditer(_without_others(text))
    return [vocabulary.actors[" ".join(match[0].lower().split())] for match in found]


def _without_others(text: str) -> str:
    """Leave out words in which an actor's name names something else."""
    return re.sub(
        r"\b(?:use of force|force areas?|police and crime commissioners|chief constables)\b",
        " ",
        text,
        flags=re.IGNORECASE,
    )


def _held(backing: Backing) -> set[str]:
    held = set(find_actors(backing.words))
    first_person = _I.search(backing.own) is not None
    if first_person and not backing.cited.quoted:
        held.add("commissioner")
    held.update(str(claim.said_by) for claim in backing.cited.claims if str(claim.said_by) == "inspectorate")
    acting = _read_cited_subject(backing)
    if not first_person and (not acting or "force" in acting):
        held.add("force")
    return held


def _read_subject(text: str) -> str | None:
    """Return who a clause names first, among its first words."""
    return next(iter(find_actors(" ".join(text.split()[:_FIRST]))), None)


def _read_cited_subject(backing: Backing) -> set[str]:
    """Return who may act in the cited clause; nobody where a thing does or nobody is named."""
    first = " ".join(backing.turn.text.split()[:_FIRST])
    named = _read_subject(backing.turn.text)
    if named:
        return {named}
    if _I.search(first):
        return {"somebody quoted"} if backing.cited.quoted else {"commissioner"}
    if _WE.search(first):
        return {"force", "commissioner"}
    if _STANDS_FOR.search(first):
        return set(find_actors(backing.words))
    return set()
