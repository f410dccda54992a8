"""What slack_sdk's own models say of blocks: they know lengths and counts."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block

_UNKNOWN_TO_MODELS = {"data_table"}


def model_problems(blocks: list[dict[str, Any]]) -> Iterator[str]:
    """Yield what a model refuses; blocks that slack_sdk has no model of pass."""
    for at, block in enumerate(blocks):
        if block["type"] in _UNKNOWN_TO_MODELS:
            continue
        try:
            model = Block.parse(deepcopy(block))
            if model is not None:
                model.validate_json()
        except (SlackObjectFormationError, TypeError) as wrong:
            yield f"blocks[{at}]: {wrong}"
