"""Questions to suggest, made of what the register holds as open."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from askpcc.language.words import plain
from askpcc.model import MatterKind, Status
from askpcc.register.rows import Row
from askpcc.rendering.register_wording import name_matter
from askpcc.surfaces.slack.text import cut, in_one_line

LONGEST_TITLE = 75
_LONGEST_NAME = 40
_LONGEST_FORCE = 100
_LONGEST_REPORT = 150
_LONGEST_MATTER = 200
_OPEN = frozenset({Status.IN_PROGRESS, Status.PLANNED})
_HEADLINE = "You could ask"


@dataclass(frozen=True, slots=True)
class Prompt:
    """A question to suggest.  title: what the button says, at most 75 characters.  message: what it asks."""

    title: str
    message: str


_GENERAL = (
    Prompt("Which recommendations are still open?", "Which recommendations are still open?"),
    Prompt("Which areas for improvement are closed?", "Which areas for improvement have been closed?"),
    Prompt("Which recommendations were not accepted?", "Which recommendations were not accepted, and why?"),
    Prompt("What is planned, and by when?", "Which actions are planned, and by when?"),
)


def suggest(rows: Iterable[Row], limit: int = 4, today: str | None = None) -> list[Prompt]:
    """Return questions about open matters, of as many forces and reports as there are.

    rows: newest first.  today: ISO date; what was due before it comes first, then what is due next; before
    all that has no number, since its name is a phrase out of its document.
    Questions of a general kind fill up what the register has too few matters for.
    """
    matters = [row for row in rows if row.status in _OPEN and row.response.force and not row.superseded_by]
    matters.sort(key=lambda row: (row.number is None, _urgency(row, today)))
    chosen = [_ask_about(row, today) for row in _varied(matters, limit)]
    return list(dict.fromkeys([*chosen, *_GENERAL]))[:limit]


def prompts_payload(channel: str, prompts: Sequence[Prompt]) -> dict[str, Any]:
    """Return the arguments of assistant.threads.setSuggestedPrompts.

    Without a thread: under agent_view a call with one silently fails.
    """
    shown = [{"title": prompt.title, "message": prompt.message} for prompt in prompts]
    return {"channel_id": channel, "title": _HEADLINE, "prompts": shown}


def _urgency(row: Row, today: str | None) -> tuple[int, str]:
    """Put overdue before due and due before the rest; a month or a year is over when its last day is."""
    if row.due is None:
        return 2, ""
    return (0 if _is_overdue(row, today) else 1), row.due


def _is_overdue(row: Row, today: str | None) -> bool:
    return bool(row.due and today and row.due < today[: len(row.due)])


def _varied(rows: Sequence[Row], limit: int) -> list[Row]:
    """Choose rows: first of forces and reports not chosen yet, then of reports, then any."""
    chosen: list[Row] = []
    for force_counts, report_counts in ((True, True), (False, True), (False, False)):
        for row in rows:
            if len(chosen) >= limit:
                return chosen
            forces = {one.response.force for one in chosen} if force_counts else set()
            reports = {one.response.report for one in chosen} if report_counts else set()
            known = row.response.force in forces or row.response.report in reports
            if not known and not any(row.id == one.id for one in chosen):
                chosen.append(row)
    return chosen


def _ask_about(row: Row, today: str | None) -> Prompt:
    force = cut(in_one_line(row.response.force or ""), _LONGEST_FORCE)
    if row.number is None:
        name = cut(in_one_line(plain(row.matter)), _LONGEST_NAME)
        message = f"{force}: what has become of this: {cut(name_matter(row), _LONGEST_MATTER)}?"
    else:
        kind = "AFI" if row.kind is MatterKind.AREA_FOR_IMPROVEMENT else str(row.kind)
        name = cut(in_one_line(f"{kind} {row.number}"), _LONGEST_NAME)
        report = cut(in_one_line(row.response.report), _LONGEST_REPORT)
        item = cut(f"{row.kind} {row.number}", _LONGEST_MATTER)
        message = f"What is the status of {item}, {force}, in “{report}”?"
    title = f"{'Overdue: ' if _is_overdue(row, today) else ''}{name}, {force}"
    return Prompt(cut(title[:1].upper() + title[1:], LONGEST_TITLE), in_one_line(message))
