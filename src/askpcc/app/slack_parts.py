"""What the parts of the bot share, wired."""

import os
import socket
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from secrets import token_hex
from time import monotonic
from typing import TYPE_CHECKING

from askpcc.app.flows import (
    build_adder,
    build_embedder,
    open_answerer,
    open_catalogue,
)
from askpcc.errors import SettingsError
from askpcc.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from slack_sdk import WebClient

    from askpcc.adapters.catalogue import SqlCatalogue
    from askpcc.adapters.ledger import SqlLedger
    from askpcc.asking.answering import Answerer
    from askpcc.indexing.adding import (
        Adder,
        Addition,
        Preview,
        Previewer,
    )
    from askpcc.indexing.downloads import Fetched
    from askpcc.inquiry_workers import Workers
    from askpcc.library import Library
    from askpcc.model import Inquiry, RecordedAnswer
    from askpcc.review.approvals import Answers
    from askpcc.review.verdicts import ReviewQueue
    from askpcc.slack.access import Authorizer
    from askpcc.slack.client import SlackMessenger
    from askpcc.slack.delivery import AnswerDelivery
    from askpcc.slack.listeners.answer_actions import FeedbackService
    from askpcc.slack.listeners.review_actions import ReviewListeners, SlackReviews
    from askpcc.slack.monitoring import Metrics
    from askpcc.slack.notifications import LapseNotifier, VerdictNotifier
    from askpcc.slack.socket import PendingAcks
    from askpcc.slack.worker import ThreadStatus


_REFERENCE_BYTES = 5
"""An id has ten hexadecimal digits: short enough to be read out on the telephone."""


@dataclass(frozen=True, slots=True)
class SlackServices:
    """The shared parts.  token: of the bot.  process: a name that no other process has."""

    settings: Settings
    token: str
    client: "WebClient"
    bot_user: str
    ledger: "SqlLedger"
    answerer: "Answerer"
    catalogue: "SqlCatalogue"
    library: "Library"
    gate: "Authorizer"
    postbox: "SlackMessenger"
    metrics: "Metrics"
    traffic: "PendingAcks"
    process: str
    now: Callable[[], datetime]
    new_id: Callable[[], str]


@contextmanager
def open_slack_services(settings: Settings) -> Iterator[SlackServices]:
    """Open the shared parts; raises SettingsError, SlackError, LedgerError."""
    from askpcc.adapters.ledger import open_ledger
    from askpcc.library import Library
    from askpcc.slack.app import build_client, find_bot
    from askpcc.slack.client import SlackMessenger
    from askpcc.slack.monitoring import Metrics
    from askpcc.slack.socket import PendingAcks
    from askpcc.text.forces import load_forces

    token = settings.slack.bot_token
    if token is None:
        raise SettingsError("SLACK_BOT_TOKEN is not set. Put it into .env, and run: askpcc doctor")
    client = build_client(token, settings.slack.api_url)
    bot_user, team = find_bot(client)
    ledger = open_ledger(settings.ledger)
    metrics = Metrics(ledger.waiting)
    try:
        with open_answerer(settings) as answerer, open_catalogue(settings) as catalogue:
            yield SlackServices(
                settings=settings,
                token=token,
                client=client,
                bot_user=bot_user,
                ledger=ledger,
                answerer=answerer,
                catalogue=catalogue,
                library=Library(catalogue, load_forces()),
                gate=_build_gate(settings, client, team, metrics),
                postbox=SlackMessenger(client, metrics.posted),
                metrics=metrics,
                traffic=PendingAcks(),
                process=f"{socket.gethostname()}-{os.getpid()}-{token_hex(3)}",
                now=_now,
                new_id=_new_id,
            )
    finally:
        ledger.close()


def _build_gate(settings: Settings, client: "WebClient", team: str, metrics: "Metrics") -> "Authorizer":
    from askpcc.slack.access import AccessRules, Authorizer, Directory

    slack = settings.slack
    rules = AccessRules(
        team=team,
        channels=slack.channels,
        users=slack.users,
        groups=slack.groups,
        guests=slack.guests,
        shared_channels=slack.shared_channels,
        admins=slack.admins,
        reviewers=slack.reviewers,
    )
    return Authorizer(Directory(client, monotonic), rules, metrics)


def _now() -> datetime:
    return datetime.now(UTC)


def _new_id() -> str:
    return token_hex(_REFERENCE_BYTES)


def build_slack_reviews(office: SlackServices) -> "SlackReviews":
    """Wire what serves reviewers."""
    from askpcc.review.verdicts import VerdictService
    from askpcc.slack.delivery import Presenter
    from askpcc.slack.listeners.review_actions import SlackReviews

    ledger, catalogue = office.ledger, office.catalogue
    return SlackReviews(
        client=office.client,
        book=ledger,
        reviews=ledger,
        catalogue=catalogue,
        reviewer=VerdictService(ledger, ledger, catalogue, office.answerer, office.now, office.new_id),
        presenter=Presenter(office.library, office.gate.name_of),
        postbox=office.postbox,
        channel=office.settings.slack.review_channel,
        name_of=office.gate.name_of,
    )


def build_answers(office: SlackServices) -> "Answers":
    """Wire what answers: with what reviewers approved, where that stands."""
    from askpcc.review.approvals import ApprovedAnswers

    return ApprovedAnswers(office.answerer, office.ledger, office.catalogue, office.now)


def build_review_queue(office: SlackServices) -> "ReviewQueue":
    """Wire what fills the reviewers' queue."""
    from askpcc.review.verdicts import ReviewQueue

    return ReviewQueue(office.ledger, office.now)


def build_feedback_service(office: SlackServices, desk: "SlackReviews") -> "FeedbackService":
    """Wire what takes opinions."""
    from askpcc.slack.listeners.answer_actions import FeedbackService

    return FeedbackService(
        office.ledger, build_review_queue(office), desk, office.ledger, office.metrics.voted
    )


def build_review_listeners(
    office: SlackServices, desk: "SlackReviews", decided: "Callable[[], None]"
) -> "ReviewListeners":
    """Wire what takes verdicts."""
    from askpcc.slack.listeners.review_actions import ReviewListeners

    return ReviewListeners(office.gate, desk, office.postbox, decided)


def build_lapse_notifier(office: SlackServices, desk: "SlackReviews") -> "LapseNotifier":
    """Wire what ends approvals whose sources changed, and tells the threads they stand in."""
    from askpcc.review.approvals import ApprovalExpiry
    from askpcc.slack.notifications import LapseNotifier

    ledger, catalogue = office.ledger, office.catalogue
    keeper = ApprovalExpiry(office.answerer, ledger, ledger, catalogue, office.now)
    return LapseNotifier(
        catalogue=catalogue,
        reviews=ledger,
        book=ledger,
        journal=ledger,
        check=lambda: deque(keeper.check(), maxlen=0),
        tell=desk.tell_lapse,
    )


def build_verdict_notifier(office: SlackServices, desk: "SlackReviews") -> "VerdictNotifier":
    """Wire what tells verdicts to those who asked."""
    from askpcc.slack.notifications import VerdictNotifier

    return VerdictNotifier(office.ledger, office.ledger, desk.tell)


@dataclass(frozen=True, slots=True)
class CorpusUploader:
    """Reads and stores files."""

    adder: "Adder"
    previewer: "Previewer"

    def preview(self, fetched: "Fetched") -> "Preview":
        """Read a file as it would be indexed."""
        return self.previewer.preview(fetched)

    def add(self, fetched: "Fetched") -> "Addition":
        """Store a file."""
        return self.adder.add(fetched)


def build_uploader(settings: Settings) -> CorpusUploader:
    """Wire it."""
    from askpcc.chunking import split
    from askpcc.indexing.adding import Previewer
    from askpcc.statuses.claims import read_claims

    embedder = build_embedder(settings)
    adder = build_adder(settings, lambda _: None)
    previewer = Previewer(
        adder, lambda document: split(document, embedder.count_tokens, embedder.max_tokens), read_claims
    )
    return CorpusUploader(adder, previewer)


def build_workers(office: SlackServices, signs: "ThreadStatus") -> "Workers":
    """Wire the workers and all that one does with a question."""
    from askpcc.inquiry_workers import AnswerRecorder, Workers
    from askpcc.rendering.logs import EventLog
    from askpcc.slack.intake import ThreadReader
    from askpcc.slack.worker import InquiryHandler

    log, scrutineer = EventLog("slack.work"), build_review_queue(office)

    def ended(inquiry: "Inquiry", recorded: "RecordedAnswer | None") -> None:
        if recorded is None:
            signs.clear(inquiry)
            return
        signs.end(inquiry)
        scrutineer.answered(recorded)
        waited = (office.now() - inquiry.asked_at).total_seconds()
        kind = str(recorded.answer.reason or recorded.answer.question.wanted)
        office.metrics.answered(kind, waited)
        log.event("answered", inquiry=inquiry.id, answer=recorded.id, kind=kind, ms=1000 * waited)

    attendant = InquiryHandler(
        work_list=office.ledger,
        respondent=AnswerRecorder(build_answers(office), office.ledger, office.now, office.new_id),
        delivery=build_delivery(office),
        refuse=office.gate.refuse,
        earlier=ThreadReader(office.client).earlier_words,
        ended=ended,
    )
    return Workers(
        work_list=office.ledger,
        handle=attendant.handle,
        name=office.process,
        count=office.settings.slack.workers,
        failed=log.failure,
        give_way=office.traffic.wait,
        settled=signs.wipe,
    )


def build_delivery(office: SlackServices) -> "AnswerDelivery":
    """Wire what brings answers."""
    from askpcc.slack.app import build_client
    from askpcc.slack.delivery import AnswerDelivery, AnswerStreams, Presenter, ResponseUrlClient

    api_url = office.settings.slack.api_url
    return AnswerDelivery(
        postbox=office.postbox,
        book=office.ledger,
        build=Presenter(office.library, office.gate.name_of).build,
        streams=AnswerStreams(
            client=build_client(office.token, api_url, patient=False),
            postbox=office.postbox,
            state=office.ledger.state,
            heard=office.metrics.posted,
        ),
        reply=ResponseUrlClient(api_url, office.metrics.posted).reply,
    )
