"""Files that Slack holds, fetched with the bot's token, which goes to Slack's own hosts alone."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

import httpx

from askpcc.errors import FetchError

_SECONDS = 60.0
_OK = 200
_SLACKS = ".slack.com"


@dataclass(frozen=True, slots=True)
class SlackFiles:
    """Fetches files.  api_url: where Slack's methods are; files may come from there and from slack.com."""

    token: str = field(repr=False)
    api_url: str

    def fetch(self, url: str, limit: int) -> bytes:
        """Return at most so many bytes; raises FetchError, without the address, which may name people."""
        if not self._is_slacks(url):
            raise FetchError("The file is not held by Slack itself. Upload it rather than share it.")
        try:
            with (
                httpx.Client(timeout=_SECONDS, follow_redirects=False, trust_env=False) as client,
                client.stream("GET", url, headers={"Authorization": f"Bearer {self.token}"}) as response,
            ):
                return self._read(response, limit)
        except httpx.HTTPError as exc:
            raise FetchError("Slack did not hand the file over. Try again.") from exc

    @staticmethod
    def _read(response: httpx.Response, limit: int) -> bytes:
        if response.status_code != _OK:
            raise FetchError(f"Slack did not hand the file over (status {response.status_code}). Try again.")
        data = bytearray()
        for chunk in response.iter_bytes():
            data += chunk
            if len(data) > limit:
                raise FetchError(f"The file has more than {limit:,} bytes. Send the response alone.")
        return bytes(data)

    def _is_slacks(self, url: str) -> bool:
        own, other = urlsplit(self.api_url), urlsplit(url)
        if (own.scheme, own.netloc) == (other.scheme, other.netloc):
            return True
        # A loopback Slack in the place of the real one never gets the token out of this machine.
        real = (own.hostname or "").endswith("slack.com")
        return real and other.scheme == "https" and (other.hostname or "").endswith(_SLACKS)
