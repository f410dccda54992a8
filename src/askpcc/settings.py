"""The only reader of the environment and of ``.env``.

A setting is one field of the classes below: what it is called, how it is read, and what holds without it.
"""

import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import Field, dataclass, field, fields
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

from askpcc.errors import SettingsError

Network = IPv4Network | IPv6Network
Read = Callable[[str, str], Any]
"""Reads what is written, trimmed and not empty, for the setting of a name; raises SettingsError."""

_Group = TypeVar("_Group")

_LOOKS_SECRET = re.compile(r"xox|xapp|://[^/]*@", re.IGNORECASE)
_MODEL = re.compile(r"[a-z][a-z0-9_-]*:\S{1,200}")
_HEADER = re.compile("[A-Za-z][A-Za-z0-9-]{0,63}")
_TEAM = re.compile("T[A-Z0-9]{2,30}")
_SWITCH = {"off": False, "no": False, "0": False, "on": True, "yes": True, "1": True}
_SHORTEST_SECRET = 32
_MOST_SECONDS = 300
_MOST_TOKENS = 999_999_999
_INDEX_TOKENS = 2_000_000
"""Some 600 responses of 1,500 words: what no office has by accident."""
_MOST_QUESTIONS = 1_000_000
_MOST_WORKERS = 32
_LAST_PORT = 65_535
_MOST_MINUTES = 10_080
"""A week: who looks less often types the command."""
_OURS = "ASKPCC_"
_SLACK_API = "https://slack.com/api/"
_SLACK = "https://slack.com/"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of Slack's ids.  letters: those it may begin with."""

    letters: str
    example: str


PEOPLE = Kind("UW", "U012ABCDEFG")
CHANNELS = Kind("CGD", "C012ABCDEFG")
GROUPS = Kind("S", "S012ABCDEFG")


def _read_text(_: str, written: str) -> str:
    return written


def _read_folder(_: str, written: str) -> Path:
    """Read a folder; unlike a shell, ``.env`` leaves a leading ``~`` as it is."""
    try:
        return Path(written).expanduser()
    except RuntimeError as exc:
        raise SettingsError(f"There is no home folder for {written}. Write the whole path.") from exc


def _read_model(name: str, written: str) -> str:
    if not _MODEL.fullmatch(written):
        raise SettingsError(
            f"{name} {written!r} cannot be used. Write provider:model, such as "
            "anthropic:claude-sonnet-4-5 or ollama:llama3.2, or leave it out."
        )
    return written


def _read_switch(name: str, written: str) -> bool:
    if written.lower() not in _SWITCH:
        raise SettingsError(f"{name} {written!r} cannot be used. Write on or off.")
    return _SWITCH[written.lower()]


def _number(most: int) -> Read:
    """Return what reads a whole number from 1 to most."""

    def read(name: str, written: str) -> int:
        if not re.fullmatch("[0-9]{1,9}", written) or not 1 <= int(written) <= most:
            raise SettingsError(
                f"{name} {_shown(written)} cannot be used. Write a whole number from 1 to {most}."
            )
        return int(written)

    return read


def _read_tokens_or_off(name: str, written: str) -> int:
    """Read a number of tokens; "off" is none."""
    if _SWITCH.get(written.lower()) is False:
        return 0
    try:
        return int(_number(_MOST_TOKENS)(name, written))
    except SettingsError as exc:
        raise SettingsError(f"{exc} Or off.") from exc


def _secret(prefix: str = "") -> Read:
    """Return what reads a secret; what is wrong with it is said without a character of it."""

    def read(name: str, written: str) -> str:
        if not re.fullmatch(r"[!-~]*", written):
            raise SettingsError(f"{name} holds a sign that no secret of Slack's has. Copy it anew.")
        if not written.startswith(prefix):
            raise SettingsError(
                f"{name} does not begin with {prefix}. Copy it anew from the app's pages at Slack."
            )
        return written

    return read


def _read_signing_secret(name: str, written: str) -> str:
    if len(_secret()(name, written)) < _SHORTEST_SECRET:
        raise SettingsError(
            f"{name} has {len(written)} signs, and could be guessed. Write {_SHORTEST_SECRET} random ones "
            'or more, such as python -c "import secrets; print(secrets.token_urlsafe(32))" prints.'
        )
    return written


def _url(standard: str) -> Callable[[str, str], str]:
    """Return what reads an address, with a slash at its end; tokens leave this machine encrypted only."""

    def read(name: str, written: str) -> str:
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

    return read


def _read_origin(name: str, written: str) -> str:
    """Read an origin; sessions leave this machine encrypted only."""
    address = _url("https://responses.example.org")(name, written).rstrip("/")
    parts = urlsplit(address)
    if parts.path:
        raise SettingsError(
            f"{name} {address!r} has a path. The pages are at the top of a host of their own."
        )
    return f"{parts.scheme}://{parts.netloc.lower()}"


def _ids(kind: Kind) -> Callable[[str, str], frozenset[str]]:
    """Return what reads ids with commas between; a list without any is refused: it would narrow nothing."""

    def read(name: str, written: str) -> frozenset[str]:
        ids = frozenset(_split(written))
        if not ids:
            raise SettingsError(
                f"{name} {written!r} names no id. Write ids such as {kind.example}, or leave it out."
            )
        for id_ in sorted(ids):
            if not re.fullmatch(f"[{kind.letters}][A-Z0-9]+", id_):
                raise SettingsError(
                    f"{name} {_shown(id_)} is no id of the kind that belongs here. One begins with "
                    f"{' or '.join(kind.letters)} and has capital letters and figures, such as "
                    f"{kind.example}."
                )
        return ids

    return read


def _read_channel(name: str, written: str) -> str:
    """Read the id of one channel."""
    ids = sorted(_ids(CHANNELS)(name, written))
    if len(ids) > 1:
        raise SettingsError(f"{name} {','.join(ids)} names {len(ids)} channels. Write one id.")
    return ids[0]


def _matching(pattern: re.Pattern[str], example: str) -> Read:
    def read(name: str, written: str) -> str:
        if not pattern.fullmatch(written):
            raise SettingsError(f"{name} {written!r} cannot be used. Write such as {example}.")
        return written

    return read


def _read_networks(name: str, written: str) -> tuple[Network, ...]:
    found = []
    for part in _split(written):
        try:
            found.append(ip_network(part))
        except ValueError as exc:
            raise SettingsError(f"{name} {part!r} is no address. Write such as 10.0.0.5.") from exc
    return tuple(found)


def _read_names(name: str, written: str) -> frozenset[str]:
    names = frozenset(_split(written))
    if not names:
        raise SettingsError(f"{name} {written!r} names nobody. Write names with commas between.")
    return names


def _read_pages(name: str, written: str) -> tuple[str, ...]:
    pages = tuple(_split(written))
    for page in pages:
        try:
            parts = urlsplit(page)
        except ValueError as exc:
            raise SettingsError(f"{name} {_shown(page)} is no web address ({exc}).") from exc
        if parts.scheme not in {"http", "https"} or not parts.hostname or "@" in parts.netloc:
            raise SettingsError(
                f"{name} {_shown(page)} is no web address. Write addresses such as "
                "https://example.org/responses, with commas between."
            )
    return pages


def _choice(*words: str) -> Read:
    """Return what reads one of some words."""

    def read(name: str, written: str) -> str:
        if written.lower() not in words:
            raise SettingsError(f"{name} {_shown(written)} cannot be used. Write {' or '.join(words)}.")
        return written.lower()

    return read


def _split(written: str) -> list[str]:
    return [part.strip() for part in written.split(",") if part.strip()]


def _shown(value: str) -> str:
    """Return a value for a complaint; a secret that was put in the wrong place stays secret there."""
    return "(not shown, it looks like a secret)" if _LOOKS_SECRET.search(value) else repr(value)


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _setting(name: str, read: Read, default: object = None, *, secret: bool = False) -> Any:  # noqa: ANN401
    """Return a field that is read from the setting of that name; of any type, as ``field`` is."""
    return field(default=default, repr=not secret, metadata={"name": name, "read": read})


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """Which language model writes, and how much of it.

    name: "provider:model"; None for none.  seconds: for one answer, over all that is asked of the model.
    daily_tokens: read and written, None without a limit.  index_tokens: the same of one run of
    indexing, in which it reads documents for the register; 0 where it does not.  hide_names: people's
    names are not sent.
    """

    name: str | None = _setting("ASKPCC_MODEL", _read_model)
    seconds: int = _setting("ASKPCC_MODEL_SECONDS", _number(_MOST_SECONDS), 20)
    daily_tokens: int | None = _setting("ASKPCC_MODEL_DAILY_TOKENS", _number(_MOST_TOKENS))
    index_tokens: int = _setting("ASKPCC_MODEL_INDEX_TOKENS", _read_tokens_or_off, _INDEX_TOKENS)
    hide_names: bool = _setting("ASKPCC_MODEL_HIDE_NAMES", _read_switch, False)


@dataclass(frozen=True, slots=True)
class SlackSettings:
    """How the bot reaches Slack, who may do what with it there, and how much it takes on.

    api_url: ends with a slash.  channels, users, groups: who may ask, and where; empty narrows nothing.
    guests: people who may ask although they are no full members.  shared_channels: Slack Connect channels in
    which people may ask.  admins, reviewers: nobody until named.  queue: inquiries of all people that may
    wait.  per_minute, per_day: inquiries of one person.  health_port: None for no port.
    """

    bot_token: str | None = _setting("SLACK_BOT_TOKEN", _secret("xoxb-"), secret=True)
    app_token: str | None = _setting("SLACK_APP_TOKEN", _secret("xapp-"), secret=True)
    signing_secret: str | None = _setting("SLACK_SIGNING_SECRET", _secret(), secret=True)
    api_url: str = _setting("SLACK_API_URL", _url(_SLACK_API), _SLACK_API)
    channels: frozenset[str] = _setting("ASKPCC_SLACK_CHANNELS", _ids(CHANNELS), frozenset())
    users: frozenset[str] = _setting("ASKPCC_SLACK_USERS", _ids(PEOPLE), frozenset())
    groups: frozenset[str] = _setting("ASKPCC_SLACK_GROUPS", _ids(GROUPS), frozenset())
    guests: frozenset[str] = _setting("ASKPCC_SLACK_GUESTS", _ids(PEOPLE), frozenset())
    shared_channels: frozenset[str] = _setting("ASKPCC_SLACK_SHARED_CHANNELS", _ids(CHANNELS), frozenset())
    admins: frozenset[str] = _setting("ASKPCC_SLACK_ADMINS", _ids(PEOPLE), frozenset())
    reviewers: frozenset[str] = _setting("ASKPCC_SLACK_REVIEWERS", _ids(PEOPLE), frozenset())
    review_channel: str | None = _setting("ASKPCC_SLACK_REVIEW_CHANNEL", _read_channel)
    digest_channel: str | None = _setting("ASKPCC_SLACK_DIGEST_CHANNEL", _read_channel)
    queue: int = _setting("ASKPCC_SLACK_QUEUE", _number(_MOST_QUESTIONS), 500)
    per_minute: int = _setting("ASKPCC_SLACK_PER_MINUTE", _number(_MOST_QUESTIONS), 10)
    per_day: int = _setting("ASKPCC_SLACK_PER_DAY", _number(_MOST_QUESTIONS), 300)
    workers: int = _setting("ASKPCC_SLACK_WORKERS", _number(_MOST_WORKERS), 4)
    health_port: int | None = _setting("ASKPCC_HEALTH_PORT", _number(_LAST_PORT))

    @property
    def secrets(self) -> tuple[str | None, ...]:
        """Return what must never be written anywhere."""
        return self.bot_token, self.app_token, self.signing_secret


@dataclass(frozen=True, slots=True)
class WebSettings:
    """How the pages are reached, how people come in, and who may do what.

    url: origin under which browsers reach the pages; None on loopback.  secret: signs sessions.  user_header:
    in which a reverse proxy at one of these addresses names people.  slack_team: the workspace whose members
    may sign in.  slack_url: ends with a slash.  reviewers, admins: user names or Slack's ids.
    """

    url: str | None = _setting("ASKPCC_WEB_URL", _read_origin)
    secret: str | None = _setting("ASKPCC_WEB_SECRET", _read_signing_secret, secret=True)
    reviewers: frozenset[str] = _setting("ASKPCC_WEB_REVIEWERS", _read_names, frozenset())
    admins: frozenset[str] = _setting("ASKPCC_WEB_ADMINS", _read_names, frozenset())
    user_header: str | None = _setting("ASKPCC_WEB_USER_HEADER", _matching(_HEADER, "X-Forwarded-User"))
    proxies: tuple[Network, ...] = _setting("ASKPCC_WEB_PROXY", _read_networks, ())
    slack_client_id: str | None = _setting("SLACK_CLIENT_ID", _read_text)
    slack_client_secret: str | None = _setting("SLACK_CLIENT_SECRET", _secret(), secret=True)
    slack_team: str | None = _setting("ASKPCC_WEB_SLACK_TEAM", _matching(_TEAM, "T012ABCDEFG"))
    slack_url: str = _setting("ASKPCC_WEB_SLACK_URL", _url(_SLACK), _SLACK)
    per_minute: int = _setting("ASKPCC_WEB_PER_MINUTE", _number(_MOST_QUESTIONS), 10)
    per_day: int = _setting("ASKPCC_WEB_PER_DAY", _number(_MOST_QUESTIONS), 300)

    @property
    def secrets(self) -> tuple[str | None, ...]:
        """Return what must never be written anywhere."""
        return self.secret, self.slack_client_secret


@dataclass(frozen=True, slots=True)
class WatchSettings:
    """How new responses are looked for.

    minutes: between two turns; None where nobody looks.  pages: watched besides those that the corpus
    names.  policy: "offer" or "add".
    """

    minutes: int | None = _setting("ASKPCC_WATCH_MINUTES", _number(_MOST_MINUTES))
    pages: tuple[str, ...] = _setting("ASKPCC_WATCH_PAGES", _read_pages, ())
    policy: str = _setting("ASKPCC_WATCH_POLICY", _choice("offer", "add"), "offer")


@dataclass(frozen=True, slots=True)
class Settings:
    """Where things are and which models to use.

    embedder: a sentence-transformers name or folder; None for the model that comes with the package.
    ledger: an SQLAlchemy URL.
    """

    corpus: Path = _setting("ASKPCC_CORPUS", _read_folder, Path("corpus"))  # noqa: RUF009 - a field
    index: Path = _setting("ASKPCC_INDEX", _read_folder, Path("index"))  # noqa: RUF009 - a field
    ledger: str = _setting("ASKPCC_LEDGER", _read_text, "sqlite:///ledger.sqlite")
    embedder: str | None = _setting("ASKPCC_EMBEDDER", _read_text)
    model: ModelSettings = field(default_factory=ModelSettings)
    slack: SlackSettings = field(default_factory=SlackSettings)
    web: WebSettings = field(default_factory=WebSettings)
    watch: WatchSettings = field(default_factory=WatchSettings)


_GROUPS = {"watch": WatchSettings, "model": ModelSettings, "slack": SlackSettings, "web": WebSettings}


def read_settings(
    environ: Mapping[str, str] | None = None, *, corpus: Path | None = None, index: Path | None = None
) -> Settings:
    """Read the settings; an option wins over the environment, which wins over ``.env``.

    environ: in place of the process's environment and the ``.env`` of the working folder.
    Raises SettingsError for a name that begins with ASKPCC_ and is not known, which is a misspelling, for a
    value that cannot be used, and for a ``.env`` that is no text.
    """
    values = _environment() if environ is None else environ
    known = [one.metadata["name"] for group in (Settings, *_GROUPS.values()) for one in _read_from(group)]
    ours = [name for name in known if name.startswith(_OURS)]
    unknown = sorted(name for name in values if name.startswith(_OURS) and name not in ours)
    if unknown:
        raise SettingsError(f"{unknown[0]} is no setting of askpcc. Known are: {', '.join(ours)}.")
    given: dict[str, Any] = {"corpus": corpus, "index": index}
    given = {name: folder for name, folder in given.items() if folder is not None}
    groups: dict[str, Any] = {name: _read_group(group, values, {}) for name, group in _GROUPS.items()}
    return _read_group(Settings, values, {**groups, **given})


def _read_group(group: type[_Group], values: Mapping[str, str], given: Mapping[str, Any]) -> _Group:
    """Read a group of settings; what is given is not read."""
    found = dict(given)
    for one in _read_from(group):
        name, read = one.metadata["name"], one.metadata["read"]
        written = values.get(name, "").strip()
        if written and one.name not in given:
            found[one.name] = read(name, written)
    return group(**found)


def _read_from(group: Any) -> Iterator[Field[Any]]:  # noqa: ANN401 - dataclasses have no type of their own
    """Yield the fields that are read from a setting."""
    return (one for one in fields(group) if one.metadata)


def _environment() -> dict[str, str]:
    from dotenv import dotenv_values

    try:
        values = dotenv_values(".env")
    except (OSError, ValueError) as exc:
        raise SettingsError(f".env cannot be read: {exc}. Save it as plain UTF-8 text.") from exc
    written = {name: value for name, value in values.items() if value is not None}
    return {**written, **os.environ}
