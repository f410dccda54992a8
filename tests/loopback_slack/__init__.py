"""A strict Slack on loopback, for tests of a real Bolt app in Socket Mode or over HTTP."""

from loopback_slack.blocks import check_blocks, check_message, check_view
from loopback_slack.deliveries import Delivery, RetryRule
from loopback_slack.inspection import HANG
from loopback_slack.journal import Call, NeverHappened, RulesBroken, Violation
from loopback_slack.posts import Message, View
from loopback_slack.slack import LoopbackSlack
from loopback_slack.state import BOT_EVENTS, BOT_SCOPES, Rules
from loopback_slack.workspace import Channel, User, Workspace, make_workspace

__all__ = [
    "BOT_EVENTS",
    "BOT_SCOPES",
    "HANG",
    "Call",
    "Channel",
    "Delivery",
    "LoopbackSlack",
    "Message",
    "NeverHappened",
    "RetryRule",
    "Rules",
    "RulesBroken",
    "User",
    "View",
    "Violation",
    "Workspace",
    "check_blocks",
    "check_message",
    "check_view",
    "make_workspace",
]
