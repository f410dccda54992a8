"""views.*: modals and Home tabs."""

from loopback_slack.blocks import check_view
from loopback_slack.content import look_over, read_json
from loopback_slack.errors import Refused
from loopback_slack.journal import Json
from loopback_slack.posts import View
from loopback_slack.state import State

_DEEPEST = 3
_VIEW_BYTES = 250_000


def open_view(state: State, args: Json) -> Json:
    """views.open: a modal on top of nothing, with a trigger of the last three seconds."""
    body = read_view(state, "views.open", args["view"], "modal")
    user = _take_trigger(state, args)
    view = make_view(state, user, body)
    state.modals[user] = [view]
    return _shown(state, view)


def push(state: State, args: Json) -> Json:
    """views.push: a modal on top of another, three at most."""
    body = read_view(state, "views.push", args["view"], "modal")
    user = _take_trigger(state, args)
    stack = state.modals.get(user, [])
    if not stack:
        raise Refused("not_found")
    return _shown(state, push_view(state, user, body))


def update(state: State, args: Json) -> Json:
    """views.update, by view_id or external_id; a hash guards against crossing updates."""
    view = _find(state, args)
    body = read_view(state, "views.update", args["view"], view.body["type"])
    _check_hash(view, args)
    replace_view(state, view, body)
    return _shown(state, view)


def publish(state: State, args: Json) -> Json:
    """views.publish: the Home tab of one user."""
    user = args["user_id"]
    if user not in state.workspace.users or state.workspace.users[user].is_stranger:
        raise Refused("user_not_found")
    body = read_view(state, "views.publish", args["view"], "home")
    view = state.homes.get(user)
    if view is None:
        view = state.homes[user] = make_view(state, user, body)
    else:
        _check_hash(view, args)
        replace_view(state, view, body)
    state.journal.wake()
    return _shown(state, view)


def read_view(state: State, method: str, given: object, kind: str) -> Json:
    """Return the view that was sent; what Slack would not show is refused, and noted."""
    view = read_json({"view": given}, "view")
    problems = check_view(view)
    if isinstance(view, dict) and view.get("type") != kind:
        problems.append(f"type is {view.get('type')!r}, {kind!r} belongs here")
    for problem in problems:
        state.journal.note_violation("invalid_view", method, problem)
    if problems or not isinstance(view, dict):
        messages = [f"[ERROR] {problem}" for problem in problems]
        raise Refused("invalid_arguments", errors=problems, response_metadata={"messages": messages})
    if len(str(view)) > _VIEW_BYTES:
        raise Refused("view_too_large")
    look_over(state, method, "", view["blocks"], {})
    return view


def make_view(state: State, user: str, body: Json, *, below: View | None = None) -> View:
    """Return a view that one user sees from now on."""
    state.name_blocks(body["blocks"])
    name = state.next_id("V")
    view = View(name, user, body, state.next_id("h"), below.root_id if below else name)
    view.previous_id = below.id if below else None
    external = body.get("external_id")
    if external and any(each.body.get("external_id") == external for each in _open_views(state)):
        raise Refused("duplicate_external_id")
    state.views[view.id] = view
    state.journal.wake()
    return view


def push_view(state: State, user: str, body: Json) -> View:
    """Put a view on top of the modal of this user."""
    stack = state.modals[user]
    if len(stack) >= _DEEPEST:
        raise Refused("push_limit_reached")
    stack.append(make_view(state, user, body, below=stack[-1]))
    return stack[-1]


def replace_view(state: State, view: View, body: Json) -> None:
    """Show something else in a view; what was filled in and complained about is gone."""
    state.name_blocks(body["blocks"])
    view.body, view.hash, view.errors = body, state.next_id("h"), {}
    state.journal.wake()


def _open_views(state: State) -> list[View]:
    return [view for stack in state.modals.values() for view in stack] + list(state.homes.values())


def _take_trigger(state: State, args: Json) -> str:
    trigger = state.triggers.get(args.get("trigger_id", ""))
    if trigger is None:
        raise Refused("invalid_trigger_id")
    if trigger.used:
        raise Refused("exchanged_trigger_id")
    if state.clock() - trigger.made > state.rules.trigger_seconds:
        raise Refused("expired_trigger_id")
    trigger.used = True
    return trigger.user


def _find(state: State, args: Json) -> View:
    for view in _open_views(state):
        external = view.body.get("external_id")
        if view.id == args.get("view_id") or (external and external == args.get("external_id")):
            return view
    raise Refused("not_found")


def _check_hash(view: View, args: Json) -> None:
    if args.get("hash") not in {None, view.hash}:
        raise Refused("hash_conflict")


def _shown(state: State, view: View) -> Json:
    space = state.workspace
    return {"ok": True, "view": view.payload(space.team, space.app, space.bot_id)}
