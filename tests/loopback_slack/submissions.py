"""What an app answers to a submitted modal: errors, update, push, clear, or nothing, which closes it."""

from loopback_slack.errors import Refused
from loopback_slack.journal import Json
from loopback_slack.methods.views import push_view, read_view, replace_view
from loopback_slack.posts import View
from loopback_slack.state import State

_METHOD = "view_submission"


def answer_submission(state: State, payload: Json, answer: Json) -> None:
    """Do what the acknowledgement of a submission asks for; what Slack would not take is noted."""
    view = state.views[payload["view"]["id"]]
    action = answer.get("response_action")
    try:
        if action is None:
            if answer:
                _note(state, f"an answer without response_action: {answer}")
            _close(state, view)
        elif action == "errors":
            _show_errors(state, view, answer.get("errors"))
        elif action == "update":
            replace_view(state, view, read_view(state, _METHOD, answer.get("view"), "modal"))
        elif action == "push":
            push_view(state, view.user, read_view(state, _METHOD, answer.get("view"), "modal"))
        elif action == "clear":
            for each in state.modals.pop(view.user, []):
                each.closed = True
        else:
            _note(state, f"no such response_action: {action}")
    except Refused as refused:
        _note(state, refused.error)
    state.journal.wake()


def _close(state: State, view: View) -> None:
    view.closed = True
    stack = state.modals.get(view.user, [])
    if view in stack:
        stack.remove(view)
    if not stack:
        state.modals.pop(view.user, None)


def _show_errors(state: State, view: View, errors: object) -> None:
    inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors:
        _note(state, "response_action errors without errors")
        return
    for block_id in errors:
        if block_id not in inputs:
            _note(state, f"an error for {block_id!r}, which is no input of the view")
    view.errors = {str(key): str(value) for key, value in errors.items()}


def _note(state: State, detail: str) -> None:
    state.journal.note_violation("invalid_ack", _METHOD, detail)
