"""A measured figure, what it is compared with, and the line that tells it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median, quantiles
from time import perf_counter

_WIDTHS = (46, 14, 26, 7, 9)


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the report.

    measured, against: as people read them, with their units.  value: the number that has the limit, which
    is a ratio where there is something to compare with.  at_least: whether the limit is a lower one.
    Without a limit a figure is there to be known.
    """

    name: str
    measured: str
    against: str = ""
    value: float | None = None
    limit: float | None = None
    at_least: bool = False

    @property
    def met(self) -> bool | None:
        """Tell whether the target is met; None without a target."""
        if self.value is None or self.limit is None:
            return None
        return self.value >= self.limit if self.at_least else self.value <= self.limit

    def as_line(self) -> str:
        """Return the figure as a line of the table."""
        value = "" if self.value is None else f"{self.value:.2f}"
        target = "" if self.limit is None else f"{'>=' if self.at_least else '<='} {self.limit:g}"
        verdict = {True: "met", False: "NOT MET", None: ""}[self.met]
        cells = (self.name, self.measured, self.against, value, target)
        return (
            "  ".join(f"{cell:{width}}" for cell, width in zip(cells, _WIDTHS, strict=True)) + f"  {verdict}"
        )


HEAD = "  ".join(
    f"{cell:{width}}"
    for cell, width in zip(("", "measured", "against", "value", "target"), _WIDTHS, strict=True)
).rstrip()


def compare_times(name: str, ours: Sequence[float], theirs: Sequence[float], limit: float) -> list[Figure]:
    """Compare two series of seconds by their medians and 95th percentiles.  limit: ms, of our median."""
    made = []
    for what, pick, most in (("median", median, limit), ("95th percentile", _ninety_fifth, None)):
        mine, other = pick(ours), pick(theirs)
        made.append(Figure(f"{name}, {what}", in_ms(mine), in_ms(other), 1000 * mine, most))
    return made


def in_ms(seconds: float) -> str:
    """Write seconds as milliseconds."""
    return f"{1000 * seconds:.1f} ms"


def time_call(call: Callable[[], object]) -> float:
    """Return how many seconds a call takes."""
    began = perf_counter()
    call()
    return perf_counter() - began


def _ninety_fifth(series: Sequence[float]) -> float:
    return quantiles(series, n=20)[-1]
