"""Whether all that a clause holds, values, names and content words, stands in the cited one."""

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from askpcc.model import Concept
from askpcc.proving.clauses import Backing, Mood, Turn
from askpcc.proving.values import (
    Piece,
    Sort,
    load_vocabulary,
    read_pieces,
    values_of,
)
from askpcc.text.forces import AREA_SUFFIXES, ForceTable
from askpcc.text.references import without_items
from askpcc.text.words import (
    STOPWORDS,
    content_stems,
    default_lexicon,
    stem,
    stems,
    words,
)

_NAME = re.compile(r"\b(?:[A-Z][\w’'-]*[a-z][\w’'-]*|[A-Z]{2,}[\w-]*)")
_BEGINS = re.compile(r"(?:^|[.!?:;]\s+|[“\"(]\s*)$")
_OFFICES = frozenset(
    """police commissioner crime fire pcc pfcc hmicfrs hmic force constabulary chief constable deputy
    mayor""".split()
)


def gives_other_dates(turn: Turn, backing: Backing) -> bool:
    """Tell whether a clause gives a date that the cited one has not, or has more exactly."""
    held = values_of(read_pieces(backing.own), Sort.DATE)
    held |= {f"--{date[5:7]}" for date in held if date[:4].isdigit()}
    said = values_of(list(turn.pieces), Sort.DATE)
    return not all(any(one == date or one.startswith(f"{date}-") for one in held) for date in said)


def gives_other_numbers(turn: Turn, backing: Backing) -> bool:
    """Tell whether a clause gives a number that the cited one has not."""
    held = values_of(read_pieces(backing.own), Sort.NUMBER)
    return not values_of(list(turn.pieces), Sort.NUMBER) <= held


def names_another_force(turn: Turn, backing: Backing, forces: ForceTable) -> bool:
    """Tell whether a clause names a force that neither the cited words nor their document is of."""
    held = {force.name for force, _ in forces.find_forces(backing.words)} | {backing.cited.force}
    return not {force.name for force, _ in forces.find_forces(turn.text)} <= held


def names_others(turn: Turn, backing: Backing) -> bool:
    """Tell whether a clause has a name that the cited words have not."""
    held = _words_of(f"{backing.words} {backing.cited.force}") | _OFFICES
    return any(name not in held and not _is_spelt_out(name, backing.words) for name in read_names(turn.text))


def _words_of(text: str) -> frozenset[str]:
    return frozenset(words(text))


def read_names(text: str) -> set[str]:
    """Return capitalised words and abbreviations; a capital that begins a sentence makes no name."""
    names: set[str] = set()
    for match in _NAME.finditer(text):
        begins = _BEGINS.search(text[: match.start()]) is not None
        if not match[0].isdigit() and (match[0].isupper() or not begins):
            names.update(words(match[0]))
    return {name for name in names if not name.isdigit() and name not in _MONTHS}


_MONTHS = frozenset(
    "january february march april may june july august september october november december i".split()
)


def _is_spelt_out(name: str, known: str) -> bool:
    """Tell whether an abbreviation stands for words of the grounds, or they for it."""
    held = set(stems(known))
    return any(_is_held(concept, held) for concept in default_lexicon().concepts(name))


def says_more(turn: Turn, backing: Backing) -> bool:
    """Tell whether any content word of a clause, or one that means the same, is not in the cited words."""
    area = AREA_SUFFIXES.sub("", backing.cited.force)
    words_held = f"{backing.words} {area} {_say_statuses(backing)}"
    held = set(values_of(read_pieces(words_held), Sort.WORD))
    held |= {stem(word) for word in words(words_held) if word in STOPWORDS}
    return not all(_is_said(piece, held) for piece in turn.pieces if piece.sort is Sort.WORD)


def _say_statuses(backing: Backing) -> str:
    return " ".join(str(claim.status).replace("_", " ") for claim in backing.cited.claims)


def _is_said(piece: Piece, held: set[str]) -> bool:
    vocabulary = load_vocabulary()
    if piece.value in held or piece.value in vocabulary.free:
        return True
    same: Iterable[tuple[str, ...]] = vocabulary.same.equivalents.get((piece.value,), ())
    spelt = (
        p for p, strength in default_lexicon().equivalents.get((piece.value,), {}).items() if strength == 1
    )
    return any(set(phrase) <= held for phrase in (*same, *spelt))


def _is_held(concept: Concept, held: set[str]) -> bool:
    return any(set(phrase) <= held for phrase, strength in concept.phrases if strength == 1)


_ENOUGH = 4
_IN_ORDER = 0.8
"""The least share of the words of a clause, if it has so many, that stand in the order of the cited one."""

_AIM = re.compile(r"\bto (?=[a-z])", re.IGNORECASE)
_VALUES = (Sort.NUMBER, Sort.DATE)
_OF = re.compile(r"\b(\S+) (?:of|in|out of) (?:(?:the|our|its|their|his|her|my) )?(\S+)")
_THAN = re.compile(r"\bthan\b", re.IGNORECASE)
_BY = re.compile(r"\b(by|from|against) (?:(?:the|a|an|its|their|our|his|her|my) )?([\w’'-]+)", re.IGNORECASE)


def swaps(turn: Turn, backing: Backing) -> bool:
    """Tell whether words, values, sides of a comparison or doers have changed places."""
    return (
        _shuffles(turn, backing)
        or _swaps_values(turn, backing)
        or _drops_part(turn, backing)
        or _turns_comparison(turn.text, backing.sentence)
        or _turns_doer(turn.text, backing)
    )


def _shuffles(turn: Turn, backing: Backing) -> bool:
    """Tell whether a clause has the words of the cited one in another order, or only those of its aim."""
    said = [piece.value for piece in turn.pieces]
    cited = [piece.value for piece in backing.turn.pieces]
    shared = [value for value in said if value in cited]
    if len(shared) >= _ENOUGH and _count_in_order(shared, cited) < _IN_ORDER * len(shared):
        return True
    aim = _AIM.split(backing.turn.text, maxsplit=1)
    if len(aim) == 1 or _AIM.search(turn.text) or not shared:
        return False
    return not {piece.value for piece in read_pieces(aim[0])} & set(shared)


def _count_in_order(said: Sequence[str], cited: Sequence[str]) -> int:
    """Return the length of the longest row of words that stand in the same order in both."""
    longest = [0] * (len(cited) + 1)
    for word in said:
        before = longest[:]
        for place, other in enumerate(cited, start=1):
            longest[place] = (
                before[place - 1] + 1 if word == other else max(before[place], longest[place - 1])
            )
    return longest[-1]


def _swaps_values(turn: Turn, backing: Backing) -> bool:
    """Compare what each value stands next to with what it stands next to in the cited sentence."""
    cited = read_pieces(backing.sentence)
    for sort in _VALUES:
        others = [piece for piece in cited if piece.sort is sort]
        if len({piece.value for piece in others}) > 1 and any(
            _is_elsewhere(turn.pieces, place, cited)
            for place, piece in enumerate(turn.pieces)
            if piece.sort is sort
        ):
            return True
    return False


def _is_elsewhere(pieces: Sequence[Piece], place: int, cited: Sequence[Piece]) -> bool:
    value = pieces[place]
    votes = [
        vote
        for beside in (pieces[place - 1 : place], pieces[place + 1 : place + 2])
        for anchor in beside
        if anchor.sort is not value.sort
        and not _is_nearer_to_another(anchor, value, pieces)
        and (vote := _vote(value, anchor, cited)) is not None
    ]
    return (bool(votes) and not any(votes)) or (len(votes) > 1 and votes[1] is False and not votes[0])


def _is_nearer_to_another(anchor: Piece, value: Piece, pieces: Sequence[Piece]) -> bool:
    others = [piece for piece in pieces if piece.sort is value.sort and piece is not value]
    return any(abs(other.at - anchor.at) < abs(value.at - anchor.at) for other in others)


def _vote(value: Piece, anchor: Piece, cited: Sequence[Piece]) -> bool | None:
    """Tell whether no other value of the sort stands nearer to the anchor; None where it cannot be told."""
    anchors = [piece for piece in cited if piece.value == anchor.value and piece.sort is anchor.sort]
    of_sort = [piece for piece in cited if piece.sort is value.sort]
    if not anchors or not any(piece.value == value.value for piece in of_sort):
        return None

    def near(piece: Piece) -> int:
        return min(abs(piece.at - one.at) for one in anchors)

    mine = min(near(piece) for piece in of_sort if piece.value == value.value)
    return mine <= min((near(piece) for piece in of_sort if piece.value != value.value), default=mine)


def _drops_part(turn: Turn, backing: Backing) -> bool:
    """Tell whether a whole is named without the part of it that is meant: 520 of "88 of 520"."""
    held = {piece.value for piece in turn.pieces if piece.sort is Sort.NUMBER}
    for match in _OF.finditer(backing.sentence):
        part, whole = (read_pieces(word) for word in match.groups())
        numbers = [piece.value for piece in (*part[:1], *whole[:1]) if piece.sort is Sort.NUMBER]
        if len(numbers) > 1 and numbers[1] in held and numbers[0] not in held:
            return True
    return False


def _turns_comparison(said: str, cited: str) -> bool:
    """Tell whether what stands before "than" here stands behind it there."""
    if not _THAN.search(said):
        return False
    if not _THAN.search(cited):
        return True
    (first, second), (cited_first, cited_second) = (
        [set(content_stems(part)) for part in _THAN.split(text, maxsplit=1)] for text in (said, cited)
    )
    return bool((first & cited_second) - cited_first) or bool((second & cited_first) - cited_second)


def _turns_doer(said: str, backing: Backing) -> bool:
    """Tell whether "by", "from" or "against" somebody is not said there: who acts, and on whom."""
    for match in _BY.finditer(said):
        stem = content_stems(match[2])
        if not stem or read_pieces(match[2])[0].sort is not Sort.WORD:
            continue
        there = {
            s
            for one in _BY.finditer(backing.words)
            if one[1].lower() == match[1].lower()
            for s in content_stems(one[2])
        }
        begins = (
            set(content_stems(" ".join(backing.turn.text.split()[:4]))) if match[1].lower() == "by" else set()
        )
        if stem[0] not in there | begins:
            return True
    return False


_MOSTLY = 0.8
"""The least share of a sentence that a clause repeats in order, to rest on the sentence as a whole."""


def find_nearest(turn: Turn, among: Sequence[Backing]) -> list[Backing]:
    """Return the cited clauses that share most with a clause; none where nothing is shared.

    What only a demand says is no ground for anything else: it counts only where nothing else does.
    """
    asked = {stem for other in among if other.turn.mood is Mood.OUGHT for stem in other.turn.stems}
    done = {stem for other in among if other.turn.mood is not Mood.OUGHT for stem in other.turn.stems}
    among = [other for other in among if other.is_clause or _follows(turn, other.turn)]
    telling = turn.stems if turn.mood is Mood.OUGHT else turn.stems - (asked - done)
    shared = [(_count_shared(telling or turn.stems, other), other) for other in among]
    most = max((count for count, _ in shared), default=0)
    return [other for count, other in shared if most and count == most]


def _follows(turn: Turn, whole: Turn) -> bool:
    """Tell whether a clause is a whole sentence, hardly shortened and in the same order."""
    said = [piece.value for piece in turn.pieces if piece.value not in load_vocabulary().free]
    cited = [piece.value for piece in whole.pieces if piece.value not in load_vocabulary().free]
    same = sum(
        block.size for block in SequenceMatcher(None, said, cited, autojunk=False).get_matching_blocks()
    )
    return bool(cited) and same >= _MOSTLY * max(len(said), len(cited))


def _count_shared(telling: frozenset[str], other: Backing) -> int:
    same = load_vocabulary().same
    held = other.turn.stems | set(stems(other.turn.text))
    return sum(
        stem in held or any(len(p) == 1 and p[0] in held for p in same.equivalents.get((stem,), ()))
        for stem in telling
    )


_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|cannot|should|must|did|do|does)\b", re.IGNORECASE
)
_OR = re.compile(r"([\w’'-]+) or (?=([\w’'-]+))", re.IGNORECASE)
_EVERY = re.compile(
    r"\b(?:every|each) (?=\d|two|three|four|five|six|seven|eight|nine|ten|twelve)", re.IGNORECASE
)
"""That tells how often, not how many."""

_UNDER = re.compile(r"\bunder(?=\s*(?:[,;:.]|$))", re.IGNORECASE)


def turns_decisively(turn: Turn, backing: Backing) -> bool:
    """Tell whether a clause has a decisive word that the cited words have not the like of."""
    return not _groups(turn.text) <= _groups(backing.words)


def _groups(text: str) -> set[int]:
    """Return the groups of a text's decisive words; "under" a numbered matter decides nothing."""
    groups = load_vocabulary().groups
    return {groups[stem] for stem in stems(_UNDER.sub("", without_items(text))) if stem in groups}


def widens(turn: Turn, text: str, backing: Backing) -> bool:
    """Tell whether a clause says more than the cited one by leaving out, or adding, what narrows it.

    text: the whole statement, in which what narrows may stand.
    """
    vocabulary = load_vocabulary()
    if any(condition not in text.lower() for condition in backing.conditions):
        return True
    bare = vocabulary.left_out.sub(" ", backing.turn.text)
    for kind in (*vocabulary.kinds, vocabulary.roughly):
        if kind.search(bare) and not kind.search(text):
            return True
        if kind.search(vocabulary.left_out.sub(" ", turn.text)) and not kind.search(backing.words):
            return True
    return _speaks_of_all(turn, backing) or _drops_alternative(turn, backing)


def _speaks_of_all(turn: Turn, backing: Backing) -> bool:
    """Tell whether a clause says something of all and leaves out what the cited one narrows them by."""
    universal = load_vocabulary().universal
    if not universal.search(_EVERY.sub("", turn.text)):
        return False
    if not read_names(backing.turn.text) <= set(words(turn.text)):
        return True
    found = universal.search(backing.turn.text)
    narrowed = _VERB.split(backing.turn.text[found.end() :], maxsplit=1)[0] if found else ""
    return not _values(narrowed) <= {piece.value for piece in turn.pieces}


def _drops_alternative(turn: Turn, backing: Backing) -> bool:
    """Tell whether of "approved or withdrawn" only one is kept."""
    said = {piece.value for piece in turn.pieces}
    pairs = [(_values(match[1]), _values(match[2])) for match in _OR.finditer(backing.turn.text)]
    return any(bool(one & said) is not bool(other & said) for one, other in pairs if one and other)


def _values(text: str) -> set[str]:
    return {piece.value for piece in read_pieces(text)}
