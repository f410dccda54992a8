"""Blocks that local-slack's page draws, in the place of those that it only names in brackets.

It draws section, header, divider, context, image, actions and input.  Words of documents stay words: its
mrkdwn would format them as Slack's does, and unlike Slack it shows the entities of & < > as they are written.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from askpcc.slack.mrkdwn import JOINER, escape

Block = dict[str, Any]

_LINE_END = re.compile(r"\n+")
_DATE = re.compile(r"<!date\^[^|<>]*\|([^<>]*)>")


def redraw_call(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Return the arguments of a call of the Web API, or a reply to a response address, for the page."""
    drawn = dict(arguments)
    if isinstance(drawn.get("blocks"), list):
        drawn["blocks"] = redraw(drawn["blocks"])
    if isinstance(drawn.get("view"), dict):
        drawn["view"] = {**drawn["view"], "blocks": redraw(drawn["view"].get("blocks", []))}
    return drawn


def redraw(blocks: Iterable[Block]) -> list[Block]:
    """Return blocks that the page draws."""
    return [drawn for block in blocks for drawn in _redraw(block)]


def _redraw(block: Block) -> Iterator[Block]:
    match block["type"]:
        case "rich_text":
            yield _section("\n".join(_rich_lines(block["elements"])))
        case "table":
            yield from _list_rows(block["rows"])
        case "context_actions":
            buttons = [button for element in block["elements"] for button in _buttons(element)]
            yield {"type": "actions", "elements": buttons}
        case _:
            yield _readable(block)


def _section(mrkdwn: str) -> Block:
    return {"type": "section", "text": {"type": "mrkdwn", "text": mrkdwn}}


def _rich_lines(elements: Sequence[Block]) -> Iterator[str]:
    for element in elements:
        before = "> " if element["type"] == "rich_text_quote" else ""
        whole = "".join(map(_words, element["elements"]))
        yield from (f"{before}{line}" for line in _LINE_END.split(whole))


def _words(element: Block) -> str:
    if element["type"] == "link":
        return f"<{element['url']}|{_read(escape(element.get('text') or element['url']))}>"
    said = _read(escape(element.get("text", "")))
    if not element.get("style", {}).get("bold"):
        return said
    return "\n".join(f"*{line}*" if line.strip() else line for line in _LINE_END.split(said))


def _list_rows(rows: Sequence[Sequence[Block]]) -> Iterator[Block]:
    """Yield a table as a paragraph a row: its first cell, and below it the others."""
    head, *others = rows
    yield {"type": "context", "elements": [{"type": "mrkdwn", "text": " · ".join(map(_cell, head))}]}
    for first, *further in others:
        yield _section(f"{_cell(first)}\n{' · '.join(filter(None, map(_cell, further)))}")


def _cell(cell: Block) -> str:
    if cell["type"] == "rich_text":
        return " ".join(_rich_lines(cell["elements"]))
    return _read(escape(cell["text"]))


def _buttons(element: Block) -> Iterator[Block]:
    for name in ("positive_button", "negative_button"):
        if name in element:
            yield {"type": "button", "action_id": element["action_id"], **element[name]}


def _readable(part: Any) -> Any:  # noqa: ANN401 - any part of a block
    """Return a part of a block with the entities of its mrkdwn read."""
    if isinstance(part, list):
        return [_readable(one) for one in part]
    if not isinstance(part, dict):
        return part
    if part.get("type") == "mrkdwn":
        return {**part, "text": _read(part["text"])}
    return {name: _readable(value) for name, value in part.items()}


def _read(mrkdwn: str) -> str:
    """Read dates and entities; a joiner keeps a bracket of the words from beginning a link or a mention."""
    mrkdwn = _DATE.sub(r"\1", mrkdwn)
    return mrkdwn.replace("&lt;", f"<{JOINER}").replace("&gt;", ">").replace("&amp;", "&")
