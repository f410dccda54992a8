"""What the latest runs of the index changed, with the words before and after."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from askpcc.language.words import plain
from askpcc.library import Library
from askpcc.model import IndexRun
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
        held = {card.path for card in self.library.cards()}
        runs = [_view_run(run, held) for run in self.library.runs(_MOST_RUNS)]
        return visit.render("changes.html", runs=runs, held=held)


def _view_run(run: IndexRun, held: Collection[str]) -> RunView:
    changed, new, gone = (run.register.get(name, ()) for name in ("changed", "new", "gone"))
    return RunView(
        run=run,
        changed=[(_view(pair["before"], held), _view(pair["after"], held)) for pair in changed[:_MOST_ROWS]],
        new=[_view(row, held) for row in new[:_MOST_ROWS]],
        gone=[_view(row, held) for row in gone[:_MOST_ROWS]],
        counts={"changed": len(changed), "new": len(new), "gone": len(gone)},
    )


def _view(row: Mapping[str, Any], held: Collection[str]) -> SideView:
    number, cited = f" {row['number']}" if row["number"] else "", row["citations"]
    return SideView(
        status=row["status"],
        label=row["status"].replace("_", " "),
        matter=f"{row['kind']}{number}: {plain(row['matter'])}",
        force=row["force"] or "force not known",
        document=row["document"],
        said_by=row["said_by"] or "",
        evidence=[
            Evidence(plain(one["quote"]), _path(one) if one["document"] in held else "") for one in cited
        ],
    )


def _path(citation: Mapping[str, Any]) -> str:
    place = citation["document"], citation["version"], citation["start"], citation["end"]
    return place_path(*place)
