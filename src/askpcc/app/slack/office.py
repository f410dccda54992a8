"""What all parts of the bot share: Slack, the ledger, the index, who may do what."""

import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from secrets import token_hex
from time import monotonic
from typing import TYPE_CHECKING

from askpcc.app.asking import open_answerer, open_catalogue
from askpcc.errors import SettingsError
from askpcc.settings import Settings

if TYPE_CHECKING:
    from slack_sdk import WebClient

    from askpcc.adapters.catalogue import SqlCatalogue
    from askpcc.adapters.ledger import SqlLedger
    from askpcc.asking.answering import Answerer
    from askpcc.library import Library
    from askpcc.surfaces.slack.gate import Gate
    from askpcc.surfaces.slack.metrics import Metrics
    from askpcc.surfaces.slack.posting import Postbox
    from askpcc.surfaces.slack.traffic import Traffic

_REFERENCE_BYTES = 5
"""An id has ten hexadecimal digits: short enough to be read out on the telephone."""


@dataclass(frozen=True, slots=True)
class Office:
    """The shared parts.  token: of the bot.  process: a name that no other process has."""

    settings: Settings
    token: str
    client: "WebClient"
    bot_user: str
    ledger: "SqlLedger"
    answerer: "Answerer"
    catalogue: "SqlCatalogue"
    library: "Library"
    gate: "Gate"
    postbox: "Postbox"
    metrics: "Metrics"
    traffic: "Traffic"
    process: str
    now: Callable[[], datetime]
    new_id: Callable[[], str]


@contextmanager
def open_office(settings: Settings) -> Iterator[Office]:
    """Open the shared parts; raises SettingsError, SlackError, LedgerError."""
    from askpcc.adapters.ledger import open_ledger
    from askpcc.language.forces import load_forces
    from askpcc.library import Library
    from askpcc.surfaces.slack.bolt import build_client, find_bot
    from askpcc.surfaces.slack.metrics import Metrics
    from askpcc.surfaces.slack.posting import Postbox
    from askpcc.surfaces.slack.traffic import Traffic

    token = settings.slack.bot_token
    if token is None:
        raise SettingsError("SLACK_BOT_TOKEN is not set. Put it into .env, and run: askpcc doctor")
    client = build_client(token, settings.slack.api_url)
    bot_user, team = find_bot(client)
    ledger = open_ledger(settings.ledger)
    metrics = Metrics(ledger.waiting)
    try:
        with open_answerer(settings) as answerer, open_catalogue(settings) as catalogue:
            yield Office(
                settings=settings,
                token=token,
                client=client,
                bot_user=bot_user,
                ledger=ledger,
                answerer=answerer,
                catalogue=catalogue,
                library=Library(catalogue, load_forces()),
                gate=_build_gate(settings, client, team, metrics),
                postbox=Postbox(client, metrics.posted),
                metrics=metrics,
                traffic=Traffic(),
                process=f"{socket.gethostname()}-{os.getpid()}-{token_hex(3)}",
                now=_now,
                new_id=_new_id,
            )
    finally:
        ledger.close()


def _build_gate(settings: Settings, client: "WebClient", team: str, metrics: "Metrics") -> "Gate":
    from askpcc.surfaces.slack.access import AccessRules
    from askpcc.surfaces.slack.directory import Directory
    from askpcc.surfaces.slack.gate import Gate

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
    return Gate(Directory(client, monotonic), rules, metrics.refused)


def _now() -> datetime:
    return datetime.now(UTC)


def _new_id() -> str:
    return token_hex(_REFERENCE_BYTES)
