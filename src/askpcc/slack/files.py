"""Files in a direct message: shown as they would be read, and added to the corpus."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from threading import Thread
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from askpcc.downloads import Fetched, suffix_for
from askpcc.errors import (
    AskpccError,
    BadDocument,
    FetchError,
    SlackError,
)
from askpcc.indexing.adding import Adder
from askpcc.model import (
    Act,
    DocumentClaims,
    FactName,
    Post,
)
from askpcc.ports import Journal
from askpcc.readers import FORMAT_NAMES
from askpcc.register.rows import Row, build_rows
from askpcc.rendering.logs import EventLog
from askpcc.rendering.register_text import name_matter
from askpcc.slack.access import Authorizer
from askpcc.slack.blocks import (
    ADD_DOCUMENT,
    DISCARD_DOCUMENT,
    Block,
    Message,
    Piece,
    actions,
    button,
    count,
    format_status,
    header,
    name_file,
    piece,
    say,
    section,
)
from askpcc.slack.client import SlackMessenger, Target, to_slack_error
from askpcc.slack.mrkdwn import cut, escape_line, in_one_line
from askpcc.slack.payloads import (
    MessageEvent,
    Press,
    SharedFile,
    part,
    read_file,
    read_press,
)
from askpcc.slack.reindexing import Reindexing
from askpcc.text.dates import show_date

_LOG = EventLog("slack.files")
LARGEST = 20 * 1024 * 1024
"""Bytes, as for other files of the corpus."""

_MEGABYTE = 1_000_000
_DIGITS = 32
_MOST_ROWS = 10
_LONGEST_VALUE = 200
_LONGEST_REASON = 400
_FACTS = {
    FactName.TITLE: "Title",
    FactName.FORCE: "Force",
    FactName.REPORT_KIND: "Sort of report",
    FactName.PUBLISHED: "Report published",
    FactName.RESPONDED: "Response dated",
    FactName.DEADLINE: "Response due",
    FactName.AUTHOR: "Written by",
}
_DATES = frozenset({FactName.PUBLISHED, FactName.RESPONDED, FactName.DEADLINE})

NOT_ALLOWED = (
    "Thank you for the file. Only an administrator can add documents, so I have not opened it. "
    "Please give it to one of them."
)
EXPIRED = "This preview is too old to be used. Please send the file once more."
_IN_THE_LOG = "The log of the bot has the reason. Please tell whoever runs it, and send the file again then."
FAILED = f"I could not add this file. {_IN_THE_LOG}"


@dataclass(frozen=True, slots=True)
class FileUploads:
    """Takes files from administrators.  fetch: the bytes at an address of Slack's; raises FetchError."""

    client: WebClient
    authorizer: Authorizer
    adder: Adder
    fetch: Callable[[str, int], bytes]
    messenger: SlackMessenger
    journal: Journal
    reindexing: Reindexing

    def register(self, app: App) -> None:
        """Listen to the buttons of previews; the files themselves come with messages."""
        app.action(ADD_DOCUMENT)(self.add)
        app.action(DISCARD_DOCUMENT)(self.discard)

    def take(self, message: MessageEvent) -> None:
        """Show what is in the files of a message, once; whoever may not add documents is told so."""
        target = Target(message.channel, message.thread)
        if not self.journal.move_mark(f"files:{message.channel}:{message.ts}", None, message.user):
            return
        if not self.authorizer.may_reindex(message.user):
            self._note(message.user, "file", "refused")
            self.messenger.post(target, refuse_person())
            return
        for file in message.files:
            self.messenger.post(target, self._show(file))

    def add(self, ack: Ack, body: Mapping[str, Any]) -> None:
        """Add the file of a preview and index it, for an administrator; the work goes on in a thread."""
        ack()
        press = read_press(body)
        if not self.authorizer.may_reindex(press.user):
            self._note(press.user, "file", "refused")
            self.messenger.post(Target(press.channel, press.thread), refuse_person())
            return
        if self.journal.move_mark(f"added:{press.message}:{press.value}", None, press.user):
            Thread(target=self._add, args=(press,), name="add-document", daemon=True).start()

    def discard(self, ack: Ack, body: Mapping[str, Any]) -> None:
        """Put a preview away, for an administrator."""
        ack()
        press = read_press(body)
        if self.authorizer.may_reindex(press.user):
            name = self._file(press.value.partition(":")[0]).name
            self._close(press, close_preview(name, "not added."))

    def _show(self, file: SharedFile) -> Message:
        if suffix_for(file.media_type or None, file.name) is None:
            return refuse_format(file.name)
        if file.size > LARGEST:
            return refuse_size(file.name, file.size, LARGEST)
        try:
            return self._preview(file)
        except FetchError as exc:
            _LOG.failure("file_not_fetched", exc)
            return refuse_download(file.name)
        except BadDocument as exc:
            return refuse_unreadable(file.name, exc)
        except AskpccError as exc:
            _LOG.failure("file_not_shown", exc)
            return refuse_failure(file.name)

    def _preview(self, file: SharedFile) -> Message:
        fetched = self._fetch(file)
        read = self.adder.preview(fetched)
        if read.held is not None:
            return refuse_duplicate(file.name, read.held.document)
        return build_preview(
            FilePreview(
                token=f"{file.id}:{_digest(fetched.data)}",
                name=file.name,
                read=DocumentClaims(read.document, tuple(read.claims)),
                passages=len(read.passages),
            )
        )

    def _fetch(self, file: SharedFile) -> Fetched:
        data = self.fetch(file.url, LARGEST)
        return Fetched(
            data, datetime.now(UTC).date().isoformat(), file.name, media_type=file.media_type or None
        )

    def _add(self, press: Press) -> None:
        id_, _, digest = press.value.partition(":")
        try:
            file = self._file(id_)
            fetched = self._fetch(file)
            if _digest(fetched.data) != digest:
                self._close(press, say(EXPIRED))
                return
            added = self.adder.add(fetched)
            self._note(press.user, added.document, str(added.outcome))
            self._close(press, close_preview(file.name, escape_line(added.sentence)))
        except FetchError as exc:
            self._give_up(press, exc, EXPIRED)
        except Exception as exc:  # noqa: BLE001 - whoever pressed is told of every failure
            self._give_up(press, exc, FAILED)
        else:
            if added.stored:
                self._index(press)

    def _index(self, press: Press) -> None:
        try:
            self.reindexing.run_for(press.user, press.channel)
        except SlackError as exc:
            _LOG.failure("reindex_not_told", exc)

    def _give_up(self, press: Press, failure: Exception, words: str) -> None:
        _LOG.failure("file_not_added", failure)
        self._note(press.user, "file", "failed")
        self._close(press, say(words))

    def _file(self, id_: str) -> SharedFile:
        try:
            found = self.client.files_info(file=id_)
        except SlackApiError as exc:
            raise to_slack_error(exc) from exc
        file = read_file(part(found.data, "file"))
        if file is None:
            raise FetchError("Slack does not hold the file any more. Send it once more.")
        return file

    def _close(self, press: Press, words: Message) -> None:
        """Put words in the place of a preview, so that its buttons are gone."""
        self.messenger.change(Post(press.channel, press.message), words)

    def _note(self, person: str, about: str, result: str) -> None:
        self.journal.note(Act(person, "add document", about, datetime.now(UTC), result))


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()[:_DIGITS]


@dataclass(frozen=True, slots=True)
class FilePreview:
    """A file that was read and is not yet in the corpus.

    token: what its buttons send.  name: of the file as it came.
    """

    token: str
    name: str
    read: DocumentClaims
    passages: int


def build_preview(preview: FilePreview) -> Message:
    """Return the message that shows what was read and asks whether it is to be added."""
    rows = build_rows([preview.read])
    warnings = list(_warn(preview, rows))
    pieces = [
        Piece((header("Add this response?"),), (f"Add this response? {name_file(preview.name)}",)),
        piece("\n".join([f"*File*: {name_file(preview.name)}", *_list_facts(preview)])),
        piece("\n".join(_list_rows(rows))),
        *(piece(f"*Please check*: {warning}") for warning in warnings),
    ]
    blocks = [block for one in pieces for block in one.blocks]
    text = "\n".join(line for one in pieces for line in one.words)
    return Message(cut(text, 4_000), [*blocks, _offer(preview)])


def close_preview(name: str, escaped: str) -> Message:
    """Return what stands in the place of a preview once somebody decided; escaped: what became of it."""
    line = f"{name_file(name)}: {escaped}"
    return Message(cut(line, 3_000), [section(line)])


def _list_facts(preview: FilePreview) -> Iterator[str]:
    for name, label in _FACTS.items():
        fact = preview.read.document.fact(name)
        if fact is not None:
            value = show_date(fact.value) if name in _DATES else fact.value
            yield f"*{label}*: {escape_line(cut(in_one_line(value), _LONGEST_VALUE))}"
    yield f"*Passages*: {preview.passages:,}"


def _list_rows(rows: Sequence[Row]) -> Iterator[str]:
    if not rows:
        yield "No recommendation, area for improvement or cause of concern was found in it."
        return
    counts = Counter(row.status for row in rows)
    named = ", ".join(f"{number:,} {status.words}" for status, number in counts.most_common())
    yield f"*{count(len(rows), 'matter')}*: {named}"
    for row in rows[:_MOST_ROWS]:
        yield f"• {format_status(row)}: {escape_line(cut(name_matter(row), _LONGEST_VALUE))}"
    if len(rows) > _MOST_ROWS:
        yield f"and {len(rows) - _MOST_ROWS:,} more"


def _warn(preview: FilePreview, rows: Sequence[Row]) -> Iterator[str]:
    document = preview.read.document
    if document.fact(FactName.FORCE) is None:
        yield "no force was found, so questions about a force will not find it."
    if document.fact(FactName.RESPONDED) is None and document.fact(FactName.PUBLISHED) is None:
        yield "no date was found, so it cannot be told whether it is newer than others."
    if not preview.passages:
        yield "no text was found that could be quoted."
    if rows and all(row.said_by is None for row in rows):
        yield "it does not say what has become of any matter."


def _offer(preview: FilePreview) -> Block:
    add = button("Add to corpus", ADD_DOCUMENT, preview.token, style="primary")
    discard = button("Discard", DISCARD_DOCUMENT, preview.token)
    return actions([add, discard] if preview.passages else [discard])


def refuse_failure(name: str) -> Message:
    """Say that a file could not be looked at for a reason that does not lie in it."""
    return say(f"I could not look at {name_file(name)}. {_IN_THE_LOG}")


def refuse_person() -> Message:
    """Say that somebody may not add documents."""
    return say(NOT_ALLOWED)


def refuse_format(name: str) -> Message:
    """Say that a file is of no format that can be read."""
    return say(f"I cannot read {name_file(name)}. Please send the response as {FORMAT_NAMES}.")


def refuse_size(name: str, size: int, limit: int) -> Message:
    """Say that a file is too large; size, limit: bytes."""
    return say(
        f"{name_file(name)} is too large: {_in_megabytes(size)}, where {_in_megabytes(limit)} is the most. "
        "Please send the response alone, without appendices."
    )


def refuse_unreadable(name: str, failure: BadDocument) -> Message:
    """Say why a file could not be read, and what can be done."""
    why = escape_line(cut(in_one_line(f"{failure.reason} {failure.remedy}"), _LONGEST_REASON))
    return say(f"I could not read {name_file(name)}. {why}")


def refuse_duplicate(name: str, held: str) -> Message:
    """Say that the corpus has a document already."""
    return say(f"{name_file(name)} is in the corpus already, as {name_file(held)}. Nothing was added.")


def refuse_download(name: str) -> Message:
    """Say that Slack did not hand a file over."""
    return say(
        f"I could not get {name_file(name)} from Slack. "
        "Please upload it here again, rather than share it from another place."
    )


def _in_megabytes(size: int) -> str:
    return f"{max(size / _MEGABYTE, 0.1):,.1f} MB"
