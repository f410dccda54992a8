"""Text for Slack: words that are not ours stay words, whatever Slack would read in them.

Slack's mrkdwn has no escape for its marks of emphasis.  A word joiner (U+2060), which nobody sees, stands
on both sides of a mark that would format; the exact words can be read where text is shown as plain text.
"""

import re
from typing import Any

from askpcc.rendering.answers import visible
from askpcc.rendering.links import web_address
from askpcc.surfaces.slack import limits

JOINER = "\N{WORD JOINER}"
ELLIPSIS = "…"

_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_MARKS = {
    "*": re.compile(r"\*"),
    "_": re.compile(r"(?<![^\W_])_|_(?![^\W_])"),
    "~": re.compile(r"~"),
    "`": re.compile(r"`"),
}
_MENTION = re.compile(r"(?<!\w)@(?=\w)")
_EMOJI = re.compile(r":(?=[a-z0-9_+'-]+:)")
_LINE_START = re.compile(r"^(?=[^\S\n]*(?:&gt;|[-*+•◦▪]\s))", re.MULTILINE)
_LIVE = re.compile(r"<(?=[!@#])")
_UNFINISHED = re.compile(r"(?:&[a-z]{0,3}|<(?:https?:|[!@#])[^<>]*)$")


def escape(text: str) -> str:
    """Return words for mrkdwn, so that nothing in them formats, links, mentions or becomes an emoji.

    Source: reference/messaging/formatting-message-text in Slack's documentation.
    """
    text = visible(text).translate(_ENTITIES)
    text = _MENTION.sub(f"@{JOINER}", text)
    text = _EMOJI.sub(f":{JOINER}", text)
    text = _LINE_START.sub(JOINER, text)
    for mark, where in _MARKS.items():
        if text.count(mark) > 1:
            text = where.sub(f"{JOINER}{mark}{JOINER}", text)
    return text


def escape_line(text: str) -> str:
    """Return words for mrkdwn, in one line."""
    return escape(in_one_line(text))


def in_one_line(text: str) -> str:
    """Return a text in one line, without what steers a display."""
    return " ".join(visible(text).split())


def literal(text: str) -> str:
    """Return words for a place that knows no markup, such as rich text.

    A client that read it as mrkdwn all the same would mention nobody.
    """
    return _LIVE.sub(f"<{JOINER}", visible(text))


_BROKEN_BAR = "\u00a6"


def link(url: str | None, label: str) -> str:
    """Return a link in mrkdwn; the label alone where the address is none of the web, or too long.

    A bar in the label becomes a broken one: in the syntax of links a bar ends the address.
    """
    address = fit_address(url)
    words = escape_line(label if address is None else label.replace("|", _BROKEN_BAR))
    target = (address or "").translate(_ENTITIES)
    if not target or size(target) > limits.LINK_URL:
        return words
    return f"<{target}|{words}>" if words else f"<{target}>"


def fit_address(url: str | None) -> str | None:
    """Return an address of the web in characters that Slack's link syntax does not use, or None.

    One that is too long is tried without its fragment.
    """
    address = web_address(url)
    if address is not None and size(address) > limits.LINK_URL:
        address = address.partition("#")[0]
    return None if address is None or size(address) > limits.LINK_URL else address


def size(text: str) -> int:
    """Count the UTF-16 units of a text: never fewer than its characters."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut(text: str, limit: int) -> str:
    """Return at most so much of a text, with "…" for the rest; entities, links and characters stay whole."""
    if size(text) <= limit:
        return text
    units = text.encode("utf-16-le", "surrogatepass")[: 2 * (limit - 1)]
    return _UNFINISHED.sub("", units.decode("utf-16-le", "ignore")).rstrip() + ELLIPSIS


def cut_start(text: str, limit: int) -> str:
    """Return at most so much of the end of a plain text, with "…" for what stood before."""
    if size(text) <= limit:
        return text
    units = text.encode("utf-16-le", "surrogatepass")[-2 * (limit - 1) :]
    return ELLIPSIS + units.decode("utf-16-le", "ignore").lstrip()


def split(text: str, limit: int) -> list[str]:
    """Cut a plain text into parts of at most so much, at spaces where there are some; joined they are it."""
    parts = []
    start = 0
    while len(text) - start > limit or size(text[start:]) > limit:
        units = text[start : start + limit].encode("utf-16-le", "surrogatepass")[: 2 * limit]
        head = units.decode("utf-16-le", "ignore")
        end = head.rfind(" ") + 1
        head = head[:end] if end > len(head) // 2 else head
        parts.append(head)
        start += len(head)
    return [*parts, text[start:]] if start < len(text) else parts


def mrkdwn(text: str, limit: int = limits.TEXT) -> dict[str, Any]:
    """Return a text object in mrkdwn, in which Slack links nothing by itself; text: escaped already."""
    return {"type": "mrkdwn", "text": cut(text, limit), "verbatim": True}


def plain(text: str, limit: int = limits.TEXT) -> dict[str, Any]:
    """Return a text object without any markup; the words as they are, ``:codes:`` included."""
    return {"type": "plain_text", "text": cut(visible(text), limit), "emoji": False}
