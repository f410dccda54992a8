"""The workspace that local-slack is given: two people, a channel, one for reviewers, a direct message."""

from typing import Any

ADA, BEN, BOT = "U0ADA", "U0BEN", "U0ASKPCC"
QUESTIONS_CHANNEL, REVIEW_CHANNEL = "C0QUESTIONS", "C0REVIEW"
DIRECT = "D0ADA"
TEAM = "T0BORSETSHIRE"
MENTION = f"<@{BOT}>"
BOT_TOKEN, APP_TOKEN = "xoxb-of-local-slack", "xapp-of-local-slack"
"""local-slack takes any; these are no secrets."""

PERSON = "Ada Quill"

STAFF = {
    "ASKPCC_SLACK_ADMINS": ADA,
    "ASKPCC_SLACK_REVIEWERS": ADA,
    "ASKPCC_SLACK_REVIEW_CHANNEL": REVIEW_CHANNEL,
    "ASKPCC_SLACK_DIGEST_CHANNEL": REVIEW_CHANNEL,
}
"""Ada may try everything, Ben what anybody may."""


def describe_workspace() -> dict[str, Any]:
    """Return the configuration of local-slack."""
    return {
        "workspace": {"name": "Borsetshire", "domain": "borsetshire", "teamId": TEAM},
        "apps": [
            {
                "appId": "A0ASKPCC",
                "botUserId": BOT,
                "botName": "askpcc",
                "botToken": BOT_TOKEN,
                "appToken": APP_TOKEN,
                "mode": "socket",
            }
        ],
        "users": [
            {"id": ADA, "name": "ada", "real_name": PERSON, "tz": "Europe/London"},
            {"id": BEN, "name": "ben", "real_name": "Ben Mallow", "tz": "Europe/London"},
        ],
        "channels": [
            {"id": QUESTIONS_CHANNEL, "name": "inspection-answers", "members": [ADA, BEN, BOT]},
            {"id": REVIEW_CHANNEL, "name": "askpcc-review", "members": [ADA, BOT]},
            {"id": DIRECT, "name": "askpcc", "is_im": True, "is_channel": False, "members": [ADA, BOT]},
        ],
    }
