"""auth.*, users.*, usergroups.*, reactions.*, files.*: who and what there is."""

from loopback_slack.content import is_on
from loopback_slack.errors import Refused
from loopback_slack.journal import Json
from loopback_slack.state import State


def test_auth(state: State, args: Json) -> Json:  # noqa: ARG001 # every method takes its arguments
    """auth.test."""
    space = state.workspace
    body: Json = {
        "ok": True,
        "url": f"https://{space.domain}.slack.com/",
        "team": space.domain,
        "user": "askpcc",
    }
    return body | {"team_id": space.team, "user_id": space.bot, "bot_id": space.bot_id}


def user_info(state: State, args: Json) -> Json:
    """users.info."""
    user = state.workspace.users.get(args["user"])
    if user is None:
        raise Refused("user_not_found")
    return {"ok": True, "user": user.payload(with_email="users:read.email" in state.rules.scopes)}


def usergroups(state: State, args: Json) -> Json:
    """usergroups.list."""
    listed = []
    for group in state.workspace.groups.values():
        body = group.payload(state.workspace.team)
        if is_on(args.get("include_users")):
            body["users"] = group.members
        listed.append(body)
    return {"ok": True, "usergroups": listed}


def usergroup_users(state: State, args: Json) -> Json:
    """usergroups.users.list."""
    group = state.workspace.groups.get(args["usergroup"])
    if group is None:
        raise Refused("no_such_subteam")
    return {"ok": True, "users": group.members}


def add_reaction(state: State, args: Json) -> Json:
    """reactions.add."""
    channel = state.own_channel(args["channel"])
    who = state.message(channel.id, args["timestamp"]).reactions.setdefault(args["name"], [])
    if state.workspace.bot in who:
        raise Refused("already_reacted")
    who.append(state.workspace.bot)
    return {"ok": True}


def remove_reaction(state: State, args: Json) -> Json:
    """reactions.remove."""
    channel = state.own_channel(args.get("channel", ""))
    reactions = state.message(channel.id, args.get("timestamp", "")).reactions
    if state.workspace.bot not in reactions.get(args["name"], []):
        raise Refused("no_reaction")
    reactions[args["name"]].remove(state.workspace.bot)
    if not reactions[args["name"]]:
        del reactions[args["name"]]
    return {"ok": True}


def file_info(state: State, args: Json) -> Json:
    """files.info."""
    stored = state.files.get(args["file"])
    if stored is None:
        raise Refused("file_not_found")
    return {"ok": True, "file": stored.payload}
