"""An answer becomes text or JSON.  Quotes and numbers are written here, once, for body and sources.

The JSON shape is a public interface: README documents it and ``tests/test_rendering.py`` keeps it.
"""

import json
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from askpcc.language.words import plain
from askpcc.model import Answer, Citation, Statement, Status

if TYPE_CHECKING:
    from askpcc.asking.answering import Answered

_STEERING = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufff9-\ufffb\ud800-\udfff]"
)
_STATUS_WORDS = re.compile(r"(Earlier: )?([^,;:]+)(.*)", re.DOTALL)
_EXPLAINED = 10


def as_json(answer: Answer, identifier: Any = None, milliseconds: int | None = None) -> dict[str, Any]:  # noqa: ANN401 - an id is whatever JSON value the asker sent
    """Return the public shape of an answer: what ``askpcc ask --json`` prints."""
    return {
        "id": identifier,
        "question": answer.question.words,
        "kind": str(answer.question.wanted),
        "abstained": answer.abstained,
        "reason": str(answer.reason) if answer.reason else None,
        "text": body(answer),
        "claims": [
            {
                "text": worded(statement),
                "status": str(statement.status) if statement.status else None,
                "citations": [_citation_as_json(citation) for citation in statement.citations],
            }
            for statement in answer.statements
        ],
        "nearest": [_citation_as_json(citation) for citation in answer.nearest],
        "index_version": answer.index_version,
        "ms": milliseconds,
    }


def _citation_as_json(citation: Citation) -> dict[str, Any]:
    return {
        "document": citation.document,
        "version": citation.version,
        "title": citation.title,
        "start": citation.span.start,
        "end": citation.span.end,
        "quote": citation.quote,
        "page": citation.page,
        "url": citation.url,
    }


def write_json(shape: object) -> str:
    """Write a JSON value in one line, with what steers a terminal or cannot be sent escaped."""
    return _STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(shape, ensure_ascii=False))


def number_citations(answer: Answer) -> dict[Citation, int]:
    """Give each different citation of an answer its number, from 1, in the order of the text."""
    cited = [citation for statement in answer.statements for citation in statement.citations]
    return {citation: n for n, citation in enumerate(dict.fromkeys([*cited, *answer.nearest]), start=1)}


def follow_quotations(
    statements: Iterable[Statement],
) -> Iterator[tuple[Statement, tuple[tuple[Citation, bool], ...]]]:
    """Yield each statement with its citations, and of each whether a statement above quotes it already."""
    quoted: set[Citation] = set()
    for statement in statements:
        yield statement, tuple((citation, citation in quoted) for citation in statement.citations)
        quoted.update(statement.citations)


def split_label(line: str, status: Status | None) -> tuple[str, str, str]:
    """Split what a statement says itself, in one line: "Earlier: " where it says so, its status, the rest.

    All stands in the first part where there is no status.
    """
    found = _STATUS_WORDS.fullmatch(line) if status else None
    return (found[1] or "", found[2], found[3]) if found and found[2].strip() else (line, "", "")


def body(answer: Answer) -> str:
    """Return what an answer says, each statement with the numbers of its sources."""
    return "\n\n".join(_paragraphs(answer))


def _paragraphs(answer: Answer) -> Iterator[str]:
    numbers = number_citations(answer)
    if answer.note and answer.abstained:
        yield _in_one_line(answer.note)
    for statement, citations in follow_quotations(answer.statements):
        yield _join(statement.text, (_cited(one, numbers[one], again=again) for one, again in citations))
    if answer.note and not answer.abstained:
        yield _in_one_line(answer.note)
    if answer.nearest:
        yield "The nearest that the documents say:"
        for citation in answer.nearest:
            yield f"{_quoted(plain(citation.quote))} [{numbers[citation]}]"
    if answer.withheld:
        were = "was" if answer.withheld == 1 else "were"
        yield f"{answer.withheld} of the statements found did not pass the checks and {were} withheld."


def _cited(citation: Citation, number: int, *, again: bool) -> str:
    """Quote and number a citation; one that stands above is only numbered."""
    return f"[{number}]" if again else f"{_quoted(plain(citation.quote))} [{number}]"


def worded(statement: Statement) -> str:
    """Return what a statement asserts, with its quotations and without the numbers of its sources."""
    return _join(statement.text, (_quoted(plain(citation.quote)) for citation in statement.citations))


def _join(label: str, quotations: Iterable[str]) -> str:
    words = " ".join(quotations)
    return f"{_in_one_line(label)}: {words}" if label else words


def _quoted(words: str) -> str:
    return f"“{_in_one_line(words)}”"


def as_text(answer: Answer) -> str:
    """Return an answer for a terminal: the body, then the list of sources with their places."""
    numbers = number_citations(answer)
    if not numbers:
        return body(answer)
    sources = "\n".join(_source(number, citation) for citation, number in numbers.items())
    return f"{body(answer)}\n\nSources\n{sources}"


def _source(number: int, citation: Citation) -> str:
    page = f", page {citation.page}" if citation.page else ""
    place = f"{citation.document}{page}, characters {citation.span.start}:{citation.span.end}"
    lines = [f"[{number}] {_in_one_line(citation.title)}", f"    {_in_one_line(place)}"]
    return "\n".join([*lines, *([f"    {_in_one_line(citation.url)}"] if citation.url else [])])


def _in_one_line(text: str) -> str:
    """Return a text that cannot pass for a line of ours."""
    return " ".join(visible(text).split())


def explanation(answered: "Answered") -> str:
    """Return what a question was read as, and the best candidates with the parts of their scores."""
    question = answered.answer.question
    about = ", ".join("/".join(concept.phrases[0][0]) for concept in question.concepts)
    lines = [
        f"wanted: {question.wanted}",
        f"forces: {', '.join(question.forces) or 'none named'}",
        f"items: {', '.join(question.items) or 'none named'}",
        f"about: {about}",
        f"embedded: {question.subject}",
    ]
    if answered.rewritten:
        lines.insert(0, f"rewritten by the language model: {visible(answered.rewritten)}")
    if answered.spent.read or answered.spent.written:
        spent = answered.spent
        lines.append(
            f"language model: {spent.read} tokens read, {spent.written} written, {spent.milliseconds} ms"
        )
        lines.append(f"writer: {answered.writer}")
    for place, found in enumerate(answered.ranked[:_EXPLAINED], start=1):
        parts = " ".join(f"{name} {value:+.2f}" for name, value in found.parts.items() if value)
        passage = found.sentence.passage
        lines.append(
            f"{place:2} {found.score:.2f}  {passage.document} {found.sentence.span.start}  ({parts})"
        )
        lines.append(f"    {visible(plain(found.sentence.quote))[:160]}")
    return "\n".join(lines)


def visible(text: str) -> str:
    """Replace what steers a terminal, turns the reading direction, or cannot be sent.

    Tabs and line feeds stay.
    """
    return _STEERING.sub("\N{REPLACEMENT CHARACTER}", text)


def mark(text: str, start: int, end: int, around: int = 300) -> tuple[str, str, str]:
    """Cut a text into what stands before a place (at most ``around`` characters), the place, and after."""
    return text[max(0, start - around) : start], text[start:end], text[end : end + around]
