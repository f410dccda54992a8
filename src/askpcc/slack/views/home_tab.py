"""The Home tab: how old the index is, the register, one's own questions, what waits for staff."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from askpcc.model import (
    Act,
    HelpRequest,
    Inquiry,
    MatterKind,
    Reason,
    RecordedAnswer,
    Status,
)
from askpcc.register.rows import Row
from askpcc.rendering.register_text import name_matter
from askpcc.slack.blocks import (
    HOME_FILTERS,
    HOME_FORCE,
    HOME_STATUS,
    PROMPT,
    REINDEX,
    RESOLVE,
    SHOW_ANSWER,
    Block,
    actions,
    button,
    confirm,
    count,
    divider,
    format_details,
    format_matter,
    format_status,
    header,
    home,
    mention,
    menu,
    moment,
    name_file,
    remark,
    section,
)
from askpcc.slack.mrkdwn import (
    BLOCKS_A_VIEW,
    BUTTON_VALUE,
    OPTIONS_A_MENU,
    cut,
    escape_line,
    in_one_line,
)
from askpcc.slack.payloads import part, parts, text_of
from askpcc.slack.views.review_forms import (
    Case,
    build_case,
    format_question,
    format_reason,
    offer_verdict,
)
from askpcc.text.words import plain

LONGEST_TITLE = 75
_LONGEST_NAME = 40
_LONGEST_FORCE = 100
_LONGEST_REPORT = 150
_LONGEST_MATTER = 200
_OPEN = frozenset({Status.IN_PROGRESS, Status.PLANNED})
_HEADLINE = "You could ask"
ANY = "any"
MOST_ROWS = 10
_MOST_REQUESTS = 8
_MOST_CASES = 8
_MOST_ACTS = 8
_LONGEST_PART = 150
_MOST_STALE = 5
_MOST_RECENT = 10
_MOST_PROMPTS = 4
_LONGEST_WORDS = 150
_LONGEST_REASON = 200
_WELCOME = (
    "I answer questions about published responses to police inspections, from these documents only and with "
    "their exact words. Write to me under *Messages*, mention me in a channel, or type `/askpcc` and a "
    "question."
)
_MAY = (
    "You can ask, say whether an answer was right, and ask a person where it is not enough. "
    "Which documents are held is for the administrators to decide; please ask one of them if a response is "
    "missing."
)


@dataclass(frozen=True, slots=True)
class Prompt:
    """A question to suggest.  title: what the button says, at most 75 characters.  message: what it asks."""

    title: str
    message: str


_GENERAL = (
    Prompt("Which recommendations are still open?", "Which recommendations are still open?"),
    Prompt("Which recommendations are complete?", "Which recommendations are complete?"),
    Prompt("Which recommendations were not accepted?", "Which recommendations were not accepted, and why?"),
    Prompt("What has become of each?", "List every recommendation with its status"),
)


@dataclass(frozen=True, slots=True)
class IndexSummary:
    """How fresh the index is.  built_at: None where there is none.  stale: documents with the reason."""

    built_at: datetime | None = None
    documents: int = 0
    passages: int = 0
    stale: Sequence[tuple[str, str]] = ()
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

    index: IndexSummary
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


def build_home(view: HomeView) -> Block:
    """Return the view for views.publish: at most 100 blocks."""
    return home(list(_list_parts(view))[:BLOCKS_A_VIEW])


def _list_parts(view: HomeView) -> Iterator[Block]:
    yield header("askpcc")
    if view.refused:
        yield section(escape_line(cut(view.refused, _LONGEST_REASON * 3)))
        return
    yield section(_WELCOME)
    yield from _list_index(view.index)
    if view.admin:
        yield from list_admin(view)
    if view.reviewer:
        yield from list_queue(view)
    yield from _list_prompts(view.prompts[:_MOST_PROMPTS])
    yield from _list_recent(view.recent[:_MOST_RECENT])
    yield divider()
    yield from list_register(view.rows, view.filters)
    if not (view.admin or view.reviewer):
        yield divider()
        yield remark(_MAY)


def _list_index(index: IndexSummary) -> Iterator[Block]:
    if index.built_at is None:
        yield section("No response has been indexed yet, so there is nothing to answer from.")
    else:
        held = f"{count(index.documents, 'document')}, {count(index.passages, 'passage')}"
        yield section(f"*Index* built {moment(index.built_at)}: {held}.")
    if index.running:
        yield remark("It is being built anew at the moment. Questions are answered from the earlier one.")
    if index.stale:
        yield section("\n".join(_list_stale(index.stale)))


def _list_stale(stale: Sequence[tuple[str, str]]) -> Iterator[str]:
    yield "*Not up to date*: the newest file could not be read, so an earlier version answers."
    for path, reason in stale[:_MOST_STALE]:
        yield f"{name_file(path)}: {escape_line(cut(in_one_line(reason), _LONGEST_REASON))}"
    if len(stale) > _MOST_STALE:
        yield f"and {count(len(stale) - _MOST_STALE, 'further document')}"


def _list_prompts(prompts: Sequence[Prompt]) -> Iterator[Block]:
    if prompts:
        yield header("You could ask")
    for prompt in prompts:
        message = cut(prompt.message, BUTTON_VALUE)
        words = escape_line(cut(prompt.message, _LONGEST_WORDS * 2))
        yield section(words, button("Ask", PROMPT, message))


def _list_recent(recent: Sequence[tuple[Inquiry, RecordedAnswer]]) -> Iterator[Block]:
    yield header("My recent questions")
    if not recent:
        yield section("You have not asked anything yet.")
    for inquiry, recorded in recent:
        words = escape_line(cut(in_one_line(inquiry.words), _LONGEST_WORDS)) or "(no words)"
        line = f"{words}\n{_format_outcome(recorded)}, {moment(recorded.answered_at)}"
        yield section(line, button("Show", SHOW_ANSWER, recorded.id))


def _format_outcome(recorded: RecordedAnswer) -> str:
    if recorded.answer.reason is Reason.OUT_OF_SCOPE:
        return "No question for the documents"
    if recorded.answer.abstained:
        return "The documents do not say"
    statuses = [one.status for one in recorded.answer.statements if one.status]
    return f"*{statuses[0].words}*" if statuses else "Answered"


def list_queue(view: HomeView) -> Iterator[Block]:
    """Yield what waits for a reviewer."""
    yield header("Waiting for a reviewer")
    if not view.requests and not view.cases:
        yield section("Nothing waits for you.")
    waiting = {case.recorded.id: case for case in view.cases}
    for request, words in view.requests[:_MOST_REQUESTS]:
        yield from _show_request(request, words, waiting.get(request.answer))
    asked = {request.answer for request, _ in view.requests[:_MOST_REQUESTS]}
    others = [case for case in view.cases if case.recorded.id not in asked]
    for case in others[:_MOST_CASES]:
        yield from build_case(case).blocks
    left = max(0, len(view.requests) - _MOST_REQUESTS) + max(0, len(others) - _MOST_CASES)
    if left:
        yield remark(f"and {count(left, 'further one', 'further ones')}")


def _show_request(request: HelpRequest, words: str, case: Case | None) -> Iterator[Block]:
    asked = f"{mention(request.person)} asked for a person, {moment(request.at)}"
    why = format_reason(case) if case else ""
    yield section("\n".join(part for part in (format_question(words), asked, why) if part))
    yield actions(
        [
            button("Mark resolved", RESOLVE, request.id, style="primary"),
            offer_verdict(request.answer),
            button("Open answer", SHOW_ANSWER, request.answer),
        ]
    )


def list_admin(view: HomeView) -> Iterator[Block]:
    """Yield what an administrator may do, and what was done of late."""
    yield header("Administration")
    ask = confirm(
        "Re-index all documents?",
        "New and changed files are read, and files that are gone leave the index. "
        "Questions are answered from the present index until it is done.",
        "Re-index",
    )
    yield actions([button("Re-index", REINDEX, "reindex", confirm=ask)])
    yield remark("To add a response, put its file into our conversation under *Messages*.")
    if view.acts:
        yield section("\n".join(["*Done of late*", *map(_format_act, view.acts[:_MOST_ACTS])]))


def _format_act(act: Act) -> str:
    parts = [escape_line(cut(in_one_line(one), _LONGEST_PART)) for one in (act.did, act.about, act.result)]
    return f"{moment(act.at)}, {mention(act.person)}: {', '.join(one for one in parts if one)}"


def list_register(rows: Sequence[Row], filters: Filters) -> Iterator[Block]:
    """Yield menus and the newest rows that fit them; rows: newest first."""
    yield header("What has become of it")
    current = [row for row in rows if row.superseded_by is None]
    if not current:
        yield section("The documents state no recommendations or areas for improvement yet.")
        return
    yield actions(_offer_filters(current, filters), HOME_FILTERS)
    fitting = [row for row in current if filters.fit(row)]
    for row in fitting[:MOST_ROWS]:
        yield section(f"{format_status(row)}: {format_matter(row)}\n{format_details(row)}")
    yield remark(_format_count(len(fitting)))


def _offer_filters(rows: Sequence[Row], filters: Filters) -> list[Block]:
    forces = sorted({row.response.force for row in rows if row.response.force})
    named = forces[: OPTIONS_A_MENU - 1]
    statuses = [status for status in Status if any(row.status is status for row in rows)]
    by_force = {ANY: "All forces"} | {force: force for force in named}
    by_status = {ANY: "All statuses"} | {str(one): one.words.capitalize() for one in statuses}
    return [
        menu(HOME_FORCE, "Force", by_force, filters.force or ANY),
        menu(HOME_STATUS, "Status", by_status, filters.status or ANY),
    ]


def _format_count(fitting: int) -> str:
    if not fitting:
        return "Nothing in the register fits these two choices."
    if fitting > MOST_ROWS:
        return f"The newest {MOST_ROWS} of {count(fitting, 'matter')}."
    return f"{count(fitting, 'matter')} in all."


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


def prompts_payload(channel: str, prompts: Sequence[Prompt]) -> dict[str, Any]:
    """Return the arguments of assistant.threads.setSuggestedPrompts.

    Without a thread: under agent_view a call with one silently fails.
    """
    shown = [{"title": prompt.title, "message": prompt.message} for prompt in prompts]
    return {"channel_id": channel, "title": _HEADLINE, "prompts": shown}
