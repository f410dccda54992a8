"""Who and what there is in the workspace: people, groups, channels."""

from dataclasses import dataclass, field
from typing import Literal

from loopback_slack.journal import Json

ChannelKind = Literal["public", "private", "im", "mpim"]
SCOPE_PREFIXES = {"public": "channels", "private": "groups", "im": "im", "mpim": "mpim"}
EVENT_KINDS = {"public": "channel", "private": "group", "im": "im", "mpim": "mpim"}


@dataclass(slots=True)
class User:
    """Somebody: a member unless a flag says otherwise."""

    id: str
    name: str
    team: str
    real_name: str = ""
    tz: str = "Europe/London"
    email: str = ""
    is_admin: bool = False
    is_bot: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    is_stranger: bool = False
    deleted: bool = False

    def payload(self, *, with_email: bool = False) -> Json:
        """Return the user as users.info does; the e-mail address takes a scope of its own."""
        body: Json = {"id": self.id, "team_id": self.team, "name": self.name, "deleted": self.deleted}
        body |= {"real_name": self.real_name, "tz": self.tz, "tz_offset": 0, "is_admin": self.is_admin}
        body |= {"is_owner": False, "is_primary_owner": False, "is_bot": self.is_bot, "is_app_user": False}
        body |= {"is_restricted": self.is_restricted or self.is_ultra_restricted}
        body |= {"is_ultra_restricted": self.is_ultra_restricted, "updated": 1}
        if self.is_stranger:
            body["is_stranger"] = True
        body["profile"] = {"real_name": self.real_name, "display_name": self.name, "team": self.team}
        if with_email:
            body["profile"]["email"] = self.email
        return body


@dataclass(slots=True)
class Channel:
    """A conversation; `members` holds ids, the bot's among them if it is in."""

    id: str
    name: str
    kind: ChannelKind = "public"
    members: set[str] = field(default_factory=set)
    is_ext_shared: bool = False
    is_archived: bool = False

    def payload(self, bot: str) -> Json:
        """Return the channel as conversations.info does."""
        body: Json = {"id": self.id, "created": 1, "is_archived": self.is_archived}
        body |= {"is_im": self.kind == "im", "is_mpim": self.kind == "mpim", "is_org_shared": False}
        if self.kind == "im":
            return body | {"user": next(iter(self.members - {bot}))}
        body |= {"name": self.name, "is_channel": self.kind == "public", "is_group": self.kind == "private"}
        body |= {"is_private": self.kind != "public", "is_member": bot in self.members, "is_general": False}
        body |= {"is_shared": self.is_ext_shared, "is_ext_shared": self.is_ext_shared}
        return body | {"num_members": len(self.members)}


@dataclass(slots=True)
class Usergroup:
    """A group that can be mentioned."""

    id: str
    handle: str
    members: list[str]

    def payload(self, team: str) -> Json:
        """Return the group as usergroups.list does."""
        return {
            "id": self.id,
            "team_id": team,
            "is_usergroup": True,
            "handle": self.handle,
            "name": self.handle,
        }


@dataclass(slots=True)
class Workspace:
    """The people, groups and channels of one team; names and ids both find them."""

    team: str = "T0LOOPBACK"
    domain: str = "loopback"
    bot: str = "U0ASKPCC"
    bot_id: str = "B0ASKPCC"
    app: str = "A0ASKPCC"
    users: dict[str, User] = field(default_factory=dict)
    groups: dict[str, Usergroup] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)

    def user(self, who: str) -> User:
        """Return the user of this id or name."""
        return self.users.get(who) or next(user for user in self.users.values() if user.name == who)

    def channel(self, which: str) -> Channel:
        """Return the channel of this id or name."""
        found = self.channels.get(which)
        return found or next(each for each in self.channels.values() if each.name == which)

    def add_user(self, name: str, *, team: str = "", **flags: bool) -> User:
        """Add a user called `name`, a member of all plain public channels unless a guest."""
        user = User(f"U0{name.upper()}", name, team or self.team, f"{name.title()} Example", **flags)  # type: ignore[arg-type] # flags are the boolean fields
        user.email = f"{name}@loopback.example"
        self.users[user.id] = user
        if not (user.is_restricted or user.is_ultra_restricted or user.is_stranger or user.deleted):
            for channel in self.channels.values():
                if channel.kind == "public" and not channel.is_ext_shared:
                    channel.members.add(user.id)
        return user

    def add_channel(
        self, name: str, kind: ChannelKind = "public", *, members: str, shared: bool = False
    ) -> Channel:
        """Add a channel; `members` are names with blanks between them."""
        prefix = {"public": "C0", "private": "C0", "im": "D0", "mpim": "C0"}[kind]
        ids = {self.user(member).id for member in members.split()}
        channel = Channel(prefix + name.upper().replace("-", ""), name, kind, ids, is_ext_shared=shared)
        self.channels[channel.id] = channel
        return channel

    def add_group(self, handle: str, *, members: str) -> Usergroup:
        """Add a usergroup; `members` are names with blanks between them."""
        ids = [self.user(member).id for member in members.split()]
        self.groups[f"S0{handle.upper()}"] = group = Usergroup(f"S0{handle.upper()}", handle, ids)
        return group

    def dm(self, who: str, with_whom: str = "") -> Channel:
        """Return the direct messages of this user with the bot or somebody else, made if need be."""
        pair = {self.user(who).id, with_whom or self.bot}
        for channel in self.channels.values():
            if channel.kind == "im" and channel.members == pair:
                return channel
        return self.add_channel(f"{len(self.channels)}dm-{who}", "im", members=" ".join(sorted(pair)))


def make_workspace() -> Workspace:
    """Return the workspace that tests start from: one person of each sort, one channel of each sort."""
    space = Workspace()
    space.users[space.bot] = User(space.bot, "askpcc", space.team, "askpcc", is_bot=True)
    for name in ("asker", "reader", "reviewer"):
        space.add_user(name)
    space.add_user("admin", is_admin=True)
    space.add_user("guest", is_restricted=True)
    space.add_user("visitor", is_ultra_restricted=True)
    space.add_user("stranger", team="T0ELSEWHERE", is_stranger=True)
    space.add_user("otherbot", is_bot=True)
    space.add_user("leaver", deleted=True)
    staff = "asker reader reviewer admin otherbot"
    space.add_channel("general", members=f"askpcc guest {staff}")
    space.add_channel("random", members=staff)
    space.add_channel("private", "private", members="askpcc asker reviewer visitor")
    space.add_channel("secret", "private", members="asker reviewer")
    space.add_channel("group", "mpim", members="askpcc asker reader")
    space.add_channel("shared", members=f"askpcc stranger {staff}", shared=True)
    space.add_group("reviewers", members="reviewer admin")
    return space
