"""Numbers of lists, as word processors count and print them."""

from collections.abc import Sequence
from dataclasses import dataclass

from askpcc.readers import enumerators

_FORMS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
"""Names that Word has for forms; after z comes aa, then bb, as LibreOffice and Word count."""
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
    """Write a number in a form; "" for no form, digits where the form has none for it."""
    if not form:
        return ""
    return enumerators.write_number(number, _FORMS.get(form, "decimal")) or str(number)


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
