"""Reading one value: a secret, an address, ids, a number; each complaint says what to write instead."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
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
