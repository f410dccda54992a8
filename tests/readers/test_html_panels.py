"""What a web page shows after a click is its text, once and under its label."""

from askpcc.model import StoredText
from askpcc.readers.html import read_html
from support.cases import cases

RESPONSE = "The Chief Constable of Netherby accepts this and has begun to train all her call handlers."
OTHER = "The Commissioner of Netherby will look at the first results of that work before the summer."


def read(body: str) -> StoredText:
    page = f"<!doctype html><html><body><main><h1>Response</h1><p>{OTHER}</p>{body}</main></body></html>"
    return read_html("a.html", page.encode())


def lines(body: str) -> list[str]:
    """Return what the page adds to its first two lines, with the marks of headings and lists."""
    return [line for line in read(body).text.split("\n") if line][2:]


@cases(
    "closed",
    [
        (
            "<h3><button aria-expanded=false aria-controls=a>First</button></h3>"
            f"<section id=a hidden><p>{RESPONSE}</p></section>"
        ),
        f"<h3>First</h3><div style='display: none'><p>{RESPONSE}</p></div>",
        f"<h3><span class=acc__button>First</span></h3><div class=acc aria-hidden=true>{RESPONSE}</div>",
        f"<div><div><h3>First</h3></div><div hidden><p>{RESPONSE}</p></div></div>",
        (
            "<h3><button aria-expanded=false>First<span class=visually-hidden>, Show this section</span>"
            f"<i aria-hidden=true>+</i></button></h3><div hidden><p>{RESPONSE}</p></div>"
        ),
        f"<h3>First <button aria-controls=a>Show</button></h3><div id=a hidden><p>{RESPONSE}</p></div>",
        f"<h3>First</h3><noscript><p>{RESPONSE}</p></noscript>",
        (
            "<h3>First</h3><x-part><template shadowrootmode=open><style>p {}</style>"
            f"<p>{RESPONSE}</p></template></x-part>"
        ),
    ],
)
def test_a_closed_part_is_read_under_its_heading(closed: str) -> None:
    assert lines(closed) == ["### First", RESPONSE]


@cases(
    "closed",
    [
        (
            "<div role=button aria-controls=a><a href=''>First</a></div>"
            f"<div id=a style='display:none'>{RESPONSE}</div>"
        ),
        f"<button aria-expanded=false aria-controls=a>First</button><div id=a hidden>{RESPONSE}</div>",
        f"<button class=accordion>First</button><div class=panel><p>{RESPONSE}</p></div>",
        f"<div class=head><button aria-expanded=false>First</button></div><div hidden>{RESPONSE}</div>",
        f"<a data-bs-toggle=collapse href='#a'>First</a><div id=a class=collapse hidden>{RESPONSE}</div>",
        (
            "<div class='x controls'><button aria-expanded=false>Show all sections</button></div>"
            f"<button aria-controls=a>First</button><div id=a hidden>{RESPONSE}</div>"
        ),
    ],
)
def test_a_button_that_opens_a_part_is_its_heading(closed: str) -> None:
    assert lines(closed) == ["## First", RESPONSE]


@cases(
    ("tabs", "tab"),
    [
        ("<div role=tablist>{0}</div>", "<button role=tab aria-controls={0}>{1}</button>"),
        (
            "<nav><ul class='nav nav-tabs'>{0}</ul></nav>",
            "<li><a role=tab data-toggle=tab href='#{0}'>{1}</a></li>",
        ),
    ],
)
def test_the_names_of_tabs_stand_above_what_they_show(tabs: str, tab: str) -> None:
    names = tabs.format(tab.format("nav-a", "First") + tab.format("nav-b", "Second"))
    panel = "<div role=tabpanel id={0}>{1}</div>"
    panels = panel.format("nav-a", RESPONSE) + panel.format("'nav-b' hidden", "Done.")
    assert lines(names + panels) == ["## First", RESPONSE, "## Second", "Done."]


def test_a_closed_part_within_another_is_read_once() -> None:
    page = (
        f"<h3>First</h3><div hidden><p>{RESPONSE}</p><h4>Part</h4><div hidden><p>{RESPONSE}</p></div></div>"
    )
    assert lines(page) == ["### First", RESPONSE, "#### Part", RESPONSE]
    page = f"<h3>First</h3><div hidden><div class=panel hidden><p>{RESPONSE}</p></div></div>"
    assert lines(page) == ["### First", RESPONSE]


def test_a_page_that_is_hidden_until_its_script_has_run_is_read() -> None:
    page = f"<body style='visibility:hidden'><p>{OTHER}</p><h2>First</h2><div hidden>{RESPONSE}</div></body>"
    assert read_html("a.html", page.encode()).text == f"{OTHER}\n\n## First\n\n{RESPONSE}\n"


def test_panels_of_the_same_words_under_labels_of_their_own_are_all_read() -> None:
    panel = "<h3>{0}</h3><div class=panel hidden><p>{1}</p></div>"
    page = panel.format("First", RESPONSE) + panel.format("Second", RESPONSE)
    assert lines(page) == ["### First", RESPONSE, "### Second", RESPONSE]


def test_a_label_in_a_list_of_terms_stays_with_its_words() -> None:
    button = "<button aria-expanded=false aria-controls=a>Status</button>"
    assert lines(f"<dl><dt>{button}</dt><dd id=a hidden>Complete</dd></dl>") == ["Status: Complete"]


@cases(
    "repeated",
    [
        f"<div class='mobile-accordion' style='display:none'><p>{RESPONSE}</p></div>",
        f"<div role=tabpanel hidden><p>{RESPONSE}</p></div>",
        f"<noscript><p>{RESPONSE}</p></noscript>",
    ],
)
def test_words_that_stand_elsewhere_are_read_once(repeated: str) -> None:
    assert lines(f"<p>{RESPONSE}</p>{repeated}") == [RESPONSE]
    assert read(f"<p>{RESPONSE}</p>{repeated}").doubts == ()


@cases(
    "furniture",
    [
        f"<div role=dialog hidden><p>{RESPONSE}</p></div>",
        f"<div class=cookie-banner hidden><p>{RESPONSE}</p></div>",
        f"<div class='modal fade' style='display:none'><p>{RESPONSE}</p></div>",
        (
            "<button aria-controls=m aria-expanded=false>Menu</button>"
            f"<div id=m class=panel hidden><a href=x>{RESPONSE}</a></div>"
        ),
        f"<div class=panel hidden><form><label>{RESPONSE}</label></form></div>",
        f"<nav><div hidden>{RESPONSE}</div></nav>",
        "<noscript>Please turn on JavaScript in your browser to see all the parts of this page.</noscript>",
        "<button>Print this page</button>",
        "<button aria-expanded=false>Share</button>",
        "<p hidden>Loading</p>",
        f"<footer><p hidden>{RESPONSE}</p></footer>",
    ],
)
def test_hidden_furniture_stays_out_without_a_word(furniture: str) -> None:
    stored = read(f"<p>One more paragraph.</p>{furniture}")
    assert stored.text.endswith("One more paragraph.\n")
    assert stored.doubts == ()


def test_hidden_words_that_no_click_shows_are_told_of() -> None:
    stored = read(f"<p>One more paragraph.</p><div style='display:none'><p>{RESPONSE}</p></div>")
    assert stored.text.endswith("One more paragraph.\n")
    assert stored.doubts == ("Some text of the page is hidden and was left out.",)


@cases(
    "page",
    [
        "<h1>" * 2_000 + "<button aria-controls=x>a</button>",
        "<div hidden class=panel>" * 2_000 + "words " * 2_000,
        "<div role=button aria-controls=x>" * 2_000 + "<p id=x>words</p>",
        "<button aria-controls=x>a</button><p id=x hidden>words</p>" * 2_000,
        "<nav>" * 2_000 + "<a role=tab href='#x'>a</a>",
    ],
)
def test_parts_nested_or_repeated_without_limit_are_read(page: str) -> None:
    assert OTHER in read(page).text
