"""Whether the bot is well, and what it counts, for this machine alone."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from prometheus_client import CONTENT_TYPE_LATEST
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from askpcc.errors import AskpccError, IndexMissing
from askpcc.rendering.logs import EventLog
from askpcc.surfaces.slack.metrics import Metrics

_WELL = 200
_ILL = 503
_LOG = EventLog("slack.health")
_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Signs:
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


def read_health(signs: Signs) -> Health:
    """Look at all signs; one that cannot be read is a reason."""
    reasons: list[str] = []
    connected, workers = signs.connected(), signs.workers_alive()
    if not connected:
        reasons.append("Slack is not connected.")
    index = _read(signs.index_version, "the index", reasons)
    waiting = _read(signs.waiting, "the ledger", reasons)
    if workers < signs.workers:
        reasons.append(f"{workers} of {signs.workers} workers run.")
    return Health(connected, index, waiting, workers, tuple(reasons))


def build_health_asgi(signs: Signs, metrics: Metrics) -> Starlette:
    """Build what serves GET /healthz (200, or 503 with the reasons) and GET /metrics."""

    def tell_health(_: Request) -> Response:
        health = read_health(signs)
        return JSONResponse(health.as_json(), _WELL if health.is_well else _ILL)

    def tell_metrics(_: Request) -> Response:
        return Response(metrics.read(), media_type=CONTENT_TYPE_LATEST)

    app = Starlette(routes=[Route("/healthz", tell_health), Route("/metrics", tell_metrics)])
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
