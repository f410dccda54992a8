"""Letters of a page: which of them people read as its text, and the words that they make."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import atan2, degrees, hypot
from statistics import median
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    from askpcc.readers.pdf.text_lines import Line

Letter = dict[str, Any]
"""As pdfplumber gives it."""

_BOLD_FONT = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
_LEANING = 0.1
"""Sine of the angle by which text may lean: a page lies askew in a scanner by less, a stamp by more."""
_LEVEL = 2e-3
"""Sine of an angle that moves the end of a line by one point."""

_LARGE = 3.0
"""Letters this many times larger than the text's that lie over it are a watermark, however dark."""
_LARGE_AND_PALE = 2.0
_PALE, _WHITE = 0.6, 0.98
"""Brightness, from black to white.  White letters stand on a coloured ground, which no watermark has."""

_SAME_PLACE = 0.2
"""In widths of a letter: bold is imitated by drawing letters twice, less than this apart."""
_LEAST_CONTRAST = 6
"""Of 255 greys; light grey print on white has 40 and more, a ground of two whites has 2 or 3."""

_NUMBERED_LINES = 4
"""Fewer numbers in equal steps down the margin may be anything."""
_SMALLER = 0.9
"""Numbers of lines are smaller than the text by this at least; a paragraph's number is as large."""
_ALIGNED = 3.0
"""In points: what stands this near under one another stands in one column."""

_SMALLEST = 1.0
"""In points: nobody reads smaller letters."""
_DOUBLES = 50
"""Letters that are compared in one place; a place that holds more was made to harm."""
_MOST_INITIALS = 50
"""On one page, for the same reason."""

_MOVED_LETTERS = range(0x4100, 0x7B00)
"""Code points whose low byte is zero, and whose high byte is a letter of ASCII: its bytes are swapped."""
_LIGATURES = re.compile("[\ufb00-\ufb06]")
_NO_LETTER = re.compile(r"\(cid:\d+\)")
"""What the parser writes where a font does not say which letter a sign is."""
_UNREADABLE = re.compile("\\(cid:\\d+\\)|[\ufffd\ue000-\uf8ff\u2e80-\u9fff\uac00-\ud7a3]")
_LEAST_LATIN = 0.5
"""Of the letters of a page: else signs of other scripts are its own."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word in points from the page's upper left corner; order: its place among what the file draws.

    row: the row of a ruled table that stands as one word; field: what somebody filled in.
    """

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    bold: bool
    order: int
    row: "Line | None" = None
    field: bool = False

    @property
    def middle(self) -> float:
        """Height of its middle."""
        return (self.top + self.bottom) / 2


def find_turn(letters: Iterable[Letter]) -> int:
    """Return by how many degrees, clockwise, a page is to be turned for most of its text to stand upright."""
    directions = Counter(_direction(letter) for letter in letters if letter["text"].strip())
    directions.pop(None, None)
    return next((turn or 0 for turn, _ in directions.most_common(1)), 0)


def _direction(letter: Letter) -> int | None:
    """Return the direction in which a letter is written: 0, 90, 180 or 270 degrees; None for what leans."""
    across, up = letter["matrix"][:2]
    length = hypot(across, up)
    if not length or min(abs(across), abs(up)) > _LEANING * length:
        return None
    return round(degrees(atan2(up, across)) / 90) * 90 % 360


@dataclass(frozen=True, slots=True)
class Letters:
    """The letters of a page by how they stand.

    upright: each once, set level.  lean: by how much they were moved down for each point to the right.
    sideways: turned by quarters.  leaning: at other angles, as those of a stamp.
    """

    upright: Sequence[Letter]
    lean: float
    sideways: Sequence[Letter]
    leaning: int


def sort_letters(letters: Iterable[Letter]) -> Letters:
    """Part the letters of a page by how they stand; those of a page that lies askew are set level."""
    upright: list[Letter] = []
    sideways: list[Letter] = []
    leaning = 0
    for order, letter in enumerate(letters):
        direction = _direction(letter)
        letter["order"] = order
        if letter["size"] < _SMALLEST:
            continue
        if direction == 0:
            upright.append(letter)
        elif letter["text"].strip():
            leaning += direction is None
            if direction is not None:
                sideways.append(letter)
    lean = median(letter["matrix"][1] / letter["matrix"][0] for letter in upright) if upright else 0.0
    if abs(lean) < _LEVEL:
        lean = 0.0
    else:
        upright = [_set_level(letter, lean) for letter in upright]
    return Letters(_drop_doubles(upright), lean, sideways, leaning)


def _set_level(letter: Letter, lean: float) -> Letter:
    down = lean * letter["x0"]
    return {**letter, "top": letter["top"] + down, "bottom": letter["bottom"] + down}


def _drop_doubles(letters: Sequence[Letter]) -> list[Letter]:
    seen: dict[tuple[str, int, int], list[Letter]] = {}
    kept: list[Letter] = []
    for letter in letters:
        column, line = int(letter["x0"] // 4), int(letter["top"] // 4)
        near = (
            other
            for across in (column - 1, column, column + 1)
            for down in (line - 1, line, line + 1)
            for other in seen.get((letter["text"], across, down), ())[-_DOUBLES:]
        )
        allowed = _SAME_PLACE * max(letter["x1"] - letter["x0"], 0.1)
        if letter["text"].isspace() or not any(_is_same(letter, other, allowed) for other in near):
            kept.append(letter)
            seen.setdefault((letter["text"], column, line), []).append(letter)
    return kept


def _is_same(letter: Letter, other: Letter, allowed: float) -> bool:
    return bool(abs(letter["x0"] - other["x0"]) < allowed and abs(letter["top"] - other["top"]) < allowed)


def make_words(letters: Sequence[Letter]) -> list[Word]:
    """Return the words that letters make, damaged letters mended, without watermarks and line numbers."""
    from pdfplumber.utils.text import extract_words

    if not letters:
        return []
    usual = median(letter["size"] for letter in letters)
    found = extract_words(
        _drop_watermark(letters, usual),
        x_tolerance=2,
        y_tolerance=3,
        extra_attrs=["fontname", "size"],
        return_chars=True,
    )
    return _drop_line_numbers([_make_word(word) for word in found])


def _make_word(word: dict[str, Any]) -> Word:
    return Word(
        text=mend(_show_hyphens(word) if "\xad" in word["text"] else word["text"]),
        left=float(word["x0"]),
        right=float(word["x1"]),
        top=float(word["top"]),
        bottom=float(word["bottom"]),
        size=float(word["size"]),
        bold=bool(_BOLD_FONT.search(word["fontname"])),
        order=min(letter["order"] for letter in word["chars"]),
    )


def _show_hyphens(word: dict[str, Any]) -> str:
    """Return the word with its soft hyphens as people see them: within a line those that take up room."""
    *letters, last = word["chars"]
    seen = (
        letter["text"]
        if letter["text"] != "\xad"
        else "-" * (letter["x1"] - letter["x0"] > _SAME_PLACE * letter["size"])
        for letter in letters
    )
    return "".join(seen) + str(last["text"])


def mend(text: str) -> str:
    """Put letters right that the file names wrongly: ligatures, and letters with their bytes swapped."""
    text = _LIGATURES.sub(lambda found: unicodedata.normalize("NFKC", found.group()), text)
    if text.isascii() or not any(map(_is_latin, text)):
        return text
    return "".join(_swap_back(character) for character in text)


def _is_latin(character: str) -> bool:
    return character.isalpha() and character < "\u0250"


def _swap_back(character: str) -> str:
    code = ord(character)
    moved = code in _MOVED_LETTERS and not code & 0xFF and chr(code >> 8).isalpha()
    return chr(code >> 8) if moved else character


def share_of_unreadable(words: Iterable[Word]) -> float:
    """Return which share of a Latin text's characters cannot be what people read; signs of bullets aside."""
    texts = [word.text for word in words if len(word.text) > 1]
    characters = sum(map(len, texts))
    unreadable = sum(len(found) for text in texts for found in _UNREADABLE.findall(text))
    letters = sum(character.isalpha() for text in texts for character in text)
    latin = sum(_is_latin(character) for text in texts for character in text)
    return unreadable / characters if characters and latin >= _LEAST_LATIN * letters else 0.0


def share_of_letterless(texts: Iterable[str]) -> float:
    """Return which share of texts the parser could not write, since no font says which letters it shows."""
    text = "".join(texts)
    return sum(map(len, _NO_LETTER.findall(text))) / len(text) if text else 0.0


def _drop_watermark(letters: Sequence[Letter], usual: float) -> list[Letter]:
    import numpy as np

    large = [letter for letter in letters if letter["size"] > _LARGE_AND_PALE * usual]
    others = [
        ((letter["x0"] + letter["x1"]) / 2, (letter["top"] + letter["bottom"]) / 2)
        for letter in letters
        if letter["size"] <= _LARGE_AND_PALE * usual and not letter["text"].isspace()
    ]
    middles = np.array(others, dtype=float).reshape(-1, 2)
    dropped = {letter["order"] for letter in large if _is_watermark(letter, middles, usual)}
    return [letter for letter in letters if letter["order"] not in dropped]


def _is_watermark(letter: Letter, middles: "np.ndarray[Any, np.dtype[np.float64]]", usual: float) -> bool:
    brightness = _brightness(letter["non_stroking_color"])
    pale = brightness >= _PALE
    if letter["size"] > _LARGE * usual and pale and brightness < _WHITE:
        return True
    return (pale or letter["size"] > _LARGE * usual) and _lies_over(letter, middles)


def _lies_over(letter: Letter, middles: "np.ndarray[Any, np.dtype[np.float64]]") -> bool:
    across, down = middles[:, 0], middles[:, 1]
    inside = (letter["x0"] < across) & (across < letter["x1"])
    return bool((inside & (letter["top"] < down) & (down < letter["bottom"])).any())


def _brightness(colour: object) -> float:
    """Return how bright a colour is, from 0 to 1; dark where its kind is not known."""
    parts = colour if isinstance(colour, list | tuple) else (colour,)
    values = [float(part) for part in parts if isinstance(part, int | float)]
    if len(values) == 4:  # noqa: PLR2004 - the inks: cyan, magenta, yellow, black
        return 1 - min(1.0, values[3] + sum(values[:3]) / 3)
    return sum(values) / len(values) if len(values) in (1, 3) else 0.0


def _drop_line_numbers(words: Sequence[Word]) -> list[Word]:
    """Leave out numbers of lines: smaller than the text, beside it, in equal steps down the page."""
    texts = [word for word in words if not word.text.isdecimal()]
    if not texts:
        return list(words)
    usual = median(word.size for word in texts)
    small = [word for word in words if word.text.isdecimal() and word.size <= _SMALLER * usual]
    left = min(word.left for word in texts)
    right = max(word.right for word in texts)
    dropped: set[int] = set()
    for beside in (
        [word for word in small if word.right <= left],
        [word for word in small if word.left >= right],
    ):
        beside.sort(key=lambda word: word.top)
        steps = {int(after.text) - int(before.text) for before, after in pairwise(beside)}
        if len(beside) >= _NUMBERED_LINES and len(steps) == 1 and steps.pop() > 0 and _is_column(beside):
            dropped.update(word.order for word in beside)
    return [word for word in words if word.order not in dropped]


def _is_column(words: Sequence[Word]) -> bool:
    lefts, rights = [word.left for word in words], [word.right for word in words]
    return min(max(lefts) - min(lefts), max(rights) - min(rights)) <= _ALIGNED


def keep_visible(
    words: Sequence[Word], drawn: "np.ndarray[Any, np.dtype[np.uint8]]", box: Sequence[float], lean: float
) -> list[Word]:
    """Return the words that people see: those in whose place the drawn page is not of one colour.

    drawn: greys, one row of pixels a line.  box: left, top, right and bottom of what is drawn, in points.
    lean: as in Letters.
    """
    height, width = drawn.shape
    across, down = width / (box[2] - box[0]), height / (box[3] - box[1])
    kept: list[Word] = []
    for word in words:
        left, right = (word.left - box[0]) * across, (word.right - box[0]) * across
        # Letters of the lines above and below reach into the outer fifths.
        inner = (word.bottom - word.top) / 5 if any(map(str.isalnum, word.text)) else 0
        above = box[1] + lean * word.left
        top, bottom = (word.top + inner - above) * down, (word.bottom - inner - above) * down
        place = drawn[max(round(top), 0) : max(round(bottom), 0), max(round(left), 0) : max(round(right), 0)]
        if place.size and int(place.max()) - int(place.min()) >= _LEAST_CONTRAST:
            kept.append(word)
    return kept


def join_initials(words: Sequence[Word]) -> list[Word]:
    """Put an initial that is two or more lines high before the word that it begins."""
    if not words:
        return []
    usual = median(word.size for word in words)
    initials = [word for word in words if word.size >= _LARGE_AND_PALE * usual and _is_initial(word)]
    joined = list(words)
    for initial in initials if len(initials) <= _MOST_INITIALS else []:
        rest = [word for word in joined if _begins_with(initial, word)]
        if rest:
            first = min(rest, key=lambda word: (round(word.top), word.left))
            space = " " if initial.text in ("A", "I") and first.text[0].isupper() else ""
            joined[joined.index(first)] = replace(first, text=initial.text + space + first.text)
            joined.remove(initial)
    return joined


def _is_initial(word: Word) -> bool:
    return len(word.text) == 1 and word.text.isupper()


def _begins_with(initial: Word, word: Word) -> bool:
    beside = 0 <= word.left - initial.right < word.size
    return beside and word.size < initial.size / 1.5 and initial.top - word.size < word.top < initial.middle
