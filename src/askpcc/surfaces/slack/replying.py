"""Answers for one person alone, to the address that Slack sends along with a command or a button."""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from askpcc.surfaces.slack.answers.messages import Message

if TYPE_CHECKING:
    from collections.abc import Callable

_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Replier:
    """Posts to response addresses: they are used five times at most, within thirty minutes.

    api_url: where Slack is; addresses of other hosts are refused, since the answer would go there.
    """

    api_url: str
    heard: "Callable[[str], None]"

    def reply(self, address: str, message: Message) -> bool:
        """Post a message that the person alone sees; False where Slack does not take it there any more."""
        from slack_sdk.webhook import WebhookClient

        if not self._is_slacks(address):
            return False
        for blocks in (message.blocks, []):
            try:
                sent = WebhookClient(address, timeout=_SECONDS).send(
                    text=message.text,
                    blocks=blocks or None,
                    response_type="ephemeral",
                    replace_original=False,
                    unfurl_links=False,
                    unfurl_media=False,
                )
            except OSError:
                return False
            if sent.status_code == 200:  # noqa: PLR2004 - OK
                self.heard("response_url")
                return True
        return False

    def _is_slacks(self, address: str) -> bool:
        own, other = urlsplit(self.api_url), urlsplit(address)
        if own.hostname == other.hostname:
            return own.scheme == other.scheme
        known = (other.hostname or "").endswith(".slack.com") and (own.hostname or "").endswith("slack.com")
        return known and other.scheme == "https"
