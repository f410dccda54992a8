"""Who may ask, re-index and review: closed by default, and every refusal says so and whom to ask."""

from collections.abc import Collection
from dataclasses import dataclass

from askpcc.surfaces.slack.directory import Channel, Person

_MOST_NAMED = 2


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
