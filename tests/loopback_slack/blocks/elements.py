"""Interactive elements, and where each may stand: https://docs.slack.dev/reference/block-kit/block-elements."""

from slackblocks import _limits as limits

from loopback_slack.blocks.objects import (
    ACTION,
    CONFIRM,
    CONVERSATION_FILTER,
    DISPATCH,
    MARKED_OPTION,
    OPTION_GROUP,
    PLAIN_OPTION,
    SLACK_FILE,
    URL,
    plain,
)
from loopback_slack.blocks.rules import (
    Rule,
    anything,
    exactly_one,
    flag,
    items,
    number,
    record,
    shape,
    text,
    word,
)

_FOCUS: dict[str, Rule] = {"focus_on_load": flag}
_MENU = ACTION | _FOCUS | {"confirm": CONFIRM, "placeholder": plain(limits.SELECT_PLACEHOLDER_MAX_LENGTH)}
_FIELD = ACTION | _FOCUS | {"dispatch_action_config": DISPATCH, "placeholder": plain(150)}
_MANY: dict[str, Rule] = {"max_selected_items": number(1, 100)}
_LABEL = text(limits.BUTTON_ACCESSIBILITY_LABEL_MAX_LENGTH)
_SEEN_BY = items(text(), 1, limits.ICON_BUTTON_VISIBLE_TO_USER_IDS_MAX_ITEMS)
_OPTIONS: dict[str, Rule] = {
    "options": items(PLAIN_OPTION, 1, limits.SELECT_OPTIONS_MAX_ITEMS),
    "option_groups": items(OPTION_GROUP, 1, limits.SELECT_OPTION_GROUPS_MAX_ITEMS),
}
_CHARACTERS: dict[str, Rule] = {
    "min_length": number(0, limits.PLAIN_TEXT_INPUT_MIN_LENGTH_MAX),
    "max_length": number(1, limits.PLAIN_TEXT_INPUT_MAX_LENGTH_MAX),
}
_HALF = record(
    {
        "text": plain(limits.FEEDBACK_BUTTON_TEXT_MAX_LENGTH),
        "value": text(limits.FEEDBACK_BUTTON_VALUE_MAX_LENGTH),
    },
    {"accessibility_label": text(limits.FEEDBACK_BUTTON_ACCESSIBILITY_LABEL_MAX_LENGTH)},
)


def _menus(prefix: str, initial: dict[str, Rule], **more: Rule) -> dict[str, Rule]:
    """Return the shapes of users, channels and conversations menus, for one or for several."""
    own: dict[str, Rule] = {"filter": CONVERSATION_FILTER, "default_to_current_conversation": flag}
    shapes: dict[str, Rule] = {}
    for noun, extra in (("users", {}), ("channels", {}), ("conversations", own)):
        answers = {} if noun == "users" or prefix else {"response_url_enabled": flag}
        shapes |= shape(f"{prefix}{noun}_select", {}, _MENU | initial | extra | answers | more)
    return shapes


def _one_source(shapes: dict[str, Rule]) -> dict[str, Rule]:
    """Ask for options or option_groups, not both."""
    return {kind: exactly_one(rule, "options", "option_groups") for kind, rule in shapes.items()}


_BUTTON = shape(
    "button",
    {"text": plain(limits.BUTTON_TEXT_MAX_LENGTH)},
    ACTION,
    value=text(limits.BUTTON_VALUE_MAX_LENGTH),
    url=URL,
    style=word("primary", "danger"),
    confirm=CONFIRM,
    accessibility_label=_LABEL,
    visible_to_user_ids=_SEEN_BY,
    agent_prompt=text(limits.BUTTON_AGENT_PROMPT_MAX_LENGTH),
    agent_prompt_display=text(),
)
_SELECTS = (
    _one_source(shape("static_select", {}, _MENU | _OPTIONS, initial_option=PLAIN_OPTION))
    | _one_source(
        shape("multi_static_select", {}, _MENU | _OPTIONS | _MANY, initial_options=items(PLAIN_OPTION, 1))
    )
    | shape("external_select", {}, _MENU, initial_option=PLAIN_OPTION, min_query_length=number(0, 3000))
    | shape(
        "multi_external_select",
        {},
        _MENU | _MANY,
        initial_options=items(PLAIN_OPTION, 1),
        min_query_length=number(0, 3000),
    )
    | _menus("", {"initial_user": text(), "initial_channel": text(), "initial_conversation": text()})
    | _menus(
        "multi_",
        {"initial_users": items(text(), 1), "initial_channels": items(text(), 1)},
        initial_conversations=items(text(), 1),
        max_selected_items=number(1, 100),
    )
)
_TICKS = shape(
    "checkboxes",
    {"options": items(MARKED_OPTION, 1, limits.CHECKBOXES_OPTIONS_MAX_ITEMS)},
    ACTION | _FOCUS,
    confirm=CONFIRM,
    initial_options=items(MARKED_OPTION, 1),
) | shape(
    "radio_buttons",
    {"options": items(MARKED_OPTION, 1, limits.RADIO_BUTTONS_OPTIONS_MAX_ITEMS)},
    ACTION | _FOCUS,
    confirm=CONFIRM,
    initial_option=MARKED_OPTION,
)
_DATES = (
    shape("datepicker", {}, _MENU, initial_date=text(10))
    | shape("timepicker", {}, _MENU, initial_time=text(5), timezone=text())
    | shape("datetimepicker", {}, ACTION | _FOCUS, confirm=CONFIRM, initial_date_time=number(10**9, 10**10))
)
_OVERFLOW = shape(
    "overflow",
    {"options": items(PLAIN_OPTION, 1, limits.OVERFLOW_OPTIONS_MAX_ITEMS)},
    ACTION,
    confirm=CONFIRM,
)
_FIELDS = (
    shape("plain_text_input", {}, _FIELD | _CHARACTERS, initial_value=text(3000, least=0), multiline=flag)
    | shape("url_text_input", {}, _FIELD, initial_value=text(least=0))
    | shape("email_text_input", {}, _FIELD, initial_value=text(least=0))
    | shape(
        "number_input",
        {"is_decimal_allowed": flag},
        _FIELD,
        initial_value=text(),
        min_value=text(),
        max_value=text(),
    )
    | shape("rich_text_input", {}, _FIELD, initial_value=anything)
    | shape("file_input", {}, ACTION, filetypes=items(text(), 1), max_files=number(1, 10))
)
IMAGE = {
    kind: exactly_one(rule, "image_url", "slack_file")
    for kind, rule in shape(
        "image",
        {"alt_text": text(limits.IMAGE_ELEMENT_ALT_TEXT_MAX_LENGTH)},
        image_url=text(limits.IMAGE_ELEMENT_IMAGE_URL_MAX_LENGTH),
        slack_file=SLACK_FILE,
    ).items()
}

IN_ACTIONS = _BUTTON | _SELECTS | _TICKS | _DATES | _OVERFLOW
IN_SECTION = IN_ACTIONS | IMAGE
IN_INPUT = _SELECTS | _TICKS | _DATES | _FIELDS
IN_CONTEXT_ACTIONS = shape(
    "feedback_buttons", {"positive_button": _HALF, "negative_button": _HALF}, ACTION
) | shape(
    "icon_button",
    {"icon": word("trash"), "text": plain(limits.BUTTON_TEXT_MAX_LENGTH)},
    ACTION,
    value=text(limits.ICON_BUTTON_VALUE_MAX_LENGTH),
    confirm=CONFIRM,
    accessibility_label=_LABEL,
    visible_to_user_ids=_SEEN_BY,
)
BUTTON = _BUTTON
