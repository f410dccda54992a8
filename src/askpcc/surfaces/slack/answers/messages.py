"""What the builders of answers are given besides the answer, and what they return."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from askpcc.library import Freshness

Block = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Message:
    """One message.  text: the same in words, for notifications, screen readers, and where blocks fail."""

    text: str
    blocks: list[Block]


@dataclass(frozen=True, slots=True)
class Shown:
    """How an answer is to be shown.

    private: only its asker sees it.  notes: what people did with it, a sentence each.
    show_share, show_mute: offer these buttons.  person: whom to mention, by Slack's id.
    dates: ISO dates of documents, by path.
    """

    freshness: Freshness
    private: bool = False
    notes: tuple[str, ...] = ()
    show_share: bool = False
    show_mute: bool = False
    person: str | None = None
    dates: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Piece:
    """Blocks that stay together in one message.  words: the same in words, escaped, a line each."""

    blocks: tuple[Block, ...]
    words: tuple[str, ...] = ()
