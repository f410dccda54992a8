"""Slack's events become what happened, or None where nothing did that the assistant minds.

Nothing here raises for what Slack, or somebody in its place, sends.
"""

from collections.abc import Callable, Mapping

from askpcc.surfaces.slack.events import (
    ChannelKind,
    Deletion,
    Edit,
    Event,
    HomeOpened,
    Message,
    SharedFile,
    Stop,
)
from askpcc.surfaces.slack.shapes import Shape, count_of, id_of, part, parts, text_of, timestamp_of
from askpcc.surfaces.slack.typed_words import find_mentions, question_words

_KIND_BY_LETTER = {"D": ChannelKind.DIRECT, "C": ChannelKind.PUBLIC, "G": ChannelKind.PRIVATE}
_HELD_ELSEWHERE = frozenset({"external", "tombstone", "hidden_by_limit"})
_SLACKBOT = "USLACKBOT"


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


def _read_message(event: Shape, message: Shape, team: str, bot_user: str) -> Message | None:
    """Read a message; in a change it stands inside of the event, which alone names the channel."""
    channel, ts = id_of(event, "channel"), timestamp_of(message, "ts")
    if not channel or not ts:
        return None
    text = text_of(message, "text")
    mentions = find_mentions(text)
    user = id_of(message, "user")
    return Message(
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
    return named or text_of(message, "subtype") == "bot_message" or user in {"", bot_user, _SLACKBOT}


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
