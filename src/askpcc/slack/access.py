"""Who may do what, from what Slack says of them when they act."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from http.client import HTTPException
from threading import Lock
from typing import Any

from cachetools import TTLCache, cachedmethod
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from askpcc.errors import SlackUnavailable
from askpcc.model import Inquiry
from askpcc.slack.client import kind_of, reason_of
from askpcc.slack.monitoring import Metrics
from askpcc.slack.mrkdwn import PERSON_ID
from askpcc.slack.payloads import SLACKBOT

_REMEMBERED_FOR = 300.0
"""Seconds; so long somebody who was let go, or made a guest, can still ask."""

_MOST_REMEMBERED = 2_000
_MOST_NAMED = 2
"""Admins, in a refusal."""


_NOT_SEEN = {"user_not_found", "user_not_visible", "users_not_found"}
_NOT_IN = {"channel_not_found", "not_in_channel"}
_NO_GROUP = {"no_such_subteam", "subteam_not_found"}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in Slack.  team: their own workspace; empty where Slack does not let the bot see them.

    is_guest: a member of some channels only.  is_stranger: of another workspace.
    """

    id: str
    team: str
    name: str = ""
    is_guest: bool = False
    is_stranger: bool = False
    is_bot: bool = False
    is_deleted: bool = False


@dataclass(frozen=True, slots=True)
class Channel:
    """A conversation.  kind: "im", "mpim", "channel" or "private".

    is_shared: people of another organisation are in it, or are invited.  has_bot: the bot is in it.
    """

    id: str
    kind: str
    is_shared: bool = False
    has_bot: bool = False


@dataclass(frozen=True, slots=True)
class AccessRules:
    """What is allowed.  team: the workspace that the bot is installed in.

    channels, users, groups: where and who; empty narrows nothing, and a person is allowed who is named or is
    in a named group.  guests: people who may ask although they are guests or of another workspace.
    shared_channels: those with another organisation.  admins, reviewers: nobody until named.
    """

    team: str
    channels: frozenset[str] = frozenset()
    users: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    guests: frozenset[str] = frozenset()
    shared_channels: frozenset[str] = frozenset()
    admins: frozenset[str] = frozenset()
    reviewers: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why somebody gets no answer.

    sentence: in mrkdwn, for that person alone.  kind: for counting: "bot", "deleted", "outsider", "guest",
    "no_bot", "shared_channel", "channel" or "person".
    """

    sentence: str
    kind: str


class Directory:
    """Looks people, channels and groups up, and remembers them for five minutes.

    now: seconds on a clock that never goes back.  Raises SlackError.  Safe in several threads.
    """

    def __init__(self, client: WebClient, now: Callable[[], float]) -> None:
        self._client = client
        self._lock = Lock()
        self._people = TTLCache[str, Person](_MOST_REMEMBERED, _REMEMBERED_FOR, now)
        self._channels = TTLCache[str, Channel](_MOST_REMEMBERED, _REMEMBERED_FOR, now)
        self._groups = TTLCache[str, frozenset[str]](_MOST_REMEMBERED, _REMEMBERED_FOR, now)

    @cachedmethod(lambda self: self._people, lock=lambda self: self._lock)
    def person(self, id_: str) -> Person:
        """Return a person; one whom Slack does not let the bot see is a stranger."""
        found = self._call("users_info", _NOT_SEEN, user=id_)
        return Person(id_, "", is_stranger=True) if found is None else read_person(id_, found.get("user"))

    def channel(self, id_: str) -> Channel:
        """Return a conversation; one that Slack does not let the bot see is without the bot.

        That it is without the bot is not remembered, so that an invitation works at once.
        """
        with self._lock:
            known = self._channels.get(id_)
        if known is not None:
            return known
        found = self._read_channel(id_)
        if found.has_bot:
            with self._lock:
                self._channels[id_] = found
        return found

    def groups_of(self, person: str, groups: Collection[str]) -> frozenset[str]:
        """Return those of the given user groups that a person is in."""
        return frozenset(group for group in groups if person in self.members(group))

    @cachedmethod(lambda self: self._groups, lock=lambda self: self._lock)
    def members(self, group: str) -> frozenset[str]:
        """Return who is in a user group; nobody is in one that does not exist."""
        found = self._call("usergroups_users_list", _NO_GROUP, usergroup=group) or {}
        users = found.get("users")
        return frozenset(str(user) for user in users) if isinstance(users, list) else frozenset()

    def _read_channel(self, id_: str) -> Channel:
        found = self._call("conversations_info", _NOT_IN, channel=id_)
        if found is None:
            return Channel(id_, "im" if id_.startswith("D") else "private")
        return read_channel(id_, found.get("channel"))

    def _call(self, method: str, absent: Collection[str], **arguments: str) -> Mapping[str, Any] | None:
        """Return what Slack says; None where it says that there is no such thing to see."""
        try:
            response = getattr(self._client, method)(**arguments)
        except SlackApiError as exc:
            reason = reason_of(exc)
            if reason in absent:
                return None
            told = reason or "no reason given"
            raise kind_of(exc)(f"Slack refused {method}: {told}. Run: askpcc doctor") from exc
        except (SlackClientError, HTTPException, OSError) as exc:
            raise SlackUnavailable(
                f"Slack cannot be reached for {method}. Try again, or run: askpcc doctor"
            ) from exc
        return _mapping(response.data)


def read_person(id_: str, user: object) -> Person:
    """Read a user as users.info describes one; what is missing or misshapen gives no rights."""
    found = _mapping(user)
    profile = _mapping(found.get("profile"))
    name = profile.get("display_name") or profile.get("real_name") or found.get("name")
    return Person(
        id=id_,
        team=_text(found.get("team_id")),
        name=_text(name),
        is_guest=bool(found.get("is_restricted") or found.get("is_ultra_restricted")),
        is_stranger=bool(found.get("is_stranger")) or found.get("id") != id_,
        is_bot=bool(found.get("is_bot")) or id_ == SLACKBOT,
        is_deleted=bool(found.get("deleted")),
    )


def read_channel(id_: str, channel: object) -> Channel:
    """Read a conversation as conversations.info describes one.

    One that may be shared with another organisation, or will be, counts as shared.
    """
    found = _mapping(channel)
    kind = _kind(found)
    pending = found.get("is_pending_ext_shared") or found.get("pending_shared")
    unclear = found.get("is_shared") and not found.get("is_org_shared")
    return Channel(
        id=id_,
        kind=kind,
        is_shared=bool(found.get("is_ext_shared") or pending or unclear),
        # A bot sees only those direct conversations that it is part of.
        has_bot=found.get("id") == id_ and (kind in {"im", "mpim"} or found.get("is_member") is True),
    )


def _kind(found: Mapping[str, Any]) -> str:
    if found.get("is_im"):
        return "im"
    if found.get("is_mpim"):
        return "mpim"
    return "private" if found.get("is_private") or found.get("is_group") else "channel"


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def decide(person: Person, channel: Channel, groups: Collection[str], rules: AccessRules) -> Refusal | None:
    """Return why a person may not ask in a channel, or None where they may.

    groups: the user groups that the person is in, of those that the rules name.
    """
    return (
        _of_what_they_are(person, rules)
        or _of_where(person, channel, rules)
        or _of_who(person, groups, rules)
    )


def may_reindex(person: Person, rules: AccessRules) -> bool:
    """Tell whether a person may change what is indexed: a named admin who is a full member."""
    return person.id in rules.admins and _is_full_member(person, rules)


def may_review(person: Person, rules: AccessRules) -> bool:
    """Tell whether a person may judge answers: a named reviewer who is a full member."""
    return person.id in rules.reviewers and _is_full_member(person, rules)


def _of_what_they_are(person: Person, rules: AccessRules) -> Refusal | None:
    if person.is_bot:
        return Refusal("I answer people, not apps.", "bot")
    if person.is_deleted:
        return Refusal("I do not answer accounts that were deactivated.", "deleted")
    if person.id in rules.guests:
        return None
    if _is_outsider(person, rules):
        return Refusal(
            f"I answer only members of the workspace that I work for. {_whom(person, rules)}", "outsider"
        )
    if person.is_guest:
        return Refusal(f"I do not answer guests yet. {_whom(person, rules)}", "guest")
    return None


def _of_where(person: Person, channel: Channel, rules: AccessRules) -> Refusal | None:
    if not channel.has_bot:
        return Refusal(_not_in(channel), "no_bot")
    if channel.is_shared and channel.id not in rules.shared_channels:
        told = "I do not answer where people of other organisations read along."
        return Refusal(f"{told} {_whom(person, rules)}", "shared_channel")
    if rules.channels and channel.id not in rules.channels:
        return Refusal(
            f"I answer in certain channels only, and not in this one. {_whom(person, rules)}", "channel"
        )
    return None


def _of_who(person: Person, groups: Collection[str], rules: AccessRules) -> Refusal | None:
    narrowed = bool(rules.users or rules.groups)
    if narrowed and person.id not in rules.users and rules.groups.isdisjoint(groups):
        return Refusal(
            f"I answer certain people only, and you are not among them yet. {_whom(person, rules)}", "person"
        )
    return None


def _not_in(channel: Channel) -> str:
    if channel.kind in {"im", "mpim"}:
        return (
            "I am not part of this conversation. Ask me in my own Messages tab, or in a channel that I am in."
        )
    return "I am not in this channel. Invite me first, or ask me in my own Messages tab."


def _whom(person: Person, rules: AccessRules) -> str:
    """Name whom to ask; who runs the bot is nobody's business outside of its workspace."""
    admins = [] if _is_outsider(person, rules) or person.is_guest else sorted(rules.admins)[:_MOST_NAMED]
    named = " or ".join(f"<@{admin}>" for admin in admins)
    return f"Ask {named or 'whoever runs me in this workspace'} if that should change."


def _is_outsider(person: Person, rules: AccessRules) -> bool:
    return person.is_stranger or not rules.team or person.team != rules.team


def _is_full_member(person: Person, rules: AccessRules) -> bool:
    return not (person.is_bot or person.is_deleted or person.is_guest or _is_outsider(person, rules))


@dataclass(frozen=True, slots=True)
class Authorizer:
    """Decides from what Slack says of people and channels.  Raises SlackError; nobody passes then.

    metrics: counts the refusals.
    """

    directory: Directory
    rules: AccessRules
    metrics: Metrics

    def refuse(self, inquiry: Inquiry) -> str | None:
        """Return why a question's asker may not ask it there; None where they may."""
        return self.refuse_person(inquiry.person, inquiry.place.channel)

    def refuse_person(self, person: str, channel: str) -> str | None:
        """Return why a person may not use the bot in a channel, as a sentence; None where they may."""
        groups = self.directory.groups_of(person, self.rules.groups)
        who, where = self.directory.person(person), self.directory.channel(channel)
        refusal = decide(who, where, groups, self.rules)
        if refusal is None:
            return None
        self.metrics.refused(refusal.kind)
        return refusal.sentence

    def refuse_at_home(self, person: str) -> str | None:
        """Return why a person may not use the bot at all; None where they may in its own tabs."""
        groups = self.directory.groups_of(person, self.rules.groups)
        home = Channel("", "im", has_bot=True)
        refusal = decide(
            self.directory.person(person), home, groups, replace(self.rules, channels=frozenset())
        )
        return refusal.sentence if refusal else None

    def name_of(self, person: str) -> str:
        """Return the name of a person as others in Slack see it; who came in by a page has no other name."""
        if not PERSON_ID.fullmatch(person):
            return person
        return self.directory.person(person).name or "somebody"

    def may_reindex(self, person: str) -> bool:
        """Tell whether a person may change what is indexed."""
        return person in self.rules.admins and may_reindex(self.directory.person(person), self.rules)

    def may_review(self, person: str) -> bool:
        """Tell whether a person may judge answers."""
        return person in self.rules.reviewers and may_review(self.directory.person(person), self.rules)
