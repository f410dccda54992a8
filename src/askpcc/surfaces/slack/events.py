"""What happens in Slack, as far as the assistant minds it."""

from dataclasses import dataclass
from enum import StrEnum

from askpcc.model import Place

SURFACE = "slack"


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
class Message:
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

    message: Message
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


Event = Message | Edit | Deletion | Stop | HomeOpened
