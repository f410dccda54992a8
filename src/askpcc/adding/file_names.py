"""Names for files in the corpus: readable, plain, and unable to lead out of it."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from askpcc.errors import CorpusError

MAX_NAME = 80
ROOM_FOR_NUMBER = len("-999")
# Names that Windows keeps for devices, whatever their suffix.
DEVICES = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}
)
FORBIDDEN = re.compile(r'[\x00-\x1f\x7f\\:*?"<>|]')


def slug_of(words: str) -> str:
    """Reduce words to lower-case ASCII letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode("ascii").lower()
    return re.sub(r"[^a-z0-9]+", "-", re.sub(r"['`]", "", plain)).strip("-")


def pick_name(candidates: Iterable[str], suffix: str) -> str:
    """Make a file name, at most 80 characters, of the first candidate that leaves any letters."""
    room = MAX_NAME - len(suffix) - ROOM_FOR_NUMBER
    slugs = (_shortened(slug_of(words), room) for words in candidates)
    stem = next((slug for slug in slugs if slug), "response")
    return (f"response-{stem}" if stem in DEVICES else stem) + suffix


def numbered(name: str) -> Iterator[str]:
    """Yield the name, then the name with -2, -3 and so on before its suffix."""
    yield name
    path = PurePosixPath(name)
    for number in range(2, 1000):
        yield f"{path.stem}-{number}{path.suffix}"


def chosen_name(name: str, suffix: str) -> str:
    """Check a path below the corpus that a person chose, and give it the suffix of its format."""
    parts = name.strip().split("/")
    if not all(map(_is_safe, parts)):
        raise CorpusError(
            f"{name!r} cannot be the name of a file in the corpus. Use letters, digits, spaces and hyphens, "
            "and '/' only between folders."
        )
    joined = "/".join(parts)
    return joined if joined.lower().endswith(suffix) else joined + suffix


def _is_safe(part: str) -> bool:
    plain = part == part.strip() and not part.startswith(".") and not part.endswith(".")
    return (
        0 < len(part.encode("utf-8", "replace")) <= MAX_NAME
        and plain
        and part.isprintable()
        and not FORBIDDEN.search(part)
        and part.partition(".")[0].lower() not in DEVICES
    )


def _shortened(slug: str, room: int) -> str:
    if len(slug) <= room:
        return slug
    return slug[: room + 1].rpartition("-")[0] or slug[:room]
