"""Counts of what the bot does, for a monitoring system; nobody's name or words are in them."""

import re
from collections.abc import Callable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from askpcc.errors import AskpccError

_LABEL = re.compile(r"[a-z][a-z_]{0,30}")
_OTHER = "other"
_SECONDS = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0, 60.0, 120.0, 300.0)


class Metrics:
    """Counts, in a registry of its own.  waiting: how many inquiries wait, asked when the counts are read.

    A label is a word of the code's own; what looks like anything else is counted as "other".
    Safe in several threads.
    """

    def __init__(self, waiting: Callable[[], int]) -> None:
        registry = self._registry = CollectorRegistry()
        self._taken = Counter("askpcc_questions", "What came in.", ["result"], registry=registry)
        self._answers = Histogram(
            "askpcc_answer_seconds", "From question to answer.", ["kind"], buckets=_SECONDS, registry=registry
        )
        self._posts = Counter("askpcc_posts", "Messages, by the way they went.", ["way"], registry=registry)
        self._refusals = Counter("askpcc_refusals", "Who may not ask.", ["kind"], registry=registry)
        self._votes = Counter("askpcc_votes", "What people think of answers.", ["opinion"], registry=registry)
        gauge = Gauge("askpcc_waiting", "Questions that wait; NaN where that is unknown.", registry=registry)
        gauge.set_function(lambda: _count(waiting))

    def took(self, result: str) -> None:
        """Count something that came in, by what became of it."""
        self._taken.labels(_word(result)).inc()

    def answered(self, kind: str, seconds: float) -> None:
        """Count an answer, and how long its asker waited."""
        self._answers.labels(_word(kind)).observe(seconds)

    def posted(self, way: str) -> None:
        """Count a message, by "stream", "update", "post", "plain" or "ephemeral"."""
        self._posts.labels(_word(way)).inc()

    def refused(self, kind: str) -> None:
        """Count somebody who may not ask."""
        self._refusals.labels(_word(kind)).inc()

    def voted(self, opinion: str) -> None:
        """Count what somebody thinks of an answer."""
        self._votes.labels(_word(opinion)).inc()

    def read(self) -> bytes:
        """Return all counts in Prometheus's text format."""
        return generate_latest(self._registry)


def _word(label: str) -> str:
    return str(label) if _LABEL.fullmatch(label) else _OTHER


def _count(waiting: Callable[[], int]) -> float:
    try:
        return float(waiting())
    except AskpccError:
        return float("nan")
