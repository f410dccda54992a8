"""Matters: which claims of a document are about one, what names it, and which words two have in common."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from askpcc.language.words import content_stems, plain, stems, words
from askpcc.model import Dossier, MatterKind, NamedMatter, StatusClaim

_NAMING = frozenset(
    stems("recommendation recommendations area areas for improvement improvements cause concern")
)
_DENYING = frozenset(("not", "no", "never", "without", "cannot", "neither", "nor"))
_WORDS_OF_NAME = 8
_LONGEST_NAME = 80
_FEWEST_SHARED, _SHARE = 2, 0.6

Key = tuple[MatterKind, str]


@dataclass(frozen=True, slots=True)
class Matter:
    """A matter of one document.  name: what tells it from the document's others.  words: as written.

    items: where the document names it apart from its claims; one place at most.
    """

    name: str
    kind: MatterKind
    number: str | None
    words: str
    claims: tuple[StatusClaim, ...]
    items: tuple[NamedMatter, ...] = ()


@dataclass(frozen=True, slots=True)
class Gist:
    """The words of a matter that tell it from others.  denies: the negations among them."""

    stems: frozenset[str]
    denies: frozenset[str]

    def contradicts(self, other: "Gist") -> bool:
        """Tell whether two that have one number speak of different things."""
        enough = min(len(self.stems), len(other.stems)) >= _FEWEST_SHARED
        return enough and not self.stems & other.stems

    def is_like(self, other: "Gist") -> bool:
        """Tell whether most of the words are the same, and the same is denied."""
        shared = len(self.stems & other.stems)
        alike = shared >= _FEWEST_SHARED and shared >= _SHARE * len(self.stems | other.stems)
        return alike and self.denies == other.denies


def read_gist(matter: str, number: str | None = None) -> Gist:
    """Read the telling words of a matter, among which its own number is not."""
    written = plain(matter)
    own = frozenset(stems(number or ""))
    return Gist(frozenset(content_stems(written)) - _NAMING - own, _DENYING.intersection(words(written)))


def read_matters(dossier: Dossier) -> list[Matter]:
    """Return the matters of a document in its order: of claims, and of items that have none.

    One number of one kind is one matter, and so are the same words; an item without a number belongs to
    the claim whose evidence covers it.
    """
    claims: dict[Key, list[StatusClaim]] = {}
    for claim in dossier.claims:
        claims.setdefault(_key(claim), []).append(claim)
    named: dict[Key, NamedMatter] = {}
    for item in dossier.items:
        named.setdefault(_key_of_item(item, dossier.claims), item)
    places = _places(claims, named)
    keys = sorted([*claims, *(key for key in named if key not in claims)], key=places.__getitem__)
    names = _names([(key, _number(claims.get(key, []), named.get(key))) for key in keys])
    return [_matter(names[key], claims.get(key, []), named.get(key)) for key in keys]


def _key(one: StatusClaim | NamedMatter) -> Key:
    return one.kind, f"#{one.number.lower()}" if one.number else " ".join(words(plain(one.matter)))


def _key_of_item(item: NamedMatter, claims: Iterable[StatusClaim]) -> Key:
    if item.number is None:
        for claim in claims:
            covers = any(span.overlaps(item.span) for span in claim.evidence)
            if claim.kind is item.kind and covers:
                return _key(claim)
    return _key(item)


def _places(claims: Mapping[Key, Sequence[StatusClaim]], named: Mapping[Key, NamedMatter]) -> dict[Key, int]:
    starts = {key: min(one.evidence[0].start for one in group) for key, group in claims.items()}
    return starts | {
        key: min(item.span.start, starts.get(key, item.span.start)) for key, item in named.items()
    }


def _number(claims: Sequence[StatusClaim], item: NamedMatter | None) -> str | None:
    return claims[0].number if claims else item.number if item else None


def _names(keys: Sequence[tuple[Key, str | None]]) -> dict[Key, str]:
    """Name matters by number or first words; the second of a name gets a 2."""
    given: dict[Key, str] = {}
    taken: set[str] = set()
    for key, number in keys:
        kind, written = key
        wanted = f"{kind} {number}" if number else " ".join(written.split()[:_WORDS_OF_NAME])
        base = re.sub(r"[^a-z0-9]+", "-", wanted.lower())[:_LONGEST_NAME].strip("-") or "matter"
        name = next(name for n in range(1, len(keys) + 1) if (name := _numbered(base, n)) not in taken)
        taken.add(name)
        given[key] = name
    return given


def _numbered(base: str, n: int) -> str:
    return base if n == 1 else f"{base}-{n}"


def _matter(name: str, claims: Sequence[StatusClaim], item: NamedMatter | None) -> Matter:
    first: StatusClaim | NamedMatter = item or claims[0]
    items = () if item is None else (item,)
    return Matter(name, first.kind, first.number, first.matter, tuple(claims), items)
