"""Requests that pages must not fall for: forged forms, other hosts, paths outside of the corpus, bulk."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping
from http.client import HTTPConnection
from pathlib import Path

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import Message, Receive

from askpcc.server import HttpServer
from askpcc.web.app import LARGEST_BODY, PageAccess
from askpcc.web.frame import Frame, Page, PageRequest
from askpcc.web.sessions import Person, Role, RoleTable
from support.web_house import ORIGIN, QUILL, House, enter_by, link_for, open_house, token_in
from support.whole_flow import WholeFlow

pytest_plugins = ("support.web_fixtures",)

QUESTION = "Has Borsetshire Police repaired the heating of its cells?"
REVIEWER = Person("local", "teal", "Otto Teal")
ASKER = Person("local", "asker", "An Asker")


def send(house: House, form: Mapping[str, str], headers: Mapping[str, str]) -> Response:
    client = house.signed_in()
    token = token_in(client.get("/").text)
    filled = {name: value.replace("TOKEN", token) for name, value in form.items()}
    return client.post("/ask", data=filled, headers=dict(headers))  # type: ignore[return-value] # httpx's own


FORM = {"csrf": "TOKEN", "question": QUESTION}


def test_a_form_of_our_page_is_taken(house: House) -> None:
    assert send(house, FORM, {"Origin": ORIGIN}).status_code == 303


FORGED_FORMS = [
    ({"question": QUESTION}, {"Origin": ORIGIN}),
    ({"csrf": "", "question": QUESTION}, {"Origin": ORIGIN}),
    ({"csrf": "TOKENx", "question": QUESTION}, {"Origin": ORIGIN}),
    ({"csrf": "\N{SNOWMAN}", "question": QUESTION}, {"Origin": ORIGIN}),
    (FORM, {"Origin": "https://elsewhere.example"}),
    (FORM, {"Origin": "null"}),
    (FORM, {"Origin": "http://127.0.0.1:9000"}),
    (FORM, {"Origin": "https://127.0.0.1:8000"}),
    (FORM, {"Sec-Fetch-Site": "cross-site"}),
    (FORM, {"Sec-Fetch-Site": "same-site"}),
    (FORM, {"Content-Type": "text/plain"}),
]


def test_a_forged_form_is_refused_and_asks_nothing(house: House) -> None:
    for form, headers in FORGED_FORMS:
        assert send(house, form, headers).status_code == 403
        assert house.ledger.recent(QUILL.team, QUILL.id, 5) == []


def test_the_token_of_another_session_is_refused(house: House) -> None:
    token = token_in(house.signed_in().get("/").text)
    answer = house.signed_in().post(
        "/ask", data={"csrf": token, "question": QUESTION}, headers={"Origin": ORIGIN}
    )
    assert answer.status_code == 403


def test_other_methods_change_nothing(house: House) -> None:
    for method in ["PUT", "PATCH", "DELETE", "OPTIONS"]:
        assert house.signed_in().request(method, "/ask").status_code in {403, 404}


def test_a_request_for_another_host_is_refused(house: House) -> None:
    for host in ["elsewhere.example", "127.0.0.1.elsewhere.example", "", "[", "127.0.0.1@x"]:
        answer = house.signed_in().get("/", headers={"Host": host})
        assert answer.status_code == 400
        assert "Content-Security-Policy" in answer.headers


def test_loopback_has_several_names(house: House) -> None:
    for host in ["127.0.0.1:8000", "localhost:1234", "[::1]:8000"]:
        assert house.signed_in().get("/", headers={"Host": host}).status_code == 200


OUTSIDE = [
    "../catalogue.sqlite",
    "%2e%2e/%2e%2e/etc/passwd",
    "..%2f..%2fetc%2fpasswd",
    "/etc/passwd",
    "borsetshire-custody-2024.md%00.txt",
    "BORSETSHIRE-CUSTODY-2024.MD",
    "./borsetshire-custody-2024.md",
    "sources.csv",
    "..%2fapp.py",
    "..\\app.py",
    "%ff%fe",
]


@pytest.fixture(scope="module")
def served(shelf: WholeFlow, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[House, int]]:
    """Return pages that a real server serves, and its port: clients tidy up paths before they send them."""
    with (
        open_house(shelf, tmp_path_factory.mktemp("served")) as house,
        HttpServer(house.app, "127.0.0.1", 0) as server,
    ):
        yield house, server.port


def test_what_the_catalogue_does_not_hold_is_not_found(served: tuple[House, int]) -> None:
    house, port = served
    for path in OUTSIDE:
        for page in ["source", "documents", "static"]:
            line = HTTPConnection("127.0.0.1", port, timeout=30)
            cookie = house.signed_in().cookies["askpcc_session"]
            line.request("GET", f"/{page}/{path}", headers={"Cookie": f"askpcc_session={cookie}"})
            answer = line.getresponse()
            assert answer.status == 404
            assert b"root:" not in answer.read()
            line.close()


def test_a_request_with_two_hosts_is_refused(served: tuple[House, int]) -> None:
    line = HTTPConnection("127.0.0.1", served[1], timeout=30)
    line.putrequest("GET", "/", skip_host=True)
    line.putheader("Host", ORIGIN.partition("//")[2])
    line.putheader("Host", "elsewhere.example")
    line.endheaders()
    assert line.getresponse().status == 400
    line.close()


def test_what_the_catalogue_holds_is_served(served: tuple[House, int]) -> None:
    assert served[0].signed_in().get("/source/borsetshire-custody-2024.md").status_code == 200


def test_a_version_or_place_that_is_not_held_is_not_found(house: House) -> None:
    for query in [
        "version=..%2F..",
        "version=0000000000000000",
        "at=9:1",
        "at=0:99999999",
        "at=-1:2",
        "at=1",
        "at=a:b",
    ]:
        assert house.signed_in().get(f"/source/borsetshire-custody-2024.md?{query}").status_code == 404


def test_a_body_that_is_too_large_is_not_read(house: House) -> None:
    body = b"question=" + b"x" * LARGEST_BODY
    for content in (body, iter([body])):
        answer = house.signed_in().post(
            "/ask", content=content, headers={"Content-Type": "application/x-www-form-urlencoded"}
        )
        assert answer.status_code == 413


async def break_off() -> Message:
    return {"type": "http.disconnect"}


async def send_nothing() -> Message:
    await asyncio.Event().wait()
    raise AssertionError


async def post_to(endpoint: Callable[[Request], Awaitable[Response]], receive: Receive) -> Response:
    return await endpoint(Request({"type": "http", "method": "POST", "path": "/ask", "headers": []}, receive))


def test_a_body_that_does_not_come_whole_is_not_waited_for(house: House) -> None:
    checks = PageAccess(house.auth, Frame([], can_sign_out=True), seconds_for_a_body=0.01)
    endpoint = checks.serve(Page("/ask", lambda _: PlainTextResponse("served"), methods=("POST",)))
    for receive in (break_off, send_nothing):
        assert asyncio.run(post_to(endpoint, receive)).status_code == 408


def test_a_form_of_very_many_fields_is_refused(house: House) -> None:
    client = house.signed_in()
    fields = "&".join(f"f{n}=1" for n in range(1_000))
    body = f"csrf={token_in(client.get('/').text)}&{fields}"
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    assert client.post("/ask", content=body, headers=headers).status_code == 403


def test_every_response_has_the_headers(house: House) -> None:
    for path in ["/", "/nothing", "/register.csv", "/static/pages.css"]:
        headers = house.signed_in().get(path).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        cached = headers["Cache-Control"]
        assert ("immutable" in cached) if path.startswith("/static") else cached == "no-store"


@pytest.fixture
def roles(shelf: WholeFlow, tmp_path: Path) -> Iterator[House]:
    """Return the pages with one for reviewers, which they have in their menu."""

    def show(request: PageRequest) -> Response:
        return PlainTextResponse(f"for {request.user.person.name}")

    page = Page("/staff", show, role=Role.REVIEWER, nav="Review")
    table = RoleTable(reviewers=frozenset({REVIEWER.id}))
    with open_house(shelf, tmp_path, enter_by(link_for(), table), [page]) as house:
        yield house


def test_a_page_is_for_those_who_have_its_role(roles: House) -> None:
    assert roles.signed_in(REVIEWER).get("/staff").text == "for Otto Teal"
    answer = roles.signed_in(ASKER).get("/staff")
    assert answer.status_code == 403
    assert "This page is for reviewers" in answer.text


def test_the_menu_names_pages_of_ones_own_roles(roles: House) -> None:
    assert 'href="/staff"' in roles.signed_in(REVIEWER).get("/").text
    assert 'href="/staff"' not in roles.signed_in(ASKER).get("/").text


def test_a_role_that_is_taken_away_is_gone_at_once(shelf: WholeFlow, tmp_path: Path) -> None:
    with open_house(shelf, tmp_path, enter_by(link_for(), RoleTable(admins=frozenset({"quill"})))) as house:
        assert not house.auth.roles.assign(REVIEWER).may(Role.REVIEWER)
        assert house.auth.roles.assign(QUILL).may(Role.ADMIN)
