"""Pieces become messages: as few as Slack's limits allow, each piece whole and in its place."""

from collections.abc import Iterable, Sequence

from askpcc.surfaces.slack import limits
from askpcc.surfaces.slack.answers.blocks import weigh
from askpcc.surfaces.slack.answers.messages import Message, Piece
from askpcc.surfaces.slack.text import cut, size


def pack(pieces: Iterable[Piece]) -> list[Message]:
    """Return messages with all pieces in their order; each piece must fit into a message by itself."""
    messages: list[list[Piece]] = [[]]
    for piece in pieces:
        if messages[-1] and not fits([*messages[-1], piece]):
            messages.append([])
        messages[-1].append(piece)
    return [_compose(held) for held in messages if held]


def fits(pieces: Sequence[Piece]) -> bool:
    """Tell whether pieces go into one message."""
    blocks = [block for piece in pieces for block in piece.blocks]
    return (
        len(blocks) <= limits.MESSAGE_BLOCKS
        and sum(block["type"] == "table" for block in blocks) <= limits.TABLES_A_MESSAGE
        and sum(weigh(block) for block in blocks) <= limits.MESSAGE_CHARACTERS
    )


def _compose(pieces: Sequence[Piece]) -> Message:
    lines = [line for piece in pieces for line in piece.words if line]
    return Message(_join(lines), [block for piece in pieces for block in piece.blocks])


def _join(lines: Sequence[str]) -> str:
    """Return all lines; where that is too long, the beginning of each, since what matters stands there."""
    whole = "\n\n".join(lines)
    if size(whole) < limits.MESSAGE_TEXT:
        return whole
    share = (limits.MESSAGE_TEXT - 1) // len(lines) - len("\n\n")
    spare = sum(max(0, share - size(line)) for line in lines)
    long = sum(size(line) > share for line in lines)
    return "\n\n".join(cut(line, share + spare // long) for line in lines)
