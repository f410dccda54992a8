"""The settings of the pages, and which of them let people in."""

from ipaddress import ip_network
from typing import Any

import pytest

from askpcc.app.web import build_auth
from askpcc.errors import SettingsError
from askpcc.settings import WebSettings, read_settings
from askpcc.web.sessions import Person, Role

LONG = "x" * 32
PROXY = {
    "ASKPCC_WEB_URL": "https://pages.example",
    "ASKPCC_WEB_SECRET": LONG,
    "ASKPCC_WEB_USER_HEADER": "X-Forwarded-User",
    "ASKPCC_WEB_PROXY": "10.0.0.5",
}
SLACK = {
    "ASKPCC_WEB_URL": "https://pages.example",
    "ASKPCC_WEB_SECRET": LONG,
    "SLACK_CLIENT_ID": "123.456",
    "SLACK_CLIENT_SECRET": "secret",
    "ASKPCC_WEB_SLACK_TEAM": "T0LOOPBACK",
}
SOMEBODY = Person("local", "somebody", "Somebody")


def read(environ: dict[str, str]) -> WebSettings:
    return read_settings(environ).web


def test_every_setting_is_read() -> None:
    environ = {
        **PROXY,
        **SLACK,
        "ASKPCC_WEB_URL": "https://Pages.example:8443/",
        "ASKPCC_WEB_PROXY": "10.0.0.5, fd00::/64",
        "ASKPCC_WEB_SLACK_URL": "http://127.0.0.1:9000",
        "ASKPCC_WEB_REVIEWERS": "otto, U0TEAL",
        "ASKPCC_WEB_ADMINS": "perpetua@opcc.example",
        "ASKPCC_WEB_PER_MINUTE": "3",
        "ASKPCC_WEB_PER_DAY": "30",
    }
    assert read(environ) == WebSettings(
        url="https://pages.example:8443",
        secret=LONG,
        user_header="X-Forwarded-User",
        proxies=(ip_network("10.0.0.5"), ip_network("fd00::/64")),
        slack_client_id="123.456",
        slack_client_secret="secret",  # noqa: S106 - no secret of anybody
        slack_team="T0LOOPBACK",
        slack_url="http://127.0.0.1:9000/",
        reviewers=frozenset({"otto", "U0TEAL"}),
        admins=frozenset({"perpetua@opcc.example"}),
        per_minute=3,
        per_day=30,
    )


UNUSABLE = [
    ("ASKPCC_WEB_URL", "http://pages.example"),
    ("ASKPCC_WEB_URL", "https://pages.example/path"),
    ("ASKPCC_WEB_URL", "https://user@pages.example"),
    ("ASKPCC_WEB_URL", "pages.example"),
    ("ASKPCC_WEB_SECRET", "short"),
    ("ASKPCC_WEB_USER_HEADER", "X Forwarded"),
    ("ASKPCC_WEB_USER_HEADER", "X-User:"),
    ("ASKPCC_WEB_PROXY", "proxy.example"),
    ("ASKPCC_WEB_PROXY", "10.0.0.5/8"),
    ("ASKPCC_WEB_SLACK_TEAM", "loopback"),
    ("ASKPCC_WEB_SLACK_URL", "http://slack.example/"),
    ("ASKPCC_WEB_REVIEWERS", " , "),
    ("ASKPCC_WEB_PER_DAY", "0"),
]


def test_what_cannot_be_used_is_refused_by_name() -> None:
    for name, value in UNUSABLE:
        with pytest.raises(SettingsError, match=name):
            read({name: value})


def test_secrets_are_not_shown() -> None:
    assert LONG not in repr(read(SLACK))
    assert "secret'" not in repr(read(SLACK))
    with pytest.raises(SettingsError) as told:
        read({"ASKPCC_WEB_SECRET": "hunter2"})
    assert "hunter2" not in str(told.value)


def test_on_loopback_a_link_is_enough_and_its_person_may_do_all() -> None:
    for host in ["127.0.0.1", "localhost", "::1", "127.0.0.5"]:
        auth = build_auth(WebSettings(), host)
        assert auth.method.name == "link"
        assert auth.roles.assign(SOMEBODY).roles == set(Role)


def test_other_hosts_need_a_way_to_sign_in() -> None:
    for host in ["0.0.0.0", "::", "10.0.0.9", "pages.example"]:  # noqa: S104 - refused
        with pytest.raises(SettingsError, match="nobody could sign in"):
            build_auth(WebSettings(), host)


def test_an_address_that_others_use_needs_a_way_to_sign_in() -> None:
    with pytest.raises(SettingsError, match="nobody could sign in"):
        build_auth(WebSettings(url="https://pages.example"), "127.0.0.1")


def test_either_way_serves_any_host_and_gives_no_roles_by_itself() -> None:
    for settings, method in [(PROXY, "proxy"), (SLACK, "slack")]:
        for host in ["127.0.0.1", "0.0.0.0"]:  # noqa: S104 - with a way to sign in
            auth = build_auth(read(settings), host)
            assert auth.method.name == method
            assert auth.address.is_encrypted
            assert auth.address.hosts == {"pages.example"}
            assert auth.roles.assign(SOMEBODY).roles == {Role.ASKER}


SET_BY_HALF = [
    *((PROXY, name) for name in ("ASKPCC_WEB_URL", "ASKPCC_WEB_SECRET", "ASKPCC_WEB_PROXY")),
    *((SLACK, name) for name in ("ASKPCC_WEB_URL", "ASKPCC_WEB_SECRET")),
    *((SLACK, name) for name in ("SLACK_CLIENT_SECRET", "ASKPCC_WEB_SLACK_TEAM")),
]


def test_a_way_that_is_set_by_half_is_refused() -> None:
    for settings, missing in SET_BY_HALF:
        rest: dict[str, Any] = {name: value for name, value in settings.items() if name != missing}
        with pytest.raises(SettingsError, match=missing):
            build_auth(read(rest), "0.0.0.0")  # noqa: S104 - refused


def test_two_ways_at_once_are_refused() -> None:
    with pytest.raises(SettingsError, match="come in one way"):
        build_auth(read({**PROXY, **SLACK}), "127.0.0.1")


def test_roles_are_those_of_the_settings() -> None:
    auth = build_auth(read({**PROXY, "ASKPCC_WEB_REVIEWERS": "somebody"}), "127.0.0.1")
    assert auth.roles.assign(SOMEBODY).may(Role.REVIEWER)
    assert not auth.roles.assign(Person("proxy", "else", "else")).may(Role.REVIEWER)
