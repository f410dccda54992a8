"""Which links of a page or a feed may be responses."""

import pytest

from askpcc.errors import CorpusError
from askpcc.watched_pages import FetchedPage, choose_pages, find_leads, read_watch_file
from support.cases import cases

URL = "https://office.borsetshire.test/responses"


def found(html: str, url: str = URL, watched: str | None = None) -> list[tuple[str, str]]:
    page = FetchedPage(url, html.encode(), "utf-8")
    return [(lead.address, lead.title) for lead in find_leads(page, watched or url)]


@cases(
    ("link", "address"),
    [
        ('<a href="/files/custody.pdf">Custody</a>', "https://office.borsetshire.test/files/custody.pdf"),
        ('<a href="custody.DOCX?v=2#top">Custody</a>', "https://office.borsetshire.test/custody.DOCX?v=2"),
        ('<a href="//files.test/a.txt">Custody</a>', "https://files.test/a.txt"),
        (
            '<a href="/news/1">Our response to the HMICFRS report</a>',
            "https://office.borsetshire.test/news/1",
        ),
        ('<a href="/n/2" title="Reply to an inspection">Custody</a>', "https://office.borsetshire.test/n/2"),
        ('<a href="/responses/custody">Custody</a>', "https://office.borsetshire.test/responses/custody"),
        ('<main><header><a href="/a.md">A</a></header></main>', "https://office.borsetshire.test/a.md"),
    ],
)
def test_a_link_may_be_a_response_by_its_suffix_its_words_or_its_path(link: str, address: str) -> None:
    assert [one for one, _ in found(f"<body><p>{link}</p></body>")] == [address]


@cases(
    "link",
    [
        '<a href="/about">About us</a>',
        '<a href="/news/3">The Commissioner responds to a letter</a>',
        '<a href="/news/4">The inspection begins</a>',
        '<a href="/responses">All</a>',
        '<a href="/responses/#top">To the top</a>',
        '<a href="https://other.test/responses/custody">Custody</a>',
        '<a href="/responses-old/custody">Custody</a>',
        '<a href="mailto:office@borsetshire.test">Response to the inspection</a>',
        '<a href="javascript:open(1)">Response to the inspection</a>',
        '<a href="ftp://files.test/a.pdf">A</a>',
        '<a href="https://user:secret@files.test/a.pdf">A</a>',
        '<a href="https://[files/a.pdf">A</a>',
        '<nav><a href="/a.html">A</a></nav>',
        '<div role="navigation"><a href="/a.html">A</a></div>',
        '<footer><p><a href="/terms.pdf">Terms</a></p></footer>',
        '<header><a href="/index.html">Home</a></header>',
        "<a>Response to the inspection</a>",
    ],
)
def test_other_links_are_none(link: str) -> None:
    assert found(f"<body>{link}</body>") == []


def test_an_address_is_found_once_with_the_words_of_its_first_link() -> None:
    html = '<a href="/a.pdf"> The  custody\nresponse </a><a href="/a.pdf#p">a</a><a href="/b%20c.pdf"></a>'
    assert found(html) == [
        ("https://office.borsetshire.test/a.pdf", "The custody response"),
        ("https://office.borsetshire.test/b%20c.pdf", "b c.pdf"),
    ]


def test_links_are_relative_to_what_the_page_says() -> None:
    html = '<head><base href="/files/"></head><a href="a.pdf">A</a>'
    assert found(html) == [("https://office.borsetshire.test/files/a.pdf", "A")]


def test_nothing_stands_below_the_top_of_a_site() -> None:
    assert found('<a href="/contact">Contact</a>', "https://office.borsetshire.test/") == []
    assert found('<a href="/contact">Contact</a>', "https://office.borsetshire.test/index.html") == []


def test_a_page_that_moved_is_no_lead_of_its_own() -> None:
    html = f'<a href="{URL}.html">All responses to inspections</a>'
    assert found(html, watched=f"{URL}.html") == []


FEEDS = {
    "RSS 2.0": """<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>
        <link>https://office.borsetshire.test/</link>
        <item><title>Response to the HMICFRS custody report</title>
          <link>https://office.borsetshire.test/news/custody</link></item>
        <item><title>A new bench</title><link>https://office.borsetshire.test/news/bench</link></item>
        <item><title>Vetting</title><enclosure url="/files/vetting.pdf" type="application/pdf"/></item>
        </channel></rss>""",
    "Atom": """<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title><link href="/"/>
        <entry><title>Response to the HMICFRS custody report</title><link href="/news/custody"/>
          <link rel="replies" href="/news/custody.html"/></entry>
        <entry><title>A new bench</title><link href="/news/bench"/></entry>
        <entry><title>Vetting</title><link rel="enclosure" href="/files/vetting.pdf"/></entry></feed>""",
    "RSS 1.0": """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
        xmlns="http://purl.org/rss/1.0/"><item><title>Response to the HMICFRS custody report</title>
        <link>https://office.borsetshire.test/news/custody</link></item>
        <item><title>Vetting</title><link>/files/vetting.pdf</link></item></rdf:RDF>""",
}


@cases("kind", FEEDS)
def test_the_entries_of_a_feed_are_links_with_their_titles(kind: str) -> None:
    assert found(FEEDS[kind], "https://office.borsetshire.test/feed.xml") == [
        ("https://office.borsetshire.test/news/custody", "Response to the HMICFRS custody report"),
        ("https://office.borsetshire.test/files/vetting.pdf", "Vetting"),
    ]


def test_entries_beside_a_feed_of_responses_are_leads() -> None:
    feed = "<rss><channel><item><title>A</title><link>/responses/a</link></item></channel></rss>"
    assert found(feed, f"{URL}/feed") == [(f"{URL}/a", "A")]


def test_pages_are_named_in_a_file_and_in_a_setting_each_once() -> None:
    named = read_watch_file('pages = ["https://Office.test/a", "https://office.test/b/"]\n')
    chosen = choose_pages(named, ["http://office.test/b", "https://c.test"])
    assert chosen.addresses == ("https://office.test/a", "https://office.test/b/", "https://c.test/")
    assert not chosen.faults
    assert read_watch_file("") == []


@cases(
    ("text", "wrong"),
    [
        ("pages = [", "is not TOML"),
        ('page = ["https://a.test"]', "'page' is not known"),
        ('pages = "https://a.test"', "no list of addresses"),
        ("pages = [1]", "no list of addresses"),
    ],
)
def test_a_file_that_says_something_else_is_refused_with_an_example(text: str, wrong: str) -> None:
    with pytest.raises(CorpusError, match=wrong) as refused:
        read_watch_file(text)
    assert 'Write pages = ["https://' in str(refused.value)


def test_what_is_no_address_is_named_and_the_others_are_watched() -> None:
    chosen = choose_pages(["file:///etc/passwd", "https://c.test", "https://u:p@d.test"])
    assert chosen.addresses == ("https://c.test/",)
    assert [str(fault).partition(": ")[0] for fault in chosen.faults] == ["file:///etc/passwd", "https://..."]
    assert all("mend or remove it in watch.toml" in str(fault) for fault in chosen.faults)
