"""Runs the bot until it is told to end."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from threading import Event
from time import time
from typing import TYPE_CHECKING

from askpcc.app.slack.listening import build_listeners
from askpcc.app.slack.office import Office, open_office
from askpcc.app.slack.reviewing import (
    build_lapse_teller,
    build_review_desk,
    build_review_listeners,
    build_verdict_teller,
)
from askpcc.app.slack.work import build_workers
from askpcc.errors import IndexFailure, SettingsError
from askpcc.model import InquiryState
from askpcc.settings import Settings

if TYPE_CHECKING:
    from slack_bolt import App

    from askpcc.inquiries.workers import Workers
    from askpcc.surfaces.slack.bot import Line
    from askpcc.surfaces.slack.review_desk import ReviewDesk
    from askpcc.surfaces.slack.signs_of_life import SignsOfLife
    from askpcc.surfaces.slack.watching import Watch

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
    from askpcc.surfaces.slack.bolt import build_bolt
    from askpcc.surfaces.slack.bot import Bot

    with open_office(settings) as office:
        signs = _build_signs(office)
        workers = build_workers(office, signs)
        reviews = build_review_desk(office)
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


def _build_watch(office: Office, reviews: "ReviewDesk") -> "Watch":
    from askpcc.surfaces.slack.announcing import Announcer
    from askpcc.surfaces.slack.watching import Watch

    announcer = Announcer(
        catalogue=office.catalogue,
        journal=office.ledger,
        postbox=office.postbox,
        channel=office.settings.slack.digest_channel,
    )
    teller = build_verdict_teller(office, reviews)
    teller.begin()
    return Watch([announcer.announce, build_lapse_teller(office, reviews).look, teller.look])


def _build_signs(office: Office) -> "SignsOfLife":
    from askpcc.surfaces.slack.answers.progress import loading_lines
    from askpcc.surfaces.slack.bolt import build_client
    from askpcc.surfaces.slack.signs_of_life import SignsOfLife

    ledger, library = office.ledger, office.library
    return SignsOfLife(
        client=build_client(office.token, office.settings.slack.api_url, patient=False),
        lines=lambda: loading_lines(library.count_passages(), library.freshness().documents),
        is_open=lambda inquiry: ledger.inquiry(inquiry.id).state in _OPEN,
        give_way=office.traffic.give_way,
    )


def _build_line(office: Office, app: "App", http: Address | None) -> "Line":
    settings = office.settings
    if http is None:
        if settings.slack.app_token is None:
            raise SettingsError("SLACK_APP_TOKEN is not set. Put it into .env, and run: askpcc doctor")
        from askpcc.surfaces.slack.socket_line import SocketLine

        return SocketLine(app, settings.slack.app_token, office.traffic)
    if settings.slack.signing_secret is None:
        raise SettingsError("SLACK_SIGNING_SECRET is not set. Put it into .env, and run: askpcc doctor")
    from askpcc.server import HttpServer
    from askpcc.surfaces.slack.bot import HttpLine
    from askpcc.surfaces.slack.http import build_asgi

    asgi = build_asgi(app, settings.slack.signing_secret, time)
    return HttpLine(HttpServer(office.traffic.count(asgi), *http))


def _build_health(office: Office, workers: "Workers", line: "Line") -> AbstractContextManager[object]:
    port = office.settings.slack.health_port
    if port is None:
        return nullcontext()
    from askpcc.server import HttpServer
    from askpcc.surfaces.slack.health import Signs, build_health_asgi

    signs = Signs(
        connected=line.is_open,
        index_version=office.catalogue.index_version,
        waiting=office.ledger.waiting,
        workers_alive=workers.alive,
        workers=workers.count,
    )
    return HttpServer(build_health_asgi(signs, office.metrics), "127.0.0.1", port)


def _warm_up(office: Office) -> None:
    """Load the embedding model and the index before the first person waits for them."""
    try:
        office.answerer.answer("Which recommendations are complete?")
    except IndexFailure:
        # Without an index there is nothing to load; questions are told so, and admins can build one.
        return
