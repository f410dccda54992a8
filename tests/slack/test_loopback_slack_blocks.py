"""The check of blocks takes what Slack takes, and refuses what Slack refuses."""

from typing import Any

from loopback_slack import check_blocks, check_message, check_view
from loopback_slack.blocks.expansion import count_expanded

Json = dict[str, Any]


def plain(words: str) -> Json:
    return {"type": "plain_text", "text": words}


def marked(words: str) -> Json:
    return {"type": "mrkdwn", "text": words}


def section(words: str = "Words", **more: object) -> Json:
    return {"type": "section", "text": marked(words), **more}


def button(words: str = "Press", **more: object) -> Json:
    return {"type": "button", "action_id": "press", "text": plain(words), **more}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def half(words: str, value: str) -> Json:
    return {"text": plain(words), "value": value}


def option(value: str, words: str = "Choice") -> Json:
    return {"text": plain(words), "value": value}


def menu(**more: object) -> Json:
    return {"type": "static_select", "action_id": "menu", **more}


def table(rows: int = 2, columns: int = 2) -> Json:
    return {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}] * columns] * rows}


def field(**more: object) -> Json:
    return {"type": "input", "label": plain("Why"), "element": {"type": "plain_text_input", **more}}


FEEDBACK = {
    "type": "context_actions",
    "elements": [
        {
            "type": "feedback_buttons",
            "action_id": "feedback",
            "positive_button": half("Good", "good"),
            "negative_button": half("Bad", "bad"),
        },
        {"type": "icon_button", "icon": "trash", "text": plain("Remove")},
    ],
}
CONFIRM = {"title": plain("Sure?"), "text": marked("Really"), "confirm": plain("Yes"), "deny": plain("No")}
RICH = {
    "type": "rich_text",
    "elements": [
        {"type": "rich_text_section", "elements": [{"type": "text", "text": "a", "style": {"bold": True}}]},
        {
            "type": "rich_text_list",
            "style": "bullet",
            "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "b"}]}],
        },
        {
            "type": "rich_text_quote",
            "elements": [{"type": "link", "url": "https://example.org", "text": "c"}],
        },
    ],
}
GOOD: dict[str, tuple[str, list[Json]]] = {
    "nothing": ("message", []),
    "section": ("message", [section(expand=True)]),
    "fields": ("message", [{"type": "section", "fields": [marked("a"), plain("b")]}]),
    "header": ("message", [{"type": "header", "text": plain("Title")}]),
    "context": ("message", [{"type": "context", "elements": [marked("a")] * 10}]),
    "actions": (
        "message",
        [actions(button(value="v", style="primary", confirm=CONFIRM), menu(options=[option("a")]))],
    ),
    "overflow": ("message", [section(accessory={"type": "overflow", "options": [option("a")]})]),
    "feedback": ("message", [FEEDBACK]),
    "markdown": ("message", [{"type": "markdown", "text": "# Title\n\n- a\n- b\n"}]),
    "table": ("message", [table(100, 20)]),
    "rich text": ("message", [RICH]),
    "image": ("message", [{"type": "image", "image_url": "https://example.org/a.png", "alt_text": "a"}]),
    "fifty": ("message", [{"type": "divider"}] * 50),
    "same action in two blocks": ("message", [actions(button()), actions(button())]),
    "input": ("modal", [field(multiline=True, min_length=1, max_length=500)]),
    "radio": (
        "modal",
        [
            {
                "type": "input",
                "label": plain("a"),
                "element": {"type": "radio_buttons", "options": [option("a")]},
            }
        ],
    ),
    "users": ("home", [section(accessory={"type": "users_select", "placeholder": plain("Who")})]),
    "hundred": ("home", [{"type": "divider"}] * 100),
}
BAD: dict[str, tuple[str, list[Any]]] = {
    "no object": ("message", ["words"]),
    "unknown block": ("message", [{"type": "nope"}]),
    "no type": ("message", [{"text": plain("a")}]),
    "typed wrongly": ("message", [{"type": "section", "text": "words"}]),
    "unknown key": ("message", [section(colour="red")]),
    "empty section": ("message", [{"type": "section"}]),
    "empty text": ("message", [section("")]),
    "long section": ("message", [section("x" * 3001)]),
    "eleven fields": ("message", [{"type": "section", "fields": [plain("a")] * 11}]),
    "long field": ("message", [{"type": "section", "fields": [plain("x" * 2001)]}]),
    "marked header": ("message", [{"type": "header", "text": marked("a")}]),
    "long header": ("message", [{"type": "header", "text": plain("x" * 151)}]),
    "eleven in context": ("message", [{"type": "context", "elements": [marked("a")] * 11}]),
    "button in context": ("message", [{"type": "context", "elements": [button()]}]),
    "empty actions": ("message", [actions()]),
    "twenty-six actions": ("message", [actions(*(button(action_id=f"a{at}") for at in range(26)))]),
    "marked button": ("message", [actions({"type": "button", "text": marked("a")})]),
    "long button": ("message", [actions(button("x" * 76))]),
    "long value": ("message", [actions(button(value="x" * 2001))]),
    "long url": ("message", [actions(button(url="https://" + "x" * 3000))]),
    "long action_id": ("message", [actions(button(action_id="x" * 256))]),
    "wrong style": ("message", [actions(button(style="default"))]),
    "same action twice": ("message", [actions(button(), button())]),
    "long block_id": ("message", [section(block_id="x" * 256)]),
    "same block twice": ("message", [section(block_id="a"), section(block_id="a")]),
    "text field in actions": ("message", [actions({"type": "plain_text_input"})]),
    "menu without options": ("message", [actions(menu())]),
    "menu with both": ("message", [actions(menu(options=[option("a")], option_groups=[]))]),
    "long option": ("message", [actions(menu(options=[option("a", "x" * 76)]))]),
    "six in overflow": ("message", [section(accessory={"type": "overflow", "options": [option("a")] * 6})]),
    "feedback in actions": ("message", [{"type": "actions", "elements": FEEDBACK["elements"]}]),
    "feedback by halves": (
        "message",
        [
            {
                "type": "context_actions",
                "elements": [{"type": "feedback_buttons", "positive_button": half("a", "b")}],
            }
        ],
    ),
    "other icon": (
        "message",
        [
            {
                "type": "context_actions",
                "elements": [{"type": "icon_button", "icon": "star", "text": plain("a")}],
            }
        ],
    ),
    "long markdown": ("message", [{"type": "markdown", "text": "x" * 7000}] * 2),
    "markdown that expands": ("message", [{"type": "markdown", "text": "# a\n\nb\n\n" * 26}]),
    "fifty-one": ("message", [{"type": "divider"}] * 51),
    "two tables": ("message", [table(), table()]),
    "long table": ("message", [table(101)]),
    "wide table": ("message", [table(2, 21)]),
    "plain cell": ("message", [{"type": "table", "rows": [["x"]]}]),
    "image without words": ("message", [{"type": "image", "image_url": "https://example.org/a.png"}]),
    "image from nowhere": ("message", [{"type": "image", "alt_text": "a"}]),
    "input in a message": ("message", [field()]),
    "rich text of text": ("message", [{"type": "rich_text", "elements": [{"type": "text", "text": "a"}]}]),
    "markdown in a modal": ("modal", [{"type": "markdown", "text": "a"}]),
    "table at home": ("home", [table()]),
    "feedback at home": ("home", [FEEDBACK]),
    "hundred and one": ("modal", [{"type": "divider"}] * 101),
    "button as input": ("modal", [{"type": "input", "label": plain("a"), "element": button()}]),
}


def test_what_slack_takes_passes() -> None:
    assert {name: found for name, case in GOOD.items() if (found := check_blocks(case[1], case[0]))} == {}


def test_what_slack_refuses_is_refused() -> None:
    assert [name for name, (surface, blocks) in BAD.items() if not check_blocks(blocks, surface)] == []


def test_a_problem_names_its_place() -> None:
    assert check_blocks([section(), section("x" * 3001)]) == [
        "blocks[1].text.text: 3001 characters, at most 3000"
    ]


def test_a_message_holds_about_thirteen_thousand_characters() -> None:
    assert check_message([section("x" * 3000)] * 4) == []
    assert check_message([section("x" * 3000)] * 5)


def test_headings_lists_and_fences_are_blocks_of_their_own() -> None:
    assert count_expanded("# One\nwords\n\nwords\n- a\n- b\n\n```\n# no heading\n```\nend") == 5


MODAL = {"type": "modal", "title": plain("Title"), "submit": plain("Send"), "blocks": [field()]}


BAD_VIEWS: list[Json] = [
    {"title": plain("x" * 25)},
    {"submit": marked("Send")},
    {"private_metadata": "x" * 3001},
    {"callback_id": "x" * 256},
    {"type": "message"},
    {"colour": "red"},
    {"blocks": "words"},
]


def test_a_view_keeps_to_its_limits() -> None:
    for change in BAD_VIEWS:
        assert check_view(MODAL) == []
        assert check_view(MODAL | change)


def test_a_modal_with_inputs_can_be_submitted() -> None:
    assert check_view({key: value for key, value in MODAL.items() if key != "submit"})


def test_a_home_tab_has_no_title() -> None:
    assert check_view({"type": "home", "blocks": []}) == []
    assert check_view({"type": "home", "blocks": [], "title": plain("a")})
