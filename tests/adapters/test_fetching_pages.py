"""Watched pages from a real server on loopback, at a pace that a fake clock counts."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

import pytest

from askpcc.adapters.fetching import WebFetcher
from askpcc.adapters.fetching_pages import PoliteWeb
from askpcc.errors import FetchError
from askpcc.model import Validators
from support.cases import cases
from support.web_server import Page, Site, serving

LIST = b'<a href="/a.pdf">A</a>'
HTML = (("Content-Type", "text/html; charset=UTF-8"),)
NO_VALIDATORS = Validators()


@dataclass
class Clock:
    """Seconds that pass by waiting alone.  waited: how long each time."""

    now: float = 100.0
    waited: list[float] = field(default_factory=list)

    def read(self) -> float:
        """Return the time."""
        return self.now

    def wait(self, seconds: float) -> None:
        """Let time pass."""
        self.waited.append(seconds)
        self.now += seconds


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        yield site


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def web(clock: Clock) -> PoliteWeb:
    fetcher = WebFetcher(
        lambda: date(2026, 3, 4), allow_private=True, resolve=lambda _host, _port: ["127.0.0.1"]
    )
    return PoliteWeb(fetcher, clock.read, clock.wait)


def asked(site: Site) -> list[str]:
    return [path for path, _ in site.asked]


def test_a_page_is_asked_for_again_only_if_it_has_changed(site: Site, web: PoliteWeb) -> None:
    named = (("ETag", 'W/"7"'), ("Last-Modified", "Wed, 04 Mar 2026 12:00:00 GMT"))
    site.pages["/page"] = Page(LIST, (*HTML, *named))
    seen = web.look(site.url(), NO_VALIDATORS)
    assert seen is not None
    page, validators = seen
    assert (page.url, page.data, page.charset) == (site.url(), LIST, "utf-8")
    assert validators == Validators('W/"7"', "Wed, 04 Mar 2026 12:00:00 GMT")
    assert "If-None-Match" not in site.asked[-1][1]

    site.pages["/page"] = Page(status=304)
    assert web.look(site.url(), validators) is None
    headers = site.asked[-1][1]
    assert headers["If-None-Match"] == 'W/"7"'
    assert headers["If-Modified-Since"] == "Wed, 04 Mar 2026 12:00:00 GMT"
    assert headers["User-Agent"] == "askpcc"


def test_a_feed_is_taken_under_any_type(site: Site, web: PoliteWeb) -> None:
    site.pages["/feed"] = Page(b"<rss/>", (("Content-Type", "application/rss+xml"),))
    seen = web.look(site.url("/feed"), NO_VALIDATORS)
    assert seen is not None
    assert seen[0].data == b"<rss/>"


def test_validators_that_no_header_can_carry_are_not_kept(site: Site, web: PoliteWeb) -> None:
    site.pages["/page"] = Page(LIST, (*HTML, ("ETag", "x" * 600), ("Last-Modified", "\xe9")))
    seen = web.look(site.url(), NO_VALIDATORS)
    assert seen is not None
    assert seen[1] == NO_VALIDATORS


def test_a_host_is_asked_once_a_second(site: Site, web: PoliteWeb, clock: Clock) -> None:
    site.pages |= {"/page": Page(LIST), "/old": Page(headers=(("Location", "/page"),), status=302)}
    web.look(site.url("/old"), NO_VALIDATORS)
    clock.now += 0.25
    web.fetch(site.url())
    assert asked(site) == ["/robots.txt", "/old", "/page", "/page"]
    assert clock.waited == [1.0, 1.0, 0.75]


def test_another_host_is_asked_at_once(site: Site, web: PoliteWeb, clock: Clock) -> None:
    for host in ("borsetshire.test", "midsomer.test"):
        site.pages["/page"] = Page(LIST)
        web.look(site.url(host=host), NO_VALIDATORS)
    assert clock.waited == [1.0, 1.0]  # each between the host's robots.txt and its page


def robots(*lines: str, status: int = 200) -> Page:
    return Page("\n".join(lines).encode(), (("Content-Type", "text/plain"),), status)


@cases(
    ("lines", "path", "allowed"),
    [
        (["User-agent: *", "Disallow: /private/"], "/private/a", False),
        (["User-agent: *", "Disallow: /private/"], "/page", True),
        (["User-agent: askpcc", "Disallow: /", "", "User-agent: *", "Allow: /"], "/page", False),
        (["User-agent: *", "Disallow: /", "", "User-agent: askpcc", "Disallow:"], "/page", True),
        (["\ufeffUser-agent: *", "Disallow: /"], "/page", False),
        (["User-agent: *", "Disallow: /*/draft"], "/papers/draft", False),
        (["User-agent: *", "Disallow: /*.pdf$"], "/a.pdf", False),
        (["User-agent: *", "Disallow: /*.pdf$"], "/a.pdf.html", True),
        (["User-agent: *", "Disallow: /", "Allow: /responses/"], "/responses/a", True),
        (["User-agent: *", "Allow: /responses/", "Disallow: /responses/draft"], "/responses/draft", False),
        ([""], "/page", True),
        (["<html>not found</html>"], "/page", True),
    ],
)
def test_what_robots_may_not_fetch_is_not_fetched(lines: list[str], path: str, *, allowed: bool) -> None:
    clock = Clock()
    fetcher = WebFetcher(lambda: date(2026, 3, 4), True, resolve=lambda _host, _port: ["127.0.0.1"])
    web = PoliteWeb(fetcher, clock.read, clock.wait)
    with serving() as site:
        site.pages |= {"/robots.txt": robots(*lines), path: Page(LIST)}
        if allowed:
            assert web.look(site.url(path), NO_VALIDATORS)
        else:
            with pytest.raises(FetchError, match=r"robots\.txt does not let askpcc fetch it"):
                web.look(site.url(path), NO_VALIDATORS)
            assert asked(site) == ["/robots.txt"]


def test_a_redirect_to_what_robots_may_not_fetch_is_not_followed(site: Site, web: PoliteWeb) -> None:
    site.pages["/robots.txt"] = robots("User-agent: *", "Disallow: /private/")
    site.pages["/page"] = Page(headers=(("Location", "/private/a"),), status=302)
    with pytest.raises(FetchError, match="/private/a: the site's robots"):
        web.fetch(site.url())
    assert "/private/a" not in asked(site)


def test_a_slower_pace_is_kept_where_it_is_asked_for(site: Site, web: PoliteWeb, clock: Clock) -> None:
    site.pages |= {"/robots.txt": robots("User-agent: *", "Crawl-delay: 4"), "/page": Page(LIST)}
    for _ in range(2):
        web.look(site.url(), NO_VALIDATORS)
    assert clock.waited == [1.0, 4.0]


def test_a_pace_that_no_turn_can_keep_is_told(site: Site, web: PoliteWeb) -> None:
    site.pages |= {"/robots.txt": robots("User-agent: *", "Crawl-delay: 600"), "/page": Page(LIST)}
    with pytest.raises(FetchError, match="asks for 600 seconds between requests, more than 10"):
        web.look(site.url(), NO_VALIDATORS)


@pytest.mark.parametrize("status", [404, 403])
def test_without_a_robots_file_all_may_be_fetched(site: Site, web: PoliteWeb, status: int) -> None:
    site.pages |= {"/robots.txt": robots(status=status), "/page": Page(LIST)}
    assert web.look(site.url(), NO_VALIDATORS)


@pytest.mark.parametrize("status", [500, 503])
def test_while_the_robots_file_cannot_be_had_nothing_is_fetched_and_it_is_asked_for_once_a_turn(
    site: Site, web: PoliteWeb, status: int
) -> None:
    site.pages |= {"/robots.txt": robots(status=status), "/page": Page(LIST)}
    with pytest.raises(FetchError, match=f"robots.txt: the server answered {status}, so nothing"):
        web.look(site.url(), NO_VALIDATORS)
    site.pages["/robots.txt"] = robots("")
    with pytest.raises(FetchError, match=f"robots.txt: the server answered {status}, so nothing"):
        web.look(site.url(), NO_VALIDATORS)
    assert asked(site) == ["/robots.txt"]
    web.begin()
    assert web.look(site.url(), NO_VALIDATORS)


def test_a_robots_file_is_read_again_after_an_hour(site: Site, web: PoliteWeb, clock: Clock) -> None:
    site.pages["/page"] = Page(LIST)
    for seconds in (0, 1_800, 1_801):
        clock.now += seconds
        web.look(site.url(), NO_VALIDATORS)
    assert asked(site) == ["/robots.txt", "/page", "/page", "/robots.txt", "/page"]


def test_a_page_that_is_gone_is_told(site: Site, web: PoliteWeb) -> None:
    with pytest.raises(FetchError, match=r"/page: the server answered 404\. Check the address"):
        web.look(site.url(), NO_VALIDATORS)


def test_an_endless_page_is_not_read_to_its_end(site: Site, web: PoliteWeb) -> None:
    site.pages["/page"] = Page(LIST, told=5 * 1024 * 1024)
    with pytest.raises(FetchError, match="larger than 4,194,304 bytes"):
        web.look(site.url(), NO_VALIDATORS)


def test_a_private_address_is_refused_without_a_request(site: Site) -> None:
    web = PoliteWeb(WebFetcher(lambda: date(2026, 3, 4)), Clock().read, Clock().wait)
    with pytest.raises(FetchError, match="an address of a private network"):
        web.look(site.url(host="127.0.0.1"), NO_VALIDATORS)
    assert site.asked == []
