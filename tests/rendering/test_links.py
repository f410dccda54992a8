"""Where a citation leads: to the page of a PDF or to the words on a page of the web."""

from dataclasses import replace
from urllib.parse import unquote, urlsplit

from hypothesis import given
from hypothesis import strategies as st

from askpcc.model import Citation, Span
from askpcc.rendering.results import source_link, web_address
from support.cases import cases

PAGE = "https://borsetshire.example/response"
CITATION = Citation("borsetshire.html", "v", "Response", Span(0, 9), "It is done", url=PAGE)
LONG = "The force has trained all of its officers and will check each year that what they learnt is used"

PDF_CASES = [
    ("https://b.example/r.pdf", "r.html", 3, "https://b.example/r.pdf#page=3"),
    ("https://b.example/r.PDF?v=2", "r.html", 3, "https://b.example/r.PDF?v=2#page=3"),
    ("https://b.example/get?id=7", "2024/r.pdf", 12, "https://b.example/get?id=7#page=12"),
    ("https://b.example/r.pdf#page=9", "r.pdf", 3, "https://b.example/r.pdf#page=3"),
    ("https://b.example/r.pdf#top", "r.pdf", None, "https://b.example/r.pdf"),
]
DIRECTIVES = [
    ("It is done", "It%20is%20done"),
    ("- It is **done**, <b>fully</b>", "%2D%20It%20is%20done%2C%20fully"),
    ("care & custody, well-being", "care%20%26%20custody%2C%20well%2Dbeing"),
    ("See [the report](https://x.example/a).", "See%20the%20report."),
    ("“It’s done”", "%E2%80%9CIt%E2%80%99s%20done%E2%80%9D"),
    (LONG, "The%20force%20has%20trained%20all,what%20they%20learnt%20is%20used"),
    ("Two lines\nof one paragraph", "Two%20lines%20of%20one%20paragraph"),
    ("| 5 | Train all officers | Done |", "5,Done"),
    ("We will:\n- train officers\n- check it", "We%20will%3A,check%20it"),
    ("First words here.\n\nLast words here.", "First%20words%20here.,Last%20words%20here."),
]
REFUSED = [
    *(None, "", "   ", "response.pdf", "/response", "ftp://b.example/r", "javascript:alert(1)"),
    *(
        "file:///etc/passwd",
        "data:text/html,x",
        "https://",
        "https:///r",
        "https://[::1",
        "mailto:a@b.example",
    ),
    "https://borsetshire.example@evil.example/",
]


@cases(("url", "document", "page", "expected"), PDF_CASES)
def test_a_pdf_opens_at_its_page(url: str, document: str, page: int | None, expected: str) -> None:
    assert source_link(replace(CITATION, url=url, document=document, page=page)) == expected


@cases(("words", "expected"), DIRECTIVES)
def test_a_page_of_the_web_opens_at_the_words(words: str, expected: str) -> None:
    assert source_link(replace(CITATION, quote=words)) == f"{PAGE}#:~:text={expected}"


def test_a_fragment_of_the_address_gives_way_to_the_words() -> None:
    assert source_link(replace(CITATION, url=f"{PAGE}#part-2")) == f"{PAGE}#:~:text=It%20is%20done"


@cases("words", ["", "**", "谁" * 500])
def test_words_that_cannot_be_named_are_left_out(words: str) -> None:
    assert source_link(replace(CITATION, quote=words)) == PAGE


@cases("url", REFUSED)
def test_what_is_no_address_of_the_web_is_no_link(url: str | None) -> None:
    assert web_address(url) is None
    assert source_link(replace(CITATION, url=url)) is None


@cases(
    ("url", "expected"),
    [
        ('https://b.example/a b|c>d"e', "https://b.example/a%20b%7Cc%3Ed%22e"),
        ("https://b.example/a%20b?x=1&y=(2)", "https://b.example/a%20b?x=1&y=(2)"),
        ("https://b.example/é\u202e\n`", "https://b.example/%C3%A9%E2%80%AE%0A%60"),
    ],
)
def test_an_address_is_written_in_characters_that_no_syntax_uses(url: str, expected: str) -> None:
    assert web_address(url) == expected


@given(st.text(st.characters(codec=None), max_size=300))
def test_no_words_break_out_of_their_directive(words: str) -> None:
    address = source_link(replace(CITATION, quote=words)) or ""
    _, found, directive = address.partition("#:~:text=")
    assert address.isascii()
    assert address.startswith(PAGE)
    assert not found or set(directive) & set("-&#| <>") == set()
    assert directive.count(",") <= 1


@given(st.text(st.characters(codec=None), max_size=100))
def test_any_text_is_an_address_of_the_web_or_none(text: str) -> None:
    for url in (text, f"https://b.example/{text}", f"https://{text}"):
        address = web_address(url)
        assert address is None or (address.isascii() and urlsplit(address).scheme in {"http", "https"})
        assert address is None or set(unquote(address)[:4].lower()) <= set("http")
        assert address is None or set(address) & set('|<> \n"`') == set()
