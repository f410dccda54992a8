"""Names of people in a text, as far as their form shows them, taken out."""

import re
from collections.abc import Collection
from itertools import groupby

from askpcc.language.forces import ForceTable

HIDDEN = "(name)"
_WORD = r"[A-Z][a-z]+(?:[-'’][A-Z]?[a-z]+)*"
_TITLE = (
    r"(?:Mr|Mrs|Ms|Miss|Dr|Prof|Sir|Dame|Cllr|Councillor|Lord|Lady"
    r"|(?:Detective |Chief |Deputy |Assistant |Police )*"
    r"(?:Superintendent|Inspector|Sergeant|Constable|Commissioner|Mayor|Supt|Insp|Sgt))\.?"
)
_TITLED = re.compile(rf"\b(?P<title>{_TITLE},? )(?P<name>(?!for\b|of\b){_WORD}(?: {_WORD}){{0,3}})")
_BARE = re.compile(
    rf"(?<![\w’'-]){_WORD}(?: [A-Z]\.)?(?: (?:de|van|von|Mc|Mac|O['’]))?(?: {_WORD}){{1,3}}(?![\w’'-])"
)
_NO_PERSON = frozenset(
    """police chief home crime fire violence action national report deputy force constabulary commissioner
    act response constable secretary office council authority service board programme unit team plan
    committee recommendation area cause department inspectorate inspection inspector government county
    city district university college ministry trust court prosecution criminal justice independent
    integrated care community safety partnership road street january february march april may june july
    august september october november december majesty superintendent the this that these those his her
    their my our in on at for from by with of and under detective assistant""".split()
)


def hide_people(text: str, forces: ForceTable, known: Collection[str] = ()) -> str:
    """Return a text without names of people; too much is taken out rather than too little.

    known: names that are people's for certain, such as a document's author.  Names of forces that the
    table has stay.
    """
    for name in sorted(filter(None, known), key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", HIDDEN, text)
    listed = {force.name for force in forces.forces}
    found = [force for force, _ in forces.find_forces(text) if force.name in listed]
    kept = {name for force in found for name in (force.name, force.area)}
    text = _TITLED.sub(lambda found: found["title"] + _hide(found["name"], kept, 1), text)
    return _BARE.sub(lambda found: _hide(found[0], kept), text)


def _hide(name: str, kept: Collection[str], least: int = 2) -> str:
    """Hide each run of so many words that can be a person's; the other words of a longer run stay."""
    hidden = []
    for other, run in groupby(name.split(), lambda word: word.lower().strip(".") in _NO_PERSON):
        words = " ".join(run)
        stays = other or words.count(" ") + 1 < least or any(words in one for one in kept)
        hidden.append(words if stays else HIDDEN)
    return " ".join(hidden)
