"""What a bot must not say: live mentions, and links that hide where they go."""

import re
from collections.abc import Iterator

from loopback_slack.journal import Json

_BROADCAST = re.compile(r"<!(?:channel|here|everyone)\b[^>]*>")
_GROUP = re.compile(r"<!subteam\^(\w+)[^>]*>")
_PERSON = re.compile(r"<@(\w+)[^>]*>")
_LINK = re.compile(r"<((?:https?|mailto|slack)[:/][^>]*)>")
_PIPES_OF_A_PLAIN_LINK = 1
_RICH_MENTIONS = {"broadcast": "range", "user": "user_id", "usergroup": "usergroup_id"}


def find_bad_wording(text: str, blocks: list[Json], allowed: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Yield (kind, detail) of each live mention not allowed (ids, or `channel` ...) and each spoofed link."""
    for words in (text, *marked_up(blocks)):
        yield from _find_mentions(words, allowed)
        for link in _LINK.findall(words):
            if link.count("|") > _PIPES_OF_A_PLAIN_LINK:
                yield "spoofed_link", f"<{link}> has a | within its address or label"
    yield from _find_rich_mentions(blocks, allowed)


def _find_mentions(words: str, allowed: frozenset[str]) -> Iterator[tuple[str, str]]:
    for match in _BROADCAST.finditer(words):
        if match.group().strip("<!>").split("|")[0] not in allowed:
            yield "mention", f"{match.group()} calls everybody"
    for pattern in (_GROUP, _PERSON):
        for match in pattern.finditer(words):
            if match.group(1) not in allowed:
                yield "mention", f"{match.group()} is live and not allowed here"


def _find_rich_mentions(blocks: list[Json], allowed: frozenset[str]) -> Iterator[tuple[str, str]]:
    for node in walk(blocks):
        called = node.get(_RICH_MENTIONS.get(str(node.get("type")), ""))
        if called is not None and called not in allowed:
            yield "mention", f"rich text mentions {called}, which is not allowed here"


def marked_up(blocks: list[Json]) -> Iterator[str]:
    """Yield each text of the blocks in which Slack would see mentions and links."""
    for node in walk(blocks):
        text = node.get("text")
        if node.get("type") in {"mrkdwn", "markdown"} and isinstance(text, str):
            yield text


def walk(node: object) -> Iterator[Json]:
    """Yield every object within blocks."""
    if isinstance(node, dict):
        yield node
        for value in node.values():
            yield from walk(value)
    elif isinstance(node, list):
        for each in node:
            yield from walk(each)
