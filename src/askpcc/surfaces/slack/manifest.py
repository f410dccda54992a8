"""The manifest: what Slack has to know of the bot, to be pasted when the app is made."""

import re
from importlib.resources import files
from typing import Any

import yaml

from askpcc.errors import SettingsError
from askpcc.surfaces.slack.request_shape import PATH

_LONGEST_NAME = 35
_LONGEST_URL = 255
_SECURE = re.compile(r"https://[\w.-]+(:[0-9]{1,5})?(/[\w./~-]*)?", re.ASCII)

Manifest = dict[str, Any]
"""As slackapi/manifest-schema 2.0.0 describes it."""


def build_manifest(name: str | None = None, url: str | None = None) -> Manifest:
    """Build the manifest.

    name: what people call the bot.  url: the public address of a bot that Slack sends to over HTTP; by
    default the bot opens sockets itself.  Raises SettingsError.
    """
    manifest = read_template()
    if name is not None:
        _rename(manifest, name)
    if url is not None:
        _send_to(manifest, _requests_at(url))
    return manifest


def write_manifest(manifest: Manifest) -> str:
    """Write a manifest as YAML, as Slack's pages take it."""
    return yaml.safe_dump(manifest, sort_keys=False, allow_unicode=True, width=100)


def read_template() -> Manifest:
    """Read the manifest of a bot with the standard name and Socket Mode."""
    text = (files("askpcc") / "data" / "slack_manifest.yaml").read_text("utf-8")
    manifest: Manifest = yaml.safe_load(text)
    return manifest


def expected_scopes() -> frozenset[str]:
    """Return the rights that the bot needs."""
    return frozenset(read_template()["oauth_config"]["scopes"]["bot"])


def _rename(manifest: Manifest, name: str) -> None:
    if not 1 <= len(name) <= _LONGEST_NAME or not name.isprintable() or name != name.strip():
        raise SettingsError(
            f"{name!r} is no name for an app. Write 1 to {_LONGEST_NAME} characters, without spaces around."
        )
    manifest["display_information"]["name"] = name
    manifest["features"]["bot_user"]["display_name"] = name


def _send_to(manifest: Manifest, address: str) -> None:
    settings = manifest["settings"]
    settings["socket_mode_enabled"] = False
    settings["event_subscriptions"] = {"request_url": address, **settings["event_subscriptions"]}
    settings["interactivity"]["request_url"] = address
    for command in manifest["features"]["slash_commands"]:
        command["url"] = address


def _requests_at(url: str) -> str:
    """Return where requests go, from the address of the host or of the requests themselves."""
    if not _SECURE.fullmatch(url) or len(url) > _LONGEST_URL:
        raise SettingsError(
            f"{url!r} cannot be given to Slack. Write an address such as https://askpcc.example.org"
        )
    return url if url.endswith(PATH) else url.rstrip("/") + PATH
