"""Response files that an administrator drops into the bot's conversation: read, shown, and then added.

A file is kept at Slack until somebody decides: what is added is fetched again, and is added only if it is
still what was shown.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from threading import Thread
from typing import TYPE_CHECKING, Protocol

from askpcc.adding.additions import Addition
from askpcc.adding.fetched import Fetched, suffix_for
from askpcc.adding.previewing import Preview
from askpcc.errors import AskpccError, BadDocument, FetchError, SlackError
from askpcc.model import Act, Dossier, Post
from askpcc.ports import Journal
from askpcc.rendering.logs import EventLog
from askpcc.surfaces.slack import document_preview, file_refusals
from askpcc.surfaces.slack.answers.messages import Message as Words
from askpcc.surfaces.slack.controls import say
from askpcc.surfaces.slack.events import Message, SharedFile
from askpcc.surfaces.slack.gate import Gate
from askpcc.surfaces.slack.posting import Postbox, Spot
from askpcc.surfaces.slack.reading_events import read_file
from askpcc.surfaces.slack.refusals import told
from askpcc.surfaces.slack.reindexing import Reindexing
from askpcc.surfaces.slack.requests import Press
from askpcc.surfaces.slack.shapes import part
from askpcc.surfaces.slack.text import escape_line

if TYPE_CHECKING:
    from slack_sdk import WebClient

LARGEST = 20 * 1024 * 1024
"""Bytes, as for other files of the corpus."""

_LOG = EventLog("slack.files")
_DIGITS = 32


class Shelving(Protocol):
    """Reads files as they would be indexed, and puts them into the corpus."""

    def preview(self, fetched: Fetched) -> Preview:
        """Read a file and store nothing; raises BadDocument, CorpusError."""

    def add(self, fetched: Fetched) -> Addition:
        """Store a file; raises BadDocument, CorpusError."""


@dataclass(frozen=True, slots=True)
class FileDesk:
    """Takes files from administrators.  fetch: the bytes at an address of Slack's; raises FetchError."""

    client: "WebClient"
    gate: Gate
    shelving: Shelving
    fetch: Callable[[str, int], bytes]
    postbox: Postbox
    journal: Journal
    reindexing: Reindexing
    now: Callable[[], datetime]

    def take(self, message: Message) -> None:
        """Show what is in the files of a message, once; whoever may not add documents is told so."""
        spot = Spot(message.channel, message.thread)
        if not self.journal.move_mark(f"files:{message.channel}:{message.ts}", None, message.user):
            return
        if not self.gate.may_reindex(message.user):
            self._note(message.user, "file", "refused")
            self.postbox.post(spot, file_refusals.refuse_person())
            return
        for file in message.files:
            self.postbox.post(spot, self._show(file))

    def _show(self, file: SharedFile) -> Words:
        if suffix_for(file.media_type or None, file.name) is None:
            return file_refusals.refuse_format(file.name)
        if file.size > LARGEST:
            return file_refusals.refuse_size(file.name, file.size, LARGEST)
        try:
            return self._preview(file)
        except FetchError as exc:
            _LOG.failure("file_not_fetched", exc)
            return file_refusals.refuse_download(file.name)
        except BadDocument as exc:
            return file_refusals.refuse_unreadable(file.name, exc)
        except AskpccError as exc:
            _LOG.failure("file_not_shown", exc)
            return file_refusals.refuse_failure(file.name)

    def _preview(self, file: SharedFile) -> Words:
        fetched = self._fetch(file)
        read = self.shelving.preview(fetched)
        if read.held is not None:
            return file_refusals.refuse_duplicate(file.name, read.held.document)
        return document_preview.build_preview(
            document_preview.Preview(
                token=f"{file.id}:{_digest(fetched.data)}",
                name=file.name,
                dossier=Dossier(read.document, tuple(read.claims)),
                passages=len(read.passages),
            )
        )

    def _fetch(self, file: SharedFile) -> Fetched:
        data = self.fetch(file.url, LARGEST)
        return Fetched(data, self.now().date().isoformat(), file.name, media_type=file.media_type or None)

    def add(self, press: Press) -> None:
        """Add the file of a preview and index it, for an administrator; the work goes on in a thread."""
        if not self.gate.may_reindex(press.user):
            self._note(press.user, "file", "refused")
            self.postbox.post(Spot(press.channel, press.thread), file_refusals.refuse_person())
            return
        if self.journal.move_mark(f"added:{press.message}:{press.value}", None, press.user):
            Thread(target=self._add, args=(press,), name="add-document", daemon=True).start()

    def discard(self, press: Press) -> None:
        """Put a preview away, for an administrator."""
        if self.gate.may_reindex(press.user):
            name = self._file(press.value.partition(":")[0]).name
            self._close(press, document_preview.close_preview(name, "not added."))

    def _add(self, press: Press) -> None:
        id_, _, digest = press.value.partition(":")
        try:
            file = self._file(id_)
            fetched = self._fetch(file)
            if _digest(fetched.data) != digest:
                self._close(press, say(file_refusals.EXPIRED))
                return
            added = self.shelving.add(fetched)
            self._note(press.user, added.document, str(added.outcome))
            self._close(press, document_preview.close_preview(file.name, escape_line(added.sentence)))
        except FetchError as exc:
            self._give_up(press, exc, file_refusals.EXPIRED)
        except Exception as exc:  # noqa: BLE001 - whoever pressed is told of every failure
            self._give_up(press, exc, file_refusals.FAILED)
        else:
            if added.stored:
                self._index(press)

    def _give_up(self, press: Press, failure: Exception, words: str) -> None:
        _LOG.failure("file_not_added", failure)
        self._note(press.user, "file", "failed")
        self._close(press, say(words))

    def _index(self, press: Press) -> None:
        try:
            self.reindexing.run_for(press.user, press.channel)
        except SlackError as exc:
            _LOG.failure("reindex_not_told", exc)

    def _file(self, id_: str) -> SharedFile:
        from slack_sdk.errors import SlackApiError

        try:
            found = self.client.files_info(file=id_)
        except SlackApiError as exc:
            raise told(exc) from exc
        file = read_file(part(found.data, "file"))
        if file is None:
            raise FetchError("Slack does not hold the file any more. Send it once more.")
        return file

    def _close(self, press: Press, words: Words) -> None:
        """Put words in the place of a preview, so that its buttons are gone."""
        self.postbox.change(Post(press.channel, press.message), words)

    def _note(self, person: str, about: str, result: str) -> None:
        self.journal.note(Act(person, "add document", about, self.now(), result))


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()[:_DIGITS]
