"""Values out of what Slack sends, whose shape is never taken for granted."""

import re
from collections.abc import Mapping
from typing import Any

_ID = re.compile(r"[\w.-]{1,64}", re.ASCII)
_TIMESTAMP = re.compile(r"\d{1,16}\.\d{1,9}", re.ASCII)

Shape = Mapping[str, Any]


def part(value: object, key: str) -> Shape:
    """Return the mapping at a key; an empty one where there is none."""
    found = value.get(key) if isinstance(value, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def parts(value: object, key: str) -> list[Shape]:
    """Return the mappings of the list at a key; none where there is no list."""
    found = value.get(key) if isinstance(value, Mapping) else None
    return [one for one in found if isinstance(one, Mapping)] if isinstance(found, list) else []


def text_of(shape: Shape, key: str) -> str:
    """Return the text at a key; empty where there is none."""
    found = shape.get(key)
    return found if isinstance(found, str) else ""


def id_of(shape: Shape, *keys: str) -> str:
    """Return the first id at one of the keys; empty where there is none."""
    return next((found for key in keys if _ID.fullmatch(found := text_of(shape, key))), "")


def timestamp_of(shape: Shape, *keys: str) -> str:
    """Return the first name of a message at one of the keys; empty where there is none."""
    return next((found for key in keys if _TIMESTAMP.fullmatch(found := text_of(shape, key))), "")


def is_timestamp(value: str) -> bool:
    """Tell whether a value names a message as Slack does."""
    return _TIMESTAMP.fullmatch(value) is not None


def count_of(shape: Shape, key: str) -> int:
    """Return the number at a key; 0 where there is none that counts anything."""
    found = shape.get(key)
    is_count = isinstance(found, int) and not isinstance(found, bool) and found > 0
    return found if is_count and isinstance(found, int) else 0
