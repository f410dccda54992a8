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


def without_statuses(typed: str) -> str:
    """Return a question without the words by which it asks for statuses."""
    patterns = load_patterns("asked_statuses")
    for name in _STATUSES:
        typed = patterns[name].sub(" ", typed)
    return typed


def supposes_all(typed: str) -> bool:
    """Tell whether a question takes it that everything is done ("so all of them are complete, right?")."""
    patterns = load_patterns("asked_statuses")
    return bool(patterns["all"].search(typed) and patterns["done"].search(typed))


def counts_by_status(typed: str) -> bool:
    """Tell whether a question counts recommendations or the like by status, and not something else.

    The status stands before the matters ("open recs") or is linked to them ("recs are open"); one in a
    title ("recs in the closed doors report") or of other things ("permits were open") is none.
    """
    patterns = load_patterns("asked_statuses")
    counted = patterns["counted"].search(typed)
    if counted is None:
        return False
    before, after = typed[: counted.start()], typed[counted.end() :]
    if any(patterns[name].search(" ".join(before.split()[-2:])) for name in _STATUSES):
        return True
    found = [match for name in _STATUSES if (match := patterns[name].search(after))]
    between = [after[: match.start()] for match in found]
    return any(len(words.split()) <= 1 or patterns["links"].search(words) for words in between)


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
