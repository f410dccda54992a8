"""Verdicts given in Slack."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from askpcc.asking.citing import cite_words
from askpcc.errors import (
    LedgerError,
    SlackError,
    UnknownAnswer,
    VerdictError,
)
from askpcc.model import (
    Citation,
    Inquiry,
    RecordedAnswer,
    Ruling,
    Statement,
    Verdict,
    Why,
)
from askpcc.ports import AnswerBook, Catalogue, ReviewBook
from askpcc.rendering.logs import EventLog
from askpcc.review.verdicts import (
    Decision,
    VerdictService,
    corrected,
    read_correction,
    read_judgements,
    read_ruling,
)
from askpcc.slack import notices
from askpcc.slack.access import Authorizer
from askpcc.slack.blocks import (
    OPEN_VERDICT,
    VERDICT_VIEW,
    Block,
    Message,
    mention,
    remark,
    say,
)
from askpcc.slack.client import (
    SlackMessenger,
    Target,
    answer_metadata,
    only_for,
)
from askpcc.slack.delivery import Presenter
from askpcc.slack.mrkdwn import cut, escape_line, in_one_line
from askpcc.slack.payloads import (
    SURFACE,
    Submission,
    read_press,
    read_submission,
    text_of,
)
from askpcc.slack.socket import Poller
from askpcc.slack.views.review_forms import (
    COMMENT,
    DOCUMENT,
    RULING,
    STATEMENT,
    STATUS,
    WORDS,
    Case,
    build_case,
    build_verdict_form,
    format_correction,
    format_verdict,
)

_LOG = EventLog("slack.review")
_MOST_WAITING = 5_000
_MOST_DOCUMENTS = 100
_LONGEST_QUESTION = 300
NOT_A_REVIEWER = (
    "Only a reviewer may give a verdict. Nobody is one until they are named in the bot's settings."
)


@dataclass(frozen=True, slots=True)
class SlackReviews:
    """Serves reviewers.  channel: theirs; None for none."""

    authorizer: Authorizer
    book: AnswerBook
    review_book: ReviewBook
    catalogue: Catalogue
    verdicts: VerdictService
    presenter: Presenter
    messenger: SlackMessenger
    channel: str | None

    def read_case(self, answer: str) -> Case:
        """Return an answer with its question and why it waits; raises UnknownAnswer."""
        waiting = self.review_book.queue(_MOST_WAITING)
        return self._case(answer, next((one.why for one in waiting if one.answer == answer), ()))

    def read_cases(self, limit: int) -> list[Case]:
        """Return the answers that wait, longest first; one that was erased meanwhile is left out."""
        cases = []
        for waiting in self.review_book.queue(limit):
            try:
                cases.append(self._case(waiting.answer, waiting.why))
            except UnknownAnswer:
                continue
        return cases

    def announce(self, answer: str) -> None:
        """Tell the reviewers' channel that an answer waits; raises UnknownAnswer, SlackError."""
        if self.channel is not None:
            self.messenger.post(Target(self.channel), build_case(self.read_case(answer)))

    def open(self, answer: str) -> Block:
        """Return the form for a verdict; raises UnknownAnswer."""
        case = self.read_case(answer)
        return build_verdict_form(case, self._documents(case.recorded))

    def cite(self, path: str, words: str) -> Citation:
        """Return the citation of words of a document; raises UnknownDocument, VerdictError."""
        return cite_words(self.catalogue.document(path), words)

    def count_verdicts(self, answer: str) -> int:
        """Tell how often an answer was judged."""
        return len(self.review_book.verdicts(answer))

    def count_statements(self, answer: str) -> int:
        """Return how many statements there are to judge; raises UnknownAnswer."""
        return len(self.book.answer(answer).answer.statements)

    def take(self, decision: Decision, name: str) -> Verdict | None:
        """Take a verdict and return it; None where it was taken before.

        name: of the form that was sent, the same when it is sent twice; "" for none.  Raises VerdictError for
        a decision that cannot stand, UnknownAnswer, and the failures of the index.
        """
        verdicts = replace(self.verdicts, new_id=lambda: f"form-{name}") if name else self.verdicts
        try:
            return verdicts.rule(decision)
        except LedgerError:
            if any(one.id == f"form-{name}" for one in self.review_book.verdicts(decision.answer)):
                return None
            raise

    def notify_verdict(self, verdict: Verdict) -> None:
        """Mark the posted answer as reviewed and tell whoever asked; raises SlackError."""
        recorded = self.book.answer(verdict.answer)
        inquiry = self.book.inquiry(recorded.inquiry)
        if not self._stands_in_slack(inquiry, recorded):
            return
        words = format_verdict(verdict, self.authorizer.name_of(verdict.reviewer))
        self._mark(inquiry, _as_reviewed(recorded, verdict), [words])
        right = format_correction(_as_reviewed(recorded, verdict).answer) if verdict.correction else ""
        self._notify(inquiry, "\n".join([f"{mention(inquiry.person)} {escape_line(words)}", right]).rstrip())

    def notify_lapse(self, inquiry: Inquiry, recorded: RecordedAnswer, reason: str) -> None:
        """Tell where an approved answer stands that it does not hold any more, and tell the reviewers.

        reason: why, as a sentence.  Raises SlackError, UnknownAnswer.
        """
        words = notices.format_lapse(reason)
        try:
            if self._stands_in_slack(inquiry, recorded):
                self._mark_lapsed(inquiry, recorded, words)
                self._notify(inquiry, escape_line(words))
        except SlackError as exc:
            _LOG.failure("lapse_not_told", exc, answer=recorded.id)
        self.announce(recorded.id)

    def _case(self, answer: str, why: tuple[Why, ...]) -> Case:
        recorded = self.book.answer(answer)
        approvals = self.review_book.approvals_of(answer) if Why.LAPSED in why else []
        lapse = next((one.lapse for one in reversed(approvals)), "")
        earlier = next(reversed(self.review_book.verdicts(answer)), None)
        return Case(self.book.inquiry(recorded.inquiry), recorded, why, lapse, earlier)

    def _documents(self, recorded: RecordedAnswer) -> list[str]:
        """Return what a correction may cite: what the answer cites, then the other documents."""
        answer = recorded.answer
        cited = [one.document for statement in answer.statements for one in statement.citations]
        nearest = [one.document for one in answer.nearest]
        others = [card.path for card in self.catalogue.documents()]
        return list(dict.fromkeys([*cited, *nearest, *others]))[:_MOST_DOCUMENTS]

    def _stands_in_slack(self, inquiry: Inquiry, recorded: RecordedAnswer) -> bool:
        """Tell whether an answer was given in Slack, and to the newest wording of its question."""
        newest = self.book.answers_to(inquiry.id)[-1:]
        return inquiry.place.surface == SURFACE and [one.id for one in newest] == [recorded.id]

    def _mark(self, inquiry: Inquiry, recorded: RecordedAnswer, words: list[str]) -> None:
        """Show a verdict on the messages that carry the answer."""
        posts = [post for post in recorded.posts if post.ts]
        try:
            messages = self._build(inquiry, recorded, words) if posts else []
            for part, message in enumerate(messages):
                there = part < len(posts) and self.messenger.change(posts[part], message, recorded.id)
                if part and not there:
                    target = Target(posts[0].channel, inquiry.place.thread or posts[0].ts)
                    post = self.messenger.post(target, message, answer_metadata(recorded.id))
                    if post is not None:
                        self.book.posted(recorded.id, post)
            for needless in posts[len(messages) :]:
                self.messenger.remove(needless)
        except SlackError as exc:
            # Whoever asked is told all the same.
            _LOG.failure("verdict_not_shown", exc, answer=recorded.id)

    def _build(self, inquiry: Inquiry, recorded: RecordedAnswer, words: list[str]) -> list[Message]:
        if not inquiry.private:
            return self.presenter.build(inquiry, recorded, words)
        # Of a private answer only what its asker shared stands in a message that can be changed.
        *others, last = self.presenter.build_shared(inquiry, recorded)
        lines = [escape_line(one) for one in words]
        return [*others, Message("\n".join([last.text, *lines]), [*last.blocks, *map(remark, lines)])]

    def _notify(self, inquiry: Inquiry, escaped: str) -> None:
        """Say something in the thread of a question, or about a private one in its asker's messages."""
        if inquiry.private:
            asked = escape_line(cut(in_one_line(inquiry.words), _LONGEST_QUESTION))
            target = Target(self.messenger.open_conversation(inquiry.person))
            self.messenger.post(target, say(f"Your question “{asked}”: {escaped}"))
        else:
            self.messenger.post(Target(inquiry.place.channel, inquiry.place.thread), say(escaped))

    def _mark_lapsed(self, inquiry: Inquiry, recorded: RecordedAnswer, words: str) -> None:
        last = next(reversed(self.review_book.verdicts(recorded.id)), None)
        if last is not None:
            said = format_verdict(last, self.authorizer.name_of(last.reviewer))
            self._mark(inquiry, _as_reviewed(recorded, last), [said, words])


def _as_reviewed(recorded: RecordedAnswer, verdict: Verdict) -> RecordedAnswer:
    if verdict.ruling is not Ruling.CORRECTED:
        return recorded
    return replace(recorded, answer=corrected(recorded.answer, verdict.correction))


@dataclass(frozen=True, slots=True)
class ReviewListeners:
    """Opens the form for a verdict and takes it.  poller: notices what is to be told of it."""

    authorizer: Authorizer
    reviews: SlackReviews
    messenger: SlackMessenger
    poller: Poller

    def register(self, app: App) -> None:
        """Listen."""
        app.action(OPEN_VERDICT)(self.open)
        app.view(VERDICT_VIEW)(self.take)

    def open(self, ack: Ack, body: Mapping[str, Any], client: WebClient) -> None:
        """Show the form."""
        ack()
        press = read_press(body)
        if self.authorizer.may_review(press.user):
            view = self.reviews.open(press.value)
            # From within a view a further one is put on top of it.
            show = client.views_push if press.view and press.kind == "modal" else client.views_open
            show(trigger_id=press.trigger, view=view)
        else:
            target = (
                only_for(press.user, press.channel, press.thread) if press.channel else Target(press.user)
            )
            self.messenger.post(target, Message(NOT_A_REVIEWER, []))

    def take(self, ack: Ack, body: Mapping[str, Any]) -> None:
        """Take a verdict; a form that cannot stand stays open and says why."""
        form = read_submission(body)
        if not self.authorizer.may_review(form.user):
            ack(response_action="errors", errors={RULING: NOT_A_REVIEWER})
            return
        taken = self._take(form)
        if isinstance(taken, dict):
            ack(response_action="errors", errors=taken)
            return
        ack()
        if taken is not None:
            self.poller.call()

    def _take(self, form: Submission) -> Verdict | dict[str, str] | None:
        """Return the verdict; or what is wrong with it, by field; or None where it was sent in before."""
        try:
            return self.reviews.take(self._read(form), form.view)
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
            correction = read_correction(words, document, status, lambda: self.reviews.cite(document, words))
        elif words:
            raise VerdictError("To correct the answer, choose so; otherwise empty the words below.")
        answer = _read_answer(form.metadata)
        numbers = range(1, self.reviews.count_statements(answer) + 1)
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
