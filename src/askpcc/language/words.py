"""Words of a text: without markup, and as stems.

Words and stems are those that SQLite's FTS5 makes with ``porter unicode61 remove_diacritics 2``, so
that a stem counted here is the stem found there.
"""

import re
import unicodedata
from functools import lru_cache
from html import unescape

_TAG = re.compile(r"</?[a-zA-Z][\w:-]*(?:\s[^<>]*|/)?>")
_INLINE_TAG = re.compile(r"</?(?:sup|sub|b|i|u|em|strong|span)\b[^<>]*>", re.IGNORECASE)
_LINK = re.compile(r"!?\[([^\[\]\n]*)\]\((?:[^()\s]|\([^()\s]*\))*(?: +\"[^\"\n]*\")?\)")
_EMPHASIS = re.compile(r"(?<!\w)[*_]{1,3}(?=\S)|(?<=\S)[*_]{1,3}(?!\w)|\*{2,3}|`")
_QUOTE_MARKER = re.compile(r"\n[^\S\n]*>+")
_SPACE = re.compile(r"\s+")
_WORD = re.compile(r"([^\W_]+)(?:['’][sS]\b)?")
_ACCENT = re.compile(r"[\u0300-\u036f]")
# FTS5 leaves shorter and longer tokens as they are.
_SHORTEST_STEMMED, _LONGEST_STEMMED = 3, 64

STOPWORDS = frozenset(
    """a about above after again all also am an and any are as at be because been before being below
    between both but by can could did do does doing done down during each ever few for from further get
    gets getting got had has have having he her here hers him his how i if in into is it its
    just know let like make many me more most much my need no nor not now of off on once one only or
    other our out over own please put said same say says see she should so some still such tell than
    that the their them then there these they thing things this those through to too under until up us
    very was we were what whats when where which while who whom whos whose why will with would wots yes
    yet you your s t d ll ve re m
    don isn aren wasn weren hasn haven hadn doesn didn won wouldn shouldn couldn
    dont isnt arent wasnt werent hasnt havent hadnt doesnt didnt wont wouldnt shouldnt couldnt cant
    im ive""".split()
)


def plain(text: str) -> str:
    """Return the words of a text as people read them: no tags, no Markdown marks, single spaces."""
    text = _INLINE_TAG.sub("", text)
    text = _TAG.sub(" ", text)
    text = _LINK.sub(r"\1", text)
    text = _EMPHASIS.sub("", text)
    text = _QUOTE_MARKER.sub(" ", text)
    text = text.replace("|", " ")
    return _SPACE.sub(" ", unescape(text)).strip()


def words(text: str) -> list[str]:
    """Return the words of a text in lower case, without accents and possessive s."""
    if not text.isascii():
        text = _ACCENT.sub("", unicodedata.normalize("NFD", text))
    return [match[1].lower() for match in _WORD.finditer(text)]


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """Return Porter's stem of a word in lower case."""
    from snowballstemmer import stemmer

    if not _SHORTEST_STEMMED <= len(word) < _LONGEST_STEMMED:
        return word
    # One stemmer a word, since a stemmer works on a state of its own and several threads may ask.
    stemmed: str = stemmer("porter").stemWord(word)
    return stemmed


def stems(text: str) -> list[str]:
    """Return the stems of a text's words, in order, stop words included."""
    return [stem(word) for word in words(text)]


def content_stems(text: str) -> list[str]:
    """Return the stems of a text's words, in order, without stop words."""
    return [stem(word) for word in words(text) if word not in STOPWORDS]
