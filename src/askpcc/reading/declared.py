"""Facts that the front matter of a file states; they win over what is read from its text."""

import re
from collections.abc import Callable, Iterator, Mapping

from askpcc.errors import BadDocument
from askpcc.language.dates import parse_date
from askpcc.language.forces import ForceTable
from askpcc.model import Fact, FactName, Span
from askpcc.reading.source_kinds import SOURCE_KINDS

_ALIASES: Mapping[str, FactName] = {
    "title of inspection": FactName.TITLE,
    "report": FactName.TITLE,
    "police force": FactName.FORCE,
    "kind": FactName.REPORT_KIND,
    "report type": FactName.REPORT_KIND,
    "type of inspection": FactName.REPORT_KIND,
    "date published": FactName.PUBLISHED,
    "date inspection published": FactName.PUBLISHED,
    "report published": FactName.PUBLISHED,
    "published on": FactName.PUBLISHED,
    "due": FactName.DEADLINE,
    "response due": FactName.DEADLINE,
    "deadline for response": FactName.DEADLINE,
    "date": FactName.RESPONDED,
    "response date": FactName.RESPONDED,
    "date of response": FactName.RESPONDED,
    "date response sent": FactName.RESPONDED,
    "responded on": FactName.RESPONDED,
    "signed by": FactName.AUTHOR,
    "kind of source": FactName.SOURCE_KIND,
    **{name.value.replace("_", " "): name for name in FactName},
}
_YES_NO = {"yes": "yes", "y": "yes", "true": "yes", "no": "no", "n": "no", "false": "no"}
_DAYS = re.compile(r"\d{1,3}(?: working)? days")
_DATE_REMEDY = "Write it as 2023-06-06 or 6 June 2023."


def read_declared(path: str, declared: Mapping[str, tuple[str, Span]], forces: ForceTable) -> Iterator[Fact]:
    """Read the facts among the front matter's keys; keys that name no fact are left alone.

    Raises BadDocument with the key and a remedy where a value cannot be one of its kind.
    """
    for key, (value, span) in declared.items():
        name = _ALIASES.get(re.sub(r"[\s_-]+", " ", key.lower()).strip())
        if name is not None:
            yield Fact(name, _read_value(path, key, value, _readers(forces)[name]), span)


def _readers(forces: ForceTable) -> Mapping[FactName, tuple[Callable[[str], str | None], str]]:
    """Return for each fact how its value is read, and what to write where it cannot be."""
    date = (parse_date, _DATE_REMEDY)
    answer = (lambda value: _YES_NO.get(value.lower()), "Write yes or no.")
    words = (lambda value: " ".join(value.split()) or None, "Write it in words.")
    return {
        **dict.fromkeys(FactName, words),
        FactName.FORCE: (lambda value: _read_force(value, forces), "Write the force's full name."),
        FactName.PUBLISHED: date,
        FactName.RESPONDED: date,
        FactName.DEADLINE: (_read_deadline, f"{_DATE_REMEDY[:-1]}, or as 56 days."),
        FactName.SOURCE_KIND: (_read_source_kind, f"Write one of: {', '.join(SOURCE_KINDS)}."),
        **dict.fromkeys((FactName.NATIONAL, FactName.LOCAL, FactName.SPECIFIC, FactName.QUOTED), answer),
    }


def _read_value(path: str, key: str, value: str, reader: tuple[Callable[[str], str | None], str]) -> str:
    read, remedy = reader
    found = read(value.strip())
    if found is None:
        raise BadDocument(path, f"Its front matter cannot have '{key}: {value}'.", remedy)
    return found


def _read_force(value: str, forces: ForceTable) -> str | None:
    known = forces.named(value)
    unknown = " ".join(value.split()) if re.match(r"[A-Z][\w'\u2019-]+", value) else None
    return known.name if known else unknown


def _read_deadline(value: str) -> str | None:
    return value.lower() if _DAYS.fullmatch(value.lower()) else parse_date(value)


def _read_source_kind(value: str) -> str | None:
    kind = " ".join(re.split(r"[\s_-]+", value.lower()))
    return kind if kind in SOURCE_KINDS else None
