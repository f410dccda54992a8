"""Verdicts, for reviewers alone."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from askpcc.errors import UnknownAnswer, UnknownDocument, VerdictError
from askpcc.model import Judgement, Ruling, Statement, Status, Verdict
from askpcc.reviewing.ruling import Decision
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
        taken = find_faults(form.values) or self._take(form)
        if isinstance(taken, dict):
            ack(response_action="errors", errors=taken)
            return
        ack()
        if taken is not None:
            self.decided()

    def _take(self, form: Submission) -> Verdict | dict[str, str] | None:
        """Return the verdict; or what is wrong with it, by field; or None where it was sent in before."""
        try:
            correction = self._read_correction(form)
        except UnknownDocument as exc:
            return {DOCUMENT if DOCUMENT in form.values else WORDS: str(exc)}
        except VerdictError as exc:
            return {WORDS: str(exc)}
        try:
            return self.desk.take(self._read(form, correction), form.view)
        except UnknownAnswer:
            return {RULING: notices.GONE}
        except VerdictError as exc:
            return {RULING: str(exc)}

    def _read_correction(self, form: Submission) -> tuple[Statement, ...]:
        if form.values[RULING] != Ruling.CORRECTED:
            return ()
        citation = self.desk.cite(form.values.get(DOCUMENT, ""), form.values[WORDS])
        chosen = form.values.get(STATUS, "")
        status = Status(chosen) if chosen in set(Status) else None
        return (Statement(status.replace("_", " ").capitalize() if status else "", (citation,), status),)

    def _read(self, form: Submission, correction: tuple[Statement, ...]) -> Decision:
        answer = _read_answer(form.metadata)
        return Decision(
            answer=answer,
            reviewer=form.user,
            ruling=Ruling(form.values[RULING]),
            judgements=tuple(_read_judgements(form, self.desk.count_statements(answer))),
            comment=form.values.get(COMMENT, "").strip(),
            correction=correction,
        )


def _read_answer(metadata: str) -> str:
    try:
        shape = json.loads(metadata)
    except ValueError:
        return ""
    return text_of(shape, "answer") if isinstance(shape, dict) else ""


def _read_judgements(form: Submission, count: int) -> Iterator[Judgement | None]:
    for number in range(1, count + 1):
        chosen = form.values.get(f"{STATEMENT}{number}", "")
        yield Judgement(chosen) if chosen in set(Judgement) else None


def find_faults(values: Mapping[str, str]) -> dict[str, str]:
    """Return what is missing in a form for a verdict or contradicts itself, by the field to mend."""
    ruling, words = values.get(RULING, ""), values.get(WORDS, "").strip()
    if ruling not in set(Ruling):
        return {RULING: "Choose one of these."}
    if ruling != Ruling.CORRECTED:
        return {RULING: "To correct the answer, choose so; otherwise empty the words below."} if words else {}
    if DOCUMENT in values and not values[DOCUMENT]:
        return {DOCUMENT: "Choose the source that says what is right."}
    return {} if words else {WORDS: "Copy the words of the source that say what is right."}
