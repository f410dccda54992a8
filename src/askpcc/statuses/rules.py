"""The words by which responses say what has become of a matter, as data (``data/statuses.toml``)."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from askpcc.model import Status

Pattern = re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Rule:
    """Cues that give a clause a status.

    where: in which places the cues are trusted.  negates: the cue holds its own negation, so that none
    is looked for.  anybody: it holds whoever the clause is about.  yes, no: example sentences.
    """

    name: str
    status: Status
    where: str
    cues: Pattern
    yes: tuple[str, ...]
    no: tuple[str, ...]
    negates: bool = False
    anybody: bool = False


@dataclass(frozen=True, slots=True)
class StatusRules:
    """All rules, what takes a clause's word away, and whom a clause can be about, each by name.

    cells, colours, columns: what stands in a tracker's status column and at the head of its columns.
    """

    rules: tuple[Rule, ...]
    guards: Mapping[str, Pattern]
    subjects: Mapping[str, Pattern]
    words: Mapping[str, Pattern]
    cells: Mapping[str, Pattern]
    colours: Mapping[str, Pattern]
    columns: Mapping[str, Pattern]


@lru_cache(maxsize=1)
def load_rules() -> StatusRules:
    """Read the rules of the package."""
    data = tomllib.loads((files("askpcc") / "data" / "statuses.toml").read_text("utf-8"))
    words = {name: f"(?:{'|'.join(listed)})" for name, listed in data["words"].items()}
    return StatusRules(
        rules=tuple(_read_rule(rule, words) for rule in data["rule"]),
        guards={name: _compile(listed, words) for name, listed in data["guards"].items()},
        subjects={name: _compile(listed, words) for name, listed in data["subjects"].items()},
        words={name: _compile([alternatives], words) for name, alternatives in words.items()},
        cells={name: _compile(listed, words) for name, listed in data["cells"].items()},
        colours={name: _compile(listed, words) for name, listed in data["colours"].items()},
        columns={name: _compile(listed, words) for name, listed in data["columns"].items()},
    )


def _read_rule(rule: dict[str, object], words: Mapping[str, str]) -> Rule:
    return Rule(
        name=str(rule["name"]),
        status=Status(rule["status"]),
        where=str(rule["where"]),
        cues=_compile(_strings(rule["cues"]), words),
        yes=tuple(_strings(rule["yes"])),
        no=tuple(_strings(rule["no"])),
        negates=bool(rule.get("negates")),
        anybody=bool(rule.get("anybody")),
    )


def _strings(value: object) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list) else []


def _compile(alternatives: list[str], words: Mapping[str, str]) -> Pattern:
    joined = "|".join(alternatives)
    for name, listed in words.items():
        joined = joined.replace(f"{{{name}}}", listed)
    return re.compile(rf"(?<![\w.])(?:{joined})(?!\w)", re.IGNORECASE)
