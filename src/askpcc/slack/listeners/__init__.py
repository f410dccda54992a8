"""What Bolt calls when something happens in Slack."""
