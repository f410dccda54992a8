"""Messages, edits, deletions and stops."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from askpcc.inquiries.workers import Workers
from askpcc.model import Inquiry, Post
from askpcc.ports import AnswerBook, Journal
from askpcc.surfaces.slack import notices
from askpcc.surfaces.slack.answers.messages import Message as Words
from askpcc.surfaces.slack.desk import Desk, Heard, Note
from askpcc.surfaces.slack.events import Deletion, Edit, Event, Message, Stop
from askpcc.surfaces.slack.posting import Postbox, Spot, only_for
from askpcc.surfaces.slack.reading_events import read_event
from askpcc.surfaces.slack.signs_of_life import SignsOfLife

if TYPE_CHECKING:
    from slack_bolt import App, BoltContext

_NOTE, _EVENT = "askpcc_note", "askpcc_event"
_ANSWERED_BY = {
    Heard.QUEUE_FULL: notices.QUEUE_FULL,
    Heard.TOO_MANY: notices.TOO_MANY,
    Heard.TOO_MANY_TODAY: notices.TOO_MANY_TODAY,
    Heard.HELP: notices.GREETING,
    Heard.MUTED: notices.MUTED,
    Heard.UNMUTED: notices.UNMUTED,
    Heard.NEVER_MUTE: notices.NEVER_MUTE,
}


@dataclass(frozen=True, slots=True)
class TalkListeners:
    """Takes down what is said before Slack hears that it arrived, and shows that it was heard.

    waiting: counts the questions that wait.  files: does what is to be done about files in a direct message.
    heard: counts what came in.
    """

    desk: Desk
    workers: Workers
    waiting: Callable[[], int]
    signs: SignsOfLife
    postbox: Postbox
    book: AnswerBook
    journal: Journal
    files: Callable[[Message], None]
    heard: Callable[[Heard], None]

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

    def _note(self, event: Event | None) -> Note | None:
        match event:
            case Message():
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
        note: Note | None = context[_NOTE]
        if note is None or note.heard in {Heard.NOTHING, Heard.KNOWN}:
            return
        self.heard(note.heard)
        match note.heard:
            case Heard.ASKED | Heard.REVISED:
                self.begin(note.inquiries[0])
            case Heard.FILES:
                self.files(context[_EVENT])
            case Heard.STOPPED:
                self._say(note, notices.STOPPED)
                for inquiry in note.inquiries:
                    self.signs.clear(inquiry)
            case Heard.WITHDRAWN:
                self._take_back(note.inquiries[0])
            case _ if note.heard in _ANSWERED_BY and self._is_first(note):
                self._say(note, _ANSWERED_BY[note.heard], alone=note.heard is not Heard.UNMUTED)
            case _:
                pass

    def _is_first(self, note: Note) -> bool:
        """Tell whether this is to be said: a mention comes as two events, and each maybe more than once."""
        place = note.place
        return self.journal.move_mark(f"said:{place.channel}:{place.message}", None, note.heard)

    def begin(self, inquiry: Inquiry) -> None:
        """Wake the workers for a question, and show its asker that it was heard."""
        before = self.waiting() - 1
        self.workers.call()
        self.signs.begin(inquiry, notices.tell_place_in_queue(before))

    def _say(self, note: Note, words: str, *, alone: bool = False) -> None:
        """Say something in the thread; where others read along, to the person alone if that will do."""
        place = note.place
        everybody = Spot(place.channel, place.thread)
        spot = only_for(note.person, place.channel, place.thread) if alone else everybody
        self.postbox.post(spot, Words(words, []))

    def _take_back(self, inquiry: Inquiry) -> None:
        self.signs.clear(inquiry)
        for post in self._posts(inquiry):
            self.postbox.remove(post)

    def _posts(self, inquiry: Inquiry) -> list[Post]:
        return [post for answer in self.book.answers_to(inquiry.id) for post in answer.posts]
