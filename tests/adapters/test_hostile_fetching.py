"""Servers and addresses that mean harm, or might."""

import gzip
import zlib
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from askpcc.adapters.fetching import WebFetcher
from askpcc.errors import FetchError
from support.cases import cases
from support.web_server import Page, Site, make_certificate, serving

PAGE = b"<h1>Midsomer Constabulary: roads</h1>"
HTML = ("Content-Type", "text/html")
PRIVATE = [
    "127.0.0.1",
    "127.8.9.10",
    "10.1.2.3",
    "172.31.255.1",
    "192.168.0.10",
    "100.64.0.1",
    "100.127.255.254",
    "::1",
    "fc00::1",
    "fd12:3456::1",
    "::ffff:127.0.0.1",
    "::ffff:192.168.1.1",
    "64:ff9b::10.0.0.1",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "2002:c0a8:101::1",
]
NEVER = [
    "169.254.169.254",
    "169.254.1.1",
    "100.100.100.200",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%2",
    "::ffff:169.254.169.254",
    "64:ff9b::169.254.169.254",
    "2002:a9fe:a9fe::",
    "0.0.0.0",  # noqa: S104 -- nothing is bound to it
    "0.1.2.3",
    "::",
    "::ffff:0.0.0.0",
    "224.0.0.1",
    "239.255.255.250",
    "ff02::1",
    "240.0.0.1",
    "255.255.255.255",
    "192.0.0.192",
    "192.0.2.7",
    "198.18.0.1",
    "198.51.100.7",
    "203.0.113.7",
    "fec0::1",
    "100::1",
    "64:ff9b:1::1",
    "2001:db8::1",
    "2001::1",
    "3fff::1",
    "::127.0.0.1",
]


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        yield site


def fetcher(
    resolve: Callable[[str, int], list[str]] = lambda _host, _port: ["127.0.0.1"],
    max_bytes: int = 100_000,
    seconds: float = 20.0,
    allow_private: bool = True,
) -> WebFetcher:
    return WebFetcher(lambda: date(2026, 3, 4), allow_private, max_bytes, seconds, resolve)


@cases("address", PRIVATE)
def test_a_name_that_stands_for_a_private_address_is_refused(address: str) -> None:
    web = fetcher(lambda _host, _port: [address], allow_private=False)

    with pytest.raises(FetchError, match=r"intranet\.test is .* private network.*--allow-private"):
        web.fetch("http://intranet.test/")


@cases("address", NEVER)
@cases("allow_private", [False, True])
def test_no_response_is_published_at_a_reserved_address(address: str, allow_private: bool) -> None:
    web = fetcher(lambda _host, _port: [address], allow_private=allow_private)

    with pytest.raises(FetchError, match=r"(link-local or metadata|reserved) address"):
        web.fetch("http://intranet.test/")


def test_one_private_address_among_public_ones_is_enough_to_refuse() -> None:
    web = fetcher(lambda _host, _port: ["8.8.8.8", "2606:4700::1", "10.0.0.1"], allow_private=False)

    with pytest.raises(FetchError, match=r"10\.0\.0\.1"):
        web.fetch("http://both.test/")


def test_this_machine_is_refused_unless_allowed(site: Site) -> None:
    site.pages["/page"] = Page(PAGE)
    url = site.url(host="127.0.0.1")

    with pytest.raises(FetchError, match="private network"):
        WebFetcher(lambda: date(2026, 3, 4)).fetch(url)
    assert site.asked == []
    assert WebFetcher(lambda: date(2026, 3, 4), allow_private=True).fetch(url).data == PAGE


def test_a_name_is_looked_up_once_and_connected_to_what_was_checked(site: Site) -> None:
    """A second look-up would give an address at which nothing is served."""
    site.pages["/page"] = Page(PAGE)
    answers = iter([["127.0.0.1"], ["127.0.0.2"]])

    assert fetcher(lambda _host, _port: next(answers)).fetch(site.url()).data == PAGE
    assert next(answers) == ["127.0.0.2"]


def test_the_target_of_a_redirect_is_looked_up_and_checked_afresh(site: Site) -> None:
    site.pages["/page"] = Page(headers=(("Location", "http://metadata.test/latest"),), status=302)
    addresses = {"borsetshire.test": ["127.0.0.1"], "metadata.test": ["169.254.169.254"]}

    with pytest.raises(FetchError, match=r"metadata\.test is 169\.254\.169\.254"):
        fetcher(lambda host, _port: addresses[host]).fetch(site.url())


def test_the_same_name_may_not_turn_private_between_redirects(site: Site) -> None:
    site.pages["/page"] = Page(headers=(("Location", "/page"),), status=302)
    answers = iter([["127.0.0.1"], ["127.0.0.1"], ["169.254.169.254"]])

    with pytest.raises(FetchError, match="metadata"):
        fetcher(lambda _host, _port: next(answers)).fetch(site.url())
    assert len(site.asked) == 2


@pytest.mark.parametrize(
    ("location", "message"),
    [
        ("file:///etc/passwd", "only http and https"),
        ("gopher://borsetshire.test/", "only http and https"),
        ("data:text/html,words", "only http and https|answer failed"),
        ("http://somebody@borsetshire.test/", "user name"),
        ("http://2130706433/", "unusual spelling"),
        ("http://0x7f.1/", "unusual spelling"),
        ("//169.254.169.254/latest", "metadata"),
        ("http://[::ffff:169.254.169.254]/", "metadata"),
        ("http://[bad/", "not a web address|answer failed"),
        ("http://borsetshire.test:99999/", "not a web address|answer failed"),
        ("", "redirects"),
    ],
)
def test_a_redirect_may_not_lead_astray(site: Site, location: str, message: str) -> None:
    site.pages["/page"] = Page(headers=(("Location", location),), status=302)

    def resolve(host: str, _port: int) -> list[str]:
        return ["127.0.0.1" if host == "borsetshire.test" else host]

    with pytest.raises(FetchError, match=message):
        fetcher(resolve).fetch(site.url())


def test_a_circle_of_redirects_ends(site: Site) -> None:
    site.pages["/a"] = Page(headers=(("Location", "/b"),), status=302)
    site.pages["/b"] = Page(headers=(("Location", "/a"),), status=302)

    with pytest.raises(FetchError, match="more than 5 redirects"):
        fetcher().fetch(site.url("/a"))
    assert len(site.asked) == 6


def test_a_redirect_from_https_to_http_is_refused(tmp_path: Path) -> None:
    server, client = make_certificate(tmp_path, "borsetshire.test")
    with serving(server) as site:
        site.pages["/page"] = Page(headers=(("Location", "http://borsetshire.test/page"),), status=301)
        web = WebFetcher(
            lambda: date(2026, 3, 4), True, resolve=lambda _host, _port: ["127.0.0.1"], trust=lambda: client
        )

        with pytest.raises(FetchError, match="from https to http://borsetshire"):
            web.fetch(site.url(scheme="https"))


def test_a_body_beyond_the_limit_is_refused_by_its_stated_length(site: Site) -> None:
    site.pages["/page"] = Page(b"words", told=100_001)

    with pytest.raises(FetchError, match=r"larger than 100,000 bytes.*add the file"):
        fetcher().fetch(site.url())


@pytest.mark.parametrize("told", [-1, 99_999_999_999_999_999_999])
def test_a_body_without_end_is_refused_at_the_limit(site: Site, told: int) -> None:
    site.pages["/page"] = Page(b"x" * 100_001, told=told, drip=b"x")

    with pytest.raises(FetchError, match="larger than"):
        fetcher().fetch(site.url())


def test_a_body_of_exactly_the_limit_is_taken(site: Site) -> None:
    site.pages["/page"] = Page(b"x" * 100_000, told=-1)

    assert len(fetcher().fetch(site.url()).data) == 100_000


def test_a_length_stated_too_small_does_not_get_more_through(site: Site) -> None:
    site.pages["/page"] = Page(PAGE + b"x" * 200_000, told=len(PAGE))

    assert fetcher().fetch(site.url()).data == PAGE


def test_a_body_shorter_than_stated_is_not_taken_for_whole(site: Site) -> None:
    site.pages["/page"] = Page(PAGE, told=len(PAGE) + 10)

    with pytest.raises(FetchError, match=r"the answer failed .*without sending complete"):
        fetcher().fetch(site.url())


def packed_bomb(layers: int) -> bytes:
    data = bytes(20_000_000)
    for _ in range(layers):
        data = gzip.compress(data, mtime=0)
    return data


@pytest.mark.parametrize(
    ("body", "coding", "message"),
    [
        (packed_bomb(1), "gzip", "larger than"),
        (packed_bomb(1) * 3, "x-gzip", "larger than"),
        (packed_bomb(2), "gzip, gzip", "not asked for"),
        (zlib.compress(PAGE), "deflate", "not asked for"),
        (PAGE, "br", "not asked for"),
        (PAGE, "gzip", "damaged"),
        (gzip.compress(PAGE, mtime=0)[:-6], "gzip", "cut short"),
        (gzip.compress(PAGE, mtime=0) + b"rest", "gzip", "damaged|cut short"),
        (gzip.compress(b"", mtime=0), "gzip", "empty"),
        (b"", "gzip", "empty"),
        (b"", "identity", "empty"),
    ],
)
def test_a_packed_body_is_unpacked_within_the_limit_or_refused(
    site: Site, body: bytes, coding: str, message: str
) -> None:
    site.pages["/page"] = Page(body, (HTML, ("Content-Encoding", coding)))

    with pytest.raises(FetchError, match=message):
        fetcher().fetch(site.url())


@pytest.mark.parametrize("drip_headers", [False, True])
def test_an_answer_that_drips_ends_at_the_time_limit(site: Site, drip_headers: bool) -> None:
    site.pages["/page"] = Page(told=-1, drip=b"x", drip_headers=drip_headers)

    with pytest.raises(FetchError, match=r"no whole answer in 0\.3 seconds"):
        fetcher(seconds=0.3).fetch(site.url())


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("/page", "image/png"),
        ("/page", "application/json"),
        ("/page.exe", "application/octet-stream"),
        ("/reply.ppt", "application/vnd.ms-powerpoint"),
        ("/page", ""),
    ],
)
def test_a_type_that_cannot_be_read_is_refused(site: Site, path: str, media_type: str) -> None:
    site.pages[path] = Page(PAGE, (("Content-Type", media_type),) if media_type else ())

    with pytest.raises(
        FetchError, match=r"cannot be read. Give the address of a file in one of these formats"
    ) as refused:
        fetcher().fetch(site.url(path))
    assert (media_type or "no stated type") in str(refused.value)


def test_an_answer_that_is_not_http_is_an_answer_that_failed(site: Site) -> None:
    site.pages["/page"] = Page(headers=(("Bad Header\x01", "x"),))

    with pytest.raises(FetchError, match="the answer failed"):
        fetcher().fetch(site.url())
