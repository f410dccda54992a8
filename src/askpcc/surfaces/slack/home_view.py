"""What Home is made of, and what somebody chose there."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from askpcc.model import Act, HelpRequest, Inquiry, RecordedAnswer, Status
from askpcc.register.rows import Row
from askpcc.surfaces.slack.action_ids import HOME_FILTERS, HOME_FORCE, HOME_STATUS
from askpcc.surfaces.slack.prompts import Prompt
from askpcc.surfaces.slack.review_views import Case
from askpcc.surfaces.slack.shapes import part, parts, text_of

ANY = "any"


@dataclass(frozen=True, slots=True)
class IndexState:
    """How fresh the index is.  built_at: None where there is none.  stale: documents with the reason."""

    built_at: datetime | None = None
    documents: int = 0
    passages: int = 0
    stale: Sequence[tuple[str, str]] = ()
    version: str = ""
    running: bool = False


@dataclass(frozen=True, slots=True)
class Filters:
    """Which rows of the register are shown; None for all."""

    force: str | None = None
    status: Status | None = None

    def fit(self, row: Row) -> bool:
        """Tell whether a row is shown."""
        forces = self.force is None or row.response.force == self.force
        return forces and (self.status is None or row.status is self.status)


@dataclass(frozen=True, slots=True)
class HomeView:
    """Home as one person sees it.

    refused: why they may not ask, in a sentence; empty where they may.  rows: newest first.
    recent: their own questions, newest first.  requests: with the words of the question, and cases: what
    waits for a verdict, both for reviewers.  acts: for admins.
    """

    index: IndexState
    refused: str = ""
    reviewer: bool = False
    admin: bool = False
    rows: Sequence[Row] = ()
    filters: Filters = field(default_factory=Filters)
    prompts: Sequence[Prompt] = ()
    recent: Sequence[tuple[Inquiry, RecordedAnswer]] = ()
    requests: Sequence[tuple[HelpRequest, str]] = ()
    cases: Sequence[Case] = ()
    acts: Sequence[Act] = ()


def read_filters(body: object) -> Filters:
    """Read what was chosen in the menus of Home, from the body of a block action; nothing chosen is all.

    The menu that was just used stands in the action itself, the other one in the state of the view.
    """
    state = part(part(part(part(body, "view"), "state"), "values"), HOME_FILTERS)
    used = {text_of(action, "action_id"): action for action in parts(body, "actions")}
    chosen = {**state, **used}
    force = text_of(part(part(chosen, HOME_FORCE), "selected_option"), "value")
    status = text_of(part(part(chosen, HOME_STATUS), "selected_option"), "value")
    return Filters(
        force=None if force in {"", ANY} else force,
        status=Status(status) if status in set(Status) else None,
    )
