"""Words that decide, narrow or weaken what a clause says: none is added, none that matters is left out."""

import re

from askpcc.language.items import without_items
from askpcc.language.words import stems, words
from askpcc.proving.clauses import Backing, Turn
from askpcc.proving.content import read_names
from askpcc.proving.values import read_pieces
from askpcc.proving.vocabulary import load_vocabulary

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
