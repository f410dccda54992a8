"""What Slack sends, read into events and requests of our own."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeGuard
from urllib.parse import parse_qsl

from askpcc.model import Place
from askpcc.slack.mrkdwn import SLACK_ID, find_mentions, question_words

SURFACE = "slack"
PATH = "/slack/events"
JSON = "application/json"
FORM = "application/x-www-form-urlencoded"

_TIMESTAMP = re.compile(r"\d{1,16}\.\d{1,9}", re.ASCII)
_HELD_ELSEWHERE = frozenset({"external", "tombstone", "hidden_by_limit"})
SLACKBOT = "USLACKBOT"
"""Slack's own bot, which users.info calls no bot."""

_TEXTS = (
    *("type", "subtype", "command", "callback_id", "action_id", "block_id", "event_id", "team_id", "user_id"),
    *("channel_id", "enterprise_id", "thread_ts", "ts", "response_url", "trigger_id", "challenge", "tab"),
)
_OBJECTS = (
    *("event", "view", "message", "previous_message", "item", "assistant_thread", "function_data"),
    *("container", "state", "context"),
)
_TEXTS_OR_OBJECTS = ("team", "user", "channel", "enterprise")
_LISTS_OF_OBJECTS = ("authorizations", "actions", "response_urls", "files")
_NESTED = ("event", "message", "previous_message", "item", "view")
_DEEPEST = 4

Shape = Mapping[str, Any]


class ChannelKind(StrEnum):
    """What sort of conversation it is, in Slack's words."""

    DIRECT = "im"
    GROUP_DIRECT = "mpim"
    PUBLIC = "channel"
    PRIVATE = "group"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class SharedFile:
    """A file in a message.  size: bytes; 0 where unknown.  url: empty where Slack does not hold the file.

    The address takes the bot's token, so it is fetched only from Slack's own hosts.
    """

    id: str
    name: str
    size: int
    media_type: str
    url: str


@dataclass(frozen=True, slots=True)
class MessageEvent:
    """Something written in a conversation.

    team: the workspace that the assistant is installed in.  text: plain words without mentions.
    mentions: the people and groups it mentions besides the assistant, a whole channel as "here", "channel"
    or "everyone".  bot: an app wrote it.
    """

    team: str
    channel: str
    channel_kind: ChannelKind
    user: str
    ts: str
    text: str
    thread_ts: str | None = None
    mentions: tuple[str, ...] = ()
    mentions_bot: bool = False
    files: tuple[SharedFile, ...] = ()
    subtype: str = ""
    bot: bool = False

    @property
    def thread(self) -> str:
        """Return the first message of its thread, which is itself where it stands alone."""
        return self.thread_ts or self.ts

    @property
    def is_reply(self) -> bool:
        """Tell whether it stands below another message."""
        return self.thread != self.ts

    @property
    def place(self) -> Place:
        """Return where it was written."""
        return Place(SURFACE, self.team, self.channel, self.thread, self.ts)


@dataclass(frozen=True, slots=True)
class Edit:
    """A message whose words were changed.  message: as it stands now.  previous: the plain words before."""

    message: MessageEvent
    previous: str

    @property
    def place(self) -> Place:
        """Return where the message stands."""
        return self.message.place

    @property
    def text(self) -> str:
        """Return the plain words as they stand now."""
        return self.message.text


@dataclass(frozen=True, slots=True)
class Deletion:
    """A message that is gone.  thread: of the message."""

    team: str
    channel: str
    ts: str
    thread: str

    @property
    def place(self) -> Place:
        """Return where the message stood."""
        return Place(SURFACE, self.team, self.channel, self.thread, self.ts)


@dataclass(frozen=True, slots=True)
class Stop:
    """Somebody pressed the stop button of a thread.  user: empty where unknown."""

    team: str
    channel: str
    thread: str
    user: str = ""


@dataclass(frozen=True, slots=True)
class HomeOpened:
    """Somebody opened the app.  tab: "home" or "messages".  channel: their conversation with it."""

    team: str
    user: str
    tab: str
    channel: str = ""


Event = MessageEvent | Edit | Deletion | Stop | HomeOpened


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


@dataclass(frozen=True, slots=True)
class Submission:
    """A form that somebody sent.  values: of its fields, by block id; a choice by its value.

    before: the same as they stood when the form was opened.
    """

    team: str
    user: str
    view: str
    metadata: str
    values: Mapping[str, str]
    before: Mapping[str, str] = field(default_factory=dict)


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
    return next((found for key in keys if SLACK_ID.fullmatch(found := text_of(shape, key))), "")


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


_KIND_BY_LETTER = {"D": ChannelKind.DIRECT, "C": ChannelKind.PUBLIC, "G": ChannelKind.PRIVATE}


def read_event(body: object, bot_user: str) -> Event | None:
    """Read an event as Slack delivers it, within its envelope.

    body: with the keys event, team_id, authorizations.  bot_user: the assistant's user id.
    """
    event = part(body, "event")
    team = read_team(body)
    reader = _READERS.get(text_of(event, "type"))
    return reader(event, team, bot_user) if reader and team else None


def read_team(body: object) -> str:
    """Return the workspace that the assistant is installed in; empty where nothing tells it.

    In a shared channel that is not the workspace of the writer, which the event itself names.
    """
    installed = parts(body, "authorizations")
    named = (id_of(one, "team_id") for one in [*installed[:1], body] if isinstance(one, Mapping))
    return next((team for team in named if team), "")


def _read_message_event(event: Shape, team: str, bot_user: str) -> Event | None:
    match text_of(event, "subtype"):
        case "message_changed":
            return _read_change(event, team, bot_user)
        case "message_deleted":
            return _read_deletion(event, team)
        case _:
            return _read_message(event, event, team, bot_user)


def _read_message(event: Shape, message: Shape, team: str, bot_user: str) -> MessageEvent | None:
    """Read a message; in a change it stands inside of the event, which alone names the channel."""
    channel, ts = id_of(event, "channel"), timestamp_of(message, "ts")
    if not channel or not ts:
        return None
    text = text_of(message, "text")
    mentions = find_mentions(text)
    user = id_of(message, "user")
    return MessageEvent(
        team=team,
        channel=channel,
        channel_kind=_channel_kind(event, channel),
        user=user,
        ts=ts,
        text=question_words(text),
        thread_ts=timestamp_of(message, "thread_ts") or None,
        mentions=tuple(one for one in mentions if one != bot_user),
        mentions_bot=bot_user in mentions or text_of(event, "type") == "app_mention",
        files=tuple(file for one in parts(message, "files") if (file := read_file(one)) is not None),
        subtype=text_of(message, "subtype"),
        bot=_is_bot(message, user, bot_user),
    )


def _is_bot(message: Shape, user: str, bot_user: str) -> bool:
    named = any(message.get(key) for key in ("bot_id", "bot_profile"))
    return named or text_of(message, "subtype") == "bot_message" or user in {"", bot_user, SLACKBOT}


def _channel_kind(event: Shape, channel: str) -> ChannelKind:
    """Return the kind that the event tells; a mention tells none, but ids begin with a letter for it."""
    told = text_of(event, "channel_type")
    if told in set(ChannelKind):
        return ChannelKind(told)
    return ChannelKind.DIRECT if told == "app_home" else _KIND_BY_LETTER.get(channel[0], ChannelKind.UNKNOWN)


def read_file(shape: Shape) -> SharedFile | None:
    """Read a file as messages and files.info describe one; None for what has no id."""
    id_ = id_of(shape, "id")
    if not id_:
        return None
    url = text_of(shape, "url_private_download") or text_of(shape, "url_private")
    held = text_of(shape, "mode") not in _HELD_ELSEWHERE and shape.get("is_external") is not True
    name, media_type = text_of(shape, "name"), text_of(shape, "mimetype")
    usable = held and url.startswith(("https://", "http://"))
    return SharedFile(id_, name, count_of(shape, "size"), media_type, url if usable else "")


def _read_change(event: Shape, team: str, bot_user: str) -> Edit | Deletion | None:
    """Read an edit of the words, or a deletion that left the replies below it.

    Slack also reports a change when a link is unfurled, somebody replies, or the assistant updates its own
    message: then no person's words differ.
    """
    now, before = part(event, "message"), part(event, "previous_message")
    message = _read_message(event, now, team, bot_user)
    if message is None:
        return None
    if message.subtype == "tombstone":
        return Deletion(team, message.channel, message.ts, message.thread)
    previous = text_of(before, "text")
    mentioned_before = bot_user in find_mentions(previous)
    same = question_words(previous) == message.text and mentioned_before == message.mentions_bot
    unknown = not before and not part(now, "edited")
    return None if message.bot or same or unknown else Edit(message, question_words(previous))


def _read_deletion(event: Shape, team: str) -> Deletion | None:
    before = part(event, "previous_message")
    channel = id_of(event, "channel")
    ts = timestamp_of(event, "deleted_ts") or timestamp_of(before, "ts")
    return Deletion(team, channel, ts, timestamp_of(before, "thread_ts") or ts) if channel and ts else None


def _read_home_opened(event: Shape, team: str, _: str) -> HomeOpened | None:
    user, tab = id_of(event, "user"), text_of(event, "tab")
    return HomeOpened(team, user, tab, id_of(event, "channel")) if user and tab else None


def _read_stop(event: Shape, team: str, _: str) -> Stop | None:
    channel, thread = id_of(event, "channel", "channel_id"), timestamp_of(event, "thread_ts")
    return Stop(team, channel, thread, id_of(event, "user", "user_id")) if channel and thread else None


_READERS: Mapping[str, Callable[[Shape, str, str], Event | None]] = {
    "message": _read_message_event,
    "app_mention": _read_message_event,
    "app_home_opened": _read_home_opened,
    "agent_session_stopped": _read_stop,
}


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
        before={text_of(block, "block_id"): _read_initial(block) for block in parts(view, "blocks")},
    )


def _read_initial(block: Shape) -> str:
    element = part(block, "element")
    return text_of(element, "initial_value") or text_of(part(element, "initial_option"), "value")


def _read_field(field: Mapping[str, Any]) -> str:
    """Return the value of a field, whose block has one element."""
    name = next(iter(field), "")
    element = part(field, name)
    return text_of(element, "value") or text_of(part(element, "selected_option"), "value")


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
