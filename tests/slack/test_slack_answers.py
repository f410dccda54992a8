"""An answer as messages of Slack."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from askpcc.asking.stating import word_status
from askpcc.library import Freshness
from askpcc.model import (
    Answer,
    Citation,
    MatterKind,
    Question,
    Reason,
    RecordedAnswer,
    Span,
    Speaker,
    Statement,
    Status,
    StatusClaim,
    Wanted,
)
from askpcc.slack.blocks import Message, Shown, read_source_value, source_value, weigh
from askpcc.slack.mrkdwn import (
    LOADING_LINES,
    MESSAGE_BLOCKS,
    MESSAGE_CHARACTERS,
    MESSAGE_TEXT,
    TABLE_CHARACTERS,
)
from askpcc.slack.views.answer import build_answer
from askpcc.slack.views.citations import split_status
from askpcc.slack.worker import loading_lines
from loopback_slack.blocks import check_blocks

AT = datetime(2026, 5, 3, 12, 0, tzinfo=UTC)
SHOWN = Shown(Freshness(AT - timedelta(days=2), 28))
QUESTION = Question("is rec 5 done", Wanted.STATUS, "is rec 5 done")
FIRST = Citation(
    *("2024/borsetshire.pdf", "v1", "Response on custody", Span(0, 32), "Recommendation 5 is\n**complete**."),
    page=2,
    url="https://borsetshire.example/r.pdf",
)
SECOND = Citation("midsomer.md", "v2", "Midsomer & custody", Span(0, 15), "It is under way")
COMPLETE = "Complete, says the force, as of 3 May 2024 (response dated)"
UNDER_WAY = "In progress, says the force, undated"
ANSWER = Answer(
    QUESTION,
    (
        Statement(COMPLETE, (FIRST,), Status.COMPLETE),
        Statement(UNDER_WAY, (SECOND, FIRST), Status.IN_PROGRESS),
    ),
)
ABSTAINING = Answer(QUESTION, (), Reason.DOCUMENT_SILENT, (SECOND,), "The documents give no date for this.")


def build(answer: Answer, shown: Shown = SHOWN) -> list[Message]:
    messages = build_answer(RecordedAnswer("a1b2", "i1", 1, answer, AT), shown)
    assert [check_blocks(message.blocks, "message") for message in messages] == [[] for _ in messages]
    return messages


def make_many(number: int, status: Status | None = Status.COMPLETE, length: int = 20) -> Answer:
    text = COMPLETE if status else ""
    cited = (replace(SECOND, span=Span(n, n + length), quote=f"{n} " + "x" * length) for n in range(number))
    return Answer(QUESTION, tuple(Statement(text, (one,), status) for one in cited))


def find(part: object, *kinds: str) -> Iterator[dict[str, Any]]:
    """Yield the objects of some types, wherever they stand."""
    if isinstance(part, dict):
        if part.get("type") in kinds:
            yield part
        part = list(part.values())
    if isinstance(part, list | tuple):
        for value in part:
            yield from find(value, *kinds)


def blocks_of(messages: list[Message]) -> list[dict[str, Any]]:
    return [block for message in messages for block in message.blocks]


def read(part: object) -> str:
    """Return the words of rich text."""
    return "".join(one["text"] for one in find(part, "text", "link"))


def test_the_status_stands_first_in_bold_and_then_the_words_with_their_number() -> None:
    [message] = build(ANSWER)
    status, quotation = message.blocks[:2]
    assert status["text"]["text"] == "*Complete*, says the force, as of 3 May 2024 (response dated)"
    assert quotation["elements"] == [
        {
            "type": "rich_text_quote",
            "elements": [
                {"type": "text", "text": "“Recommendation 5 is complete.”"},
                {"type": "text", "text": " "},
                {"type": "link", "url": "https://borsetshire.example/r.pdf#page=2", "text": "[1]"},
            ],
        }
    ]


STATUSES = [
    (f"Earlier: {COMPLETE}", Status.COMPLETE, f"Earlier: *Complete*{COMPLETE[8:]}"),
    ("Not stated; the document says", Status.NOT_STATED, "*Not stated*; the document says"),
    ("Borsetshire Police", None, "Borsetshire Police"),
    ("<!here>, says", Status.COMPLETE, "*&lt;!here&gt;*, says"),
]


def test_the_word_of_the_status_is_bold() -> None:
    for text, status, shown in STATUSES:
        [message] = build(replace(ANSWER, statements=(Statement(text, (FIRST,), status),)))
        assert message.blocks[0]["text"]["text"] == shown


def test_words_are_quoted_once_and_numbered_each_time() -> None:
    [message] = build(ANSWER)
    shown = [read(block) for block in message.blocks if block["type"] == "rich_text"]
    assert shown == [
        "“Recommendation 5 is complete.” [1]",
        "“It is under way” [2]",
        "Quoted above: [1]",
    ]


def test_the_text_carries_the_answer_status_first() -> None:
    [message] = build(ANSWER)
    assert message.text.split("\n\n") == [
        f"{COMPLETE}: “Recommendation 5 is complete.” [1]",
        f"{UNDER_WAY}: “It is under way” [2]",
        "Quoted above: [1]",
        "[1] Response on custody, page 2",
        "[2] Midsomer &amp; custody",
        "Answer a1b2",
    ]


def test_sources_have_title_page_date_and_link() -> None:
    [message] = build(ANSWER, replace(SHOWN, dates={SECOND.document: "2024-05-03"}))
    lines = [one["text"] for one in find(message.blocks, "mrkdwn") if one["text"].startswith("[")]
    assert lines == [
        "[1] <https://borsetshire.example/r.pdf#page=2|Response on custody>, page 2",
        "[2] Midsomer &amp; custody, 3 May 2024",
    ]


def test_an_abstaining_answer_says_so_first_and_then_the_nearest_words() -> None:
    [message] = build(ABSTAINING)
    assert [block["text"]["text"] for block in find(message.blocks, "section")] == [
        "The documents give no date for this.",
        "The nearest that the documents say:",
    ]
    assert read(message.blocks[2]) == "“It is under way” [1]"
    assert message.text.startswith("The documents give no date for this.\n\nThe nearest")


def test_what_was_withheld_is_told() -> None:
    for withheld, told in [(1, "1 of the statements"), (2, "2 of the statements")]:
        [message] = build(replace(ANSWER, withheld=withheld, note="A note."))
        sections = [block["text"]["text"] for block in find(message.blocks, "section")]
        assert "A note." in sections
        assert sections[-1].startswith(told)
        assert ("was withheld" in sections[-1]) is (withheld == 1)


BUTTONS = [
    (SHOWN, ["Source 1", "Source 2", "Ask a person"]),
    (replace(SHOWN, show_share=True), ["Source 1", "Source 2", "Ask a person", "Share here"]),
    (replace(SHOWN, show_mute=True), ["Source 1", "Source 2", "Ask a person", "Mute here"]),
]


def test_buttons_are_those_that_are_of_use() -> None:
    for shown, labels in BUTTONS:
        buttons = list(find(blocks_of(build(ANSWER, shown)), "button"))
        assert [button["text"]["text"] for button in buttons] == labels
        assert [read_source_value(button["value"]) for button in buttons[:2]] == [("a1b2", 1), ("a1b2", 2)]
        assert {button["value"] for button in buttons[2:]} == {"a1b2"}


def test_a_private_answer_says_so_and_notes_are_shown() -> None:
    [message] = build(ANSWER, replace(SHOWN, private=True, notes=("Approved by <@U1> on 3 May 2026.", " ")))
    small = [one["text"] for one in find(list(find(message.blocks, "context")), "mrkdwn")]
    assert small[:2] == ["Approved by &lt;@\N{WORD JOINER}U1&gt; on 3 May 2026.", "Only you can see this."]


def test_only_a_person_is_mentioned() -> None:
    for person, mentioned in [("U0123", True), ("!channel", False), ("U1> <!here", False)]:
        [message] = build(ANSWER, replace(SHOWN, person=person))
        assert message.text.startswith(f"<@{person}>") is mentioned
        assert ("<@" in str(message.blocks)) is mentioned
        assert "<!" not in str(message.blocks)


def test_an_opinion_is_asked_for_and_the_age_is_told_last() -> None:
    [message] = build(ANSWER)
    *_, opinion, age = message.blocks
    asked = opinion["elements"][0]
    assert (asked["positive_button"]["value"], asked["negative_button"]["value"]) == ("good:a1b2", "bad:a1b2")
    assert age["elements"][0]["text"] == (
        "Index built on 1 May 2026 at 12:00 UTC (2 days before this answer), 28 documents. Answer a1b2"
    )


AGES = [
    (Freshness(None, 1), "Index of unknown age, 1 document."),
    (Freshness(AT - timedelta(minutes=61), 2), "Index built on 3 May 2026 at 10:59 UTC (1 hour before"),
    (Freshness(AT, 2_000), "(less than a minute before this answer), 2,000 documents."),
    (Freshness(AT + timedelta(days=1), 2), "Index built on 4 May 2026 at 12:00 UTC, 2 documents."),
]


def test_the_age_of_the_index_is_told() -> None:
    for freshness, told in AGES:
        assert (
            told in build(ANSWER, replace(SHOWN, freshness=freshness))[-1].blocks[-1]["elements"][0]["text"]
        )


TABLES = [
    (make_many(5), 0, 0),
    (make_many(6), 1, 4),
    (make_many(6, None), 0, 0),
    (replace(make_many(2, None), question=replace(QUESTION, wanted=Wanted.LIST)), 1, 2),
    (replace(make_many(1), question=replace(QUESTION, wanted=Wanted.LIST)), 0, 0),
    (make_many(6, length=3_000), 0, 0),
    (make_many(150), 2, 4),
]


def test_many_statuses_and_lists_are_tables() -> None:
    for answer, tables, columns in TABLES:
        messages = build(answer)
        found = list(find(blocks_of(messages), "table"))
        assert len(found) == tables
        assert {len(row) for table in found for row in table["rows"]} == ({columns} if columns else set())
        assert all(sum(1 for _ in find(message.blocks, "table")) <= 1 for message in messages)
        assert all(weigh(table["rows"]) <= TABLE_CHARACTERS for table in found)
        quoted = sum(len(table["rows"]) - 1 for table in found)
        assert quoted == (len(answer.statements) if tables else 0)


def test_a_row_has_matter_status_date_and_source() -> None:
    many = (*make_many(5).statements, Statement(UNDER_WAY, (FIRST, SECOND), Status.IN_PROGRESS))
    messages = build(replace(ANSWER, statements=many))
    assert messages[0].blocks[0]["text"]["text"] == "*6 statements: 5 complete, 1 in progress*"
    [table] = find(blocks_of(messages), "table")
    head, *_, row = table["rows"]
    assert [cell["text"] for cell in head] == ["Matter", "Status and who says so", "As of", "Source"]
    assert [cell.get("text") for cell in row[:3]] == [
        "“Recommendation 5 is complete.” “It is under way”",
        "In progress, says the force",
        "undated",
    ]
    assert [one["text"] for one in find(row[3], "link")] == ["[6]"]
    assert "[7]" in str(row[3])


def test_a_status_is_split_as_it_is_worded() -> None:
    for speaker in Speaker:
        for as_of, shown in [(None, "undated"), ("2024-05-03", "3 May 2024 (response dated)")]:
            claim = StatusClaim(
                *("c", "d", "v", "m", MatterKind.RECOMMENDATION, Status.COMPLETE, speaker, (Span(0, 1),)),
                as_of=as_of,
                as_of_from="response dated",
            )
            status, when = split_status(word_status(claim, Status.COMPLETE))
            assert (status.split(",")[0], when) == ("Complete", shown)
            assert "as of" not in status


def test_many_sources_are_in_menus() -> None:
    for number, buttons, menus in [(5, 5, []), (6, 0, [6]), (100, 0, [100]), (101, 0, [100, 1])]:
        blocks = blocks_of(build(make_many(number, None)))
        sources = [one for one in find(blocks, "button") if one["action_id"].startswith("askpcc_source")]
        assert len(sources) == buttons
        assert [len(menu["options"]) for menu in find(blocks, "static_select")] == menus


def test_a_long_answer_goes_on_in_further_messages_and_ends_with_its_buttons() -> None:
    for answer in [make_many(150, None), make_many(40, None, 6_000), make_many(150)]:
        messages = build(answer)
        assert len(messages) > 1
        for message in messages:
            assert len(message.blocks) <= MESSAGE_BLOCKS
            assert weigh(message.blocks) <= MESSAGE_CHARACTERS
            assert len(message.text) < MESSAGE_TEXT
        kinds = [[block["type"] for block in message.blocks] for message in messages]
        assert [kind.count("context_actions") for kind in kinds] == [0] * (len(kinds) - 1) + [1]
        assert kinds[-1][-3:] == ["actions", "context_actions", "context"]


def test_a_long_quotation_is_whole() -> None:
    words = " ".join(str(n) for n in range(4_000))
    messages = build(replace(ANSWER, statements=(Statement(COMPLETE, (replace(FIRST, quote=words),)),)))
    quoted = "".join(read(part) for part in find(blocks_of(messages), "rich_text_quote"))
    assert quoted == f"“{words}” [1]"


VALUES = [
    (source_value("a:b", 3), ("a:b", 3)),
    *((value, None) for value in ("", "a", ":3", "a:", "a:x", "a:-1", "a:٣", "a:" + "9" * 5_000)),
]


def test_only_values_of_our_buttons_name_a_source() -> None:
    for value, read_as in VALUES:
        assert read_source_value(value) == read_as


def test_the_steps_are_told_with_real_numbers() -> None:
    lines = loading_lines(1_412, 28)
    assert lines[0] == "Searching 1,412 passages of 28 documents"
    assert len(lines) <= LOADING_LINES
