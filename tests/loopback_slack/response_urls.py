"""Response URLs: five answers to an interaction within half an hour."""

from loopback_slack.content import find_thread, is_on, look_over, read_list, refuse_bad_blocks
from loopback_slack.errors import Refused
from loopback_slack.journal import Call, Json
from loopback_slack.methods.chat import keep_ephemeral, new_message, remove
from loopback_slack.posts import Message
from loopback_slack.state import ResponseUrl, State

MOST_USES = 5
_KEYS = frozenset(
    "text blocks attachments response_type replace_original delete_original thread_ts unfurl_links "
    "unfurl_media mrkdwn metadata".split()
)
_NOT_FOUND, _BAD, _FINE = 404, 400, 200


def make_response_url(state: State, channel: str, user: str, source: Message | None = None) -> str:
    """Return an address to answer an interaction at; `source` is the message it happened in."""
    token = state.next_id("response")
    state.response_urls[token] = ResponseUrl(channel, user, state.clock(), source)
    return f"{state.base_url}/response/{token}"


def answer_response_url(state: State, token: str, args: Json) -> tuple[int, str]:
    """Take one answer; return status and body as Slack does."""
    with state.journal.changed:
        try:
            _answer(state, token, args)
            status, text, body = _FINE, "ok", {"ok": True}
        except Refused as refused:
            status = _NOT_FOUND if refused.error in {"used_url", "expired_url"} else _BAD
            text, body = refused.error, refused.answer()
        state.journal.note_call(Call("response_url", args, body, status, state.clock()))
        return status, text


def _answer(state: State, token: str, args: Json) -> None:
    leave = state.response_urls.get(token)
    if leave is None or leave.used >= MOST_USES:
        raise Refused("used_url")
    if state.clock() - leave.made > state.rules.response_url_seconds:
        raise Refused("expired_url")
    unknown = sorted(set(args) - _KEYS)
    if unknown:
        state.journal.note_violation("invalid_arguments", "response_url", f"unknown: {unknown}")
        raise Refused("invalid_payload")
    leave.used += 1
    show_response(state, leave, args)


def show_response(state: State, leave: ResponseUrl, args: Json) -> None:
    """Delete, replace, or post: for one user unless response_type is in_channel."""
    if is_on(args.get("delete_original")):
        _remove_source(state, leave.source)
        return
    text, blocks = _read(state, args)
    if is_on(args.get("replace_original")) and leave.source:
        leave.source.versions.append(leave.source.text)
        leave.source.text, leave.source.blocks, leave.source.edited = text, blocks, state.next_ts()
        state.name_blocks(blocks)
        return
    message = new_message(state, leave.channel, text, blocks)
    message.thread_ts = find_thread(state, "response_url", leave.channel, args)
    if args.get("response_type") == "in_channel":
        state.keep(message)
    else:
        keep_ephemeral(state, message, leave.user)


def _read(state: State, args: Json) -> tuple[str, list[Json]]:
    text, blocks = str(args.get("text") or ""), read_list(args, "blocks")
    if not (text or blocks):
        raise Refused("no_text")
    refuse_bad_blocks(state, "response_url", blocks)
    look_over(state, "response_url", text, blocks, args)
    return text, blocks


def _remove_source(state: State, source: Message | None) -> None:
    if source is None:
        return
    if source.ephemeral_for:
        state.ephemerals.remove(source)
    else:
        remove(state, source)
