"""The index is brought up to date from Slack, and what changed is told."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from threading import Lock, Thread
from time import monotonic
from typing import TYPE_CHECKING, TypeVar

from askpcc.errors import (
    AskpccError,
    CorpusError,
    EmbedderError,
    EmbedderMismatch,
    IndexBusy,
    ShrinkRefused,
    SlackError,
)
from askpcc.indexing.indexer import IndexObserver
from askpcc.indexing.plan import Failure, IndexReport
from askpcc.model import (
    Act,
    Citation,
    MatterKind,
    Post,
    Span,
    Speaker,
    Status,
)
from askpcc.ports import Journal
from askpcc.register.history import Pair, RegisterChanges
from askpcc.register.rows import Response, Row
from askpcc.rendering.logs import EventLog
from askpcc.slack import notices
from askpcc.slack.access import Authorizer
from askpcc.slack.blocks import (
    Message,
    Piece,
    count,
    fits,
    format_details,
    format_evidence,
    format_matter,
    format_status,
    header,
    mention,
    moment,
    name_file,
    pack,
    piece,
    remark,
    say,
    section,
)
from askpcc.slack.client import SlackMessenger, Target, told
from askpcc.slack.mrkdwn import cut, escape_line, in_one_line
from askpcc.slack.payloads import (
    Shape,
    count_of,
    part,
    parts,
    text_of,
)

if TYPE_CHECKING:
    from slack_sdk import WebClient


_Name = TypeVar("_Name", bound=StrEnum)


def read_changes(shape: object, addresses: Mapping[str, str]) -> RegisterChanges:
    """Read what ``RegisterChanges.as_json`` writes; rows of an unknown shape are left out.

    addresses: where documents are published, by path.
    """
    pairs = [
        (_read_row(part(pair, "before"), addresses), _read_row(part(pair, "after"), addresses))
        for pair in parts(shape, "changed")
    ]
    return RegisterChanges(
        new=[row for one in parts(shape, "new") if (row := _read_row(one, addresses))],
        changed=[(before, after) for before, after in pairs if before and after],
        gone=[row for one in parts(shape, "gone") if (row := _read_row(one, addresses))],
    )


def _read_row(shape: Shape, addresses: Mapping[str, str]) -> Row | None:
    status, kind = _named(Status, shape, "status"), _named(MatterKind, shape, "kind")
    document = text_of(shape, "document")
    if status is None or kind is None or not document:
        return None
    response = Response(document, "", text_of(shape, "force") or None, text_of(shape, "report") or document)
    return Row(
        id=document,
        response=response,
        matter=text_of(shape, "matter"),
        kind=kind,
        status=status,
        citations=tuple(_read_citation(one, document, addresses) for one in parts(shape, "citations")),
        number=text_of(shape, "number") or None,
        said_by=_named(Speaker, shape, "said_by"),
        as_of=text_of(shape, "as_of") or None,
        due=text_of(shape, "due") or None,
        addressee=text_of(shape, "addressee") or None,
        superseded_by=text_of(shape, "superseded_by") or None,
    )


def _read_citation(shape: Shape, document: str, addresses: Mapping[str, str]) -> Citation:
    start = count_of(shape, "start")
    return Citation(
        document=document,
        version=text_of(shape, "version"),
        title=document,
        span=Span(start, max(start, count_of(shape, "end"))),
        quote=text_of(shape, "quote"),
        url=addresses.get(document),
    )


def _named(names: type[_Name], shape: Shape, key: str) -> _Name | None:
    name = text_of(shape, key)
    return names(name) if name in set(names) else None


MOST_MESSAGES = 3
_MOST_FILES = 10
_TITLE = "What has changed in the responses"


@dataclass(frozen=True, slots=True)
class DigestOccasion:
    """The run that a digest is about.  documents by path; addresses: where they are published, by path."""

    at: datetime
    index_version: str
    added: Sequence[str] = ()
    changed: Sequence[str] = ()
    removed: Sequence[str] = ()
    addresses: Mapping[str, str] = field(default_factory=dict)


def build_digest(changes: object, run: DigestOccasion) -> list[Message]:
    """Return the messages that tell what changed; none where nothing did.

    changes: what ``RegisterChanges.as_json`` returns.  Beyond MOST_MESSAGES the rest is only counted.
    """
    read = read_changes(changes, run.addresses)
    if not read and not (run.added or run.changed or run.removed):
        return []
    counts = _count_all(read.changed, read.new, read.gone, run)
    start = Piece((header(_TITLE), section(counts)), (_TITLE, counts))
    matters = [*_tell_changed(read.changed), *_tell("New", read.new), *_tell("Gone", read.gone)]
    documents = list(_tell_documents(run))
    shown, left = _shorten([start, *documents], matters)
    if left:
        shown.append(piece(f"And {count(left, 'further change')}, which the register shows in full."))
    end = f"{moment(run.at)}, index {escape_line(run.index_version)}"
    return pack([*shown, Piece((remark(end),), (end,))])


def _count_all(changed: Sequence[Pair], new: Sequence[Row], gone: Sequence[Row], run: DigestOccasion) -> str:
    statuses = count(len(changed), "status has changed", "statuses have changed")
    matters = f"{count(len(new), 'matter is new', 'matters are new')}, {len(gone):,} gone"
    documents = f"{len(run.added):,} added, {len(run.changed):,} changed, {len(run.removed):,} removed"
    return f"{statuses}; {matters}. Documents: {documents}."


def _tell_changed(pairs: Sequence[Pair]) -> Iterator[Piece]:
    for before, after in pairs:
        line = f"{format_status(before)} → {format_status(after)}: {format_matter(after)}"
        words = f"Was {format_evidence(before)}\nNow {format_evidence(after)}"
        yield Piece((section(line), section(words), remark(format_details(after))), (f"{line}\n{words}",))


def _tell(what: str, rows: Sequence[Row]) -> Iterator[Piece]:
    for row in rows:
        line = f"{what}: {format_status(row)}: {format_matter(row)}"
        yield Piece((section(f"{line}\n{format_details(row)}"),), (line,))


def _tell_documents(run: DigestOccasion) -> Iterator[Piece]:
    kinds = (("Added", run.added), ("Changed", run.changed), ("Removed", run.removed))
    lines = [f"{what}: {name_file(path)}" for what, documents in kinds for path in documents[:_MOST_FILES]]
    left = sum(max(0, len(documents) - _MOST_FILES) for _, documents in kinds)
    if left:
        lines.append(f"and {count(left, 'further document')}")
    for start in range(0, len(lines), _MOST_FILES):
        yield piece("\n".join(lines[start : start + _MOST_FILES]))


def _shorten(first: Sequence[Piece], matters: Sequence[Piece]) -> tuple[list[Piece], int]:
    """Return as many pieces as go into the messages that people will read, and how many are left out.

    Two small pieces are still to follow, for which a place in the last message is kept.
    """
    kept: list[Piece] = list(first)
    held = list(first)
    spare = [piece("x" * 200), piece("x" * 200)]
    messages = 1
    for number, one in enumerate(matters):
        if not fits([*held, one, *spare]):
            messages, held = messages + 1, []
        if messages > MOST_MESSAGES:
            return kept, len(matters) - number
        kept.append(one)
        held.append(one)
    return kept, 0


MOST_FAILURES = 10
_MOST_NAMED = 10
_COUNTED = {"reading": "document", "embedding": "passage"}
_LONGEST = 300

STARTED = "I am reading the documents. Questions are answered from the present index until that is done."
NOT_ADMIN = "Only an administrator can re-index the documents. Please ask one of them."
_SHRUNK = (
    "More than half of the documents are gone from the corpus, so the index was left as it is. "
    "If that is meant, an administrator can allow it where the bot runs: `askpcc index --allow-shrink`."
)
_REFUSALS: tuple[tuple[type[AskpccError], str], ...] = (
    (IndexBusy, "The documents are being indexed already. Please wait until that is done."),
    (ShrinkRefused, _SHRUNK),
    (EmbedderMismatch, "The index was built with another embedding model, so it was left as it is."),
    (EmbedderError, "The embedding model cannot be loaded, so the index was left as it is."),
    (CorpusError, "The folder with the documents cannot be used, so the index was left as it is."),
)


def format_progress(done: int, total: int, what: str) -> str:
    """Return the line that a running re-index shows: "reading" counts documents, "embedding" passages.

    total: 0 while unknown.
    """
    if total <= 0:
        return "Re-indexing: looking for changes…"
    share = min(100, 100 * max(done, 0) // total)
    return (
        f"Re-indexing: {min(max(done, 0), total):,} of {count(total, _COUNTED.get(what, what))} ({share} %)…"
    )


def build_report(report: IndexReport, person: str) -> list[Message]:
    """Return the messages that tell what a run did, the files that could not be read last."""
    changed = bool(report.added or report.changed or report.removed)
    title = "The documents are indexed anew" if changed else "Nothing had changed"
    failed = report.failed[:MOST_FAILURES]
    pieces = [
        Piece((header(title),), (title,)),
        piece("\n".join(_tell_counts(report))),
        *(piece("\n".join(lines)) for lines in _name_documents(report)),
        *(piece(_tell_failure(failure)) for failure in failed),
    ]
    if len(report.failed) > len(failed):
        left = count(len(report.failed) - len(failed), "further file")
        pieces.append(piece(f"{left} could not be read; `askpcc index` names all."))
    end = f"Asked for by {mention(person)}. Index {escape_line(report.index_version) or 'not there yet'}."
    return pack([*pieces, Piece((remark(end),), (end,))])


def refuse_reindex(failure: AskpccError, reference: str) -> Message:
    """Say why a run did not happen.  reference: under which the whole reason is kept."""
    known = next((words for kind, words in _REFUSALS if isinstance(failure, kind)), None)
    words = known or "The documents could not be indexed, so the index was left as it is."
    return say(f"{words} Reference: {escape_line(reference)}")


def _tell_counts(report: IndexReport) -> Iterator[str]:
    documents = (
        f"{len(report.added):,} added, {len(report.changed):,} changed, {len(report.removed):,} removed, "
        f"{report.kept:,} unchanged"
    )
    yield f"*Documents*: {documents}" + (f", {len(report.failed):,} not readable" if report.failed else "")
    yield f"*Passages*: {report.passages.embedded + report.passages.reused:,}"
    changes = report.register
    if changes:
        statuses = count(len(changes.changed), "status has changed", "statuses have changed")
        yield f"*Register*: {statuses}, {len(changes.new):,} new, {len(changes.gone):,} gone"
    yield f"It took {count(max(1, round(report.seconds)), 'second')}."


def _name_documents(report: IndexReport) -> Iterator[list[str]]:
    groups = (("Added", report.added), ("Changed", report.changed), ("Removed", report.removed))
    for what, documents in groups:
        if documents:
            yield [f"*{what}*", *_name(documents)]


def _name(documents: Sequence[str]) -> Iterator[str]:
    yield from (name_file(path) for path in documents[:_MOST_NAMED])
    if len(documents) > _MOST_NAMED:
        yield f"and {len(documents) - _MOST_NAMED:,} more"


def _tell_failure(failure: Failure) -> str:
    why = escape_line(cut(in_one_line(f"{failure.reason} {failure.remedy}"), _LONGEST))
    stays = " Its last good version still answers." if failure.stale else ""
    return f"*Not readable*: {name_file(failure.document)}. {why}{stays}"


_LOG = EventLog("slack.reindex")
_SHOWN_EVERY = 3.0
"""Seconds between two changes of the progress message: Slack takes some fifty a minute of all of ours."""


@dataclass(frozen=True, slots=True)
class Reindexing:
    """Brings the index up to date for admins, one run at a time in this process.

    run: brings the index up to date.  announce: what is done after a run.
    """

    client: "WebClient"
    gate: Authorizer
    postbox: SlackMessenger
    journal: Journal
    run: Callable[[IndexObserver], IndexReport]
    announce: Callable[[], None]
    now: Callable[[], datetime]
    new_id: Callable[[], str]
    busy: Lock = field(default_factory=Lock)

    def start(self, person: str) -> str:
        """Begin a run for a person, who hears of it in a direct message; return what to say at once."""
        if not self.gate.may_reindex(person):
            self._note(person, "refused")
            return NOT_ADMIN
        if not self.busy.acquire(blocking=False):
            return notices.REINDEX_BUSY
        Thread(target=self._work, args=(person,), name="reindex", daemon=True).start()
        return notices.REINDEX_STARTED

    def running(self) -> bool:
        """Tell whether a run of this process is under way."""
        return self.busy.locked()

    def _work(self, person: str) -> None:
        try:
            self.run_for(person, open_conversation(self.client, person))
        except SlackError as exc:
            _LOG.failure("reindex_not_told", exc)
        finally:
            self.busy.release()

    def run_for(self, person: str, channel: str) -> None:
        """Bring the index up to date, showing progress and the report in a conversation.

        Raises SlackError where that cannot be shown; the run is done all the same.
        """
        progress = ProgressMessage(self.postbox, self.postbox.post(Target(channel), say(STARTED)))
        try:
            report = self.run(progress)
        except Exception as exc:  # noqa: BLE001 - whoever asked is told of every failure
            reference = self.new_id()
            _LOG.failure("reindex_failed", exc, reference=reference)
            self._note(person, "failed")
            failure = exc if isinstance(exc, AskpccError) else AskpccError()
            progress.end([refuse_reindex(failure, reference)])
            return
        self._note(person, _sum_up(report), report.index_version)
        self.announce()
        progress.end(build_report(report, person))

    def _note(self, person: str, result: str, index_version: str = "") -> None:
        about = f"index {index_version}" if index_version else "index"
        self.journal.note(Act(person, "reindex", about, self.now(), result))


class ProgressMessage:
    """A message that shows how a run goes on, and then how it ended."""

    def __init__(self, postbox: SlackMessenger, post: Post | None) -> None:
        self._postbox = postbox
        self._post = post
        self._shown = monotonic()

    def step(self, done: int, total: int, what: str) -> None:
        """Show how far reading is, not too often; what Slack refuses of it is left out."""
        if self._post is None or monotonic() - self._shown < _SHOWN_EVERY:
            return
        self._shown = monotonic()
        try:
            self._postbox.change(self._post, say(format_progress(done, total, what)))
        except SlackError as exc:
            _LOG.failure("progress_not_shown", exc)

    def tell(self, sentence: str) -> None:
        """Leave out what a terminal is told: it may name folders of the server."""

    def end(self, messages: Sequence[Message]) -> None:
        """Show how it ended, in the place of the progress and below it."""
        if self._post is None:
            return
        self._postbox.change(self._post, messages[0])
        for message in messages[1:]:
            self._postbox.post(Target(self._post.channel, self._post.ts), message)


def open_conversation(client: "WebClient", person: str) -> str:
    """Return the channel of a person's conversation with the bot; raises SlackError."""
    from slack_sdk.errors import SlackApiError

    try:
        return str(client.conversations_open(users=person)["channel"]["id"])
    except SlackApiError as exc:
        raise told(exc) from exc


def _sum_up(report: IndexReport) -> str:
    counts = {"added": report.added, "changed": report.changed, "removed": report.removed}
    return (
        ", ".join(f"{len(paths)} {what}" for what, paths in counts.items()) + f", {len(report.failed)} failed"
    )
