"""The few blocks that answers are made of."""

from collections.abc import Iterable, Iterator
from typing import Any

from askpcc.surfaces.slack.answers.messages import Block
from askpcc.surfaces.slack.text import fit_address, literal, mrkdwn, size

_NOT_SHOWN = {"type", "value", "action_id", "block_id"}


def section(escaped: str) -> Block:
    """Return a paragraph in mrkdwn that is never folded."""
    return {"type": "section", "text": mrkdwn(escaped), "expand": True}


def context(elements: Iterable[Block]) -> Block:
    """Return small print: text objects."""
    return {"type": "context", "elements": list(elements)}


def rich_text(*elements: Block) -> Block:
    """Return rich text: quotations and paragraphs whose words Slack shows as they are."""
    return {"type": "rich_text", "elements": list(elements)}


def paragraph(elements: Iterable[Block]) -> Block:
    """Return a paragraph of rich text."""
    return {"type": "rich_text_section", "elements": list(elements)}


def quotation(elements: Iterable[Block]) -> Block:
    """Return a quotation of rich text."""
    return {"type": "rich_text_quote", "elements": list(elements)}


def words(text: str, *, bold: bool = False) -> Block:
    """Return words of rich text."""
    style = {"style": {"bold": True}} if bold else {}
    return {"type": "text", "text": literal(text), **style}


def anchor(number: int, url: str | None) -> Block:
    """Return the number of a source, leading to it where it has an address."""
    address = fit_address(url)
    label = f"[{number}]"
    return {"type": "link", "url": address, "text": label} if address else words(label)


def weigh(block: Any) -> int:  # noqa: ANN401 - any part of a block
    """Count the characters of a block, those of addresses included."""
    return sum(size(text) for text in _texts(block))


def _texts(part: Any) -> Iterator[str]:  # noqa: ANN401 - any part of a block
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict):
        for name, value in part.items():
            if name not in _NOT_SHOWN:
                yield from _texts(value)
    elif isinstance(part, list | tuple):
        for value in part:
            yield from _texts(value)
