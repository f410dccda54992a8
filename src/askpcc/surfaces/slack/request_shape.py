"""Where Slack's requests go, and what one must look like before anything is done with it.

Bolt takes these shapes for granted and fails in the middle where they are others.
"""

import json
from collections.abc import Mapping
from typing import Any, TypeGuard
from urllib.parse import parse_qsl

PATH = "/slack/events"
JSON = "application/json"
FORM = "application/x-www-form-urlencoded"

_TEXTS = (
    *("type", "subtype", "command", "callback_id", "action_id", "block_id", "event_id", "team_id", "user_id"),
    *("channel_id", "enterprise_id", "thread_ts", "ts", "response_url", "trigger_id", "challenge", "tab"),
)
_OBJECTS = (
    *(
        "event",
        "view",
        "message",
        "previous_message",
        "item",
        "assistant_thread",
        "function_data",
        "container",
    ),
    *("state", "context"),
)
_TEXTS_OR_OBJECTS = ("team", "user", "channel", "enterprise")
_LISTS_OF_OBJECTS = ("authorizations", "actions", "response_urls", "files")
_NESTED = ("event", "message", "previous_message", "item", "view")
_DEEPEST = 4


def read_request(body: bytes, content_type: str) -> Mapping[str, Any] | None:
    """Return what a body holds; None where it is not what its content type says, or is shaped otherwise."""
    media_type = content_type.partition(";")[0].strip().lower()
    try:
        text = body.decode("utf-8")
        found = _read_form(text) if media_type == FORM else json.loads(text) if media_type == JSON else None
    except (ValueError, RecursionError):
        return None
    if not _is_shaped(found):
        return None
    return {name: value for name, value in found.items() if value is not None or name not in _OBJECTS}


def _read_form(text: str) -> Any:  # noqa: ANN401 - whatever the JSON within it holds
    """Read a form: of a command, or with the rest as JSON in its payload."""
    fields = dict(parse_qsl(text, keep_blank_values=True, strict_parsing=True, errors="strict"))
    if "payload" in fields:
        return json.loads(fields["payload"])
    return fields if "command" in fields or "ssl_check" in fields else None


def _is_shaped(found: object, depth: int = 0) -> TypeGuard[Mapping[str, Any]]:
    if not isinstance(found, Mapping):
        return False
    shaped = (
        all(isinstance(found.get(name), str | None) for name in _TEXTS)
        and all(isinstance(found.get(name), dict | None) for name in _OBJECTS)
        and all(isinstance(found.get(name), str | dict | None) for name in _TEXTS_OR_OBJECTS)
        and all(_is_list_of_objects(found.get(name)) for name in _LISTS_OF_OBJECTS)
    )
    inner = [found[name] for name in _NESTED if found.get(name) is not None]
    return shaped and depth < _DEEPEST and all(_is_shaped(each, depth + 1) for each in inner)


def _is_list_of_objects(found: object) -> bool:
    return found is None or (isinstance(found, list) and all(isinstance(each, dict) for each in found))
