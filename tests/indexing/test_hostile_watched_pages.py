"""Pages that mean ill, or are none."""

from hypothesis import given, settings
from hypothesis import strategies as st

from askpcc.watched_pages import MOST_LEADS, FetchedPage, find_leads
from support.cases import cases

URL = "https://office.borsetshire.test/responses"
LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY f SYSTEM "file:///etc/passwd">]>
<rss><channel><item><title>&c;&f;</title><link>/a.pdf</link></item></channel></rss>"""


def addresses(data: bytes, charset: str | None = None) -> list[str]:
    return [lead.address for lead in find_leads(FetchedPage(URL, data, charset), URL)]


@cases(
    "data",
    [b"", b" ", b"\0", b"%PDF-1.7", b"<rss", b"<feed></rss>", b"<!-- only -->", b"<?xml version='1.0'?>"],
)
def test_what_is_no_page_has_no_links(data: bytes) -> None:
    assert addresses(data) == []


def test_entities_of_a_feed_are_neither_unfolded_nor_looked_up() -> None:
    (lead,) = find_leads(FetchedPage(URL, LAUGHS), URL)
    assert (lead.address, "root:" in lead.title, len(lead.title) < 100) == (
        "https://office.borsetshire.test/a.pdf",
        False,
        True,
    )


def test_a_page_of_endless_links_gives_a_limited_number() -> None:
    assert len(addresses(b"".join(b'<a href="/%d.pdf">x</a>' % n for n in range(20_000)))) == MOST_LEADS


def test_tags_in_tags_are_read() -> None:
    assert addresses(b"<div>" * 5_000 + b'<a href="/a.pdf">A</a>') in (
        [],
        ["https://office.borsetshire.test/a.pdf"],
    )


def test_an_unknown_charset_is_not_believed() -> None:
    assert addresses('<a href="/a.pdf">é</a>'.encode(), "klingon") == [
        "https://office.borsetshire.test/a.pdf"
    ]


def test_a_title_holds_nothing_that_steers_a_terminal_and_ends() -> None:
    html = f'<a href="/a.pdf">\x1b[31mred\u202e {"x" * 5_000}</a>'.encode()
    (lead,) = find_leads(FetchedPage(URL, html, "utf-8"), URL)
    assert lead.title.isprintable()
    assert len(lead.title) <= 200


@settings(deadline=None, max_examples=60, derandomize=True)
@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"<rss><item><link>", b'<feed><entry><link href="', b'<a href="']),
)
def test_no_bytes_end_the_reading(data: bytes, start: bytes) -> None:
    for address in addresses(start + data + b'">x</a>'):
        assert address.startswith(("http://", "https://"))
