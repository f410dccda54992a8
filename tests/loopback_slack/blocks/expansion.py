"""How many blocks Slack makes of a markdown block: each heading, table, list, code fence or paragraph run."""

import re

_FENCE = re.compile(r"^\s*(```|~~~)")
_HEADING = re.compile(r"^#{1,6}\s")
_RULE = re.compile(r"^\s*([-*_])(\s*\1){2,}\s*$")
_ITEM = re.compile(r"^\s*([-*+]|\d+[.)])\s+")
_ROW = re.compile(r"^\s*\|.*\|\s*$")
_QUOTE = re.compile(r"^\s*>")
_LINES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("rule", _RULE),
    ("heading", _HEADING),
    ("table", _ROW),
    ("list", _ITEM),
    ("quote", _QUOTE),
)
_ALWAYS_NEW = {"heading", "rule"}


def count_expanded(markdown: str) -> int:
    """Return the number of blocks; blank lines end nothing but a table or a quote."""
    count, before, fenced = 0, "", False
    for line in markdown.splitlines():
        if _FENCE.match(line):
            fenced = not fenced
            count += fenced
            before = "fence"
            continue
        if fenced:
            continue
        kind = _kind(line, before)
        if kind == "blank":
            before = "" if before in {"table", "quote"} else before
        elif kind != before or kind in _ALWAYS_NEW:
            count, before = count + 1, kind
    return count


def _kind(line: str, before: str) -> str:
    if not line.strip():
        return "blank"
    if before == "list" and line.startswith("  "):
        return "list"
    return next((kind for kind, pattern in _LINES if pattern.match(line)), "text")
