"""The state of the loopback Slack, which methods and people change under the journal's lock."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from loopback_slack.errors import Refused
from loopback_slack.journal import Journal, Json
from loopback_slack.posts import Message, Session, StoredFile, View
from loopback_slack.workspace import Channel, Workspace

BOT_SCOPES = frozenset(
    "app_mentions:read assistant:write channels:history channels:read chat:write commands files:read "
    "groups:history groups:read im:history im:read im:write mpim:history mpim:read reactions:write "
    "users:read usergroups:read".split()
)
BOT_EVENTS = frozenset(
    "app_home_opened app_mention message.channels message.groups message.im message.mpim file_shared "
    "agent_session_stopped app_context_changed member_joined_channel".split()
)


@dataclass(slots=True)
class Trigger:
    """The leave to open one modal, for three seconds."""

    user: str
    made: float
    used: bool = False
    view_id: str = ""


@dataclass(slots=True)
class ResponseUrl:
    """The leave to answer an interaction five times within half an hour."""

    channel: str
    user: str
    made: float
    source: Message | None = None
    used: int = 0


@dataclass(frozen=True, slots=True)
class Rules:
    """What can be set: scopes, subscriptions, and how long things live (seconds)."""

    scopes: frozenset[str] = BOT_SCOPES
    subscriptions: frozenset[str] = BOT_EVENTS
    stream_seconds: float = 300.0
    trigger_seconds: float = 3.0
    response_url_seconds: float = 1800.0
    real_rates: bool = False
    echo: bool = True


@dataclass(slots=True)
class State:
    """Everything that stands in the workspace, and the ids it hands out."""

    workspace: Workspace
    journal: Journal
    rules: Rules
    emit: Callable[[str, Json], None]
    clock: Callable[[], float] = time.monotonic
    base_url: str = ""
    messages: dict[str, dict[str, Message]] = field(default_factory=dict)
    ephemerals: list[Message] = field(default_factory=list)
    homes: dict[str, View] = field(default_factory=dict)
    modals: dict[str, list[View]] = field(default_factory=dict)
    views: dict[str, View] = field(default_factory=dict)
    files: dict[str, StoredFile] = field(default_factory=dict)
    sessions: dict[tuple[str, str], Session] = field(default_factory=dict)
    thread_statuses: list[Json] = field(default_factory=list)
    prompts: dict[str, Json] = field(default_factory=dict)
    titles: dict[tuple[str, str], str] = field(default_factory=dict)
    triggers: dict[str, Trigger] = field(default_factory=dict)
    response_urls: dict[str, ResponseUrl] = field(default_factory=dict)
    mentionable: set[str] = field(default_factory=set)
    _last_ts: int = 0
    _last_id: int = 0

    def next_ts(self) -> str:
        """Return a timestamp that is later than all before it, as Slack writes them."""
        self._last_ts = max(self._last_ts + 100, int(time.time() * 1_000_000))
        return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    def next_id(self, prefix: str) -> str:
        """Return an id that nothing else has."""
        self._last_id += 1
        return f"{prefix}0LB{self._last_id:06d}"

    def block_id(self) -> str:
        """Return an id as Slack gives to blocks and actions that have none."""
        return "".join(random.choices("abcdefghijkmnpqrstuvwxyzABCDEFGHJK23456789", k=5))  # noqa: S311 # no secret

    def channel(self, which: str) -> Channel:
        """Return a channel the bot can see; a user's id stands for the direct messages with them."""
        if which in self.workspace.users and which != self.workspace.bot:
            return self.workspace.dm(which)
        channel = self.workspace.channels.get(which)
        if channel is None or (channel.kind != "public" and self.workspace.bot not in channel.members):
            raise Refused("channel_not_found")
        return channel

    def own_channel(self, which: str) -> Channel:
        """Return a channel the bot is in and can write to."""
        channel = self.channel(which)
        if self.workspace.bot not in channel.members:
            raise Refused("not_in_channel")
        if channel.is_archived:
            raise Refused("is_archived")
        return channel

    def message(self, channel: str, ts: str) -> Message:
        """Return the message of this timestamp."""
        found = self.messages.get(channel, {}).get(ts)
        if found is None or found.subtype == "tombstone":
            raise Refused("message_not_found")
        return found

    def own_message(self, channel: str, ts: str, error: str) -> Message:
        """Return a message of the bot, or refuse with `error`."""
        message = self.message(channel, ts)
        if message.user != self.workspace.bot:
            raise Refused(error)
        return message

    def thread(self, channel: str, root_ts: str) -> list[Message]:
        """Return root and replies, oldest first; nothing if there is no such root."""
        here = self.messages.get(channel, {})
        if root_ts not in here or here[root_ts].is_reply:
            return []
        return [each for ts, each in sorted(here.items()) if root_ts in {ts, each.thread_ts}]

    def keep(self, message: Message) -> Message:
        """Put a message in its place, giving ids to its blocks; its root becomes a thread."""
        self.name_blocks(message.blocks)
        self.messages.setdefault(message.channel, {})[message.ts] = message
        if message.is_reply and message.thread_ts:
            root = self.messages[message.channel][message.thread_ts]
            root.thread_ts = root.ts
        self.journal.wake()
        return message

    def name_blocks(self, blocks: list[Json]) -> None:
        """Give a block_id and action_ids to what has none, as Slack does."""
        for block in blocks:
            block.setdefault("block_id", self.block_id())
            for element in interactive_elements(block):
                element.setdefault("action_id", self.block_id())


def interactive_elements(block: Json) -> list[Json]:
    """Return the elements of a block that can be pressed, chosen or filled in."""
    found: list[Json] = []
    if block["type"] in {"actions", "context_actions"}:
        found += block["elements"]
    found += [block[key] for key in ("accessory", "element") if key in block]
    return [element for element in found if element.get("type") != "image"]
