"""The Slack bot: events, intake, workers, delivery, views."""
