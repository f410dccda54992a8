"""The settings of the Slack bot."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from askpcc.settings.values import (
    CHANNELS,
    GROUPS,
    PEOPLE,
    read_api_url,
    read_channel,
    read_ids,
    read_number,
    read_secret,
)

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
