"""Pages that are pictures: which these are, the words recognised on them, and what is doubtful of them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Any

from askpcc.errors import BadDocument
from askpcc.readers.pdf.cell_pictures import stack_cells
from askpcc.readers.pdf.drawn_rules import NO_RULES, Box, Rules, find_tables, take_rules
from askpcc.readers.pdf.letters import Word, keep_visible, mend, share_of_letterless
from askpcc.readers.pdf.second_parser import SecondParser
from askpcc.readers.tesseract import (
    DOTS_AN_INCH,
    PROGRAM,
    REMEDY,
    NotRecognised,
    SeenLine,
    SeenWord,
    Tesseract,
    find_tesseract,
)
from askpcc.readers.text_blocks import skip_marker

if TYPE_CHECKING:
    import numpy as np

    Drawn = np.ndarray[Any, np.dtype[np.uint8]]
    """Greys, one row of pixels a line."""

SECONDS_A_PAGE = 60.0
"""A page takes two, and ten on a slow machine; one of nothing but specks takes more than all of it."""
SECONDS_A_FILE = 600.0
"""Three hundred pages at two seconds each."""

_SURE = 0.8
"""Of tesseract's sureness, from 0 to 1.  On a page that was made worse step by step as many words below it
were wrong as right.  Of pages with that mean a fifth of the words was wrong, of those with .95 a fiftieth."""
_LINE_SURE = 0.5
"""A line below it is a logo, a signature or a stain."""
_ILLEGIBLE = "[illegible]"
_ILLEGIBLE_LINES = ("{} line could not be read", "{} lines could not be read")
_FEWEST_LETTERS = 20
"""On a page with fewer a stamp or a page number is read, or letters are seen in a photograph."""

_PICTURE_SHARE = 0.5
"""Of a page: where pictures take less they stand beside the page's own text."""
_PICTURED_SHARE = 0.5
"""Of a page's letters: where more are not drawn by the page's own text, people read a picture."""
_STAMPED = 100
"""Letters that a fax, a scanner or a records office prints upon a page at most."""
_TIMES_MORE = 3
"""So much more is read in a picture than is printed upon it where it is the page, and not its ground."""
_LETTERLESS_SHARE = 0.25
_OTHER_GREY = 48
"""Of 255 greys: paper differs from itself by less, where it is folded or shows what is behind it."""
_BLANK_SHARE = 5e-4
"""Of a page's points: a line of five words has more that are not as the paper is."""
_PAPER_SHARE = 0.6
"""Of a page's points: a page full of print leaves more of its paper, a photograph has less of one grey."""

_HEADING, _LARGE, _TITLE = 1.1, 1.25, 1.5
"""In sizes of the text's letters.  Measured sizes vary by a tenth, so that headings have two sizes:
from the first size on all are taken for the second, from the third on for the third."""
_CAPITALS, _BELOW = 0.7, 0.2
"""In sizes of letters: how high capitals are, and what reaches below the line, in most fonts."""
_HALF_POINTS = 2
_MISREAD = {"|": "I"}
"""A rule that stands as a word is none; those of tables are taken out before."""
_MISREAD_BULLETS = frozenset("e¢«»°*+")
"""What tesseract, which has not learned bullets, takes one for at the beginning of a line."""
_NEAR = 6.0
"""In points: rules that end this near to each other meet."""
_PARAGRAPHS = 100_000
"""More than a picture has: paragraphs of several pictures have numbers of their own."""
_FRINGE = 3
"""Pixels that letters reach beyond the box of their word."""
_APART, _FEW = 1.5, 3
"""What stands apart is as large as the text within this, and is no mark of three signs that say nothing."""
_MOST_NAMED = 20
"""Pages or ranges of pages named in one sentence."""

LACKING_REMEDY = (
    f"{REMEDY} Or run text recognition over it (for example ocrmypdf) and put the result in its place."
)
_REMEDY = "Scan it anew, upright and with 300 dots an inch, or put its text in its place."


@dataclass(frozen=True, slots=True)
class Page:
    """A page before it is recognised.

    seen: words of its own that are seen in their places, on the page or on a picture.  box: left, top, right
    and bottom, in points.  turn: degrees clockwise by which it is turned.  lean: as in Letters.
    pictures: share of it that pictures cover.
    """

    number: int
    seen: Sequence[Word]
    drawn: "Drawn | None"
    box: Sequence[float]
    turn: int
    lean: float
    pictures: float


@dataclass(frozen=True, slots=True)
class Chosen:
    """The words that a page is read by.

    recognised: whether they are those of a picture; they are measured from its upper left corner then.
    rules: of the picture, measured likewise.  turn: degrees clockwise by which the page is to be turned
    further for them.
    """

    words: Sequence[Word]
    recognised: bool = False
    rules: Rules = NO_RULES
    turn: int = 0


@dataclass(frozen=True, slots=True)
class _Seen:
    """What was recognised on a page, turned so.  point: of a pixel, its width in points."""

    lines: Sequence[SeenLine]
    rules: Rules = NO_RULES
    point: float = 1.0
    turn: int = 0


class _Failed(Enum):
    """Why a page was not recognised."""

    LACKING = auto()
    LATE = auto()
    ILLEGIBLE = auto()
    LITTLE = auto()


_TOLD = {
    _Failed.LACKING: f"it is a picture, and {PROGRAM}, which reads those, is not installed.",
    _Failed.LATE: "recognising the pages before took all the time that a file has.",
    _Failed.ILLEGIBLE: "what words its picture holds cannot be told for sure.",
}


@dataclass(slots=True)
class Recogniser:
    """Reads the pages of one file that are pictures, and keeps what is to be told of them.

    lacks: the program without which some were not read; "" where none is lacking.
    """

    second: SecondParser
    lacks: str = ""
    _found: list[Tesseract | None] = field(default_factory=list)
    _spent: float = 0.0
    _read: list[int] = field(default_factory=list)
    _layered: list[int] = field(default_factory=list)
    _unread: dict[_Failed, list[int]] = field(default_factory=dict)
    _words: int = 0
    _unsure: int = 0
    _lines: int = 0

    def choose(self, page: Page) -> Chosen:
        """Return the words by which a page is read: its own, or where people see a picture those of it."""
        printed, bare = page.seen, page.drawn
        if page.seen and page.drawn is not None:
            bare = self.second.draw(page.number - 1, page.turn, text=False)
            printed = page.seen if bare is None else _keep_printed(page, page.drawn, bare)
        if _count(page.seen) - _count(printed) > _PICTURED_SHARE * _count(page.seen):
            return self._try(page, page.seen, self._layered)
        if share_of_letterless(word.text for word in page.seen) > _LETTERLESS_SHARE:
            return self._try(page, page.seen, [])
        if not page.seen:
            empty = not page.pictures if page.drawn is None else _is_blank(page.drawn)
            return Chosen(()) if empty else self._try(page, ())
        # Print upon a photograph is a cover; upon paper with more on it, it is a stamp on a scan.
        on_picture = page.pictures >= _PICTURE_SHARE and _count(printed) < _STAMPED
        if on_picture and bare is not None and _is_paper(bare) and not _is_blank(bare):
            return self._try(page, printed, least=_TIMES_MORE * _count(printed))
        return Chosen(printed)

    def refuse(self, path: str) -> BadDocument:
        """Return why a file whose pages have no words, or hardly any, is not read."""
        if self.lacks:
            reason = (
                f"It is a scan: its pages are pictures without text, and {PROGRAM} is not here to read it."
            )
            return BadDocument(path, reason, LACKING_REMEDY, PROGRAM)
        if _Failed.LATE in self._unread:
            reason = f"It is a scan, and {PROGRAM} did not read it within {SECONDS_A_FILE:.0f} seconds."
        elif _Failed.ILLEGIBLE in self._unread:
            reason = f"It is a scan, and {PROGRAM} is not sure of what its pages say."
        else:
            reason = "It is a scan: its pages are pictures without text."
        return BadDocument(path, reason, _REMEDY)

    def doubts(self) -> Iterator[str]:
        """Yield what is doubtful of the pages, a sentence each."""
        if self._read:
            share = max(round(100 * self._unsure / self._words), 1)
            unsure = f"{share}% of them are uncertain" if self._unsure else "none is uncertain"
            lines = f"; {_ILLEGIBLE_LINES[self._lines > 1].format(self._lines)}" if self._lines else ""
            yield (
                f"{_name(self._read)} read from pictures by text recognition (OCR), and words may be wrong "
                f"({unsure}{lines})."
            )
        if self._layered:
            yield (
                f"{_name(self._layered)} read by hidden text that another program's text recognition (OCR) "
                "has put upon pictures, and words may be wrong."
            )
        for why, told in _TOLD.items():
            if why in self._unread:
                yield f"{_name(self._unread[why])} not read: {told}"

    def _try(
        self, page: Page, instead: Sequence[Word], noted: list[int] | None = None, least: int = 0
    ) -> Chosen:
        """Recognise a page, or note why that cannot be done and return the words in place of it.

        noted: where a page is noted that is read by those words.  least: letters without which it is.
        """
        made = self._recognise(page, least)
        if isinstance(made, Chosen):
            return made
        if made is _Failed.LACKING:
            self.lacks = PROGRAM
        if noted is None:
            noted = self._unread.setdefault(made, [])
        noted.append(page.number)
        return Chosen(instead)

    def _recognise(self, page: Page, least: int) -> Chosen | _Failed:
        if not self._found:
            self._found.append(find_tesseract())
        tesseract = self._found[0]
        if tesseract is None:
            return _Failed.LACKING
        if self._spent >= SECONDS_A_FILE:
            return _Failed.LATE
        begun = monotonic()
        try:
            seen = self._see(tesseract, page, begun + min(SECONDS_A_FILE - self._spent, SECONDS_A_PAGE))
        except NotRecognised:
            return _Failed.ILLEGIBLE
        finally:
            self._spent += monotonic() - begun
        words = [word for line in seen.lines if _is_legible(line) for word in line.words]
        letters = sum(len(word.text) for word in words)
        if letters < _FEWEST_LETTERS or _sureness(seen.lines) < _SURE:
            return _Failed.ILLEGIBLE
        if letters < least:
            return _Failed.LITTLE
        self._read.append(page.number)
        self._words += len(words)
        self._unsure += sum(word.sure < _SURE for word in words)
        marked = _mark_illegible(seen.lines, first=page.number == 1)
        self._lines += sum(word.text == _ILLEGIBLE for line in marked for word in line.words)
        rules = _set_rules(seen.rules, _lean(marked), seen.point)
        return Chosen(_set_words(marked, seen.point), recognised=True, rules=rules, turn=seen.turn)

    def _see(self, tesseract: Tesseract, page: Page, until: float) -> _Seen:
        seen = self._look(tesseract, page, 0, until)
        if _sureness(seen.lines) >= _SURE:
            return seen
        picture = self.second.picture(page.number - 1, page.turn, DOTS_AN_INCH)
        turn = 0 if picture is None else tesseract.find_turn(picture, until - monotonic())
        turned = self._look(tesseract, page, turn, until) if turn else seen
        return max(seen, turned, key=lambda one: _sureness(one.lines))

    def _look(self, tesseract: Tesseract, page: Page, turn: int, until: float) -> _Seen:
        picture = self.second.picture(page.number - 1, page.turn + turn, DOTS_AN_INCH)
        if picture is None:
            return _Seen(())
        left, top, right, bottom = page.box
        wide = right - left if turn in (0, 180) else bottom - top
        point = wide / picture.shape[1]
        cleaned, rules = take_rules(picture, 72 / point)
        cells = [cell for table in find_tables(rules, _NEAR / point) for cell in table]
        lines = _read(tesseract, cleaned, cells, until)
        return _Seen(lines, rules, point, turn)


def _read(tesseract: Tesseract, picture: "Drawn", cells: Sequence[Box], until: float) -> list[SeenLine]:
    """Read a picture without its rules; cells: of its tables, which are read one by one."""

    def read(part: "Drawn", *, scattered: bool) -> list[SeenLine]:
        return tesseract.read(part, until - monotonic(), scattered=scattered)

    picture = picture.copy()
    inside: list[SeenLine] = []
    for stack in stack_cells(picture, cells):
        inside.extend(stack.put_back(read(stack.picture, scattered=True), (1 + len(inside)) * _PARAGRAPHS))
    lines = read(picture, scattered=False)
    if _sureness(lines) >= _SURE:
        lines = _add_left(lines, picture, partial(read, scattered=True))
    for line in sorted(inside, key=lambda line: line.base):
        _insert(lines, line, line.base)
    return lines


def _count(words: Sequence[Word]) -> int:
    return sum(len(word.text) for word in words)


def _keep_printed(page: Page, drawn: "Drawn", bare: "Drawn") -> Sequence[Word]:
    """Return the words in whose places the page looks otherwise without its text: they are its own."""
    import numpy as np

    if drawn.shape != bare.shape:
        return page.seen
    changed = np.where(drawn > bare, drawn - bare, bare - drawn)
    return keep_visible(page.seen, changed, page.box, page.lean)


def _is_blank(drawn: "Drawn | None") -> bool:
    return drawn is None or _share_of_paper(drawn) > 1 - _BLANK_SHARE


def _is_paper(drawn: "Drawn | None") -> bool:
    return drawn is not None and _share_of_paper(drawn) >= _PAPER_SHARE


def _share_of_paper(drawn: "Drawn") -> float:
    """Return which share of a page's points is about as grey as most of it."""
    import numpy as np

    if not drawn.size:
        return 1.0
    greys = np.bincount(drawn.ravel(), minlength=256)
    usual = int(greys.argmax())
    return float(greys[max(usual - _OTHER_GREY, 0) : usual + _OTHER_GREY + 1].sum() / drawn.size)


def _sureness(lines: Sequence[SeenLine]) -> float:
    """Return how sure tesseract is of the letters of lines, on average."""
    words = [word for line in lines for word in line.words]
    letters = sum(len(word.text) for word in words)
    return sum(word.sure * len(word.text) for word in words) / letters if letters else 0.0


def _add_left(
    lines: Sequence[SeenLine], picture: "Drawn", read: Callable[..., list[SeenLine]]
) -> list[SeenLine]:
    """Return lines with the numbers and the words that stand apart, which are passed over as specks at first.

    read: reads what is left of the picture.
    """
    rest = picture.copy()
    paper = int(picture.max())
    for line in lines:
        for word in line.words:
            box = (word.left, word.top, word.right, word.bottom)
            left, top, right, bottom = (max(round(side), 0) for side in box)
            rest[max(top - _FRINGE, 0) : bottom + _FRINGE, max(left - _FRINGE, 0) : right + _FRINGE] = paper
    usual = _usual(lines)
    if (rest < paper / 2).sum() < usual:  # less ink than a stroke as high as a capital
        return list(lines)
    try:
        found = read(rest)
    except NotRecognised:
        return list(lines)
    joined = list(lines)
    for number, line in enumerate(found):
        text = " ".join(word.text for word in line.words)
        listed = text.isdecimal() or bool(skip_marker(f"{text} x"))
        height = max(word.bottom - word.top for word in line.words)
        if _sureness([line]) < _SURE or not usual / _APART < height < usual * _APART:
            continue
        if any(
            _touches(word, seen, usual / 2) for word in line.words for other in lines for seen in other.words
        ):
            # The box of a word may lie beside its ink, whose rest would be read as a sign of its own.
            continue
        if listed or len(text) > _FEW:
            # Where one sign stands tells less than where it ends.
            base, capitals = (line.words[0].bottom, usual) if listed else (line.base, line.capitals)
            placed = replace(line, base=base, capitals=capitals, paragraph=-1 - number)
            _insert(joined, placed, base - usual)
    return joined


def _touches(word: SeenWord, other: SeenWord, room: float) -> bool:
    """Tell whether two words of one height stand nearer to each other than words do.  room: in points."""
    level = word.top < other.bottom and other.top < word.bottom
    return level and word.left - other.right < room and other.left - word.right < room


def _insert(lines: list[SeenLine], line: SeenLine, height: float) -> None:
    """Put a line before the first one that stands below a height."""
    below = (place for place, other in enumerate(lines) if other.base > height)
    lines.insert(next(below, len(lines)), line)


def _usual(lines: Sequence[SeenLine]) -> float:
    """Return how high capitals are in most of the lines."""
    return _middle((line.capitals, sum(len(word.text) for word in line.words)) for line in lines)


def _mark_illegible(lines: Sequence[SeenLine], *, first: bool) -> list[SeenLine]:
    """Return lines with a mark in place of each that cannot be read; first: of the first page.

    Else the words before and after it would be read as one sentence.  One that stands alone, or is larger,
    may be a heading: what follows it must not be read under the heading before.  Above the text of the first
    page stands an emblem.
    """
    legible = {line.paragraph for line in lines if _is_legible(line)}
    usual = _usual([line for line in lines if _is_legible(line)])
    kept: list[SeenLine] = []
    for line in lines:
        if _is_legible(line):
            kept.append(line)
        elif kept or not first:
            heads = line.paragraph not in legible or line.capitals > _HEADING * usual
            mark = replace(line.words[0], text=_ILLEGIBLE, right=line.words[-1].right, sure=0.0)
            kept.append(replace(line, words=(mark,), capitals=(_LARGE if heads else 1) * usual))
    return kept


def _is_legible(line: SeenLine) -> bool:
    return _sureness([line]) >= _LINE_SURE


def _step(size: float) -> float:
    """Return a size of letters, in sizes of the text's, as one of the few that a page has."""
    if size < _HEADING:
        return 1.0 if size > 1 / _HEADING else 1 / _LARGE
    return _LARGE if size < _TITLE else _TITLE


def _set_words(lines: Sequence[SeenLine], point: float) -> list[Word]:
    """Return the words of lines in points, each on the height of its line, as if the page lay level."""
    lean = _lean(lines)
    usual = _usual(lines)
    size = max(round(_HALF_POINTS * usual * point / _CAPITALS), 1) / _HALF_POINTS
    words: list[Word] = []
    for line in lines:
        height = size * _step(line.capitals / usual)
        bottom = (line.base - lean * line.left) * point + _BELOW * height
        for number, word in enumerate(line.words):
            bullet = not number and len(line.words) > 1 and word.text in _MISREAD_BULLETS
            if not bullet and word.sure < _SURE and not any(map(str.isalnum, word.text)):
                continue  # a speck, taken for a dash or a stop
            # A wide space is taken for a line to write on.
            plain = word.text.strip("_") or word.text
            text = "•" if bullet else _MISREAD.get(plain, mend(plain))
            left, right, top = word.left * point, word.right * point, bottom - height
            words.append(Word(text, left, right, top, bottom, height, bold=False, order=len(words)))
    return words


def _set_rules(rules: Rules, lean: float, point: float) -> Rules:
    """Return rules in points, as if the page lay level."""

    def level(box: Box) -> Box:
        down = lean * box[0]
        return box[0] * point, (box[1] - down) * point, box[2] * point, (box[3] - down) * point

    return Rules(tuple(map(level, rules.across)), tuple(map(level, rules.down)))


def _lean(lines: Sequence[SeenLine]) -> float:
    return _middle((line.slope, line.right - line.left) for line in lines)


def _middle(values: Iterable[tuple[float, float]]) -> float:
    """Return the value that has as much weight below it as above it.  values: each with its weight."""
    weighed = sorted(values)
    half = sum(weight for _, weight in weighed) / 2
    for value, weight in weighed:
        half -= weight
        if half <= 0:
            return value
    return 0.0


def _name(pages: Sequence[int]) -> str:
    """Name pages as a sentence's subject: "Page 2 was", "Pages 2, 5 to 9 and 11 were"."""
    ranges: list[list[int]] = []
    for page in pages:
        if ranges and page == ranges[-1][-1] + 1:
            ranges[-1] = [ranges[-1][0], page]
        else:
            ranges.append([page, page])
    shown = [
        part
        for first, last in ranges
        for part in ([f"{first} to {last}"] if last > first + 1 else map(str, range(first, last + 1)))
    ]
    if len(shown) > _MOST_NAMED:
        shown = [*shown[: _MOST_NAMED - 1], f"{len(shown) - _MOST_NAMED + 1} more"]
    *others, last_one = shown
    named = f"{', '.join(others)} and {last_one}" if others else last_one
    return f"Pages {named} were" if len(pages) > 1 else f"Page {named} was"
