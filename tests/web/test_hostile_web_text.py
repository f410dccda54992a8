"""Documents and questions that try to be more than text on a page."""

from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser

from askpcc.model import (
    Answer,
    Citation,
    Document,
    Endorsement,
    Question,
    RecordedAnswer,
    Span,
    Statement,
    Status,
    Wanted,
)
from askpcc.web.answer_views import view_answer
from askpcc.web.document_pages import lay_out
from askpcc.web.frame import Frame
from support.web_documents import HOSTILE_PATH
from support.web_house import House, ask

pytest_plugins = ("support.web_fixtures",)

EVIL = '"><script>alert(1)</script><img src=x onerror=alert(2)>'
AT = datetime(2026, 5, 3, 12, 0, tzinfo=UTC)


class Elements(HTMLParser):
    """Collects what a browser would make elements of."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.found.append((tag, dict(attrs)))


def assert_harmless(page: str) -> None:
    """Check that nothing on a page runs but our own script, and that no link is more than an address."""
    elements = Elements(page).found
    scripts = [attributes.get("src") or "" for tag, attributes in elements if tag == "script"]
    assert scripts
    assert all(source.startswith("/static/") for source in scripts)
    assert [
        attributes for tag, attributes in elements if tag in {"img", "iframe", "object", "style", "base"}
    ] == []
    for _, attributes in elements:
        assert not any(name.startswith("on") or name == "style" for name in attributes)
        target = attributes.get("href") or attributes.get("action") or "/"
        assert target.startswith(("/", "#", "http://", "https://")), target
        assert not target.startswith("//")
    assert "\u202e" not in page


HOSTILE_PAGES = [
    f"/source/{HOSTILE_PATH}",
    f"/source/{HOSTILE_PATH}?at=0:40",
    f"/documents/{HOSTILE_PATH}",
    *("/documents", "/register", "/changes"),
    "/register?force=%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
    "/register?report=%22%3E%3Cscript%3E&as_of=%27%3E%3Cscript%3E",
    "/%3Cscript%3Ealert(1)%3C/script%3E",
]


def test_a_script_in_a_document_or_address_stays_text(house: House) -> None:
    for path in HOSTILE_PAGES:
        assert_harmless(house.signed_in().get(path).text)


def test_a_script_in_a_title_is_shown_as_its_letters(house: House) -> None:
    page = house.signed_in().get(f"/source/{HOSTILE_PATH}").text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page.partition("<h1")[2].partition("</h1>")[0]


def test_a_script_in_a_question_stays_text(house: House) -> None:
    client = house.signed_in()
    conversation = ask(client, f"Who leads Borsetshire? {EVIL}")
    assert_harmless(client.get(conversation).text)
    assert_harmless(client.get("/").text)


NO_ADDRESSES = [
    "javascript:alert(1)",
    "data:text/html,x",
    "//elsewhere.example/x",
    "https://u@evil.example/",
    " vbscript:x",
]


def test_an_address_that_is_none_is_no_link() -> None:
    for url in NO_ADDRESSES:
        citation = Citation("a.md", "1" * 16, EVIL, Span(0, 4), "word", url=url)
        recorded = record(Statement(EVIL, (citation,), Status.COMPLETE))
        assert view_answer(recorded, {}).sources[0].original is None


def record(*statements: Statement, endorsement: Endorsement | None = None) -> RecordedAnswer:
    question = Question(EVIL, Wanted.STATUS, EVIL)
    answer = Answer(question, statements, note=EVIL, endorsement=endorsement)
    return RecordedAnswer("0000000001", "0000000001", 1, answer, AT)


def test_nothing_of_an_answer_is_markup() -> None:
    citation = Citation(f"{EVIL}.md", EVIL, EVIL, Span(0, 4), EVIL, 3, f"https://x.example/{EVIL}")
    recorded = record(Statement(EVIL, (citation,)), endorsement=Endorsement(EVIL, AT))
    recorded = replace(recorded, answer=replace(recorded.answer, nearest=(citation,)))
    macro = (
        '{% from "_answer.html" import show_answer %}<script src="/static/x"></script>{{ show_answer(view) }}'
    )
    templates = Frame((), can_sign_out=True)._templates
    assert_harmless(templates.from_string(macro).render(view=view_answer(recorded, {f"{EVIL}.md": EVIL})))


SLOW_TEXTS = [
    *(
        " " * 20_000,
        "\n" * 20_000,
        "\n" + " " * 20_000 + "x",
        "\n>" * 10_000,
        "\n> " * 10_000 + "x",
        "a" + "\n>" * 10_000,
    ),
    *("*" * 20_000, "<b" * 10_000, "#" * 20_000, "- " * 10_000, "\r" * 20_000, "a\n\n" * 2_000),
]


def test_a_text_made_to_be_slow_is_laid_out() -> None:
    for text in SLOW_TEXTS:
        paragraphs = lay_out(Document("a.md", "1" * 16, text, ()), [], {1: Span(0, len(text))})
        assert all(run.numbers for paragraph in paragraphs for run in paragraph.runs)
