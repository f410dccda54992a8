"""The page of a source."""

from dataclasses import dataclass

from starlette.responses import Response

from askpcc.errors import UnknownDocument
from askpcc.library import Library
from askpcc.surfaces.web.source_text import read_source
from askpcc.surfaces.web.visits import Page, Visit

_NOT_HELD = (
    "The index does not hold this document, version or place, or does not hold it any more. Words that were "
    "cited from it stand in the answer that cites them."
)


@dataclass(frozen=True, slots=True)
class SourcePages:
    """The pages of sources: what the catalogue holds under that path and version, and nothing else."""

    library: Library

    def pages(self) -> list[Page]:
        """Return them."""
        return [Page("/source/{path:path}", self._show)]

    def _show(self, visit: Visit) -> Response:
        try:
            source = read_source(self.library, visit.path("path"), visit.query("version"), visit.query("at"))
        except UnknownDocument:
            return visit.render("notice.html", 404, title="Not held", words=_NOT_HELD)
        return visit.render("source.html", source=source)
