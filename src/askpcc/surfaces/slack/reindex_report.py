"""A run of the index: how far it is, what it did, why it did not run."""

from collections.abc import Iterator, Sequence

from askpcc.errors import AskpccError, CorpusError, EmbedderError, EmbedderMismatch, IndexBusy, ShrinkRefused
from askpcc.indexing.report import Failure, IndexReport
from askpcc.surfaces.slack.answers.messages import Message, Piece
from askpcc.surfaces.slack.answers.packing import pack
from askpcc.surfaces.slack.controls import count, header, mention, name_file, piece, remark, say
from askpcc.surfaces.slack.text import cut, escape_line, in_one_line

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


def say_progress(done: int, total: int, what: str) -> str:
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
