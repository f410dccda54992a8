"""Sentences of a text, as places."""

import re

from askpcc.model import Span

_END = re.compile(r"[.!?…]+[\"'”’)\]*_]*(?=\s|$)|[.!?][\"”’]?(?=<)")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\[“\"'‘])(?:Mr|Mrs|Ms|Miss|Dr|Prof|Rt|Hon|St|Sgt|Insp|Supt|Det|Cllr|Sir|No|Nos|para|paras|p|pp"
    r"|vs|v|ch|sec|fig|approx|dept|e\.g|i\.e|etc|cf|al|inc|Ltd|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
    r"|[A-Z])\.$"
)
_STARTS_NEXT = re.compile(r"\s+[\"'“‘(\[*_<>\-•]*\s*[A-Z0-9£]")
_NUMBERING = re.compile(r"^\W*\d+(?:\.\d+)*\.$")


def split_sentences(text: str, span: Span) -> list[Span]:
    """Return the places of the sentences inside a place of a text, trimmed of white space.

    A stop after an abbreviation, an initial or a paragraph number, or before a lower-case word, ends
    nothing.  Together the sentences hold every character that is not white space.
    """
    found = []
    start = span.start
    for match in _END.finditer(text, span.start, span.end):
        if _ends_sentence(text, Span(start, match.end()), span.end):
            found.append(_trim(text, start, match.end()))
            start = match.end()
    found.append(_trim(text, start, span.end))
    return [sentence for sentence in found if len(sentence)]


def _ends_sentence(text: str, sentence: Span, limit: int) -> bool:
    written = sentence.of(text)
    if _ABBREVIATION.search(written) or _NUMBERING.match(written.strip()):
        return False
    rest = text[sentence.end : min(limit, sentence.end + 40)]
    return not rest.strip() or _STARTS_NEXT.match(rest) is not None


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
