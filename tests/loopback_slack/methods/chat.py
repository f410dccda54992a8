"""chat.*: messages of the bot."""

from loopback_slack.content import find_thread, read_content, read_metadata
from loopback_slack.errors import Refused
from loopback_slack.journal import Json
from loopback_slack.payloads import message_changed, message_deleted, message_event
from loopback_slack.posts import Message
from loopback_slack.state import State


def post_message(state: State, args: Json) -> Json:
    """chat.postMessage."""
    channel = state.own_channel(args["channel"])
    text, blocks = read_content(state, "chat.postMessage", args)
    message = new_message(state, channel.id, text, blocks)
    message.thread_ts = find_thread(state, "chat.postMessage", channel.id, args)
    message.metadata = read_metadata(args)
    state.keep(message)
    echo(state, message_event(state, message))
    return {"ok": True, "channel": channel.id, "ts": message.ts, "message": message.payload(metadata=True)}


def update(state: State, args: Json) -> Json:
    """chat.update; blocks that are not named stay, which is noted: `blocks=[]` takes them away."""
    channel = state.channel(args["channel"])
    message = state.own_message(channel.id, args["ts"], "cant_update_message")
    if message.stream and stream_is_open(state, message):
        raise Refused("streaming_state_conflict")
    before = message.payload()
    text, blocks = read_content(state, "chat.update", args)
    message.versions.append(message.text)
    message.text, message.edited = text, state.next_ts()
    if "blocks" in args or "markdown_text" in args:
        message.blocks = blocks
    elif message.blocks:
        state.journal.note_violation("ambiguous_update", "chat.update", "text alone on a message with blocks")
    message.metadata = read_metadata(args) or message.metadata
    state.name_blocks(message.blocks)
    echo(state, message_changed(state, message, before))
    return {"ok": True, "channel": channel.id, "ts": message.ts, "text": text, "message": message.payload()}


def delete(state: State, args: Json) -> Json:
    """chat.delete."""
    channel = state.channel(args["channel"])
    message = state.own_message(channel.id, args["ts"], "cant_delete_message")
    remove(state, message)
    echo(state, message_deleted(state, message))
    return {"ok": True, "channel": channel.id, "ts": message.ts}


def post_ephemeral(state: State, args: Json) -> Json:
    """chat.postEphemeral; whoever shall see it has to be in the channel."""
    channel = state.own_channel(args["channel"])
    if args["user"] not in channel.members:
        raise Refused("user_not_in_channel")
    text, blocks = read_content(state, "chat.postEphemeral", args)
    message = new_message(state, channel.id, text, blocks)
    message.thread_ts = find_thread(state, "chat.postEphemeral", channel.id, args)
    keep_ephemeral(state, message, args["user"])
    return {"ok": True, "message_ts": message.ts}


def get_permalink(state: State, args: Json) -> Json:
    """chat.getPermalink."""
    channel = state.channel(args["channel"])
    message = state.message(channel.id, args["message_ts"])
    link = f"https://{state.workspace.domain}.slack.com/archives/{channel.id}/p{message.ts.replace('.', '')}"
    if message.is_reply:
        link += f"?thread_ts={message.thread_ts}&cid={channel.id}"
    return {"ok": True, "channel": channel.id, "permalink": link}


def new_message(state: State, channel: str, text: str, blocks: list[Json]) -> Message:
    """Return a message of the bot, not yet in its place."""
    space = state.workspace
    return Message(channel, state.next_ts(), space.bot, text, space.team, blocks=blocks, bot=space.bot_id)


def keep_ephemeral(state: State, message: Message, user: str) -> None:
    """Show a message to one user only."""
    message.ephemeral_for = user
    state.name_blocks(message.blocks)
    state.ephemerals.append(message)
    state.journal.wake()


def remove(state: State, message: Message) -> None:
    """Take a message away; a root with replies leaves a tombstone, so that its thread goes on."""
    if len(state.thread(message.channel, message.ts)) > 1:
        message.subtype, message.text, message.blocks = "tombstone", "This message was deleted.", []
        message.user = "USLACKBOT"
    else:
        del state.messages[message.channel][message.ts]
    state.journal.wake()


def stream_is_open(state: State, message: Message) -> bool:
    """Whether Slack still takes more of this stream; its life ends by itself."""
    stream = message.stream
    if stream and stream.open and state.clock() - stream.began > state.rules.stream_seconds:
        stream.open = False
    return bool(stream and stream.open)


def echo(state: State, event: Json) -> None:
    """Send the bot the event of what it did itself, as Slack does."""
    if state.rules.echo:
        state.emit("events_api", event)
