"""Status claims become rows: one for each matter of a response."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from askpcc.model import (
    Citation,
    Document,
    DocumentCard,
    DocumentClaims,
    FactName,
    MatterKind,
    NamedMatter,
    Passage,
    Span,
    Speaker,
    Status,
    StatusClaim,
    cite_place,
)
from askpcc.statuses import NamedItem, read_items
from askpcc.statuses.claim_dates import read_addressee, read_demanded
from askpcc.statuses.summary import summarise
from askpcc.text.words import (
    content_stems,
    plain,
    stems,
    words,
)

_NAMING = frozenset(
    stems("recommendation recommendations area areas for improvement improvements cause concern")
)
_DENYING = frozenset(("not", "no", "never", "without", "cannot", "neither", "nor"))
_WORDS_OF_NAME = 8
_LONGEST_NAME = 80
_FEWEST_SHARED, _SHARE = 2, 0.6

TAUGHT = "taught reader"
"""Who read what no language model read: the reader of the package, and its rules for tables."""

Key = tuple[MatterKind, str]
_YEAR = re.compile(r"(?:19|20)\d\d")
_GENERIC = frozenset(
    stems(
        "response responses respond responds reply comment comments statement letter update report reports"
        " inspection inspections inspectors review commissioner commissioners pcc pfcc opcc mayor hmic"
        " hmicfrs police policing constabulary force forces crime national local thematic joint formal full"
        " holding final"
    )
)
_FEWEST_SHARED_WORDS = 2


@dataclass(frozen=True, slots=True)
class Response:
    """A response, or another document that speaks of a report.

    report: the title of the report, or the document's own.  published: ISO date of the report.
    responded: ISO date of the document itself.
    """

    document: str
    version: str
    force: str | None
    report: str
    report_kind: str | None = None
    published: str | None = None
    responded: str | None = None

    @property
    def dated(self) -> str | None:
        """Return the document's date, or that of the report, before which it cannot have been written."""
        return self.responded or self.published


@dataclass(frozen=True, slots=True)
class Row:
    """What one speaker says has become of one matter, in one document.

    id: the document's path, "#", and the matter's number or first words ("a.md#recommendation-5"); rows
    of several speakers on a matter share it, since what the force calls complete the inspectorate need
    not have closed.  said_by: None where no status is stated.  superseded_by: id of the newest row of
    another document that takes its place.  read_by: the language model that read its status, "" for none.
    """

    id: str
    response: Response
    matter: str
    kind: MatterKind
    status: Status
    citations: tuple[Citation, ...]
    number: str | None = None
    said_by: Speaker | None = None
    as_of: str | None = None
    as_of_from: str = ""
    due: str | None = None
    addressee: str | None = None
    superseded_by: str | None = None
    read_by: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the row as the public interface has it, ready for json.dumps."""
        return {
            "force": self.response.force,
            "report": self.response.report,
            "document": self.response.document,
            "matter": self.matter,
            "number": self.number,
            "kind": str(self.kind),
            "status": str(self.status),
            "said_by": str(self.said_by) if self.said_by else None,
            "as_of": self.as_of,
            "due": self.due,
            "addressee": self.addressee,
            "citations": [_citation_as_json(citation) for citation in self.citations],
            "superseded_by": self.superseded_by,
            "read_by": self.read_by or TAUGHT,
        }


def _citation_as_json(citation: Citation) -> dict[str, Any]:
    return {
        "document": citation.document,
        "version": citation.version,
        "start": citation.span.start,
        "end": citation.span.end,
        "quote": citation.quote,
    }


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
class Topic:
    """The words of a matter that tell it from others.  denies: the negations among them."""

    stems: frozenset[str]
    denies: frozenset[str]

    def contradicts(self, other: "Topic") -> bool:
        """Tell whether two that have one number speak of different things."""
        enough = min(len(self.stems), len(other.stems)) >= _FEWEST_SHARED
        return enough and not self.stems & other.stems

    def is_like(self, other: "Topic") -> bool:
        """Tell whether most of the words are the same, and the same is denied."""
        shared = len(self.stems & other.stems)
        alike = shared >= _FEWEST_SHARED and shared >= _SHARE * len(self.stems | other.stems)
        return alike and self.denies == other.denies


def build_rows(entries: Iterable[DocumentClaims]) -> list[Row]:
    """Return the rows of documents, each by itself, in the documents' order."""
    return [row for entry in entries for row in _rows(entry)]


def _rows(entry: DocumentClaims) -> Iterator[Row]:
    response = read_response(entry.document)
    for matter in _read_matters(entry):
        stated = [claim for claim in matter.claims if claim.status is not Status.NOT_STATED]
        speakers = [speaker for speaker in Speaker if any(claim.said_by is speaker for claim in stated)]
        for speaker in speakers:
            said = [claim for claim in stated if claim.said_by is speaker]
            yield _stated(entry.document, response, matter, said)
        if not speakers:
            yield _not_stated(entry.document, response, matter)


def _stated(document: Document, response: Response, matter: Matter, said: Sequence[StatusClaim]) -> Row:
    item = next(iter(matter.items), None)
    status = summarise(said, as_item(item) if item else None)
    # Those that say it come first, the newest of them before the others.
    telling = sorted(said, key=lambda claim: claim.as_of or "", reverse=True)
    telling.sort(key=lambda claim: claim.status is not status)
    sayings: list[StatusClaim | NamedMatter] = [*telling, *matter.items]
    return Row(
        id=f"{document.path}#{matter.name}",
        response=response,
        matter=matter.words,
        kind=matter.kind,
        status=status,
        citations=_cite(document, (span for claim in telling for span in claim.evidence)),
        number=matter.number,
        said_by=telling[0].said_by,
        read_by=telling[0].read_by,
        as_of=telling[0].as_of,
        as_of_from=telling[0].as_of_from,
        due=next((one.due for one in sayings if one.due), None),
        addressee=next((one.addressee for one in sayings if one.addressee), None),
    )


def _not_stated(document: Document, response: Response, matter: Matter) -> Row:
    """Return the row of a matter that is only named; it cites the words that name it."""
    naming = [item.span for item in matter.items] or [s for claim in matter.claims for s in claim.evidence]
    return Row(
        id=f"{document.path}#{matter.name}",
        response=response,
        matter=matter.words,
        kind=matter.kind,
        status=Status.NOT_STATED,
        citations=_cite(document, naming),
        number=matter.number,
        as_of=response.responded,
        as_of_from="response dated" if response.responded else "",
        due=next((one.due for one in matter.items), None),
        addressee=next((one.addressee for one in matter.items), None),
    )


def _cite(document: Document, spans: Iterable[Span]) -> tuple[Citation, ...]:
    return tuple(cite_place(document, span) for span in dict.fromkeys(spans))


def _read_matters(entry: DocumentClaims) -> list[Matter]:
    """Return the matters of a document in its order: of claims, and of items that have none.

    One number of one kind is one matter, and so are the same words; an item without a number belongs to
    the claim whose evidence covers it.
    """
    claims: dict[Key, list[StatusClaim]] = {}
    for claim in entry.claims:
        claims.setdefault(_key(claim), []).append(claim)
    named: dict[Key, NamedMatter] = {}
    for item in entry.items:
        named.setdefault(_key_of_item(item, entry.claims), item)
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


def read_topic(matter: str, number: str | None = None) -> Topic:
    """Read the telling words of a matter, among which its own number is not."""
    written = plain(matter)
    own = frozenset(stems(number or ""))
    return Topic(frozenset(content_stems(written)) - _NAMING - own, _DENYING.intersection(words(written)))


def read_response(document: Document | DocumentCard) -> Response:
    """Return what the register needs of a document's facts."""
    values = {fact.name: fact.value for fact in reversed(document.facts)}
    return Response(
        document=document.path,
        version=document.version,
        force=values.get(FactName.FORCE),
        report=values.get(FactName.TITLE, document.path),
        report_kind=values.get(FactName.REPORT_KIND),
        published=values.get(FactName.PUBLISHED),
        responded=values.get(FactName.RESPONDED),
    )


def is_later(date: str | None, other: str | None) -> bool:
    """Tell whether an ISO date is surely later than another; "2024" and "2024-05" are not comparable."""
    return bool(date and other) and str(date) > str(other) and not str(date).startswith(str(other))


def is_same_report(one: Response, other: Response) -> bool:
    """Tell whether two documents of one force surely speak of the same report.

    Titles must share what is distinctive in them; a date or kind of report, or a year in the title, on
    which the two differ, tells them apart.
    """
    if not one.force or one.force != other.force or _differ(one.report_kind, other.report_kind):
        return False
    if _differ(one.published, other.published) or _is_too_early(one, other) or _is_too_early(other, one):
        return False
    if _differ(_years(one), _years(other)):
        return False
    mine, theirs = _distinctive(one), _distinctive(other)
    least = 1 if one.published and one.published == other.published else _FEWEST_SHARED_WORDS
    return len(mine & theirs) >= least and (mine <= theirs or theirs <= mine)


def _differ(one: object, other: object) -> bool:
    return bool(one and other) and one != other


def _is_too_early(document: Response, other: Response) -> bool:
    """Tell whether a document was written before the report that the other speaks of came out."""
    return is_later(other.published, document.responded)


def _years(response: Response) -> frozenset[str]:
    return frozenset(_YEAR.findall(response.report))


@lru_cache(maxsize=4_096)
def _distinctive(response: Response) -> frozenset[str]:
    """Return what is left of a title without numbers, the force's name and what every title says."""
    found = {stem for stem in content_stems(response.report) if not stem.isdigit()}
    return frozenset(found - _GENERIC - frozenset(stems(response.force or "")))


def read_named(document: Document, passages: Sequence[Passage]) -> list[NamedMatter]:
    """Return what a document names, in its order, as the catalogue keeps it."""
    return [
        NamedMatter(
            document=document.path,
            version=document.version,
            matter=item.words,
            kind=item.kind,
            span=item.span,
            number=item.number,
            due=read_demanded(item.text),
            addressee=read_addressee(item.text),
            parts=item.parts,
        )
        for item in read_items(document, passages)
    ]


def as_item(named: NamedMatter) -> NamedItem:
    """Return what the reading of statuses needs of a named matter to sum up its claims."""
    return NamedItem(named.kind, named.number, named.matter, named.span, parts=named.parts)
