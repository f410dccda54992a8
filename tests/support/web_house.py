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
from askpcc.inquiry_workers import AnswerRecorder
from askpcc.library import Library
from askpcc.model import Limits
from askpcc.review.approvals import ApprovedAnswers
from askpcc.review.verdicts import ReviewQueue, VerdictService
from askpcc.text.forces import load_forces
from askpcc.web.app import AuthSetup, build_asgi
from askpcc.web.ask_pages import AskingPages, OpinionPages
from askpcc.web.document_pages import DocumentPages, SourcePages
from askpcc.web.frame import Page
from askpcc.web.question_service import LazyAnswerer, QuestionService
from askpcc.web.register_pages import ChangePages, RegisterPages
from askpcc.web.review_cases import CaseReader
from askpcc.web.review_pages import ReviewPages
from askpcc.web.sessions import Address, Cookies, Person, Role, RoleTable, Sessions
from askpcc.web.sign_in import AuthMethod, OneTimeLink
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
class AuthParts:
    """What auth methods are built with."""

    clock: Clock
    address: Address
    sessions: Sessions
    cookies: Cookies


Build = Callable[[AuthParts], AuthMethod]


def link_for(person: Person = QUILL) -> Build:
    """Return what builds a one-time link."""
    return lambda parts: OneTimeLink(person, parts.sessions, parts.cookies, parts.clock)


def enter_by(
    build: Build, roles: RoleTable = EVERYTHING, address: Address | None = None, name: str = "link"
) -> tuple[AuthSetup, Clock]:
    """Build how people come in, and the clock that it goes by."""
    clock, address = Clock(), address or Address()
    cookies = Cookies(address)
    sessions = Sessions(SECRET, name, clock)
    method = build(AuthParts(clock, address, sessions, cookies))
    return AuthSetup(method, sessions, cookies, roles, address), clock


@dataclass
class House:
    """The pages, open."""

    flow: WholeFlow
    ledger: SqlLedger
    questions: QuestionService
    library: Library
    auth: AuthSetup
    clock: Clock
    app: Starlette

    def client(self, address: str = "127.0.0.1", base: str = ORIGIN) -> TestClient:
        """Return a browser without a session."""
        return TestClient(self.app, base_url=base, client=(address, 50_000), follow_redirects=False)

    def link(self) -> str:
        """Return the one-time link."""
        assert isinstance(self.auth.method, OneTimeLink)
        return self.auth.method.link(ORIGIN)

    def signed_in(self, person: Person = QUILL) -> TestClient:
        """Return a browser of somebody who is signed in."""
        client = self.client()
        client.cookies.set("askpcc_session", self.auth.sessions.write(self.auth.sessions.begin(person)))
        return client


@contextmanager
def open_house(
    flow: WholeFlow,
    folder: Path,
    auth: tuple[AuthSetup, Clock] | None = None,
    pages: Sequence[Page] = (),
    limits: Limits | None = None,
) -> Iterator[House]:
    """Open the pages.  folder: for the ledger.  pages: further ones."""
    setup, clock = auth or enter_by(link_for())
    ledger = open_ledger(f"sqlite:///{folder / 'ledger.sqlite'}", clock)
    numbers = count(1)

    def new_id() -> str:
        return f"{next(numbers):010x}"

    answers = LazyAnswerer(flow.open_answerer)
    with flow.open_catalogue() as catalogue:
        approved = ApprovedAnswers(answers, ledger, catalogue, clock)
        questions = QuestionService(
            ledger=ledger,
            recorder=AnswerRecorder(approved, ledger, clock, new_id),
            review_queue=ReviewQueue(ledger, clock),
            limits=limits or Limits(),
            now=clock,
            new_id=new_id,
            seconds_to_wait=PATIENCE,
        )
        library = Library(catalogue, load_forces())
        shown = [
            *AskingPages(questions, ledger, ledger, library, answers).pages(),
            *OpinionPages(ledger, ledger, ReviewQueue(ledger, clock), clock, new_id).pages(),
            *ReviewPages(
                CaseReader(ledger, ledger, library, answers),
                VerdictService(ledger, ledger, catalogue, answers, clock, new_id),
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
            yield House(flow, ledger, questions, library, setup, clock, build_asgi(setup, shown))
        finally:
            questions.close()
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
