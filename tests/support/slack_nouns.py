"""Rows, questions, answers and requests for what Slack shows, each with words of choice."""

from datetime import UTC, datetime
from typing import Any

from hypothesis import strategies as st

from askpcc.model import (
    Answer,
    Citation,
    HelpRequest,
    Inquiry,
    MatterKind,
    Place,
    Question,
    Reason,
    RecordedAnswer,
    Span,
    Speaker,
    Statement,
    Status,
    Wanted,
)
from askpcc.register.rows import Response, Row

AT = datetime(2026, 3, 4, 12, 30, tzinfo=UTC)
LIVE = ("<!channel>", "<@UEVIL123>", "<https://evil.example|here>", "<#C1>")
HOSTILE = (
    *LIVE,
    "*bold* _so_ ~gone~ `code` ```block```",
    "> quoted\n- listed\r\n\u2028next",
    "\x1b[2J\u202etxet\x00\ud83d",
    ":tada: @here &lt;!channel&gt;",
    "x" * 20_000,
    "&" * 5_000,
    "<" * 5_000,
    "\N{GRINNING FACE}" * 3_000,
    "",
    " \n ",
)
hostile_texts = st.sampled_from(HOSTILE) | st.text(max_size=60) | st.text("<>@!#|*_~`&:\n Uc", max_size=60)


def make_row(matter: str = "Recommendation 4: check the beds", **more: Any) -> Row:  # noqa: ANN401 - fields of a row
    """Return a row; force, report, document and url are those of its response and citation."""
    force, report = more.pop("force", "Borsetshire Police"), more.pop("report", "Custody in Borsetshire")
    document, quote = (
        more.pop("document", "borsetshire-custody.md"),
        more.pop("quote", "The beds are checked."),
    )
    url = more.pop("url", "https://borsetshire.example/custody")
    citation = Citation(document, "v1", report, Span(10, 10 + len(quote)), quote, url=url)
    fields: dict[str, Any] = {
        "id": f"{document}#{matter[:40]}",
        "response": Response(document, "v1", force, report),
        "matter": matter,
        "kind": MatterKind.RECOMMENDATION,
        "status": Status.IN_PROGRESS,
        "citations": (citation,),
        "said_by": Speaker.FORCE,
        "as_of": "2025-06-30",
    }
    return Row(**(fields | more))


def make_inquiry(words: str = "is rec 4 done?", person: str = "U1") -> Inquiry:
    """Return a question that somebody asked."""
    return Inquiry("q1", Place("slack", "T1", "C1", "1.1", "1.1"), person, words, AT)


def make_recorded(
    text: str = "Complete, says the force", quote: str = "It is done.", times: int = 1
) -> RecordedAnswer:
    """Return an answer of so many statements, each with a quotation."""
    statements = tuple(
        Statement(
            text,
            (Citation("a.md", "v1", "Letter", Span(n, n + len(quote)), quote, url=f"https://a.example/{n}"),),
            Status.COMPLETE,
        )
        for n in range(times)
    )
    question = Question("is rec 4 done?", Wanted.STATUS, "rec 4")
    return RecordedAnswer("a1", "q1", 1, Answer(question, statements), AT)


def make_abstaining(note: str = "The documents do not say.", quote: str = "Near by.") -> RecordedAnswer:
    """Return an answer that abstains, with the nearest words."""
    nearest = Citation("a.md", "v1", "Letter", Span(0, len(quote)), quote)
    question = Question("is rec 4 done?", Wanted.STATUS, "rec 4")
    answer = Answer(question, (), Reason.DOCUMENT_SILENT, (nearest,), note)
    return RecordedAnswer("a2", "q1", 1, answer, AT)


def make_request(person: str = "U1") -> HelpRequest:
    """Return a request for a person."""
    return HelpRequest("h1", "a1", person, AT)


def texts_in_mrkdwn(part: Any) -> list[str]:  # noqa: ANN401 - any part of blocks
    """Return all texts that Slack reads as mrkdwn."""
    if isinstance(part, dict):
        own = [part["text"]] if part.get("type") == "mrkdwn" else []
        return own + [text for inner in part.values() for text in texts_in_mrkdwn(inner)]
    return [text for inner in part for text in texts_in_mrkdwn(inner)] if isinstance(part, list) else []


def live_parts(blocks: object, text: str = "") -> list[str]:
    """Return what of the hostile words would be live in mrkdwn."""
    return [live for live in LIVE for shown in [*texts_in_mrkdwn(blocks), text] if live in shown]
