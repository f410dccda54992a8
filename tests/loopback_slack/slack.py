"""The loopback Slack: its parts put together."""

from loopback_slack.inspection import Inspection
from loopback_slack.interactions import Interactions
from loopback_slack.people import People
from loopback_slack.trouble import Trouble


class LoopbackSlack(People, Interactions, Inspection, Trouble):
    """A Slack between `with` and its end: people act, the app answers, tests look and wait."""
