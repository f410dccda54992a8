"""What the latest runs of the index changed, with the words before and after."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from askpcc.language.words import plain
from askpcc.model import IndexRun
from askpcc.surfaces.web.library import Library
from askpcc.surfaces.web.links import place_path
from askpcc.surfaces.web.views.rows import Evidence
from askpcc.surfaces.web.visits import Page, Visit

_MOST_RUNS = 5
_MOST_ROWS = 100


@dataclass(frozen=True, slots=True)
class SideView:
    """A matter as a run found or left it."""

    status: str
    label: str
    matter: str
    force: str
    document: str
    said_by: str
    evidence: Sequence[Evidence]


@dataclass(frozen=True, slots=True)
class RunView:
    """A run.  changed: before and after.  Of each kind the first are shown; counts: how many there are."""

    run: IndexRun
    changed: Sequence[tuple[SideView, SideView]]
    new: Sequence[SideView]
    gone: Sequence[SideView]
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class ChangePages:
    """The page of changes."""

    library: Library

    def pages(self) -> list[Page]:
        """Return it."""
        return [Page("/changes", self._show, nav="Changes")]

    def _show(self, visit: Visit) -> Response:
        runs = [_view_run(run) for run in self.library.runs(_MOST_RUNS)]
        held = {card.path for card in self.library.cards()}
        return visit.render("changes.html", runs=runs, held=held)


def _view_run(run: IndexRun) -> RunView:
    changed, new, gone = (run.register.get(name, ()) for name in ("changed", "new", "gone"))
    return RunView(
        run=run,
        changed=[(_view(pair["before"]), _view(pair["after"])) for pair in changed[:_MOST_ROWS]],
        new=[_view(row) for row in new[:_MOST_ROWS]],
        gone=[_view(row) for row in gone[:_MOST_ROWS]],
        counts={"changed": len(changed), "new": len(new), "gone": len(gone)},
    )


def _view(row: Mapping[str, Any]) -> SideView:
    number = f" {row['number']}" if row["number"] else ""
    return SideView(
        status=row["status"],
        label=row["status"].replace("_", " "),
        matter=f"{row['kind']}{number}: {plain(row['matter'])}",
        force=row["force"] or "force not known",
        document=row["document"],
        said_by=row["said_by"] or "",
        evidence=[
            Evidence(
                plain(one["quote"]), place_path(one["document"], one["version"], one["start"], one["end"])
            )
            for one in row["citations"]
        ],
    )
