"""A header that names people is believed of the proxy alone."""

from collections.abc import Iterator
from ipaddress import ip_network
from pathlib import Path

import pytest
from starlette.responses import PlainTextResponse, Response

from askpcc.web.frame import Page, PageRequest
from askpcc.web.sessions import Address, Role, RoleTable
from askpcc.web.sign_in import ProxyHeader
from support.web_house import House, enter_by, open_house, token_in
from support.whole_flow import WholeFlow

pytest_plugins = ("support.web_fixtures",)

HEADER = "X-Forwarded-User"
PROXY = "10.0.0.5"
PAGES = "https://pages.example"


@pytest.fixture
def house(shelf: WholeFlow, tmp_path: Path) -> Iterator[House]:
    """Return the pages behind a proxy, of which otto is a reviewer."""

    def show(request: PageRequest) -> Response:
        return PlainTextResponse(f"for reviewers such as {request.user.person.name}")

    proxies = (ip_network(PROXY), ip_network("fd00::/64"))
    auth = enter_by(
        lambda parts: ProxyHeader(HEADER, proxies, parts.sessions),
        RoleTable(reviewers=frozenset({"otto"})),
        Address(PAGES, frozenset({"pages.example"})),
        "proxy",
    )
    with open_house(shelf, tmp_path, auth, [Page("/review", show, role=Role.REVIEWER)]) as house:
        yield house


def test_whom_the_proxy_names_comes_in(house: House) -> None:
    for address in [PROXY, "fd00::7", "::ffff:10.0.0.5"]:
        answer = house.client(address, PAGES).get("/", headers={HEADER: "perpetua@opcc.example"})
        assert answer.status_code == 200
        assert "perpetua@opcc.example" in answer.text
        assert "Sign out" not in answer.text


def test_nobody_else_may_say_who_somebody_is(house: House) -> None:
    for address in ["10.0.0.6", "127.0.0.1", "::1", "fd01::1", "unknown"]:
        answer = house.client(address, PAGES).get("/", headers={HEADER: "otto"})
        assert answer.status_code == 403
        assert "through the proxy" in answer.text


def test_an_address_that_a_header_claims_counts_for_nothing(house: House) -> None:
    headers = {HEADER: "otto", "X-Forwarded-For": PROXY, "Forwarded": f"for={PROXY}", "X-Real-IP": PROXY}
    assert house.client("10.0.0.6", PAGES).get("/", headers=headers).status_code == 403


def test_a_header_that_does_not_name_one_person_names_none(house: House) -> None:
    for written in [
        [],
        [""],
        [" "],
        ["otto", "perpetua"],
        ["otto,perpetua"],
        ["otto, otto"],
        ["x" * 201],
        ["a\tb"],
    ]:
        headers = [(HEADER, one) for one in written]
        assert house.client(PROXY, PAGES).get("/", headers=headers).status_code == 403


def test_a_header_of_another_name_names_nobody(house: House) -> None:
    for other in ["X_Forwarded_User", "X-Forwarded-Username", "Remote-User"]:
        assert house.client(PROXY, PAGES).get("/", headers={other: "otto"}).status_code == 403


def test_a_session_of_one_person_is_nothing_to_another(house: House) -> None:
    client = house.client(PROXY, PAGES)
    token = token_in(client.get("/", headers={HEADER: "otto"}).text)
    headers = {HEADER: "perpetua", "Origin": PAGES}
    assert client.get("/review", headers={HEADER: "otto"}).status_code == 200
    assert client.get("/review", headers=headers).status_code == 403
    assert client.post("/ask", data={"csrf": token, "question": "Who?"}, headers=headers).status_code == 403


def test_a_session_without_the_header_is_none(house: House) -> None:
    client = house.client(PROXY, PAGES)
    assert client.get("/", headers={HEADER: "otto"}).status_code == 200
    assert client.get("/").status_code == 403
