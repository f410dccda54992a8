"""Wires how people come in."""

import getpass
from datetime import UTC, datetime
from ipaddress import ip_address
from secrets import token_urlsafe
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from askpcc.errors import SettingsError
from askpcc.settings import WebSettings

if TYPE_CHECKING:
    from askpcc.surfaces.web.access import Person, RoleTable
    from askpcc.surfaces.web.app import Entrance
    from askpcc.surfaces.web.cookies import Cookies
    from askpcc.surfaces.web.security import Address
    from askpcc.surfaces.web.sessions import Sessions
    from askpcc.surfaces.web.ways import Way


def build_entrance(settings: WebSettings, host: str) -> "Entrance":
    """Wire how people come in; raises SettingsError where others could without signing in."""
    from askpcc.surfaces.web.app import Entrance
    from askpcc.surfaces.web.cookies import Cookies
    from askpcc.surfaces.web.sessions import Sessions

    name = _choose_way(settings, host)
    address = _build_address(settings, host)
    sessions = Sessions(settings.secret or token_urlsafe(32), name, _now)
    cookies = Cookies(address)
    way = _WAYS[name](settings, sessions, cookies)
    return Entrance(way, sessions, cookies, _build_roles(settings, name), address)


def _choose_way(settings: WebSettings, host: str) -> str:
    if settings.user_header and settings.slack_client_id:
        raise SettingsError(
            "ASKPCC_WEB_USER_HEADER and SLACK_CLIENT_ID are both set. Leave one out: people come in one way."
        )
    if settings.user_header:
        _demand("ASKPCC_WEB_USER_HEADER", settings, ASKPCC_WEB_PROXY=settings.proxies)
        return "proxy"
    if settings.slack_client_id:
        _demand(
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


def _demand(because: str, settings: WebSettings, **needed: object) -> None:
    common = {"ASKPCC_WEB_URL": settings.url, "ASKPCC_WEB_SECRET": settings.secret}
    missing = [name for name, value in {**needed, **common}.items() if not value]
    if missing:
        raise SettingsError(f"{because} is set, and {' and '.join(missing)} not. Set that, or leave it out.")


def _build_address(settings: WebSettings, host: str) -> "Address":
    from askpcc.surfaces.web.security import LOOPBACK_HOSTS, Address

    if settings.url:
        return Address(settings.url, frozenset({str(urlsplit(settings.url).hostname)}))
    return Address(hosts=LOOPBACK_HOSTS | {host})


def _build_roles(settings: WebSettings, way: str) -> "RoleTable":
    from askpcc.surfaces.web.access import Role, RoleTable

    if way == "link":
        return RoleTable(of_all=frozenset(Role))
    return RoleTable(settings.reviewers, settings.admins)


def _build_link(_: WebSettings, sessions: "Sessions", cookies: "Cookies") -> "Way":
    from askpcc.surfaces.web.ways.one_time_link import OneTimeLink

    return OneTimeLink(_person_here(), sessions, cookies, _now)


def _build_proxy(settings: WebSettings, sessions: "Sessions", _: "Cookies") -> "Way":
    from askpcc.surfaces.web.ways.proxy_header import ProxyHeader

    return ProxyHeader(str(settings.user_header), settings.proxies, sessions)


def _build_sign_in(settings: WebSettings, sessions: "Sessions", cookies: "Cookies") -> "Way":
    from askpcc.surfaces.web.ways.slack_identity import SlackApp
    from askpcc.surfaces.web.ways.slack_sign_in import SlackSignIn

    app = SlackApp(
        str(settings.slack_client_id),
        str(settings.slack_client_secret),
        str(settings.slack_team),
        settings.slack_url,
    )
    return SlackSignIn(app, str(settings.url), str(settings.secret), sessions, cookies, _now)


_WAYS = {"link": _build_link, "proxy": _build_proxy, "slack": _build_sign_in}


def _person_here() -> "Person":
    from askpcc.surfaces.web.access import Person

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
