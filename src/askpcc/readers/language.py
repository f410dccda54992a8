"""In which of the two languages of public bodies in Wales a document is written."""

import re

WELSH_DOUBT = (
    "The document is in Welsh; it is indexed, and questions are answered from English documents only."
)

_WELSH = frozenset(
    "yn yr ac ar mae wedi gan bod ei eu bydd nid sydd hyn hon hwn oedd fod cael gyda drwy trwy wrth neu ond "
    "fel hefyd ydym ydyn maent rydym rydyn byddwn bydden ein eich dros rhwng heb pob holl unrhyw".split()
)
"""Commonest Welsh words of grammar that are no English ones, as "a", "i" and "o" are."""
_ENGLISH = frozenset(
    "the of and to in is that for it with as was on are be this by have has from not will we they been which "
    "their our or an its were".split()
)
"""Commonest English words of grammar, as many as the Welsh ones, and none of them Welsh."""
_FEWEST = 10
"""Welsh words below which nothing is said: names of places and of bodies hold some."""
_WORD = re.compile(r"[^\W\d_]+")


def is_welsh(text: str) -> bool:
    """Tell whether most of a text's words of grammar are Welsh."""
    words = [word.lower() for word in _WORD.findall(text)]
    welsh = sum(word in _WELSH for word in words)
    english = sum(word in _ENGLISH for word in words)
    return welsh >= _FEWEST and welsh > english
