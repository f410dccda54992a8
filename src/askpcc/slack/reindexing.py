"""The index is brought up to date from Slack, with its progress and a report."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import Lock, Thread
from time import monotonic

from askpcc.errors import (
    AskpccError,
    CorpusError,
    EmbedderError,
    EmbedderMismatch,
    IndexBusy,
    ShrinkRefused,
    SlackError,
    new_reference,
)
from askpcc.indexing.indexer import IndexObserver
from askpcc.indexing.plan import Failure, IndexReport, SkippedFile
from askpcc.model import Act, Post
from askpcc.ports import Journal
from askpcc.register.history import RegisterChanges
from askpcc.rendering.document_names import DocumentNames
from askpcc.rendering.logs import EventLog
from askpcc.rendering.results import format_stray
from askpcc.slack import notices
from askpcc.slack.access import Authorizer
from askpcc.slack.blocks import (
    Message,
    Piece,
    count,
    header,
    mention,
    name_document,
    name_file,
    pack,
    piece,
    remark,
    say,
)
from askpcc.slack.client import SlackMessenger, Target
from askpcc.slack.mrkdwn import cut, escape_line, in_one_line
from askpcc.slack.socket import Poller

_LOG = EventLog("slack.reindex")
_SHOWN_EVERY = 3.0
"""Seconds between two changes of the progress message: Slack takes some fifty a minute of all of ours."""

MOST_FAILURES = 10
MOST_SKIPPED = 5
"""Files of kinds that are not read: they are the same in each run, so a few remind of all."""
_MOST_NAMED = 10
_COUNTED = {"reading": "document", "embedding": "passage"}
_LONGEST_REASON = 300

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


@dataclass(frozen=True, slots=True)
class Reindexing:
    """Brings the index up to date for admins, one run at a time in this process.

    run: brings the index up to date.  poller: notices what is to be told of a run.
    """

    authorizer: Authorizer
    messenger: SlackMessenger
    journal: Journal
    run: Callable[[IndexObserver], IndexReport]
    poller: Poller
    busy: Lock = field(default_factory=Lock)

    def start(self, person: str) -> str:
        """Begin a run for a person, who hears of it in a direct message; return what to say at once."""
        if not self.authorizer.may_reindex(person):
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
            self.run_for(person, self.messenger.open_conversation(person))
        except SlackError as exc:
            _LOG.failure("reindex_not_told", exc)
        finally:
            self.busy.release()

    def run_for(self, person: str, channel: str) -> None:
        """Bring the index up to date, showing progress and the report in a conversation.

        Raises SlackError where that cannot be shown; the run is done all the same.
        """
        progress = ProgressMessage(self.messenger, self.messenger.post(Target(channel), say(STARTED)))
        try:
            report = self.run(progress)
        except Exception as exc:  # noqa: BLE001 - whoever asked is told of every failure
            reference = new_reference()
            _LOG.failure("reindex_failed", exc, reference=reference)
            self._note(person, "failed")
            failure = exc if isinstance(exc, AskpccError) else AskpccError()
            progress.end([refuse_reindex(failure, reference)])
            return
        self._note(person, _sum_up(report), report.index_version)
        self.poller.call()
        progress.end(build_report(report, person))

    def _note(self, person: str, result: str, index_version: str = "") -> None:
        about = f"index {index_version}" if index_version else "index"
        self.journal.note(Act(person, "reindex", about, datetime.now(UTC), result))


class ProgressMessage:
    """A message that shows how a run goes on, and then how it ended."""

    def __init__(self, messenger: SlackMessenger, post: Post | None) -> None:
        self._messenger = messenger
        self._post = post
        self._shown = monotonic()

    def step(self, done: int, total: int, what: str) -> None:
        """Show how far reading is, not too often; what Slack refuses of it is left out."""
        if self._post is None or monotonic() - self._shown < _SHOWN_EVERY:
            return
        self._shown = monotonic()
        try:
            self._messenger.change(self._post, say(format_progress(done, total, what)))
        except SlackError as exc:
            _LOG.failure("progress_not_shown", exc)

    def notify(self, sentence: str) -> None:
        """Leave out what a terminal is told: it may name folders of the server."""

    def end(self, messages: Sequence[Message]) -> None:
        """Show how it ended, in the place of the progress and below it."""
        if self._post is None:
            return
        self._messenger.change(self._post, messages[0])
        for message in messages[1:]:
            self._messenger.post(Target(self._post.channel, self._post.ts), message)


def _sum_up(report: IndexReport) -> str:
    counts = {"added": report.added, "changed": report.changed, "removed": report.removed}
    return (
        ", ".join(f"{len(paths)} {what}" for what, paths in counts.items()) + f", {len(report.failed)} failed"
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
    failed, names = report.failed[:MOST_FAILURES], _names_of(report)
    pieces = [
        Piece((header(title),), (title,)),
        piece("\n".join(_list_counts(report))),
        *(piece("\n".join(lines)) for lines in _list_documents(report)),
        *(piece(line) for line in _list_checks(report)),
        *(piece(_format_failure(failure, names)) for failure in failed),
    ]
    if len(report.failed) > len(failed):
        left = count(len(report.failed) - len(failed), "further file")
        pieces.append(piece(f"{left} could not be read; `askpcc index` names all."))
    strays = report.stray_corrections[:MOST_SKIPPED]
    pieces += [piece(f"*Corrected, and not there*: {escape_line(format_stray(path))}") for path in strays]
    pieces += [piece(_format_skipped(one)) for one in report.skipped[:MOST_SKIPPED]]
    if len(report.skipped) > MOST_SKIPPED:
        left = count(len(report.skipped) - MOST_SKIPPED, "further file")
        pieces.append(piece(f"{left} of other kinds left out; `askpcc index` names all."))
    end = f"Asked for by {mention(person)}. Index {escape_line(report.index_version) or 'not there yet'}."
    return pack([*pieces, Piece((remark(end),), (end,))])


def refuse_reindex(failure: AskpccError, reference: str) -> Message:
    """Say why a run did not happen.  reference: under which the whole reason is kept."""
    known = next((words for kind, words in _REFUSALS if isinstance(failure, kind)), None)
    words = known or "The documents could not be indexed, so the index was left as it is."
    return say(f"{words} Reference: {escape_line(reference)}")


def _list_counts(report: IndexReport) -> Iterator[str]:
    documents = (
        f"{len(report.added):,} added, {len(report.changed):,} changed, {len(report.removed):,} removed, "
        f"{report.kept:,} unchanged"
    )
    yield f"*Documents*: {documents}" + (f", {len(report.failed):,} not readable" if report.failed else "")
    yield f"*Passages*: {report.passages.embedded + report.passages.reused:,}"
    changes = report.register
    if changes:
        yield f"*Register*: {', '.join(_count_changes(changes))}"
    yield f"It took {count(max(1, round(report.seconds)), 'second')}."


def _count_changes(changes: RegisterChanges) -> Iterator[str]:
    if changes.changed:
        yield count(len(changes.changed), "status has changed", "statuses have changed")
    if changes.new:
        yield f"{len(changes.new):,} new"
    if changes.gone:
        yield f"{len(changes.gone):,} gone"


def _list_documents(report: IndexReport) -> Iterator[list[str]]:
    groups = (("Added", report.added), ("Changed", report.changed), ("Removed", report.removed))
    for what, documents in groups:
        if documents:
            yield [f"*{what}*", *_list_names(documents, _names_of(report))]


def _names_of(report: IndexReport) -> DocumentNames:
    return DocumentNames(report.titles, report.welsh_copies)


def _list_names(documents: Sequence[str], names: DocumentNames) -> Iterator[str]:
    yield from (name_document(path, names) for path in documents[:_MOST_NAMED])
    if len(documents) > _MOST_NAMED:
        yield f"and {len(documents) - _MOST_NAMED:,} more"


def _list_checks(report: IndexReport) -> Iterator[str]:
    """Yield what somebody should look at in the documents that were read, a line each."""
    names, checks = _names_of(report), report.checks()
    for path, told in list(checks.items())[:_MOST_NAMED]:
        why = escape_line(cut(in_one_line(" ".join(told)), _LONGEST_REASON))
        yield f"*Please check*: {name_document(path, names)}. {why}"
    if len(checks) > _MOST_NAMED:
        left = count(len(checks) - _MOST_NAMED, "further document")
        yield f"{left} to check; `askpcc documents` names all."


def _format_skipped(skipped: SkippedFile) -> str:
    why = escape_line(cut(in_one_line(skipped.reason), _LONGEST_REASON))
    return f"*Left out*: {name_file(skipped.document)}. {why}"


def _format_failure(failure: Failure, names: DocumentNames) -> str:
    why = escape_line(cut(in_one_line(f"{failure.reason} {failure.remedy}"), _LONGEST_REASON))
    stays = " Its last good version still answers." if failure.stale else ""
    return f"*Not readable*: {name_document(failure.document, names)}. {why}{stays}"
