"""Verdicts, for reviewers alone."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from askpcc.errors import UnknownAnswer, VerdictError
from askpcc.model import Ruling, Statement, Verdict
from askpcc.reviewing.decisions import Decision, read_correction, read_judgements, read_ruling
from askpcc.surfaces.slack import notices
from askpcc.surfaces.slack.action_ids import OPEN_VERDICT, VERDICT_VIEW
from askpcc.surfaces.slack.answers.messages import Message
from askpcc.surfaces.slack.gate import Gate
from askpcc.surfaces.slack.posting import Postbox, Spot, only_for
from askpcc.surfaces.slack.requests import Submission, read_press, read_submission
from askpcc.surfaces.slack.review_desk import ReviewDesk
from askpcc.surfaces.slack.review_views import COMMENT, DOCUMENT, RULING, STATEMENT, STATUS, WORDS
from askpcc.surfaces.slack.shapes import text_of

if TYPE_CHECKING:
    from slack_bolt import Ack, App
    from slack_sdk import WebClient


NOT_A_REVIEWER = (
    "Only a reviewer may give a verdict. Nobody is one until they are named in the bot's settings."
)


@dataclass(frozen=True, slots=True)
class ReviewListeners:
    """Opens the form for a verdict and takes it.  decided: is told that there is one more."""

    gate: Gate
    desk: ReviewDesk
    postbox: Postbox
    decided: Callable[[], None]

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
        else:
            spot = only_for(press.user, press.channel, press.thread) if press.channel else Spot(press.user)
            self.postbox.post(spot, Message(NOT_A_REVIEWER, []))

    def take(self, ack: "Ack", body: Mapping[str, Any]) -> None:
        """Take a verdict; a form that cannot stand stays open and says why."""
        form = read_submission(body)
        if not self.gate.may_review(form.user):
            ack(response_action="errors", errors={RULING: NOT_A_REVIEWER})
            return
        taken = self._take(form)
        if isinstance(taken, dict):
            ack(response_action="errors", errors=taken)
            return
        ack()
        if taken is not None:
            self.decided()

    def _take(self, form: Submission) -> Verdict | dict[str, str] | None:
        """Return the verdict; or what is wrong with it, by field; or None where it was sent in before."""
        try:
            return self.desk.take(self._read(form), form.view)
        except UnknownAnswer:
            return {RULING: notices.GONE}
        except VerdictError as exc:
            return {field_of(exc, form.values): str(exc)}

    def _read(self, form: Submission) -> Decision:
        ruling = read_ruling(form.values.get(RULING, ""))
        document, words = form.values.get(DOCUMENT, ""), form.values.get(WORDS, "").strip()
        correction: tuple[Statement, ...] = ()
        if ruling is Ruling.CORRECTED:
            status = form.values.get(STATUS, "")
            correction = read_correction(words, document, status, lambda: self.desk.cite(document, words))
        elif words:
            raise VerdictError("To correct the answer, choose so; otherwise empty the words below.")
        answer = _read_answer(form.metadata)
        numbers = range(1, self.desk.count_statements(answer) + 1)
        return Decision(
            answer=answer,
            reviewer=form.user,
            ruling=ruling,
            judgements=read_judgements(form.values.get(f"{STATEMENT}{number}", "") for number in numbers),
            comment=form.values.get(COMMENT, "").strip(),
            correction=correction,
        )


def _read_answer(metadata: str) -> str:
    try:
        shape = json.loads(metadata)
    except ValueError:
        return ""
    return text_of(shape, "answer") if isinstance(shape, dict) else ""


def field_of(error: VerdictError, values: Mapping[str, str]) -> str:
    """Return the field of a form for a verdict beside which an error is told.

    A form has no field for the document where nothing is to be chosen from.
    """
    if error.field == DOCUMENT:
        return DOCUMENT if DOCUMENT in values else WORDS
    return error.field if error.field in {WORDS, STATUS, COMMENT} else RULING
