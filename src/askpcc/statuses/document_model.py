"""A document as its lines, sentences, speakers and named items."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from askpcc.chunking import LIST_NUMBER, read_label
from askpcc.model import (
    Block,
    BlockKind,
    Document,
    FactName,
    MatterKind,
    Passage,
    Span,
    Speaker,
    Status,
)
from askpcc.statuses.vocabulary import load_vocabulary
from askpcc.text.references import find_items
from askpcc.text.sentences import split_sentences
from askpcc.text.words import plain

_NUMBERING = re.compile(r"(?:\d+(?:\.\d+)+\.?|\d{1,2}\.|\([a-z0-9]{1,3}\))\s+(?=\S)")
_INTRODUCES = re.compile(r":\W*$")
# A line that introduces something says so at its very end.
_LAST_WORDS = 200


@dataclass(frozen=True, slots=True)
class Line:
    """A block of a document.

    span: without a paragraph number.  titles: the headings above it, outermost first.  marker: what
    stands before it on its line ("-").  lead: the place of the sentence that introduces a bullet.  listed:
    the matter that only its number in a list names ("recommendation 3").
    """

    span: Span
    kind: BlockKind
    words: str
    titles: tuple[str, ...]
    items: tuple[str, ...]
    marker: str
    quoted: bool = False
    lead: Span | None = None
    listed: str = ""

    @property
    def is_heading(self) -> bool:
        """Tell whether the line is a heading."""
        return self.kind is BlockKind.HEADING


def read_lines(document: Document, passages: Sequence[Passage]) -> list[Line]:
    """Return the lines of a document; a block whose passages were cut at sentences is one line."""
    firsts: dict[int, Passage] = {}
    starts = sorted(block.span.start for block in document.blocks)
    by_block = {block.span.start: block for block in document.blocks}
    for passage in passages:
        place = bisect_right(starts, passage.span.start)
        if place:
            firsts.setdefault(starts[place - 1], passage)
    lines = [_read_line(document.text, by_block[start], passage) for start, passage in sorted(firsts.items())]
    return _with_leads(document.text, _with_headings(lines))


def _read_line(text: str, block: Block, passage: Passage) -> Line:
    row = block.kind is BlockKind.ROW
    numbering = None if row else _NUMBERING.match(text, block.span.start, block.span.end)
    span = Span(numbering.end() if numbering else block.span.start, block.span.end)
    line_start = text.rfind("\n", 0, block.span.start) + 1
    marker = re.sub(r"\d+", "1", text[line_start : block.span.start].strip(" \t>|"))
    titles = tuple(passage.section.split(" / ")) if passage.section else ()
    return Line(
        span,
        passage.kind,
        plain(span.of(text)),
        titles,
        passage.items,
        marker,
        passage.quoted,
        passage.lead,
        _read_listed(read_label(text, block), passage, titles),
    )


def _read_listed(label: str, passage: Passage, titles: Sequence[str]) -> str:
    """Return the matter that the number before a block is; a list beneath a numbered matter is none."""
    number = LIST_NUMBER.fullmatch(label)
    if number is None or len(passage.items) != 1 or passage.lead or any(map(find_items, titles)):
        return ""
    return passage.items[0] if passage.items[0].endswith(f" {number['number']}") else ""


def _with_headings(lines: list[Line]) -> list[Line]:
    """Take a paragraph that the lines after it stand under for the heading that it is."""
    following = [*lines[1:], None]
    return [
        replace(line, kind=BlockKind.HEADING) if _titles_next(line, after) else line
        for line, after in zip(lines, following, strict=True)
    ]


def _titles_next(line: Line, following: Line | None) -> bool:
    if line.kind is not BlockKind.PARAGRAPH or following is None or not following.titles:
        return False
    return following.titles[-1].endswith(line.words) and following.titles != line.titles


def _with_leads(text: str, lines: list[Line]) -> list[Line]:
    """Give a bullet its introduction where only its marker shows that the line before introduces it."""
    led: list[Line] = []
    lead: Span | None = None
    lead_marker = marker = ""
    for line in lines:
        bullet = line.kind is BlockKind.BULLET and line.lead is None and line.marker != lead_marker
        if lead and bullet and line.marker == (marker or line.marker):
            marker = line.marker
            led.append(replace(line, lead=lead))
            continue
        led.append(line)
        introduces = bool(_INTRODUCES.search(line.words[-_LAST_WORDS:])) and not line.is_heading
        lead = split_sentences(text, line.span)[-1] if introduces else None
        lead_marker, marker = line.marker, ""
    return led


_KIND = (
    r"(?:recommendations?|recs?|areas?\s+for\s+improvement|AFIs?"
    r"|(?:accelerated\s+)?causes?\s+of\s+concern|CoCs?)"
)
_NUMBERS = r"(?:\s*(?:numbers?|nos?\.?|#)?\s*\d{1,3}[a-z]?(?:\s*(?:,|and|&|to|-|–)\s*\d{1,3}[a-z]?)*)"
_STARTS = re.compile(
    rf"^\W*(?:the\s)?(?P<kind>{_KIND})(?:(?P<numbers>{_NUMBERS})\b|(?=\s*:\s*\S))", re.IGNORECASE
)
_BARE = re.compile(r"\W*(?:recommendation|area for improvement|AFI|cause of concern)\W*", re.IGNORECASE)
_LABEL_END = re.compile(r"\s*\([^)]{2,160}\)\s*[:.–—]?|\s*[:–—](?=\s|\*)")
_ASKS = re.compile(
    r"\b(?:should|must|asks?|asked\s+(?:for|that)|recommends?|needs?\s+to|ought\s+to|(?:is|are)\s+(?:required|expected|asked)\s+to)\b",
    re.IGNORECASE,
)
_POINTS_BACK = re.compile(r"\W*(?:this|that|it|these|they|we|work)\b", re.IGNORECASE)
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|shall|cannot|does|do|did|remains?|continues?)\b", re.IGNORECASE
)
_NAME_OPENING = re.compile(
    r"^\W*(?:(?:that|on|about|concerns?|is\s+that|asks?\s+for|asks?)\b)?\W*(?:(?:by|within|before|no\s+later\s+than|immediately|with\s+immediate\s+effect)\b[^,]{0,40},\s*)?",
    re.IGNORECASE,
)
_KINDS = (
    (MatterKind.AREA_FOR_IMPROVEMENT, re.compile(r"area|afi", re.IGNORECASE)),
    (MatterKind.CAUSE_OF_CONCERN, re.compile(r"cause|coc", re.IGNORECASE)),
)


@dataclass(frozen=True, slots=True)
class NamedItem:
    """A matter that a document names as a recommendation or the like.

    words: what it asks for, else what names it, as they stand.  text: all of its own words, for dates
    and addressee.  span: where the document names it.  parts: how many things it lists.
    """

    kind: MatterKind
    number: str | None
    words: str
    span: Span
    text: str = ""
    parts: int = 0

    @property
    def key(self) -> tuple[MatterKind, str]:
        """Tell which matter it is: by number or, without one, by its words."""
        return self.kind, self.number or self.words.lower()


def asks(words: str) -> bool:
    """Tell whether words say what somebody is to do."""
    return _ASKS.search(words) is not None


def is_fault(item: NamedItem, words: str) -> bool:
    """Tell whether words are what inspectors found wrong, which is all that some areas say."""
    if item.kind is MatterKind.RECOMMENDATION or _POINTS_BACK.match(words):
        return False
    return load_vocabulary().holds("places", "fault", words)


def says_something(words: str) -> bool:
    """Tell whether words are a sentence with a verb, and not only the name of a matter."""
    return _FINITE.search(words) is not None


def find_cell_status(words: str) -> Status | None:
    """Return the status that words are and no more, as a tracker's column has it ("In progress")."""
    cells = load_vocabulary().lists["cells"]
    return next((Status(name) for name, pattern in cells.items() if pattern.match(words.strip())), None)


def kind_of(words: str) -> MatterKind:
    """Return what sort of matter words name ("AFI", "cause of concern")."""
    return next((kind for kind, pattern in _KINDS if pattern.search(words)), MatterKind.RECOMMENDATION)


def bare_kind(title: str) -> MatterKind | None:
    """Return what sort of matter a heading is that says no more ("Area for improvement"); None for others."""
    return kind_of(title) if _BARE.fullmatch(title) else None


def name_items(text: str, span: Span) -> list[NamedItem]:
    """Return the items that a line or sentence begins by naming, one a number; none for most."""
    words = plain(span.of(text))
    start = _STARTS.match(words)
    if not start:
        return []
    kind = kind_of(start["kind"])
    own = words[start.end() :]
    numbers: list[str | None] = [found.rsplit(" ", 1)[1] for found in find_items(start.group())] or [None]
    name, text = _shorten(own), own if asks(own) else ""
    return [
        NamedItem(kind, number, name or f"{kind} {number or ''}".strip(), span, text) for number in numbers
    ]


def listed_items(line: Line, text: str, span: Span) -> list[NamedItem]:
    """Return the item that a line is by its number in a list; none for most."""
    if not line.listed:
        return []
    kind, number = line.listed.rsplit(" ", 1)
    own = plain(span.of(text))
    return [NamedItem(MatterKind(kind), number, _shorten(own) or line.listed, span, own if asks(own) else "")]


def mention_items(words: str, span: Span) -> list[NamedItem]:
    """Return the items that a sentence speaks of by number, wherever it does."""
    found = [item.rsplit(" ", 1) for item in find_items(words)]
    return [NamedItem(MatterKind(kind), number, f"{kind} {number}", span) for kind, number in found]


def label_end(text: str, span: Span) -> int:
    """Return where a label ("Recommendation 1 (interviews):") ends, in a line that goes on after it."""
    start = re.search(_STARTS.pattern.lstrip("^"), text[span.start : span.end], re.IGNORECASE)
    if not start:
        return span.start
    end = _LABEL_END.match(text, span.start + start.end(), span.end)
    return end.end() if end else span.start


def without_opening(own: str) -> str:
    """Return what is asked for without the date or "that" before it."""
    return own[_end_of(_NAME_OPENING, own) :]


def _shorten(own: str) -> str:
    """Return what an item asks for or is about, without its number, its date and its full stop."""
    bracketed = re.match(r"^\s*\(([^)]{2,160})\)(?:\W*$|\s*[:.–—])", own)
    own = (
        own
        if asks(own)
        else re.split(
            r",\s+(?:is|has|have|are|was|were)\b|\s+and\s+(?:needs?|requires?|is|has)\b|^[\s:–—-]*(?:is|are|has|have|will|does|do|cannot|was|were)\b",
            own,
        )[0]
    )
    name = bracketed[1] if bracketed else without_opening(own)
    return name.strip(" .:;,–—-*_")


def _end_of(pattern: re.Pattern[str], words: str) -> int:
    match = pattern.match(words)
    return match.end() if match else 0


@dataclass(frozen=True, slots=True)
class Utterance:
    """A sentence of a document, or the whole of a bullet or heading.

    words: plain, never empty.  answers: the matters that it answers.  silent: it stands where nothing is
    a status.  names: it is what names the matters that it answers.  about: the report that it answers,
    where a table says so.
    """

    span: Span
    words: str
    line: Line
    voice: Speaker
    answers: tuple[NamedItem, ...] = ()
    silent: bool = False
    names: bool = False
    about: str = ""


_LOOKED_AT = 1_000
"""How many characters of a line are looked at for who speaks; its sentences are short."""

_LABEL = re.compile(
    r"[*_\s]*+(?P<who>(?:the\s+)?(?:[\w&'’.-]+\s+){0,6}?)(?:response|comment|update|position|reply|progress|answer)s?"
    r"[*_ \t]*(?::[*_\s]*|\n\s*)",
    re.IGNORECASE,
)


def label_of(written: str) -> tuple[str, int]:
    """Return who is named by a label that begins a line ("PCC comment:"), and where the label ends.

    ("", 0) without a label; "" for one that names nobody ("Response:").
    """
    match = _LABEL.match(written)
    return (match["who"], match.end()) if match else ("", 0)


def is_inspectorate(document: Document) -> bool:
    """Tell whether the inspectorate wrote a document."""
    kind = document.fact(FactName.SOURCE_KIND)
    return kind is not None and "inspectorate" in kind.value


@dataclass(slots=True)
class Voices:
    """Follows who speaks while the lines of a document are read in order.

    default: whose document it is.  current: whose section.  answers: who answers recommendations.
    introduced: words have let the force speak ("The Chief Constable writes:").  labelled: who speaks
    since a label at the beginning of a line ("PCC comment:").
    """

    default: Speaker
    current: Speaker
    answers: Speaker
    introduced: bool = False
    labelled: Speaker | None = None

    def open_section(self, title: str) -> None:
        """Note a heading; a voice that words introduced ends with it."""
        self.introduced, self.labelled = False, None
        force = load_vocabulary().holds("voices", "force_title", title)
        self.current = Speaker.FORCE if force else self.default

    def read_label(self, who: str) -> None:
        """Note whom a label names."""
        named = next(
            (name for name in ("office", "force") if load_vocabulary().holds("voices", name, who)), None
        )
        if named:
            self.labelled = Speaker.FORCE if named == "force" else self.default

    def speaker_of(self, words: str, *, quoted: bool, answer: bool) -> Speaker:
        """Return who speaks in a line, and note whom it introduces."""
        rules, beginning, end = load_vocabulary(), words[:_LOOKED_AT], words[-_LOOKED_AT:]
        if quoted:
            return Speaker.FORCE if self.default is Speaker.COMMISSIONER else self.default
        if rules.holds("voices", "gives_force_answer", beginning):
            self.answers = Speaker.FORCE
        if rules.holds("voices", "introduces_force", end):
            self.introduced = True
            return self.current
        if self.labelled:
            return self.labelled
        if self.introduced or (answer and self.answers is Speaker.FORCE):
            return Speaker.FORCE
        return self.current


def who_says(sentence: str, voice: Speaker) -> Speaker:
    """Return who says what a sentence says, when its speaker reports the force's word."""
    told = load_vocabulary().holds("voices", "told_by_force", sentence[:_LOOKED_AT])
    return Speaker.FORCE if told else voice
