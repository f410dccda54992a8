"""Hostile texts and pages, drawn from a seed: Markdown, plain text, HTML, RTF, CSV, mail."""

import json
from collections.abc import Callable
from email.message import EmailMessage
from random import Random

from support.hostile_words import (
    HARMLESS,
    draw_long_word,
    draw_paragraphs,
    draw_rows,
    draw_words,
)


def make_markdown(rng: Random, most: int) -> str:
    """Return Markdown: headings alone, lists, tables, nesting, front matter, fences left open."""
    made: Callable[[], str] = rng.choice(
        [
            lambda: "\n\n".join(draw_paragraphs(rng, most // 20)),
            lambda: "\n".join(
                f"{'#' * rng.randint(1, 8)} {words}" for words in draw_paragraphs(rng, most // 20)
            ),
            lambda: "\n".join(f"- {rng.choice(['&nbsp;', '', '<br>', *HARMLESS])}" for _ in range(most)),
            lambda: "\n".join(f"{'  ' * depth}- {rng.choice(HARMLESS)}" for depth in range(most // 20)),
            lambda: rng.choice(["> ", "- ", "* ", "1. ", "> - "]) * most + "x",
            lambda: f"---\n{draw_words(rng, 20)}\nforce: [{draw_words(rng, 3)}\n---\n{rng.choice(HARMLESS)}",
            lambda: "---\na: &a [*a, *a]\nb: &b [*a,*a,*a]\n---\n" + rng.choice(HARMLESS),
            lambda: f"```\n{draw_words(rng, most // 4)}",
            lambda: "\n".join(f"{number}. {rng.choice(HARMLESS)}" for number in range(most)),
            lambda: f"[a]: <{draw_long_word(rng, most)}>\n\n" + "[a]" * most,
            lambda: _table(rng, most),
            lambda: draw_long_word(rng, 50 * most),
            lambda: rng.choice(["*", "_", "`", "[", "![", "<", "\\", "~", "|", "$"]) * (10 * most) + "x",
        ]
    )
    return made()


def _table(rng: Random, most: int) -> str:
    rows = draw_rows(rng, most)
    width = len(rows[0])
    lines = ["|".join(cell.replace("\n", " ") for cell in row) for row in rows]
    return "\n".join([f"| {lines[0]} |", "|---" * width + "|", *(f"| {line} |" for line in lines[1:])])


def make_text(rng: Random, most: int) -> str:
    """Return plain text with line ends of all sorts."""
    end = rng.choice(["\n", "\r", "\r\n", "\n\n", "\f", "\u2028", "\n \n"])
    return rng.choice(
        [
            end.join(draw_paragraphs(rng, most // 10)),
            end.join(f"{rng.choice(['', ' ', '    ', chr(9)])}{rng.choice(HARMLESS)}" for _ in range(most)),
            end.join("   ".join(row) for row in draw_rows(rng, most)),
            draw_long_word(rng, 50 * most),
            " ".join(draw_words(rng, 5) for _ in range(most)),
            "Aa: " * most,
            ". " * (5 * most),
        ]
    )


_NESTED = (
    "div",
    "ul><li",
    "ol><li",
    "b",
    "table><tr><td",
    "dl><dd",
    "blockquote",
    "details",
    "span",
    "section",
    "button",
)
_KINDS = ("1", "a", "A", "i", "I", "x")
_CLASSES = ("menu", "cookie", "x", "hidden")
_FRAMES = (
    "{}",
    "<html><body>{}</body></html>",
    "<!DOCTYPE html [<!ENTITY x SYSTEM 'file:///nowhere'>]><main>{}&x;",
    "<?xml version='1.0' encoding='utf-16'?><html xmlns='http://www.w3.org/1999/xhtml'>{}</html>",
    "<head><title>{0}</title><meta name=date content='{0}'></head><body>{0}",
    "<template shadowrootmode=open>{}</template>",
    "<noscript>{}</noscript>",
    "<div hidden aria-hidden=true style='display:none'>{}</div>",
    "<frameset><frame>{}",
    "<svg><foreignObject>{}</foreignObject></svg>",
    "<body><body><html><head>{}</head>",
)


def make_html(rng: Random, most: int) -> str:
    """Return a page, or a soup of tags that is none."""
    rows = draw_rows(rng, most)
    cells = "".join(
        "<tr>"
        + "".join(
            f"<td rowspan={rng.choice([1, 2, 65535])} colspan={rng.choice([1, 3, 1000])}>{cell}"
            for cell in row
        )
        for row in rows
    )
    depth = rng.choice([3, 100, most])
    items = "".join(
        f"<li value={rng.choice([1, -5, 'x', 10**12])}>{words}" for words in draw_paragraphs(rng, most // 20)
    )
    body = rng.choice(
        [
            "".join(f"<p>{words}</p>" for words in draw_paragraphs(rng, most // 20)),
            "".join(f"<h{rng.randint(1, 6)}>{words}</h2>" for words in draw_paragraphs(rng, most // 20)),
            f"<table>{cells}</table>",
            f"<ol start={rng.choice(['2', '-9', 'x', '9' * 14])} type={rng.choice(_KINDS)}>{items}</ol>",
            f"<{rng.choice(_NESTED)}>" * depth + rng.choice(HARMLESS),
            draw_words(rng, most),
            "<p>" + draw_long_word(rng, 50 * most),
            "".join(
                f"<{rng.choice(_NESTED)} class={rng.choice(_CLASSES)}>{rng.choice(HARMLESS)}"
                for _ in range(most // 10)
            ),
            "<ul>" + "<li>&nbsp;" * most,
            "<script type=application/ld+json>"
            + json.dumps({"@graph": [rng.choice(HARMLESS)] * 5})
            + "</script>",
        ]
    )
    return rng.choice(_FRAMES).format(body)


def make_csv(rng: Random, most: int) -> str:
    """Return rows, with quotes that open and do not close."""
    mark = rng.choice([",", ";", "\t", "|"])
    quote = rng.choice(['"', "", "'", '""'])
    return rng.choice(["\n", "\r", "\r\n"]).join(
        mark.join(f"{quote}{cell}{rng.choice([quote, ''])}" for cell in row) for row in draw_rows(rng, most)
    )


def make_rtf(rng: Random, most: int) -> str:
    """Return rich text: groups that do not close, signs by number, bytes by length."""
    pieces = (
        *(
            "{",
            "}",
            "\\par ",
            "\\u55357?",
            "\\u-10179?",
            "\\'e9",
            "\\'zz",
            "\\bin99999 ",
            "\\cell ",
            "\\row ",
        ),
        *(
            "\\trowd",
            "{\\*\\fldinst HYPERLINK}",
            "{\\fonttbl",
            "\\uc0 ",
            "\\uc99999999 ",
            "\\ansicpg99999",
            "\\",
        ),
        *("{\\pict ffd8ff}", "\\deleted ", "\\v ", "\\listtext 1.", "\\intbl "),
    )
    drawn = "".join(
        rng.choice([rng.choice(pieces), rng.choice(HARMLESS)]) for _ in range(rng.randint(1, most))
    )
    deep = "{" * rng.choice([0, 0, most])
    return "{\\rtf1\\ansi " + deep + drawn + "}" * rng.choice([0, 1, len(deep) + 1])


def make_mail(rng: Random, most: int) -> bytes:
    """Return a mail; its parts may be nested, lack their bounds or be of another kind than they say."""
    mail = EmailMessage()
    mail["Subject"] = rng.choice(["Response", "=?utf-8?b?////?=", "=?x?q?=ff?=", "Re: " * 30])
    mail["From"], mail["Date"] = (
        "a@netherby.example",
        rng.choice(["Mon, 3 Mar 2025 10:00:00 +0000", "yesterday"]),
    )
    mail.set_content(make_text(rng, most // 4).encode("utf-8", "replace").decode().replace("\r", "\n") or "x")
    if rng.random() < 0.5:
        page = make_html(rng, most // 4).encode("utf-8", "replace").decode()
        mail.add_alternative(page, subtype="html")
    for _ in range(rng.choice([0, 0, 1, 5])):
        kind = rng.choice(["pdf", "octet-stream", "zip", "vnd.ms-excel"])
        data = rng.randbytes(rng.randint(0, 500))
        mail.add_attachment(
            data,
            maintype="application",
            subtype=kind,
            filename=rng.choice(["a.pdf", "../../a.docx", "", "a.eml"]),
        )
    for number, part in enumerate(mail.walk()):
        if part.is_multipart():
            part.set_boundary(f"bound-{number}")
    whole = mail.as_bytes()
    for _ in range(rng.choice([0, 0, 3, 30])):
        outer = EmailMessage()
        outer["Subject"] = "Fwd"
        outer.set_content("See below.")
        whole = outer.as_bytes() + b"\n--=-=\nContent-Type: message/rfc822\n\n" + whole
    return whole
