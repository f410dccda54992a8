"""Text recognition (OCR) by tesseract, where it is installed: the lines of a picture, with their places."""

import os
import resource
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from selectors import EVENT_READ, DefaultSelector
from statistics import median_low
from tempfile import TemporaryFile
from time import monotonic
from typing import IO, TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    import numpy as np

    Picture = np.ndarray[tuple[int, int], np.dtype[np.uint8]]
    """Greys, one row of pixels a line."""

DOTS_AN_INCH = 300
"""What tesseract is taught with, and what its makers recommend."""
REMEDY = "Install tesseract (on Debian: apt-get install tesseract-ocr), and index again."
PROGRAM = "tesseract"
_LANGUAGES = ("eng", "cym")
"""English it must have; Welsh is taken along where its data are installed."""
_PAGE, _SCATTERED, _UPRIGHT = "3", "6", "0"
"""How tesseract looks for lines: on a whole page, on one block of it; or only which side of it is up."""
_TURNS = "osd"
"""Tesseract's data that tell which side of a page is up."""
_SECONDS_TO_BEGIN = 10.0
"""To list the languages takes a fiftieth of a second."""
_MOST_MEMORY = 1_000_000_000
"""Bytes of addresses of one tesseract: it takes 300 MB for noise on a page of A3, half of that for text."""
_MOST_OUTPUT = 20_000_000
"""Bytes: a page set as full as can be (20,000 words) comes to a tenth."""
_PASSED_ON = ("HOME", "LANG", "LD_LIBRARY_PATH", "PATH", "TESSDATA_PREFIX")
"""Of the environment: what opens pictures by strangers gets no tokens and no keys."""
_CHUNK = 1 << 16
_TALL = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZbdfhkl0123456789")
"""Letters as high as capitals."""
_FEWEST_TELLING = 3
"""Letters of a word that is wider than high."""
_CAPITALS_SHARE = 0.75
"""Of what tesseract tells of a line's height, which is right to a sixth only."""


class NotRecognised(Exception):
    """Tesseract gave nothing that can be used."""


@dataclass(frozen=True, slots=True)
class SeenWord:
    """A word of a picture, with its place in pixels; sure: from 0 to 1, by tesseract."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    sure: float


@dataclass(frozen=True, slots=True)
class SeenLine:
    """A line of a picture, in pixels from its upper left corner.

    base: where the letters stand at the line's left end; slope: by how much it falls for each pixel to the
    right.  capitals: how high they are.  paragraph: the same number for lines of one paragraph.
    """

    words: tuple[SeenWord, ...]
    left: float
    right: float
    base: float
    slope: float
    capitals: float
    paragraph: int


@dataclass(frozen=True, slots=True)
class Tesseract:
    """The program, and what it can do here.  languages: as its option has them.

    turns: whether it can tell which side of a page is up.
    """

    program: str
    languages: str
    turns: bool

    def read(self, picture: "Picture", seconds: float, *, scattered: bool = False) -> list[SeenLine]:
        """Read a picture, its lines in the order in which tesseract reads them.

        scattered: where single letters and numbers are words too, which a page of text has as specks.
        Raises NotRecognised where it fails, takes longer, or gives what is not in its form.
        """
        mode = _SCATTERED if scattered else _PAGE
        return list(_parse(self._run(picture, seconds, "--psm", mode, "-l", self.languages, "hocr")))

    def find_turn(self, picture: "Picture", seconds: float) -> int:
        """Return by how many degrees clockwise a picture is to be turned to stand upright; 0 if in doubt."""
        if not self.turns:
            return 0
        try:
            told = self._run(picture, seconds, "--psm", _UPRIGHT, "-l", _TURNS).decode("ascii", "replace")
        except NotRecognised:
            return 0  # It says nothing of a page with few letters.
        turns = [line.partition(":")[2].strip() for line in told.splitlines() if line.startswith("Rotate:")]
        return int(turns[0]) if turns and turns[0] in ("90", "180", "270") else 0

    def _run(self, picture: "Picture", seconds: float, *options: str) -> bytes:
        height, width = picture.shape
        with TemporaryFile(prefix="askpcc-page-") as file:
            file.write(b"P5 %d %d 255\n" % (width, height))
            file.write(picture.tobytes())
            file.seek(0)
            command = [self.program, "stdin", "stdout", "--dpi", str(DOTS_AN_INCH), *options]
            return _run(command, file.fileno(), seconds)


def find_tesseract() -> Tesseract | None:
    """Find tesseract on the path; None where it is not, or has not learned English."""
    program = shutil.which(PROGRAM)
    if program is None:
        return None
    try:
        told = _run([program, "--list-langs"], subprocess.DEVNULL, _SECONDS_TO_BEGIN)
    except NotRecognised:
        return None
    held = set(told.decode("utf-8", "replace").split())
    languages = [language for language in _LANGUAGES if language in held]
    if _LANGUAGES[0] not in languages:
        return None
    return Tesseract(program, "+".join(languages), _TURNS in held)


def _run(command: Sequence[str], given: int, seconds: float) -> bytes:
    """Return what a command writes; where it fails or takes longer, end all that it has started."""
    until = monotonic() + seconds
    passed = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    try:
        started = subprocess.Popen(  # noqa: S603 - a program of this machine, with options that are ours
            command,
            stdin=given,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            # On one core: several take three times as long where others work beside them.
            env={**passed, "OMP_THREAD_LIMIT": "1"},
        )
    except OSError as exc:
        raise NotRecognised(str(exc)) from exc
    with started:
        try:
            _limit_memory(started.pid)
            written = _collect(started, started.stdout, until) if started.stdout else b""
            status = started.wait(max(until - monotonic(), 0.0))
        except subprocess.TimeoutExpired as exc:
            _end(started)
            raise NotRecognised("it takes too long") from exc
        except BaseException:
            _end(started)
            raise
    if status:
        raise NotRecognised(f"it ended with {status}")
    return written


def _end(started: "subprocess.Popen[bytes]") -> None:
    try:
        os.killpg(started.pid, 9)
    except ProcessLookupError:
        return  # It has ended by itself, with all of its own.


def _limit_memory(process: int) -> None:
    # From outside, since nothing but the program may run between the two halves of a start beside threads.
    if hasattr(resource, "prlimit"):
        try:
            resource.prlimit(process, resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
        except (ProcessLookupError, PermissionError, ValueError):
            return  # It has ended, or is bound more tightly than that.


def _collect(started: "subprocess.Popen[bytes]", pipe: IO[bytes], until: float) -> bytes:
    """Return what a program writes until it ends; raises NotRecognised for too much, TimeoutExpired."""
    parts: list[bytes] = []
    length = 0
    with DefaultSelector() as selector:
        selector.register(pipe, EVENT_READ)
        while True:
            left = until - monotonic()
            if left <= 0 or not selector.select(left):
                raise subprocess.TimeoutExpired(started.args, left)
            part = os.read(pipe.fileno(), _CHUNK)
            if not part:
                return b"".join(parts)
            parts.append(part)
            length += len(part)
            if length > _MOST_OUTPUT:
                raise NotRecognised("it writes without end")


def _parse(written: bytes) -> Iterator[SeenLine]:
    """Yield the lines of a page in hOCR, the form in which tesseract tells sizes, slopes and paragraphs."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        page = etree.fromstring(written, parser)
    except (etree.XMLSyntaxError, ValueError) as exc:
        raise NotRecognised("what it writes is not in its form") from exc
    paragraphs: dict[object, int] = {}
    for line in page.iter("{*}span"):
        words = tuple(_words(line))
        told = _tell(line)
        box, size = told.get("bbox", ()), told.get("x_size", ())
        if not words or len(box) != 4 or not size:  # noqa: PLR2004 - the sides of a box
            continue
        left, top, right, bottom = box
        # Of a line that stands on its side the words lie one above the other.
        on_side = bottom - top > right - left and max(len(word.text) for word in words) >= _FEWEST_TELLING
        if on_side or "textangle" in told:
            continue
        slope, off = (*told.get("baseline", ()), 0.0, 0.0)[:2]
        heights = [
            bottom + off + slope * (word.left - left) - word.top for word in words if _TALL & set(word.text)
        ]
        # A speck makes words higher, and no lower; one word alone is not believed to be higher than its line.
        capitals = median_low(heights) if heights else size[0] * _CAPITALS_SHARE
        capitals = min(capitals, size[0] * _CAPITALS_SHARE) if len(heights) == 1 else capitals
        number = paragraphs.setdefault(line.getparent(), len(paragraphs))
        yield SeenLine(words, left, right, bottom + off, slope, max(capitals, 1.0), number)


def _words(line: etree._Element) -> Iterator[SeenWord]:
    for word in line.iterfind("{*}span"):
        told, text = _tell(word), "".join("".join(word.itertext()).split())
        box, sure = told.get("bbox", ()), told.get("x_wconf", ())
        if word.get("class") == "ocrx_word" and text and len(box) == 4 and sure:  # noqa: PLR2004 - its sides
            yield SeenWord(text, *box, min(max(sure[0] / 100, 0.0), 1.0))


def _tell(element: etree._Element) -> dict[str, tuple[float, ...]]:
    """Return the numbers that an element of hOCR has in its title, by their names."""
    told: dict[str, tuple[float, ...]] = {}
    for part in (element.get("title") or "").split(";"):
        name, *values = part.split()[:5] or [""]
        try:
            numbers = tuple(map(float, values))
        except ValueError:
            continue
        if all(abs(number) < _MOST_OUTPUT for number in numbers):
            told[name] = numbers
    return told
