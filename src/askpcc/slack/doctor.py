"""The app's manifest, and checks of all that the bot needs."""

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from importlib.resources import files
from threading import Event
from typing import Any, TypeVar

import yaml
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.socket_mode import SocketModeClient
from slack_sdk.web import SlackResponse

from askpcc.errors import AskpccError, SettingsError, SlackError
from askpcc.rendering.logs import EventLog, redact
from askpcc.rendering.results import visible
from askpcc.slack.access import Channel, Directory, Person
from askpcc.slack.client import reason_of
from askpcc.slack.payloads import PATH

_LONGEST_NAME = 35
_LONGEST_URL = 255
_SECURE = re.compile(r"https://[\w.-]+(:[0-9]{1,5})?(/[\w./~-]*)?", re.ASCII)

_LOG = EventLog("doctor")
_UNTOLD = "Run the doctor again; where it stays so, the log says at which place of the code it failed."
_OLD_DAYS = 30
_INDEX_AGAIN = "Run: askpcc index"
_OTHER_MODEL = "Correct ASKPCC_EMBEDDER, or make the index anew with: askpcc index --rebuild"
_SECONDS_TO_ANSWER = 10
_PAGES = "the app's pages at https://api.slack.com/apps"
_INSTALL_AGAIN = (
    f"Paste what askpcc manifest prints under App Manifest on {_PAGES}, and install the app again."
)
_NO_TOKEN = f"Set SLACK_BOT_TOKEN to the Bot User OAuth Token, under OAuth & Permissions on {_PAGES}."
_NO_APP_TOKEN = (
    f"Make an app-level token with connections:write under App-Level Tokens on {_PAGES}, and set "
    "SLACK_APP_TOKEN to it."
)
_LOOK_AT_THE_TAB = (
    "Open the bot in Slack: under Messages there must be a field to write in. Where there is none, switch on "
    f"Messages Tab and the box below it, under App Home on {_PAGES}."
)

_Returned = TypeVar("_Returned")

DirectoryOpener = Callable[[], Directory]
"""Opens the directory when something has to be looked up."""

Manifest = dict[str, Any]
"""As slackapi/manifest-schema 2.0.0 describes it."""


class State(StrEnum):
    """How something is."""

    OK = "ok"
    WARNING = "warning"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a look at something showed.  remedy: what to do; empty where it is well."""

    state: State
    sentence: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """Something to look at.  look: raises an AskpccError where the look itself fails."""

    name: str
    look: Callable[[], Verdict]


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found, under the name of its check."""

    name: str
    state: State
    sentence: str
    remedy: str = ""

    def as_json(self) -> dict[str, str]:
        """Return it as an object."""
        return {"name": self.name, "state": self.state, "sentence": self.sentence, "remedy": self.remedy}


@dataclass(frozen=True, slots=True)
class Reach:
    """How Slack is reached.  over_http: Slack sends requests to the bot; otherwise the bot opens sockets."""

    bot_token: str | None = field(repr=False)
    app_token: str | None = field(repr=False)
    signing_secret: str | None = field(repr=False)
    api_url: str

    @property
    def over_http(self) -> bool:
        """Tell whether the bot is set up for requests and not for sockets."""
        return self.app_token is None and self.signing_secret is not None

    def client(self) -> WebClient:
        """Return a client of the Web API.  Raises SlackError where there is no token."""
        if self.bot_token is None:
            raise SlackError("Not looked at: there is no bot token.")
        return WebClient(self.bot_token, base_url=self.api_url, timeout=_SECONDS_TO_ANSWER)


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


def ok(sentence: str) -> Verdict:
    """Return that all is well."""
    return Verdict(State.OK, sentence)


def warn(sentence: str, remedy: str) -> Verdict:
    """Return that somebody should have a look."""
    return Verdict(State.WARNING, sentence, remedy)


def fail(sentence: str, remedy: str) -> Verdict:
    """Return that something does not work."""
    return Verdict(State.FAILED, sentence, remedy)


def run_checks(checks: Iterable[Check], secrets: Collection[str | None] = ()) -> list[Finding]:
    """Look at everything, one after the other; no failure keeps the rest from being looked at.

    secrets: values that no finding shows.
    """
    known = [secret for secret in secrets if secret]
    return [_run(check, known) for check in checks]


def has_failed(findings: Iterable[Finding]) -> bool:
    """Tell whether something does not work."""
    return any(finding.state is State.FAILED for finding in findings)


def format_findings(findings: Iterable[Finding]) -> str:
    """Return the findings as lines, each remedy below what it is for."""
    lines: list[str] = []
    for finding in findings:
        lines.append(f"{finding.state.value:<8} {finding.name}: {finding.sentence}")
        lines.extend([f"         {finding.remedy}"] if finding.remedy else [])
    return "\n".join(visible(line) for line in lines)


def _run(check: Check, secrets: Collection[str]) -> Finding:
    verdict = _look(check)
    sentence, remedy = redact(verdict.sentence, secrets), redact(verdict.remedy, secrets)
    return Finding(check.name, verdict.state, sentence, remedy)


def _look(check: Check) -> Verdict:
    try:
        return check.look()
    except AskpccError as exc:
        return fail(str(exc), "")
    except Exception as exc:  # noqa: BLE001 - the doctor's outer edge; the text could hold a secret
        _LOG.failure("check_failed", exc)
        return fail(f"The check itself failed ({type(exc).__name__}).", _UNTOLD)


def check_model(fingerprint: Callable[[], str], embed: Callable[[str], object]) -> Verdict:
    """Load the embedding model, whose weights are compared with the expected ones, and use it once."""
    name = fingerprint()
    embed("Is the model well?")
    return ok(f"{name} loads; its weights are the expected ones where they are known.")


def check_index(
    version: Callable[[], str], changed_at: Callable[[], datetime | None], now: Callable[[], datetime]
) -> Verdict:
    """See whether there is an index, and how old it is.  changed_at: None where no run is written down."""
    name, changed = version(), changed_at()
    if changed is None:
        return warn(f"It is {name}; when it was made is not written down.", _INDEX_AGAIN)
    days = (now() - changed).days
    told = f"It is {name}, last changed on {changed:%Y-%m-%d}."
    return warn(f"{told} That is {days} days ago.", _INDEX_AGAIN) if days > _OLD_DAYS else ok(told)


def check_embedder(embedder_of_index: Callable[[], str], fingerprint: Callable[[], str]) -> Verdict:
    """See whether the index was made with the model that is set."""
    of_index, chosen = embedder_of_index(), fingerprint()
    if of_index != chosen:
        return fail(f"The index was made with {of_index}, but {chosen} is set.", _OTHER_MODEL)
    return ok(f"The index was made with {chosen}.")


def check_ledger(write: Callable[[], object]) -> Verdict:
    """Write something to the ledger that nobody minds."""
    write()
    return ok("It opens, and can be written.")


def check_bot_token(reach: Reach) -> Verdict:
    """Ask Slack whose token it is."""
    if reach.bot_token is None:
        return fail("There is no bot token.", _NO_TOKEN)
    said = _test(reach)
    if not said.get("bot_id"):
        return fail("The token is a person's and not a bot's.", _NO_TOKEN)
    return ok(f"It belongs to the bot {said.get('user')} ({said.get('user_id')}) of {said.get('team')}.")


def check_scopes(reach: Reach) -> Verdict:
    """Compare the rights that the bot was given with those of the manifest."""
    headers = {str(name).lower(): value for name, value in _test(reach).headers.items()}
    if not headers.get("x-oauth-scopes"):
        return warn("Slack does not tell which rights the bot was given.", f"Compare them on {_PAGES}.")
    given = {scope.strip() for scope in headers["x-oauth-scopes"].split(",")}
    missing, spare = sorted(expected_scopes() - given), sorted(given - expected_scopes())
    if missing:
        return fail(f"The bot was not given {', '.join(missing)}.", _INSTALL_AGAIN)
    if spare:
        return warn(f"The bot was given {', '.join(spare)}, which it does not use.", _INSTALL_AGAIN)
    return ok(f"The bot was given the {len(given)} rights that it needs, and no other.")


def check_socket(reach: Reach) -> Verdict:
    """Open a real socket and wait for Slack's greeting; events of that moment are sent again by Slack."""
    if reach.over_http:
        return ok("Not needed: the bot is set up for requests over HTTP.")
    if reach.app_token is None:
        return fail("There is neither an app token nor a signing secret.", _NO_APP_TOKEN)
    if not reach.app_token.startswith("xapp-"):
        return fail("The app token is none.", _NO_APP_TOKEN)
    return _open_socket(reach.app_token, reach.api_url)


def check_signing_secret(reach: Reach) -> Verdict:
    """See whether requests over HTTP could be told from forged ones."""
    if reach.signing_secret:
        return ok("It is set; it is used for requests over HTTP only.")
    if reach.app_token:
        return ok("Not needed: the bot opens sockets itself.")
    return fail("There is none.", f"For HTTP, set SLACK_SIGNING_SECRET from App Credentials on {_PAGES}.")


def check_messages_tab() -> Verdict:
    """Say how to look, since Slack tells a bot nothing of it."""
    return warn("Slack does not tell whether people can write to the bot.", _LOOK_AT_THE_TAB)


def check_channel(open_directory: DirectoryOpener, setting: str, channel: str | None) -> Verdict:
    """See whether a channel that the bot writes to exists, has the bot in it, and is nobody else's."""
    if channel is None:
        return ok(f"None is set ({setting}).")
    found = open_directory().channel(channel)
    if not found.has_bot:
        return fail(
            f"{channel} does not exist, or the bot is not in it.", f"Invite the bot, or correct {setting}."
        )
    return _of_sharing(found, setting)


def check_people(open_directory: DirectoryOpener, setting: str, people: Collection[str]) -> Verdict:
    """See whether named people are known, and full members."""
    if not people:
        return warn("Nobody is named, so nobody may do this.", f"Set {setting} to the ids of those who may.")
    known = open_directory()
    wrong = [told for told in (_of_person(known.person(id_)) for id_ in sorted(people)) if told]
    if wrong:
        return fail(f"{'; '.join(wrong)}.", f"Correct {setting}.")
    return ok(f"{len(people)} named, all of them full members.")


def check_groups(open_directory: DirectoryOpener, groups: Iterable[str]) -> Verdict:
    """See whether the named user groups have somebody in them."""
    named = sorted(groups)
    if not named:
        return ok("None is named.")
    known = open_directory()
    empty = [group for group in named if not known.members(group)]
    if empty:
        told = f"{', '.join(empty)} has nobody in it, or does not exist."
        return fail(told, "Correct ASKPCC_SLACK_GROUPS.")
    return ok(f"{len(named)} named, with people in each.")


def _of_sharing(channel: Channel, setting: str) -> Verdict:
    if channel.is_shared:
        told = f"{channel.id} is shared with another organisation."
        return warn(told, f"Choose a channel of your own for {setting}.")
    return ok(f"{channel.id} exists, and the bot is in it.")


def _of_person(person: Person) -> str | None:
    if person.is_stranger or not person.team:
        return f"{person.id} is unknown in this workspace"
    if person.is_deleted:
        return f"{person.id} was deactivated"
    if person.is_bot:
        return f"{person.id} is an app"
    return f"{person.id} is a guest" if person.is_guest else None


def _test(reach: Reach) -> SlackResponse:
    return _call(reach.client().auth_test, "SLACK_BOT_TOKEN")


def _open_socket(app_token: str, api_url: str) -> Verdict:
    greeted = Event()
    socket = SocketModeClient(
        app_token,
        web_client=WebClient(base_url=api_url, timeout=_SECONDS_TO_ANSWER),
        auto_reconnect_enabled=False,
        on_message_listeners=[lambda text: greeted.set() if '"hello"' in text else None],
    )
    try:
        _call(socket.connect, "SLACK_APP_TOKEN")
        if greeted.wait(_SECONDS_TO_ANSWER):
            return ok("A socket was opened, and Slack greeted the bot.")
        return fail("A socket was opened, but Slack did not greet the bot.", "See whether a proxy keeps it.")
    finally:
        socket.close()


def _call(method: Callable[[], _Returned], setting: str) -> _Returned:
    """Call Slack; refusals are told with what Slack calls them, and without what was sent."""
    try:
        return method()
    except SlackApiError as exc:
        reason = reason_of(exc) or "no reason given"
        raise SlackError(f"Slack refused: {reason}. See whether {setting} is right and still valid.") from exc
    except (SlackClientError, OSError) as exc:
        raise SlackError("Slack cannot be reached. See whether a proxy or firewall is in the way.") from exc
