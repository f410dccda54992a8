"""The manifest: what Slack accepts, and exactly the rights and events that the code uses."""

from collections.abc import Callable
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from askpcc.cli_admin import manifest as command
from askpcc.errors import SettingsError
from askpcc.slack.doctor import (
    Manifest,
    build_manifest,
    expected_scopes,
    read_template,
    write_manifest,
)
from loopback_slack import BOT_EVENTS, BOT_SCOPES

URL = "https://askpcc.example.org"
AT = f"{URL}/slack/events"


def subscribed_events() -> list[str]:
    events: list[str] = read_template()["settings"]["event_subscriptions"]["bot_events"]
    return events


def texts(found: Any) -> list[str]:  # noqa: ANN401 - any part of a manifest
    if isinstance(found, dict):
        return [text for inner in found.values() for text in texts(inner)]
    if isinstance(found, list):
        return [text for inner in found for text in texts(inner)]
    return [found] if isinstance(found, str) else []


LIMITS: list[tuple[str, Callable[[Manifest], Any], int]] = [
    ("name", lambda m: m["display_information"]["name"], 35),
    ("description", lambda m: m["display_information"]["description"], 140),
    ("bot's name", lambda m: m["features"]["bot_user"]["display_name"], 80),
    ("what the agent does", lambda m: m["features"]["agent_view"]["agent_description"], 300),
    ("prompts", lambda m: m["features"]["agent_view"]["suggested_prompts"], 4),
    ("shortcut's name", lambda m: m["features"]["shortcuts"][0]["name"], 24),
    ("shortcut's description", lambda m: m["features"]["shortcuts"][0]["description"], 150),
    ("events", lambda m: m["settings"]["event_subscriptions"]["bot_events"], 100),
]
"""Largest lengths, from slackapi/manifest-schema 2.0.0."""


def test_nothing_is_longer_than_slack_takes() -> None:
    for part, longest in [limit[1:] for limit in LIMITS]:
        assert 1 <= len(part(read_template())) <= longest


def test_people_can_write_to_the_bot_and_open_its_home() -> None:
    assert read_template()["features"]["app_home"] == {
        "home_tab_enabled": True,
        "messages_tab_enabled": True,
        "messages_tab_read_only_enabled": False,
    }


def test_the_bot_is_an_agent_and_no_assistant_of_the_old_kind() -> None:
    features = read_template()["features"]
    assert set(features["agent_view"]) == {"agent_description", "suggested_prompts"}
    assert all(set(prompt) == {"title", "message"} for prompt in features["agent_view"]["suggested_prompts"])
    assert "assistant_view" not in features


def test_the_command_and_the_shortcut_have_the_names_that_the_code_listens_for() -> None:
    features = read_template()["features"]
    assert [command["command"] for command in features["slash_commands"]] == ["/askpcc"]
    assert [shortcut["callback_id"] for shortcut in features["shortcuts"]] == ["askpcc_about_message"]


def test_a_bot_with_sockets_needs_no_address() -> None:
    manifest = build_manifest()
    assert manifest == read_template()
    assert manifest["settings"]["socket_mode_enabled"] is True
    assert not [text for text in texts(manifest) if "://" in text]


def test_over_http_every_kind_of_request_goes_to_one_address() -> None:
    for url in [URL, f"{URL}/", AT]:
        manifest = build_manifest(url=url)
        settings = manifest["settings"]
        assert settings["socket_mode_enabled"] is False
        assert settings["event_subscriptions"]["request_url"] == AT
        assert settings["interactivity"] == {"is_enabled": True, "request_url": AT}
        assert [command["url"] for command in manifest["features"]["slash_commands"]] == [AT]
        assert settings["event_subscriptions"]["bot_events"] == subscribed_events()


NO_ADDRESSES = [
    "",
    "askpcc.example.org",
    "http://askpcc.example.org",
    "ftp://a.example",
    "https://",
    "https://a b",
    "https://a.example/?x=1",
    "https://u:p@a.example",
    "https://a.example\n",
    "https://" + "a" * 250,
]


def test_an_address_that_slack_could_not_use_is_refused() -> None:
    for url in NO_ADDRESSES:
        with pytest.raises(SettingsError, match="https://askpcc"):
            build_manifest(url=url)


def test_a_name_of_ones_own_is_taken() -> None:
    manifest = build_manifest("Ask the commissioners")
    assert manifest["display_information"]["name"] == "Ask the commissioners"
    assert manifest["features"]["bot_user"]["display_name"] == "Ask the commissioners"


def test_a_name_that_slack_would_not_take_is_refused() -> None:
    for name in ["", " ", "a" * 36, " a", "a\n", "a\x1b[1m"]:
        with pytest.raises(SettingsError, match="is no name for an app"):
            build_manifest(name)


def test_no_right_goes_beyond_reading_what_is_asked_and_answering() -> None:
    scopes = expected_scopes()
    writing = {scope for scope in scopes if scope.endswith(":write")}
    assert writing == {"assistant:write", "chat:write", "im:write"}
    assert not [scope for scope in scopes if scope.startswith(("admin", "search", "users:read.email"))]
    assert "user" not in read_template()["oauth_config"]["scopes"]


def test_rights_and_events_are_listed_once_and_in_order() -> None:
    template = read_template()
    for listed in (
        template["oauth_config"]["scopes"]["bot"],
        template["settings"]["event_subscriptions"]["bot_events"],
    ):
        assert listed == sorted(set(listed))


def test_every_event_has_its_right() -> None:
    rights = {
        "app_mention": "app_mentions:read",
        "message.channels": "channels:history",
        "message.groups": "groups:history",
        "message.im": "im:history",
        "message.mpim": "mpim:history",
        "file_shared": "files:read",
        "member_joined_channel": "channels:read",
    }
    assert set(rights) <= set(subscribed_events())
    assert set(rights.values()) <= expected_scopes()


def test_the_loopback_slack_knows_every_right_and_event_of_daily_work() -> None:
    assert expected_scopes() <= BOT_SCOPES
    assert set(subscribed_events()) - {"app_uninstalled", "tokens_revoked"} <= BOT_EVENTS


def test_what_is_printed_is_the_manifest() -> None:
    assert yaml.safe_load(write_manifest(build_manifest(url=URL))) == build_manifest(url=URL)
    printed = CliRunner().invoke(command, ["--name", "Ask: 'us' #1"])
    assert printed.exit_code == 0
    assert yaml.safe_load(printed.stdout) == build_manifest("Ask: 'us' #1")


def test_a_wrong_address_is_told_by_the_command() -> None:
    assert isinstance(CliRunner().invoke(command, ["--http", "http://a.example"]).exception, SettingsError)
