"""Buttons and menus below answers."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from askpcc.library import Library
from askpcc.model import Citation, Feedback, Inquiry, Opinion, RecordedAnswer
from askpcc.ports import AnswerBook
from askpcc.rendering.answers import number_citations
from askpcc.surfaces.slack import action_ids, notices
from askpcc.surfaces.slack.action_ids import RESOLVE, SHOW_ANSWER
from askpcc.surfaces.slack.answer_view import build_answer_view
from askpcc.surfaces.slack.answers.forms import build_feedback_modal
from askpcc.surfaces.slack.answers.messages import Message
from askpcc.surfaces.slack.answers.source_modal import build_source_modal
from askpcc.surfaces.slack.desk import Desk
from askpcc.surfaces.slack.gate import Gate
from askpcc.surfaces.slack.help_desk import HelpDesk
from askpcc.surfaces.slack.opinion_box import OpinionBox
from askpcc.surfaces.slack.posting import Postbox, only_for
from askpcc.surfaces.slack.requests import Press, read_press
from askpcc.surfaces.slack.sharing import Sharing

if TYPE_CHECKING:
    from slack_bolt import Ack, App
    from slack_sdk import WebClient


@dataclass(frozen=True, slots=True)
class ButtonListeners:
    """Does what the buttons of answers say, for those who may use the bot where they stand."""

    gate: Gate
    book: AnswerBook
    opinions: OpinionBox
    desk: Desk
    library: Library
    sharing: Sharing
    help_desk: HelpDesk
    postbox: Postbox
    now: Callable[[], datetime]

    def register(self, app: "App") -> None:
        """Listen."""
        app.action(re.compile(f"^{re.escape(action_ids.SOURCE_PREFIX)}"))(self.show_source)
        app.action(action_ids.SOURCE_MENU)(self.show_source)
        app.action(action_ids.SHARE)(self.share)
        app.action(action_ids.ASK_PERSON)(self.ask_person)
        app.action(action_ids.FEEDBACK)(self.take_opinion)
        app.action(action_ids.MUTE)(self.mute)
        app.action(RESOLVE)(self.resolve)
        app.action(SHOW_ANSWER)(self.show_answer)

    def show_source(self, ack: "Ack", body: Mapping[str, Any], client: "WebClient") -> None:
        """Open the passage that a source cites."""
        ack()
        press = read_press(body)
        named = action_ids.read_source_value(press.value)
        citation = self._citation(*named) if named and self._may(press) else None
        if citation is not None:
            card, surroundings = self.library.source(citation)
            view = build_source_modal(citation, card, surroundings, self.library.freshness())
            client.views_open(trigger_id=press.trigger, view=view)

    def _citation(self, answer: str, number: int) -> Citation | None:
        numbers = number_citations(self.book.answer(answer).answer)
        return next((citation for citation, n in numbers.items() if n == number), None)

    def share(self, ack: "Ack", body: Mapping[str, Any]) -> None:
        """Post a private answer where everybody in the conversation sees it."""
        ack()
        press = read_press(body)
        if self._may(press):
            self._say(press, self.sharing.share(press.value, press.user))

    def ask_person(self, ack: "Ack", body: Mapping[str, Any]) -> None:
        """Hand an answer to the reviewers."""
        ack()
        press = read_press(body)
        if self._may(press):
            self._say(press, self.help_desk.ask(press.value, press.user))

    def take_opinion(self, ack: "Ack", body: Mapping[str, Any], client: "WebClient") -> None:
        """Keep what somebody thinks of an answer; a bad one is asked about."""
        ack()
        # Before the form opens: a change of mind while it is open is the later opinion.
        at = self.now()
        press = read_press(body)
        word, _, answer = press.value.partition(":")
        if word not in set(Opinion) or not self._may(press):
            return
        if Opinion(word) is Opinion.BAD:
            # First, since Slack opens it within three seconds of the press only.
            client.views_open(trigger_id=press.trigger, view=build_feedback_modal(answer))
        self.opinions.vote(Feedback(answer, press.user, Opinion(word), at))

    def mute(self, ack: "Ack", body: Mapping[str, Any]) -> None:
        """Leave the follow-ups of a thread alone."""
        ack()
        press = read_press(body)
        if self._may(press):
            place = self._inquiry(press.value)[0].place
            self.desk.mute(place, press.user)
            self._say(press, notices.MUTED)

    def resolve(self, ack: "Ack", body: Mapping[str, Any]) -> None:
        """Close a request for help, for a reviewer."""
        ack()
        press = read_press(body)
        allowed = self.gate.may_review(press.user)
        words = self.help_desk.resolve(press.value, press.user) if allowed else notices.NOT_A_REVIEWER
        if words is not None:
            self._say(press, words)

    def show_answer(self, ack: "Ack", body: Mapping[str, Any], client: "WebClient") -> None:
        """Open an answer, for its asker or a reviewer."""
        ack()
        press = read_press(body)
        inquiry, recorded = self._inquiry(press.value)
        reviewer = self.gate.may_review(press.user)
        if reviewer or press.user == inquiry.person:
            view = build_answer_view(inquiry, recorded, reviewer=reviewer)
            client.views_open(trigger_id=press.trigger, view=view)

    def _inquiry(self, answer: str) -> tuple[Inquiry, RecordedAnswer]:
        recorded = self.book.answer(answer)
        return self.book.inquiry(recorded.inquiry), recorded

    def _may(self, press: Press) -> bool:
        """Tell whether somebody may use the bot there; they are told why not."""
        refusal = self.gate.refuse_person(press.user, press.channel)
        if refusal is not None:
            self._say(press, refusal)
        return refusal is None

    def _say(self, press: Press, words: str) -> None:
        if press.channel:
            self.postbox.post(only_for(press.user, press.channel, press.thread), Message(words, []))
