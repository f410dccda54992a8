"""A statement is compared with the words it cites, and the first thing that is not proved is named.

Nothing here says that a statement is true: only that it is made of those words, shortened where that changes
nothing.  What cannot be decided counts as not proved.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from askpcc.model import Status, StatusClaim
from askpcc.proving.alignment import Alignment
from askpcc.proving.antecedents import Ground, split_cells
from askpcc.proving.tokens import Token, read_tokens
from askpcc.proving.values import Sort, load_vocabulary
from askpcc.text.forces import ForceTable
from askpcc.text.words import content_stems


@dataclass(frozen=True, slots=True)
class Cited:
    """One cited sentence.

    words: plain.  document, ordinal: of its passage.  force: whose document it is.
    items: the numbered matters of its passage.  quoted: the document shows it as somebody's words.
    claims: what the register reads out of this sentence.  heading, lead: above it, and what introduces its
    list.  about: what is known of its document, as names and words.  start, end: its place in the document.
    begins: it begins its passage.  cell: of its row of a table, counted from 0, in which it begins.
    """

    words: str
    document: str = ""
    ordinal: int = 0
    force: str = ""
    items: tuple[str, ...] = ()
    quoted: bool = False
    claims: tuple[StatusClaim, ...] = ()
    heading: str = ""
    lead: str = ""
    about: tuple[tuple[str, str], ...] = ()
    start: int = 0
    end: int = 0
    begins: bool = False
    cell: int = 0


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a statement rests on: cited sentences in the order of their documents, and the forces."""

    cited: tuple[Cited, ...]
    forces: ForceTable

    @property
    def claims(self) -> list[StatusClaim]:
        """Return what the register reads out of the cited sentences."""
        return [claim for one in self.cited for claim in one.claims]


class Flaw(StrEnum):
    """What is not proved.  SHORTENED: the words are there, and what was left out changes what they say."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    MARKUP = "markup"
    STATUS = "status"
    ITEM = "item"
    DATE = "date"
    NUMBER = "number"
    NAME = "name"
    WORD = "word"
    SHORTENED = "shortened"


_LONGEST = 900
"""Characters of one statement; a longer one is no statement but a text."""

_LONGEST_VALUE = 8
"""Words of a part of a statement that stands for an answer and has no verb."""

_MARKS = "<>[]|`\n{}*_#\\"
_SIGN = re.compile(r"[^\w\s.,;:'’\"“”()–—/!&%£-]|[-\u2212](?=[\d£])(?<![\w)]-)")
"""What is neither a word nor usual between words, and a minus."""
_QUOTATION = re.compile('[“"]([^“”"]+)[”"]')
_OPENING_QUOTES = ('"', "“")
_NO_FORCES = ForceTable(())


def find_flaw(text: str, status: Status | None, grounds: Grounds) -> Flaw | None:
    """Return the first thing of a statement that its grounds do not prove; None where all is proved.

    text: plain words of one statement.  status: the one that it claims besides its words.
    """
    flaw = _find_in_whole(text, status, grounds)
    if flaw:
        return flaw
    statement = read_tokens(text, grounds.forces, _find_own_force(grounds))
    alignment = Alignment(statement, tuple(_read_grounds(grounds)))
    if _leaves_out_exception(statement, alignment.grounds):
        return Flaw.SHORTENED
    reached = alignment.reaches()
    return None if reached >= len(statement) else _name_flaw(statement[reached:], alignment.grounds)


def holds_markup(text: str, grounds: Grounds) -> bool:
    """Tell whether a text has signs that its sentences do not have, or an address."""
    written = "\n".join(part for one in grounds.cited for part in (one.words, one.heading, one.lead))
    signs = {found[0] for found in _SIGN.finditer(text)} | {mark for mark in _MARKS if mark in text}
    return not text.isprintable() or "http" in text.lower() or any(sign not in written for sign in signs)


def is_part_of(text: str, words: str, grounds: Grounds) -> bool:
    """Tell whether an answer stands in a row in a statement or a sentence, and nothing limits it there.

    A few words without a verb are a value, "1 June 2031", and state nothing alone.  What has a verb states
    something, so that nothing before it in its clause may narrow it.
    """
    own = _find_own_force(grounds)
    said = [token for token in read_tokens(text, grounds.forces, own) if not token.is_mark]
    whole = read_tokens(words, grounds.forces, own)
    part = [token.key for token in said]
    states = any(token.key in load_vocabulary().verbs for token in said)
    if not part or (len(part) > _LONGEST_VALUE and not states) or holds_markup(text, grounds):
        return False
    exact = said[0].sort in (Sort.NUMBER, Sort.DATE)
    is_free = _stands_free if states else _is_unlimited
    return any(is_free(whole[:n], exact=exact) for n in _find_row(part, whole))


_COUNTED = re.compile(r"(?P<total>\d[\d,]*) \((?P<one>\d[\d,]*) (?P<how>less|plus) (?P<other>\d[\d,]*)\)")


def is_counted(text: str, grounds: Grounds) -> bool:
    """Tell whether an answer is "107 (212 less 105)", rightly counted from numbers of the sentences."""
    found = _COUNTED.fullmatch(text.strip())
    if not found:
        return False
    total, one, other = (int(found[name].replace(",", "")) for name in ("total", "one", "other"))
    tokens = [token for cited in grounds.cited for token in read_tokens(cited.words, grounds.forces)]
    held = {token.key for token in tokens if token.sort is Sort.NUMBER}
    right = one - other if found["how"] == "less" else one + other
    return total == right and {str(one), str(other)} <= held


def _find_row(part: Sequence[str], whole: Sequence[Token]) -> Iterator[int]:
    """Yield where a row of words begins in a text, whatever marks stand between them."""
    places = [n for n, token in enumerate(whole) if not token.is_mark]
    for n in range(len(places) - len(part) + 1):
        if [whole[place].key for place in places[n : n + len(part)]] == part:
            yield places[n]


def _is_unlimited(before: Sequence[Token], *, exact: bool) -> bool:
    vocabulary = load_vocabulary()
    limiting = vocabulary.limiting | (vocabulary.bounding if exact else frozenset())
    keys = [token.key for token in before[-2:]]
    return not keys or not (keys[-1] in limiting or (keys[-1] == "to" and keys[0] in limiting))


def _stands_free(before: Sequence[Token], *, exact: bool) -> bool:
    vocabulary = load_vocabulary()
    clause: list[str] = []
    for token in reversed(before):
        if token.is_mark:
            break
        clause.append(token.key)
    return _is_unlimited(before, exact=exact) and not set(clause) & (vocabulary.narrowing | {"that"})


def _find_in_whole(text: str, status: Status | None, grounds: Grounds) -> Flaw | None:
    if not content_stems(text) or not grounds.cited:
        return Flaw.EMPTY
    if len(text) > _LONGEST:
        return Flaw.TOO_LONG
    written = "\n".join(one.words for one in grounds.cited)
    if holds_markup(text, grounds) or any(quoted not in written for quoted in _QUOTATION.findall(text)):
        return Flaw.MARKUP
    if status is not None and status not in {claim.status for claim in grounds.claims}:
        return Flaw.STATUS
    return None


def _leaves_out_exception(statement: tuple[Token, ...], grounds: tuple[Ground, ...]) -> bool:
    """Tell whether a statement speaks of all or none, and one of its sentences has an exception to that."""
    vocabulary = load_vocabulary()
    said = {token.key for token in statement}
    universal = said & vocabulary.universal
    cells = [{token.key for token in cell} for ground in grounds for cell in split_cells(ground.tokens)]
    return any(universal & keys and keys & vocabulary.exceptions - said for keys in cells)


def _find_own_force(grounds: Grounds) -> str:
    """Return the force of the documents, where they are of one."""
    forces = {one.force for one in grounds.cited}
    return forces.pop() if len(forces) == 1 else ""


def _read_grounds(grounds: Grounds) -> Iterator[Ground]:
    own = _find_own_force(grounds)
    for one in grounds.cited:
        yield _read_ground(one, one.words, grounds.forces, own)


def _read_ground(one: Cited, words: str, forces: ForceTable, own: str) -> Ground:
    about = dict(one.about)
    # A passage that belongs to several matters may speak of each of them elsewhere.
    item = one.items if len(one.items) == 1 else ()
    above = [part for part in (*one.heading.split(" / "), one.lead, about.get("title", ""), *item) if part]
    return Ground(
        read_tokens(words, forces, own),
        one.document,
        one.ordinal,
        one.start,
        one.end,
        tuple(read_tokens(part, forces, own) for part in above),
        _keys(about.get("from", ""), forces, own),
        _keys(" . ".join([*about.values(), one.force]), forces, own),
        one.quoted or words.startswith(_OPENING_QUOTES),
        one.begins,
        one.cell,
    )


def _keys(words: str, forces: ForceTable, own: str) -> frozenset[str]:
    """Return the words of a text and, of the names of forces, also each word alone."""
    whole = read_tokens(words, forces, own)
    return frozenset(t.key for t in (*whole, *read_tokens(words, _NO_FORCES, "")) if not t.is_mark)


def _name_flaw(rest: tuple[Token, ...], grounds: tuple[Ground, ...]) -> Flaw:
    """Return the sort of the first word that none of the sentences has, else that they were shortened."""
    held = {token.key for ground in grounds for token in ground.tokens}
    for token in rest:
        if not token.is_mark and token.key not in held:
            by_sort = {Sort.ITEM: Flaw.ITEM, Sort.DATE: Flaw.DATE, Sort.NUMBER: Flaw.NUMBER}
            for sort, flaw in by_sort.items():
                if token.sort is sort:
                    return flaw
            return Flaw.NAME if token.capital else Flaw.WORD
    return Flaw.SHORTENED
