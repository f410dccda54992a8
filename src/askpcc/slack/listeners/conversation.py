"""Messages, edits, deletions, stops and commands."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from askpcc.inquiry_workers import Workers
from askpcc.model import Inquiry, Place, Post
from askpcc.ports import AnswerBook, Journal
from askpcc.slack import notices
from askpcc.slack.blocks import Message
from askpcc.slack.client import SlackMessenger, Target, only_for
from askpcc.slack.intake import (
    IntakeOutcome,
    IntakeResult,
    MessageClass,
    MessageIntake,
    parse_command,
)
from askpcc.slack.mrkdwn import question_words
from askpcc.slack.payloads import (
    SURFACE,
    Deletion,
    Edit,
    Event,
    MessageEvent,
    Stop,
    id_of,
    read_event,
    text_of,
)
from askpcc.slack.worker import ThreadStatus

if TYPE_CHECKING:
    from slack_bolt import Ack, App, BoltContext


_NOTE, _EVENT = "askpcc_note", "askpcc_event"
_ANSWERED_BY = {
    IntakeOutcome.QUEUE_FULL: notices.QUEUE_FULL,
    IntakeOutcome.TOO_MANY: notices.TOO_MANY,
    IntakeOutcome.TOO_MANY_TODAY: notices.TOO_MANY_TODAY,
    IntakeOutcome.HELP: notices.GREETING,
    IntakeOutcome.MUTED: notices.MUTED,
    IntakeOutcome.UNMUTED: notices.UNMUTED,
    IntakeOutcome.NEVER_MUTE: notices.NEVER_MUTE,
}


@dataclass(frozen=True, slots=True)
class TalkListeners:
    """Takes down what is said before Slack hears that it arrived, and shows that it was heard.

    waiting: counts the questions that wait.  files: does what is to be done about files in a direct message.
    heard: counts what came in.
    """

    desk: MessageIntake
    workers: Workers
    waiting: Callable[[], int]
    signs: ThreadStatus
    postbox: SlackMessenger
    book: AnswerBook
    journal: Journal
    files: Callable[[MessageEvent], None]
    heard: Callable[[IntakeOutcome], None]

    def register(self, app: "App") -> None:
        """Listen."""
        for event in ("app_mention", "message", "agent_session_stopped"):
            app.event(event, middleware=[self.take_down])(self.react)

    def take_down(self, context: "BoltContext", body: Mapping[str, Any], next: Callable[[], None]) -> None:  # noqa: A002 - Bolt's name
        """Write down what was said; Slack is told nothing where that fails, and sends it again."""
        event = read_event(body, self.desk.bot_user)
        context[_EVENT] = event
        context[_NOTE] = self._note(event)
        next()

    def _note(self, event: Event | None) -> IntakeResult | None:
        match event:
            case MessageEvent():
                return self.desk.hear(event)
            case Edit():
                return self.desk.revise(event)
            case Deletion():
                return self.desk.withdraw(event)
            case Stop():
                return self.desk.stop(event)
            case _:
                return None

    def react(self, context: "BoltContext") -> None:
        """Show that something was heard, and say what is to be said at once."""
        note: IntakeResult | None = context[_NOTE]
        if note is None or note.heard in {IntakeOutcome.NOTHING, IntakeOutcome.KNOWN}:
            return
        self.heard(note.heard)
        match note.heard:
            case IntakeOutcome.ASKED | IntakeOutcome.REVISED:
                self.begin(note.inquiries[0])
            case IntakeOutcome.FILES:
                self.files(context[_EVENT])
            case IntakeOutcome.STOPPED:
                self._say(note, notices.STOPPED)
                for inquiry in note.inquiries:
                    self.signs.clear(inquiry)
            case IntakeOutcome.WITHDRAWN:
                self._take_back(note.inquiries[0])
            case _ if note.heard in _ANSWERED_BY and self._is_first(note):
                self._say(note, _ANSWERED_BY[note.heard], alone=note.heard is not IntakeOutcome.UNMUTED)
            case _:
                pass

    def _is_first(self, note: IntakeResult) -> bool:
        """Tell whether this is to be said: a mention comes as two events, and each maybe more than once."""
        place = note.place
        return self.journal.move_mark(f"said:{place.channel}:{place.message}", None, note.heard)

    def begin(self, inquiry: Inquiry) -> None:
        """Wake the workers for a question, and show its asker that it was heard."""
        before = self.waiting() - 1
        self.workers.call()
        self.signs.begin(inquiry, notices.format_place_in_queue(before))

    def _say(self, note: IntakeResult, words: str, *, alone: bool = False) -> None:
        """Say something in the thread; where others read along, to the person alone if that will do."""
        place = note.place
        everybody = Target(place.channel, place.thread)
        spot = only_for(note.person, place.channel, place.thread) if alone else everybody
        self.postbox.post(spot, Message(words, []))

    def _take_back(self, inquiry: Inquiry) -> None:
        self.signs.clear(inquiry)
        for post in self._posts(inquiry):
            self.postbox.remove(post)

    def _posts(self, inquiry: Inquiry) -> list[Post]:
        return [post for answer in self.book.answers_to(inquiry.id) for post in answer.posts]


COMMAND = "/askpcc"
_REINDEX = frozenset({"reindex", "re-index", "re index"})
_SAID = {
    IntakeOutcome.ASKED: notices.SEARCHING,
    IntakeOutcome.QUEUE_FULL: notices.QUEUE_FULL,
    IntakeOutcome.TOO_MANY: notices.TOO_MANY,
    IntakeOutcome.TOO_MANY_TODAY: notices.TOO_MANY_TODAY,
}


@dataclass(frozen=True, slots=True)
class CommandListeners:
    """Answers ``/askpcc``.

    asked: is told of each question taken down.  reindex: begins to bring the index up to date for a person;
    returns what to say at once.
    """

    desk: MessageIntake
    asked: Callable[[Inquiry], None]
    reindex: Callable[[str], str]
    heard: Callable[[IntakeOutcome], None]

    def register(self, app: "App") -> None:
        """Listen."""
        app.command(COMMAND)(self.run)

    def run(self, ack: "Ack", command: Mapping[str, Any]) -> None:
        """Do what the command says; a question is written down before Slack is told that it arrived."""
        words = question_words(text_of(command, "text"))
        if words.casefold().rstrip(" .!") in _REINDEX:
            ack(text=self.reindex(id_of(command, "user_id")), response_type="ephemeral")
            return
        match parse_command(words):
            case MessageClass.YES:
                self._ask(ack, command, words)
            case MessageClass.HELP | MessageClass.COURTESY:
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
        if note.heard is IntakeOutcome.ASKED:
            self.asked(note.inquiries[0])
