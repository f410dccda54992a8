"""A document becomes passages: what is searched, and quoted alone.

A passage is a block of the document (a heading, a paragraph, a bullet, a table row); a block that is
too long for the embedder with its header is split at sentences.  The header (force, report, section,
numbered item, the sentence that introduces a list) is indexed with the words and never quoted.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from askpcc.items import find_items
from askpcc.model import Document, FactName, Passage, Span, page_of
from askpcc.sentences import split_sentences
from askpcc.structure import PlacedBlock, place_blocks
from askpcc.words import plain

READING_VERSION = "1"
"""Raised whenever the same bytes would give other passages, so that the next run reads all again."""

_ID_DIGITS = 24
_HEADER_SHARE = 0.4
CountTokens = Callable[[str], int]


def split(document: Document, count_tokens: CountTokens, max_tokens: int) -> list[Passage]:
    """Return the passages of a document, in order, each at most max_tokens long with its header."""
    fit = _Fit(count_tokens, max_tokens)
    passages: list[Passage] = []
    seen: Counter[str] = Counter()
    for placed in place_blocks(document):
        header = fit.header(_header_parts(document, placed))
        for span in fit.pieces(document.text, placed.block.span, header):
            indexed = _join(header, plain(span.of(document.text)))
            passages.append(_passage(document, placed, span, indexed, (len(passages), seen[indexed])))
            seen[indexed] += 1
    return passages


def _header_parts(document: Document, placed: PlacedBlock) -> list[str]:
    """Return what the header holds, the most telling first."""
    names = [document.fact(name) for name in (FactName.FORCE, FactName.TITLE)]
    lead = plain(placed.lead.of(document.text)) if placed.lead else ""
    items = ", ".join(item for item in placed.items if item not in " ".join(placed.sections[-2:]).lower())
    known = [fact.value for fact in names if fact]
    sections = [title for title in placed.sections[-2:] if title not in known]
    return [part for part in (*known[:1], lead, *reversed(sections), items, *known[1:]) if part]


@dataclass(frozen=True, slots=True)
class _Fit:
    """Keeps a header and its words inside what the embedder sees.  Lengths are in tokens."""

    count: CountTokens
    most: int

    def header(self, parts: list[str]) -> str:
        """Join as many parts as a header may hold, cutting the first that does not fit."""
        allowed = int(self.most * _HEADER_SHARE)
        kept: list[str] = []
        for part in parts:
            if self.count(_join_header([*kept, part])) <= allowed:
                kept.append(part)
            elif not kept or self.count(_join_header(kept)) < allowed // 2:
                kept.append(self._cut(part, allowed - self.count(_join_header(kept))))
        return _join_header(kept)

    def _cut(self, part: str, allowed: int) -> str:
        """Keep the end of a part: what introduces a list stands last in its sentence."""
        tail = part.split()
        while len(tail) > 1 and self.count(" ".join(tail)) > allowed:
            tail = tail[max(1, len(tail) // 8) :]
        return " ".join(tail)

    def pieces(self, text: str, span: Span, header: str) -> list[Span]:
        """Split a place at sentences, a sentence that is too long at white space."""
        if self._fits(text, span, header):
            return [span]
        pieces: list[Span] = []
        for sentence in split_sentences(text, span):
            for piece in self._halves(text, sentence, header):
                joined = Span(pieces[-1].start, piece.end) if pieces else piece
                if pieces and self._fits(text, joined, header):
                    pieces[-1] = joined
                else:
                    pieces.append(piece)
        return pieces

    def _fits(self, text: str, span: Span, header: str) -> bool:
        # A token is at least one character, so a short text needs no counting.
        indexed = _join(header, plain(span.of(text)))
        return len(indexed) <= self.most // 2 or self.count(indexed) <= self.most

    def _halves(self, text: str, span: Span, header: str) -> list[Span]:
        if self._fits(text, span, header) or len(span) < 2:  # noqa: PLR2004 - one character cannot be halved
            return [span]
        middle = (span.start + span.end) // 2
        gap = text.rfind(" ", span.start, middle)
        cut = gap + 1 if gap > span.start else middle
        return self._halves(text, Span(span.start, cut), header) + self._halves(
            text, Span(cut, span.end), header
        )


def _join_header(parts: list[str]) -> str:
    return " · ".join(parts)


def _join(header: str, words: str) -> str:
    return f"{header}\n{words}" if header else words


def _passage(
    document: Document, placed: PlacedBlock, span: Span, indexed: str, position: tuple[int, int]
) -> Passage:
    ordinal, occurrence = position
    name = f"{document.path}\0{indexed}\0{occurrence}".encode("utf-8", "surrogatepass")
    return Passage(
        id=sha256(name).hexdigest()[:_ID_DIGITS],
        document=document.path,
        version=document.version,
        ordinal=ordinal,
        kind=placed.block.kind,
        span=span,
        quote=span.of(document.text),
        indexed=indexed,
        section=" / ".join(placed.sections),
        items=placed.items or find_items(plain(placed.block.span.of(document.text))),
        lead=placed.lead,
        quoted=placed.block.quoted,
        page=page_of(document.page_starts, span.start),
    )
