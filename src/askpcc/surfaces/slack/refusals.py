"""What Slack's refusals mean, in our words."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPException
from typing import TYPE_CHECKING

from askpcc.errors import SlackError, SlackUnavailable

if TYPE_CHECKING:
    from slack_sdk.errors import SlackApiError

_NOT_NOW = {"ratelimited", "internal_error", "fatal_error", "service_unavailable", "request_timeout"}
_BROKEN = 500


def reason_of(exc: "SlackApiError") -> str:
    """Return Slack's word for why it refused."""
    data = exc.response if isinstance(exc.response, dict) else getattr(exc.response, "data", {})
    return str(data.get("error", "")) if isinstance(data, dict) else ""


def kind_of(exc: "SlackApiError") -> type[SlackError]:
    """Return what kind of refusal it is: for now, or for good."""
    broken = getattr(exc.response, "status_code", 0) >= _BROKEN
    return SlackUnavailable if broken or reason_of(exc) in _NOT_NOW else SlackError


def told(exc: "SlackApiError") -> SlackError:
    """Return a refusal of Slack's in our words, without what was sent."""
    reason = reason_of(exc) or "no reason given"
    return kind_of(exc)(f"Slack refused the call: {reason}. Run: askpcc doctor")


@contextmanager
def in_our_words() -> Iterator[None]:
    """Let what the SDK raises come out as a SlackError, and what is broken on the way as SlackUnavailable."""
    from slack_sdk.errors import SlackApiError, SlackClientError

    try:
        yield
    except SlackApiError as exc:
        raise told(exc) from exc
    except (SlackClientError, HTTPException, OSError) as exc:
        raise SlackUnavailable(f"Slack cannot be reached at the moment ({type(exc).__name__}).") from exc
