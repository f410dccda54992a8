"""How old what an answer rests on is, in words."""

from datetime import datetime

from askpcc.language.dates import show_date
from askpcc.library import Freshness

_UNITS = (("day", 86_400), ("hour", 3_600), ("minute", 60))


def say_freshness(freshness: Freshness) -> str:
    """Say when the index was built and how many documents it holds."""
    return f"{_say_when(freshness)}, {_count(freshness.documents, 'document')}."


def say_freshness_at(freshness: Freshness, at: datetime) -> str:
    """Say the same, and how long before a moment that was."""
    if freshness.built_at is None or freshness.built_at > at:
        return say_freshness(freshness)
    age = say_duration((at - freshness.built_at).total_seconds())
    return f"{_say_when(freshness)} ({age} before this answer), {_count(freshness.documents, 'document')}."


def _say_when(freshness: Freshness) -> str:
    built = freshness.built_at
    if built is None:
        return "Index of unknown age"
    return f"Index built on {show_date(built.date().isoformat())} at {built:%H:%M} UTC"


def say_duration(seconds: float) -> str:
    """Say how long something took, in the largest unit that fits: "2 days", "1 hour"."""
    for name, length in _UNITS:
        if seconds >= length:
            return _count(int(seconds // length), name)
    return "less than a minute"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
