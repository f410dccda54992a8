"""A web page becomes the text of the page itself."""

import pytest

from askpcc.errors import BadDocument
from askpcc.model import StoredText
from askpcc.readers.html import read_html
from support.cases import cases

H, P, B, R = "heading", "paragraph", "bullet", "row"


def read(body: str, head: str = "") -> StoredText:
    return read_html("a.html", f"<!doctype html><html><head>{head}</head><body>{body}</body></html>".encode())


def words_of(stored: StoredText) -> list[str]:
    return [block.span.of(stored.text) for block in stored.blocks]


@cases(
    ("body", "blocks"),
    [
        ("<h1>One</h1><h3>Three <em>words</em></h3>", [(H, 1, "One"), (H, 3, "Three words")]),
        ("<p>a&nbsp;b  \n c &amp; d&rsquo;s</p>", [(P, 0, "a b c & d\u2019s")]),
        ("<p>11<sup>th</sup> May<br>\nnext</p>", [(P, 0, "11th May\nnext")]),
        ("<p>one<br><br>two</p>", [(P, 0, "one"), (P, 0, "two")]),
        (
            "<div>bare <span>words</span><p>par</p>tail</div>",
            [(P, 0, "bare words"), (P, 0, "par"), (P, 0, "tail")],
        ),
        ("<p><strong>Response</strong>:</p>", [(H, 7, "Response:")]),
        (
            "<p><b>Recommendation 1</b><br>Forces should.</p>",
            [(H, 7, "Recommendation 1"), (P, 0, "Forces should.")],
        ),
        ("<p>All <b>bold</b></p>", [(P, 0, "All bold")]),
        (
            "<ul><li>a<ul><li>b</li></ul></li><li><p>c</p><p>d</p></li></ul>",
            [(B, 1, "a"), (B, 2, "b"), (B, 1, "c"), (B, 1, "d")],
        ),
        ("<ol><li><b>a</b></li></ol>", [(B, 1, "a")]),
        ("<p>\u2022 one<br>\u2022 two</p>", [(B, 1, "one"), (B, 1, "two")]),
        ("<p>Title: Review<br>Sent: 6 June</p>", [(R, 0, "Title: Review"), (R, 0, "Sent: 6 June")]),
        (
            "<dl><dt>Sent</dt><dd>6 June</dd><dt>Kind</dt><dd>Local</dd></dl>",
            [(P, 0, "Sent: 6 June"), (P, 0, "Kind: Local")],
        ),
        (
            "<table><tr><th>Date</th><th>Report</th></tr><tr><td>6 June</td><td><i>A</i></td></tr></table>",
            [(R, 0, "Date\tReport"), (R, 0, "6 June\tA")],
        ),
        ("<table><tr><td></td><td>a</td><td></td><td>b</td></tr></table>", [(R, 0, "a\t\tb")]),
        ("<table><tr><td><p>one</p><p>two</p></td></tr></table>", [(P, 0, "one"), (P, 0, "two")]),
        (
            "<table><caption>Dates</caption><tr><td>a</td><td>b</td></tr></table>",
            [(P, 0, "Dates"), (R, 0, "a\tb")],
        ),
        ("<pre>one\n\ntwo  words</pre>", [(P, 0, "one"), (P, 0, "two words")]),
        ("<details><summary>More</summary>inside</details>", [(P, 0, "More"), (P, 0, "inside")]),
        ("<p>soft\u00adened\u200b</p>", [(P, 0, "softened")]),
    ],
)
def test_each_construct_makes_its_blocks(body: str, blocks: list[tuple[str, int, str]]) -> None:
    stored = read(body)
    assert [(str(block.kind), block.level, block.span.of(stored.text)) for block in stored.blocks] == blocks


def test_a_page_of_responses_gives_the_paragraphs_of_its_long_cells() -> None:
    cell = "<td><p>" + "We agree. " * 40 + "</p><ul><li>train</li><li>record</li></ul></td>"
    stored = read(f"<table><tr><td>6 June</td><td>PEEL</td>{cell}</tr></table>")
    kinds = [(str(block.kind), block.span.of(stored.text)) for block in stored.blocks]
    assert kinds == [
        (R, "6 June\tPEEL"),
        (P, ("We agree. " * 40).strip()),
        (B, "train"),
        (B, "record"),
    ]


def test_tick_boxes_of_a_form_are_words() -> None:
    stored = read(
        "<table><tr><td>Local <input type=checkbox checked></td>"
        "<td>National <input type=checkbox></td></tr></table>"
    )
    assert words_of(stored) == ["Local \u2612\tNational \u2610"]


def test_a_quote_is_quoted_with_its_speaker() -> None:
    stored = read("<blockquote><p>We agree.</p><footer>A. Name</footer></blockquote><p>Ours.</p>")
    assert [(block.quoted, words) for block, words in zip(stored.blocks, words_of(stored), strict=True)] == [
        (True, "We agree."),
        (True, "A. Name"),
        (False, "Ours."),
    ]


@cases(
    "furniture",
    [
        "<nav>drop</nav>",
        "<header>drop</header>",
        "<footer>drop</footer>",
        "<aside>drop</aside>",
        "<script>drop</script><style>drop</style><noscript>drop</noscript><template>drop</template>",
        "<svg><text>drop</text></svg><iframe>drop</iframe>",
        '<div role="banner">drop</div><div role="search">drop</div><div role="dialog">drop</div>',
        '<div class="cookie-banner x">drop</div><div id="cookies">drop</div>',
        '<ul class="breadcrumb"><li>drop</li></ul><ul class="menu"><li>drop</li></ul>',
        '<a class="skip-link" href="#m">drop</a>',
        '<div class="share-buttons">drop</div><div class="related-posts">drop</div>',
        '<div class="sidebar">drop</div><section class="newsletter-signup">drop</section>',
        "<form><label>drop</label><select><option>drop</option></select><button>drop</button></form>",
        '<p hidden>drop</p><p aria-hidden="true">drop</p><p style="color:red; display : none">drop</p>',
        "<!-- drop -->",
    ],
)
def test_site_furniture_is_dropped(furniture: str) -> None:
    assert words_of(read(f"{furniture}<p>This is what the page itself says, at length.</p>{furniture}")) == [
        "This is what the page itself says, at length."
    ]


@cases(
    "page",
    [
        '<article class="post header-image-page"><p>kept</p></article>',
        '<body class="menu sidebar"><p>kept</p></body>',
        '<div class="menu"><p>kept, since it is the bulk</p></div>',
        '<div class="sidebar-layout"><main><p>kept</p></main></div>',
        '<div class="shareholder navigate"><p>kept</p></div><p>other words, which weigh more</p>',
        "<form><p>kept</p></form>",
        '<h2 id="cookies">kept</h2><div id="sharing-information">with partners, at length</div>',
    ],
)
def test_the_page_itself_survives_whatever_its_classes_are_called(page: str) -> None:
    assert words_of(read(page))[0].startswith("kept")


def test_the_main_part_is_read_where_it_holds_the_bulk() -> None:
    page = "<div>around</div><main><h1>Response</h1><p>The words of the response.</p></main><div>below</div>"
    assert words_of(read(page)) == ["Response", "The words of the response."]


def test_a_main_part_with_little_in_it_is_not_the_page() -> None:
    assert words_of(read("<main><p>x</p></main><p>The words of the response.</p>")) == [
        "x",
        "The words of the response.",
    ]


def test_the_header_of_an_article_keeps_its_heading() -> None:
    page = "<header><p>Site</p></header><article><header><h1>Response</h1></header><p>Words.</p></article>"
    assert words_of(read(page)) == ["Response", "Words."]


def test_the_only_main_heading_is_kept_from_the_header_of_the_page() -> None:
    page = (
        "<header><nav>Menu</nav><h1>Response</h1><p>Slogan</p></header><main><p>The words of it.</p></main>"
    )
    assert words_of(read(page)) == ["Response", "The words of it."]


def test_title_and_address_come_from_the_page() -> None:
    head = '<title>Response | Borsetshire</title><link rel="canonical" href="https://pcc.example/a">'
    assert read("<p>x</p>", head).title == "Response | Borsetshire"
    assert read("<h1>Our <i>response</i></h1>", head).title == "Our response"
    assert read("<p>x</p>", head).url == "https://pcc.example/a"


@cases("address", ["javascript:alert(1)", "/a", "file:///etc/passwd", "http://[", ""])
def test_an_address_that_is_not_of_the_web_is_none(address: str) -> None:
    assert read("<p>x</p>", f'<link rel="canonical" href="{address}">').url is None


@cases("charset", ["windows-1252", "iso-8859-1"])
def test_the_declared_encoding_is_used(charset: str) -> None:
    page = f'<html><head><meta charset="{charset}"></head><body><p>It\u2019s \u00a35m</p></body></html>'
    assert words_of(read_html("a.html", page.encode("cp1252"))) == ["It\u2019s \u00a35m"]


def test_an_undeclared_encoding_that_is_not_sure_is_refused() -> None:
    with pytest.raises(BadDocument, match="encoding"):
        read_html(
            "a.html",
            "<p>\u041e\u0442\u0432\u0435\u0442 \u043d\u0430 \u043e\u0442\u0447\u0451\u0442</p>".encode(
                "cp1251"
            ),
        )


@cases("page", ["words alone", "http://pcc.example", "<?xml version='1.0'?><p>words</p>", "a.html"])
def test_a_page_without_a_frame_is_read(page: str) -> None:
    assert len(read_html("a.html", page.encode()).blocks) == 1


@cases(
    ("body", "text"),
    [
        ("<ol><li>a</li><li><p>b</p><p>c</p></li></ol>", "1. a\n2. b\n  c"),
        ("<ol start=4><li>a<li value=9>b<li>c</ol>", "4. a\n9. b\n10. c"),
        ("<ol reversed><li>a<li>b</ol>", "2. a\n1. b"),
        ("<ol type=a start=26><li>x<li>y</ol>", "z. x\naa. y"),
        ("<ol type=I><li>x<ol type=i><li>y</ol><li>z</ol>", "I. x\n  i. y\nII. z"),
        ("<ol type=A start=-1><li>x</ol>", "-1. x"),
        ("<ol style='list-style-type: lower-roman'><li>x<li>y</ol>", "i. x\nii. y"),
        ("<ol style='list-style: none'><li>x</ol>", "- x"),
        ("<ol><li>1. x<li>2. y</ol>", "- 1. x\n- 2. y"),
        ("<ol start=x><li value=1e9>x</ol>", "1. x"),
        ("<ol><li><h3>Part</h3><p>x</p></li></ol>", "### 1. Part\n\n  x"),
        ("<ol><li></li><li>x</ol><ul><li>y</ul>", "2. x\n- y"),
        ("<table><tr><td><ol start=3><li>x</ol></td><td>y</td></tr></table>", "3. x\ty"),
    ],
)
def test_the_numbers_of_a_list_stand_before_its_items(body: str, text: str) -> None:
    assert read(body).text == f"{text}\n"


def test_the_number_of_an_item_is_no_part_of_its_block() -> None:
    assert words_of(read("<ol start=7><li>Train all staff.</li></ol>")) == ["Train all staff."]


@cases(
    ("rows", "text"),
    [
        ("<tr><td></td><td></td><td>a<td>b</tr>", "\t\ta\tb"),
        ("<tr><th colspan=2>a<th>b</tr><tr><td>c<td>d<td>e</tr>", "a\t\tb\nc\td\te"),
        ("<tr><td rowspan=2>a<td>b<td>c</tr><tr><td>d<td>e</tr><tr><td>f<td>g</tr>", "a\tb\tc\n\td\te\nf\tg"),
        ("<tr><td>a<td rowspan=2 colspan=2>b<td>c</tr><tr><td>d<td>e</tr>", "a\tb\t\tc\nd\t\t\te"),
        ("<tr><td colspan=3>Recommendation 1</tr>", "Recommendation 1"),
        ("<tr><td colspan=0>a<td rowspan=x>b</tr><tr><td>c<td>d</tr>", "a\tb\nc\td"),
    ],
)
def test_cells_keep_their_columns(rows: str, text: str) -> None:
    assert read(f"<table>{rows}</table>").text == f"{text}\n"


def test_cells_said_to_be_larger_than_any_table_do_no_harm() -> None:
    rows = "<tr><td colspan=99999 rowspan=99999>a<td>b</tr>" * 500
    assert len(read(f"<table>{rows}</table>").text) < 100_000


@cases(
    ("terms", "text"),
    [
        (
            "<dt>Status</dt><dd>Complete</dd><dt>Lead:</dt><dd>A. Name</dd>",
            "Status: Complete\n\nLead: A. Name",
        ),
        ("<div><dt><b>Status</b></dt><dd><p>Complete</p></dd></div>", "Status: Complete"),
        (
            "<dt>Forces should train all of their call handlers to know it</dt><dd>Agreed</dd>",
            "Forces should train all of their call handlers to know it\tAgreed",
        ),
        ("<dt>Response</dt><dd><p>One.</p><p>Two.</p></dd>", "Response\n\nOne.\n\nTwo."),
        ("<dt><h3>Recommendation 1</h3></dt><dd>Agreed.</dd>", "### Recommendation 1\n\nAgreed."),
        ("<dt>Lead</dt><dt>Owner</dt><dd>A. Name</dd>", "Lead\n\nOwner\n\nA. Name"),
        ("<dt>Lead</dt><dd>A. Name</dd><dd>B. Name</dd>", "Lead: A. Name\n\nB. Name"),
        ("<dt>Lead</dt>", "Lead"),
    ],
)
def test_terms_stand_with_what_is_said_of_them(terms: str, text: str) -> None:
    assert read(f"<dl>{terms}</dl>").text == f"{text}\n"


def test_people_see_marks_that_are_not_part_of_the_blocks() -> None:
    stored = read("<h2>Part</h2><ul><li>a<ul><li>b</li></ul></li></ul><blockquote><p>c</p></blockquote>")
    assert stored.text == "## Part\n\n- a\n  - b\n\n> c\n"
