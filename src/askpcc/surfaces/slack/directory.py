"""Who and what is in Slack, as far as rights depend on it."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from http.client import HTTPException
from typing import TYPE_CHECKING, Any

from askpcc.errors import SlackUnavailable
from askpcc.surfaces.slack.memory import Memory
from askpcc.surfaces.slack.refusals import kind_of

if TYPE_CHECKING:
    from slack_sdk import WebClient

_REMEMBERED_FOR = 300.0
"""Seconds; so long somebody who was let go, or made a guest, can still ask."""

_MOST_REMEMBERED = 2_000
_SLACKBOT = "USLACKBOT"
"""Slack's own bot, which users.info calls no bot."""

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


class Directory:
    """Looks people, channels and groups up, and remembers them for five minutes.

    now: seconds on a clock that never goes back.  Raises SlackError.  Safe in several threads.
    """

    def __init__(self, client: "WebClient", now: Callable[[], float]) -> None:
        self._client = client
        self._people = Memory[Person](now, _REMEMBERED_FOR, _MOST_REMEMBERED)
        self._channels = Memory[Channel](now, _REMEMBERED_FOR, _MOST_REMEMBERED)
        self._groups = Memory[frozenset[str]](now, _REMEMBERED_FOR, _MOST_REMEMBERED)

    def person(self, id_: str) -> Person:
        """Return a person; one whom Slack does not let the bot see is a stranger."""
        return self._people.get(id_) or self._people.keep(id_, self._read_person(id_))

    def channel(self, id_: str) -> Channel:
        """Return a conversation; one that Slack does not let the bot see is without the bot.

        That it is without the bot is not remembered, so that an invitation works at once.
        """
        known = self._channels.get(id_)
        if known is not None:
            return known
        found = self._read_channel(id_)
        return self._channels.keep(id_, found) if found.has_bot else found

    def groups_of(self, person: str, groups: Collection[str]) -> frozenset[str]:
        """Return those of the given user groups that a person is in."""
        return frozenset(group for group in groups if person in self.members(group))

    def members(self, group: str) -> frozenset[str]:
        """Return who is in a user group; nobody is in one that does not exist."""
        known = self._groups.get(group)
        return self._groups.keep(group, self._read_members(group)) if known is None else known

    def _read_person(self, id_: str) -> Person:
        found = self._call("users_info", _NOT_SEEN, user=id_)
        return Person(id_, "", is_stranger=True) if found is None else read_person(id_, found.get("user"))

    def _read_channel(self, id_: str) -> Channel:
        found = self._call("conversations_info", _NOT_IN, channel=id_)
        if found is None:
            return Channel(id_, "im" if id_.startswith("D") else "private")
        return read_channel(id_, found.get("channel"))

    def _read_members(self, group: str) -> frozenset[str]:
        found = self._call("usergroups_users_list", _NO_GROUP, usergroup=group) or {}
        users = found.get("users")
        return frozenset(str(user) for user in users) if isinstance(users, list) else frozenset()

    def _call(self, method: str, absent: Collection[str], **arguments: str) -> Mapping[str, Any] | None:
        """Return what Slack says; None where it says that there is no such thing to see."""
        from slack_sdk.errors import SlackApiError, SlackClientError

        try:
            response = getattr(self._client, method)(**arguments)
        except SlackApiError as exc:
            reason = str(exc.response.get("error") or "no reason given")
            if reason in absent:
                return None
            raise kind_of(exc)(f"Slack refused {method}: {reason}. Run: askpcc doctor") from exc
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
        is_bot=bool(found.get("is_bot")) or id_ == _SLACKBOT,
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
