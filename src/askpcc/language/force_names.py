"""One name for the force of one area, where documents name it differently or only its commissioner."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from askpcc.language.unlisted_forces import AREA_SUFFIXES

_COMMISSIONER = r"(?!,?\s(?:fire,?\s)?(?:and|&|&amp;)\s(?:fire\s(?:and|&|&amp;)\s)?crime\b)"


def unite_names(names: Iterable[str], is_written_out: Callable[[str], bool]) -> dict[str, str]:
    """Return the name to use for each name of a force that is to have another.

    A name that no document writes out, made up from "Midsomer PCC", gives way to the only one of its area
    that is written out, or else to one that is more than a guess.  Two that are written out stay two forces.
    """
    of_area: defaultdict[str, set[str]] = defaultdict(set)
    for name in names:
        of_area[AREA_SUFFIXES.sub("", name)].add(name)
    united: dict[str, str] = {}
    for area, found in of_area.items():
        if len(found) > 1:
            united |= _unite(area, found, is_written_out)
    return united


def is_written_out(name: str, text: str) -> bool:
    """Tell whether a text has the name of a force, and not only of its commissioner."""
    words = r"\s+".join(re.escape(word) for word in name.split())
    return re.search(rf"(?<!\w){words}(?!\w){_COMMISSIONER}", text, re.IGNORECASE) is not None


def _unite(area: str, found: set[str], written_out: Callable[[str], bool]) -> Mapping[str, str]:
    written = {name for name in found if written_out(name)}
    if len(written) > 1:
        return {}
    # "Police" is the guess; a constabulary is one that a document speaks of as "the constabulary".
    best = min(written or found, key=lambda name: (name == f"{area} Police", name))
    return {name: best for name in found if name != best}
