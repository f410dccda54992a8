"""Whether Slack would take blocks, a whole message, or a view; each answer is a list of what is wrong."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from slackblocks import _limits as limits

from loopback_slack.blocks.expansion import count_expanded
from loopback_slack.blocks.models import model_problems
from loopback_slack.blocks.objects import plain
from loopback_slack.blocks.rules import Rule, flag, record, text, word
from loopback_slack.blocks.shapes import SURFACES

Block = dict[str, Any]
MESSAGE_CHARACTERS = 13_200  # measured by others: metabase/metabase#79908
_MOST = {"message": limits.MESSAGE_BLOCKS_MAX_ITEMS}
_TEXTS = ("text", "title", "caption")
_VIEW_KEYS: dict[str, Rule] = {
    "private_metadata": text(limits.VIEW_PRIVATE_METADATA_MAX_LENGTH, least=0),
    "callback_id": text(limits.VIEW_CALLBACK_ID_MAX_LENGTH),
    "external_id": text(limits.VIEW_EXTERNAL_ID_MAX_LENGTH),
}
_ANY_LIST: Rule = lambda _value, _place: iter(())  # noqa: E731 # the blocks are checked apart
_VIEWS: dict[str, Rule] = {
    "home": record({"type": word("home"), "blocks": _ANY_LIST}, _VIEW_KEYS),
    "modal": record(
        {"type": word("modal"), "blocks": _ANY_LIST, "title": plain(limits.VIEW_TITLE_MAX_LENGTH)},
        _VIEW_KEYS
        | {
            "submit": plain(limits.VIEW_SUBMIT_MAX_LENGTH),
            "close": plain(limits.VIEW_CLOSE_MAX_LENGTH),
            "clear_on_close": flag,
            "notify_on_close": flag,
            "submit_disabled": flag,
        },
    ),
}


def check_blocks(blocks: Sequence[object], surface: str = "message") -> list[str]:
    """Return what Slack would refuse in blocks (dicts) on a surface: `message`, `modal` or `home`."""
    if not isinstance(blocks, list):
        return [f"blocks: {type(blocks).__name__}, a list belongs here"]
    found = [
        problem for at, block in enumerate(blocks) for problem in SURFACES[surface](block, f"blocks[{at}]")
    ]
    if found:
        return found
    return [*_check_whole(blocks, surface), *model_problems(blocks)]


def check_message(blocks: Sequence[Block]) -> list[str]:
    """Return whether the blocks of one message hold too much text together (`msg_blocks_too_long`)."""
    characters = sum(map(count_characters, blocks))
    if characters > MESSAGE_CHARACTERS:
        return [f"blocks: {characters} characters of text, at most about {MESSAGE_CHARACTERS} in a message"]
    return []


def check_view(view: object) -> list[str]:
    """Return what Slack would refuse in a view: a modal or a Home tab."""
    if not isinstance(view, dict) or view.get("type") not in _VIEWS:
        return [f"view: no modal and no home: {str(view)[:80]}"]
    kind = view["type"]
    found = [*_VIEWS[kind](view, "view"), *check_blocks(view.get("blocks", []), kind)]
    inputs = [
        block for block in view.get("blocks", []) if isinstance(block, dict) and block.get("type") == "input"
    ]
    if kind == "modal" and inputs and not view.get("submit"):
        found.append("view: a modal with inputs needs submit")
    return found


def count_characters(value: object) -> int:
    """Return how many characters of text blocks show."""
    if isinstance(value, list):
        return sum(map(count_characters, value))
    if not isinstance(value, dict):
        return 0
    own = sum(len(value[key]) for key in _TEXTS if isinstance(value.get(key), str))
    return own + sum(count_characters(each) for each in value.values() if isinstance(each, dict | list))


def _check_whole(blocks: list[Block], surface: str) -> Iterator[str]:
    markdown = [block["text"] for block in blocks if block["type"] == "markdown"]
    expanded = len(blocks) - len(markdown) + sum(map(count_expanded, markdown))
    most = _MOST.get(surface, limits.VIEW_BLOCKS_MAX_ITEMS)
    if expanded > most:
        yield f"blocks: {expanded} blocks once markdown is expanded, at most {most}"
    if sum(map(len, markdown)) > limits.MARKDOWN_TOTAL_TEXT_MAX_LENGTH:
        yield f"blocks: {sum(map(len, markdown))} characters of markdown, at most 12000 in a payload"
    yield from _check_tables(blocks)
    yield from _check_ids(blocks)


def _check_tables(blocks: list[Block]) -> Iterator[str]:
    tables = [block for block in blocks if block["type"] in {"table", "data_table"}]
    if len(tables) > 1:
        yield f"blocks: {len(tables)} tables, one in a message"
    for table in tables:
        if len({len(row) for row in table["rows"]}) > 1:
            yield "table: rows of different lengths"
        if table["type"] == "data_table" and count_characters(table) > limits.DATA_TABLE_CONTENT_MAX_LENGTH:
            yield f"data_table: {count_characters(table)} characters, at most 20000"


def _check_ids(blocks: list[Block]) -> Iterator[str]:
    block_ids = Counter(block["block_id"] for block in blocks if "block_id" in block)
    yield from (f"blocks: block_id {each!r} stands twice" for each, times in block_ids.items() if times > 1)
    for at, block in enumerate(blocks):
        elements = [each for each in block.get("elements", []) if isinstance(each, dict)]
        actions = Counter(each["action_id"] for each in elements if "action_id" in each)
        yield from (
            f"blocks[{at}]: action_id {each!r} stands twice" for each, times in actions.items() if times > 1
        )
    focused = str(blocks).count("'focus_on_load': True")
    if focused > 1:
        yield f"blocks: {focused} elements want focus_on_load, one can have it"
