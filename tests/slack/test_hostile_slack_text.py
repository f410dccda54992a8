"""Text that wants to do something in Slack: mention everybody, format, pass for a link, burst a limit."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from askpcc.library import Freshness
from askpcc.model import (
    Answer,
    Citation,
    DocumentCard,
    Fact,
    FactName,
    Question,
    Reason,
    RecordedAnswer,
    Source,
    Span,
    Statement,
    Status,
    Wanted,
)
from askpcc.rendering.results import number_citations
from askpcc.slack.blocks import Block, Message, Shown
from askpcc.slack.mrkdwn import (
    MESSAGE_TEXT,
    cut,
    escape,
    literal,
    size,
    split,
)
from askpcc.slack.views.answer import build_answer, build_question_modal
from askpcc.slack.views.citations import build_source_modal
from loopback_slack.blocks import check_blocks, check_message, check_view

AT = datetime(2026, 5, 3, 12, 0, tzinfo=UTC)
FRESHNESS = Freshness(AT, 28)
LIVE = re.compile(r"<[!@#]")
STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")

HOSTILE = (
    *("<!channel> look", "<@U012345>", "<#C1|x>", "<!subteam^S1>", "@here @channel @everyone"),
    *(
        "<https://evil.example|Response>",
        "&lt;!channel&gt;",
        "*bold* _x_ ~x~ `x` ```x```",
        "> quoted\n- a\n• b",
    ),
    *(":white_check_mark: :x:", "]|>[2] <", "a\x1b[2J\u202eb\ud83d\0", "\n\n[9] Forged source", " \n\t ", ""),
    *("x" * 20_000, "& " * 10_000, "\U0001f693" * 10_000, "<" * 5_000, "word " * 4_000),
    *("https://b.example/|x>", "javascript:alert(1)", "https://b.example/" + "a" * 20_000, "https://[::1"),
)
ANY_TEXT = st.one_of(st.sampled_from(HOSTILE), st.text(st.characters(codec=None), max_size=200))
TITLES = ANY_TEXT
URLS = st.one_of(st.none(), ANY_TEXT, ANY_TEXT.map("https://b.example/{}".format))
PAGES = st.one_of(st.none(), st.integers(1, 5_000))
CITATIONS = st.builds(
    lambda path, title, start, quote, page, url: Citation(
        path, "v", title, Span(start, start + len(quote)), quote, page, url
    ),
    *(ANY_TEXT, TITLES, st.integers(0, 9), ANY_TEXT, PAGES, URLS),
)
STATEMENTS = st.builds(
    Statement,
    st.one_of(st.just("Complete, says the force, as of 3 May 2024 (response dated)"), ANY_TEXT),
    st.lists(CITATIONS, min_size=1, max_size=3).map(tuple),
    st.one_of(st.none(), st.sampled_from(Status)),
)
QUESTIONS = st.builds(Question, ANY_TEXT, st.sampled_from(Wanted), st.just("x"))
ANSWERS = st.one_of(
    st.builds(
        Answer,
        question=QUESTIONS,
        statements=st.lists(STATEMENTS, min_size=1, max_size=8).map(tuple),
        note=ANY_TEXT,
        withheld=st.integers(0, 3),
    ),
    st.builds(
        Answer,
        question=QUESTIONS,
        statements=st.just(()),
        reason=st.sampled_from(Reason),
        nearest=st.lists(CITATIONS, max_size=3).map(tuple),
        note=ANY_TEXT,
    ),
)
SHOWN = st.builds(
    Shown,
    st.just(FRESHNESS),
    private=st.booleans(),
    notes=st.lists(ANY_TEXT, max_size=2).map(tuple),
    show_share=st.booleans(),
    show_mute=st.booleans(),
    person=st.one_of(st.none(), ANY_TEXT),
)
PATIENT = settings(
    max_examples=20,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def all_texts(part: object) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict):
        for value in part.values():
            yield from all_texts(value)
    elif isinstance(part, list | tuple):
        for value in part:
            yield from all_texts(value)


def marked_up_texts(part: object) -> Iterator[str]:
    """Yield what Slack reads as more than plain text."""
    if isinstance(part, dict) and part.get("type") != "plain_text":
        yield from (
            value for name, value in part.items() if isinstance(value, str) and name != "accessibility_label"
        )
        for value in part.values():
            if not isinstance(value, str):
                yield from marked_up_texts(value)
    elif isinstance(part, list | tuple):
        for value in part:
            yield from marked_up_texts(value)


def check_messages(answer: Answer, messages: list[Message]) -> None:
    blocks = [block for message in messages for block in message.blocks]
    for message in messages:
        assert [*check_blocks(message.blocks, "message"), *check_message(message.blocks)] == []
        assert 0 < size(message.text) < MESSAGE_TEXT
        assert not any(LIVE.search(text) for text in (message.text, *marked_up_texts(message.blocks)))
        assert not any(STEERING.search(text) for text in (message.text, *all_texts(message.blocks)))
    check_numbers(answer, blocks)
    kinds = Counter(block["type"] for block in blocks)
    assert (kinds["context_actions"], messages[-1].blocks[-2]["type"]) == (1, "context_actions")


def check_numbers(answer: Answer, blocks: list[Block]) -> None:
    """Each number stands in the text, once among the sources, and once among buttons and options."""
    numbers = list(number_citations(answer).values())
    shown = Counter(
        text for block in blocks if block["type"] in {"rich_text", "table"} for text in all_texts(block)
    )
    assert all(shown[f"[{number}]"] for number in numbers)
    small = [element for block in blocks if block["type"] == "context" for element in block["elements"]]
    heads = Counter(element["text"].split("]")[0] for element in small if element["type"] == "mrkdwn")
    assert all(heads[f"[{number}"] >= 1 for number in numbers)
    offered = [text for block in blocks if block["type"] == "actions" for text in all_texts(block)]
    assert sorted(text for text in offered if re.fullmatch(r"a1:[0-9]+", text)) == sorted(
        f"a1:{n}" for n in numbers
    )
    assert offered.count("askpcc_ask_person") == 1


@PATIENT
@given(ANSWERS, SHOWN)
def test_any_answer_is_sent_whole_and_mentions_nobody(answer: Answer, shown: Shown) -> None:
    check_messages(answer, build_answer(RecordedAnswer("a1", "i", 1, answer, AT), shown))


@PATIENT
@given(st.integers(6, 150), ANY_TEXT, ANY_TEXT, URLS, st.sampled_from(Wanted), st.booleans())
def test_150_statements_are_sent_whole(
    number: int, quote: str, title: str, url: str | None, wanted: Wanted, stated: bool
) -> None:
    cited = [
        Citation(f"{n}.md", "v", title, Span(0, 1), f"{n} {quote[:2_000]}", None, url) for n in range(number)
    ]
    text, status = ("Complete, says the force, undated", Status.COMPLETE) if stated else ("", None)
    statements = tuple(Statement(text, (one,), status) for one in cited)
    answer = Answer(Question("x", wanted, "x"), statements)
    messages = build_answer(RecordedAnswer("a1", "i", 1, answer, AT), Shown(FRESHNESS))
    check_messages(answer, messages)
    said = sum(message.text.count("Complete, says") for message in messages)
    assert said == (number if stated else 0)


def test_hostile_words_are_sent_as_words() -> None:
    for words in HOSTILE:
        citation = Citation(words, "v", words, Span(0, 1), words or "x", 1, words)
        answer = Answer(
            Question(words, Wanted.STATUS, "x"), (Statement(words, (citation,), Status.COMPLETE),), note=words
        )
        shown = Shown(FRESHNESS, notes=(words,), person=words, dates={words: words})
        check_messages(answer, build_answer(RecordedAnswer("a1", "i", 1, answer, AT), shown))
        abstaining = replace(answer, statements=(), reason=Reason.DOCUMENT_SILENT, nearest=(citation,))
        check_messages(abstaining, build_answer(RecordedAnswer("a1", "i", 1, abstaining, AT), shown))


@PATIENT
@given(CITATIONS, st.tuples(ANY_TEXT, ANY_TEXT, ANY_TEXT), ANY_TEXT, URLS)
def test_any_source_can_be_looked_at(
    citation: Citation, around: tuple[str, str, str], fact: str, url: str | None
) -> None:
    facts = tuple(Fact(name, fact, None) for name in FactName)
    card = DocumentCard(citation.document, "v", facts, source=Source(url), stale=fact)
    view = build_source_modal(citation, card, around, FRESHNESS)
    assert check_view(view) == []
    assert not any(LIVE.search(text) for text in marked_up_texts(view["blocks"]))
    assert not any(STEERING.search(text) for text in all_texts(view))


@settings(deadline=None, max_examples=50, derandomize=True)
@given(ANY_TEXT)
def test_any_message_can_be_asked_about(words: str) -> None:
    assert check_view(build_question_modal(words, "C1", "1.2")) == []


@settings(deadline=None, max_examples=50, derandomize=True)
@given(ANY_TEXT)
def test_escaped_words_hold_no_markup(words: str) -> None:
    escaped = escape(words)
    assert set(escaped) & set("<>") == set()
    assert re.search(r"&(?!amp;|lt;|gt;)", escaped) is None
    assert re.search(r"^\s*(?:&gt;|[-•]\s)", escaped, re.MULTILINE) is None
    assert re.search(r":[a-z_]+:", escaped) is None


@settings(deadline=None, max_examples=50, derandomize=True)
@given(ANY_TEXT, st.integers(1, 300))
def test_cut_words_fit_and_are_never_half_an_entity(words: str, limit: int) -> None:
    part = cut(escape(words), limit)
    assert size(part) <= limit
    assert re.search(r"&(?!amp;|lt;|gt;)", part) is None
    assert STEERING.search(part) is None


@settings(deadline=None, max_examples=50, derandomize=True)
@given(ANY_TEXT, st.integers(1, 300))
def test_split_words_are_all_there(words: str, limit: int) -> None:
    shown = literal(words)
    limit = max(2, limit)
    parts = split(shown, limit)
    assert "".join(parts) == shown
    assert all(0 < size(part) <= limit for part in parts)


LONG = 100_000
ENDLESS = {
    "line feeds": "\n" * LONG,
    "spaces": " " * LONG + "x",
    "lines of a space": "\n " * (LONG // 2),
    "colons": ":a" * (LONG // 2),
    "a far colon": ":" + "a" * LONG,
    "marks": "*_~`" * (LONG // 4),
    "less than": "<" * LONG,
    "links": "<https:" * (LONG // 7),
    "entities": "&" * LONG,
    "mentions": "@" * LONG + "a",
}


def test_a_text_without_end_is_written_in_one_pass() -> None:
    """What would try again from every character takes minutes here."""
    for text in ENDLESS.values():
        assert size(cut(escape(text), 3_000)) <= 3_000
        assert size(cut(text, 3_000)) <= 3_000
        citation = Citation("r.html", "v", text, Span(0, 1), text, url="https://b.example/")
        answer = Answer(Question("x", Wanted.STATUS, "x"), (Statement(text, (citation,)),), note=text)
        assert build_answer(RecordedAnswer("a1", "i", 1, answer, AT), Shown(FRESHNESS))
