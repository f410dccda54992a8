"""Wires the bot."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from threading import Event
from typing import TYPE_CHECKING

from askpcc.app.flows import run_index
from askpcc.app.slack_parts import (
    SlackServices,
    build_feedback_service,
    build_lapse_notifier,
    build_review_listeners,
    build_review_queue,
    build_slack_reviews,
    build_uploader,
    build_verdict_notifier,
    build_workers,
    open_slack_services,
)
from askpcc.errors import IndexFailure, SettingsError
from askpcc.model import InquiryState
from askpcc.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from slack_bolt import App

    from askpcc.indexing.indexer import IndexObserver
    from askpcc.indexing.plan import IndexReport
    from askpcc.inquiry_workers import Workers
    from askpcc.slack.app import Listeners
    from askpcc.slack.files import FileUploads
    from askpcc.slack.intake import MessageIntake
    from askpcc.slack.listeners.answer_actions import ButtonListeners, FeedbackService
    from askpcc.slack.listeners.conversation import TalkListeners
    from askpcc.slack.listeners.review_actions import SlackReviews
    from askpcc.slack.reindexing import Reindexing
    from askpcc.slack.socket import Poller, Transport
    from askpcc.slack.worker import ThreadStatus


_WAIT = 600.0


def build_listeners(
    office: SlackServices,
    workers: "Workers",
    signs: "ThreadStatus",
    watch: "Poller",
    reviews: "SlackReviews",
) -> "Sequence[Listeners]":
    """Wire all listeners."""
    from askpcc.slack.files import FileListeners
    from askpcc.slack.listeners.answer_actions import FormListeners
    from askpcc.slack.listeners.conversation import CommandListeners
    from askpcc.slack.listeners.home_opened import HomeListeners, HomeReader

    desk, reindexing = _build_desk(office), _build_reindexing(office, watch)
    files = _build_file_desk(office, reindexing)
    talk = _build_talk(office, desk, workers, signs, files)
    opinions = build_feedback_service(office, reviews)
    reader = HomeReader(
        gate=office.gate,
        library=office.library,
        book=office.ledger,
        opinions=office.ledger,
        journal=office.ledger,
        reviews=reviews,
        runs=reindexing,
        now=office.now,
    )
    return (
        talk,
        CommandListeners(desk, talk.begin, reindexing.start, office.metrics.took),
        FormListeners(desk, opinions, talk.begin, office.metrics.took, office.now),
        _build_buttons(office, desk, opinions),
        FileListeners(files),
        HomeListeners(reader, reindexing, desk, office.postbox, talk.begin, office.now),
    )


def _build_desk(office: SlackServices) -> "MessageIntake":
    from askpcc.model import Limits
    from askpcc.slack.intake import MessageIntake, ThreadReader

    slack = office.settings.slack
    return MessageIntake(
        inbox=office.ledger,
        threads=office.ledger,
        limits=Limits(slack.queue, slack.per_minute, slack.per_day),
        bot_user=office.bot_user,
        speakers=ThreadReader(office.client).speakers,
        refuse=office.gate.refuse_person,
        now=office.now,
        new_id=office.new_id,
    )


def _build_talk(
    office: SlackServices,
    desk: "MessageIntake",
    workers: "Workers",
    signs: "ThreadStatus",
    files: "FileUploads",
) -> "TalkListeners":
    from askpcc.slack.listeners.conversation import TalkListeners

    ledger = office.ledger
    return TalkListeners(
        desk=desk,
        workers=workers,
        waiting=ledger.waiting,
        signs=signs,
        postbox=office.postbox,
        book=ledger,
        journal=ledger,
        files=files.take,
        heard=office.metrics.took,
    )


def _build_reindexing(office: SlackServices, watch: "Poller") -> "Reindexing":
    from askpcc.slack.reindexing import Reindexing

    return Reindexing(
        client=office.client,
        gate=office.gate,
        postbox=office.postbox,
        journal=office.ledger,
        run=partial(_index, office),
        announce=watch.call,
        now=office.now,
        new_id=office.new_id,
    )


def _index(office: SlackServices, watcher: "IndexObserver") -> "IndexReport":
    from askpcc.indexing.indexer import IndexOptions

    return run_index(office.settings, watcher, IndexOptions(), _WAIT)


def _build_file_desk(office: SlackServices, reindexing: "Reindexing") -> "FileUploads":
    from askpcc.adapters.fetching import SlackFiles
    from askpcc.slack.files import FileUploads

    return FileUploads(
        client=office.client,
        gate=office.gate,
        shelving=build_uploader(office.settings),
        fetch=SlackFiles(office.token, office.settings.slack.api_url).fetch,
        postbox=office.postbox,
        journal=office.ledger,
        reindexing=reindexing,
        now=office.now,
    )


def _build_buttons(
    office: SlackServices, desk: "MessageIntake", opinions: "FeedbackService"
) -> "ButtonListeners":
    from askpcc.slack.delivery import Presenter, Sharing
    from askpcc.slack.listeners.answer_actions import ButtonListeners, Escalations

    ledger, slack = office.ledger, office.settings.slack
    help_desk = Escalations(
        client=office.client,
        opinions=ledger,
        scrutineer=build_review_queue(office),
        book=ledger,
        postbox=office.postbox,
        channel=slack.review_channel,
        has_reviewers=bool(slack.reviewers),
        now=office.now,
        new_id=office.new_id,
    )
    return ButtonListeners(
        gate=office.gate,
        book=ledger,
        opinions=opinions,
        desk=desk,
        library=office.library,
        sharing=Sharing(
            ledger, ledger, office.postbox, Presenter(office.library, office.gate.name_of).build_shared
        ),
        help_desk=help_desk,
        postbox=office.postbox,
        now=office.now,
    )


Address = tuple[str, int]

_OPEN = frozenset({InquiryState.WAITING, InquiryState.WORKING})
"""States in which an answer is still to come."""


def run_slack(
    settings: Settings, until: Event, http: Address | None = None, loaded: Callable[[], None] = lambda: None
) -> None:
    """Answer in Slack until an event is set.

    http: host and port on which to take Slack's requests; by default the bot opens a socket to Slack.
    loaded: is called once all that questions need is in memory.
    Raises SettingsError, SlackError, LedgerError.
    """
    from askpcc.slack.app import build_bolt
    from askpcc.slack.socket import Bot

    with open_slack_services(settings) as office:
        signs = _build_signs(office)
        workers = build_workers(office, signs)
        reviews = build_slack_reviews(office)
        watch = _build_watch(office, reviews)
        listeners = [
            *build_listeners(office, workers, signs, watch, reviews),
            build_review_listeners(office, reviews, watch.call),
        ]
        line = _build_line(office, build_bolt(office.client, listeners, office.new_id), http)
        health = _build_health(office, workers, line)

        def warm_up() -> None:
            _warm_up(office)
            loaded()

        Bot(line, workers, watch, warm_up, health).run(until)


def _build_watch(office: SlackServices, reviews: "SlackReviews") -> "Poller":
    from askpcc.slack.notifications import IndexNotifier
    from askpcc.slack.socket import Poller

    announcer = IndexNotifier(
        catalogue=office.catalogue,
        journal=office.ledger,
        postbox=office.postbox,
        channel=office.settings.slack.digest_channel,
    )
    teller = build_verdict_notifier(office, reviews)
    teller.begin()
    return Poller([announcer.announce, build_lapse_notifier(office, reviews).look, teller.look])


def _build_signs(office: SlackServices) -> "ThreadStatus":
    from askpcc.slack.app import build_client
    from askpcc.slack.worker import ThreadStatus, loading_lines

    ledger, library = office.ledger, office.library
    return ThreadStatus(
        client=build_client(office.token, office.settings.slack.api_url, patient=False),
        lines=lambda: loading_lines(library.count_passages(), library.freshness().documents),
        is_open=lambda inquiry: ledger.inquiry(inquiry.id).state in _OPEN,
        give_way=office.traffic.wait,
    )


def _build_line(office: SlackServices, app: "App", http: Address | None) -> "Transport":
    settings = office.settings
    if http is None:
        if settings.slack.app_token is None:
            raise SettingsError("SLACK_APP_TOKEN is not set. Put it into .env, and run: askpcc doctor")
        from askpcc.slack.socket import SocketModeTransport

        return SocketModeTransport(app, settings.slack.app_token, office.traffic)
    if settings.slack.signing_secret is None:
        raise SettingsError("SLACK_SIGNING_SECRET is not set. Put it into .env, and run: askpcc doctor")
    from askpcc.server import HttpServer
    from askpcc.slack.app import build_asgi
    from askpcc.slack.socket import HttpTransport

    asgi = build_asgi(app, settings.slack.signing_secret)
    return HttpTransport(HttpServer(office.traffic.count(asgi), *http))


def _build_health(
    office: SlackServices, workers: "Workers", line: "Transport"
) -> AbstractContextManager[object]:
    port = office.settings.slack.health_port
    if port is None:
        return nullcontext()
    from askpcc.server import HttpServer
    from askpcc.slack.monitoring import Probes, build_health_asgi

    signs = Probes(
        connected=line.is_open,
        index_version=office.catalogue.index_version,
        waiting=office.ledger.waiting,
        workers_alive=workers.alive,
        workers=workers.count,
    )
    return HttpServer(build_health_asgi(signs, office.metrics), "127.0.0.1", port)


def _warm_up(office: SlackServices) -> None:
    """Load the embedding model and the index before the first person waits for them."""
    try:
        office.answerer.answer("Which recommendations are complete?")
    except IndexFailure:
        # Without an index there is nothing to load; questions are told so, and admins can build one.
        return
