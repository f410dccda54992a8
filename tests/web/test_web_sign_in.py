"""Sign in with Slack, against a provider of identities of the tests' own."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from time import time
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from starlette.testclient import TestClient

from askpcc.web.sessions import Address, RoleTable
from askpcc.web.sign_in import SlackSignIn
from support.web_house import SECRET, House, enter_by, open_house
from support.web_sign_in import TEAM, USER, Provider, make_key, open_provider
from support.whole_flow import WholeFlow

pytest_plugins = ("support.web_fixtures",)

PAGES = "https://pages.example"
ADDRESS = Address(PAGES, frozenset({"pages.example"}))


@dataclass
class Door:
    """The pages behind a provider."""

    house: House
    provider: Provider

    def browser(self) -> TestClient:
        """Return a browser."""
        return self.house.client(base=PAGES)

    def hear(self, **said: Any) -> None:  # noqa: ANN401 - what a provider may say
        """Let the provider say something wrong from now on, and nothing else."""
        self.provider.__dict__.update(
            replace(Provider(self.provider.base, self.provider.shown), **said).__dict__
        )

    def begin(self, browser: TestClient, then: str = "/") -> str:
        """Begin to sign in; return where Slack would send the browser back."""
        answer = browser.get("/sign-in", params={"then": then})
        sent = httpx.get(answer.headers["location"], verify=False)  # noqa: S501 - plain HTTP on loopback
        return str(sent.headers["location"])

    def sign_in(self, browser: TestClient, then: str = "/") -> httpx.Response:
        """Sign in."""
        return browser.get(self.begin(browser, then))  # type: ignore[return-value] # the client's own httpx

    def lets_in(self) -> bool:
        """Tell whether somebody who signs in now sees pages."""
        browser = self.browser()
        self.sign_in(browser)
        return browser.get("/").status_code == 200


@pytest.fixture(scope="module")
def loopback() -> Iterator[Provider]:
    with open_provider() as provider:
        yield provider


@pytest.fixture
def door(shelf: WholeFlow, tmp_path: Path, loopback: Provider) -> Iterator[Door]:
    loopback.__dict__.update(Provider(loopback.base, loopback.shown).__dict__)

    def build(parts: Any) -> SlackSignIn:  # noqa: ANN401 - what the house gives
        return SlackSignIn(loopback.app, PAGES, SECRET, parts.sessions, parts.cookies, parts.clock)

    auth = enter_by(build, RoleTable(reviewers=frozenset({USER})), ADDRESS, "slack")
    with open_house(shelf, tmp_path, auth) as house:
        yield Door(house, loopback)


def test_a_member_of_the_workspace_comes_in(door: Door) -> None:
    browser = door.browser()
    assert door.sign_in(browser).headers["location"] == "/"
    page = browser.get("/")
    assert page.status_code == 200
    assert "Perpetua Quill" in page.text


def test_without_a_session_the_page_offers_to_sign_in_and_to_come_back(door: Door) -> None:
    answer = door.browser().get("/register?force=Borsetshire")
    assert answer.status_code == 403
    assert 'href="/sign-in?then=%2Fregister%3Fforce%3DBorsetshire"' in answer.text


def test_slack_is_asked_with_state_nonce_and_team(door: Door) -> None:
    door.sign_in(door.browser())
    asked = door.provider.asked[-1]
    assert asked["response_type"] == "code"
    assert asked["scope"] == "openid profile"
    assert asked["team"] == TEAM
    assert asked["redirect_uri"] == f"{PAGES}/sign-in/return"
    assert len(asked["state"]) >= 32
    assert len(asked["nonce"]) >= 32
    assert asked["state"] != asked["nonce"]


def test_the_cookies_are_kept_to_this_host_and_encrypted_lines(door: Door) -> None:
    browser = door.browser()
    begun = browser.get("/sign-in").headers["set-cookie"]
    ended = door.sign_in(door.browser()).headers["set-cookie"]
    for cookie in (begun, ended):
        assert cookie.startswith("__Host-askpcc_")
        assert "Secure" in cookie
        assert "HttpOnly" in cookie
        assert "SameSite=lax" in cookie
        assert "Domain" not in cookie


OTHER_SITES = (
    *("//evil.example", "https://evil.example", "/\\evil.example", "/a\\b"),
    *("javascript:x", "/\n/evil.example", "", "/" + "x" * 600),
)


def test_nobody_is_sent_to_another_site(door: Door) -> None:
    for then in OTHER_SITES:
        assert door.sign_in(door.browser(), then).headers["location"] == "/"


def test_one_comes_back_to_the_page_that_was_wanted(door: Door) -> None:
    assert door.sign_in(door.browser(), "/register?force=x").headers["location"] == "/register?force=x"


FORGED: dict[str, dict[str, Any]] = {
    "issuer": {"iss": "https://elsewhere.example"},
    "no issuer": {"iss": None},
    "audience": {"aud": "999.999"},
    "several audiences": {"aud": ["123.456", "999.999"]},
    "no audience": {"aud": None},
    "expired": {"exp": int(time()) - 120},
    "no expiry": {"exp": None},
    "issued in the future": {"iat": int(time()) + 3_600},
    "not before": {"nbf": int(time()) + 3_600},
    "nonce": {"nonce": "another"},
    "no nonce": {"nonce": None},
    "team": {"https://slack.com/team_id": "T0OTHER"},
    "no team": {"https://slack.com/team_id": None},
    "list of teams": {"https://slack.com/team_id": [TEAM]},
    "no person": {"https://slack.com/user_id": None},
    "odd person": {"https://slack.com/user_id": "<script>"},
}


def test_a_forged_claim_lets_nobody_in(door: Door) -> None:
    for name, claims in FORGED.items():
        door.hear(forged=claims)
        assert not door.lets_in(), name
    door.hear()
    assert door.lets_in()


UNSIGNED: dict[str, dict[str, Any]] = {
    "an unknown key": {"header": {"kid": "two"}},
    "no key": {"header": {}},
    "no signature": {"algorithm": "none"},
    "a shared secret": {"algorithm": "HS256"},
    "a refusal": {"answer": {"ok": False, "error": "invalid_code"}},
    "no token": {"answer": {"ok": True}},
    "an odd token": {"answer": {"ok": True, "id_token": "a.b.c"}},
    "a failure": {"answer": {"ok": True}, "status": 500},
    "an odd answer": {"answer": ["ok"]},
}


def test_a_token_that_slack_did_not_sign_for_us_lets_nobody_in(door: Door) -> None:
    for name, said in {**UNSIGNED, "another key": {"key": make_key()}}.items():
        door.hear(**said)
        assert not door.lets_in(), name
    door.hear()
    assert door.lets_in()


NO_KEYS: dict[str, Any] = {
    "no object": ["keys"],
    "no list": {"keys": 1},
    "none": {"keys": []},
    "no key": {"keys": [1]},
    "a key of another kind": {"keys": [{"kty": "RSA", "kid": "one", "n": 1, "e": 1}]},
}


def test_without_keys_that_can_be_read_nobody_is_let_in_until_there_are(door: Door) -> None:
    for name, keys in NO_KEYS.items():
        door.hear(keys=keys)
        assert not door.lets_in(), name
    door.hear()
    assert door.lets_in()


def test_a_failed_sign_in_says_so_and_can_be_tried_again(door: Door) -> None:
    door.provider.forged = {"nonce": "another"}
    browser = door.browser()
    failed = browser.get(door.sign_in(browser).headers["location"])
    assert failed.status_code == 403
    assert "Slack did not confirm who you are" in failed.text
    door.provider.forged = {}
    door.sign_in(browser)
    assert browser.get("/").status_code == 200


def test_what_comes_back_must_have_begun_in_the_same_browser(door: Door) -> None:
    back = door.begin(door.browser())
    victim = door.browser()
    victim.get(back)
    assert victim.get("/").status_code == 403
    door.begin(victim)
    victim.get(back)
    assert victim.get("/").status_code == 403


def test_a_changed_state_is_refused(door: Door) -> None:
    browser = door.browser()
    browser.get(door.begin(browser) + "x")
    assert browser.get("/").status_code == 403


def test_what_comes_back_counts_once(door: Door) -> None:
    browser = door.browser()
    back = door.begin(browser)
    browser.get(back)
    other = door.browser()
    other.cookies.update({name: value for name, value in browser.cookies.items() if "sign_in" in name})
    other.get(back)
    assert other.get("/").status_code == 403


def test_a_sign_in_may_take_ten_minutes(door: Door) -> None:
    browser = door.browser()
    back = door.begin(browser)
    door.house.clock.advance(timedelta(minutes=10, seconds=1))
    browser.get(back)
    assert browser.get("/").status_code == 403


def test_somebody_who_says_no_is_not_let_in(door: Door) -> None:
    browser = door.browser()
    state = parse_qs(urlsplit(door.begin(browser)).query)["state"][0]
    browser.get("/sign-in/return", params={"error": "access_denied", "state": state})
    assert browser.get("/").status_code == 403


def test_the_keys_are_fetched_once_for_many(door: Door) -> None:
    assert all(door.lets_in() for _ in range(3))
    assert door.provider.keys_fetched == 1


def test_a_key_that_is_not_known_does_not_have_them_fetched_each_time(door: Door) -> None:
    door.provider.header = {"kid": "two"}
    assert not any(door.lets_in() for _ in range(3))
    assert door.provider.keys_fetched == 1
