"""Sentences of a text, as places."""

import re

from askpcc.model import Span

_NOTE = r"\[\d{1,3}\]|<sup>\s*\[?\d{1,3}\]?\s*</sup>"
_END = re.compile(rf"(?<![.!?…])[.!?…]++(?:[\"'”’)\]*_]|</\w{{1,10}}>|{_NOTE})*+(?=\s|<|$)", re.IGNORECASE)
_STARTS_NEXT = re.compile(r"(?:<[^<>]*>|[^\w<]|[_<])*+(?:[A-ZÀ-ÖØ-Þ0-9]|[a-z][A-Z])")
_BEFORE = r"(?:^|[\s(\[“\"'‘*_>])"
_TITLE = re.compile(
    rf"{_BEFORE}(?:Mr|Mrs|Ms|Miss|Dr|Prof|Rt|Hon|St|Sgt|Insp|Supt|Det|Cllr|Sir|e\.g|i\.e|cf|vs?|al|approx)\.$"
)
_ABBREVIATION = re.compile(
    rf"{_BEFORE}(?:dept|etc|[Ii]nc|Ltd|(?:[A-Z]\.)*[A-Z]|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.$"
)
_REFERENCE = re.compile(rf"{_BEFORE}(?:nos?|paras?|pp?|ch|sec|fig)\.$", re.IGNORECASE)
_NUMBER_NEXT = re.compile(r"\s*\(?\d")
_COMMON_START = re.compile(
    r"\W*(?:The|This|These|That|Those|They|There|Then|We|It|Its|In|I|He|She|His|Her|My|Our|Their|A|An|As|At|All"
    r"|By|For|On|To|Of|With|From|And|But|So|Also|Both|If|When|While|Where|Since|After|Following|However|No|Not)\b"
)
_NUMBER = re.compile(r"\W*\d+(?:\.\d+)*\.\W*")
_NUMBERED_ITEM = re.compile(
    r"\W*(?:Recommendation|Area for improvement|AFI|Cause of concern) \d+(?:\.\d+)*\.\W*", re.IGNORECASE
)
# An abbreviation or a number with its mark-up is shorter, and so is the mark-up before the next sentence.
_LOOKED_AT = 60


def split_sentences(text: str, span: Span) -> list[Span]:
    """Return the places of the sentences inside a place of a text, trimmed of white space.

    A stop after a title, an initial, an abbreviation or a number that opens a paragraph ends nothing,
    nor does one before a lower-case word; initials and abbreviations do end a sentence before a word
    that commonly begins one.  Together the sentences hold every character that is not white space.
    """
    found = []
    start = span.start
    for match in _END.finditer(text, span.start, span.end):
        if _ends_sentence(text, Span(start, match.end()), span):
            found.append(_trim(text, start, match.end()))
            start = match.end()
    found.append(_trim(text, start, span.end))
    return [sentence for sentence in found if len(sentence)]


def _ends_sentence(text: str, sentence: Span, whole: Span) -> bool:
    rest = text[sentence.end : min(whole.end, sentence.end + _LOOKED_AT)]
    if not rest.strip():
        return True
    if not _STARTS_NEXT.match(rest):
        return False
    written = text[max(sentence.start, sentence.end - _LOOKED_AT) : sentence.end]
    if _NUMBER.fullmatch(written) or (sentence.start == whole.start and _NUMBERED_ITEM.fullmatch(written)):
        return False
    if _TITLE.search(written) or (_REFERENCE.search(written) and _NUMBER_NEXT.match(rest)):
        return False
    return not _ABBREVIATION.search(written) or _COMMON_START.match(rest) is not None


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
