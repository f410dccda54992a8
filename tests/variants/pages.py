"""The response as web pages, in the ways in which offices have them built."""

from collections.abc import Callable
from functools import partial
from html import escape as _escape

from variants.response import HEADS, Recommendation, Response, Variant

Section = Callable[[Recommendation], str]
_SCRIPT = "<script>document.documentElement.className='js';</script>"


def escape(words: str) -> str:
    """Escape words for a page, quotes left as they are."""
    return _escape(words, quote=False)


def _paragraphs(paragraphs: tuple[str, ...]) -> str:
    return "".join(f"<p>{escape(words)}</p>\n" for words in paragraphs)


def put_in_page(response: Response, body: str, style: str = "", around: tuple[str, str] = ("", "")) -> str:
    """Return a page with a body between the letter's head and its end.  around: furniture of the site."""
    before, after = around
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f"<title>{escape(response.title)}</title>"
        f"<style>{style}</style></head>\n<body>{before}<main><h1>{escape(response.title)}</h1>\n"
        f"{_paragraphs(response.before)}{body}\n{_paragraphs(response.end)}</main>{after}</body></html>"
    )


def _told(one: Recommendation) -> str:
    return _paragraphs((one.asks, one.answer))


def _plain(one: Recommendation) -> str:
    return f"<h2>{one.name}</h2>\n{_told(one)}"


def write_sections(response: Response, section: Section = _plain, style: str = "") -> str:
    """Return a page with a section for each recommendation."""
    return put_in_page(response, "\n".join(section(one) for one in response.recommendations), style)


def write_page(response: Response) -> str:
    """Return the page in its plain form."""
    return write_sections(response)


def write_table(response: Response, style: str = "") -> str:
    """Return a page with a table."""
    head = "".join(f"<th>{name}</th>" for name in HEADS)
    rows = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in one.row) + "</tr>\n"
        for one in response.recommendations
    )
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    return put_in_page(response, table, style)


def _definitions(response: Response) -> str:
    told = "".join(
        f"<dt>{one.name}</dt><dd>{escape(one.asks)}</dd><dd>{escape(one.answer)}</dd>\n"
        for one in response.recommendations
    )
    return put_in_page(response, f"<dl>{told}</dl>")


def write_list(response: Response, style: str = "") -> str:
    """Return a page whose recommendations are numbered by a list."""
    items = "".join(f"<li>{_told(one)}</li>\n" for one in response.recommendations)
    return put_in_page(response, f"<h2>Recommendations</h2><ol>{items}</ol>", style)


def _lists(response: Response) -> str:
    told = "".join(
        f'<ol start="{one.number}"><li>{escape(one.asks)}</li></ol>\n<p>{escape(one.answer)}</p>\n'
        for one in response.recommendations
    )
    return put_in_page(response, f"<h2>Recommendations</h2>{told}")


def _details(one: Recommendation) -> str:
    return f"<details><summary>{one.name}</summary>{_told(one)}</details>"


def _accordion(attributes: str, one: Recommendation) -> str:
    """Return a section of an accordion whose panel is closed by attributes of its own."""
    return (
        '<div class="accordion__section"><div class="accordion__section-header">'
        f'<h2 class="accordion__heading"><span class="accordion__button" id="h{one.number}">{one.name}</span>'
        f'</h2></div><div id="p{one.number}" class="accordion__section-content" {attributes}>'
        f"{_told(one)}</div></div>"
    )


def _elementor(one: Recommendation) -> str:
    number = one.number
    return (
        '<div class="elementor-accordion-item">'
        f'<div id="elementor-tab-title-10{number}" class="elementor-tab-title" '
        f'data-tab="{number}" role="button" '
        f'aria-controls="elementor-tab-content-10{number}" aria-expanded="false">'
        f'<a class="elementor-accordion-title" tabindex="0">{one.name}</a></div>'
        f'<div id="elementor-tab-content-10{number}" class="elementor-tab-content elementor-clearfix" '
        f'data-tab="{number}" role="region" aria-labelledby="elementor-tab-title-10{number}" '
        f'style="display: none;">{_told(one)}</div></div>'
    )


def _tabs(response: Response) -> str:
    tabs = "".join(
        f'<li role="presentation"><button role="tab" id="t{one.number}" aria-controls="p{one.number}" '
        f'aria-selected="{str(one.number == 1).lower()}">{one.name}</button></li>'
        for one in response.recommendations
    )
    panels = "".join(
        f'<div role="tabpanel" id="p{one.number}" aria-labelledby="t{one.number}" '
        f"{'' if one.number == 1 else 'hidden'}>{_told(one)}</div>\n"
        for one in response.recommendations
    )
    return put_in_page(response, f'<ul role="tablist">{tabs}</ul>{panels}')


def _button(one: Recommendation) -> str:
    return (
        f'<h3><button type="button" aria-expanded="false" aria-controls="p{one.number}">{one.name}'
        "</button></h3>"
        f'<div id="p{one.number}" hidden>{_told(one)}</div>'
    )


def _unscripted(response: Response) -> str:
    body = "".join(_plain(one) for one in response.recommendations)
    return put_in_page(response, f'<div id="app" data-src="/x.json"></div><noscript>{body}</noscript>')


def _shadow(one: Recommendation) -> str:
    return f'<pcc-panel><template shadowrootmode="open">{_plain(one)}</template></pcc-panel>'


_MENU = "".join(
    f"<li><a href='/{name}'>{name}</a></li>" for name in ("Home", "News", "Your PCC", "Contact us")
)
_SITE = (
    f"<header class='site-header'><a href='#c'>Skip to content</a><nav><ul>{_MENU}</ul></nav></header>",
    (
        "<aside class='related'><h2>Related news</h2><ul>"
        "<li><a href='/a'>Work on speeding is complete</a></li>"
        "<li><a href='/b'>Recommendation 2 of the custody report is not accepted</a></li></ul></aside>"
        f"<footer><ul>{_MENU}</ul><p>Copyright 2025. All rights reserved.</p></footer>"
    ),
)
_COOKIES = (
    (
        "<div id='cookie-banner' class='cookie-consent' role='dialog' aria-label='Cookies'>"
        "<h2>We use cookies</h2><p>Some cookies are necessary. Do you accept the recommended cookies?</p>"
        "<button>Accept all</button><button>Not accepted</button></div>"
    ),
    "<div class='ccc-overlay cookie-notice'><p>Your choice of cookies is complete.</p></div>",
)


def _furnished(around: tuple[str, str], response: Response) -> str:
    return put_in_page(response, "".join(_plain(one) for one in response.recommendations), around=around)


def _soup(response: Response) -> str:
    told = "".join(
        f'<div class="row"><div class="c1"><div><b>{one.name}</b></div></div>'
        f"<div class=c2><div>{escape(one.asks)}<br><br>{escape(one.answer)}</div>"
        for one in response.recommendations
    )
    before = "".join(f"<div><span>{escape(p)}</span></div>" for p in response.before)
    after = "<br>".join(escape(p) for p in response.end)
    return f"<html><body><div><div class=t>{escape(response.title)}</div>{before}{told}<div>{after}"


def _printed(response: Response) -> str:
    """Return a page as a browser saves it, with what is only shown on paper."""
    head = f"<div class='print-only'>08/04/2025, 10:00 {escape(response.title)}</div>"
    links = "<p class='no-print'><a href='#'>Print this page</a> <a href='#'>Share on social media</a></p>"
    return _furnished(
        (head, f"{links}<div class='print-only'>https://opcc.barchester.example/ 1/3</div>"), response
    )


def _small_tables(one: Recommendation) -> str:
    rows = zip(HEADS[1:], one.row[1:], strict=True)
    cells = "".join(f"<tr><th scope=row>{name}</th><td>{escape(cell)}</td></tr>" for name, cell in rows)
    return f"<h2>{one.name}</h2><table>{cells}</table>"


def _quoted(one: Recommendation) -> str:
    return f"<h2>{one.name}</h2><blockquote><p>{escape(one.asks)}</p></blockquote><p>{escape(one.answer)}</p>"


def _cards(one: Recommendation) -> str:
    return (
        f'<article class="card"><header class="card-header"><h3>{one.name}</h3>'
        f'<span class="badge badge-info">{one.word}</span></header>'
        f'<section class="card-body">{_told(one)}</section>'
        f'<footer class="card-footer">Owner: {one.owner}. Due date: {one.due}</footer></article>'
    )


def _page(name: str, write: Callable[[Response], str], encoding: str = "utf-8") -> Variant:
    return Variant(f"html-{name}", ".html", lambda response: write(response).encode(encoding))


def _sections(name: str, section: Section) -> Variant:
    return _page(name, partial(write_sections, section=section))


def _western(response: Response) -> str:
    return write_page(response).replace('charset="utf-8"', 'charset="windows-1252"').replace("'", "\u2019")


VARIANTS = (
    _page("plain", write_page),
    _page("table", write_table),
    _page("dl", _definitions),
    _page("ol", write_list),
    _page("ol-each", _lists),
    _sections("details", _details),
    _sections("accordion-class", partial(_accordion, 'class="collapse"')),
    _sections("accordion-hidden", partial(_accordion, "hidden")),
    _sections("accordion-until-found", partial(_accordion, 'hidden="until-found"')),
    _sections("accordion-aria", partial(_accordion, 'aria-hidden="true" aria-expanded="false"')),
    _sections("accordion-style", partial(_accordion, 'style="display:none"')),
    _sections("elementor", _elementor),
    _page("tabs", _tabs),
    _sections("button-headings", _button),
    _page("noscript", _unscripted),
    _sections("shadow-root", _shadow),
    _page("printed", _printed),
    _page("furniture", partial(_furnished, _SITE)),
    _page("cookies", partial(_furnished, _COOKIES)),
    _page("soup", _soup),
    _sections("small-tables", _small_tables),
    _sections("quoted", _quoted),
    _sections("cards", _cards),
    _page("cp1252", _western, "cp1252"),
)
