"""What the bot does nothing about: taken all the same, or Slack would send it again and again."""

import re
from typing import TYPE_CHECKING

from askpcc.surfaces.slack import notices

if TYPE_CHECKING:
    from slack_bolt import Ack, App

_ANY = re.compile(".*", re.DOTALL)


def register(app: "App") -> None:
    """Listen, after all others."""
    app.event(_ANY)(_leave)
    app.action(_ANY)(_acknowledge)
    app.view(_ANY)(_acknowledge)
    app.view_closed(_ANY)(_acknowledge)
    app.options(_ANY)(_offer_nothing)
    app.shortcut(_ANY)(_acknowledge)
    app.command(_ANY)(_tell_unknown)


def _leave() -> None:
    """Do nothing; Bolt has acknowledged it."""


def _acknowledge(ack: "Ack") -> None:
    ack()


def _offer_nothing(ack: "Ack") -> None:
    ack(options=[])


def _tell_unknown(ack: "Ack") -> None:
    ack(text=notices.GREETING, response_type="ephemeral")
