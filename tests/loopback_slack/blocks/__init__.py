"""Whether Slack would take these blocks."""

from loopback_slack.blocks.checking import check_blocks, check_message, check_view

__all__ = ["check_blocks", "check_message", "check_view"]
