"""The only reader of the environment and of ``.env``."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path
from urllib.parse import urlsplit

from askpcc.errors import SettingsError

_LOOKS_SECRET = re.compile(r"xox|xapp|://[^/]*@", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of Slack's ids.  letters: those it may begin with."""

    letters: str
    example: str


PEOPLE = Kind("UW", "U012ABCDEFG")
CHANNELS = Kind("CGD", "C012ABCDEFG")
GROUPS = Kind("S", "S012ABCDEFG")


def read_secret(values: Mapping[str, str], name: str, prefix: str = "") -> str | None:
    """Read a secret; what is wrong with it is said without a character of it."""
    written = values.get(name, "").strip()
    if not re.fullmatch(r"[!-~]*", written):
        raise SettingsError(f"{name} holds a sign that no secret of Slack's has. Copy it anew.")
    if written and not written.startswith(prefix):
        raise SettingsError(
            f"{name} does not begin with {prefix}. Copy it anew from the app's pages at Slack."
        )
    return written or None


def read_api_url(values: Mapping[str, str], name: str, standard: str) -> str:
    """Read where the methods are, with a slash at its end; tokens leave this machine encrypted only."""
    written = values.get(name, "").strip() or standard
    try:
        parts = urlsplit(written)
        host, _ = parts.hostname or "", parts.port
    except ValueError as exc:
        raise SettingsError(f"{name} is no web address. Write {standard} or leave it out.") from exc
    safe = parts.scheme == "https" or (parts.scheme == "http" and _is_loopback(host))
    if not (safe and host) or parts.query or parts.fragment or "@" in parts.netloc:
        raise SettingsError(
            f"{name} {_shown(written)} cannot be used. Write {standard} or leave it out; "
            "http is for 127.0.0.1 and localhost only."
        )
    return written.rstrip("/") + "/"


def read_ids(values: Mapping[str, str], name: str, kind: Kind) -> frozenset[str]:
    """Read ids with commas between; a list without any is refused, since an empty one narrows nothing."""
    written = values.get(name, "").strip()
    ids = frozenset(part.strip() for part in written.split(",") if part.strip())
    if written and not ids:
        raise SettingsError(
            f"{name} {written!r} names no id. Write ids such as {kind.example}, or leave it out."
        )
    for id_ in sorted(ids):
        if not re.fullmatch(f"[{kind.letters}][A-Z0-9]+", id_):
            raise SettingsError(
                f"{name} {_shown(id_)} is no id of the kind that belongs here. One begins with "
                f"{' or '.join(kind.letters)} and has capital letters and figures, such as {kind.example}."
            )
    return ids


def read_channel(values: Mapping[str, str], name: str) -> str | None:
    """Read the id of one channel."""
    ids = sorted(read_ids(values, name, CHANNELS))
    if len(ids) > 1:
        raise SettingsError(f"{name} {','.join(ids)} names {len(ids)} channels. Write one id.")
    return ids[0] if ids else None


def read_number(values: Mapping[str, str], name: str, most: int) -> int | None:
    """Read a whole number from 1 to most; None where nothing is written."""
    written = values.get(name, "").strip()
    if not written:
        return None
    if not re.fullmatch("[0-9]{1,9}", written) or not 1 <= int(written) <= most:
        raise SettingsError(
            f"{name} {_shown(written)} cannot be used. Write a whole number from 1 to {most}."
        )
    return int(written)


def _shown(value: str) -> str:
    """Return a value for a complaint; a secret that was put in the wrong place stays secret there."""
    return "(not shown, it looks like a secret)" if _LOOKS_SECRET.search(value) else repr(value)


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


MODEL_NAMES = (
    *("ASKPCC_MODEL", "ASKPCC_MODEL_SECONDS", "ASKPCC_MODEL_DAILY_TOKENS"),
    "ASKPCC_MODEL_HIDE_NAMES",
)

_USUAL_SECONDS = 20
_MOST_SECONDS = 300
_MOST_TOKENS = 999_999_999
_NAME = re.compile(r"[a-z][a-z0-9_-]*:\S{1,200}")
_SWITCH = {"": False, "off": False, "no": False, "0": False, "on": True, "yes": True, "1": True}


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """Which language model writes, and how much of it.

    name: "provider:model"; None for none.  seconds: for one answer, over all that is asked of the model.
    daily_tokens: read and written, None without a limit.  hide_names: people's names are not sent.
    """

    name: str | None = None
    seconds: int = _USUAL_SECONDS
    daily_tokens: int | None = None
    hide_names: bool = False


def read_model(values: Mapping[str, str]) -> ModelSettings:
    """Read the settings of the model; raises SettingsError."""
    name = values.get("ASKPCC_MODEL", "").strip() or None
    if name and not _NAME.fullmatch(name):
        raise SettingsError(
            f"ASKPCC_MODEL {name!r} cannot be used. Write provider:model, such as "
            "anthropic:claude-sonnet-4-5 or ollama:llama3.2, or leave it out."
        )
    return ModelSettings(
        name=name,
        seconds=read_number(values, "ASKPCC_MODEL_SECONDS", _MOST_SECONDS) or _USUAL_SECONDS,
        daily_tokens=read_number(values, "ASKPCC_MODEL_DAILY_TOKENS", _MOST_TOKENS),
        hide_names=_read_switch(values, "ASKPCC_MODEL_HIDE_NAMES"),
    )


def _read_switch(values: Mapping[str, str], name: str) -> bool:
    written = values.get(name, "").strip()
    if written.lower() not in _SWITCH:
        raise SettingsError(f"{name} {written!r} cannot be used. Write on or off.")
    return _SWITCH[written.lower()]


SLACK_NAMES = (
    *("ASKPCC_SLACK_CHANNELS", "ASKPCC_SLACK_USERS", "ASKPCC_SLACK_GROUPS", "ASKPCC_SLACK_GUESTS"),
    *("ASKPCC_SLACK_SHARED_CHANNELS", "ASKPCC_SLACK_ADMINS", "ASKPCC_SLACK_REVIEWERS"),
    *("ASKPCC_SLACK_REVIEW_CHANNEL", "ASKPCC_SLACK_DIGEST_CHANNEL", "ASKPCC_SLACK_QUEUE"),
    *("ASKPCC_SLACK_PER_MINUTE", "ASKPCC_SLACK_PER_DAY", "ASKPCC_SLACK_WORKERS", "ASKPCC_HEALTH_PORT"),
)
"""Those that begin with ASKPCC_; Slack's own beside them begin with SLACK_."""

_MOST = 1_000_000
_MOST_WORKERS = 32
_LAST_PORT = 65_535


@dataclass(frozen=True, slots=True)
class SlackSettings:
    """How the bot reaches Slack, who may do what with it there, and how much it takes on.

    api_url: ends with a slash.  channels, users, groups: who may ask, and where; empty narrows nothing.
    guests: people who may ask although they are no full members.  shared_channels: Slack Connect channels in
    which people may ask.  admins, reviewers: nobody until named.  queue: inquiries of all people that may
    wait.  per_minute, per_day: inquiries of one person.  health_port: None for no port.
    """

    bot_token: str | None = field(default=None, repr=False)
    app_token: str | None = field(default=None, repr=False)
    signing_secret: str | None = field(default=None, repr=False)
    api_url: str = "https://slack.com/api/"
    channels: frozenset[str] = frozenset()
    users: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    guests: frozenset[str] = frozenset()
    shared_channels: frozenset[str] = frozenset()
    admins: frozenset[str] = frozenset()
    reviewers: frozenset[str] = frozenset()
    review_channel: str | None = None
    digest_channel: str | None = None
    queue: int = 500
    per_minute: int = 10
    per_day: int = 300
    workers: int = 4
    health_port: int | None = None

    @property
    def secrets(self) -> tuple[str | None, ...]:
        """Return what must never be written anywhere."""
        return self.bot_token, self.app_token, self.signing_secret


def read_slack(values: Mapping[str, str]) -> SlackSettings:
    """Read the settings of the bot; raises SettingsError."""
    standard = SlackSettings()
    return SlackSettings(
        bot_token=read_secret(values, "SLACK_BOT_TOKEN", "xoxb-"),
        app_token=read_secret(values, "SLACK_APP_TOKEN", "xapp-"),
        signing_secret=read_secret(values, "SLACK_SIGNING_SECRET"),
        api_url=read_api_url(values, "SLACK_API_URL", standard.api_url),
        channels=read_ids(values, "ASKPCC_SLACK_CHANNELS", CHANNELS),
        users=read_ids(values, "ASKPCC_SLACK_USERS", PEOPLE),
        groups=read_ids(values, "ASKPCC_SLACK_GROUPS", GROUPS),
        guests=read_ids(values, "ASKPCC_SLACK_GUESTS", PEOPLE),
        shared_channels=read_ids(values, "ASKPCC_SLACK_SHARED_CHANNELS", CHANNELS),
        admins=read_ids(values, "ASKPCC_SLACK_ADMINS", PEOPLE),
        reviewers=read_ids(values, "ASKPCC_SLACK_REVIEWERS", PEOPLE),
        review_channel=read_channel(values, "ASKPCC_SLACK_REVIEW_CHANNEL"),
        digest_channel=read_channel(values, "ASKPCC_SLACK_DIGEST_CHANNEL"),
        queue=read_number(values, "ASKPCC_SLACK_QUEUE", _MOST) or standard.queue,
        per_minute=read_number(values, "ASKPCC_SLACK_PER_MINUTE", _MOST) or standard.per_minute,
        per_day=read_number(values, "ASKPCC_SLACK_PER_DAY", _MOST) or standard.per_day,
        workers=read_number(values, "ASKPCC_SLACK_WORKERS", _MOST_WORKERS) or standard.workers,
        health_port=read_number(values, "ASKPCC_HEALTH_PORT", _LAST_PORT),
    )


WEB_NAMES = (
    *("ASKPCC_WEB_URL", "ASKPCC_WEB_SECRET", "ASKPCC_WEB_REVIEWERS", "ASKPCC_WEB_ADMINS"),
    *("ASKPCC_WEB_USER_HEADER", "ASKPCC_WEB_PROXY", "ASKPCC_WEB_SLACK_TEAM", "ASKPCC_WEB_SLACK_URL"),
    *("ASKPCC_WEB_PER_MINUTE", "ASKPCC_WEB_PER_DAY"),
)
"""Those that begin with ASKPCC_; beside them SLACK_CLIENT_ID and SLACK_CLIENT_SECRET, as Slack calls them."""

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


_KNOWN = (
    *("ASKPCC_CORPUS", "ASKPCC_INDEX", "ASKPCC_LEDGER", "ASKPCC_EMBEDDER", "ASKPCC_RERANKER"),
    *MODEL_NAMES,
    *SLACK_NAMES,
    *WEB_NAMES,
)


@dataclass(frozen=True, slots=True)
class Settings:
    """Where things are and which models to use.

    embedder: a sentence-transformers name or folder; None for the model that comes with the package.
    reranker: a CrossEncoder name or folder; None for none.  ledger: an SQLAlchemy URL.
    """

    corpus: Path
    index: Path
    ledger: str
    embedder: str | None = None
    reranker: str | None = None
    model: ModelSettings = field(default_factory=ModelSettings)
    slack: SlackSettings = field(default_factory=SlackSettings)
    web: WebSettings = field(default_factory=WebSettings)


def read_settings(
    environ: Mapping[str, str] | None = None, *, corpus: Path | None = None, index: Path | None = None
) -> Settings:
    """Read the settings; an option wins over the environment, which wins over ``.env``.

    environ: in place of the process's environment and the ``.env`` of the working folder.
    Raises SettingsError for a name that begins with ASKPCC_ and is not known, which is a misspelling, for a
    value that cannot be used, and for a ``.env`` that is no text.
    """
    values = _environment() if environ is None else environ
    unknown = sorted(name for name in values if name.startswith("ASKPCC_") and name not in _KNOWN)
    if unknown:
        raise SettingsError(f"{unknown[0]} is no setting of askpcc. Known are: {', '.join(_KNOWN)}.")
    return Settings(
        corpus=corpus or _folder(values.get("ASKPCC_CORPUS") or "corpus"),
        index=index or _folder(values.get("ASKPCC_INDEX") or "index"),
        ledger=values.get("ASKPCC_LEDGER") or "sqlite:///ledger.sqlite",
        embedder=values.get("ASKPCC_EMBEDDER") or None,
        reranker=values.get("ASKPCC_RERANKER") or None,
        model=read_model(values),
        slack=read_slack(values),
        web=read_web(values),
    )


def _folder(written: str) -> Path:
    """Read a folder; unlike a shell, ``.env`` leaves a leading ``~`` as it is."""
    try:
        return Path(written).expanduser()
    except RuntimeError as exc:
        raise SettingsError(f"There is no home folder for {written}. Write the whole path.") from exc


def _environment() -> dict[str, str]:
    from dotenv import dotenv_values

    try:
        values = dotenv_values(".env")
    except (OSError, ValueError) as exc:
        raise SettingsError(f".env cannot be read: {exc}. Save it as plain UTF-8 text.") from exc
    written = {name: value for name, value in values.items() if value is not None}
    return {**written, **os.environ}
