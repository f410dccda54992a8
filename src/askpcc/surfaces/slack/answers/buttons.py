"""What can be done with an answer: see its sources, ask a person, share, mute, say whether it helped."""

from collections.abc import Iterator, Sequence

from askpcc.model import Citation
from askpcc.surfaces.slack import action_ids, limits
from askpcc.surfaces.slack.answers.messages import Block, Piece, Shown
from askpcc.surfaces.slack.answers.sources import name_source
from askpcc.surfaces.slack.answers.statements import Numbers
from askpcc.surfaces.slack.text import plain

_MOST_BUTTONS = 5
_Numbered = Sequence[tuple[Citation, int]]


def offer_sources(answer: str, numbers: Numbers) -> tuple[list[Piece], list[Block]]:
    """Return menus that stand by themselves, and what stands with the other buttons.

    A few sources have a button each; many are options of a menu, and more than one menu holds of several.
    """
    numbered = list(numbers.items())
    if len(numbered) <= _MOST_BUTTONS:
        return [], [_source_button(answer, *one) for one in numbered]
    *earlier, last = _menus(answer, numbered)
    return [Piece((_actions([menu]),)) for menu in earlier], [last]


def _source_button(answer: str, citation: Citation, number: int) -> Block:
    button = _button(
        f"Source {number}",
        f"{action_ids.SOURCE_PREFIX}{number}",
        action_ids.source_value(answer, number),
    )
    label = name_source(citation, number, limits.ACCESSIBILITY_LABEL)
    return {**button, "accessibility_label": label}


def _menus(answer: str, numbered: _Numbered) -> Iterator[Block]:
    for start in range(0, len(numbered), limits.OPTIONS_A_MENU):
        yield _menu(answer, numbered[start : start + limits.OPTIONS_A_MENU], whole=len(numbered))


def _menu(answer: str, numbered: _Numbered, whole: int) -> Block:
    options = [
        {
            "text": plain(name_source(citation, number, limits.OPTION_TEXT), limits.OPTION_TEXT),
            "value": action_ids.source_value(answer, number),
        }
        for citation, number in numbered
    ]
    some = f" {numbered[0][1]} to {numbered[-1][1]}" if len(numbered) < whole else ""
    placeholder = plain(f"Show source{some}…")
    return {
        "type": "static_select",
        "action_id": action_ids.SOURCE_MENU,
        "placeholder": placeholder,
        "options": options,
    }


def offer_actions(answer: str, sources: Sequence[Block], shown: Shown) -> Block:
    """Return the row of buttons below an answer."""
    further = [_button("Ask a person", action_ids.ASK_PERSON, answer)]
    if shown.show_share:
        further.append(_button("Share here", action_ids.SHARE, answer))
    if shown.show_mute:
        further.append(_button("Mute here", action_ids.MUTE, answer))
    return _actions([*sources, *further])


def ask_opinion(answer: str) -> Block:
    """Return the two buttons with which people say whether an answer is good."""
    return {
        "type": "context_actions",
        "elements": [
            {
                "type": "feedback_buttons",
                "action_id": action_ids.FEEDBACK,
                "positive_button": _opinion("Good answer", f"good:{answer}"),
                "negative_button": _opinion("Bad answer", f"bad:{answer}"),
            }
        ],
    }


def _opinion(text: str, value: str) -> Block:
    return {"text": plain(text), "value": value, "accessibility_label": text}


def _button(text: str, action_id: str, value: str) -> Block:
    return {"type": "button", "text": plain(text), "action_id": action_id, "value": value}


def _actions(elements: Sequence[Block]) -> Block:
    return {"type": "actions", "elements": list(elements)}
