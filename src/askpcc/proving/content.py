"""Whether all that a clause holds, values, names and content words, stands in the cited one."""

import re
from collections.abc import Iterable

from askpcc.language.forces import ForceTable
from askpcc.language.lexicon import default_lexicon
from askpcc.language.unlisted_forces import AREA_SUFFIXES
from askpcc.language.words import STOPWORDS, stem, stems, words
from askpcc.model import Concept
from askpcc.proving.clauses import Backing, Turn
from askpcc.proving.values import Piece, Sort, read_pieces, values_of
from askpcc.proving.vocabulary import load_vocabulary

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
