"""The words by which responses say what has become of a matter, as data (``data/statuses.toml``)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from askpcc.language.patterns import load_data
from askpcc.model import Status

Pattern = re.Pattern[str]

_DEEPEST = 4
"""How often a list of words may hold the name of another one, which holds the name of another one."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Cues that give a clause a status.

    where: in which places the cues are trusted.  negates: the cue holds its own negation, so that none
    is looked for.  anybody: it holds whoever the clause is about.  weak: it counts for nothing beside
    another status.  yes, no: example sentences.
    """

    name: str
    status: Status
    where: str
    cues: Pattern
    yes: tuple[str, ...]
    no: tuple[str, ...]
    negates: bool = False
    anybody: bool = False
    weak: bool = False


@dataclass(frozen=True, slots=True)
class StatusRules:
    """All rules; and all lists of words beside them, by section and name.

    lists: "guards" takes a clause's word away, "subjects" tells whom a clause is about, and so on.
    words: the lists that others are made of, each as the text of an expression.
    """

    rules: tuple[Rule, ...]
    lists: Mapping[str, Mapping[str, Pattern]]
    words: Mapping[str, str]

    def find(self, section: str, name: str, words: str) -> re.Match[str] | None:
        """Find the first place where an expression of a list stands in words."""
        return self.lists[section][name].search(words)

    def holds(self, section: str, name: str, words: str) -> bool:
        """Tell whether words hold an expression of a list."""
        return self.find(section, name, words) is not None

    def begins(self, section: str, name: str, words: str) -> bool:
        """Tell whether words begin with an expression of a list."""
        return self.lists[section][name].match(words) is not None


@lru_cache(maxsize=1)
def load_rules() -> StatusRules:
    """Read the rules of the package."""
    data = load_data("statuses")
    words = _expand({name: f"(?:{'|'.join(listed)})" for name, listed in data.pop("words").items()})
    rules = tuple(_read_rule(rule, words) for rule in data.pop("rule"))
    lists = {section: _compile_all(named, words) for section, named in data.items()}
    return StatusRules(rules, lists | {"words": _compile_all(words, {})}, words)


def _read_rule(rule: Mapping[str, Any], words: Mapping[str, str]) -> Rule:
    return Rule(
        name=rule["name"],
        status=Status(rule["status"]),
        where=rule["where"],
        cues=_compile("|".join(rule["cues"]), words),
        yes=tuple(rule["yes"]),
        no=tuple(rule["no"]),
        negates=rule.get("negates", False),
        anybody=rule.get("anybody", False),
        weak=rule.get("weak", False),
    )


def _compile_all(named: Mapping[str, list[str] | str], words: Mapping[str, str]) -> dict[str, Pattern]:
    joined = {name: listed if isinstance(listed, str) else "|".join(listed) for name, listed in named.items()}
    return {name: _compile(alternatives, words) for name, alternatives in joined.items()}


def _expand(words: Mapping[str, str]) -> dict[str, str]:
    expanded = dict(words)
    for _ in range(_DEEPEST):
        expanded = {name: _fill(listed, expanded) for name, listed in expanded.items()}
    return expanded


def _fill(expression: str, words: Mapping[str, str]) -> str:
    for name, listed in words.items():
        expression = expression.replace(f"{{{name}}}", listed)
    return expression


def _compile(alternatives: str, words: Mapping[str, str]) -> Pattern:
    return re.compile(rf"(?<![\w.])(?:{_fill(alternatives, words)})(?!\w)", re.IGNORECASE)
