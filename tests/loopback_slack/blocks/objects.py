"""Composition objects: texts, options, confirmations. Limits are those of the package slackblocks."""

from slackblocks import _limits as limits

from loopback_slack.blocks.rules import (
    Rule,
    at_least_one,
    exactly_one,
    flag,
    items,
    kinds,
    record,
    shape,
    text,
    word,
)


def plain(most: int) -> Rule:
    """Plain text only, of at most so many characters."""
    return kinds(shape("plain_text", {"text": text(most)}, emoji=flag))


def marked(most: int) -> Rule:
    """Mrkdwn only."""
    return kinds(shape("mrkdwn", {"text": text(most)}, verbatim=flag))


def words(most: int) -> Rule:
    """Plain text or mrkdwn."""
    plain_text = shape("plain_text", {"text": text(most)}, emoji=flag)
    return kinds(plain_text | shape("mrkdwn", {"text": text(most)}, verbatim=flag))


OPTIONAL_ID = text(limits.ACTION_ID_MAX_LENGTH)
ACTION: dict[str, Rule] = {"action_id": OPTIONAL_ID}
URL = text(limits.BUTTON_URL_MAX_LENGTH)

CONFIRM = record(
    {"text": words(limits.CONFIRMATION_TEXT_MAX_LENGTH)},
    {
        "title": plain(limits.CONFIRMATION_TITLE_MAX_LENGTH),
        "confirm": plain(limits.CONFIRMATION_CONFIRM_MAX_LENGTH),
        "deny": plain(limits.CONFIRMATION_DENY_MAX_LENGTH),
        "style": word("primary", "danger"),
    },
)


def option(label: Rule) -> Rule:
    """One choice of a menu."""
    return record(
        {"text": label, "value": text(limits.OPTION_VALUE_MAX_LENGTH)},
        {"description": words(limits.OPTION_DESCRIPTION_MAX_LENGTH), "url": URL},
    )


PLAIN_OPTION = option(plain(limits.OPTION_TEXT_MAX_LENGTH))
MARKED_OPTION = option(words(limits.OPTION_TEXT_MAX_LENGTH))
OPTION_GROUP = record(
    {
        "label": plain(limits.OPTION_GROUP_LABEL_MAX_LENGTH),
        "options": items(PLAIN_OPTION, 1, limits.OPTION_GROUP_OPTIONS_MAX_ITEMS),
    }
)
DISPATCH = record(
    {"trigger_actions_on": items(word("on_enter_pressed", "on_character_entered"), 1, 2)},
)
CONVERSATION_FILTER = at_least_one(
    record(
        {},
        {
            "include": items(word("im", "mpim", "private", "public"), 1, 4),
            "exclude_external_shared_channels": flag,
            "exclude_bot_users": flag,
        },
    ),
    "include",
    "exclude_external_shared_channels",
    "exclude_bot_users",
)
SLACK_FILE = exactly_one(record({}, {"url": URL, "id": text()}), "url", "id")
