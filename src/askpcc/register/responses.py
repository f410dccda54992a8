"""A document as the register sees it: whose it is, which report it answers, of which date it is."""

import re
from dataclasses import dataclass
from functools import lru_cache

from askpcc.language.words import content_stems, stems
from askpcc.model import Document, DocumentCard, FactName

_YEAR = re.compile(r"(?:19|20)\d\d")
_GENERIC = frozenset(
    stems(
        "response responses respond responds reply comment comments statement letter update report reports"
        " inspection inspections inspectors review commissioner commissioners pcc pfcc opcc mayor hmic"
        " hmicfrs police policing constabulary force forces crime national local thematic joint formal full"
        " holding final"
    )
)
_FEWEST_SHARED = 2


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
    least = 1 if one.published and one.published == other.published else _FEWEST_SHARED
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
