"""The structure of a document, and the passages that it is split into."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import zip_longest

from askpcc.model import (
    Block,
    BlockKind,
    Document,
    FactName,
    Passage,
    Span,
    page_of,
)
from askpcc.readers.text_blocks import BOLD_LINE_LEVEL
from askpcc.text.dates import find_dates
from askpcc.text.references import (
    AREA_FOR_IMPROVEMENT,
    CAUSE_OF_CONCERN,
    RECOMMENDATION,
    find_items,
)
from askpcc.text.sentences import split_sentences
from askpcc.text.words import plain

READING_VERSION = "10"
"""Raised whenever the same bytes would give other passages or other status claims.

The next run then reads every document again.
"""

LABEL_AND_VALUE = 2
"""Cells of a row that says what its first cell names."""
_ITEM_LINE_LEVEL = 8
"""Rank of a paragraph that only names a recommendation ("2.1 Recommendation 5"): below a line in bold."""

_LONGEST_HEADING = 80
_CLOSING = (".", ",", ";", ":", "?")
_PARAGRAPH_NUMBER = re.compile(r"[^\w\n]*(?P<number>\d{1,2})[.)]?\s+(?P<words>[^\w\n]?[A-Z][^\n]*)")
_KIND = r"(?:rec(?:ommendation)?s?|afis?|areas? for improvement|causes? of concern)"
_STARTS_WITH_ITEM = re.compile(rf"[\W\d]*{_KIND}\b", re.IGNORECASE)
_ITEM_LINE = re.compile(rf"[\W\d]*{_KIND}\b(?:[^.]*|[\s\d,&/–-]*(?:and )?\d+\.)", re.IGNORECASE)
_ITEM_LABEL = re.compile(rf"[\W\d]*{_KIND}\b[^:.]{{1,40}}?(?::| [–—-] (?!\d))", re.IGNORECASE)
_NUMBERING = re.compile(r"\A[\W\d]+")
_LABEL_END = re.compile(r"[:.]\s| [–—-] (?!\d)")
_CONTINUES = re.compile(
    r"\W*(?:\S+ ){0,5}(?:response|reply|update|progress|action|comment|position|status)s?"
    r"(?: (?:taken|to date|so far))*\W*",
    re.IGNORECASE,
)
_STANDS_ALONE = re.compile(
    r"\b(?:general|other|overall|further|additional|opening|introductory|closing|final|summary)\b",
    re.IGNORECASE,
)
_KINDS = (
    (RECOMMENDATION, re.compile(r"\brec(?:ommendation)?s?\b", re.IGNORECASE)),
    (AREA_FOR_IMPROVEMENT, re.compile(r"\b(?:afis?|areas? for improvement)\b", re.IGNORECASE)),
    (CAUSE_OF_CONCERN, re.compile(r"\b(?:cocs?|causes? (?:of|for) concern)\b", re.IGNORECASE)),
)
_COUNTS = re.compile(
    r"(?:(?:rec(?:ommendation)?s?|afis?|areas? for improvement|causes? of concern|cocs?|item)?\s*"
    r"(?:no|nos|number|num|ref|reference|id|#)?\.?)",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"(?:(?:no|r|recs?|recommendation|afi|coc)\.?\s*|#\s*)?(?P<number>\d{1,3}[a-z]?)[.):]?", re.IGNORECASE
)
LIST_NUMBER = re.compile(r"\(?(?P<number>\d{1,2})[.):]?")
"""What stands before an item of a numbered list, or a numbered heading."""
_INTRODUCES = re.compile(r":\W*$|\b(?:the following|as follows|below)\b[^.]*\W*$", re.IGNORECASE)
# A sentence that introduces a list says so with its last words.
_LAST_WORDS = 200
# Characters.  What is longer names or introduces nothing, and each block beneath would have to carry it.
_LONGEST_LEAD = 2_000
_LONGEST_TITLE = 1_000
_FIRST_CELL = re.compile(r"[^\t|]*[^\s|]")
_ID_DIGITS = 24
_HEADER_SHARE = 0.4
# English has some five characters a token.  A tokenizer may take what has no spaces for one unknown token,
# however long it is; as a passage it would be of no use.
_CHARACTERS_A_TOKEN = 16
# Hangul, the worst case, is taken apart into up to three tokens a character.
_TOKENS_A_CHARACTER = 4
CountTokens = Callable[[str], int]


@dataclass(slots=True)
class ItemScope:
    """The numbered matters in force while a document is read, outermost first, by rank of heading."""

    _open: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)

    def items(self) -> tuple[str, ...]:
        """Return what a block belongs to here."""
        return self._open[-1][1] if self._open else ()

    def open_heading(self, level: int, title: str) -> None:
        """Read a heading: it names matters, goes on with the open one ("Response"), or ends it.

        Matters of a higher heading stay in force.
        """
        named = lead_items(title) or find_items(title)
        if named or not _continues_item(title):
            self._open = [(rank, items) for rank, items in self._open if rank < level]
        else:
            self._open = [(rank, items) for rank, items in self._open if min(rank, BOLD_LINE_LEVEL) <= level]
        if named:
            self._open.append((level, named))

    def leave(self, level: int) -> None:
        """End the matters of headings of a rank and below."""
        self._open = [(rank, items) for rank, items in self._open if rank < level]

    def open_label(self, written: str) -> None:
        """Read a paragraph: one that begins "Recommendation 2: ..." holds for the answer beneath it too."""
        if _ITEM_LABEL.match(written) and lead_items(written):
            self.open_heading(_ITEM_LINE_LEVEL, written)


def _is_item_line(written: str) -> bool:
    """Tell whether a paragraph only names numbered matters, and so stands as a heading."""
    return (
        len(written) <= _LONGEST_HEADING
        and _ITEM_LINE.fullmatch(written) is not None
        and bool(find_items(written))
    )


def lead_items(written: str) -> tuple[str, ...]:
    """Return the matters that words begin with, without those that they speak of further on.

    "Recommendation 2: by June, build on recommendation 7" begins with recommendation 2.
    """
    if not _STARTS_WITH_ITEM.match(written):
        return ()
    return find_items(_LABEL_END.split(_NUMBERING.sub("", written), maxsplit=1)[0])


def _continues_item(title: str) -> bool:
    """Tell whether a heading of the same rank belongs to the matter above it ("Force response:")."""
    return (
        len(title) <= _LONGEST_HEADING
        and _CONTINUES.fullmatch(title) is not None
        and not _STANDS_ALONE.search(title)
    )


@dataclass(slots=True)
class NumberedRows:
    """Follows the rows of a document's tables.  column: which one holds numbers; kind: of what."""

    column: int | None = None
    kind: str | None = None
    inside: bool = False

    def leave(self) -> None:
        """Note that no row stands here, so that the next one begins a table."""
        self.inside, self.column, self.kind = False, None, None

    def read(self, cells: Sequence[str], around: Iterable[str]) -> tuple[str, ...]:
        """Return the matter of a row; of a row that heads a table, none.

        around: what stands above the table, the nearest first.
        """
        if not self.inside:
            self.inside = True
            self._read_head(cells, around)
            return ()
        if self.column is None or self.kind is None or self.column >= len(cells):
            return ()
        number = _NUMBER.fullmatch(cells[self.column].strip())
        return find_items(f"{self.kind} {number['number']}") if number else ()

    def _read_head(self, cells: Sequence[str], around: Iterable[str]) -> None:
        heads = [cell.strip(" :*").lower() for cell in cells]
        first = next((place for place, head in enumerate(heads) if head), None)
        columns = [place for place, head in enumerate(heads) if head and _COUNTS.fullmatch(head)]
        # "Status | Number" heads a table of counts.
        self.column = next((place for place in columns if place == first or _only_kind(heads[place])), None)
        if self.column is None:
            return
        own, others = heads[self.column], " ".join(heads)
        self.kind = next((kind for words in (own, others, *around) if (kind := _only_kind(words))), None)


def _split_row(line: str) -> list[str]:
    """Return the cells of a row's whole line, empty ones too; tabs part them where there are any."""
    if "\t" in line:
        return [cell.strip() for cell in line.split("\t")]
    bare = line.strip(" >")
    return [cell.strip() for cell in bare.removeprefix("|").removesuffix("|").split("|")]


def _only_kind(words: str) -> str | None:
    """Return the one sort of numbered matter that words speak of; None for none or several."""
    kinds = [kind for kind, pattern in _KINDS if pattern.search(words)]
    return kinds[0] if len(kinds) == 1 else None


_LIST_TITLE = re.compile(
    r"\W*(?:\S+ ){0,4}?(?:recommendations|recs|afis|areas for improvement|causes (?:of|for) concern)"
    r"(?: (?:and|with|made|for) (?:\S+ ){0,3}\S+)?\W*",
    re.IGNORECASE,
)
"""A heading, or the end of a sentence with a colon, beneath which a list has no words but its numbers."""
_COUNTED_MATTERS = re.compile(
    r"\b(?:makes?|made|has|had|contains?|contained|gives?|gave|sets? out|lists?) (?:\S+ ){1,2}"
    r"(?:recommendations|areas for improvement|causes of concern)\b",
    re.IGNORECASE,
)
_DEMANDS = re.compile(r"\b(?:should|must|needs? to|ought to)\b", re.IGNORECASE)


@dataclass(slots=True)
class ListedItems:
    """Follows lists that only number their matters ("1. By June, the force should ...").

    kind: of what a title above announces, or a sentence under it counts; last: the latest number.
    """

    kind: str | None = None
    counted: bool = False
    last: int = 0

    def announce(self, title: str) -> None:
        """Read a title or an introduction, beneath which a list may begin."""
        announced = len(title) <= _LONGEST_HEADING and _LIST_TITLE.fullmatch(title) is not None
        self.kind = _only_kind(title) if announced else None
        self.counted = False
        self.last = 0

    def hear(self, written: str) -> None:
        """Read a paragraph: one that introduces a list, or that counts what is listed further on."""
        last = written.rpartition(". ")[2]
        short = len(last) <= _LONGEST_HEADING and (written.endswith(":") or last == written)
        if short and _LIST_TITLE.fullmatch(last):
            self.announce(last)
        if self.kind is None and (counted := _COUNTED_MATTERS.search(written)):
            self.kind, self.counted = _only_kind(counted[0]), True

    def read(self, label: str, written: str) -> str:
        """Return the matter that a numbered block begins, "recommendation 3"; "" for any other block.

        The first has to be a demand, and each where a sentence only counts them: a letter numbers its
        paragraphs too.
        """
        number = LIST_NUMBER.fullmatch(label)
        if self.kind is None or number is None or int(number["number"]) != self.last + 1:
            return ""
        if (self.counted or not self.last) and not _DEMANDS.search(written):
            return ""
        self.last += 1
        return f"{self.kind} {self.last}"


@dataclass(frozen=True, slots=True)
class PlacedBlock:
    """A block, and where in the document's structure it stands.

    sections: the headings above it, outermost first, each cut to _LONGEST_TITLE characters.
    items: the numbered matters it belongs to or, where it belongs to none, those it speaks of.
    lead: the place of the sentence that introduces it, of the bullet above a deeper one, or of the label
    that a table row continues.
    """

    block: Block
    sections: tuple[str, ...]
    items: tuple[str, ...]
    lead: Span | None


@dataclass(slots=True)
class _Walk:
    """What is open while the blocks of a document are read in order.

    bullets: depth, place and matters of those beneath which a deeper one would stand, outermost first.
    paragraph: the words of the latest one.  numbered: the number of the line that heads paragraphs now, or 0.
    """

    text: str
    scope: ItemScope = field(default_factory=ItemScope)
    headings: list[tuple[int, str]] = field(default_factory=list)
    introduction: Span | None = None
    bullets: list[tuple[int, Span | None, tuple[str, ...]]] = field(default_factory=list)
    row_label: Span | None = None
    rows: NumberedRows = field(default_factory=NumberedRows)
    listed: ListedItems = field(default_factory=ListedItems)
    paragraph: str = ""
    numbered: int = 0


def place_blocks(document: Document) -> Iterator[PlacedBlock]:
    """Yield every block of a document, in order, with its place in the structure."""
    walk = _Walk(document.text)
    for block, following in zip_longest(document.blocks, document.blocks[1:]):
        written = plain(block.span.of(document.text))
        level = _heading_level(block, written) or _numbered_level(walk, block, written, following)
        if level:
            walk.rows.leave()
            walk.paragraph = ""
            above = tuple(title for rank, title in walk.headings if rank < level)
            listed = walk.listed.read(read_label(walk.text, block), written)
            _open_section(walk, level, written[:_LONGEST_TITLE], listed)
            yield PlacedBlock(block, above, walk.scope.items(), None)
        else:
            yield _place(walk, block, written)


def _heading_level(block: Block, written: str) -> int:
    """Return the rank of a heading, or of a paragraph that only names a recommendation; 0 for others."""
    if block.kind is BlockKind.HEADING:
        return block.level
    return _ITEM_LINE_LEVEL if block.kind is BlockKind.PARAGRAPH and _is_item_line(written) else 0


def _numbered_level(walk: _Walk, block: Block, written: str, following: Block | None) -> int:
    """Return the rank of a line that heads numbered paragraphs: "2. Detention" above "2.1 ..."; else 0.

    The line with the next number ends what such a one heads, and heads what follows it where it is as short.
    """
    number = _PARAGRAPH_NUMBER.match(_read_line(walk.text, block))
    if number is None or any(not found.span.start for found in find_dates(number["words"])):
        return 0
    follows = walk.numbered and int(number["number"]) == walk.numbered + 1
    if follows:
        walk.numbered = 0
        walk.headings = [(rank, title) for rank, title in walk.headings if rank < _ITEM_LINE_LEVEL]
        walk.scope.leave(_ITEM_LINE_LEVEL)
    short = len(written) <= _LONGEST_HEADING and not written.endswith(_CLOSING)
    first = re.compile(rf"\W*{number['number']}\.1[.)]?\s+\W?[A-Z]")
    if short and following and (follows or first.match(_read_line(walk.text, following))):
        walk.numbered = int(number["number"])
        return _ITEM_LINE_LEVEL
    return 0


def _read_line(text: str, block: Block) -> str:
    """Return what stands on a line before a block, with its first characters."""
    line_start = text.rfind("\n", 0, block.span.start) + 1
    return text[line_start : min(block.span.end, block.span.start + _LONGEST_HEADING)]


def _open_section(walk: _Walk, level: int, title: str, listed: str) -> None:
    walk.headings = [(rank, above) for rank, above in walk.headings if rank < level]
    walk.headings.append((level, title))
    walk.scope.open_heading(level, listed or title)
    if not listed:
        walk.listed.announce(title)
    walk.introduction, walk.row_label = None, None
    walk.bullets.clear()


def read_label(text: str, block: Block) -> str:
    """Return what numbers a block, before it on its line or as the first word of a heading ("1.", "(a)").

    "" for most.
    """
    line_start = text.rfind("\n", 0, block.span.start) + 1
    before = text[line_start : block.span.start].strip(" \t>|#")
    first = block.span.of(text).split(maxsplit=1)[:1] if block.kind is BlockKind.HEADING else []
    return before or next((word for word in first if LIST_NUMBER.fullmatch(word)), "")


def _place(walk: _Walk, block: Block, written: str) -> PlacedBlock:
    sections = tuple(title for _, title in walk.headings)
    if listed := walk.listed.read(read_label(walk.text, block), written):
        walk.scope.open_heading(_ITEM_LINE_LEVEL, listed)
        walk.introduction, walk.row_label = None, None
        walk.bullets.clear()
        return PlacedBlock(block, sections, (listed,), None)
    if block.kind is BlockKind.BULLET:
        walk.rows.leave()
        lead, items = _place_bullet(walk, block, written)
        return PlacedBlock(block, sections, items or find_items(written), lead)
    if block.kind is BlockKind.PARAGRAPH:
        walk.scope.open_label(written)
        walk.listed.hear(written)
        walk.paragraph = written[:_LONGEST_LEAD]
    walk.bullets.clear()
    walk.introduction = _find_introduction(walk.text, block.span)
    lead = _label_of_row(walk, block)
    numbered = _read_row(walk, block)
    items = lead_items(written) or numbered or _items_of_lead(walk, lead) or walk.scope.items()
    return PlacedBlock(block, sections, items or find_items(written), lead)


def _read_row(walk: _Walk, block: Block) -> tuple[str, ...]:
    """Return the matter whose number a row holds in a column of numbers."""
    if block.kind is not BlockKind.ROW:
        walk.rows.leave()
        return ()
    line_start = walk.text.rfind("\n", 0, block.span.start) + 1
    cells = [plain(cell) for cell in _split_row(walk.text[line_start : block.span.end])]
    titles = [title for _, title in reversed(walk.headings)]
    told = [cell for cell in cells if cell]
    if len(told) == LABEL_AND_VALUE and _ITEM_LINE.fullmatch(told[1]) and find_items(told[1]):
        # A row that names its matter opens it for the rows beneath ("Recommendation | Recommendation 3").
        walk.scope.open_heading(_ITEM_LINE_LEVEL, told[1])
    return walk.rows.read(cells, (walk.paragraph, *titles))


def _items_of_lead(walk: _Walk, lead: Span | None) -> tuple[str, ...]:
    return find_items(plain(lead.of(walk.text))) if lead else ()


def _find_introduction(text: str, span: Span) -> Span | None:
    """Return the last sentence of a block where it introduces a list."""
    last = split_sentences(text, span)[-1:]
    return _as_lead(last[0]) if last and _INTRODUCES.search(plain(last[0].of(text))[-_LAST_WORDS:]) else None


def _as_lead(span: Span) -> Span | None:
    return span if len(span) <= _LONGEST_LEAD else None


def _place_bullet(walk: _Walk, block: Block, written: str) -> tuple[Span | None, tuple[str, ...]]:
    """Return the lead of a bullet (the bullet above a deeper one, else the introduction) and its matters."""
    while walk.bullets and walk.bullets[-1][0] >= block.level:
        walk.bullets.pop()
    lead, inherited = walk.introduction, tuple[str, ...]()
    if walk.bullets:
        _, lead, inherited = walk.bullets[-1]
    items = lead_items(written) or inherited or _items_of_lead(walk, lead) or walk.scope.items()
    walk.bullets.append((block.level, _as_lead(block.span), items))
    return lead, items


def _label_of_row(walk: _Walk, block: Block) -> Span | None:
    """Return the label of the row above for a row whose first cell is empty: it continues that one."""
    if block.kind is not BlockKind.ROW:
        walk.row_label = None
        return None
    line_start = walk.text.rfind("\n", 0, block.span.start) + 1
    before = walk.text[line_start : block.span.start]
    if not before.strip(" |\t>") and ("\t" in before or before.count("|") > 1):
        return walk.row_label
    first_cell = _FIRST_CELL.match(block.span.of(walk.text))
    label = Span(block.span.start, block.span.start + first_cell.end()) if first_cell else None
    walk.row_label = _as_lead(label) if label else None
    return None


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
