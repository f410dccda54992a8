"""Numbers of lists, as word processors count and print them."""

from collections.abc import Sequence
from dataclasses import dataclass

_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_HUNDREDS = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"))
_LETTERS = 26
_MOST = 9_999
"""Beyond this a number is written in digits, whatever its form: no list is that long."""
_WORD = 2
"""Letters in a row before or after a number that make a word of it: "No. 1", not "(a)"."""


@dataclass(frozen=True, slots=True)
class NumberForm:
    """How one level of a list writes its number.

    form: "1", "a", "A", "i" or "I"; "" for none.  levels: how many numbers it shows, its own the last.
    """

    form: str = ""
    prefix: str = ""
    suffix: str = ""
    start: int = 1
    levels: int = 1

    @property
    def has_words(self) -> bool:
        """Tell whether words stand beside the number ("Recommendation 1")."""
        return sum(map(str.isalpha, self.prefix + self.suffix)) >= _WORD


def write_number(number: int, form: str) -> str:
    """Write a number in a form; "" for no form."""
    if not form:
        return ""
    if form.lower() == "i" and 0 < number <= _MOST:
        words = _roman(number)
    elif form.lower() == "a" and 0 < number <= _MOST:
        # After z comes aa, then bb, as LibreOffice and Word count.
        words = chr(ord("a") + (number - 1) % _LETTERS) * min((number - 1) // _LETTERS + 1, 5)
    else:
        return str(number)
    return words.upper() if form.isupper() else words


def _roman(number: int) -> str:
    words = ""
    for value, letters in (*_HUNDREDS, *_ROMAN):
        words += letters * (number // value)
        number %= value
    return words


class ListCount:
    """Counts the items of one list, level by level.  forms: by level, the first for level 1."""

    def __init__(self, forms: Sequence[NumberForm]) -> None:
        self.forms = forms
        self._numbers: list[int] = []

    def next(self, level: int, start: int | None = None) -> tuple[str, bool]:
        """Count an item of a level, from 1; return its label and whether words belong to it.

        start: the number that the item gives itself.
        """
        form = self._form(level)
        while len(self._numbers) < level - 1:
            self._numbers.append(self._form(len(self._numbers) + 1).start)
        if len(self._numbers) < level:
            self._numbers.append(form.start - 1)
        del self._numbers[level:]
        self._numbers[-1] = start if start is not None else self._numbers[-1] + 1
        if not form.form:
            return "", False
        shown = range(max(level - form.levels, 0), level)
        numbers = (write_number(self._numbers[place], self._form(place + 1).form) for place in shown)
        label = f"{form.prefix}{'.'.join(filter(None, numbers))}{form.suffix}"
        return " ".join(label.split()), form.has_words

    def _form(self, level: int) -> NumberForm:
        return self.forms[level - 1] if 0 < level <= len(self.forms) else NumberForm()
