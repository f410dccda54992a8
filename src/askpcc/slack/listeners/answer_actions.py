"""The buttons and forms of answers."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from askpcc.errors import SlackError, new_reference
from askpcc.library import Library
from askpcc.model import (
    Citation,
    Fault,
    Feedback,
    HelpRequest,
    Inquiry,
    Opinion,
    Place,
    RecordedAnswer,
)
from askpcc.ports import AnswerBook, Journal, Opinions
from askpcc.rendering.logs import EventLog
from askpcc.rendering.results import number_citations
from askpcc.review.verdicts import ReviewQueue
from askpcc.slack import notices
from askpcc.slack.access import Authorizer
from askpcc.slack.blocks import (
    ASK_PERSON,
    ASK_VIEW,
    ASK_WHERE,
    ASK_WORDS,
    FAULT_CHOICE,
    FAULT_COMMENT,
    FAULT_VIEW,
    FEEDBACK,
    IN_THREAD,
    MUTE,
    RESOLVE,
    SHARE,
    SHOW_ANSWER,
    SOURCE_MENU,
    SOURCE_PREFIX,
    Message,
    read_source_value,
    say,
)
from askpcc.slack.client import (
    SlackMessenger,
    Target,
    only_for,
    reason_of,
)
from askpcc.slack.delivery import AnswerDelivery
from askpcc.slack.intake import IntakeOutcome, MessageIntake
from askpcc.slack.listeners.conversation import MessageListeners
from askpcc.slack.listeners.review_actions import SlackReviews
from askpcc.slack.monitoring import Metrics
from askpcc.slack.mrkdwn import question_words
from askpcc.slack.payloads import (
    SURFACE,
    Press,
    Submission,
    id_of,
    part,
    read_press,
    read_submission,
    text_of,
    timestamp_of,
)
from askpcc.slack.views.answer import build_feedback_modal, build_question_modal
from askpcc.slack.views.citations import build_source_modal
from askpcc.slack.views.review_forms import (
    NOBODY,
    PASSED_ON,
    PASSED_ON_BEFORE,
    PASSED_ON_PRIVATELY,
    RESOLVED_BEFORE,
    Escalation,
    build_answer_view,
    build_request,
    build_resolved,
    format_resolved,
    format_resolved_privately,
)

_FEEDBACK_LOG = EventLog("slack.opinions")
_HELP_LOG = EventLog("slack.help")
SHORTCUT = "askpcc_about_message"
_NOT_TAKEN = {
    IntakeOutcome.QUEUE_FULL: (
        "Too many questions are waiting at the moment. Please try again in a few minutes."
    ),
    IntakeOutcome.TOO_MANY: (
        "You have reached the number of questions that one person can ask within a minute."
    ),
    IntakeOutcome.TOO_MANY_TODAY: (
        "You have reached the number of questions that one person can ask within 24 hours."
    ),
}
_EMPTY = "Type a question."


@dataclass(frozen=True, slots=True)
class FeedbackService:
    """Takes opinions."""

    opinions: Opinions
    review_queue: ReviewQueue
    reviews: SlackReviews
    journal: Journal
    metrics: Metrics

    def vote(self, feedback: Feedback) -> None:
        """Keep an opinion; the first bad one of an answer is told to the reviewers.

        Raises UnknownAnswer.
        """
        if self.keep(feedback):
            self.notify_reviewers(feedback)

    def keep(self, feedback: Feedback) -> bool:
        """Write an opinion down; return whether the reviewers are to be told.  Raises UnknownAnswer."""
        self.opinions.vote(feedback)
        self.metrics.voted(feedback.opinion)
        return self.review_queue.voted(feedback)

    def notify_reviewers(self, feedback: Feedback) -> None:
        """Show the reviewers an answer that was found bad, unless they were told of it."""
        if not self._is_first(feedback):
            return
        try:
            self.reviews.announce(feedback.answer)
        except SlackError as exc:
            # It waits in the queue all the same.
            _FEEDBACK_LOG.failure("review_not_told", exc, answer=feedback.answer)

    def _is_first(self, feedback: Feedback) -> bool:
        """Tell whether nobody told the reviewers yet since they last judged this answer."""
        judged = self.reviews.count_verdicts(feedback.answer)
        return self.journal.move_mark(f"bad:{feedback.answer}:{judged}", None, feedback.person)


@dataclass(frozen=True, slots=True)
class Escalations:
    """Passes requests on.  channel: the reviewers'; None where only Home has what waits for them."""

    client: WebClient
    opinions: Opinions
    review_queue: ReviewQueue
    book: AnswerBook
    messenger: SlackMessenger
    channel: str | None
    has_reviewers: bool

    def ask(self, answer: str, person: str) -> str:
        """Pass a request on, once an answer, and return what to say to the person; raises SlackError."""
        request = HelpRequest(new_reference(), answer, person, datetime.now(UTC))
        held = self.opinions.ask_person(request)
        if held.id != request.id:
            return PASSED_ON_BEFORE
        self.review_queue.asked_person(request)
        escalation = self._escalation(request)
        if self.channel is not None:
            post = self.messenger.post(Target(self.channel), build_request(escalation))
            if post is not None:
                self.opinions.help_posted(request.id, post)
        if self.channel is None and not self.has_reviewers:
            return NOBODY
        return PASSED_ON_PRIVATELY if escalation.inquiry.private else PASSED_ON

    def resolve(self, request: str, person: str) -> str | None:
        """Mark a request as resolved and tell the asker in the thread; return what to say, if anything."""
        resolved = self.opinions.resolve(request, person)
        if resolved is None:
            return RESOLVED_BEFORE
        escalation = self._escalation(resolved)
        if resolved.post is not None:
            self.messenger.change(resolved.post, build_resolved(escalation, person, datetime.now(UTC)))
        self._notify_asker(escalation, person)
        return None

    def _notify_asker(self, escalation: Escalation, person: str) -> None:
        """Tell it in the thread of the question; of a private one, to whoever asked for help."""
        place = escalation.inquiry.place
        if place.surface != SURFACE:
            return
        if escalation.inquiry.private:
            target = Target(self.messenger.open_conversation(escalation.request.person))
            self.messenger.post(target, say(format_resolved_privately(escalation.inquiry.words, person)))
        else:
            self.messenger.post(Target(place.channel, place.thread), say(format_resolved(person)))

    def _escalation(self, request: HelpRequest) -> Escalation:
        recorded = self.book.answer(request.answer)
        inquiry = self.book.inquiry(recorded.inquiry)
        first = next((post for post in recorded.posts if post.ts), None)
        return Escalation(
            request, inquiry, recorded, self._permalink(first.channel, first.ts) if first else None
        )

    def _permalink(self, channel: str, ts: str) -> str | None:
        """Return the address of a message; a request goes without one where Slack gives none."""
        try:
            return str(self.client.chat_getPermalink(channel=channel, message_ts=ts)["permalink"])
        except SlackApiError as exc:
            _HELP_LOG.warning("no_permalink", reason=reason_of(exc))
            return None


@dataclass(frozen=True, slots=True)
class ButtonListeners:
    """Does what the buttons of answers say, for those who may use the bot where they stand."""

    authorizer: Authorizer
    book: AnswerBook
    feedback: FeedbackService
    intake: MessageIntake
    library: Library
    delivery: AnswerDelivery
    escalations: Escalations
    messenger: SlackMessenger

    def register(self, app: App) -> None:
        """Listen."""
        app.action(re.compile(f"^{re.escape(SOURCE_PREFIX)}"))(self.show_source)
        app.action(SOURCE_MENU)(self.show_source)
        app.action(SHARE)(self.share)
        app.action(ASK_PERSON)(self.ask_person)
        app.action(FEEDBACK)(self.take_opinion)
        app.action(MUTE)(self.mute)
        app.action(RESOLVE)(self.resolve)
        app.action(SHOW_ANSWER)(self.show_answer)

    def show_source(self, ack: Ack, body: Mapping[str, Any], client: WebClient) -> None:
        """Open the passage that a source cites."""
        ack()
        press = read_press(body)
        named = read_source_value(press.value)
        citation = self._citation(*named) if named and self._may(press) else None
        if citation is not None:
            card, surroundings = self.library.source(citation)
            view = build_source_modal(citation, card, surroundings, self.library.freshness())
            client.views_open(trigger_id=press.trigger, view=view)

    def share(self, ack: Ack, body: Mapping[str, Any]) -> None:
        """Post a private answer where everybody in the conversation sees it."""
        ack()
        press = read_press(body)
        if self._may(press):
            self._notify(press, self.delivery.share(press.value, press.user))

    def ask_person(self, ack: Ack, body: Mapping[str, Any]) -> None:
        """Hand an answer to the reviewers."""
        ack()
        press = read_press(body)
        if self._may(press):
            self._notify(press, self.escalations.ask(press.value, press.user))

    def take_opinion(self, ack: Ack, body: Mapping[str, Any], client: WebClient) -> None:
        """Keep what somebody thinks of an answer; a bad one is asked about."""
        ack()
        # Before the form opens: a change of mind while it is open is the later opinion.
        at = datetime.now(UTC)
        press = read_press(body)
        word, _, answer = press.value.partition(":")
        if word not in set(Opinion) or not self._may(press):
            return
        if Opinion(word) is Opinion.BAD:
            # First, since Slack opens it within three seconds of the press only.
            client.views_open(trigger_id=press.trigger, view=build_feedback_modal(answer))
        self.feedback.vote(Feedback(answer, press.user, Opinion(word), at))

    def mute(self, ack: Ack, body: Mapping[str, Any]) -> None:
        """Leave the follow-ups of a thread alone."""
        ack()
        press = read_press(body)
        if self._may(press):
            place = self._inquiry(press.value)[0].place
            self.intake.mute(place, press.user)
            self._notify(press, notices.MUTED)

    def resolve(self, ack: Ack, body: Mapping[str, Any]) -> None:
        """Close a request for help, for a reviewer."""
        ack()
        press = read_press(body)
        allowed = self.authorizer.may_review(press.user)
        words = self.escalations.resolve(press.value, press.user) if allowed else notices.NOT_A_REVIEWER
        if words is not None:
            self._notify(press, words)

    def show_answer(self, ack: Ack, body: Mapping[str, Any], client: WebClient) -> None:
        """Open an answer, for its asker or a reviewer."""
        ack()
        press = read_press(body)
        inquiry, recorded = self._inquiry(press.value)
        reviewer = self.authorizer.may_review(press.user)
        if reviewer or press.user == inquiry.person:
            view = build_answer_view(inquiry, recorded, reviewer=reviewer)
            client.views_open(trigger_id=press.trigger, view=view)

    def _citation(self, answer: str, number: int) -> Citation | None:
        numbers = number_citations(self.book.answer(answer).answer)
        return next((citation for citation, n in numbers.items() if n == number), None)

    def _inquiry(self, answer: str) -> tuple[Inquiry, RecordedAnswer]:
        recorded = self.book.answer(answer)
        return self.book.inquiry(recorded.inquiry), recorded

    def _may(self, press: Press) -> bool:
        """Tell whether somebody may use the bot there; they are told why not."""
        refusal = self.authorizer.refuse_person(press.user, press.channel)
        if refusal is not None:
            self._notify(press, refusal)
        return refusal is None

    def _notify(self, press: Press, words: str) -> None:
        if press.channel:
            self.messenger.post(only_for(press.user, press.channel, press.thread), Message(words, []))


@dataclass(frozen=True, slots=True)
class FormListeners:
    """Takes questions about messages, and what is wrong with answers."""

    intake: MessageIntake
    feedback: FeedbackService
    messages: MessageListeners
    metrics: Metrics

    def register(self, app: App) -> None:
        """Listen."""
        app.shortcut(SHORTCUT)(self.open_question)
        app.view(ASK_VIEW)(self.take_question)
        app.view(FAULT_VIEW)(self.take_fault)

    def open_question(self, ack: Ack, shortcut: Mapping[str, Any], client: WebClient) -> None:
        """Show the form for a question about a message."""
        ack()
        message = part(shortcut, "message")
        thread = timestamp_of(message, "thread_ts") or timestamp_of(message, "ts")
        channel = id_of(part(shortcut, "channel"), "id")
        view = build_question_modal(question_words(text_of(message, "text")), channel, thread)
        client.views_open(trigger_id=text_of(shortcut, "trigger_id"), view=view)

    def take_question(self, ack: Ack, body: Mapping[str, Any]) -> None:
        """Write the question of a form down, and close the form; if it is not taken, the form says why."""
        form = read_submission(body)
        words = question_words(form.values.get(ASK_WORDS, ""))
        if not words:
            ack(response_action="errors", errors={ASK_WORDS: _EMPTY})
            return
        private = form.values.get(ASK_WHERE) != IN_THREAD
        result = self.intake.ask(_read_place(form), form.user, words, reply_to="" if private else None)
        self.metrics.took(result.outcome)
        if result.outcome in _NOT_TAKEN:
            ack(response_action="errors", errors={ASK_WORDS: _NOT_TAKEN[result.outcome]})
            return
        ack()
        if result.outcome is IntakeOutcome.ASKED:
            self.messages.begin(result.inquiries[0])

    def take_fault(self, ack: Ack, body: Mapping[str, Any]) -> None:
        """Keep what somebody finds wrong with an answer, and close the form."""
        form = read_submission(body)
        chosen = form.values.get(FAULT_CHOICE, "")
        fault = Fault(chosen) if chosen in set(Fault) else Fault.OTHER
        comment = form.values.get(FAULT_COMMENT, "")
        opinion = Feedback(
            form.metadata, form.user, Opinion.BAD, datetime.now(UTC), fault=fault, comment=comment
        )
        for_reviewers = self.feedback.keep(opinion)
        ack()
        if for_reviewers:
            self.feedback.notify_reviewers(opinion)


def _read_place(form: Submission) -> Place:
    """Return where a question of a form belongs; the form says so, and names itself the message."""
    try:
        where = json.loads(form.metadata)
    except ValueError:
        where = {}
    where = where if isinstance(where, dict) else {}
    channel, thread = id_of(where, "channel"), timestamp_of(where, "thread")
    return Place(SURFACE, form.team, channel, thread, f"view:{form.view}")
