"""Messages, edits, deletions, stops and commands."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from slack_bolt import Ack, App, BoltContext

from askpcc.inquiry_workers import Workers
from askpcc.model import Inquiry, Place
from askpcc.ports import AnswerBook, Journal, WorkList
from askpcc.slack import notices
from askpcc.slack.blocks import Message
from askpcc.slack.client import SlackMessenger, Target, only_for
from askpcc.slack.files import FileUploads
from askpcc.slack.intake import (
    IntakeOutcome,
    IntakeResult,
    MessageClass,
    MessageIntake,
    parse_command,
)
from askpcc.slack.monitoring import Metrics
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
from askpcc.slack.reindexing import Reindexing
from askpcc.slack.worker import ThreadStatus

COMMAND = "/askpcc"
_REINDEX = frozenset({"reindex", "re-index", "re index"})
_RESULT, _EVENT = "askpcc_result", "askpcc_event"
NOT_TAKEN = {
    IntakeOutcome.QUEUE_FULL: notices.QUEUE_FULL,
    IntakeOutcome.TOO_MANY: notices.TOO_MANY,
    IntakeOutcome.TOO_MANY_TODAY: notices.TOO_MANY_TODAY,
}
"""What is said where a question is not taken."""

_REPLIES = {
    **NOT_TAKEN,
    IntakeOutcome.HELP: notices.GREETING,
    IntakeOutcome.MUTED: notices.MUTED,
    IntakeOutcome.UNMUTED: notices.UNMUTED,
    IntakeOutcome.NEVER_MUTE: notices.NEVER_MUTE,
}


@dataclass(frozen=True, slots=True)
class MessageListeners:
    """Takes down what is said before Slack hears that it arrived, and shows that it was heard."""

    intake: MessageIntake
    workers: Workers
    work_list: WorkList
    status: ThreadStatus
    messenger: SlackMessenger
    book: AnswerBook
    journal: Journal
    files: FileUploads
    metrics: Metrics

    def register(self, app: App) -> None:
        """Listen."""
        for event in ("app_mention", "message", "agent_session_stopped"):
            app.event(event, middleware=[self.take_down])(self.react)

    def take_down(self, context: BoltContext, body: Mapping[str, Any], next: Callable[[], None]) -> None:  # noqa: A002 - Bolt's name
        """Write down what was said; Slack is told nothing where that fails, and sends it again."""
        event = read_event(body, self.intake.bot_user)
        context[_EVENT] = event
        context[_RESULT] = self._take_down(event)
        next()

    def react(self, context: BoltContext) -> None:
        """Show that something was heard, and say what is to be said at once."""
        result: IntakeResult | None = context[_RESULT]
        if result is None or result.outcome in {IntakeOutcome.NOTHING, IntakeOutcome.KNOWN}:
            return
        self.metrics.took(result.outcome)
        match result.outcome:
            case IntakeOutcome.ASKED | IntakeOutcome.REVISED:
                self.begin(result.inquiries[0])
            case IntakeOutcome.FILES:
                self.files.take(context[_EVENT])
            case IntakeOutcome.STOPPED:
                self._notify(result, notices.STOPPED)
                for inquiry in result.inquiries:
                    self.status.clear(inquiry)
            case IntakeOutcome.WITHDRAWN:
                self._take_back(result.inquiries[0])
            case _ if result.outcome in _REPLIES and self._is_first(result):
                alone = result.outcome is not IntakeOutcome.UNMUTED
                self._notify(result, _REPLIES[result.outcome], alone=alone)
            case _:
                pass

    def begin(self, inquiry: Inquiry) -> None:
        """Wake the workers for a question, and show its asker that it was heard."""
        before = self.work_list.waiting() - 1
        self.workers.call()
        self.status.begin(inquiry, notices.format_place_in_queue(before))

    def _take_down(self, event: Event | None) -> IntakeResult | None:
        match event:
            case MessageEvent():
                return self.intake.take(event)
            case Edit():
                return self.intake.revise(event)
            case Deletion():
                return self.intake.withdraw(event)
            case Stop():
                return self.intake.stop(event)
            case _:
                return None

    def _is_first(self, result: IntakeResult) -> bool:
        """Tell whether this is to be said: a mention comes as two events, and each maybe more than once."""
        place = result.place
        return self.journal.move_mark(f"said:{place.channel}:{place.message}", None, result.outcome)

    def _notify(self, result: IntakeResult, words: str, *, alone: bool = False) -> None:
        """Say something in the thread; where others read along, to the person alone if that will do."""
        place = result.place
        everybody = Target(place.channel, place.thread)
        target = only_for(result.person, place.channel, place.thread) if alone else everybody
        self.messenger.post(target, Message(words, []))

    def _take_back(self, inquiry: Inquiry) -> None:
        self.status.clear(inquiry)
        for answer in self.book.answers_to(inquiry.id):
            for post in answer.posts:
                self.messenger.remove(post)


@dataclass(frozen=True, slots=True)
class CommandListeners:
    """Answers ``/askpcc``."""

    intake: MessageIntake
    messages: MessageListeners
    reindexing: Reindexing
    metrics: Metrics

    def register(self, app: App) -> None:
        """Listen."""
        app.command(COMMAND)(self.run)

    def run(self, ack: Ack, command: Mapping[str, Any]) -> None:
        """Do what the command says; a question is written down before Slack is told that it arrived."""
        words = question_words(text_of(command, "text"))
        if words.casefold().rstrip(" .!") in _REINDEX:
            ack(text=self.reindexing.start(id_of(command, "user_id")), response_type="ephemeral")
            return
        match parse_command(words):
            case MessageClass.YES:
                self._ask(ack, command, words)
            case MessageClass.HELP | MessageClass.COURTESY:
                ack(text=notices.GREETING, response_type="ephemeral")
            case _:
                ack(text=notices.ONLY_IN_THREADS, response_type="ephemeral")

    def _ask(self, ack: Ack, command: Mapping[str, Any], words: str) -> None:
        place = Place(
            surface=SURFACE,
            team=id_of(command, "team_id"),
            channel=id_of(command, "channel_id"),
            thread="",
            message=f"command:{text_of(command, 'trigger_id')}",
        )
        result = self.intake.ask(
            place, id_of(command, "user_id"), words, reply_to=text_of(command, "response_url")
        )
        self.metrics.took(result.outcome)
        ack(text=NOT_TAKEN.get(result.outcome, notices.SEARCHING), response_type="ephemeral")
        if result.outcome is IntakeOutcome.ASKED:
            self.messages.begin(result.inquiries[0])
