"""Our own limits stay below Slack's."""

import pytest

from askpcc.surfaces.slack import limits

VALUES = {name: value for name, value in vars(limits).items() if name.isupper()}


def test_limits_are_numbers() -> None:
    assert VALUES
    assert {name for name, value in VALUES.items() if type(value) is not int or value < 1} == set()


@pytest.mark.parametrize(
    ("ours", "slacks"),
    [
        (limits.MESSAGE_BLOCKS, 50),
        (limits.MESSAGE_CHARACTERS, 13_200),
        (limits.MESSAGE_TEXT, 40_000),
        (limits.LINK_URL, limits.BUTTON_URL),
        (limits.TABLE_CHARACTERS, limits.MESSAGE_CHARACTERS),
    ],
)
def test_our_own_limits_stay_below_slacks(ours: int, slacks: int) -> None:
    assert ours < slacks
