"""What somebody typed in Slack, as plain words."""

import re
import unicodedata

_ENTITY = re.compile(r"<([^<>\n]*)>")
_QUOTE = re.compile(r"^[^\S\n]*(?:&gt;)+", re.MULTILINE)
# Not past the end of a line: each of many empty lines would be looked through again from the next one.
_BULLET = re.compile(r"^[^\S\n]*[•◦▪]\s*", re.MULTILINE)
_EMOJI = re.compile(r"(?<![\w:]):(?:\+1|-1|[a-z0-9][a-z0-9_+'-]*):(?:skin-tone-\d:)?(?![\w:])")
_BLOCK_CODE = re.compile(r"```")
_MARKS = tuple(
    re.compile(rf"(?<![\w{mark}]){mark}([^{mark}\n]+){mark}(?![\w{mark}])") for mark in (r"\*", "_", "~", "`")
)
_ID = re.compile(r"[\w.-]{1,64}", re.ASCII)
_EVERYBODY = frozenset({"here", "channel", "everyone"})


def question_words(text: str) -> str:
    """Return the plain words of a message: labels of links, no mentions, no marks, single spaces.

    A channel stays with its name; people and groups go, the assistant among them, since no document knows
    them.  Pictures of faces and the like (":wave:") go too.
    """
    words = _ENTITY.sub(lambda match: _say(match[1]), _QUOTE.sub(" ", text))
    words = _BULLET.sub(" ", _EMOJI.sub(" ", _BLOCK_CODE.sub(" ", words)))
    for mark in _MARKS:
        words = mark.sub(r"\1", words)
    return " ".join(_seen(_unescape(words)).split())


def find_mentions(text: str) -> tuple[str, ...]:
    """Return whom a message mentions, each once: users and groups by id, a whole channel by its word."""
    found = (_mentioned(match[1]) for match in _ENTITY.finditer(text))
    return tuple(dict.fromkeys(one for one in found if one))


def _say(entity: str) -> str:
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
    return name if name != target and _ID.fullmatch(name) else None


def _unescape(text: str) -> str:
    """Undo Slack's own three replacements, once each."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _seen(text: str) -> str:
    """Return a text without characters that nobody sees or can type."""
    kinds = [(char, unicodedata.category(char)) for char in text]
    return "".join(" " if kind[0] == "C" else char for char, kind in kinds if kind != "Cf")
