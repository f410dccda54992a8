"""Words that the end of a line breaks in two."""

import json
import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

_LETTERS = r"[^\W\d_]"
_HYPHENS = "-\u2010"
_LONGEST = 60
"""Letters of the half of a word that is looked at; a longer one is none."""
_HALF = rf"[{_HYPHENS}\w'\u2019]"
_BROKEN = re.compile(rf"(?<=\w)(?P<sign>[{_HYPHENS}\xad])\n(?P<right>{_LETTERS}{{1,{_LONGEST}}})")
_BROKEN_WORD = re.compile(rf"{_HALF}{{1,{_LONGEST}}}[{_HYPHENS}\xad]\n{_LETTERS}{{1,{_LONGEST}}}")
_LEFT = re.compile(rf"{_HALF}+\Z")
_FRAGMENT = re.compile(rf"(?<!\w)({_LETTERS}{{1,{_LONGEST}}})\n([a-z]{{1,3}})(?=\n|\Z)")
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
            self._words.update(found.group().lower() for found in _WORD.finditer(_BROKEN_WORD.sub(" ", text)))

    def mend(self, text: str) -> str:
        """Put together what a line end parts: broken words without their hyphen, compounds with it."""
        text = _BROKEN.sub(self._join, text)
        text = _FRAGMENT.sub(self._join_fragment, text)
        return text.replace("\xad", "")

    def _join(self, broken: re.Match[str]) -> str:
        sign, right = broken.group("sign", "right")
        found = _LEFT.search(broken.string, max(broken.start() - _LONGEST, 0), broken.start())
        left = found.group() if found else ""
        if sign == "\xad":
            return right
        if right in _SUSPENDED or (not right[0].islower() and left[-1:].isdecimal()):
            return broken.group()
        if right[0].islower() and self._is_one_word(left, right):
            return right
        return f"{sign}{right}"

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
