"""A text as the words that are compared: each in one form, values and names of who acts as one token each."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from askpcc.proving.values import Sort, find_values, load_vocabulary
from askpcc.text.forces import ForceTable


class Mark(StrEnum):
    """What divides a text, weakest last."""

    STOP = "."
    CELL = "|"
    COLON = ":"
    DASH = "-"
    SEMICOLON = ";"
    OPEN = "("
    CLOSE = ")"
    COMMA = ","


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a value, somebody who acts, or a mark.

    key: what is compared; two words with one key say the same.  text: as it is written, in lower case.
    """

    key: str
    text: str
    sort: Sort | Mark = Sort.WORD
    capital: bool = False

    @property
    def is_mark(self) -> bool:
        """Tell whether it divides and says nothing."""
        return isinstance(self.sort, Mark)

    @property
    def is_free(self) -> bool:
        """Tell whether it carries nothing, as an article or a mark."""
        return self.is_mark or self.key in load_vocabulary().free_words

    @property
    def is_joint(self) -> bool:
        """Tell whether a new clause may begin with it."""
        return self.key in load_vocabulary().joints

    @property
    def is_pronoun(self) -> bool:
        """Tell whether it stands for something that was named before."""
        return self.key in load_vocabulary().pronouns


_PIECE = re.compile(
    r"[^\W_]+(?:['’][^\W_]+)*|[.?!](?=\s|$|[)\"”’'])|[;:|(),]|(?<=\s)[–—-]+(?=\s)|[–—]|\.{3}|…"
)
_MARKS = {mark.value: mark for mark in Mark} | {
    "?": Mark.STOP,
    "!": Mark.STOP,
    "–": Mark.DASH,
    "—": Mark.DASH,
    "…": Mark.STOP,
    "...": Mark.STOP,
}
_SHORT = {
    "won't": ("will", "not"),
    "can't": ("can", "not"),
    "cannot": ("can", "not"),
    "shan't": ("shall", "not"),
    "let's": ("let", "us"),
}
_ENDINGS = {"'ll": "will", "'ve": "have", "'re": "are", "'m": "am", "'d": "would"}
_IS_SHORTENED = frozenset("it that who there he she what where here".split())
_SAME_VERB = {
    "am": "are",
    "is": "are",
    "was": "were",
    "has": "have",
    "does": "do",
    "an": "a",
}
"""Forms that differ in person and number only: a sentence's "we have" is told as "the force has"."""
_SECTION = re.compile(r"(?:(?<=\s)|^)\d{1,2}(?:\.\d{1,2}){1,2}\s+(?=[\"“]?[A-Z])")
"""The number of a paragraph, "2.14", which divides what stands before it from what follows."""
_OWN_FORCE = "force"
_POSSESSIVE = "'s"


def read_tokens(text: str, forces: ForceTable, own: str = "") -> tuple[Token, ...]:
    """Return the tokens of a text.  own: the force of its document, which "the force" stands for."""
    return _read(text, forces, own)


@lru_cache(maxsize=4_000)
def _read(text: str, forces: ForceTable, own: str) -> tuple[Token, ...]:
    text = _SECTION.sub(". ", text.replace("’", "'"))
    whole = [*_find_whole(text, forces, own)]
    tokens: list[Token] = []
    at = 0
    for start, end, found in sorted(whole, key=lambda one: (one[0], -one[1])):
        if start < at:
            continue
        tokens += _read_words(text[at:start])
        tokens += found
        at = end + len(_POSSESSIVE) if text.startswith(_POSSESSIVE, end) else end
    return (*tokens, *_read_words(text[at:]))


def _find_whole(text: str, forces: ForceTable, own: str) -> Iterator[tuple[int, int, list[Token]]]:
    """Yield what is compared as a whole: forces, who acts, dates, numbers, matters by number."""
    for force, span in forces.find_forces(text):
        key = _OWN_FORCE if force.name == own else force.name
        yield span.start, span.end, [Token(key, span.of(text).lower(), capital=True)]
    vocabulary = load_vocabulary()
    for found in vocabulary.actor.finditer(text):
        yield found.start(), found.end(), [Token(vocabulary.actors[_in_line(found[0])], found[0].lower())]
    for value in find_values(text):
        written = text[value.start : value.end].lower()
        yield value.start, value.end, [Token(one, written, value.sort) for one in value.values]


def _in_line(words: str) -> str:
    return " ".join(words.lower().split())


def _read_words(text: str) -> Iterator[Token]:
    for match in _PIECE.finditer(text):
        if match[0] in _MARKS or set(match[0]) <= set("–—-"):
            yield Token("", match[0], _MARKS.get(match[0], Mark.DASH))
        else:
            yield from _read_word(match[0])


def _read_word(written: str) -> Iterator[Token]:
    """Yield a word in full: "hasn't" as two, "force's" as one."""
    lower = written.lower()
    capital = written[0].isupper()
    if lower in _SHORT:
        yield from (Token(_key(part), part) for part in _SHORT[lower])
        return
    if lower.endswith("n't"):
        yield Token(_key(lower[:-3]), lower[:-3])
        yield Token("not", "not")
        return
    for ending, word in _ENDINGS.items():
        if lower.endswith(ending):
            yield Token(_key(lower.removesuffix(ending)), lower.removesuffix(ending), capital=capital)
            yield Token(_key(word), word)
            return
    base = lower.removesuffix("'s").removesuffix("'")
    yield Token(_key(base), base, capital=capital)
    if base != lower and base in _IS_SHORTENED:
        yield Token("are", "is")


@lru_cache(maxsize=20_000)
def _key(word: str) -> str:
    """Return a word without accents, and a verb's form without what only agrees with its subject."""
    bare = "".join(char for char in unicodedata.normalize("NFD", word) if not unicodedata.combining(char))
    if bare in _SAME_VERB:
        return _SAME_VERB[bare]
    return bare
