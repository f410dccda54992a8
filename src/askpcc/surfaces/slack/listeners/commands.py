"""The slash command: a question whose answer its asker alone sees, help, and re-indexing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from askpcc.model import Inquiry, Place
from askpcc.surfaces.slack import notices
from askpcc.surfaces.slack.desk import Desk, Heard
from askpcc.surfaces.slack.events import SURFACE
from askpcc.surfaces.slack.shapes import id_of, text_of
from askpcc.surfaces.slack.talk import Addressed, read_order
from askpcc.surfaces.slack.typed_words import question_words

if TYPE_CHECKING:
    from slack_bolt import Ack, App

COMMAND = "/askpcc"
_REINDEX = frozenset({"reindex", "re-index", "re index"})
_SAID = {
    Heard.ASKED: notices.SEARCHING,
    Heard.QUEUE_FULL: notices.QUEUE_FULL,
    Heard.TOO_MANY: notices.TOO_MANY,
    Heard.TOO_MANY_TODAY: notices.TOO_MANY_TODAY,
}


@dataclass(frozen=True, slots=True)
class CommandListeners:
    """Answers ``/askpcc``.

    asked: is told of each question taken down.  reindex: begins to bring the index up to date for a person;
    returns what to say at once.
    """

    desk: Desk
    asked: Callable[[Inquiry], None]
    reindex: Callable[[str], str]
    heard: Callable[[Heard], None]

    def register(self, app: "App") -> None:
        """Listen."""
        app.command(COMMAND)(self.run)

    def run(self, ack: "Ack", command: Mapping[str, Any]) -> None:
        """Do what the command says; a question is written down before Slack is told that it arrived."""
        words = question_words(text_of(command, "text"))
        if words.casefold().rstrip(" .!") in _REINDEX:
            ack(text=self.reindex(id_of(command, "user_id")), response_type="ephemeral")
            return
        match read_order(words):
            case Addressed.YES:
                self._ask(ack, command, words)
            case Addressed.HELP | Addressed.COURTESY:
                ack(text=notices.GREETING, response_type="ephemeral")
            case _:
                ack(text=notices.ONLY_IN_THREADS, response_type="ephemeral")

    def _ask(self, ack: "Ack", command: Mapping[str, Any], words: str) -> None:
        place = Place(
            surface=SURFACE,
            team=id_of(command, "team_id"),
            channel=id_of(command, "channel_id"),
            thread="",
            message=f"command:{text_of(command, 'trigger_id')}",
        )
        note = self.desk.ask(
            place, id_of(command, "user_id"), words, reply_to=text_of(command, "response_url")
        )
        self.heard(note.heard)
        ack(text=_SAID.get(note.heard, notices.SEARCHING), response_type="ephemeral")
        if note.heard is Heard.ASKED:
            self.asked(note.inquiries[0])
