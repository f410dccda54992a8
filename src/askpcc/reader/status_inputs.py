"""What the encoder is shown of a sentence that may say what has become of a matter."""

from collections.abc import Sequence

from askpcc.model import ReaderInput, Task

_LONGEST = 200
"""Characters of a lead-in or of the sentence before; the encoder sees some twenty words of them."""


def status_input(matter: str, sentence: str, around: str) -> ReaderInput:
    """Ask what a sentence says has become of a matter; "" where only the sentence tells which."""
    return ReaderInput(Task.STATUS, matter, sentence, around)


def write_around(lead: str, titles: Sequence[str], before: str) -> str:
    """Return what a sentence stands under: its lead-in, or the sentence before, after the nearest heading."""
    title = titles[-1] if titles else ""
    return f"{title} · {(lead or before)[-_LONGEST:]}".strip(" ·")
