"""The events Slack sends, as JSON: https://docs.slack.dev/reference/events."""

import re
import time

from loopback_slack.journal import Json
from loopback_slack.posts import Message
from loopback_slack.state import State
from loopback_slack.workspace import EVENT_KINDS, Channel

_MENTION = re.compile(r"<@(\w+)(?:\|[^>]*)?>")


def message_event(state: State, message: Message) -> Json:
    """Return `message` for a new message."""
    event = message.payload() | {"channel": message.channel, "event_ts": message.ts}
    event["channel_type"] = EVENT_KINDS[state.workspace.channels[message.channel].kind]
    if message.is_reply and message.thread_ts:
        root = state.messages[message.channel].get(message.thread_ts)
        event["parent_user_id"] = root.user if root else ""
    sender = state.workspace.users.get(message.user)
    if sender and sender.is_stranger:
        event |= {"user_team": sender.team, "source_team": sender.team}
    if message.bot and message.metadata:
        event["metadata"] = message.metadata
    return event


def mention_event(state: State, message: Message) -> Json:
    """Return `app_mention` for a message that mentions the bot."""
    event = message_event(state, message) | {"type": "app_mention"}
    for absent in ("channel_type", "parent_user_id"):
        event.pop(absent, None)
    return event


def message_changed(state: State, message: Message, before: Json) -> Json:
    """Return `message` with the subtype message_changed."""
    return _about(state, message, "message_changed") | {
        "message": message.payload(),
        "previous_message": before,
    }


def message_deleted(state: State, message: Message) -> Json:
    """Return `message` with the subtype message_deleted."""
    return _about(state, message, "message_deleted") | {
        "deleted_ts": message.ts,
        "previous_message": message.payload(),
    }


def _about(state: State, message: Message, subtype: str) -> Json:
    ts = state.next_ts()
    kind = EVENT_KINDS[state.workspace.channels[message.channel].kind]
    about: Json = {"type": "message", "subtype": subtype, "hidden": True, "channel": message.channel}
    return about | {"channel_type": kind, "ts": ts, "event_ts": ts}


def event_callback(state: State, event: Json) -> Json:
    """Return what an event travels in, with an id of its own."""
    space = state.workspace
    channel = _channel_of(state, event)
    body: Json = {"token": "loopback-verification", "team_id": space.team, "context_team_id": space.team}
    body |= {"context_enterprise_id": None, "api_app_id": space.app, "event": event, "type": "event_callback"}
    body |= {"event_id": state.next_id("Ev"), "event_time": int(time.time())}
    authorization: Json = {"enterprise_id": None, "team_id": space.team, "user_id": space.bot}
    body["authorizations"] = [authorization | {"is_bot": True, "is_enterprise_install": False}]
    body["is_ext_shared_channel"] = bool(channel and channel.is_ext_shared)
    return body | {"event_context": f"4-{body['event_id']}"}


def is_subscribed(state: State, event: Json) -> bool:
    """Whether the app asked for this event."""
    wanted = state.rules.subscriptions
    if event["type"] != "message":
        return event["type"] in wanted
    suffix = {"channel": "channels", "group": "groups"}.get(event["channel_type"], event["channel_type"])
    return f"message.{suffix}" in wanted


def _channel_of(state: State, event: Json) -> Channel | None:
    name = event.get("channel") or event.get("channel_id")
    return state.workspace.channels.get(name) if isinstance(name, str) else None


def rich_text(text: str) -> list[Json]:
    """Return the blocks Slack makes of what a person types."""
    elements: list[Json] = []
    at = 0
    for match in _MENTION.finditer(text):
        if match.start() > at:
            elements.append({"type": "text", "text": text[at : match.start()]})
        elements.append({"type": "user", "user_id": match.group(1)})
        at = match.end()
    if text[at:]:
        elements.append({"type": "text", "text": text[at:]})
    section = {"type": "rich_text_section", "elements": elements}
    return [{"type": "rich_text", "elements": [section]}] if elements else []
