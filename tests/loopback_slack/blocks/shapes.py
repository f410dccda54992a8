"""Blocks, and the surfaces each may stand on: https://docs.slack.dev/reference/block-kit/blocks."""

from collections.abc import Mapping

from slackblocks import _limits as limits

from loopback_slack.blocks.elements import BUTTON, IMAGE, IN_ACTIONS, IN_CONTEXT_ACTIONS, IN_INPUT, IN_SECTION
from loopback_slack.blocks.objects import SLACK_FILE, URL, marked, plain, words
from loopback_slack.blocks.rich_text import rich_text_shape
from loopback_slack.blocks.rules import (
    Rule,
    at_least_one,
    exactly_one,
    flag,
    items,
    kinds,
    number,
    record,
    shape,
    text,
    word,
)

_ID: dict[str, Rule] = {"block_id": text(limits.BLOCK_ID_MAX_LENGTH)}
_CELL = kinds(
    shape("raw_text", {"text": text()})
    | shape("raw_number", {"value": number(-1e18, 1e18), "text": text()})
    | rich_text_shape(_ID)
)
_COLUMN = record({}, {"align": word("left", "center", "right"), "is_wrapped": flag})
_SOURCE = record({"type": word("url"), "url": URL, "text": text()})
_TITLE = marked(limits.CARD_TITLE_MAX_LENGTH)

_SECTION = at_least_one(
    shape(
        "section",
        {},
        _ID,
        text=words(limits.SECTION_TEXT_MAX_LENGTH),
        fields=items(words(limits.SECTION_FIELDS_ITEM_MAX_LENGTH), 1, limits.SECTION_FIELDS_MAX_ITEMS),
        accessory=kinds(IN_SECTION),
        expand=flag,
    )["section"],
    "text",
    "fields",
)
_IMAGE = exactly_one(
    shape(
        "image",
        {"alt_text": text(limits.IMAGE_ALT_TEXT_MAX_LENGTH)},
        _ID,
        title=plain(limits.IMAGE_TITLE_MAX_LENGTH),
        image_url=text(limits.IMAGE_IMAGE_URL_MAX_LENGTH),
        slack_file=SLACK_FILE,
    )["image"],
    "image_url",
    "slack_file",
)
_INPUT = shape(
    "input",
    {"label": plain(limits.INPUT_LABEL_MAX_LENGTH), "element": kinds(IN_INPUT)},
    _ID | {"hint": plain(limits.INPUT_HINT_MAX_LENGTH), "optional": flag, "dispatch_action": flag},
)
_EVERYWHERE: dict[str, Rule] = (
    {"section": _SECTION, "image": _IMAGE}
    | shape("header", {"text": plain(limits.HEADER_TEXT_MAX_LENGTH)}, _ID)
    | shape("divider", {}, _ID)
    | shape(
        "context",
        {
            "elements": items(
                kinds(
                    IMAGE
                    | shape("plain_text", {"text": text(3000)}, emoji=flag)
                    | shape("mrkdwn", {"text": text(3000)}, verbatim=flag)
                ),
                1,
                limits.CONTEXT_ELEMENTS_MAX_ITEMS,
            )
        },
        _ID,
    )
    | shape("actions", {"elements": items(kinds(IN_ACTIONS), 1, limits.ACTIONS_ELEMENTS_MAX_ITEMS)}, _ID)
    | rich_text_shape(_ID)
    | shape(
        "card",
        {},
        _ID,
        hero_image=kinds(IMAGE),
        icon=kinds(IMAGE),
        title=_TITLE,
        subtitle=_TITLE,
        body=marked(limits.CARD_BODY_MAX_LENGTH),
        actions=items(kinds(BUTTON), 1, limits.CARD_ACTIONS_MAX_ITEMS),
    )
)
_TABLE = shape(
    "table",
    {"rows": items(items(_CELL, 1, limits.TABLE_COLUMNS_MAX_ITEMS), 1, limits.TABLE_ROWS_MAX_ITEMS)},
    _ID,
    column_settings=items(_COLUMN, 1, limits.TABLE_COLUMN_SETTINGS_MAX_ITEMS),
)
_DATA_TABLE = shape(
    "data_table",
    {
        "rows": items(
            items(_CELL, 1, limits.DATA_TABLE_COLUMNS_MAX_ITEMS),
            limits.DATA_TABLE_ROWS_MIN_ITEMS,
            101,  # the lower of the two numbers in circulation
        ),
        "caption": text(),
    },
    _ID,
    page_size=number(1, limits.DATA_TABLE_PAGE_SIZE_MAX),
    row_header_column_index=number(0, limits.DATA_TABLE_COLUMNS_MAX_ITEMS - 1),
)
_TASK_STATUS = word("pending", "in_progress", "complete", "error")
_TASK = shape(
    "task_card",
    {"task_id": text(), "title": text(), "status": _TASK_STATUS},
    _ID,
    details=kinds(rich_text_shape(_ID)),
    output=kinds(rich_text_shape(_ID)),
    sources=items(_SOURCE, 1),
)
_IN_MESSAGES: dict[str, Rule] = (
    _TABLE
    | _DATA_TABLE
    | _TASK
    | shape("markdown", {"text": text(limits.MARKDOWN_TEXT_MAX_LENGTH)}, _ID)
    | shape(
        "context_actions",
        {"elements": items(kinds(IN_CONTEXT_ACTIONS), 1, limits.CONTEXT_ACTIONS_ELEMENTS_MAX_ITEMS)},
        _ID,
    )
    | shape("plan", {"title": text()}, _ID, tasks=items(kinds(_TASK), 1, limits.PLAN_TASKS_MAX_ITEMS))
)

SURFACES: Mapping[str, Rule] = {
    "message": kinds(_EVERYWHERE | _IN_MESSAGES),
    "modal": kinds(
        _EVERYWHERE
        | _INPUT
        | shape(
            "alert", {"text": words(200)}, _ID, level=word("default", "info", "warning", "error", "success")
        )
    ),
    "home": kinds(_EVERYWHERE | _INPUT),
}
