"""The settings of the pages."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network, ip_network
from urllib.parse import urlsplit

from askpcc.errors import SettingsError
from askpcc.settings.values import read_api_url, read_number, read_secret

WEB_NAMES = (
    *("ASKPCC_WEB_URL", "ASKPCC_WEB_SECRET", "ASKPCC_WEB_REVIEWERS", "ASKPCC_WEB_ADMINS"),
    *("ASKPCC_WEB_USER_HEADER", "ASKPCC_WEB_PROXY", "ASKPCC_WEB_SLACK_TEAM", "ASKPCC_WEB_SLACK_URL"),
    *("ASKPCC_WEB_PER_MINUTE", "ASKPCC_WEB_PER_DAY"),
)
"""Those that begin with ASKPCC_; beside them SLACK_CLIENT_ID and SLACK_CLIENT_SECRET, as Slack calls them."""

_MOST = 1_000_000
_SHORTEST_SECRET = 32
_HEADER = re.compile("[A-Za-z][A-Za-z0-9-]{0,63}")
_TEAM = re.compile("T[A-Z0-9]{2,30}")
Network = IPv4Network | IPv6Network


@dataclass(frozen=True, slots=True)
class WebSettings:
    """How the pages are reached, how people come in, and who may do what.

    url: origin under which browsers reach the pages; None on loopback.  secret: signs sessions.  user_header:
    in which a reverse proxy at one of these addresses names people.  slack_team: the workspace whose members
    may sign in.  slack_url: ends with a slash.  reviewers, admins: user names or Slack's ids.
    """

    url: str | None = None
    secret: str | None = field(default=None, repr=False)
    user_header: str | None = None
    proxies: tuple[Network, ...] = ()
    slack_client_id: str | None = None
    slack_client_secret: str | None = field(default=None, repr=False)
    slack_team: str | None = None
    slack_url: str = "https://slack.com/"
    reviewers: frozenset[str] = frozenset()
    admins: frozenset[str] = frozenset()
    per_minute: int = 10
    per_day: int = 300

    @property
    def secrets(self) -> tuple[str | None, ...]:
        """Return what must never be written anywhere."""
        return self.secret, self.slack_client_secret


def read_web(values: Mapping[str, str]) -> WebSettings:
    """Read the settings of the pages; raises SettingsError."""
    standard = WebSettings()
    return WebSettings(
        url=_read_origin(values, "ASKPCC_WEB_URL"),
        secret=_read_signing_secret(values, "ASKPCC_WEB_SECRET"),
        user_header=_read_matching(values, "ASKPCC_WEB_USER_HEADER", _HEADER, "X-Forwarded-User"),
        proxies=_read_networks(values, "ASKPCC_WEB_PROXY"),
        slack_client_id=values.get("SLACK_CLIENT_ID", "").strip() or None,
        slack_client_secret=read_secret(values, "SLACK_CLIENT_SECRET"),
        slack_team=_read_matching(values, "ASKPCC_WEB_SLACK_TEAM", _TEAM, "T012ABCDEFG"),
        slack_url=read_api_url(values, "ASKPCC_WEB_SLACK_URL", standard.slack_url),
        reviewers=_read_names(values, "ASKPCC_WEB_REVIEWERS"),
        admins=_read_names(values, "ASKPCC_WEB_ADMINS"),
        per_minute=read_number(values, "ASKPCC_WEB_PER_MINUTE", _MOST) or standard.per_minute,
        per_day=read_number(values, "ASKPCC_WEB_PER_DAY", _MOST) or standard.per_day,
    )


def _read_origin(values: Mapping[str, str], name: str) -> str | None:
    """Read an origin; sessions leave this machine encrypted only."""
    if not values.get(name, "").strip():
        return None
    written = read_api_url(values, name, "https://responses.example.org").rstrip("/")
    parts = urlsplit(written)
    if parts.path:
        raise SettingsError(
            f"{name} {written!r} has a path. The pages are at the top of a host of their own."
        )
    return f"{parts.scheme}://{parts.netloc.lower()}"


def _read_signing_secret(values: Mapping[str, str], name: str) -> str | None:
    written = read_secret(values, name)
    if written and len(written) < _SHORTEST_SECRET:
        raise SettingsError(
            f"{name} has {len(written)} signs, and could be guessed. Write {_SHORTEST_SECRET} random ones "
            'or more, such as python -c "import secrets; print(secrets.token_urlsafe(32))" prints.'
        )
    return written


def _read_matching(
    values: Mapping[str, str], name: str, pattern: re.Pattern[str], example: str
) -> str | None:
    written = values.get(name, "").strip()
    if written and not pattern.fullmatch(written):
        raise SettingsError(f"{name} {written!r} cannot be used. Write such as {example}.")
    return written or None


def _read_networks(values: Mapping[str, str], name: str) -> tuple[Network, ...]:
    found = []
    for written in _split(values.get(name, "")):
        try:
            found.append(ip_network(written))
        except ValueError as exc:
            raise SettingsError(f"{name} {written!r} is no address. Write such as 10.0.0.5.") from exc
    return tuple(found)


def _read_names(values: Mapping[str, str], name: str) -> frozenset[str]:
    written = values.get(name, "").strip()
    names = frozenset(_split(written))
    if written and not names:
        raise SettingsError(f"{name} {written!r} names nobody. Write names with commas between.")
    return names


def _split(written: str) -> list[str]:
    return [part.strip() for part in written.split(",") if part.strip()]
