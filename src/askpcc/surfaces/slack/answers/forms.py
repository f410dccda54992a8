"""Forms: what is wrong with an answer, and a question about a message."""

import json

from askpcc.model import Fault
from askpcc.rendering.answers import visible
from askpcc.surfaces.slack import action_ids, limits
from askpcc.surfaces.slack.answers.messages import Block
from askpcc.surfaces.slack.text import cut, plain

LONGEST_COMMENT = 500
LONGEST_QUESTION = 2_000

_FAULTS = {
    Fault.WRONG_STATUS: "The status is wrong",
    Fault.WRONG_SOURCE: "The source is wrong",
    Fault.OUT_OF_DATE: "It is out of date",
    Fault.NOT_ANSWERED: "It does not answer the question",
    Fault.OTHER: "Something else",
}
_WHERE = {
    action_ids.IN_THREAD: "In the thread of the message",
    action_ids.ONLY_TO_ME: "Only to me",
}


def build_feedback_modal(answer: str) -> Block:
    """Return the form that asks what is wrong with an answer; its private metadata is the answer's id."""
    choice = _choose(action_ids.FAULT_CHOICE, {str(fault): text for fault, text in _FAULTS.items()})
    comment = {
        "type": "plain_text_input",
        "action_id": action_ids.FAULT_COMMENT,
        "multiline": True,
        "max_length": LONGEST_COMMENT,
    }
    blocks = [
        _input("What is wrong?", action_ids.FAULT_CHOICE, choice),
        {**_input("What should it say?", action_ids.FAULT_COMMENT, comment), "optional": True},
    ]
    return _form("Wrong answer", action_ids.FAULT_VIEW, "Send", blocks, answer)


def build_question_modal(prefilled: str, channel: str, thread: str) -> Block:
    """Return the form for a question about a message; its private metadata says where, as JSON."""
    words = {
        "type": "plain_text_input",
        "action_id": action_ids.ASK_WORDS,
        "multiline": True,
        "max_length": LONGEST_QUESTION,
    }
    initial = cut(visible(prefilled).strip(), LONGEST_QUESTION)
    if initial:
        words["initial_value"] = initial
    where = _choose(action_ids.ASK_WHERE, _WHERE)
    where["initial_option"] = where["options"][0]
    blocks = [
        _input("Question", action_ids.ASK_WORDS, words),
        _input("Answer", action_ids.ASK_WHERE, where),
    ]
    place = json.dumps({"channel": channel, "thread": thread})
    return _form("Ask askpcc", action_ids.ASK_VIEW, "Ask", blocks, place)


def _choose(action_id: str, choices: dict[str, str]) -> Block:
    options = [{"text": plain(text, limits.OPTION_TEXT), "value": value} for value, text in choices.items()]
    return {"type": "radio_buttons", "action_id": action_id, "options": options}


def _input(label: str, block_id: str, element: Block) -> Block:
    return {"type": "input", "block_id": block_id, "label": plain(label), "element": element}


def _form(title: str, callback: str, submit: str, blocks: list[Block], metadata: str) -> Block:
    return {
        "type": "modal",
        "callback_id": callback,
        "title": plain(title, limits.VIEW_TITLE),
        "submit": plain(submit, limits.VIEW_BUTTON),
        "close": plain("Cancel", limits.VIEW_BUTTON),
        "private_metadata": metadata,
        "blocks": blocks,
    }
