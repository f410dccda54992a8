"""HTTP mode: signed requests to the app's addresses, tried again as Slack does."""

import hashlib
import hmac
import json
import time
from dataclasses import dataclass
from urllib.parse import urlencode

from aiohttp import ClientError, ClientSession, ClientTimeout

from loopback_slack.deliveries import Attempt, Carrier, Delivery, Stop, now
from loopback_slack.journal import Json
from loopback_slack.state import State

FORM = "application/x-www-form-urlencoded"
_OK = range(200, 300)


def sign(secret: str, body: bytes, timestamp: str) -> str:
    """Return the signature of a request: https://docs.slack.dev/authentication/verifying-requests-from-slack."""
    base = b"v0:" + timestamp.encode() + b":" + body
    return "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()


def signed_headers(secret: str, body: bytes, content_type: str) -> dict[str, str]:
    """Return the headers of a request that Slack signed just now."""
    timestamp = str(int(time.time()))
    headers = {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": sign(secret, body, timestamp)}
    return headers | {"Content-Type": content_type, "User-Agent": "Slackbot 1.0 (loopback)"}


def encode(kind: str, payload: Json) -> tuple[bytes, str]:
    """Return body and content type: events as JSON, commands as a form, the rest as JSON within a form."""
    if kind == "events_api":
        return json.dumps(payload).encode(), "application/json"
    form = payload if kind == "slash_commands" else {"payload": json.dumps(payload)}
    return urlencode(form).encode(), FORM


@dataclass(slots=True)
class HttpEvents:
    """Sends to one address; lives in the server's loop."""

    state: State
    carrier: Carrier
    url: str
    secret: str
    session: ClientSession

    async def attempt(self, delivery: Delivery, number: int, reason: str) -> str:
        """Send one request; return why it failed, or nothing."""
        body, content_type = encode(delivery.kind, delivery.payload)
        headers = signed_headers(self.secret, body, content_type)
        if number:
            headers |= {"X-Slack-Retry-Num": str(number), "X-Slack-Retry-Reason": reason}
        attempt = Attempt(number, "", reason, 0, now())
        with self.state.journal.changed:
            delivery.attempts.append(attempt)
            self.state.journal.wake()
        try:
            return await self._post(attempt, body, headers)
        except TimeoutError:
            return "http_timeout"
        except ClientError:
            return "connection_failed"

    async def _post(self, attempt: Attempt, body: bytes, headers: dict[str, str]) -> str:
        timeout = ClientTimeout(total=self.carrier.rule.ack_seconds)
        async with self.session.post(self.url, data=body, headers=headers, timeout=timeout) as response:
            text = await response.text()
            attempt.status = response.status
            if response.status not in _OK:
                if response.headers.get("X-Slack-No-Retry"):
                    raise Stop
                return "http_error"
        with self.state.journal.changed:
            attempt.acked, attempt.answer = now(), _read_answer(text)
            self.state.journal.wake()
        return ""


def _read_answer(text: str) -> Json:
    try:
        answer = json.loads(text)
    except ValueError:
        return {"text": text} if text else {}
    return answer if isinstance(answer, dict) else {}
