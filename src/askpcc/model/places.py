"""Places in a stored text, and the name of a version."""

from bisect import bisect_right
from dataclasses import dataclass
from hashlib import sha256

_VERSION_DIGITS = 16


def version_of(text: str) -> str:
    """Name a version of a document after its stored text."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_VERSION_DIGITS]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a stored text, in characters: start included, end excluded."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}:{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """Return the words at this place of a text."""
        return text[self.start : self.end]

    def overlaps(self, other: "Span") -> bool:
        """Tell whether the two share at least one character."""
        return self.start < other.end and other.start < self.end


def page_of(page_starts: tuple[int, ...], offset: int) -> int | None:
    """Return the page, from 1, that holds an offset; None where a document has no pages."""
    return bisect_right(page_starts, offset) or None
