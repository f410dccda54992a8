"""The slash command: a question whose answer its asker alone sees, help, and re-indexing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from askpcc.model import Inquiry, Place
from askpcc.surfaces.slack import notices
from askpcc.surfaces.slack.desk import Desk, Heard
from askpcc.surfaces.slack.events import SURFACE
from askpcc.surfaces.slack.shapes import id_of, text_of
from askpcc.surfaces.slack.typed_words import question_words

if TYPE_CHECKING:
    from slack_bolt import Ack, App

COMMAND = "/askpcc"
_SAID = {
    Heard.ASKED: notices.SEARCHING,
    Heard.QUEUE_FULL: notices.QUEUE_FULL,
    Heard.TOO_MANY: notices.TOO_MANY,
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
        match words.casefold():
            case "" | "help" | "?":
                ack(text=notices.GREETING, response_type="ephemeral")
            case "reindex" | "re-index":
                ack(text=self.reindex(id_of(command, "user_id")), response_type="ephemeral")
            case _:
                self._ask(ack, command, words)

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
