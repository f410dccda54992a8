"""Forms that somebody sent, and the shortcut that opens one about a message."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from askpcc.model import Fault, Feedback, Inquiry, Opinion, Place
from askpcc.surfaces.slack import action_ids
from askpcc.surfaces.slack.answers.forms import build_question_modal
from askpcc.surfaces.slack.desk import Desk, Heard
from askpcc.surfaces.slack.events import SURFACE
from askpcc.surfaces.slack.opinion_box import OpinionBox
from askpcc.surfaces.slack.requests import Submission, read_submission
from askpcc.surfaces.slack.shapes import id_of, part, text_of, timestamp_of
from askpcc.surfaces.slack.typed_words import question_words

if TYPE_CHECKING:
    from slack_bolt import Ack, App
    from slack_sdk import WebClient

SHORTCUT = "askpcc_about_message"
_NOT_TAKEN = {
    Heard.QUEUE_FULL: "Too many questions are waiting at the moment. Please try again in a few minutes.",
    Heard.TOO_MANY: "You have reached the number of questions that one person can ask within a minute.",
    Heard.TOO_MANY_TODAY: "You have reached the number of questions that one person can ask within 24 hours.",
}
_EMPTY = "Type a question."


@dataclass(frozen=True, slots=True)
class FormListeners:
    """Takes questions about messages, and what is wrong with answers."""

    desk: Desk
    opinions: OpinionBox
    asked: Callable[[Inquiry], None]
    heard: Callable[[Heard], None]
    now: Callable[[], datetime]

    def register(self, app: "App") -> None:
        """Listen."""
        app.shortcut(SHORTCUT)(self.open_question)
        app.view(action_ids.ASK_VIEW)(self.take_question)
        app.view(action_ids.FAULT_VIEW)(self.take_fault)

    def open_question(self, ack: "Ack", shortcut: Mapping[str, Any], client: "WebClient") -> None:
        """Show the form for a question about a message."""
        ack()
        message = part(shortcut, "message")
        thread = timestamp_of(message, "thread_ts") or timestamp_of(message, "ts")
        channel = id_of(part(shortcut, "channel"), "id")
        view = build_question_modal(question_words(text_of(message, "text")), channel, thread)
        client.views_open(trigger_id=text_of(shortcut, "trigger_id"), view=view)

    def take_question(self, ack: "Ack", body: Mapping[str, Any]) -> None:
        """Write the question of a form down, and close the form; if it is not taken, the form says why."""
        form = read_submission(body)
        words = question_words(form.values.get(action_ids.ASK_WORDS, ""))
        if not words:
            ack(response_action="errors", errors={action_ids.ASK_WORDS: _EMPTY})
            return
        private = form.values.get(action_ids.ASK_WHERE) != action_ids.IN_THREAD
        note = self.desk.ask(_read_place(form), form.user, words, reply_to="" if private else None)
        self.heard(note.heard)
        if note.heard in _NOT_TAKEN:
            ack(response_action="errors", errors={action_ids.ASK_WORDS: _NOT_TAKEN[note.heard]})
            return
        ack()
        if note.heard is Heard.ASKED:
            self.asked(note.inquiries[0])

    def take_fault(self, ack: "Ack", body: Mapping[str, Any]) -> None:
        """Keep what somebody finds wrong with an answer, and close the form."""
        form = read_submission(body)
        chosen = form.values.get(action_ids.FAULT_CHOICE, "")
        fault = Fault(chosen) if chosen in set(Fault) else Fault.OTHER
        comment = form.values.get(action_ids.FAULT_COMMENT, "")
        opinion = Feedback(form.metadata, form.user, Opinion.BAD, self.now(), fault=fault, comment=comment)
        for_reviewers = self.opinions.keep(opinion)
        ack()
        if for_reviewers:
            self.opinions.tell_reviewers(opinion)


def _read_place(form: Submission) -> Place:
    """Return where a question of a form belongs; the form says so, and names itself the message."""
    try:
        where = json.loads(form.metadata)
    except ValueError:
        where = {}
    where = where if isinstance(where, dict) else {}
    channel, thread = id_of(where, "channel"), timestamp_of(where, "thread")
    return Place(SURFACE, form.team, channel, thread, f"view:{form.view}")
