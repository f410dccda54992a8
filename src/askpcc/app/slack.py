"""Wires the bot."""

import os
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from functools import partial
from secrets import token_hex
from threading import Event
from time import monotonic
from typing import TYPE_CHECKING

from slack_bolt import App
from slack_sdk import WebClient

from askpcc.app.flows import build_adder, build_corrector, open_answerer, open_catalogue, run_index
from askpcc.app.watch import USUAL, WatchOptions, build_memory, build_schedule
from askpcc.asking.answering import Answerer
from askpcc.errors import IndexFailure, SettingsError, new_reference
from askpcc.indexing.indexer import IndexObserver, IndexOptions
from askpcc.indexing.plan import IndexReport
from askpcc.inquiry_workers import AnswerRecorder, Workers
from askpcc.library import Library
from askpcc.model import Limits
from askpcc.rendering.logs import EventLog
from askpcc.review.approvals import ApprovalExpiry, ApprovedAnswers
from askpcc.review.verdicts import ReviewQueue, VerdictService
from askpcc.server import HttpServer
from askpcc.settings import Settings
from askpcc.slack.access import AccessRules, Authorizer, Directory
from askpcc.slack.app import Listeners, build_asgi, build_bolt, build_client, find_bot
from askpcc.slack.client import SlackMessenger
from askpcc.slack.delivery import AnswerDelivery, AnswerStreams, Presenter, ResponseUrlClient
from askpcc.slack.files import FileUploads
from askpcc.slack.intake import MessageIntake, ThreadReader
from askpcc.slack.listeners.answer_actions import ButtonListeners, Escalations, FeedbackService, FormListeners
from askpcc.slack.listeners.conversation import CommandListeners, MessageListeners
from askpcc.slack.listeners.home_opened import HomeListeners, HomeReader
from askpcc.slack.listeners.review_actions import ReviewListeners, SlackReviews
from askpcc.slack.monitoring import Metrics, Probes, build_health_asgi
from askpcc.slack.notifications import IndexNotifier, LapseNotifier, OfferNotifier, VerdictNotifier
from askpcc.slack.reindexing import Reindexing
from askpcc.slack.socket import Bot, HttpTransport, PendingAcks, Poller, SocketModeTransport, Transport
from askpcc.slack.worker import InquiryHandler, ThreadStatus
from askpcc.text.forces import load_forces

if TYPE_CHECKING:
    from askpcc.adapters.catalogue import SqlCatalogue
    from askpcc.adapters.ledger import SqlLedger

Address = tuple[str, int]

_WAIT = 600.0
"""Seconds that a run of the index waits for another one."""


def run_slack(
    settings: Settings,
    until: Event,
    http: Address | None = None,
    loaded: Callable[[], None] = lambda: None,
    watch: WatchOptions = USUAL,
) -> None:
    """Answer in Slack until an event is set.

    http: host and port on which to take Slack's requests; by default the bot opens a socket to Slack.
    loaded: is called once all that questions need is in memory.
    watch: how it looks for new responses, where it is set to.
    Raises SettingsError, SlackError, LedgerError.
    """
    with _open_services(settings) as services:
        status, delivery = _build_status(services), _build_delivery(services)
        workers = _build_workers(services, status, delivery)
        reviews = _build_reviews(services)
        poller = _build_poller(services, reviews)
        listeners = _build_listeners(services, workers, status, delivery, reviews, poller)
        transport = _build_transport(services, build_bolt(services.client, listeners), http)
        health = _build_health(services, workers, transport)

        def warm_up() -> None:
            _warm_up(services)
            loaded()

        schedule = build_schedule(settings, watch, until, lambda _: poller.call())
        Bot(transport, workers, poller, warm_up, health, schedule).run(until)


def _warm_up(services: "SlackServices") -> None:
    """Load the embedding model and the index before the first person waits for them."""
    try:
        services.answerer.answer("Which recommendations are complete?")
    except IndexFailure:
        # Without an index there is nothing to load; questions are told so, and admins can build one.
        return


@dataclass(frozen=True, slots=True)
class SlackServices:
    """What the parts of the bot share.  token: of the bot."""

    settings: Settings
    token: str
    client: WebClient
    bot_user: str
    ledger: "SqlLedger"
    answerer: Answerer
    catalogue: "SqlCatalogue"
    library: Library
    authorizer: Authorizer
    presenter: Presenter
    messenger: SlackMessenger
    metrics: Metrics
    pending_acks: PendingAcks


@contextmanager
def _open_services(settings: Settings) -> Iterator[SlackServices]:
    """Open what is shared; raises SettingsError, SlackError, LedgerError."""
    from askpcc.adapters.ledger import open_ledger

    token = settings.slack.bot_token
    if token is None:
        raise SettingsError("SLACK_BOT_TOKEN is not set. Put it into .env, and run: askpcc doctor")
    client = build_client(token, settings.slack.api_url)
    bot_user, team = find_bot(client)
    ledger = open_ledger(settings.ledger)
    metrics = Metrics(ledger.waiting)
    authorizer = _build_authorizer(settings, client, team, metrics)
    try:
        with open_answerer(settings) as answerer, open_catalogue(settings) as catalogue:
            library = Library(catalogue, load_forces())
            yield SlackServices(
                settings=settings,
                token=token,
                client=client,
                bot_user=bot_user,
                ledger=ledger,
                answerer=answerer,
                catalogue=catalogue,
                library=library,
                authorizer=authorizer,
                presenter=Presenter(library, authorizer),
                messenger=SlackMessenger(client, metrics.posted),
                metrics=metrics,
                pending_acks=PendingAcks(),
            )
    finally:
        ledger.close()


def _build_authorizer(settings: Settings, client: WebClient, team: str, metrics: Metrics) -> Authorizer:
    named = (one.name for one in fields(AccessRules) if one.name != "team")
    rules = AccessRules(team, **{name: getattr(settings.slack, name) for name in named})
    return Authorizer(Directory(client, monotonic), rules, metrics)


def _build_status(services: SlackServices) -> ThreadStatus:
    return ThreadStatus(
        client=_build_impatient_client(services),
        library=services.library,
        book=services.ledger,
        pending_acks=services.pending_acks,
    )


def _build_impatient_client(services: SlackServices) -> WebClient:
    """Build a client that does not wait for rate limits."""
    return build_client(services.token, services.settings.slack.api_url, patient=False)


def _build_delivery(services: SlackServices) -> AnswerDelivery:
    return AnswerDelivery(
        messenger=services.messenger,
        book=services.ledger,
        journal=services.ledger,
        presenter=services.presenter,
        streams=AnswerStreams(
            client=_build_impatient_client(services),
            messenger=services.messenger,
            work_list=services.ledger,
            metrics=services.metrics,
        ),
        response_urls=ResponseUrlClient(services.settings.slack.api_url, services.metrics),
    )


def _build_workers(services: SlackServices, status: ThreadStatus, delivery: AnswerDelivery) -> Workers:
    ledger = services.ledger
    answers = ApprovedAnswers(services.answerer, ledger, services.catalogue, _now)
    handler = InquiryHandler(
        work_list=ledger,
        authorizer=services.authorizer,
        reader=ThreadReader(services.client),
        recorder=AnswerRecorder(answers, ledger, _now, new_reference),
        delivery=delivery,
        status=status,
        review_queue=ReviewQueue(ledger, _now),
        metrics=services.metrics,
    )
    return Workers(
        work_list=ledger,
        handle=handler.handle,
        name=f"{socket.gethostname()}-{os.getpid()}-{token_hex(3)}",
        count=services.settings.slack.workers,
        failed=EventLog("slack.work").failure,
        give_way=services.pending_acks.wait,
        settled=status.wipe,
    )


def _build_reviews(services: SlackServices) -> SlackReviews:
    ledger, catalogue = services.ledger, services.catalogue
    return SlackReviews(
        authorizer=services.authorizer,
        book=ledger,
        review_book=ledger,
        catalogue=catalogue,
        verdicts=VerdictService(ledger, ledger, catalogue, services.answerer, _now, new_reference),
        presenter=services.presenter,
        messenger=services.messenger,
        channel=services.settings.slack.review_channel,
    )


def _build_poller(services: SlackServices, reviews: SlackReviews) -> Poller:
    ledger, catalogue = services.ledger, services.catalogue
    runs = IndexNotifier(catalogue, ledger, services.messenger, services.settings.slack.digest_channel)
    lapses = LapseNotifier(
        catalogue=catalogue,
        review_book=ledger,
        book=ledger,
        journal=ledger,
        expiry=ApprovalExpiry(services.answerer, ledger, ledger, catalogue, _now),
        reviews=reviews,
    )
    verdicts = VerdictNotifier(ledger, ledger, reviews)
    verdicts.begin()
    offers = OfferNotifier(
        build_memory(services.settings), services.messenger, services.settings.slack.digest_channel
    )
    return Poller([runs.look, offers.look, lapses.look, verdicts.look])


def _build_listeners(
    services: SlackServices,
    workers: Workers,
    status: ThreadStatus,
    delivery: AnswerDelivery,
    reviews: SlackReviews,
    poller: Poller,
) -> Sequence[Listeners]:
    authorizer, ledger = services.authorizer, services.ledger
    messenger, metrics = services.messenger, services.metrics
    intake, reindexing = _build_intake(services), _build_reindexing(services, poller)
    files = _build_files(services, reindexing)
    feedback = FeedbackService(ledger, ReviewQueue(ledger, _now), reviews, ledger, metrics)
    messages = MessageListeners(
        intake=intake,
        workers=workers,
        work_list=ledger,
        status=status,
        messenger=messenger,
        book=ledger,
        journal=ledger,
        files=files,
        metrics=metrics,
    )
    home = HomeReader(
        authorizer=authorizer,
        library=services.library,
        book=ledger,
        opinions=ledger,
        journal=ledger,
        reviews=reviews,
        reindexing=reindexing,
    )
    return (
        messages,
        CommandListeners(intake, messages, reindexing, metrics),
        FormListeners(intake, feedback, messages, metrics),
        _build_buttons(services, intake, feedback, delivery),
        files,
        HomeListeners(home, reindexing, intake, messenger, messages),
        ReviewListeners(authorizer, reviews, messenger, poller),
    )


def _build_intake(services: SlackServices) -> MessageIntake:
    slack = services.settings.slack
    return MessageIntake(
        inbox=services.ledger,
        threads=services.ledger,
        limits=Limits(slack.queue, slack.per_minute, slack.per_day),
        bot_user=services.bot_user,
        reader=ThreadReader(services.client),
        authorizer=services.authorizer,
    )


def _build_reindexing(services: SlackServices, poller: Poller) -> Reindexing:
    return Reindexing(
        authorizer=services.authorizer,
        messenger=services.messenger,
        journal=services.ledger,
        run=partial(_index, services.settings),
        poller=poller,
    )


def _index(settings: Settings, observer: IndexObserver) -> IndexReport:
    return run_index(settings, observer, IndexOptions(), _WAIT)


def _build_files(services: SlackServices, reindexing: Reindexing) -> FileUploads:
    from askpcc.adapters.fetching import SlackFiles

    settings = services.settings
    return FileUploads(
        client=services.client,
        authorizer=services.authorizer,
        adder=build_adder(settings, lambda _: None),
        corrector=build_corrector(settings),
        fetch=SlackFiles(services.token, settings.slack.api_url).fetch,
        messenger=services.messenger,
        journal=services.ledger,
        reindexing=reindexing,
    )


def _build_buttons(
    services: SlackServices, intake: MessageIntake, feedback: FeedbackService, delivery: AnswerDelivery
) -> ButtonListeners:
    ledger, slack = services.ledger, services.settings.slack
    return ButtonListeners(
        authorizer=services.authorizer,
        book=ledger,
        feedback=feedback,
        intake=intake,
        library=services.library,
        delivery=delivery,
        escalations=Escalations(
            client=services.client,
            opinions=ledger,
            review_queue=ReviewQueue(ledger, _now),
            book=ledger,
            messenger=services.messenger,
            channel=slack.review_channel,
            has_reviewers=bool(slack.reviewers),
        ),
        messenger=services.messenger,
    )


def _build_transport(services: SlackServices, app: App, http: Address | None) -> Transport:
    slack = services.settings.slack
    if http is None:
        if slack.app_token is None:
            raise SettingsError("SLACK_APP_TOKEN is not set. Put it into .env, and run: askpcc doctor")
        return SocketModeTransport(app, slack.app_token, services.pending_acks)
    if slack.signing_secret is None:
        raise SettingsError("SLACK_SIGNING_SECRET is not set. Put it into .env, and run: askpcc doctor")
    asgi = build_asgi(app, slack.signing_secret)
    return HttpTransport(HttpServer(services.pending_acks.count(asgi), *http))


def _build_health(
    services: SlackServices, workers: Workers, transport: Transport
) -> AbstractContextManager[object]:
    port = services.settings.slack.health_port
    if port is None:
        return nullcontext()
    probes = Probes(
        connected=transport.is_open,
        index_version=services.catalogue.index_version,
        waiting=services.ledger.waiting,
        workers_alive=workers.alive,
        workers=workers.count,
    )
    return HttpServer(build_health_asgi(probes, services.metrics), "127.0.0.1", port)


def _now() -> datetime:
    return datetime.now(UTC)
