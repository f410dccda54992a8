"""Numbers as lists write them: 4, 04, d, iv, 4th."""

from collections.abc import Callable, Mapping

_LARGEST_ROMAN = 3_999
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"
_MOST_REPEATS = 20
"""Times that Word's "aa", "bbb" is written out; Word goes on to 30, no list does."""

_ROMANS = tuple(
    zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        "m cm d cd c xc l xl x ix v iv i".split(),
        strict=True,
    )
)
_TEENS = (11, 12, 13)


def _repeat_letter(count: int) -> str | None:
    """Write a, b, ... z, aa, bb, as Word does."""
    times, place = divmod(count - 1, len(_ALPHABET))
    return _ALPHABET[place] * (times + 1) if count > 0 and times < _MOST_REPEATS else None


def _combine_letters(count: int) -> str | None:
    """Write a, b, ... z, aa, ab, as web pages do."""
    if count <= 0:
        return None
    written = ""
    while count > 0:
        count, place = divmod(count - 1, len(_ALPHABET))
        written = _ALPHABET[place] + written
    return written


def _roman(count: int) -> str | None:
    if not 0 < count <= _LARGEST_ROMAN:
        return None
    written = ""
    for value, sign in _ROMANS:
        times, count = divmod(count, value)
        written += sign * times
    return written


def _ordinal(count: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(count % 10, "th")
    return f"{count}{'th' if count % 100 in _TEENS else ending}"


def _in_capitals(write: Callable[[int], str | None]) -> Callable[[int], str | None]:
    def written(count: int) -> str | None:
        words = write(count)
        return words.upper() if words else None

    return written


_FORMATS: Mapping[str, Callable[[int], str | None]] = {
    "decimal": str,
    "decimalZero": lambda count: str(count).zfill(2),
    "decimalEnclosedParen": lambda count: f"({count})",
    "decimalEnclosedFullstop": lambda count: f"{count}.",
    "lowerLetter": _repeat_letter,
    "upperLetter": _in_capitals(_repeat_letter),
    "lowerRoman": _roman,
    "upperRoman": _in_capitals(_roman),
    "ordinal": _ordinal,
    "bullet": lambda _: "",
    "none": lambda _: "",
    # Those of web pages, by the type of an <ol>; what has no letter there is written in digits.
    "1": str,
    "a": lambda count: _combine_letters(count) or str(count),
    "A": lambda count: (_combine_letters(count) or str(count)).upper(),
    "i": lambda count: _roman(count) or str(count),
    "I": lambda count: (_roman(count) or str(count)).upper(),
}


def write_number(count: int, form: str) -> str | None:
    """Write a count in a form that Word names ("lowerRoman") or a web page ("i"); None where it cannot be.

    A form of zeros and a digit ("001") is as many digits.
    """
    if form.startswith("0"):
        return str(count).zfill(len(form))
    write = _FORMATS.get(form)
    return write(count) if write else None
