"""A document becomes passages: what is searched, and quoted alone.

A passage is a block of the document (a heading, a paragraph, a bullet, a table row); a block that is
too long for the embedder with its header is split at sentences.  The header (force, report, section,
numbered item, the sentence that introduces a list) is indexed with the words and never quoted.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from askpcc.language.items import find_items
from askpcc.language.sentences import split_sentences
from askpcc.language.words import plain
from askpcc.model import Document, FactName, Passage, Span, page_of
from askpcc.passages.structure import PlacedBlock, place_blocks

READING_VERSION = "5"
"""Raised whenever the same bytes would give other passages or other status claims.

The next run then reads every document again.
"""

_ID_DIGITS = 24
_HEADER_SHARE = 0.4
# English has some five characters a token.  A tokenizer may take what has no spaces for one unknown token,
# however long it is; as a passage it would be of no use.
_CHARACTERS_A_TOKEN = 16
# Hangul, the worst case, is taken apart into up to three tokens a character.
_TOKENS_A_CHARACTER = 4
CountTokens = Callable[[str], int]


def split(document: Document, count_tokens: CountTokens, max_tokens: int) -> list[Passage]:
    """Return the passages of a document, in order, each at most max_tokens long with its header."""
    fit = _Fit(count_tokens, max_tokens)
    passages: list[Passage] = []
    seen: Counter[str] = Counter()
    for placed in place_blocks(document):
        header = fit.header(_header_parts(document, placed))
        for span in fit.pieces(document.text, placed.block.span, header):
            words = plain(span.of(document.text))
            if not words:  # a piece of a long block may be markup alone
                continue
            indexed = _join(header, words)
            passages.append(_passage(document, placed, span, indexed, (len(passages), seen[indexed])))
            seen[indexed] += 1
    return passages


def _header_parts(document: Document, placed: PlacedBlock) -> list[str]:
    """Return what the header holds, the most telling first."""
    names = [document.fact(name) for name in (FactName.FORCE, FactName.TITLE)]
    lead = plain(placed.lead.of(document.text)) if placed.lead else ""
    words = plain(placed.block.span.of(document.text))
    named = set(find_items(" / ".join([*placed.sections[-2:], lead, words])))
    items = ", ".join(item for item in placed.items if item not in named)
    known = [fact.value for fact in names if fact]
    sections = [title for title in placed.sections[-2:] if title not in known]
    return [part for part in (*known[:1], lead, *reversed(sections), items, *known[1:]) if part]


@dataclass(frozen=True, slots=True)
class _Fit:
    """Keeps a header and its words inside what the embedder sees.

    Lengths are in tokens, of which no text has fewer than one for each _CHARACTERS_A_TOKEN characters.
    """

    count: CountTokens
    most: int

    def header(self, parts: list[str]) -> str:
        """Join as many parts as a header may hold, cutting the first that does not fit."""
        allowed = int(self.most * _HEADER_SHARE)
        kept: list[str] = []
        for part in (part[-allowed * _CHARACTERS_A_TOKEN :] for part in parts):
            if self._length(_join_header([*kept, part])) <= allowed:
                kept.append(part)
            elif not kept or self._length(_join_header(kept)) < allowed // 2:
                kept.append(self._cut(part, allowed - self._length(_join_header(kept))))
        return _join_header(kept)

    def _cut(self, part: str, allowed: int) -> str:
        """Keep the end of a part: what introduces a list stands last in its sentence."""
        while part and self._length(part) > allowed:
            shorter = part[max(1, len(part) // 8) :]
            part = shorter.partition(" ")[2] or shorter
        return part

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
        indexed = _join(header, plain(span.of(text)))
        return len(indexed) * _TOKENS_A_CHARACTER <= self.most or self._length(indexed) <= self.most

    def _length(self, text: str) -> int:
        at_least = -(-len(text) // _CHARACTERS_A_TOKEN)
        return max(at_least, self.count(text)) if at_least <= self.most else at_least

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
        items=placed.items,
        lead=placed.lead,
        quoted=placed.block.quoted,
        page=page_of(document.page_starts, span.start),
    )
