"""Log lines, which hold ids, times and counts, and nobody's words."""

import json
import logging
import re
from collections.abc import Collection, Iterator
from datetime import UTC, datetime
from math import isfinite
from pathlib import PurePath
from traceback import extract_tb
from typing import Any, TextIO, TypedDict, Unpack

from askpcc.errors import AskpccError, QuestionError, UnknownDocument

HIDDEN = "[hidden]"

_TOKENS = re.compile(r"(?:xox[a-z](?:[.]xox[a-z])?|xapp|xwfp)-[\w.%-]+", re.IGNORECASE)
_BEARER = re.compile(r"\b(bearer|basic)(\s+|%20)[^\s\"'\\,;)}\]]+", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s\"'<>]*", re.IGNORECASE)
_ANSWERS_FOR_BOT = re.compile(
    r"hooks[.]slack|/(?:commands|actions|workflows|services|response)/", re.IGNORECASE
)
_USERS_IN_ADDRESSES = re.compile(r"(?<=://)[^/\s\"'<>@]+(?=@)")
_SIGNATURE = re.compile(r"\bv0=[0-9a-f]{16,}", re.IGNORECASE)
_NAMED = re.compile(
    r"""((?:signing|client)_?-?secret | response_urls? | authorization | password | ticket | trigger_id
        | (?:bot_?|app_?|access_?|refresh_?|verification_?|_)?token | x-slack-signature)
        ([\\]?["']?\s*(?:=>|[=:])\s*(?:\[?b?[\\]?["'])?)   # between a name and its value
        [^\s"'\\,;&)}\]]+""",
    re.IGNORECASE | re.VERBOSE,
)


def redact(text: str, secrets: Collection[str] = ()) -> str:
    """Return a text without tokens, bearer values, signatures and the addresses that answer for the bot.

    secrets: values that are known, in whatever surroundings they stand.
    """
    for secret in sorted(filter(None, secrets), key=len, reverse=True):
        text = text.replace(secret, HIDDEN)
    text = _BEARER.sub(rf"\1 {HIDDEN}", _ADDRESS.sub(_hide_address, _TOKENS.sub(HIDDEN, text)))
    text = _USERS_IN_ADDRESSES.sub(HIDDEN, _SIGNATURE.sub(HIDDEN, text))
    return _NAMED.sub(rf"\1\2{HIDDEN}", text)


def _hide_address(found: re.Match[str]) -> str:
    """Hide a whole address or leave it: one of many in a row is not looked for again in the rest of it."""
    return HIDDEN if _ANSWERS_FOR_BOT.search(found[0]) else found[0]


_OURS = "askpcc"
_EVENT = "askpcc_event"
_FIELDS = "askpcc_fields"
_IN_LOGS = re.compile(r"[\w.:/+-]{0,100}", re.ASCII)
_DATA_FOLLOWS = re.compile(r"[{\[(:\"'`<=]|(?<=\s)[bu]?['\"]")
_LONGEST_TEXT = 300
_MOST_FRAMES = 12
_MOST_CAUSES = 5


class Fields(TypedDict, total=False):
    """What an event may tell: ids without blanks, names out of a fixed list, and numbers.

    reference: what a person was shown to name a failure by.  ms: milliseconds.
    """

    answer: str
    attempt: int
    channel: str
    count: int
    edition: int
    inquiry: str
    kind: str
    method: str
    ms: float
    reason: str
    reference: str
    result: str
    state: str
    status: int
    team: str
    version: str
    waiting: int
    way: str
    worker: str


class EventLog:
    """Tells of events through the standard logging.  name: of the part that tells, such as "slack"."""

    def __init__(self, name: str) -> None:
        self._logger = logging.getLogger(f"{_OURS}.{name}")

    def event(self, event: str, **fields: Unpack[Fields]) -> None:
        """Tell that something happened as it should."""
        self._tell(logging.INFO, event, None, fields)

    def warning(self, event: str, **fields: Unpack[Fields]) -> None:
        """Tell that something happened that somebody may want to look at."""
        self._tell(logging.WARNING, event, None, fields)

    def failure(self, event: str, error: BaseException, /, **fields: Unpack[Fields]) -> None:
        """Tell that something failed, with the places in the code that the error went through."""
        self._tell(logging.ERROR, event, error, fields)

    def _tell(self, level: int, event: str, error: BaseException | None, fields: object) -> None:
        self._logger.log(level, event, exc_info=error, extra={_EVENT: event, _FIELDS: fields})


def configure_logging(level: str, stream: TextIO, secrets: Collection[str | None] = ()) -> None:
    """Write events of at least a level, and warnings of libraries, to a stream.

    secrets: values that are never written, whatever they look like.  Handlers that were there are replaced.
    """
    handler = _Lines(stream)
    handler.addFilter(_Wanted())
    handler.setFormatter(JsonLines([secret for secret in secrets if secret]))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger(_OURS).setLevel(level.upper())


class JsonLines(logging.Formatter):
    """Writes a record as one JSON object in one line; what is not known to be harmless stays out.

    The texts of libraries end where data may begin, because some show whole requests.
    """

    def __init__(self, secrets: Collection[str] = ()) -> None:
        super().__init__()
        self._secrets = tuple(secrets)

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; never raises."""
        told = dict(self._about(record))
        return json.dumps({name: self._clean(value) for name, value in told.items()})

    def _about(self, record: logging.LogRecord) -> Iterator[tuple[str, Any]]:
        yield "time", datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        yield "level", record.levelname.lower()
        event = getattr(record, _EVENT, None)
        yield "event", event if isinstance(event, str) and _IN_LOGS.fullmatch(event) else "library"
        if event is None:
            yield "library", record.name
            yield "text", _harmless_start(record)
            yield "where", f"{record.filename}:{record.lineno}"
        yield from _known(getattr(record, _FIELDS, None))
        if record.exc_info and record.exc_info[1] is not None:
            yield "errors", [_describe(error) for error in _causes(record.exc_info[1])]

    def _clean(self, value: object) -> object:
        if isinstance(value, str):
            return redact(value, self._secrets)
        if isinstance(value, dict):
            return {key: self._clean(item) for key, item in value.items()}
        return [self._clean(item) for item in value] if isinstance(value, list) else value


class _Wanted(logging.Filter):
    """Lets libraries tell warnings only: below, they show what people write."""

    def filter(self, record: logging.LogRecord) -> bool:
        return hasattr(record, _EVENT) or record.levelno >= logging.WARNING


class _Lines(logging.StreamHandler[TextIO]):
    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's own name
        """Do nothing where a line cannot be written: logging would print the whole record."""


def _known(fields: object) -> Iterator[tuple[str, object]]:
    """Return the fields that are on the list, each only if it looks like an id or a number."""
    for name, value in fields.items() if isinstance(fields, dict) else ():
        if name not in Fields.__annotations__:
            continue
        if isinstance(value, str):
            yield name, value if _IN_LOGS.fullmatch(value) else "[not an id]"
        elif isinstance(value, float):
            yield name, round(value, 1) if isfinite(value) else None
        elif isinstance(value, int):
            yield name, value


def _harmless_start(record: logging.LogRecord) -> str:
    text = record.msg if isinstance(record.msg, str) else type(record.msg).__name__
    return _DATA_FOLLOWS.split(text, maxsplit=1)[0].strip()[:_LONGEST_TEXT]


def _causes(error: BaseException) -> Iterator[BaseException]:
    seen: list[BaseException] = []
    following: BaseException | None = error
    while following is not None and following not in seen and len(seen) < _MOST_CAUSES:
        seen.append(following)
        following = following.__cause__ or following.__context__
    return iter(seen)


def _describe(error: BaseException) -> dict[str, object]:
    places = [
        f"{PurePath(frame.filename).name}:{frame.lineno} {frame.name}"
        for frame in extract_tb(error.__traceback__)[-_MOST_FRAMES:]
    ]
    return {"type": type(error).__name__, "text": _text_of(error), "places": places}


def _text_of(error: BaseException) -> str:
    """Return the text of errors that are known to hold nobody's words."""
    if isinstance(error, AskpccError) and not isinstance(error, QuestionError | UnknownDocument):
        return str(error)[:_LONGEST_TEXT]
    return str(error.strerror or "")[:_LONGEST_TEXT] if isinstance(error, OSError) else ""
