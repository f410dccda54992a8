"""assistant.threads.* and agents.sessions.*: what the bot is at, prompts, titles, sessions."""

from loopback_slack.content import read_json, read_list
from loopback_slack.errors import Refused
from loopback_slack.journal import Json
from loopback_slack.posts import Session
from loopback_slack.state import State

SESSION_STATUSES = frozenset({"active", "processing", "suspended", "closed"})
LOADING_MESSAGES = 10
TITLE_CHARACTERS = 200
PROMPTS = 4
NO_STOP_EVENT = "missing_agent_session_stopped_event_subscription"


def set_status(state: State, args: Json) -> Json:
    """assistant.threads.setStatus; an empty status clears it."""
    channel = state.own_channel(args["channel_id"])
    if not state.thread(channel.id, args["thread_ts"]):
        raise Refused("thread_not_found")
    loading = read_list(args, "loading_messages")
    if len(loading) > LOADING_MESSAGES:
        raise Refused("invalid_arguments", response_metadata={"messages": ["more than 10 loading_messages"]})
    status: Json = {
        "at": state.next_ts(),
        "channel": channel.id,
        "thread_ts": args["thread_ts"],
        "status": args["status"],
    }
    state.thread_statuses.append(status | {"loading_messages": loading})
    return {"ok": True}


def set_suggested_prompts(state: State, args: Json) -> Json:
    """assistant.threads.setSuggestedPrompts; with a thread_ts agent_view does nothing, so that is noted."""
    channel = state.own_channel(args["channel_id"])
    if channel.kind != "im":
        raise Refused("channel_type_not_supported")
    prompts = read_json(args, "prompts")
    if not isinstance(prompts, list) or not 1 <= len(prompts) <= PROMPTS:
        raise Refused("invalid_arguments", response_metadata={"messages": ["prompts: a list of one to four"]})
    for prompt in prompts:
        if not isinstance(prompt, dict) or set(prompt) != {"title", "message"}:
            raise Refused("invalid_arguments", response_metadata={"messages": ["a prompt: title, message"]})
    if args.get("thread_ts"):
        detail = "with thread_ts the call does nothing under agent_view"
        state.journal.note_violation("silent_failure", "assistant.threads.setSuggestedPrompts", detail)
        return {"ok": True}
    state.prompts[channel.id] = {"title": args.get("title", ""), "prompts": prompts}
    return {"ok": True}


def set_title(state: State, args: Json) -> Json:
    """assistant.threads.setTitle."""
    channel = state.own_channel(args["channel_id"])
    if not state.thread(channel.id, args["thread_ts"]):
        raise Refused("thread_not_found")
    state.titles[channel.id, args["thread_ts"]] = args["title"]
    return {"ok": True}


def set_session_status(state: State, args: Json) -> Json:
    """agents.sessions.setStatus; title and initiator count only when the session is new."""
    channel = state.own_channel(args["channel_id"])
    if args["status"] not in SESSION_STATUSES or len(args.get("title", "")) > TITLE_CHARACTERS:
        raise Refused("invalid_arguments", response_metadata={"messages": ["status, or a title over 200"]})
    thread_ts = str(args.get("thread_ts") or "")
    if not state.thread(channel.id, thread_ts):
        raise Refused("thread_not_found")
    initiator = args.get("initiator_user_id")
    if initiator and initiator not in channel.members:
        raise Refused("user_not_in_channel")
    session = set_session(state, channel.id, thread_ts, args["status"], args.get("title", ""))
    answer: Json = {
        "ok": True,
        "status": session.status,
        "agent_status": session.status,
        "title": session.title,
    }
    if args["status"] == "processing" and "agent_session_stopped" not in state.rules.subscriptions:
        answer["warning"] = NO_STOP_EVENT
    return answer


def rename_session(state: State, args: Json) -> Json:
    """agents.sessions.rename."""
    session = state.sessions.get((args["channel_id"], str(args.get("thread_ts") or "")))
    if session is None:
        raise Refused("session_not_found")
    if not 1 <= len(args["title"]) <= TITLE_CHARACTERS:
        raise Refused("invalid_arguments", response_metadata={"messages": ["title: 1 to 200 characters"]})
    session.title = args["title"]
    return {"ok": True, "title": session.title}


def set_session(state: State, channel: str, thread_ts: str, status: str, title: str = "") -> Session:
    """Put a session into a status, making it if there was none."""
    session = state.sessions.setdefault((channel, thread_ts), Session(channel, thread_ts, title))
    session.statuses.append(status)
    state.journal.wake()
    return session
