"""What the elements of a block make of a press, a choice, or something filled in."""

from collections.abc import Mapping

from loopback_slack.journal import Json

_CHOSEN = {
    "users_select": "selected_user",
    "channels_select": "selected_channel",
    "conversations_select": "selected_conversation",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
    "multi_users_select": "selected_users",
    "multi_channels_select": "selected_channels",
    "multi_conversations_select": "selected_conversations",
}
_ONE_OF_OPTIONS = {"static_select", "radio_buttons", "overflow"}
_SOME_OF_OPTIONS = {"multi_static_select", "checkboxes"}
_TYPED = {"plain_text_input", "url_text_input", "email_text_input", "number_input"}


def press_value(element: Json, value: object) -> Json:
    """Return what pressing an element sends; a button that only opens an address sends nothing of its own."""
    if element["type"] == "feedback_buttons":
        for half in (element["positive_button"], element["negative_button"]):
            if half["value"] == value:
                return {"value": half["value"], "text": half["text"]}
        raise AssertionError(f"Feedback buttons have no value {value!r}.")
    if element["type"] not in {"button", "icon_button"}:
        raise AssertionError(f"A {element['type']} cannot be pressed; use choose().")
    if value is not None and element.get("value") != value:
        raise AssertionError(f"The button has the value {element.get('value')!r}, not {value!r}.")
    return {key: element[key] for key in ("text", "value") if key in element}


def choose_value(element: Json, value: object) -> Json:
    """Return what choosing in an element sends."""
    kind = element["type"]
    if kind in _ONE_OF_OPTIONS:
        return {"selected_option": _option(element, value)}
    if kind in _SOME_OF_OPTIONS:
        values = value if isinstance(value, list | tuple) else [value]
        return {"selected_options": [_option(element, each) for each in values]}
    if kind in _CHOSEN:
        return {_CHOSEN[kind]: value}
    if kind in _TYPED:
        return {"value": value}
    raise AssertionError(f"Nothing can be chosen in a {kind}.")


def fill_in(blocks: list[Json], values: Mapping[str, object]) -> Json:
    """Return the state of a view whose inputs were filled in, as view_submission carries it."""
    state: Json = {}
    used: set[str] = set()
    for block in blocks:
        element = block.get("element") if block["type"] == "input" else None
        if not isinstance(element, dict):
            continue
        names = {block["block_id"], element["action_id"]} & set(values)
        used |= names
        given = values[names.pop()] if names else None
        value = _initial(element) if given is None else _filled(element, given)
        _refuse_empty(block, element, value)
        state[block["block_id"]] = {element["action_id"]: {"type": element["type"], **value}}
    if set(values) - used:
        raise AssertionError(f"The view has no input called {sorted(set(values) - used)}.")
    return state


def _filled(element: Json, given: object) -> Json:
    if element["type"] not in _TYPED:
        return choose_value(element, given)
    least, most = element.get("min_length", 0), element.get("max_length", 3000)
    if not least <= len(str(given)) <= most:
        raise AssertionError(f"Slack takes {least} to {most} characters here, not {len(str(given))}.")
    return {"value": str(given) or None}


def _initial(element: Json) -> Json:
    kind = element["type"]
    if kind in _TYPED:
        return {"value": element.get("initial_value")}
    if kind in _ONE_OF_OPTIONS:
        return {"selected_option": element.get("initial_option")}
    if kind in _SOME_OF_OPTIONS:
        return {"selected_options": element.get("initial_options", [])}
    name = _CHOSEN.get(kind, "value")
    return {name: element.get(name.replace("selected", "initial"))}


def _refuse_empty(block: Json, element: Json, value: Json) -> None:
    if not block.get("optional") and not any(value.values()):
        raise AssertionError(f"{block['block_id']} ({element['type']}) has to be filled in.")


def _option(element: Json, value: object) -> Json:
    options: list[Json] = list(element.get("options", []))
    for group in element.get("option_groups", []):
        options += group["options"]
    for option in options:
        if option.get("value") == value:
            return option
    raise AssertionError(
        f"There is no option {value!r}; there are {[each.get('value') for each in options]}."
    )
