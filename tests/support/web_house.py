"""The pages on a real index and a real ledger, with a clock that tests move."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from re import search

from starlette.applications import Starlette
from starlette.testclient import TestClient

from askpcc.adapters.ledger import SqlLedger, open_ledger
from askpcc.inquiries.responding import Respondent
from askpcc.language.forces import load_forces
from askpcc.library import Library
from askpcc.model import Limits
from askpcc.reviewing.reuse import ApprovedAnswers
from askpcc.reviewing.ruling import Reviewer
from askpcc.reviewing.scrutinising import Scrutineer
from askpcc.surfaces.web.access import Person, Role, RoleTable
from askpcc.surfaces.web.app import Entrance, build_asgi
from askpcc.surfaces.web.cookies import Cookies
from askpcc.surfaces.web.desk import Desk
from askpcc.surfaces.web.late_answers import LateAnswers
from askpcc.surfaces.web.pages.asking import AskingPages
from askpcc.surfaces.web.pages.changes import ChangePages
from askpcc.surfaces.web.pages.documents import DocumentPages
from askpcc.surfaces.web.pages.opinions import OpinionPages
from askpcc.surfaces.web.pages.register import RegisterPages
from askpcc.surfaces.web.pages.review import ReviewPages
from askpcc.surfaces.web.pages.review_cases import CaseReader
from askpcc.surfaces.web.pages.sources import SourcePages
from askpcc.surfaces.web.security import Address
from askpcc.surfaces.web.sessions import Sessions
from askpcc.surfaces.web.visits import Page
from askpcc.surfaces.web.ways import Way
from askpcc.surfaces.web.ways.one_time_link import OneTimeLink
from support.whole_flow import WholeFlow

ORIGIN = "http://127.0.0.1:8000"
SECRET = "a secret of the tests, which is long enough"  # noqa: S105 - it guards nothing
QUILL = Person("local", "quill", "Perpetua Quill")
EVERYTHING = RoleTable(of_all=frozenset(Role))
PATIENCE = 60.0
"""Seconds; an answer on a small index takes far less, and a page that is asked meanwhile looks again."""


@dataclass
class Clock:
    """Tells a time that tests move."""

    time: datetime = datetime(2026, 5, 3, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        """Return the time."""
        return self.time

    def advance(self, stretch: timedelta) -> None:
        """Let time pass."""
        self.time += stretch


@dataclass(frozen=True, slots=True)
class Lobby:
    """What ways in are built with."""

    clock: Clock
    address: Address
    sessions: Sessions
    cookies: Cookies


Build = Callable[[Lobby], Way]


def link_for(person: Person = QUILL) -> Build:
    """Return what builds a one-time link."""
    return lambda lobby: OneTimeLink(person, lobby.sessions, lobby.cookies, lobby.clock)


def enter_by(
    build: Build, roles: RoleTable = EVERYTHING, address: Address | None = None, name: str = "link"
) -> tuple[Entrance, Clock]:
    """Build an entrance and the clock that it goes by."""
    clock, address = Clock(), address or Address()
    cookies = Cookies(address)
    sessions = Sessions(SECRET, name, clock)
    way = build(Lobby(clock, address, sessions, cookies))
    return Entrance(way, sessions, cookies, roles, address), clock


@dataclass
class House:
    """The pages, open."""

    flow: WholeFlow
    ledger: SqlLedger
    desk: Desk
    library: Library
    entrance: Entrance
    clock: Clock
    app: Starlette

    def client(self, address: str = "127.0.0.1", base: str = ORIGIN) -> TestClient:
        """Return a browser without a session."""
        return TestClient(self.app, base_url=base, client=(address, 50_000), follow_redirects=False)

    def link(self) -> str:
        """Return the one-time link."""
        assert isinstance(self.entrance.way, OneTimeLink)
        return self.entrance.way.link(ORIGIN)

    def visitor(self, person: Person = QUILL) -> TestClient:
        """Return a browser of somebody who has come in."""
        client = self.client()
        client.cookies.set(
            "askpcc_session", self.entrance.sessions.write(self.entrance.sessions.begin(person))
        )
        return client


@contextmanager
def open_house(
    flow: WholeFlow,
    folder: Path,
    entrance: tuple[Entrance, Clock] | None = None,
    pages: Sequence[Page] = (),
    limits: Limits | None = None,
) -> Iterator[House]:
    """Open the pages.  folder: for the ledger.  pages: further ones."""
    door, clock = entrance or enter_by(link_for())
    ledger = open_ledger(f"sqlite:///{folder / 'ledger.sqlite'}", clock)
    numbers = count(1)

    def new_id() -> str:
        return f"{next(numbers):010x}"

    answers = LateAnswers(flow.open_answerer)
    with flow.open_catalogue() as catalogue:
        approved = ApprovedAnswers(answers, ledger, catalogue, clock)
        desk = Desk(
            ledger=ledger,
            respondent=Respondent(approved, ledger, clock, new_id),
            answered=Scrutineer(ledger, clock).answered,
            limits=limits or Limits(),
            now=clock,
            new_id=new_id,
            seconds_to_wait=PATIENCE,
        )
        library = Library(catalogue, load_forces())
        shown = [
            *AskingPages(desk, ledger, ledger, library, answers.is_ready).pages(),
            *OpinionPages(ledger, ledger, Scrutineer(ledger, clock), clock, new_id).pages(),
            *ReviewPages(
                CaseReader(ledger, ledger, library, answers),
                Reviewer(ledger, ledger, catalogue, answers, clock, new_id),
                ledger,
                clock,
            ).pages(),
            *SourcePages(library).pages(),
            *RegisterPages(library).pages(),
            *DocumentPages(library).pages(),
            *ChangePages(library).pages(),
            *pages,
        ]
        try:
            yield House(flow, ledger, desk, library, door, clock, build_asgi(door, shown))
        finally:
            desk.close()
            answers.close()
            ledger.close()


def token_in(page: str) -> str:
    """Return the token that the forms of a page carry."""
    found = search(r'name="csrf" value="([^"]+)"', page)
    assert found, page
    return found[1]


def ask(client: TestClient, question: str, conversation: str = "") -> str:
    """Ask in a browser; return the path of the conversation."""
    page = client.get("/").text
    form = {"csrf": token_in(page), "question": question, "conversation": conversation}
    answer = client.post("/ask", data=form, headers={"Origin": ORIGIN})
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"]).partition("#")[0]
