"""The settings of a language model; its key and its address come from the variables of its provider."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from askpcc.errors import SettingsError
from askpcc.settings.values import read_number

MODEL_NAMES = (
    *("ASKPCC_MODEL", "ASKPCC_MODEL_SECONDS", "ASKPCC_MODEL_DAILY_TOKENS"),
    "ASKPCC_MODEL_HIDE_NAMES",
)

_USUAL_SECONDS = 20
_MOST_SECONDS = 300
_MOST_TOKENS = 999_999_999
_NAME = re.compile(r"[a-z][a-z0-9_-]*:\S{1,200}")
_SWITCH = {"": False, "off": False, "no": False, "0": False, "on": True, "yes": True, "1": True}


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """Which language model writes, and how much of it.

    name: "provider:model"; None for none.  seconds: for one answer, over all that is asked of the model.
    daily_tokens: read and written, None without a limit.  hide_names: people's names are not sent.
    """

    name: str | None = None
    seconds: int = _USUAL_SECONDS
    daily_tokens: int | None = None
    hide_names: bool = False


def read_model(values: Mapping[str, str]) -> ModelSettings:
    """Read the settings of the model; raises SettingsError."""
    name = values.get("ASKPCC_MODEL", "").strip() or None
    if name and not _NAME.fullmatch(name):
        raise SettingsError(
            f"ASKPCC_MODEL {name!r} cannot be used. Write provider:model, such as "
            "anthropic:claude-sonnet-4-5 or ollama:llama3.2, or leave it out."
        )
    return ModelSettings(
        name=name,
        seconds=read_number(values, "ASKPCC_MODEL_SECONDS", _MOST_SECONDS) or _USUAL_SECONDS,
        daily_tokens=read_number(values, "ASKPCC_MODEL_DAILY_TOKENS", _MOST_TOKENS),
        hide_names=_read_switch(values, "ASKPCC_MODEL_HIDE_NAMES"),
    )


def _read_switch(values: Mapping[str, str], name: str) -> bool:
    written = values.get(name, "").strip()
    if written.lower() not in _SWITCH:
        raise SettingsError(f"{name} {written!r} cannot be used. Write on or off.")
    return _SWITCH[written.lower()]
