"""Stored texts and document cards as people look at them."""

import re
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import PurePosixPath
from typing import Any

from askpcc.errors import UnknownDocument
from askpcc.model import DocumentCard, FactName, Span
from askpcc.rendering.answers import mark, visible

_PLACE = re.compile(r"([0-9]{1,9}):([0-9]{1,9})")
_MARKED, _UNMARKED = "\x1b[7m", "\x1b[27m"
_MOST_NEAR, _LEAST_NEAR = 3, 0.6
_LABELS = {
    FactName.FORCE: "force",
    FactName.REPORT_KIND: "kind of report",
    FactName.SOURCE_KIND: "kind of source",
    FactName.PUBLISHED: "report published",
    FactName.DEADLINE: "deadline",
    FactName.RESPONDED: "response dated",
    FactName.AUTHOR: "author",
    FactName.NATIONAL: "national",
    FactName.LOCAL: "local",
    FactName.SPECIFIC: "specific",
    FactName.QUOTED: "quoted",
}


def name_near(wanted: str, paths: Sequence[str]) -> str:
    """Say which documents have names near one that is not there; nothing where it is there itself."""
    if wanted in paths:
        return ""
    held = {_bare(path): path for path in reversed(paths)}
    word = _bare(wanted)
    close = get_close_matches(word, held, n=_MOST_NEAR, cutoff=_LEAST_NEAR)
    holding = [name for name in held if word and (word in name or name in word)]
    near = list(dict.fromkeys(held[name] for name in (*close, *holding)))[:_MOST_NEAR]
    named = f" Near that name: {', '.join(map(visible, near))}." if near else ""
    return f"{named} All are listed by: askpcc documents"


def _bare(path: str) -> str:
    return PurePosixPath(path).stem.lower()


def read_place(written: str | None, text: str) -> Span | None:
    """Read START:END, in characters; raises UnknownDocument for a place that the text does not have."""
    if written is None:
        return None
    found = _PLACE.fullmatch(written)
    if not found or not int(found[1]) < int(found[2]) <= len(text):
        raise UnknownDocument(
            f"{written!r} is no place in this text. Give START:END in characters, from 0 to {len(text):,}."
        )
    return Span(int(found[1]), int(found[2]))


def cut(text: str, place: Span | None, *, terminal: bool) -> str:
    """Return the whole text, or a place of it: exactly, or for a terminal marked in its surroundings."""
    if place is None:
        return _safe(text) if terminal else text
    if not terminal:
        return place.of(text)
    before, words, after = (_safe(part) for part in mark(text, place.start, place.end))
    return f"{before}{_MARKED}{words}{_UNMARKED}{after}\n"


def _safe(text: str) -> str:
    return "\n".join(visible(line.removesuffix("\r")) for line in text.split("\n"))


def card_as_json(card: DocumentCard) -> dict[str, Any]:
    """Return what is known of a document, each fact with its place."""
    return {
        "document": card.path,
        "version": card.version,
        "facts": [
            {
                "name": str(fact.name),
                "value": fact.value,
                "start": fact.span.start if fact.span else None,
                "end": fact.span.end if fact.span else None,
            }
            for fact in card.facts
        ],
        "url": card.source.url,
        "fetched": card.source.fetched,
        "stale": card.stale,
    }


def cards_as_text(cards: Sequence[DocumentCard]) -> str:
    """Return the documents with their facts, a paragraph each."""
    return "\n\n".join(_card_as_text(card) for card in cards) or "The index holds no documents."


def _card_as_text(card: DocumentCard) -> str:
    title = card.fact(FactName.TITLE)
    lines = [card.path, f"  {title.value if title else 'no title found'}"]
    facts = [(label, card.fact(name)) for name, label in _LABELS.items()]
    lines += [f"  {label}: {fact.value}" for label, fact in facts if fact]
    lines += [f"  from: {card.source.url}"] if card.source.url else []
    lines += [f"  fetched: {card.source.fetched}"] if card.source.fetched else []
    lines += [f"  stale: {card.stale}"] if card.stale else []
    return "\n".join(" ".join(visible(line).splitlines()) for line in lines)
