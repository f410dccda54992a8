"""chat.*Stream: messages that are written while people look on."""

from loopback_slack.content import find_thread, look_over, read_list, read_metadata, refuse_bad_blocks
from loopback_slack.errors import Refused
from loopback_slack.journal import Json
from loopback_slack.methods.agents import SESSION_STATUSES, set_session
from loopback_slack.methods.chat import echo, new_message, stream_is_open
from loopback_slack.payloads import message_changed, message_event
from loopback_slack.posts import Message, Stream
from loopback_slack.state import State

MARKDOWN_CHARACTERS = 12_000
_CHUNK_KEYS: dict[str, tuple[set[str], set[str]]] = {
    "markdown_text": ({"text"}, set()),
    "task_update": ({"id", "title"}, {"status", "details", "output", "sources"}),
    "plan_update": ({"title"}, set()),
    "blocks": ({"blocks"}, set()),
}
_TASK_STATUSES = {"pending", "in_progress", "complete", "error"}


def start(state: State, args: Json) -> Json:
    """chat.startStream; in channels Slack wants to know who the recipient is."""
    channel = state.own_channel(args["channel"])
    if channel.kind != "im":
        for name in ("recipient_team_id", "recipient_user_id"):
            if not args.get(name):
                raise Refused(f"missing_{name}")
        if args["recipient_user_id"] not in channel.members:
            raise Refused("user_not_in_channel")
    message = new_message(state, channel.id, "", [])
    message.thread_ts = find_thread(state, "chat.startStream", channel.id, args)
    if message.thread_ts is None:
        raise Refused("invalid_thread_ts")
    message.stream = Stream(state.clock())
    _append(state, "chat.startStream", message, args, needed=False)
    state.keep(message)
    echo(state, message_event(state, message))
    return {"ok": True, "channel": channel.id, "ts": message.ts}


def append(state: State, args: Json) -> Json:
    """chat.appendStream."""
    message = _streaming(state, args)
    _append(state, "chat.appendStream", message, args, needed=True)
    return {"ok": True, "channel": message.channel, "ts": message.ts}


def stop(state: State, args: Json) -> Json:
    """chat.stopStream; its blocks stand below what was streamed."""
    message = _streaming(state, args)
    blocks = read_list(args, "blocks")
    refuse_bad_blocks(state, "chat.stopStream", blocks)
    look_over(state, "chat.stopStream", "", blocks, args)
    status = args.get("session_status")
    if status is not None and status not in SESSION_STATUSES:
        raise Refused("invalid_arguments")
    before = message.payload()
    _append(state, "chat.stopStream", message, args, needed=False)
    message.blocks = message.blocks + blocks
    state.name_blocks(message.blocks)
    message.metadata = read_metadata(args)
    if message.stream:
        message.stream.open = False
    if status and message.thread_ts:
        set_session(state, message.channel, message.thread_ts, status)
    echo(state, message_changed(state, message, before))
    return {
        "ok": True,
        "channel": message.channel,
        "ts": message.ts,
        "message": message.payload(metadata=True),
    }


def _streaming(state: State, args: Json) -> Message:
    channel = state.own_channel(args["channel"])
    message = state.own_message(channel.id, args["ts"], "message_not_owned_by_app")
    if not stream_is_open(state, message):
        raise Refused("message_not_in_streaming_state")
    return message


def _append(state: State, method: str, message: Message, args: Json, *, needed: bool) -> None:
    markdown, chunks = str(args.get("markdown_text") or ""), read_list(args, "chunks")
    if needed and not (markdown or chunks):
        raise Refused("no_text")
    if markdown and chunks:
        raise Refused("invalid_arguments", response_metadata={"messages": ["markdown_text and chunks"]})
    if len(markdown) > MARKDOWN_CHARACTERS:
        state.journal.note_violation("too_long", method, f"{len(markdown)} characters of markdown_text")
        raise Refused("msg_too_long")
    for chunk in chunks:
        _check_chunk(state, method, chunk)
    pieces = [markdown, *(chunk["text"] for chunk in chunks if chunk["type"] == "markdown_text")]
    look_over(state, method, "", [{"type": "markdown", "text": message.text + "".join(pieces)}], args)
    message.text += "".join(pieces)
    if message.stream:
        message.stream.chunks += chunks
    message.blocks = message.blocks + [block for chunk in chunks for block in chunk.get("blocks", [])]


def _check_chunk(state: State, method: str, chunk: object) -> None:
    problem = _chunk_problem(chunk)
    if problem:
        state.journal.note_violation("invalid_chunks", method, problem)
        raise Refused("invalid_chunks", response_metadata={"messages": [f"[ERROR] {problem}"]})
    if isinstance(chunk, dict) and chunk["type"] == "blocks":
        refuse_bad_blocks(state, method, chunk["blocks"])
        look_over(state, method, "", chunk["blocks"], {})


def _chunk_problem(chunk: object) -> str:
    if not isinstance(chunk, dict) or chunk.get("type") not in _CHUNK_KEYS:
        return f"no such chunk: {chunk}"
    required, optional = _CHUNK_KEYS[chunk["type"]]
    keys = set(chunk) - {"type"}
    if required - keys or keys - required - optional:
        return (
            f"{chunk['type']}: lacks {sorted(required - keys)}, unknown {sorted(keys - required - optional)}"
        )
    if chunk["type"] == "task_update" and chunk.get("status", "pending") not in _TASK_STATUSES:
        return f"task_update: no such status {chunk['status']!r}"
    if any(not isinstance(chunk[key], list if key == "blocks" else str) for key in required):
        return f"{chunk['type']}: a value of the wrong type"
    return ""
