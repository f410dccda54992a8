"""Wires what a new installation is checked with."""

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from time import monotonic

from askpcc.app.flows import build_embedder, open_catalogue
from askpcc.settings import Settings, SlackSettings
from askpcc.slack.access import Directory
from askpcc.slack.doctor import (
    Check,
    Finding,
    Reach,
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
    run_checks,
)

_MARK = "doctor"


def run_doctor(settings: Settings) -> list[Finding]:
    """Look at all that the bot needs."""
    slack = settings.slack
    secrets = (slack.bot_token, slack.app_token, slack.signing_secret)
    return run_checks([*_slack_checks(slack), *_local_checks(settings)], secrets)


def _slack_checks(settings: SlackSettings) -> Iterator[Check]:
    reach = Reach(settings.bot_token, settings.app_token, settings.signing_secret, settings.api_url)
    yield Check("bot token", partial(check_bot_token, reach))
    yield Check("rights", partial(check_scopes, reach))
    yield Check("socket", partial(check_socket, reach))
    yield Check("signing secret", partial(check_signing_secret, reach))
    yield Check("Messages tab", check_messages_tab)
    yield from _workspace_checks(settings, reach)


def _workspace_checks(settings: SlackSettings, reach: Reach) -> Iterator[Check]:
    def directory() -> Directory:
        return Directory(reach.client(), monotonic)

    for setting, channel in (
        ("ASKPCC_SLACK_REVIEW_CHANNEL", settings.review_channel),
        ("ASKPCC_SLACK_DIGEST_CHANNEL", settings.digest_channel),
    ):
        yield Check(setting, partial(check_channel, directory, setting, channel))
    for setting, people in (
        ("ASKPCC_SLACK_ADMINS", settings.admins),
        ("ASKPCC_SLACK_REVIEWERS", settings.reviewers),
    ):
        yield Check(setting, partial(check_people, directory, setting, people))
    yield Check("ASKPCC_SLACK_GROUPS", partial(check_groups, directory, settings.groups))


def _local_checks(settings: Settings) -> Iterator[Check]:
    embedder = build_embedder(settings)

    def fingerprint() -> str:
        return embedder.fingerprint

    version, changed_at = partial(_version, settings), partial(_changed, settings)
    yield Check("model", partial(check_model, fingerprint, embedder.embed_question))
    yield Check("index", partial(check_index, version, changed_at, _now))
    yield Check(
        "index and model",
        partial(check_embedder, partial(_embedder, settings), fingerprint),
    )
    yield Check("ledger", partial(check_ledger, partial(_write_to_ledger, settings)))


def _version(settings: Settings) -> str:
    with open_catalogue(settings) as catalogue:
        return catalogue.index_version()


def _embedder(settings: Settings) -> str:
    with open_catalogue(settings) as catalogue:
        return catalogue.head().embedder


def _changed(settings: Settings) -> datetime | None:
    with open_catalogue(settings) as catalogue:
        runs = catalogue.runs(1)
    return runs[0].at if runs else None


def _write_to_ledger(settings: Settings) -> None:
    from askpcc.adapters.ledger import open_ledger

    ledger = open_ledger(settings.ledger)
    try:
        ledger.move_mark(_MARK, ledger.mark(_MARK), _now().isoformat())
    finally:
        ledger.close()


def _now() -> datetime:
    return datetime.now(UTC)
