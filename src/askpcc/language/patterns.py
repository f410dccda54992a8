"""Lists of expressions that somebody who knows the field can extend, read from the package's data."""

import re
import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Any


def load_data(name: str) -> dict[str, Any]:
    """Return what ``data/NAME.toml`` holds."""
    return tomllib.loads((files("askpcc") / "data" / f"{name}.toml").read_text("utf-8"))


@lru_cache(maxsize=8)
def load_patterns(name: str) -> dict[str, re.Pattern[str]]:
    """Return the expressions of ``data/NAME.toml`` by key, the alternatives of a key as one."""
    return {key: _compile(key, _alternatives(value)) for key, value in load_data(name).items()}


def _alternatives(value: Any) -> list[str]:  # noqa: ANN401 - TOML holds texts, lists, tables of them
    if isinstance(value, dict):
        return [alternative for inner in value.values() for alternative in _alternatives(inner)]
    return [value] if isinstance(value, str) else list(value)


def _compile(key: str, alternatives: list[str]) -> re.Pattern[str]:
    flags = re.NOFLAG if key == "names" else re.IGNORECASE
    return re.compile(rf"(?<![\w.])(?:{'|'.join(alternatives)})(?!\w)", flags)
