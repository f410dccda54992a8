"""The bot against local-slack, a Slack for one machine: for ``make demo`` and for an end-to-end test.

local-slack (MIT, npm) is nobody's of this project, so what it hands the bot is an outside check of it.
"""
