"""Words that the end of a line breaks in two."""

import json
import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

_LETTERS = r"[^\W\d_]"
_HYPHENS = "-\u2010"
_BROKEN = re.compile(
    rf"(?P<left>(?:[\w'\u2019]+[{_HYPHENS}])*\w*\w)(?P<sign>[{_HYPHENS}\xad])\n(?P<right>{_LETTERS}+)"
)
_FRAGMENT = re.compile(rf"({_LETTERS}+)\n([a-z]{{1,3}})(?=\n|\Z)")
_WORD = re.compile(rf"{_LETTERS}+(?:[{_HYPHENS}'\u2019]{_LETTERS}+)*")
_SUSPENDED = ("and", "or", "to", "nor", "as")
"""After a hyphen that stands for the second half of a compound: pre- and post-inspection."""
_SHORTEST_HALF = 3
"""Letters of the shorter half of a compound: in pre-war three, in re-formed the parts of a broken word."""


class Hyphens:
    """What a document's words say of the hyphens at the ends of its lines.

    texts: stretches of the document, with a line feed after each line.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self._words: Counter[str] = Counter()
        for text in texts:
            self._words.update(found.group().lower() for found in _WORD.finditer(_BROKEN.sub(" ", text)))

    def mend(self, text: str) -> str:
        """Put together what a line end parts: broken words without their hyphen, compounds with it."""
        text = _BROKEN.sub(self._join, text)
        text = _FRAGMENT.sub(self._join_fragment, text)
        return text.replace("\xad", "")

    def _join(self, broken: re.Match[str]) -> str:
        left, sign, right = broken.group("left", "sign", "right")
        if sign == "\xad":
            return left + right
        if not right[0].islower():
            return (
                f"{left}{sign}{right}" if left[-1].isalpha() or self._stands(left, right) else broken.group()
            )
        if right in _SUSPENDED:
            return broken.group()
        return left + right if self._is_one_word(left, right) else f"{left}-{right}"

    def _is_one_word(self, left: str, right: str) -> bool:
        half = re.split(f"[{_HYPHENS}]", left)[-1]
        if not half.isalpha() or self._stands(left, right):
            return False
        if self._knows(half + right):
            return True
        compound = min(len(half), len(right)) >= _SHORTEST_HALF and self._knows(half) and self._knows(right)
        return not compound

    def _stands(self, left: str, right: str) -> bool:
        return f"{left}-{right}".lower() in self._words

    def _knows(self, word: str) -> bool:
        return word.lower() in self._words or word.lower() in _vocabulary()

    def _join_fragment(self, broken: re.Match[str]) -> str:
        left, right = broken.groups()
        stands = self._words[(left + right).lower()] > 0 and self._words[left.lower()] <= 1
        return left + right if stands and left.lower() not in _vocabulary() else broken.group()


@cache
def _vocabulary() -> frozenset[str]:
    """Return the whole words that the reader's tokenizer knows."""
    file = files("askpcc").joinpath("data/reader/tokenizer.json")
    return frozenset(json.loads(file.read_text("utf-8"))["model"]["vocab"])
