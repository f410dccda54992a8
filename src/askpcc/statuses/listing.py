"""The matters that one sentence names in a list, each by itself."""

import re

from askpcc.model import Status
from askpcc.statuses.name_words import names_nothing, shorten, until_stop
from askpcc.statuses.places import Reading
from askpcc.statuses.rules import load_rules

_TO_DO = re.compile(r"\bto\s+(?!be\b)[a-z]+\s+(?P<object>.+)$", re.IGNORECASE)
_AND_TO_DO = re.compile(
    r"\s+and\s+(?:to\s+)?(?!the\b|its\b|their\b|our\b|an?\b)[a-z]+\s+"
    r"(?=(?:the|its|their|our|an?|how|all|more|better|every)\b)"
)
_LISTED = re.compile(r":\s+(?P<list>[^.;:]+)")
_LIST_JOINT = re.compile(r",?\s+and\s+(?:then\s+)?|,\s+(?=[A-Z])")
_THING = re.compile(r"(?:an?|the|its|our|their|new|\d+)\s", re.IGNORECASE)
_THING_JOINT = re.compile(
    r",?\s+and\s+(?=(?:an?|the|its|our|their)\s)|,\s+(?=(?:an?|the|its|our|their)\s)", re.IGNORECASE
)
_COUNTED_THINGS = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|several|\d+|the following|these) (?:[\w-]+ ){0,2}?"
    r"(?:things|steps|measures|actions|changes|improvements|pieces|projects|strands|areas|matters|items)\b",
    re.IGNORECASE,
)


def name_listed(sentence: str, reading: Reading) -> tuple[str, ...]:
    """Return what a list after a colon names: "discharged from two areas: A in January, and then B"."""
    listed = _LISTED.search(sentence[reading.cue.end :])
    if not listed:
        return ()
    if reading.status is Status.CLOSED:
        parts = _LIST_JOINT.split(listed["list"])
    else:
        counted = _COUNTED_THINGS.search(sentence[: reading.cue.end + listed.start()])
        parts = _THING_JOINT.split(listed["list"]) if counted and _THING.match(listed["list"]) else []
    return tuple(name for part in parts if (name := shorten(part)))


def name_done(sentence: str, reading: Reading) -> tuple[str, ...]:
    """Return each object of "has rewritten A, fitted B and appointed C"; none of a single one."""
    lists = load_rules().words
    if reading.status is not Status.COMPLETE or " been " in f" {reading.cue.of(sentence)} ":
        return ()
    joint = r"(?:,\s+(?:and\s+)?|\s+and\s+)(?:\w+ly\s+|also\s+)?"
    again = rf"{joint}{lists['done']}\s+(?!{lists['no_object']}\b)(?=\w)"
    rest = re.split(r"[;:]|\.\s", sentence[reading.cue.end :])[0]
    parts = re.split(again, rest, flags=re.IGNORECASE)
    names = tuple(name for part in parts if (name := shorten(part)) and not names_nothing(name))
    return names if len(parts) > 1 and len(names) == len(parts) else ()


def name_work(sentence: str, reading: Reading) -> tuple[str, ...]:
    """Return what work is under way to do: each object of "work underway to improve A and broaden B"."""
    speaks_of_work = re.search(r"\bwork\b", sentence[: reading.cue.end], re.IGNORECASE)
    if reading.status is not Status.IN_PROGRESS or not speaks_of_work:
        return ()
    purpose = _TO_DO.search(until_stop(sentence[reading.cue.end :]))
    parts = _AND_TO_DO.split(purpose["object"]) if purpose else []
    return tuple(name for part in parts if (name := shorten(part)))
