"""Which statuses a question asks for: what is open, what is done, what was refused."""

from askpcc.language.patterns import load_patterns
from askpcc.model import Status

OPEN = frozenset({Status.IN_PROGRESS, Status.PLANNED, Status.ACCEPTED, Status.UNDER_CONSIDERATION})
DONE = frozenset({Status.COMPLETE, Status.CLOSED})
REFUSED = frozenset({Status.NOT_ACCEPTED})

_STATUSES = {"open": OPEN, "refused": REFUSED, "done": DONE}


def read_asked_statuses(typed: str) -> frozenset[Status]:
    """Return the statuses that a question asks for; none when it names none."""
    patterns = load_patterns("asked_statuses")
    return next((_STATUSES[name] for name in _STATUSES if patterns[name].search(typed)), frozenset())


def supposes_all(typed: str) -> bool:
    """Tell whether a question takes it that everything is done ("so all of them are complete, right?")."""
    patterns = load_patterns("asked_statuses")
    return bool(patterns["all"].search(typed) and patterns["done"].search(typed))


def asks_forecast(typed: str) -> bool:
    """Tell whether a question asks if a date will be kept ("will it be finished in time")."""
    return bool(load_patterns("asked_statuses")["forecast"].search(typed))


def asks_change(typed: str) -> bool:
    """Tell whether a question asks what is different now ("do they check it quicker now")."""
    return bool(load_patterns("asked_statuses")["change"].search(typed))


def read_premise(typed: str) -> frozenset[Status]:
    """Return the statuses that a question takes for granted ("why did they reject it"); none for most."""
    supposes = load_patterns("asked_statuses")["premise"].search(typed)
    return read_asked_statuses(typed) if supposes else frozenset()
