"""The doctor: names what keeps the bot from working and the way out, and never shows a secret."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from time import monotonic

import pytest
from click.testing import CliRunner

from askpcc.app.doctor import run_doctor
from askpcc.cli_admin import doctor as command
from askpcc.errors import EmbedderError, IndexMissing, LedgerError
from askpcc.settings import read_settings
from askpcc.slack.access import Directory
from askpcc.slack.doctor import (
    Check,
    Finding,
    Reach,
    State,
    Verdict,
    check_bot_token,
    check_channel,
    check_embedder,
    check_groups,
    check_index,
    check_ledger,
    check_messages_tab,
    check_model,
    check_people,
    check_scopes,
    check_signing_secret,
    check_socket,
    expected_scopes,
    fail,
    format_findings,
    has_failed,
    ok,
    run_checks,
    warn,
)
from loopback_slack import LoopbackSlack
from support.command_line import Desk
from support.slack_bot import DataFolder

pytest_plugins = ("support.slack_fixtures",)

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
SECRETS = ("xoxb-hush-bot", "xapp-hush-app", "hush-signing-secret")


@pytest.fixture
def slack() -> Iterator[LoopbackSlack]:
    with LoopbackSlack() as slack:
        yield slack


@pytest.fixture
def reach(slack: LoopbackSlack) -> Reach:
    return Reach(slack.bot_token, slack.app_token, None, slack.api_url)


def lookup(reach: Reach) -> Callable[[], Directory]:
    return lambda: Directory(reach.client(), monotonic)


def only(check: Callable[[], Verdict], *secrets: str) -> Finding:
    (finding,) = run_checks([Check("it", check)], secrets)
    return finding


def test_a_right_bot_token_is_told_with_whom_it_belongs_to(reach: Reach) -> None:
    finding = only(partial(check_bot_token, reach))
    assert (finding.state, finding.remedy) == (State.OK, "")
    assert "askpcc (U0ASKPCC) of loopback" in finding.sentence


def test_a_missing_or_wrong_bot_token_is_a_failure_with_a_way_out(reach: Reach) -> None:
    for token, told in [(None, "There is no bot token."), ("xoxb-wrong", "Slack refused: invalid_auth.")]:
        finding = only(partial(check_bot_token, replace(reach, bot_token=token)))
        assert finding.state is State.FAILED
        assert told in finding.sentence
        assert "SLACK_BOT_TOKEN" in finding.sentence + finding.remedy
        assert "xoxb-wrong" not in finding.sentence


def test_slack_out_of_reach_is_told(reach: Reach) -> None:
    finding = only(partial(check_bot_token, replace(reach, api_url="http://127.0.0.1:9/api/")))
    assert (finding.state, finding.sentence[:23]) == (State.FAILED, "Slack cannot be reached")


@contextmanager
def slack_that_tells_scopes(scopes: str) -> Iterator[str]:
    """Serve auth.test with the header in which Slack names the rights of a token."""

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = b'{"ok": true, "bot_id": "B0", "user": "askpcc", "user_id": "U0", "team": "T"}'
            self.send_response(200)
            self.send_header("X-OAuth-Scopes", scopes)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/api/"
        server.shutdown()
        thread.join()


EXPECTED = sorted(expected_scopes())


RIGHTS = [
    (EXPECTED, State.OK, f"the {len(EXPECTED)} rights that it needs, and no other"),
    (EXPECTED[1:], State.FAILED, f"was not given {EXPECTED[0]}"),
    (
        [*EXPECTED, "admin", "users:read.email"],
        State.WARNING,
        "given admin, users:read.email, which it does not",
    ),
    ([], State.WARNING, "does not tell"),
]


def test_rights_are_compared_with_those_of_the_manifest() -> None:
    for given, state, told in RIGHTS:
        with slack_that_tells_scopes(",".join(given)) as url:
            finding = only(partial(check_scopes, Reach("xoxb-1", None, None, url)))
        assert finding.state is state
        assert told in finding.sentence
        assert bool(finding.remedy) == (state is not State.OK)


def test_a_real_socket_is_opened_and_closed_again(slack: LoopbackSlack, reach: Reach) -> None:
    finding = only(partial(check_socket, reach))
    assert (finding.state, finding.sentence) == (State.OK, "A socket was opened, and Slack greeted the bot.")
    assert [call.method for call in slack.journal.calls] == ["apps.connections.open"]


NO_SOCKETS = [
    (None, "s", State.OK, "Not needed"),
    (None, None, State.FAILED, "neither an app token nor a signing secret"),
    ("xoxb-1", None, State.FAILED, "The app token is none."),
    ("xapp-wrong", None, State.FAILED, "Slack refused: invalid_auth. See whether SLACK_APP_TOKEN"),
]


def test_a_socket_that_cannot_be_opened_is_told(reach: Reach) -> None:
    for app_token, signing_secret, state, told in NO_SOCKETS:
        other = replace(reach, app_token=app_token, signing_secret=signing_secret)
        finding = only(partial(check_socket, other))
        assert finding.state is state
        assert told in finding.sentence


SIGNING = [
    ("xapp-1", None, State.OK),
    (None, "s", State.OK),
    ("xapp-1", "s", State.OK),
    (None, None, State.FAILED),
]


def test_a_signing_secret_is_needed_without_sockets_only(reach: Reach) -> None:
    for app_token, signing_secret, state in SIGNING:
        other = replace(reach, app_token=app_token, signing_secret=signing_secret)
        assert only(partial(check_signing_secret, other)).state is state


def test_how_to_look_at_the_messages_tab_is_told() -> None:
    finding = only(check_messages_tab)
    assert finding.state is State.WARNING
    assert "under Messages there must be a field to write in" in finding.remedy


CHANNELS = [
    (None, State.OK, "None is set"),
    ("C0GENERAL", State.OK, "the bot is in it"),
    ("C0RANDOM", State.FAILED, "the bot is not in it"),
    ("C0NOWHERE", State.FAILED, "does not exist"),
    ("C0CONNECTED", State.WARNING, "shared with another organisation"),
]


def test_a_channel_to_write_to_must_have_the_bot_in_it(slack: LoopbackSlack, reach: Reach) -> None:
    for channel, state, told in CHANNELS:
        slack.workspace.add_channel("connected", members="askpcc asker stranger", shared=True)
        setting = "ASKPCC_SLACK_REVIEW_CHANNEL"
        finding = only(partial(check_channel, lookup(reach), setting, channel))
        assert finding.state is state
        assert told in finding.sentence


PEOPLE = [
    ((), State.WARNING, "Nobody is named"),
    (("U0ADMIN", "U0REVIEWER"), State.OK, "2 named"),
    (("U0ADMIN", "U0NOBODY"), State.FAILED, "U0NOBODY is unknown"),
    (("U0STRANGER",), State.FAILED, "U0STRANGER is unknown"),
    (("U0LEAVER",), State.FAILED, "U0LEAVER was deactivated"),
    (("U0OTHERBOT",), State.FAILED, "U0OTHERBOT is an app"),
    (("U0GUEST",), State.FAILED, "U0GUEST is a guest"),
]


def test_people_with_rights_must_be_full_members(reach: Reach) -> None:
    for people, state, told in PEOPLE:
        finding = only(partial(check_people, lookup(reach), "ASKPCC_SLACK_ADMINS", people))
        assert finding.state is state
        assert told in finding.sentence


def test_groups_must_have_somebody_in_them(slack: LoopbackSlack, reach: Reach) -> None:
    group = slack.workspace.add_group("analysts", members="asker").id
    assert only(partial(check_groups, lookup(reach), ())).state is State.OK
    assert only(partial(check_groups, lookup(reach), {group})).state is State.OK
    finding = only(partial(check_groups, lookup(reach), {group, "S0GONE"}))
    assert (finding.state, finding.sentence) == (State.FAILED, "S0GONE has nobody in it, or does not exist.")


def test_a_model_that_is_not_the_expected_one_is_a_failure() -> None:
    def other() -> str:
        raise EmbedderError("Its weights have another SHA-256. Install it again.")

    assert only(partial(check_model, lambda: "mini 0af9", str)).state is State.OK
    assert "another SHA-256" in only(partial(check_model, other, str)).sentence


AGES = [
    (NOW - timedelta(days=30), State.OK, "last changed on 2026-10-21"),
    (NOW - timedelta(days=31), State.WARNING, "31 days ago"),
    (None, State.WARNING, "not written down"),
]


def test_the_age_of_the_index_is_told() -> None:
    for changed, state, told in AGES:
        finding = only(partial(check_index, lambda: "12-abcd", [changed].pop, lambda: NOW))
        assert finding.state is state
        assert told in finding.sentence


def test_a_missing_index_is_a_failure_that_names_the_command() -> None:
    def missing() -> str:
        raise IndexMissing("No index at index. Run: askpcc index")

    finding = only(partial(check_index, missing, lambda: None, lambda: NOW))
    assert (finding.state, finding.sentence) == (State.FAILED, "No index at index. Run: askpcc index")


def test_an_index_of_another_model_is_a_failure() -> None:
    assert only(partial(check_embedder, lambda: "mini 1", lambda: "mini 1")).state is State.OK
    finding = only(partial(check_embedder, lambda: "mini 1", lambda: "mini 2"))
    assert finding.state is State.FAILED
    assert "mini 1, but mini 2 is set" in finding.sentence


def test_a_ledger_that_cannot_be_written_is_a_failure() -> None:
    def refuse() -> None:
        raise LedgerError("ledger.sqlite cannot be written. Change its rights.")

    assert only(partial(check_ledger, lambda: None)).state is State.OK
    assert only(partial(check_ledger, refuse)).state is State.FAILED


def explode() -> Verdict:
    raise RuntimeError(f"with {SECRETS[0]} and {SECRETS[2]}")


def test_a_check_that_breaks_does_not_keep_the_others_from_being_looked_at() -> None:
    findings = run_checks([Check("one", explode), Check("two", lambda: ok("Well."))])
    assert [finding.state for finding in findings] == [State.FAILED, State.OK]
    assert findings[0].sentence == "The check itself failed (RuntimeError)."


def test_no_finding_shows_a_secret() -> None:
    secrets = " ".join(SECRETS)

    def tell() -> Verdict:
        return warn(f"It is {secrets}.", f"Take {secrets} away.")

    def refuse() -> Verdict:
        raise LedgerError(f"cannot: {secrets}")

    findings = run_checks([Check("a", tell), Check("b", refuse), Check("c", explode)], SECRETS)
    assert "hush" not in format_findings(findings)
    assert "hush" not in json.dumps([finding.as_json() for finding in findings])


def test_a_reach_is_shown_without_its_secrets() -> None:
    assert "hush" not in repr(Reach(*SECRETS, "https://slack.com/api/"))


def test_findings_are_lines_with_the_remedy_below() -> None:
    findings = run_checks(
        [Check("a", lambda: ok("Well.")), Check("b", lambda: fail("Ill.\x1b[31m", "Rest."))]
    )
    text = format_findings(findings)
    assert text.splitlines()[0] == "ok       a: Well."
    assert text.splitlines()[1].startswith("failed   b: Ill.")
    assert text.splitlines()[2] == "         Rest."
    assert "\x1b" not in text
    assert has_failed(findings)
    assert not has_failed(findings[:1])


def environment(slack: LoopbackSlack, data: DataFolder, folder: Path) -> dict[str, str]:
    return {
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_APP_TOKEN": slack.app_token,
        "SLACK_API_URL": slack.api_url,
        "ASKPCC_SLACK_ADMINS": "U0ADMIN",
        "ASKPCC_SLACK_REVIEWERS": "U0REVIEWER",
        "ASKPCC_SLACK_REVIEW_CHANNEL": "C0GENERAL",
        "ASKPCC_INDEX": str(data.index),
        "ASKPCC_LEDGER": f"sqlite:///{folder / 'kept' / 'ledger.sqlite'}",
    }


def test_a_whole_installation_is_found_well(
    slack: LoopbackSlack, slack_data: DataFolder, tmp_path: Path
) -> None:
    findings = run_doctor(read_settings(environment(slack, slack_data, tmp_path)))
    assert [finding for finding in findings if finding.state is State.FAILED] == []
    names = {finding.name for finding in findings if finding.state is State.OK}
    assert {"bot token", "socket", "model", "index", "index and model", "ledger"} <= names
    assert (tmp_path / "kept" / "ledger.sqlite").exists()


def test_the_command_tells_all_and_fails_when_something_does_not_work(
    elsewhere: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASKPCC_LEDGER", f"sqlite:///{elsewhere.folder / 'ledger.sqlite'}")
    for name in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_API_URL"):
        monkeypatch.delenv(name, raising=False)
    result = CliRunner().invoke(command, ["--json"])
    assert result.exit_code == 1
    told = {finding["name"]: finding for finding in json.loads(result.stdout)}
    assert told["settings"]["state"] == "ok"
    assert (told["bot token"]["state"], told["index"]["state"]) == ("failed", "failed")
    assert "askpcc index" in told["index"]["sentence"]
    assert told["ledger"]["state"] == "ok"


def test_settings_that_cannot_be_used_are_a_finding(elsewhere: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxp-hush")
    result = CliRunner().invoke(command, [])
    assert result.exit_code == 1
    assert result.stdout.startswith("failed   settings: SLACK_BOT_TOKEN does not begin with xoxb-.")
    assert "hush" not in result.output
    assert list(Path(elsewhere.folder).iterdir()) == []
