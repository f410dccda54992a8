"""Health and counts, for monitoring."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
)
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from askpcc.errors import AskpccError, IndexMissing
from askpcc.rendering.logs import EventLog

_LOG = EventLog("slack.health")
_LABEL = re.compile(r"[a-z][a-z_]{0,30}")
_OTHER = "other"
_SECONDS = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0, 60.0, 120.0, 300.0)
_WELL, _ILL = 200, 503
_Value = TypeVar("_Value")


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


@dataclass(frozen=True, slots=True)
class Probes:
    """What tells whether the bot is well; each is asked when somebody looks.

    connected: a socket is open, or requests are served.  index_version: of what is indexed.  waiting: how
    many inquiries wait.  workers_alive: how many of the workers run.  workers: how many should.
    """

    connected: Callable[[], bool]
    index_version: Callable[[], str]
    waiting: Callable[[], int]
    workers_alive: Callable[[], int]
    workers: int


@dataclass(frozen=True, slots=True)
class Health:
    """How the bot is.  reasons: why it is not well.  index, waiting: None where they cannot be read."""

    connected: bool
    index: str | None
    waiting: int | None
    workers: int
    reasons: tuple[str, ...] = ()

    @property
    def is_well(self) -> bool:
        """Tell whether nothing is wrong."""
        return not self.reasons

    def as_json(self) -> dict[str, object]:
        """Return it as an object."""
        return {
            "ok": self.is_well,
            "connected": self.connected,
            "index": self.index,
            "waiting": self.waiting,
            "workers": self.workers,
            "reasons": list(self.reasons),
        }


def read_health(probes: Probes) -> Health:
    """Ask all probes; one that cannot be read is a reason."""
    reasons: list[str] = []
    connected, workers = probes.connected(), probes.workers_alive()
    if not connected:
        reasons.append("Slack is not connected.")
    index = _read(probes.index_version, "the index", reasons)
    waiting = _read(probes.waiting, "the ledger", reasons)
    if workers < probes.workers:
        reasons.append(f"{workers} of {probes.workers} workers run.")
    return Health(connected, index, waiting, workers, tuple(reasons))


def build_health_asgi(probes: Probes, metrics: Metrics) -> Starlette:
    """Build what serves GET /healthz (200, or 503 with the reasons) and GET /metrics."""

    def show_health(_: Request) -> Response:
        health = read_health(probes)
        return JSONResponse(health.as_json(), _WELL if health.is_well else _ILL)

    def show_metrics(_: Request) -> Response:
        return Response(metrics.read(), media_type=CONTENT_TYPE_LATEST)

    app = Starlette(routes=[Route("/healthz", show_health), Route("/metrics", show_metrics)])
    app.router.redirect_slashes = False
    return app


def _read(look: Callable[[], _Value], what: str, reasons: list[str]) -> _Value | None:
    try:
        return look()
    except IndexMissing:
        reasons.append("There is no index yet.")
    except AskpccError as exc:
        reasons.append(f"{what.capitalize()} cannot be read ({type(exc).__name__}).")
        _LOG.failure("not_well", exc)
    return None
