"""What somebody did with a button, a menu, a form or a command, as Slack describes it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from askpcc.surfaces.slack.shapes import id_of, part, parts, text_of, timestamp_of


@dataclass(frozen=True, slots=True)
class Press:
    """A button or a menu that somebody used.

    value: of the button or the chosen option.  message: the one it stands in.  thread: of that message, where
    it can be answered; empty for a message that one person sees outside of threads.
    trigger: what opens a view within three seconds.  view, kind: the view it stands in, "modal" or "home".
    """

    team: str
    user: str
    channel: str
    message: str
    thread: str
    action: str
    value: str
    trigger: str
    view: str
    kind: str


def read_press(body: Mapping[str, Any]) -> Press:
    """Read a block action; what is missing is empty."""
    action = next(iter(parts(body, "actions")), {})
    container, message, view = part(body, "container"), part(body, "message"), part(body, "view")
    ts = timestamp_of(container, "message_ts") or timestamp_of(message, "ts")
    # Nobody can reply below a message that one person sees.
    alone = "" if container.get("is_ephemeral") is True else ts
    return Press(
        team=id_of(part(body, "team"), "id"),
        user=id_of(part(body, "user"), "id"),
        channel=id_of(part(body, "channel"), "id") or id_of(container, "channel_id"),
        message=ts,
        thread=timestamp_of(container, "thread_ts") or timestamp_of(message, "thread_ts") or alone,
        action=text_of(action, "action_id"),
        value=text_of(action, "value") or text_of(part(action, "selected_option"), "value"),
        trigger=text_of(body, "trigger_id"),
        view=text_of(view, "id"),
        kind=text_of(view, "type"),
    )


@dataclass(frozen=True, slots=True)
class Submission:
    """A form that somebody sent.  values: of its fields, by block id; a choice by its value."""

    team: str
    user: str
    view: str
    metadata: str
    values: Mapping[str, str]


def read_submission(body: Mapping[str, Any]) -> Submission:
    """Read a submitted view; what is missing is empty."""
    view = part(body, "view")
    fields = part(part(view, "state"), "values")
    return Submission(
        team=id_of(part(body, "team"), "id"),
        user=id_of(part(body, "user"), "id"),
        view=text_of(view, "id"),
        metadata=text_of(view, "private_metadata"),
        values={name: _read_field(part(fields, name)) for name in fields},
    )


def _read_field(field: Mapping[str, Any]) -> str:
    """Return the value of a field, whose block has one element."""
    name = next(iter(field), "")
    element = part(field, name)
    return text_of(element, "value") or text_of(part(element, "selected_option"), "value")
