"""Slack's own text format, escaped and read, and the limits of its messages."""

import re
import unicodedata
from typing import Any

from slack_sdk.models.blocks import (
    ButtonElement,
    ConfirmObject,
    ContextBlock,
    HeaderBlock,
    InputBlock,
    InputInteractiveElement,
    MarkdownTextObject,
    Option,
    PlainTextObject,
    SectionBlock,
    StaticSelectElement,
)
from slack_sdk.models.views import View

from askpcc.rendering.results import visible, web_address

# Where the SDK checks a length, it also names it.
BLOCKS_A_VIEW = View.blocks_max_length
VIEW_TITLE = View.title_max_length
VIEW_BUTTON = View.submit_max_length
SECTION_TEXT = SectionBlock.text_max_length
HEADER = HeaderBlock.text_max_length
CONTEXT_ELEMENTS = ContextBlock.elements_max_length
INPUT_LABEL = InputBlock.label_max_length
PLACEHOLDER = InputInteractiveElement.placeholder_max_length
BUTTON_TEXT = ButtonElement.text_max_length
BUTTON_VALUE = ButtonElement.value_max_length
BUTTON_URL = ButtonElement.url_max_length
ACCESSIBILITY_LABEL = ButtonElement.text_max_length
OPTIONS_A_MENU = StaticSelectElement.options_max_length
OPTION_TEXT = Option.label_max_length
OPTION_VALUE = Option.value_max_length
CONFIRM_TITLE = ConfirmObject.title_max_length
CONFIRM_TEXT = ConfirmObject.text_max_length
CONFIRM_BUTTON = ConfirmObject.confirm_max_length

# reference/block-kit/composition-objects/text-object
TEXT = 3_000

# reference/block-kit/blocks/table-block; the heading is one of the rows, characters are those of all cells
TABLE_ROWS = 100
TABLE_CHARACTERS = 10_000
TABLES_A_MESSAGE = 1

# reference/methods/assistant.threads.setStatus
LOADING_LINES = 10

# reference/methods/chat.postMessage: longer text is advised against, and cut at 40,000.
MESSAGE_TEXT = 4_000

# Slack refuses a message with msg_blocks_too_long from about 13,200 characters of block text on: written down
# nowhere, measured by others (slackapi/bolt-js#2509, metabase/metabase#79908).  Both stay well below.
MESSAGE_CHARACTERS = 11_500
MESSAGE_BLOCKS = 40

# Browsers and mail programs cut longer addresses; Slack gives no number for links in text.
LINK_URL = 2_000

JOINER = "\N{WORD JOINER}"
ELLIPSIS = "…"
_BROKEN_BAR = "\u00a6"

_ENTITY = re.compile(r"<([^<>\n]*)>")
_QUOTE = re.compile(r"^[^\S\n]*(?:&gt;)+", re.MULTILINE)
# Not past the end of a line: each of many empty lines would be looked through again from the next one.
_BULLET = re.compile(r"^[^\S\n]*[•◦▪]\s*", re.MULTILINE)
_EMOJI = re.compile(r"(?<![\w:]):(?:\+1|-1|[a-z0-9][a-z0-9_+'-]*):(?:skin-tone-\d:)?(?![\w:])")
_CODE_BLOCK = re.compile(r"```")
_MARKS = tuple(
    re.compile(rf"(?<![\w{mark}]){mark}([^{mark}\n]+){mark}(?![\w{mark}])") for mark in (r"\*", "_", "~", "`")
)
SLACK_ID = re.compile(r"[\w.-]{1,64}", re.ASCII)
PERSON_ID = re.compile(r"[UW][A-Z0-9]{2,30}")
_EVERYBODY = frozenset({"here", "channel", "everyone"})

_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_FORMAT_MARKS = {
    "*": re.compile(r"\*"),
    "_": re.compile(r"(?<![^\W_])_|_(?![^\W_])"),
    "~": re.compile(r"~"),
    "`": re.compile(r"`"),
}
_MENTION = re.compile(r"(?<!\w)@(?=\w)")
_EMOJI_START = re.compile(r":(?=[a-z0-9_+'-]+:)")
_LINE_START = re.compile(r"^(?=[^\S\n]*(?:&gt;|[-*+•◦▪]\s))", re.MULTILINE)
_LIVE = re.compile(r"<(?=[!@#])")
_UNFINISHED = re.compile(r"(?:&[a-z]{0,3}|<(?:https?:|[!@#])[^<>]*)$")


def question_words(text: str) -> str:
    """Return the plain words of a message: labels of links, no mentions, no marks, single spaces.

    A channel stays with its name; people and groups go, the assistant among them, since no document knows
    them.  Pictures of faces and the like (":wave:") go too.
    """
    words = _ENTITY.sub(lambda match: _entity_words(match[1]), _QUOTE.sub(" ", text))
    words = _BULLET.sub(" ", _EMOJI.sub(" ", _CODE_BLOCK.sub(" ", words)))
    for mark in _MARKS:
        words = mark.sub(r"\1", words)
    return " ".join(_without_invisible(_unescape(words)).split())


def find_mentions(text: str) -> tuple[str, ...]:
    """Return whom a message mentions, each once: users and groups by id, a whole channel by its word."""
    found = (_mentioned(match[1]) for match in _ENTITY.finditer(text))
    return tuple(dict.fromkeys(one for one in found if one))


def _entity_words(entity: str) -> str:
    target, _, label = entity.partition("|")
    if target.startswith("@"):
        return " "
    if target.startswith("#"):
        return f" #{label} " if label else " "
    if target.startswith("!"):
        return f" {label} " if target.startswith("!date^") else " "
    return label or target.removeprefix("mailto:")


def _mentioned(entity: str) -> str | None:
    target = entity.partition("|")[0]
    if target.startswith("!") and target[1:] in _EVERYBODY:
        return target[1:]
    name = target.removeprefix("!subteam^").removeprefix("@")
    return name if name != target and SLACK_ID.fullmatch(name) else None


def _unescape(text: str) -> str:
    """Undo Slack's own three replacements, once each."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _without_invisible(text: str) -> str:
    """Return a text without characters that nobody sees or can type."""
    kinds = [(char, unicodedata.category(char)) for char in text]
    return "".join(" " if kind[0] == "C" else char for char, kind in kinds if kind != "Cf")


def escape(text: str) -> str:
    """Return words for mrkdwn, so that nothing in them formats, links, mentions or becomes an emoji.

    Source: reference/messaging/formatting-message-text in Slack's documentation.
    """
    text = visible(text).translate(_ENTITIES)
    text = _MENTION.sub(f"@{JOINER}", text)
    text = _EMOJI_START.sub(f":{JOINER}", text)
    text = _LINE_START.sub(JOINER, text)
    for mark, where in _FORMAT_MARKS.items():
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


def link(url: str | None, label: str) -> str:
    """Return a link in mrkdwn; the label alone where the address is none of the web, or too long.

    A bar in the label becomes a broken one: in the syntax of links a bar ends the address.
    """
    address = fit_address(url)
    words = escape_line(label if address is None else label.replace("|", _BROKEN_BAR))
    target = (address or "").translate(_ENTITIES)
    if not target or size(target) > LINK_URL:
        return words
    return f"<{target}|{words}>" if words else f"<{target}>"


def fit_address(url: str | None) -> str | None:
    """Return an address of the web in characters that Slack's link syntax does not use, or None.

    One that is too long is tried without its fragment.
    """
    address = web_address(url)
    if address is not None and size(address) > LINK_URL:
        address = address.partition("#")[0]
    return None if address is None or size(address) > LINK_URL else address


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


def mrkdwn_text(text: str, limit: int = TEXT) -> dict[str, Any]:
    """Return a text object in mrkdwn, in which Slack links nothing by itself; text: escaped already."""
    return MarkdownTextObject(text=cut(text, limit), verbatim=True).to_dict()


def plain_text(text: str, limit: int = TEXT) -> dict[str, Any]:
    """Return a text object without any markup; the words as they are, ``:codes:`` included."""
    return PlainTextObject(text=cut(visible(text), limit), emoji=False).to_dict()
