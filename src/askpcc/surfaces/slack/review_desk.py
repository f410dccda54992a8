"""Reviewing in Slack: what waits is shown, verdicts are taken, and askers are told."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from askpcc.errors import AskpccError, UnknownDocument, VerdictError
from askpcc.model import Citation, Inquiry, Judgement, RecordedAnswer, Ruling, Statement, Status, Verdict
from askpcc.ports import AnswerBook, Catalogue, ReviewBook
from askpcc.rendering.logs import EventLog
from askpcc.reviewing.finding import cite_words
from askpcc.reviewing.lapsing import Lapse
from askpcc.reviewing.ruling import Decision, Reviewer, corrected
from askpcc.surfaces.slack import notices, review_views
from askpcc.surfaces.slack.answers.messages import Block
from askpcc.surfaces.slack.controls import mention, say
from askpcc.surfaces.slack.posting import Postbox, Spot
from askpcc.surfaces.slack.presenting import Presenter
from askpcc.surfaces.slack.reindexing import open_conversation
from askpcc.surfaces.slack.requests import Submission
from askpcc.surfaces.slack.review_views import Case, build_case, build_verdict_form, say_verdict
from askpcc.surfaces.slack.text import escape_line

if TYPE_CHECKING:
    from slack_sdk import WebClient

_LOG = EventLog("slack.review")
_MOST_WAITING = 100
_MOST_DOCUMENTS = 100


@dataclass(frozen=True, slots=True)
class ReviewDesk:
    """Serves reviewers.  channel: theirs; None for none.  name_of: the name of a person, by Slack's id."""

    client: "WebClient"
    book: AnswerBook
    reviews: ReviewBook
    catalogue: Catalogue
    reviewer: Reviewer
    presenter: Presenter
    postbox: Postbox
    channel: str | None
    name_of: Callable[[str], str]

    def read_case(self, answer: str) -> Case:
        """Return an answer with its question and why it waits; raises UnknownAnswer."""
        recorded = self.book.answer(answer)
        waiting = self.reviews.queue(_MOST_WAITING)
        why = next((one.why for one in waiting if one.answer == answer), ())
        return Case(self.book.inquiry(recorded.inquiry), recorded, why)

    def announce(self, answer: str) -> None:
        """Tell the reviewers' channel that an answer waits; raises UnknownAnswer, SlackError."""
        if self.channel is not None:
            self.postbox.post(Spot(self.channel), build_case(self.read_case(answer)))

    def open(self, answer: str) -> Block:
        """Return the form for a verdict; raises UnknownAnswer."""
        case = self.read_case(answer)
        return build_verdict_form(case, self._documents(case.recorded))

    def _documents(self, recorded: RecordedAnswer) -> list[str]:
        """Return what a correction may cite: what the answer cites, then the other documents."""
        answer = recorded.answer
        cited = [one.document for statement in answer.statements for one in statement.citations]
        nearest = [one.document for one in answer.nearest]
        others = [card.path for card in self.catalogue.documents()]
        return list(dict.fromkeys([*cited, *nearest, *others]))[:_MOST_DOCUMENTS]

    def take(self, form: Submission) -> Verdict | dict[str, str]:
        """Take a verdict; return it, or what is wrong with the form, by block.

        Raises UnknownAnswer and the failures of the index.
        """
        try:
            decision = self._read(form)
        except (VerdictError, UnknownDocument) as exc:
            return {review_views.WORDS: str(exc)}
        try:
            return self.reviewer.rule(decision)
        except VerdictError as exc:
            return {review_views.RULING: str(exc)}

    def _read(self, form: Submission) -> Decision:
        answer = str(json.loads(form.metadata)["answer"])
        statements = self.book.answer(answer).answer.statements
        ruling = Ruling(form.values[review_views.RULING])
        return Decision(
            answer=answer,
            reviewer=form.user,
            ruling=ruling,
            judgements=tuple(_read_judgements(form, len(statements))),
            comment=form.values.get(review_views.COMMENT, ""),
            correction=self._read_correction(form) if ruling is Ruling.CORRECTED else (),
        )

    def _read_correction(self, form: Submission) -> tuple[Statement, ...]:
        path, words = form.values.get(review_views.DOCUMENT), form.values.get(review_views.WORDS)
        if not path or not words:
            raise VerdictError("Choose the source and copy the words that say what is right.")
        citation = cite_words(self.catalogue.document(path), words)
        status = form.values.get(review_views.STATUS)
        return (_state(citation, Status(status) if status else None),)

    def tell(self, verdict: Verdict) -> None:
        """Mark the posted answer as reviewed and tell whoever asked, in the thread or in their messages.

        Raises SlackError.
        """
        recorded = self.book.answer(verdict.answer)
        inquiry = self.book.inquiry(recorded.inquiry)
        words = say_verdict(verdict, self.name_of(verdict.reviewer))
        self._mark(inquiry, _as_reviewed(recorded, verdict), words)
        if inquiry.place.surface != "slack":
            return
        told = say(f"{mention(inquiry.person)} {escape_line(words)}")
        if inquiry.private:
            spot = Spot(open_conversation(self.client, inquiry.person))
        else:
            spot = Spot(inquiry.place.channel, inquiry.place.thread)
        self.postbox.post(spot, told)

    def _mark(self, inquiry: Inquiry, recorded: RecordedAnswer, words: str) -> None:
        """Show the verdict on the messages that carry the answer; one that nobody can change is left."""
        posts = [post for post in recorded.posts if post.ts]
        messages = self.presenter.build(inquiry, recorded, [words])
        for post, message in zip(posts, messages, strict=False):
            self.postbox.change(post, message)
        for needless in posts[len(messages) :]:
            self.postbox.remove(needless)

    def tell_lapse(self, lapse: Lapse) -> None:
        """Tell the threads of an approved answer that it does not stand any more, and the reviewers."""
        words = notices.lapsed(lapse.reason)
        for post in [post for post in lapse.recorded.posts if post.ts][:1]:
            place = lapse.inquiry.place
            self.postbox.post(Spot(post.channel, place.thread or post.ts), say(escape_line(words)))
        try:
            self.announce(lapse.recorded.id)
        except AskpccError as exc:
            _LOG.failure("lapse_not_told", exc, answer=lapse.recorded.id)


def _read_judgements(form: Submission, count: int) -> Iterator[Judgement | None]:
    for number in range(1, count + 1):
        chosen = form.values.get(f"{review_views.STATEMENT}{number}", "")
        yield Judgement(chosen) if chosen in set(Judgement) else None


def _state(citation: Citation, status: Status | None) -> Statement:
    text = status.replace("_", " ").capitalize() if status else ""
    return Statement(text, (citation,), status)


def _as_reviewed(recorded: RecordedAnswer, verdict: Verdict) -> RecordedAnswer:
    if verdict.ruling is not Ruling.CORRECTED:
        return recorded
    return replace(recorded, answer=corrected(recorded.answer, verdict.correction))
