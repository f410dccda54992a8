"""Slack: questions in messages, commands and shortcuts; answers as blocks."""
