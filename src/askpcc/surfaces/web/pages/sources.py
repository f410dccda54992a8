"""The page of a source."""

from dataclasses import dataclass

from starlette.responses import Response

from askpcc.surfaces.web.library import Library
from askpcc.surfaces.web.source_text import read_source
from askpcc.surfaces.web.visits import Page, Visit


@dataclass(frozen=True, slots=True)
class SourcePages:
    """The pages of sources: what the catalogue holds under that path and version, and nothing else."""

    library: Library

    def pages(self) -> list[Page]:
        """Return them."""
        return [Page("/source/{path:path}", self._show)]

    def _show(self, visit: Visit) -> Response:
        source = read_source(self.library, visit.path("path"), visit.query("version"), visit.query("at"))
        return visit.render("source.html", source=source)
