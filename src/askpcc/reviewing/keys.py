"""Names for a question as it was typed and read."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from hashlib import sha256

from askpcc.language.forces import ForceTable, load_forces
from askpcc.language.lexicon import default_lexicon
from askpcc.language.words import STOPWORDS, stem
from askpcc.model import Question, Wanted

_DIGITS = 32
_BEGIN, _END = "\ue000", "\ue001"
"""Around the name of a force; a question that was read holds no private characters."""

_TOKEN = re.compile(rf"{_BEGIN}[^{_END}]*{_END}|\d(?:[\w.,/:-]*\w)?|[^\W_]+|[%£$€<>=+]")
_PLACED = rf"\b(?:in|at|of)\s+(?:the\s+)?{_BEGIN}[^{_END}]*{_END}(?:['’]s)?"
_HEADED = rf"\A\W*{_BEGIN}[^{_END}]*{_END}\s*[:,–-]"
_ONLY_PLACES = re.compile(f"{_PLACED}|{_HEADED}", re.IGNORECASE)
_SHORTENED = (
    (re.compile(r"\b(what|who|where|when|how|it|that)['’]?s\b", re.IGNORECASE), r"\1 is"),
    (re.compile(r"\b(is|are|was|were|has|have|had|do|does|did)n['’]?t\b", re.IGNORECASE), r"\1 not"),
)
_SAYS_NOTHING = frozenset("a an the please pls thanks s".split())
_NOW = {"was": "is", "were": "are", "has": "is", "have": "are"}
_SAME = 1.0
_SHORTEST_PLURAL = 4


def key_of(question: Question) -> str:
    """Name a question by its words, what was read from them, and the thread that it stands in.

    All words count, in their order, so that whoever is named first, a negation, a bound or a number makes
    another question.  Only what surely says the same is folded: case, articles, courtesies, singular and
    plural, forms of one word and abbreviations (as the lexicon has them), names of one force, "has been" and
    "was" where a status is asked for.  Nothing rests on likeness.
    """
    table = _table_of(question.forces)
    read = [question.wanted, question.sought, *question.forces, "items", *question.items]
    thread = [part for said in question.history for part in ("earlier", *_spell(said, question, table))]
    return digest([*read, "words", *_spell(question.words, question, table), *thread])


def digest(parts: Iterable[str]) -> str:
    """Name a row of texts; rows that differ in any have different names."""
    made = sha256()
    for part in parts:
        made.update(part.encode("utf-8", "surrogatepass") + b"\0")
    return made.hexdigest()[:_DIGITS]


@lru_cache(maxsize=256)
def _table_of(names: Sequence[str]) -> ForceTable:
    listed = (force for force in load_forces().forces if force.name in names)
    return ForceTable(listed).with_extra(names)


def _spell(text: str, question: Question, table: ForceTable) -> list[str]:
    """Return the words of a text as they are compared."""
    for force, span in reversed(table.find_forces(text, typed=True)):
        text = f"{text[: span.start]}{_BEGIN}{force.name}{_END}{text[span.end :]}"
    if len(question.forces) == 1:
        text = _ONLY_PLACES.sub(" ", text)
    for shortened, spelt_out in _SHORTENED:
        text = shortened.sub(spelt_out, text)
    spelt = [part for typed in _TOKEN.findall(text) for part in _fold(typed)]
    return _fold_tense(spelt) if question.wanted is Wanted.STATUS else spelt


def _fold(typed: str) -> Iterator[str]:
    """Yield the words that a word stands for."""
    word = typed.casefold()
    if typed[0] == _BEGIN or (typed.isupper() and len(typed) > 1 and word in STOPWORDS):
        yield typed  # IT is not it
    elif word not in _SAYS_NOTHING:
        # An abbreviation alone: "afi" and "afis", but no word whose stem looks like one.
        stemmed = (stem(word),)
        written = default_lexicon().long_forms.get(stemmed) if word.rstrip("s") == stemmed[0] else None
        if written is None:
            yield _one_form(word)
        else:
            yield from (_one_form(part) for part in _TOKEN.findall(written.casefold()))


def _one_form(word: str) -> str:
    """Return the form that stands for all forms of a word."""
    lexicon = default_lexicon()
    others = lexicon.equivalents.get((stem(word),), {})
    # What an abbreviation stands for has the same stem as other words.
    same = [
        phrase[0]
        for phrase, strength in others.items()
        if strength == _SAME and len(phrase) == 1 and phrase not in lexicon.long_forms
    ]
    return min([stem(word), *same]) if same else _singular(word)


def _singular(word: str) -> str:
    ends = word.endswith("s") and not word.endswith(("ss", "us", "is"))
    return word[:-1] if ends and len(word) >= _SHORTEST_PLURAL and word not in STOPWORDS else word


def _fold_tense(spelt: Sequence[str]) -> list[str]:
    """Write one form for "is", "was" and "has been": a status is asked for as it is known today."""
    perfect = "been" in spelt
    forms = _NOW if perfect else {name: now for name, now in _NOW.items() if name.startswith("w")}
    return [forms.get(word, word) for word in spelt if not (perfect and word == "been")]
