"""Secrets are taken out of a text before it is written anywhere."""

import re
from collections.abc import Collection

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
