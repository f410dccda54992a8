"""Pages of the register and of what changed in it."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from starlette.responses import Response

from askpcc.errors import SettingsError
from askpcc.library import Library
from askpcc.model import Citation, IndexRun, Status
from askpcc.register import Choice, Row
from askpcc.register.rows import read_response
from askpcc.rendering.document_names import DocumentNames
from askpcc.rendering.register_text import as_csv, name_matter, name_status
from askpcc.text.dates import show_date
from askpcc.text.words import plain
from askpcc.web.answer_views import Evidence
from askpcc.web.frame import Page, PageRequest, document_path, place_path, source_path

_ON_A_PAGE = 100
_NUMBER = re.compile("[1-9][0-9]{0,5}")
_MOST_RUNS = 5
_MOST_ROWS = 100


@dataclass(frozen=True, slots=True)
class RowView:
    """A row.  details: who says so, by when, to whom; superseded: the page of the row's successor."""

    status: str
    label: str
    matter: str
    force: str
    report: str
    document: str
    path: str
    date: str
    details: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    superseded: str = ""


def view_row(row: Row) -> RowView:
    """Return a row as a page shows it."""
    details = [f"says the {row.said_by}"] if row.said_by else []
    if row.due:
        details.append(f"due {show_date(row.due)}")
    if row.addressee:
        details.append(f"addressed to {row.addressee}")
    if row.read_by:
        details.append(f"read by {row.read_by}")
    newer = row.superseded_by.partition("#")[0] if row.superseded_by else ""
    return RowView(
        status=str(row.status),
        label=name_status(row),
        matter=name_matter(row),
        force=row.response.force or "force not known",
        report=row.response.report,
        document=row.response.document,
        path=document_path(row.response.document),
        date=f"{show_date(row.as_of)}{f' ({row.as_of_from})' if row.as_of_from else ''}" if row.as_of else "",
        details=tuple(details),
        evidence=_evidence(row.citations),
        superseded=document_path(newer) if newer else "",
    )


def _evidence(citations: Sequence[Citation]) -> tuple[Evidence, ...]:
    return tuple(Evidence(plain(one.quote), source_path(one)) for one in citations)


@dataclass(frozen=True, slots=True)
class Shown:
    """Rows that fit a choice, what they do not cover, and why there are none, if something was not known."""

    rows: Sequence[Row] = ()
    notes: Sequence[str] = ()
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class RegisterPages:
    """The pages of the register."""

    library: Library

    def pages(self) -> list[Page]:
        """Return them."""
        return [
            Page("/register", self._show, nav="Register"),
            Page("/register.csv", self._download),
        ]

    def _show(self, request: PageRequest) -> Response:
        choice = _read_choice(request)
        shown = self._choose(choice)
        number = _read_number(request.query("page"))
        rows = shown.rows[(number - 1) * _ON_A_PAGE : number * _ON_A_PAGE]
        return request.render(
            "register.html",
            400 if shown.refusal else 200,
            choice=choice,
            shown=shown,
            rows=[view_row(row) for row in rows],
            forces=self._forces(),
            statuses=list(Status),
            query=_write(choice),
            number=number,
            pages=max(1, -(-len(shown.rows) // _ON_A_PAGE)),
        )

    def _download(self, request: PageRequest) -> Response:
        shown = self._choose(_read_choice(request))
        if shown.refusal:
            raise SettingsError(shown.refusal)
        named = {"Content-Disposition": 'attachment; filename="register.csv"'}
        return Response(as_csv(shown.rows), media_type="text/csv; charset=utf-8", headers=named)

    def _choose(self, choice: Choice) -> Shown:
        """Return the rows chosen; what is superseded is left out here, so that its note can name our box."""
        try:
            found = self.library.choose(replace(choice, history=True))
        except SettingsError as exc:
            return Shown(refusal=str(exc))
        rows = [row for row in found.rows if choice.history or row.superseded_by is None]
        hidden = len(found.rows) - len(rows)
        more = [f"{hidden} more are superseded by newer documents: tick “history” to see them."]
        return Shown(rows, [*found.notes, *(more if hidden else [])])

    def _forces(self) -> list[str]:
        named = {read_response(one.document).force for one in self.library.document_claims()}
        return sorted(name for name in named if name)


def _read_choice(request: PageRequest) -> Choice:
    return Choice(
        force=request.query("force"),
        report=request.query("report"),
        status=request.query("status"),
        as_of=request.query("as_of"),
        history=request.query("history") is not None,
    )


def _write(choice: Choice) -> str:
    """Return a choice as the query of an address."""
    named = {
        "force": choice.force,
        "report": choice.report,
        "status": choice.status,
        "as_of": choice.as_of,
        "history": "1" if choice.history else None,
    }
    return urlencode({name: value for name, value in named.items() if value}, errors="replace")


def _read_number(written: str | None) -> int:
    """Return the number of a page; the first for anything that is none."""
    return int(written) if written and _NUMBER.fullmatch(written) else 1


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
    """A run.  changed: before and after.  Of each kind the first are shown; counts: how many there are.

    names: of documents.
    """

    run: IndexRun
    changed: Sequence[tuple[SideView, SideView]]
    new: Sequence[SideView]
    gone: Sequence[SideView]
    counts: Mapping[str, int]
    names: DocumentNames


@dataclass(frozen=True, slots=True)
class ChangePages:
    """The page of changes."""

    library: Library

    def pages(self) -> list[Page]:
        """Return it."""
        return [Page("/changes", self._show, nav="Changes")]

    def _show(self, request: PageRequest) -> Response:
        held = {card.path for card in self.library.cards()}
        runs = [_view_run(run, held) for run in self.library.runs(_MOST_RUNS)]
        return request.render("changes.html", runs=runs, held=held)


def _view_run(run: IndexRun, held: Collection[str]) -> RunView:
    changed, new, gone = (run.register.get(name, ()) for name in ("changed", "new", "gone"))
    return RunView(
        run=run,
        changed=[(_view(pair["before"], held), _view(pair["after"], held)) for pair in changed[:_MOST_ROWS]],
        new=[_view(row, held) for row in new[:_MOST_ROWS]],
        gone=[_view(row, held) for row in gone[:_MOST_ROWS]],
        counts={"changed": len(changed), "new": len(new), "gone": len(gone)},
        names=DocumentNames(run.register.get("titles", {}), run.register.get("welsh_copies", {})),
    )


def _view(row: Mapping[str, Any], held: Collection[str]) -> SideView:
    number, cited = f" {row['number']}" if row["number"] else "", row["citations"]
    return SideView(
        status=row["status"],
        label=Status(row["status"]).words,
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
