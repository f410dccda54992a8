"""Words: how texts are compared, stems, abbreviations, synonyms, and lists of words kept as data."""

import csv
import re
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape
from importlib.resources import files
from typing import Any

from askpcc.model import Concept

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
Phrase = tuple[str, ...]

_SAME = 1.0
_NEAR = 0.7
_LONGEST_PHRASE = 8


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


def load_data(name: str) -> dict[str, Any]:
    """Return what ``data/NAME.toml`` holds."""
    return tomllib.loads((files("askpcc") / "data" / f"{name}.toml").read_text("utf-8"))


@lru_cache(maxsize=8)
def load_patterns(name: str) -> dict[str, re.Pattern[str]]:
    """Return the expressions of ``data/NAME.toml`` by key, the alternatives of a key as one."""
    return {key: _compile(key, _alternatives(value)) for key, value in load_data(name).items()}


def _alternatives(value: Any) -> list[str]:  # noqa: ANN401 - TOML holds texts, lists, tables of them
    if isinstance(value, dict):
        return [alternative for inner in value.values() for alternative in _alternatives(inner)]
    return [value] if isinstance(value, str) else list(value)


def _compile(key: str, alternatives: list[str]) -> re.Pattern[str]:
    flags = re.NOFLAG if key == "names" else re.IGNORECASE
    return re.compile(rf"(?<![\w.])(?:{'|'.join(alternatives)})(?!\w)", flags)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Phrases of stems, each with the phrases that mean the same and how surely (0 to 1).

    No phrase is empty.  long_forms: the words that an abbreviation stands for, as they are written.
    """

    equivalents: dict[Phrase, dict[Phrase, float]]
    long_forms: dict[Phrase, str] = field(default_factory=dict)

    def concepts(self, text: str, weight: float = 1.0) -> tuple[Concept, ...]:
        """Return the concepts of a text: its content words and known phrases, in order, each once."""
        found: dict[Phrase, Concept] = {}
        for phrase in self._phrases(content_stems(text)):
            others = self.equivalents.get(phrase, {})
            found.setdefault(phrase, Concept(weight, ((phrase, 1.0), *others.items())))
        return tuple(found.values())

    def spell_out(self, concepts: Iterable[Concept]) -> list[str]:
        """Return the long forms of those concepts that were typed as abbreviations."""
        typed = (concept.phrases[0][0] for concept in concepts)
        return [self.long_forms[phrase] for phrase in typed if phrase in self.long_forms]

    def _phrases(self, typed: list[str]) -> Iterator[Phrase]:
        """Cut stems into the longest phrases known and, between them, single stems."""
        at = 0
        while at < len(typed):
            length = next(
                (n for n in range(_LONGEST_PHRASE, 1, -1) if tuple(typed[at : at + n]) in self.equivalents), 1
            )
            yield tuple(typed[at : at + length])
            at += length


@lru_cache(maxsize=1)
def default_lexicon() -> Lexicon:
    """Return the lexicon of the package's own lists."""
    data = files("askpcc") / "data"
    abbreviations = csv.DictReader((data / "abbreviations.csv").read_text("utf-8").splitlines())
    pairs = [(row["short"], row["long"]) for row in abbreviations]
    lines = (data / "synonyms.txt").read_text("utf-8").splitlines()
    return build_lexicon(pairs, [line for line in lines if line.strip() and not line.startswith("#")])


def build_lexicon(abbreviations: Iterable[tuple[str, str]], groups: Iterable[str]) -> Lexicon:
    """Make a lexicon of pairs (short, long) and of lines of phrases that stand for each other.

    A line that begins with "=" holds forms of one word; the others are near in meaning only.
    What has no words ("%") stands for nothing.
    """
    equivalents: defaultdict[Phrase, dict[Phrase, float]] = defaultdict(dict)
    for line in groups:
        strength = _SAME if line.startswith("=") else _NEAR
        _relate(equivalents, line.lstrip("=").split(","), strength)
    long_forms = {}
    for short, long in abbreviations:
        _relate(equivalents, (short, long), _SAME)
        long_forms[_as_phrase(short)] = long
    return Lexicon(dict(equivalents), long_forms)


def _as_phrase(text: str) -> Phrase:
    return tuple(content_stems(text)) or tuple(stems(text))


def _relate(equivalents: dict[Phrase, dict[Phrase, float]], texts: Iterable[str], strength: float) -> None:
    phrases = [phrase for phrase in map(_as_phrase, texts) if phrase]
    for phrase in phrases:
        for other in phrases:
            if other != phrase:
                equivalents[phrase][other] = max(strength, equivalents[phrase].get(other, 0.0))
