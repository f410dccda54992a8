"""Words of a text: without markup, as stems, with what they weigh.

Stems are Porter's, the same that SQLite's FTS5 ``porter`` tokenizer makes, so that a stem counted
here is the stem found there.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from html import unescape

_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_SUPERSCRIPT = re.compile(r"</?(?:sup|sub|b|i|u|em|strong|span)\b[^<>]*>", re.IGNORECASE)
_LINK = re.compile(r"!?\[([^\]\n]*)\]\([^()\s]*(?:\s+\"[^\"]*\")?\)")
_EMPHASIS = re.compile(r"(?<!\w)[*_]{1,3}(?=\S)|(?<=\S)[*_]{1,3}(?!\w)|\*{2,3}|`")
_QUOTE_MARKER = re.compile(r"\n\s*>+ ?")
_PIPES = re.compile(r"\s*\|\s*")
_SPACE = re.compile(r"\s+")
_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)?|\d+[^\W\d_]+", re.UNICODE)

STOPWORDS = frozenset(
    """a about above after again all also am an and any are as at be because been before being below
    between both but by can could did do does doing done down during each ever few for from further get
    gets getting getting got had has have having he her here hers him his how i if in into is it its
    just know let like make many me more most much my need no nor not now of off on once one only or
    other our out over own please put said same say says see she should so some still such tell than
    that the their them then there these they thing things this those through to too under until up us
    very was we were what whats when where which while who whom whos whose why will with would wots yes
    yet you your s t d ll ve re m""".split()
)


def plain(text: str) -> str:
    """Return the words of a text as people read them: no tags, no Markdown marks, single spaces."""
    text = _SUPERSCRIPT.sub("", text)
    text = _TAG.sub(" ", text)
    text = _LINK.sub(r"\1", text)
    text = _EMPHASIS.sub("", text)
    text = _QUOTE_MARKER.sub(" ", text)
    text = _PIPES.sub(" ", text)
    return _SPACE.sub(" ", unescape(text)).strip()


def words(text: str) -> list[str]:
    """Return the words of a text in lower case, with straight apostrophes and no possessive s."""
    return [_shape(match.group()) for match in _WORD.finditer(text)]


def _shape(word: str) -> str:
    return word.lower().replace("’", "'").removesuffix("'s").replace("'", "")


@lru_cache(maxsize=1)
def _stemmer() -> Callable[[str], str]:
    from snowballstemmer import stemmer

    make_stem: Callable[[str], str] = stemmer("porter").stemWord
    return make_stem


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """Return Porter's stem of a word in lower case."""
    return _stemmer()(word)


def stems(text: str) -> list[str]:
    """Return the stems of a text's words, in order, stop words included."""
    return [stem(word) for word in words(text)]


def content_stems(text: str) -> list[str]:
    """Return the stems of a text's words, in order, without stop words."""
    return [stem(word) for word in words(text) if word not in STOPWORDS]
