"""Where a citation leads: the page of a PDF, or the very words on a web page."""

import re
from urllib.parse import quote, urlsplit

from askpcc.language.words import plain
from askpcc.model import Citation

_SCHEMES = ("http", "https")
_KEPT = "!#$&'()*+,/:;=?@[]%~"
_PARTS = re.compile(r"\||\n\s*(?:\n|[-*+•]\s|\d+[.)]\s)")
_MOST_WORDS = 12
_WORDS_AT_AN_END = 5
_LONGEST_FRAGMENT = 600
"""A text directive that is longer is left out: it would be the quotation again, in percent signs."""


def web_address(url: str | None) -> str | None:
    """Return an http or https address in the characters of RFC 3986, or None for any other text.

    Addresses with a user name are refused, since they pass for another host than theirs.
    """
    if not url:
        return None
    encoded = quote(url.strip(), safe=_KEPT, errors="replace")
    try:
        parts = urlsplit(encoded)
    except ValueError:
        return None
    known = parts.scheme.lower() in _SCHEMES and parts.hostname
    return encoded if known and "@" not in parts.netloc else None


def source_link(citation: Citation) -> str | None:
    """Return the address of a citation's source, at the page or the words; None where there is none."""
    address = web_address(citation.url)
    if address is None:
        return None
    address = address.partition("#")[0]
    if _is_pdf(citation, address):
        return f"{address}#page={citation.page}" if citation.page else address
    directive = _text_directive(citation.quote)
    return f"{address}#:~:text={directive}" if directive else address


def _is_pdf(citation: Citation, address: str) -> bool:
    return any(path.lower().endswith(".pdf") for path in (citation.document, urlsplit(address).path))


def _text_directive(words: str) -> str:
    """Name words of a page: all of a few, else the first and the last, since each must lie in one block.

    Syntax: https://wicg.github.io/scroll-to-text-fragment/#syntax
    """
    parts = [part.split() for part in (plain(raw) for raw in _PARTS.split(words)) if part]
    if not parts:
        return ""
    if len(parts) == 1 and len(parts[0]) <= _MOST_WORDS:
        directive = _encode(parts[0])
    else:
        first, last = parts[0][:_WORDS_AT_AN_END], parts[-1][-_WORDS_AT_AN_END:]
        directive = f"{_encode(first)},{_encode(last)}"
    return directive if len(directive) <= _LONGEST_FRAGMENT else ""


def _encode(words: list[str]) -> str:
    """Percent-encode words; a dash would be read as a mark of the syntax, as commas and ampersands would."""
    return quote(" ".join(words), safe="", errors="replace").replace("-", "%2D")
