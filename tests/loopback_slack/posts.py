"""What stands in a workspace: messages, views, files, sessions."""

from dataclasses import dataclass, field

from loopback_slack.journal import Json


@dataclass(slots=True)
class Stream:
    """A message that is being written: when it began, and whether Slack still takes more."""

    began: float
    open: bool = True
    chunks: list[Json] = field(default_factory=list)


@dataclass(slots=True)
class Message:
    """A message, also one that only `ephemeral_for` can see; `thread_ts` names its root."""

    channel: str
    ts: str
    user: str
    text: str
    team: str
    thread_ts: str | None = None
    blocks: list[Json] = field(default_factory=list)
    bot: str = ""
    subtype: str = ""
    metadata: Json | None = None
    files: list[Json] = field(default_factory=list)
    reactions: dict[str, list[str]] = field(default_factory=dict)
    client_msg_id: str = ""
    edited: str = ""
    ephemeral_for: str = ""
    stream: Stream | None = None
    versions: list[str] = field(default_factory=list)

    @property
    def is_reply(self) -> bool:
        """Whether it stands in a thread below another."""
        return self.thread_ts not in {None, self.ts}

    def payload(self, *, metadata: bool = False) -> Json:
        """Return the message as conversations.replies and events have it."""
        body: Json = {
            "type": "message",
            "user": self.user,
            "ts": self.ts,
            "text": self.text,
            "team": self.team,
        }
        extras: Json = {"client_msg_id": self.client_msg_id, "blocks": self.blocks, "files": self.files}
        extras |= {"thread_ts": self.thread_ts, "subtype": self.subtype}
        if self.bot:
            extras |= {"bot_id": self.bot, "app_id": "A" + self.bot[1:]}
        if self.edited:
            extras["edited"] = {"user": self.user, "ts": self.edited}
        if metadata:
            extras["metadata"] = self.metadata
        extras["reactions"] = [
            {"name": name, "users": users, "count": len(users)} for name, users in self.reactions.items()
        ]
        return body | {key: value for key, value in extras.items() if value}


@dataclass(slots=True)
class View:
    """A modal or a Home tab that one user sees; `errors` are those that the last submission got."""

    id: str
    user: str
    body: Json
    hash: str
    root_id: str
    previous_id: str | None = None
    errors: dict[str, str] = field(default_factory=dict)
    closed: bool = False

    @property
    def blocks(self) -> list[Json]:
        """The blocks as they stand."""
        blocks: list[Json] = self.body["blocks"]
        return blocks

    def payload(self, team: str, app: str, bot_id: str) -> Json:
        """Return the view as views.open and interactions have it."""
        defaults: Json = {"private_metadata": "", "callback_id": "", "external_id": "", "close": None}
        defaults |= {
            "submit": None,
            "clear_on_close": False,
            "notify_on_close": False,
            "state": {"values": {}},
        }
        own = {"id": self.id, "team_id": team, "hash": self.hash, "root_view_id": self.root_id}
        own |= {"app_id": app, "bot_id": bot_id, "app_installed_team_id": team}
        return defaults | self.body | own | {"previous_view_id": self.previous_id}


@dataclass(slots=True)
class StoredFile:
    """A file somebody shared; `payload` holds what files.info says."""

    id: str
    name: str
    content: bytes
    payload: Json


@dataclass(slots=True)
class Session:
    """An agent session of one thread, with each status it has had."""

    channel: str
    thread_ts: str
    title: str = ""
    statuses: list[str] = field(default_factory=list)

    @property
    def status(self) -> str:
        """The present status."""
        return self.statuses[-1] if self.statuses else "active"
