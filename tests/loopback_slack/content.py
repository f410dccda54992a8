"""What a call wants to show: read, checked, and looked over for what a bot must not say."""

import json

from loopback_slack.blocks import check_blocks, check_message
from loopback_slack.errors import Refused
from loopback_slack.journal import Json
from loopback_slack.posts import Message
from loopback_slack.state import State
from loopback_slack.wording import find_bad_wording

MARKDOWN_CHARACTERS = 12_000
TEXT_CHARACTERS = 40_000


def read_content(state: State, method: str, args: Json) -> tuple[str, list[Json]]:
    """Return text and blocks of a message; `no_text`, `msg_too_long`, `invalid_blocks` ... are refused."""
    blocks = read_list(args, "blocks")
    markdown = str(args.get("markdown_text") or "")
    text = str(args.get("text") or "")
    if markdown and (text or blocks):
        raise Refused("markdown_text_conflict")
    if len(markdown) > MARKDOWN_CHARACTERS or len(text) > TEXT_CHARACTERS:
        state.journal.note_violation("too_long", method, f"{len(text or markdown)} characters of text")
        raise Refused("msg_too_long")
    if not (text or markdown or blocks):
        raise Refused("no_text")
    if args.get("attachments"):
        state.journal.note_violation("attachments", method, "attachments are old and not checked here")
    if blocks and not text:
        state.journal.note_violation("no_fallback", method, "blocks without top-level text")
    refuse_bad_blocks(state, method, blocks)
    shown: list[Json] = [{"type": "markdown", "text": markdown}] if markdown else blocks
    look_over(state, method, text, shown, args)
    return text or markdown, blocks


def refuse_bad_blocks(state: State, method: str, blocks: list[Json]) -> None:
    """Refuse the blocks of a message that Slack would refuse, and note why."""
    problems = check_blocks(blocks, "message")
    _refuse(state, method, "invalid_blocks", problems)
    _refuse(state, method, "msg_blocks_too_long", check_message(blocks))


def look_over(state: State, method: str, text: str, blocks: list[Json], args: Json) -> None:
    """Note live mentions, spoofed links, and links whose unfurling is not switched off."""
    for kind, detail in find_bad_wording(text, blocks, frozenset(state.mentionable)):
        state.journal.note_violation(kind, method, detail)
    if method == "chat.postMessage" and has_links(text, blocks):
        left_on = [name for name in ("unfurl_links", "unfurl_media") if not is_off(args.get(name))]
        if left_on:
            state.journal.note_violation("unfurl", method, f"a message with links leaves {left_on} on")


def has_links(text: str, blocks: list[Json]) -> bool:
    """Whether a message holds an address that Slack could unfurl."""
    return "://" in text or "://" in json.dumps(blocks)


def is_off(value: object) -> bool:
    """Whether a flag is given and false, in any of the ways it can be sent."""
    return value is False or str(value).lower() in {"0", "false"}


def is_on(value: object) -> bool:
    """Whether a flag is given and true, in any of the ways it can be sent."""
    return value is True or str(value).lower() in {"1", "true"}


def read_list(args: Json, name: str) -> list[Json]:
    """Return a list argument, which may have come as JSON."""
    value = read_json(args, name)
    if value is None:
        return []
    if not isinstance(value, list):
        raise Refused(f"invalid_{name}_format" if name == "blocks" else f"invalid_{name}")
    return value


def read_json(args: Json, name: str) -> object:
    """Return an argument that may have come as JSON."""
    value = args.get(name)
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError as exc:
        raise Refused(f"invalid_{name}_format" if name == "blocks" else "invalid_json") from exc


def read_metadata(args: Json) -> Json | None:
    """Return the metadata of a message: an event_type and a payload, nothing else."""
    metadata = read_json(args, "metadata")
    if metadata is None:
        return None
    if not isinstance(metadata, dict) or set(metadata) != {"event_type", "event_payload"}:
        raise Refused("invalid_metadata_format")
    if not isinstance(metadata["event_payload"], dict):
        raise Refused("invalid_metadata_schema")
    if any(isinstance(value, dict | list) and not value for value in metadata["event_payload"].values()):
        raise Refused("invalid_metadata_schema")
    return metadata


def _refuse(state: State, method: str, error: str, problems: list[str]) -> None:
    if not problems:
        return
    for problem in problems:
        state.journal.note_violation(error, method, problem)
    raise Refused(
        error, errors=problems, response_metadata={"messages": [f"[ERROR] {each}" for each in problems]}
    )


def find_thread(state: State, method: str, channel: str, args: Json) -> str | None:
    """Return the root a reply goes below; nothing if it is gone, as Slack then posts to the channel."""
    wanted = args.get("thread_ts")
    if wanted is None:
        return None
    there: Message | None = state.messages.get(channel, {}).get(str(wanted))
    if there is None:
        return None
    if there.is_reply:
        state.journal.note_violation("thread_ts", method, f"{wanted} is a reply, not the root of a thread")
        return there.thread_ts
    return there.ts
