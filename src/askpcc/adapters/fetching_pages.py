"""Watched pages from the web: asked for only where they changed, at a slow pace, and where robots may."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from time import monotonic, sleep

from protego import Protego

from askpcc.adapters.fetching import AGENT, WebFetcher
from askpcc.downloads import Fetched, Reply, WebAddress
from askpcc.errors import FetchError
from askpcc.model import Validators
from askpcc.watched_pages import FetchedPage

MAX_PAGE = 4 * 1024 * 1024
"""Bytes: a list of an office's responses has some hundred thousand."""

_MAX_ROBOTS = 1024 * 1024
"""Bytes: twice what RFC 9309, 2.5 wants to be read."""

_ROBOTS_SECONDS = 3_600.0
"""So long a robots.txt is believed: it may be a day (RFC 9309, 2.4), and an office that changes it waits."""

_PAUSE = 1.0
"""Seconds between two requests to a host, where its robots.txt does not ask for more."""

_LONGEST_PAUSE = 10.0
"""Seconds: with a longer one fifty links would take hours; the fetch of one answer may take sixty."""

_LONGEST_VALIDATOR = 500
"""Characters: an ETag has some forty; what is longer is not sent back."""

_OK, _NOT_MODIFIED, _FIRST_CLIENT_ERROR, _FIRST_SERVER_ERROR = 200, 304, 400, 500


@dataclass(frozen=True, slots=True)
class _Rules:
    """What a robots.txt says.  read_at: by the clock.  parser: None where there is none."""

    read_at: float
    parser: Protego | None


class PoliteWeb:
    """Fetches pages and files as a robot does that wants to be welcome; FetchError for what fails.

    web: reaches the addresses.  clock: seconds that only grow.  wait: waits so many seconds.
    """

    def __init__(
        self,
        web: WebFetcher,
        clock: Callable[[], float] = monotonic,
        wait: Callable[[float], object] = sleep,
    ) -> None:
        self._files = replace(web, approach=self._approach)
        self._pages = replace(self._files, max_bytes=MAX_PAGE)
        self._robots = replace(web, approach=lambda host: self._pace(host, _PAUSE), max_bytes=_MAX_ROBOTS)
        self._clock = clock
        self._wait = wait
        self._free_at: dict[str, float] = {}
        self._rules: dict[str, _Rules] = {}
        self._failed: dict[str, FetchError] = {}

    def begin(self) -> None:
        """Hear that a turn begins: a robots.txt that could not be had is asked for again, once a turn."""
        self._failed.clear()

    def look(self, page: str, known: Validators) -> tuple[FetchedPage, Validators] | None:
        """Return a page with its validators; None where it is what it was when it had the known ones."""
        reply = self._pages.ask(page, _conditions(known))
        if reply.status == _NOT_MODIFIED:
            return None
        if reply.status != _OK:
            raise FetchError(
                f"{page}: the server answered {reply.status}. Check the address in a browser, and "
                "take it out of the watched pages if it is gone."
            )
        return FetchedPage(reply.url, reply.data, reply.charset), _validators_of(reply)

    def fetch(self, address: str) -> Fetched:
        """Return the file at an address."""
        return self._files.fetch(address)

    def _approach(self, address: WebAddress) -> None:
        """Refuse what robots may not fetch, and wait until the host may be asked again."""
        parser = self._rules_of(address).parser
        pause = _PAUSE
        if parser is not None:
            if not parser.can_fetch(address.url, AGENT):
                raise FetchError(
                    f"{address.url}: the site's robots.txt does not let {AGENT} fetch it. Ask the office, or "
                    "save it in a browser and add the file."
                )
            pause = max(_PAUSE, float(parser.crawl_delay(AGENT) or 0))
        if pause > _LONGEST_PAUSE:
            raise FetchError(
                f"{address.url}: the site's robots.txt asks for {pause:g} seconds between requests, more "
                f"than {_LONGEST_PAUSE:g}. Save it in a browser and add the file."
            )
        self._pace(address, pause)

    def _pace(self, address: WebAddress, pause: float) -> None:
        free_at = self._free_at.get(address.host, 0.0)
        if (left := free_at - self._clock()) > 0:
            self._wait(left)
        self._free_at[address.host] = max(free_at, self._clock()) + pause

    def _rules_of(self, address: WebAddress) -> _Rules:
        origin = f"{address.scheme}://{address.authority}"
        known = self._rules.get(origin)
        if known is None or self._clock() - known.read_at > _ROBOTS_SECONDS:
            if origin in self._failed:
                raise FetchError(str(self._failed[origin]))
            try:
                known = self._rules[origin] = _Rules(self._clock(), self._read_robots(f"{origin}/robots.txt"))
            except FetchError as exc:
                self._failed[origin] = exc
                raise
        return known

    def _read_robots(self, address: str) -> Protego | None:
        """Read a robots.txt; None where there is none.

        RFC 9309, 2.3.1: where the file cannot be had for a fault of the server nothing may be fetched.
        """
        try:
            reply = self._robots.ask(address, {})
        except FetchError as exc:
            raise FetchError(f"{exc} Without its robots.txt nothing of the site is fetched.") from exc
        if reply.status != _OK and reply.status not in _ABSENT:
            raise FetchError(
                f"{address}: the server answered {reply.status}, so nothing of the site is fetched. It is "
                "tried again in the next turn."
            )
        if reply.status != _OK:
            return None
        return Protego.parse(reply.data.decode("utf-8", "replace").removeprefix("\ufeff"))


_ABSENT = range(_FIRST_CLIENT_ERROR, _FIRST_SERVER_ERROR)
"""Statuses that mean that there is no robots.txt (RFC 9309, 2.3.1.3)."""


def _conditions(known: Validators) -> dict[str, str]:
    named = {"If-None-Match": known.etag, "If-Modified-Since": known.modified}
    return {name: value for name, value in named.items() if value}


def _validators_of(reply: Reply) -> Validators:
    return Validators(_usable(reply.headers.get("etag", "")), _usable(reply.headers.get("last-modified", "")))


def _usable(value: str) -> str:
    fits = len(value) <= _LONGEST_VALIDATOR and value.isascii() and value.isprintable()
    return value if fits else ""
