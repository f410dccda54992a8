"""Fetching ordinary answers, from a real server on loopback."""

import gzip
import socket
import ssl
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from askpcc.adapters.fetching import WebFetcher, resolve_by_system, trust_usual_authorities
from askpcc.errors import FetchError
from support.web_server import Page, Site, make_certificate, serving

PAGE = b"<h1>Borsetshire Police: custody</h1><p>The cells have been repainted.</p>"
HTML = (("Content-Type", "text/html; charset=UTF-8"),)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        yield site


def to_loopback(_host: str, _port: int) -> list[str]:
    return ["127.0.0.1"]


def fetcher(resolve: Callable[[str, int], list[str]] = to_loopback, seconds: float = 20.0) -> WebFetcher:
    return WebFetcher(lambda: date(2026, 3, 4), allow_private=True, seconds=seconds, resolve=resolve)


def test_a_page_comes_with_its_address_type_charset_and_date(site: Site) -> None:
    site.pages["/responses/custody?year=2025"] = Page(PAGE, HTML)

    fetched = fetcher().fetch(site.url("/responses/custody?year=2025#top"))

    assert fetched.data == PAGE
    assert fetched.url == site.url("/responses/custody?year=2025")
    assert (fetched.media_type, fetched.charset) == ("text/html", "utf-8")
    assert (fetched.fetched, fetched.filename_hint) == ("2026-03-04", "custody")


def test_the_server_is_asked_by_name_for_nothing_but_gzip(site: Site) -> None:
    site.pages["/page"] = Page(PAGE)

    fetcher().fetch(site.url())

    _, headers = site.asked[0]
    assert headers["Host"] == f"borsetshire.test:{site.port}"
    assert headers["Accept-Encoding"] == "gzip"
    assert "Cookie" not in headers
    assert "Authorization" not in headers


def test_a_packed_page_is_unpacked(site: Site) -> None:
    packed = gzip.compress(PAGE[:30]) + gzip.compress(PAGE[30:])
    site.pages["/page"] = Page(packed, (*HTML, ("Content-Encoding", "gzip")))

    assert fetcher().fetch(site.url()).data == PAGE


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_followed_and_the_final_address_kept(site: Site, status: int) -> None:
    site.pages["/old"] = Page(headers=(("Location", "/new/./page"),), status=status)
    site.pages["/new/page"] = Page(PAGE)

    assert fetcher().fetch(site.url("/old")).url == site.url("/new/page")


def test_five_redirects_are_followed(site: Site) -> None:
    for hop in range(5):
        site.pages[f"/{hop}"] = Page(headers=(("Location", f"/{hop + 1}"),), status=302)
    site.pages["/5"] = Page(PAGE)

    assert fetcher().fetch(site.url("/0")).data == PAGE


@pytest.mark.parametrize(
    ("path", "headers", "expected"),
    [
        ("/download?id=7", (("Content-Disposition", 'attachment; filename="reply.pdf"'),), "reply.pdf"),
        ("/download", (("Content-Disposition", 'attachment; filename="C:\\tmp\\reply.pdf"'),), "reply.pdf"),
        ("/download", (("Content-Disposition", "attachment; filename*=UTF-8''r%C3%A9ply.pdf"),), "réply.pdf"),
        ("/letters/our%20reply.pdf", (), "our reply.pdf"),
        ("/", (("Content-Type", "application/pdf"),), "borsetshire.test"),
    ],
)
def test_the_file_name_is_the_servers_else_the_addresses(
    site: Site, path: str, headers: tuple[tuple[str, str], ...], expected: str
) -> None:
    site.pages[path] = Page(b"%PDF-1.7", headers)

    assert fetcher().fetch(site.url(path)).filename_hint == expected


@pytest.mark.parametrize("path", ["/reply.pdf", "/reply.DOCX", "/reply.txt", "/reply.md"])
def test_an_unsaid_or_general_type_is_taken_from_the_address(site: Site, path: str) -> None:
    site.pages[path] = Page(b"words", (("Content-Type", "application/octet-stream"),))

    assert fetcher().fetch(site.url(path)).data == b"words"


def test_the_next_address_is_tried_where_one_does_not_answer(site: Site) -> None:
    site.pages["/page"] = Page(PAGE)

    assert fetcher(lambda _host, _port: ["::1", "127.0.0.1"]).fetch(site.url()).data == PAGE


def test_proxies_of_the_environment_are_not_used(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    site.pages["/page"] = Page(PAGE)

    assert fetcher().fetch(site.url()).data == PAGE


def test_the_certificate_is_checked_against_the_name_not_the_address(tmp_path: Path) -> None:
    server, client = make_certificate(tmp_path, "borsetshire.test")
    with serving(server) as site:
        site.pages["/page"] = Page(PAGE)
        web = WebFetcher(lambda: date(2026, 3, 4), True, resolve=to_loopback, trust=lambda: client)

        assert web.fetch(site.url(scheme="https")).data == PAGE
        with pytest.raises(FetchError, match=r"midsomer\.test.*no connection.*CERTIFICATE_VERIFY_FAILED"):
            web.fetch(site.url(host="midsomer.test", scheme="https"))


def test_an_unknown_authority_is_not_trusted(tmp_path: Path) -> None:
    server, _ = make_certificate(tmp_path, "borsetshire.test")
    with serving(server) as site, pytest.raises(FetchError, match="CERTIFICATE_VERIFY_FAILED"):
        fetcher().fetch(site.url(scheme="https"))


def test_the_usual_authorities_are_required_and_names_checked() -> None:
    context = trust_usual_authorities()

    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname
    assert context.get_ca_certs()


def test_the_system_finds_this_machine() -> None:
    assert "127.0.0.1" in resolve_by_system("127.0.0.1", 80)


def test_a_server_that_is_not_there_is_named() -> None:
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))
        url = f"http://borsetshire.test:{reserved.getsockname()[1]}/page"

        with pytest.raises(FetchError, match=r"borsetshire\.test.*no connection.*try again"):
            fetcher().fetch(url)


def test_a_name_that_nobody_knows_is_named() -> None:
    def find_nothing(host: str, _port: int) -> list[str]:
        raise socket.gaierror(socket.EAI_NONAME, f"no {host}")

    with pytest.raises(FetchError, match=r"http://felpersham\.test/: no host of that name.*spelling"):
        fetcher(find_nothing).fetch("http://felpersham.test")


def test_a_status_other_than_ok_is_told(site: Site) -> None:
    site.pages["/gone"] = Page(status=410)

    with pytest.raises(FetchError, match=r"/absent: the server answered 404 Not Found\. Check"):
        fetcher().fetch(site.url("/absent"))
    with pytest.raises(FetchError, match="410"):
        fetcher().fetch(site.url("/gone"))
