"""conversations.*: channels, their people, their messages."""

from loopback_slack.content import is_on
from loopback_slack.errors import Refused
from loopback_slack.journal import Json
from loopback_slack.posts import Message
from loopback_slack.state import State

_MOST = 1000


def info(state: State, args: Json) -> Json:
    """conversations.info."""
    channel = state.channel(args["channel"])
    body = channel.payload(state.workspace.bot)
    if not is_on(args.get("include_num_members")):
        body.pop("num_members", None)
    return {"ok": True, "channel": body}


def replies(state: State, args: Json) -> Json:
    """conversations.replies: root and replies, oldest first, in pages."""
    channel = _readable(state, args)
    thread = state.thread(channel, args["ts"])
    if not thread:
        raise Refused("thread_not_found")
    root, *rest = thread
    chosen = [root, *_between(rest, args)]
    return _page(chosen, args, default=_MOST)


def history(state: State, args: Json) -> Json:
    """conversations.history: what stands in the channel itself, newest first, in pages."""
    channel = _readable(state, args)
    tops = [each for each in state.messages.get(channel, {}).values() if not each.is_reply]
    newest_first = sorted(_between(tops, args), key=lambda each: each.ts, reverse=True)
    return _page(newest_first, args, default=100)


def open_conversation(state: State, args: Json) -> Json:
    """conversations.open, with one user: their direct messages with the bot."""
    if args.get("channel"):
        return {"ok": True, "channel": {"id": state.channel(args["channel"]).id}}
    users = [each for each in str(args.get("users") or "").split(",") if each]
    if not users:
        raise Refused("users_list_not_supplied")
    if len(users) != 1 or users[0] not in state.workspace.users:
        raise Refused("user_not_found")
    if state.workspace.users[users[0]].deleted:
        raise Refused("user_disabled")
    return {"ok": True, "channel": {"id": state.workspace.dm(users[0]).id}}


def members(state: State, args: Json) -> Json:
    """conversations.members, in pages."""
    channel = state.channel(args["channel"])
    everybody = sorted(channel.members)
    start, size = _start(args), _size(args, 100)
    left = start + size < len(everybody)
    cursor = f"at{start + size}" if left else ""
    chosen = everybody[start : start + size]
    return {"ok": True, "members": chosen, "response_metadata": {"next_cursor": cursor}}


def _readable(state: State, args: Json) -> str:
    channel = state.channel(args["channel"])
    if state.workspace.bot not in channel.members:
        raise Refused("not_in_channel")
    return channel.id


def _between(messages: list[Message], args: Json) -> list[Message]:
    oldest, latest = str(args.get("oldest") or "0"), str(args.get("latest") or "9" * 17)
    edges = is_on(args.get("inclusive"))
    return [
        each
        for each in messages
        if float(oldest) < float(each.ts) < float(latest) or (edges and each.ts in {oldest, latest})
    ]


def _page(messages: list[Message], args: Json, default: int) -> Json:
    start, size = _start(args), _size(args, default)
    metadata = is_on(args.get("include_all_metadata"))
    left = start + size < len(messages)
    body: Json = {"ok": True, "has_more": left}
    body["messages"] = [each.payload(metadata=metadata) for each in messages[start : start + size]]
    if left:
        body["response_metadata"] = {"next_cursor": f"at{start + size}"}
    return body


def _start(args: Json) -> int:
    cursor = str(args.get("cursor") or "")
    if not cursor:
        return 0
    if not cursor.startswith("at") or not cursor[2:].isdigit():
        raise Refused("invalid_cursor")
    return int(cursor[2:])


def _size(args: Json, default: int) -> int:
    size = int(args.get("limit") or default)
    if not 1 <= size <= _MOST:
        raise Refused("invalid_limit")
    return size
