"""What a reader made of a file, in short."""

from askpcc.model import StoredText


def outline(stored: StoredText) -> list[tuple[str, int, str]]:
    """Return kind, level and words of each block."""
    return [(str(block.kind), block.level, block.span.of(stored.text)) for block in stored.blocks]
