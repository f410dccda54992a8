"""Wires the Slack bot."""

from askpcc.app.slack.running import run_slack

__all__ = ["run_slack"]
