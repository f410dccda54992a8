"""The settings of a language model."""

import pytest

from askpcc.errors import SettingsError
from askpcc.settings import ModelSettings, read_settings
from support.cases import cases


def test_without_a_setting_there_is_no_model() -> None:
    assert read_settings({}).model == ModelSettings(None, 20, None, hide_names=False)


def test_all_is_read() -> None:
    model = read_settings(
        {
            "ASKPCC_MODEL": "openai:gpt-5-mini",
            "ASKPCC_MODEL_SECONDS": "8",
            "ASKPCC_MODEL_DAILY_TOKENS": "200000",
            "ASKPCC_MODEL_HIDE_NAMES": "on",
        }
    ).model
    assert model == ModelSettings("openai:gpt-5-mini", 8, 200_000, hide_names=True)


@cases(
    ("name", "value"),
    [
        ("ASKPCC_MODEL", "gpt-5-mini"),
        ("ASKPCC_MODEL", "openai:"),
        ("ASKPCC_MODEL_SECONDS", "0"),
        ("ASKPCC_MODEL_SECONDS", "soon"),
        ("ASKPCC_MODEL_DAILY_TOKENS", "-5"),
        ("ASKPCC_MODEL_HIDE_NAMES", "perhaps"),
    ],
)
def test_what_cannot_be_used_is_refused_by_its_name(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name):
        read_settings({name: value})
