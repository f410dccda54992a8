"""Buttons, menus and lines that Home, previews and reports have in common."""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from askpcc.rendering.answers import visible
from askpcc.surfaces.slack import limits
from askpcc.surfaces.slack.answers.blocks import context, section
from askpcc.surfaces.slack.answers.messages import Block, Message, Piece
from askpcc.surfaces.slack.text import cut, cut_start, escape_line, in_one_line, mrkdwn, plain, size

_PERSON = re.compile(r"[UW][A-Z0-9]{2,30}")
_LONGEST_REMARK = 1_500


def header(text: str) -> Block:
    """Return a heading."""
    return {"type": "header", "text": plain(in_one_line(text), limits.HEADER)}


def remark(escaped: str) -> Block:
    """Return a line of small print."""
    return context([mrkdwn(cut(escaped, _LONGEST_REMARK))])


def divider() -> Block:
    """Return a line between two parts."""
    return {"type": "divider"}


def button(text: str, action_id: str, value: str, **more: Any) -> Block:  # noqa: ANN401 - style, confirm
    """Return a button.  value: ours, so within Slack's limit.  more: style, confirm."""
    label = plain(in_one_line(text), limits.BUTTON_TEXT)
    return {"type": "button", "text": label, "action_id": action_id, "value": value, **more}


def actions(elements: Iterable[Block]) -> Block:
    """Return a row of buttons and menus; no two of them share an action id."""
    return {"type": "actions", "elements": list(elements)}


def confirm(title: str, text: str, yes: str) -> Block:
    """Return what is asked before a button does what cannot be taken back lightly."""
    return {
        "title": plain(title, limits.CONFIRM_TITLE),
        "text": plain(text, limits.CONFIRM_TEXT),
        "confirm": plain(yes, limits.CONFIRM_BUTTON),
        "deny": plain("Cancel", limits.CONFIRM_BUTTON),
    }


def menu(action_id: str, placeholder: str, choices: Mapping[str, str], chosen: str | None) -> Block:
    """Return a menu.  choices: value to label; what Slack cannot hold as one is left out."""
    fitting = [value for value, label in choices.items() if _fits_menu(value) and label.strip()]
    options = {value: _option(choices[value], value) for value in fitting[: limits.OPTIONS_A_MENU]}
    made = {
        "type": "static_select",
        "action_id": action_id,
        "placeholder": plain(placeholder, limits.PLACEHOLDER),
        "options": list(options.values()),
    }
    return {**made, "initial_option": options[chosen]} if chosen in options else made


def _fits_menu(value: str) -> bool:
    return bool(value.strip()) and size(value) <= limits.OPTION_VALUE and value == visible(value)


def _option(label: str, value: str) -> Block:
    return {"text": plain(in_one_line(label), limits.OPTION_TEXT), "value": value}


def mention(person: str) -> str:
    """Return a mention for mrkdwn, which notifies in a message and names in a view."""
    return f"<@{person}>" if _PERSON.fullmatch(person) else "somebody"


def moment(at: datetime) -> str:
    """Return a date and time for mrkdwn, which Slack shows in the reader's own time zone."""
    at = at.astimezone(UTC)
    return f"<!date^{int(at.timestamp())}^{{date_short_pretty}} at {{time}}|{at:%Y-%m-%d %H:%M} UTC>"


def count(number: int, noun: str, nouns: str | None = None) -> str:
    """Return a number with its noun: "1 document", "2 documents"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {nouns or noun + 's'}"


def name_file(path: str, longest: int = 200) -> str:
    """Return the name of a file for mrkdwn; of a long one the end, which tells it from others."""
    return escape_line(cut_start(in_one_line(path), longest))


def piece(escaped: str, *blocks: Block) -> Piece:
    """Return words as a paragraph with the blocks that belong to it."""
    return Piece((section(escaped), *blocks), (escaped,))


def say(escaped: str) -> Message:
    """Return a message of one paragraph."""
    return Message(cut(escaped, limits.SECTION_TEXT), [section(escaped)])
