"""Files in a direct message: shown as they would be read, corrected, and added to the corpus."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
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
from askpcc.indexing.adding import Adder, AddOptions, Preview
from askpcc.indexing.correcting import Corrector
from askpcc.metadata.corrections import CORRECTABLE, Correction, Corrections
from askpcc.model import Act, DocumentClaims, FactName, Post
from askpcc.ports import Journal
from askpcc.rendering.logs import EventLog
from askpcc.slack.access import Authorizer
from askpcc.slack.blocks import (
    ADD_DOCUMENT,
    CORRECT_DOCUMENT,
    CORRECT_VIEW,
    DISCARD_DOCUMENT,
    Block,
    Message,
    say,
)
from askpcc.slack.client import SlackMessenger, Target, in_our_words, reason_of, to_slack_error
from askpcc.slack.mrkdwn import escape_line
from askpcc.slack.payloads import (
    MessageEvent,
    Press,
    SharedFile,
    Submission,
    part,
    read_file,
    read_press,
    read_submission,
)
from askpcc.slack.reindexing import Reindexing
from askpcc.slack.views.file_preview import (
    DECIDED,
    EXPIRED,
    FAILED,
    IN_THE_LOG,
    NOT_CORRECTED,
    FilePreview,
    PreviewPlace,
    build_correction_form,
    build_preview,
    build_refused_form,
    build_wait,
    close_preview,
    read_place,
    refuse_download,
    refuse_duplicate,
    refuse_failure,
    refuse_format,
    refuse_person,
    refuse_size,
    refuse_unreadable,
)

_LOG = EventLog("slack.files")
LARGEST = 20 * 1024 * 1024
"""Bytes, as for other files of the corpus."""

_DIGITS = 32
_DECIDED = "decided"
_CLOSED = "not_found"
"""What Slack says of a form that somebody has closed."""


@dataclass(frozen=True, slots=True)
class PreviewNotes:
    """What people correct in previews, kept in the ledger until one decides whether the file is added.

    Only then is it known under which name the corpus has the file, and whether it has it at all.
    """

    journal: Journal

    def read(self, place: PreviewPlace) -> Corrections | None:
        """Return what was corrected so far; None where it is decided."""
        return _read_note(self.journal.mark(_mark_of(place)))

    def add(self, place: PreviewPlace, said: Corrections) -> Corrections | None:
        """Note further corrections and return all; None where it is decided."""
        while True:
            seen = self.journal.mark(_mark_of(place))
            held = _read_note(seen)
            if held is None:
                return None
            known = {**held, **said}
            if self.journal.move_mark(_mark_of(place), seen, _write_note(known)):
                return known

    def close(self, place: PreviewPlace) -> Corrections | None:
        """Decide, once, and return what was corrected; None where it is decided already."""
        while True:
            seen = self.journal.mark(_mark_of(place))
            held = _read_note(seen)
            if held is None or self.journal.move_mark(_mark_of(place), seen, _DECIDED):
                return held


def _mark_of(place: PreviewPlace) -> str:
    return f"preview:{place.post.channel}:{place.post.ts}:{place.token}"


def _write_note(said: Corrections) -> str:
    return json.dumps([asdict(one) for one in said.values()])


def _read_note(value: str | None) -> Corrections | None:
    if value == _DECIDED:
        return None
    said = (Correction(**{**one, "name": FactName(one["name"])}) for one in json.loads(value or "[]"))
    return {one.name: one for one in said}


@dataclass(frozen=True, slots=True)
class FileUploads:
    """Takes files from administrators.  fetch: the bytes at an address of Slack's; raises FetchError."""

    client: WebClient
    authorizer: Authorizer
    adder: Adder
    corrector: Corrector
    fetch: Callable[[str, int], bytes]
    messenger: SlackMessenger
    journal: Journal
    reindexing: Reindexing

    def register(self, app: App) -> None:
        """Listen to the buttons of previews; the files themselves come with messages."""
        app.action(ADD_DOCUMENT)(self.add)
        app.action(DISCARD_DOCUMENT)(self.discard)
        app.action(CORRECT_DOCUMENT)(self.open_form)
        app.view(CORRECT_VIEW)(self.correct)

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
        said = self._notes.close(_place_of(press))
        if said is not None:
            Thread(target=self._add, args=(press, said), name="add-document", daemon=True).start()

    def discard(self, ack: Ack, body: Mapping[str, Any]) -> None:
        """Put a preview away, for an administrator."""
        ack()
        press = read_press(body)
        if self.authorizer.may_reindex(press.user) and self._notes.close(_place_of(press)) is not None:
            name = self._file(_file_id(press.value)).name
            self._close(_place_of(press), close_preview(name, "not added."))

    def open_form(self, ack: Ack, body: Mapping[str, Any], client: WebClient) -> None:
        """Show an administrator the form that corrects what was read of a file.

        Reading it again may take longer than the three seconds in which a form can be opened.
        """
        ack()
        press = read_press(body)
        if not self.authorizer.may_reindex(press.user):
            self._note(press.user, "file", "refused", "correct facts")
            self.messenger.post(Target(press.channel, press.thread), say(NOT_CORRECTED))
            return
        with in_our_words():
            opened = client.views_open(trigger_id=press.trigger, view=build_wait())
        view = self._build_form(_place_of(press))
        try:
            client.views_update(view_id=opened["view"]["id"], view=view)
        except SlackApiError as exc:
            if reason_of(exc) != _CLOSED:
                raise to_slack_error(exc) from exc

    def correct(self, ack: Ack, body: Mapping[str, Any]) -> None:
        """Take what an administrator corrects and show the preview afresh; a form with faults stays open."""
        form = read_submission(body)
        place = read_place(form.metadata)
        typed = _read_changed(form)
        if not self.authorizer.may_reindex(form.user) or place is None:
            self._note(form.user, "file", "refused", "correct facts")
            ack(response_action="errors", errors={CORRECTABLE[0]: NOT_CORRECTED})
            return
        if faults := self.corrector.find_faults(typed):
            ack(response_action="errors", errors={str(name): told for name, told in faults.items()})
            return
        said = self._notes.add(place, self.corrector.read(typed, self.authorizer.name_of(form.user)))
        if said is None:
            ack(response_action="errors", errors={CORRECTABLE[0]: DECIDED})
            return
        ack()
        if typed:
            self._note(form.user, "file", ", ".join(typed), "correct facts")
            self._show_again(place, said)

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
        return build_preview(_preview_of(file, f"{file.id}:{_digest(fetched.data)}", read))

    def _build_form(self, place: PreviewPlace) -> Block:
        said = self._notes.read(place)
        if said is None:
            return build_refused_form(DECIDED)
        try:
            file, read = self._read_again(place, said)
        except FetchError as exc:
            _LOG.failure("file_not_fetched", exc)
            return build_refused_form(EXPIRED)
        except AskpccError as exc:
            _LOG.failure("file_not_shown", exc)
            return build_refused_form(f"I could not read the file again. {IN_THE_LOG}")
        return build_correction_form(file.name, read.document, place)

    def _show_again(self, place: PreviewPlace, said: Corrections) -> None:
        try:
            file, read = self._read_again(place, said)
        except FetchError as exc:
            _LOG.failure("file_not_fetched", exc)
            self._close(place, say(EXPIRED))
            return
        # Else it was decided or corrected further meanwhile, which is shown by whoever did so.
        if self._notes.read(place) == said:
            self._close(place, build_preview(_preview_of(file, place.token, read)))

    def _read_again(self, place: PreviewPlace, said: Corrections) -> tuple[SharedFile, Preview]:
        """Read the file of a preview with what was corrected of it; FetchError where it is another now."""
        file = self._file(_file_id(place.token))
        fetched = self._fetch(file)
        if place.token != f"{file.id}:{_digest(fetched.data)}":
            raise FetchError("The file at Slack is another one than was shown. Send it once more.")
        return file, self.adder.preview(fetched, AddOptions(corrections=said))

    @property
    def _notes(self) -> PreviewNotes:
        return PreviewNotes(self.journal)

    def _fetch(self, file: SharedFile) -> Fetched:
        data = self.fetch(file.url, LARGEST)
        return Fetched(
            data, datetime.now(UTC).date().isoformat(), file.name, media_type=file.media_type or None
        )

    def _add(self, press: Press, said: Corrections) -> None:
        id_, _, digest = press.value.partition(":")
        place = _place_of(press)
        try:
            file = self._file(id_)
            fetched = self._fetch(file)
            if _digest(fetched.data) != digest:
                self._close(place, say(EXPIRED))
                return
            added = self.adder.add(fetched, AddOptions(corrections=said))
            self._note(press.user, added.document, str(added.outcome))
            self._close(place, close_preview(file.name, escape_line(added.sentence)))
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
        self._close(_place_of(press), say(words))

    def _file(self, id_: str) -> SharedFile:
        try:
            found = self.client.files_info(file=id_)
        except SlackApiError as exc:
            raise to_slack_error(exc) from exc
        file = read_file(part(found.data, "file"))
        if file is None:
            raise FetchError("Slack does not hold the file any more. Send it once more.")
        return file

    def _close(self, place: PreviewPlace, words: Message) -> None:
        """Put something else in the place of a preview."""
        self.messenger.change(place.post, words)

    def _note(self, person: str, about: str, result: str, did: str = "add document") -> None:
        self.journal.note(Act(person, did, about, datetime.now(UTC), result))


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()[:_DIGITS]


def _file_id(token: str) -> str:
    return token.partition(":")[0]


def _place_of(press: Press) -> PreviewPlace:
    return PreviewPlace(Post(press.channel, press.message), press.value)


def _preview_of(file: SharedFile, token: str, read: Preview) -> FilePreview:
    claims = DocumentClaims(read.document, tuple(read.claims))
    return FilePreview(token, file.name, claims, len(read.passages))


def _read_changed(form: Submission) -> dict[FactName, str]:
    """Return what stands in the fields that somebody changed."""
    fields = {name: form.values[name].strip() for name in CORRECTABLE if name in form.values}
    return {name: value for name, value in fields.items() if value != form.before.get(name, "").strip()}
