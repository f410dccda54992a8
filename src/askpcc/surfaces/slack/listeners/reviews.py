"""Verdicts, for reviewers alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from askpcc.surfaces.slack import notices
from askpcc.surfaces.slack.action_names import OPEN_VERDICT, VERDICT_VIEW
from askpcc.surfaces.slack.answers.messages import Message
from askpcc.surfaces.slack.gate import Gate
from askpcc.surfaces.slack.posting import Postbox, only_for
from askpcc.surfaces.slack.requests import read_press, read_submission
from askpcc.surfaces.slack.review_desk import ReviewDesk
from askpcc.surfaces.slack.review_views import RULING

if TYPE_CHECKING:
    from slack_bolt import Ack, App
    from slack_sdk import WebClient


@dataclass(frozen=True, slots=True)
class ReviewListeners:
    """Opens the form for a verdict and takes it."""

    gate: Gate
    desk: ReviewDesk
    postbox: Postbox

    def register(self, app: "App") -> None:
        """Listen."""
        app.action(OPEN_VERDICT)(self.open)
        app.view(VERDICT_VIEW)(self.take)

    def open(self, ack: "Ack", body: Mapping[str, Any], client: "WebClient") -> None:
        """Show the form."""
        ack()
        press = read_press(body)
        if self.gate.may_review(press.user):
            view = self.desk.open(press.value)
            # From within a view a further one is put on top of it.
            show = client.views_push if press.view and press.kind == "modal" else client.views_open
            show(trigger_id=press.trigger, view=view)
        elif press.channel:
            refused = Message(notices.NOT_YOURS, [])
            self.postbox.post(only_for(press.user, press.channel, press.thread), refused)

    def take(self, ack: "Ack", body: Mapping[str, Any]) -> None:
        """Take a verdict; a form that cannot stand stays open and says why."""
        form = read_submission(body)
        if not self.gate.may_review(form.user):
            ack(response_action="errors", errors={RULING: notices.NOT_YOURS})
            return
        taken = self.desk.take(form)
        if isinstance(taken, dict):
            ack(response_action="errors", errors=taken)
        else:
            ack()
            self.desk.tell(taken)
