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
