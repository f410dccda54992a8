"""Marks on our messages, by which a worker finds what another brought before it died."""

from collections.abc import Mapping
from typing import Any

ANSWER_EVENT = "askpcc_answer"
"""Name of the metadata that tells our own answers in a thread apart."""

_BLOCK = f"{ANSWER_EVENT}:"


def answer_metadata(answer: str) -> dict[str, Any]:
    """Return the metadata by which a message of ours is known to carry an answer."""
    return {"event_type": ANSWER_EVENT, "event_payload": {"answer": answer}}


def answer_block_id(answer: str) -> str:
    """Return the id of the first block of a stream: Slack takes a stream's metadata at its end only."""
    return f"{_BLOCK}{answer}"


def answer_of(message: Mapping[str, Any]) -> str | None:
    """Return the id of the answer that a message carries; None for other messages."""
    metadata = message.get("metadata") or {}
    if metadata.get("event_type") == ANSWER_EVENT:
        return str((metadata.get("event_payload") or {}).get("answer"))
    ids = [str(block.get("block_id", "")) for block in message.get("blocks") or ()]
    return next((id_.removeprefix(_BLOCK) for id_ in ids if id_.startswith(_BLOCK)), None)
