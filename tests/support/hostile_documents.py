"""Hostile documents of every format that is read: the same seed makes the same bytes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from random import Random

from askpcc.readers import SUPPORTED_SUFFIXES
from support.hostile_archives import make_docx, make_odt, make_xlsx
from support.hostile_pdf import make_pdf
from support.hostile_texts import (
    make_csv,
    make_html,
    make_mail,
    make_markdown,
    make_rtf,
    make_text,
)

Make = Callable[[Random, int], bytes]
SMALL, LARGE = 200, 2_000
"""Pieces of which a document is drawn: for tests, and for the bench with words of 100,000 letters."""
_ENCODINGS = (
    "utf-8",
    "utf-8",
    "utf-8",
    "utf-8",
    "utf-8-sig",
    "utf-16",
    "utf-16-be",
    "utf-32",
    "cp1252",
    "shift_jis",
    "utf-7",
)


@dataclass(frozen=True, slots=True)
class HostileDocument:
    """A file that is to be read or refused.  made: as what it was drawn; done: what was done to its bytes."""

    path: str
    data: bytes
    made: str
    done: str

    @property
    def suffix(self) -> str:
        """Return the suffix by which it is read."""
        return PurePosixPath(self.path).suffix


def _encoded(make: Callable[[Random, int], str]) -> Make:
    """Return what writes a text in an encoding that its bytes need not name."""

    def encode(rng: Random, most: int) -> bytes:
        text = make(rng, most)
        encoding = rng.choice(_ENCODINGS)
        handler = "surrogatepass" if encoding.startswith(("utf-8", "utf-16")) else "replace"
        return text.encode(encoding, handler)

    return encode


MAKERS: Mapping[str, Make] = {
    ".md": _encoded(make_markdown),
    ".markdown": _encoded(make_markdown),
    ".txt": _encoded(make_text),
    ".html": _encoded(make_html),
    ".htm": _encoded(make_html),
    ".docx": make_docx,
    ".pdf": make_pdf,
    ".xlsx": make_xlsx,
    ".csv": _encoded(make_csv),
    ".odt": make_odt,
    ".rtf": _encoded(make_rtf),
    ".eml": make_mail,
}
"""What draws a file of a suffix; a format that is read and has no line here gets the bytes of others."""
_SWAPPED = 0.04
"""Share of the files that have another format's suffix."""


def draw_document(seed: int, most: int = SMALL) -> HostileDocument:
    """Return the document of a seed.  most: pieces; see SMALL and LARGE."""
    rng = Random(seed)  # noqa: S311 - drawn by a seed, so that a document can be drawn again
    suffix = rng.choice(sorted(SUPPORTED_SUFFIXES))
    made = suffix if suffix in MAKERS and rng.random() >= _SWAPPED else rng.choice(sorted(MAKERS))
    data = MAKERS[made](rng, most)
    done, damage = rng.choice(_DAMAGES)
    return HostileDocument(f"hostile-{seed}{suffix}", damage(rng, data), made, done)


def _cut(rng: Random, data: bytes) -> bytes:
    return data[: rng.randint(0, len(data))]


def _flip(rng: Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(min(len(changed), rng.choice([1, 5, 50]))):
        changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed)


def _insert(rng: Random, data: bytes) -> bytes:
    place = rng.randint(0, len(data))
    return data[:place] + rng.choice([bytes(50), b"\xff\xfe", rng.randbytes(30), b"\r" * 50]) + data[place:]


def _lose(rng: Random, data: bytes) -> bytes:
    start = rng.randint(0, len(data))
    return data[:start] + data[start + rng.randint(0, 500) :]


def _double(_: Random, data: bytes) -> bytes:
    return data + data


def _leave(_: Random, data: bytes) -> bytes:
    return data


_DAMAGES: tuple[tuple[str, Callable[[Random, bytes], bytes]], ...] = (
    *(("left whole", _leave),) * 6,
    ("cut off", _cut),
    ("bytes changed", _flip),
    ("bytes put in", _insert),
    ("bytes lost", _lose),
    ("twice", _double),
)
