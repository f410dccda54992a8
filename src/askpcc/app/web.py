"""Wires the pages."""

import getpass
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from ipaddress import ip_address
from secrets import token_urlsafe
from threading import Event
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from askpcc.app.flows import build_corrector, open_answerer, open_catalogue
from askpcc.app.watch import USUAL, WatchOptions, build_schedule
from askpcc.errors import SettingsError, new_reference
from askpcc.settings import Settings, WebSettings

if TYPE_CHECKING:
    from starlette.types import ASGIApp

    from askpcc.adapters.catalogue import SqlCatalogue
    from askpcc.adapters.ledger import SqlLedger
    from askpcc.inquiry_workers import Answers
    from askpcc.library import Library
    from askpcc.web.app import AuthSetup
    from askpcc.web.frame import Page
    from askpcc.web.question_service import LazyAnswerer, QuestionService
    from askpcc.web.review_pages import ReviewPages
    from askpcc.web.sessions import (
        Address,
        Cookies,
        Person,
        RoleTable,
        Sessions,
    )
    from askpcc.web.sign_in import AuthMethod


def build_auth(settings: WebSettings, host: str) -> "AuthSetup":
    """Wire how people come in; raises SettingsError where others could without signing in."""
    from askpcc.web.app import AuthSetup
    from askpcc.web.sessions import Cookies, Sessions

    name = _choose_method(settings, host)
    address = _build_address(settings, host)
    sessions = Sessions(settings.secret or token_urlsafe(32), name, _now)
    cookies = Cookies(address)
    method = _METHODS[name](settings, sessions, cookies)
    return AuthSetup(method, sessions, cookies, _build_roles(settings, name), address)


def _choose_method(settings: WebSettings, host: str) -> str:
    if settings.user_header and settings.slack_client_id:
        raise SettingsError(
            "ASKPCC_WEB_USER_HEADER and SLACK_CLIENT_ID are both set. Leave one out: people come in one way."
        )
    if settings.user_header:
        _require("ASKPCC_WEB_USER_HEADER", settings, ASKPCC_WEB_PROXY=settings.proxies)
        return "proxy"
    if settings.slack_client_id:
        _require(
            "SLACK_CLIENT_ID",
            settings,
            SLACK_CLIENT_SECRET=settings.slack_client_secret,
            ASKPCC_WEB_SLACK_TEAM=settings.slack_team,
        )
        return "slack"
    if not _is_loopback(host) or settings.url:
        raise SettingsError(
            f"Other machines can reach {settings.url or host}, and nobody could sign in. Set SLACK_CLIENT_ID "
            "or ASKPCC_WEB_USER_HEADER, or serve 127.0.0.1 without ASKPCC_WEB_URL."
        )
    return "link"


def _require(because: str, settings: WebSettings, **needed: object) -> None:
    common = {"ASKPCC_WEB_URL": settings.url, "ASKPCC_WEB_SECRET": settings.secret}
    missing = [name for name, value in {**needed, **common}.items() if not value]
    if missing:
        raise SettingsError(f"{because} is set, and {' and '.join(missing)} not. Set that, or leave it out.")


def _build_address(settings: WebSettings, host: str) -> "Address":
    from askpcc.web.sessions import LOOPBACK_HOSTS, Address

    if settings.url:
        return Address(settings.url, frozenset({str(urlsplit(settings.url).hostname)}))
    return Address(hosts=LOOPBACK_HOSTS | {host})


def _build_roles(settings: WebSettings, method: str) -> "RoleTable":
    from askpcc.web.sessions import Role, RoleTable

    if method == "link":
        return RoleTable(of_all=frozenset(Role))
    return RoleTable(settings.reviewers, settings.admins)


def _build_link(_: WebSettings, sessions: "Sessions", cookies: "Cookies") -> "AuthMethod":
    from askpcc.web.sign_in import OneTimeLink

    return OneTimeLink(_person_here(), sessions, cookies, _now)


def _build_proxy(settings: WebSettings, sessions: "Sessions", _: "Cookies") -> "AuthMethod":
    from askpcc.web.sign_in import ProxyHeader

    return ProxyHeader(str(settings.user_header), settings.proxies, sessions)


def _build_sign_in(settings: WebSettings, sessions: "Sessions", cookies: "Cookies") -> "AuthMethod":
    from askpcc.web.sign_in import SlackApp, SlackSignIn

    app = SlackApp(
        str(settings.slack_client_id),
        str(settings.slack_client_secret),
        str(settings.slack_team),
        settings.slack_url,
    )
    return SlackSignIn(app, str(settings.url), str(settings.secret), sessions, cookies, _now)


_METHODS = {"link": _build_link, "proxy": _build_proxy, "slack": _build_sign_in}


def _person_here() -> "Person":
    from askpcc.web.sessions import Person

    try:
        name = getpass.getuser()
    except (OSError, KeyError):
        name = "somebody at this machine"  # a user without a name, as in some containers
    return Person("local", name, name)


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _now() -> datetime:
    return datetime.now(UTC)


_WAITING = 500


def run_web(
    settings: Settings,
    host: str,
    port: int,
    until: Event,
    print_address: Callable[[str], None],
    watch: WatchOptions = USUAL,
) -> None:
    """Serve the pages until an event is set.  print_address: of an address that on loopback works once.

    watch: how new responses are looked for, where that is set.

    Raises SettingsError for an address that other machines reach without a way to sign in, and LedgerError.
    """
    from askpcc.server import HttpServer, wait_until_told
    from askpcc.web.sign_in import OneTimeLink

    auth = build_auth(settings.web, host)
    with open_pages(settings, auth) as asgi, HttpServer(asgi, host, port) as server:
        base = settings.web.url or _write_origin(host, server.port)
        method = auth.method
        print_address(method.link(base) if isinstance(method, OneTimeLink) else base)
        schedule = build_schedule(settings, watch, until)
        if schedule is not None:
            schedule.start(until)
        wait_until_told(until)


@contextmanager
def open_pages(settings: Settings, auth: "AuthSetup") -> Iterator["ASGIApp"]:
    """Wire all pages on the index and the ledger."""
    from askpcc.adapters.ledger import open_ledger
    from askpcc.review.approvals import ApprovedAnswers
    from askpcc.web.app import build_asgi
    from askpcc.web.question_service import LazyAnswerer

    answers = LazyAnswerer(lambda: open_answerer(settings))
    ledger = open_ledger(settings.ledger)
    try:
        with open_catalogue(settings) as catalogue:
            questions = _build_questions(
                settings.web, ledger, ApprovedAnswers(answers, ledger, catalogue, _now)
            )
            try:
                yield build_asgi(auth, _build_pages(settings, questions, ledger, catalogue, answers))
            finally:
                questions.close()
    finally:
        answers.close()
        ledger.close()


def _build_questions(settings: WebSettings, ledger: "SqlLedger", answers: "Answers") -> "QuestionService":
    from askpcc.inquiry_workers import AnswerRecorder
    from askpcc.model import Limits
    from askpcc.review.verdicts import ReviewQueue
    from askpcc.web.question_service import QuestionService

    return QuestionService(
        ledger=ledger,
        recorder=AnswerRecorder(answers, ledger, _now, new_reference),
        review_queue=ReviewQueue(ledger, _now),
        limits=Limits(_WAITING, settings.per_minute, settings.per_day),
        now=_now,
        new_id=new_reference,
    )


def _build_pages(
    settings: Settings,
    questions: "QuestionService",
    ledger: "SqlLedger",
    catalogue: "SqlCatalogue",
    answers: "LazyAnswerer",
) -> "list[Page]":
    from askpcc.library import Library
    from askpcc.review.verdicts import ReviewQueue
    from askpcc.text.forces import load_forces
    from askpcc.web.ask_pages import AskingPages, OpinionPages
    from askpcc.web.correction_pages import CorrectionPages
    from askpcc.web.document_pages import DocumentPages, SourcePages
    from askpcc.web.register_pages import ChangePages, RegisterPages

    library = Library(catalogue, load_forces())
    return [
        *AskingPages(questions, ledger, ledger, library, answers).pages(),
        *OpinionPages(ledger, ledger, ReviewQueue(ledger, _now), _now, new_reference).pages(),
        *_build_review(ledger, library, answers).pages(),
        *SourcePages(library).pages(),
        *RegisterPages(library).pages(),
        *DocumentPages(library).pages(),
        *CorrectionPages(library, build_corrector(settings), ledger, _now).pages(),
        *ChangePages(library).pages(),
    ]


def _build_review(ledger: "SqlLedger", library: "Library", answers: "LazyAnswerer") -> "ReviewPages":
    from askpcc.review.verdicts import VerdictService
    from askpcc.web.review_cases import CaseReader
    from askpcc.web.review_pages import ReviewPages

    cases = CaseReader(ledger, ledger, library, answers)
    verdicts = VerdictService(ledger, ledger, library.catalogue, answers, _now, new_reference)
    return ReviewPages(cases, verdicts, ledger, _now)


def _write_origin(host: str, port: int) -> str:
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
