"""Runs the pages until they are told to end."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from secrets import token_hex
from threading import Event
from typing import TYPE_CHECKING

from askpcc.app.asking import open_answerer, open_catalogue
from askpcc.app.web.entering import build_entrance
from askpcc.settings import Settings, WebSettings

if TYPE_CHECKING:
    from starlette.types import ASGIApp

    from askpcc.adapters.catalogue import SqlCatalogue
    from askpcc.adapters.ledger import SqlLedger
    from askpcc.inquiries.responding import Answers
    from askpcc.library import Library
    from askpcc.surfaces.web.app import Entrance
    from askpcc.surfaces.web.desk import Desk
    from askpcc.surfaces.web.late_answers import LateAnswers
    from askpcc.surfaces.web.pages.review import ReviewPages
    from askpcc.surfaces.web.visits import Page

_REFERENCE_BYTES = 5
_WAITING = 500


def run_web(settings: Settings, host: str, port: int, until: Event, tell: Callable[[str], None]) -> None:
    """Serve the pages until an event is set.  tell: is told the address, which on loopback works once.

    Raises SettingsError for an address that other machines reach without a way to sign in, and LedgerError.
    """
    from askpcc.server import HttpServer
    from askpcc.surfaces.web.ways.one_time_link import OneTimeLink

    entrance = build_entrance(settings.web, host)
    with open_pages(settings, entrance) as asgi, HttpServer(asgi, host, port) as server:
        base = settings.web.url or _write_origin(host, server.port)
        way = entrance.way
        tell(way.link(base) if isinstance(way, OneTimeLink) else base)
        until.wait()


@contextmanager
def open_pages(settings: Settings, entrance: "Entrance") -> Iterator["ASGIApp"]:
    """Wire all pages on the index and the ledger."""
    from askpcc.adapters.ledger import open_ledger
    from askpcc.reviewing.reuse import ApprovedAnswers
    from askpcc.surfaces.web.app import build_asgi
    from askpcc.surfaces.web.late_answers import LateAnswers

    answers = LateAnswers(lambda: open_answerer(settings))
    ledger = open_ledger(settings.ledger)
    try:
        with open_catalogue(settings) as catalogue:
            desk = _build_desk(settings.web, ledger, ApprovedAnswers(answers, ledger, catalogue, _now))
            try:
                yield build_asgi(entrance, _build_pages(desk, ledger, catalogue, answers))
            finally:
                desk.close()
    finally:
        answers.close()
        ledger.close()


def _build_desk(settings: WebSettings, ledger: "SqlLedger", answers: "Answers") -> "Desk":
    from askpcc.inquiries.responding import Respondent
    from askpcc.model import Limits
    from askpcc.reviewing.scrutinising import Scrutineer
    from askpcc.surfaces.web.desk import Desk

    return Desk(
        ledger=ledger,
        respondent=Respondent(answers, ledger, _now, _new_id),
        answered=Scrutineer(ledger, _now).answered,
        limits=Limits(_WAITING, settings.per_minute, settings.per_day),
        now=_now,
        new_id=_new_id,
    )


def _build_pages(
    desk: "Desk", ledger: "SqlLedger", catalogue: "SqlCatalogue", answers: "LateAnswers"
) -> "list[Page]":
    from askpcc.language.forces import load_forces
    from askpcc.library import Library
    from askpcc.reviewing.scrutinising import Scrutineer
    from askpcc.surfaces.web.pages.asking import AskingPages
    from askpcc.surfaces.web.pages.changes import ChangePages
    from askpcc.surfaces.web.pages.documents import DocumentPages
    from askpcc.surfaces.web.pages.opinions import OpinionPages
    from askpcc.surfaces.web.pages.register import RegisterPages
    from askpcc.surfaces.web.pages.sources import SourcePages

    library = Library(catalogue, load_forces())
    return [
        *AskingPages(desk, ledger, ledger, library, answers.is_ready).pages(),
        *OpinionPages(ledger, ledger, Scrutineer(ledger, _now), _now, _new_id).pages(),
        *_build_review(ledger, library, answers).pages(),
        *SourcePages(library).pages(),
        *RegisterPages(library).pages(),
        *DocumentPages(library).pages(),
        *ChangePages(library).pages(),
    ]


def _build_review(ledger: "SqlLedger", library: "Library", answers: "LateAnswers") -> "ReviewPages":
    from askpcc.reviewing.ruling import Reviewer
    from askpcc.surfaces.web.pages.review import ReviewPages
    from askpcc.surfaces.web.pages.review_cases import CaseReader

    cases = CaseReader(ledger, ledger, library, answers)
    reviewer = Reviewer(ledger, ledger, library.catalogue, answers, _now, _new_id)
    return ReviewPages(cases, reviewer, ledger, _now)


def _write_origin(host: str, port: int) -> str:
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _now() -> datetime:
    return datetime.now(UTC)


def _new_id() -> str:
    return token_hex(_REFERENCE_BYTES)
