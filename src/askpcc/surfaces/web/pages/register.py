"""The register, filtered, as a table and as CSV."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from starlette.responses import Response

from askpcc.errors import SettingsError
from askpcc.library import Library
from askpcc.model import Status
from askpcc.register import Choice, Row
from askpcc.register.responses import read_response
from askpcc.rendering.register_sheets import as_csv
from askpcc.surfaces.web.views.rows import view_row
from askpcc.surfaces.web.visits import Page, Visit

_ON_A_PAGE = 100
_NUMBER = re.compile("[1-9][0-9]{0,5}")


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

    def _show(self, visit: Visit) -> Response:
        choice = _read_choice(visit)
        shown = self._choose(choice)
        number = _read_number(visit.query("page"))
        rows = shown.rows[(number - 1) * _ON_A_PAGE : number * _ON_A_PAGE]
        return visit.render(
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

    def _download(self, visit: Visit) -> Response:
        shown = self._choose(_read_choice(visit))
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
        named = {read_response(dossier.document).force for dossier in self.library.dossiers()}
        return sorted(name for name in named if name)


def _read_choice(visit: Visit) -> Choice:
    return Choice(
        force=visit.query("force"),
        report=visit.query("report"),
        status=visit.query("status"),
        as_of=visit.query("as_of"),
        history=visit.query("history") is not None,
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
