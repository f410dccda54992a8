"""What commands print: answers, documents and places, as text and JSON."""

import json
import re
import shlex
from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from askpcc.errors import UnknownDocument
from askpcc.metadata import find_lacking, title_of
from askpcc.metadata.corrections import FACTS_FILE
from askpcc.model import (
    Answer,
    Citation,
    DocumentCard,
    Fact,
    FactName,
    Span,
    Statement,
    Status,
)
from askpcc.text.words import plain

if TYPE_CHECKING:
    from askpcc.asking.answering import Answered

_SCHEMES = ("http", "https")
_KEPT = "!#$&'()*+,/:;=?@[]%~"
_PARTS = re.compile(r"\||\n\s*(?:\n|[-*+•]\s|\d+[.)]\s)")
_MOST_WORDS = 12
_WORDS_AT_AN_END = 5
_LONGEST_FRAGMENT = 600
"""A text directive that is longer is left out: it would be the quotation again, in percent signs."""
_STEERING = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufff9-\ufffb\ud800-\udfff]"
)
_STATUS_WORDS = re.compile(r"(Earlier: )?([^,;:]+)(.*)", re.DOTALL)
_EXPLAINED = 10
_PLACE = re.compile(r"([0-9]{1,9}):([0-9]{1,9})")
_MARKED, _UNMARKED = "\x1b[7m", "\x1b[27m"
_MOST_NEAR, _LEAST_NEAR = 3, 0.6
_LABELS = {
    FactName.FORCE: "force",
    FactName.REPORT_KIND: "kind of report",
    FactName.SOURCE_KIND: "kind of source",
    FactName.PUBLISHED: "report published",
    FactName.DEADLINE: "deadline",
    FactName.RESPONDED: "response dated",
    FactName.DATED: "dated",
    FactName.AUTHOR: "author",
    FactName.NATIONAL: "national",
    FactName.LOCAL: "local",
    FactName.SPECIFIC: "specific",
    FactName.QUOTED: "quoted",
}


def as_json(answer: Answer, identifier: Any = None, milliseconds: int | None = None) -> dict[str, Any]:  # noqa: ANN401 - an id is whatever JSON value the asker sent
    """Return the public shape of an answer: what ``askpcc ask --json`` prints."""
    return {
        "id": identifier,
        "question": answer.question.words,
        "kind": str(answer.question.wanted),
        "abstained": answer.abstained,
        "reason": str(answer.reason) if answer.reason else None,
        "verdict": verdict_of(answer),
        "text": body(answer),
        "claims": [
            {
                "text": _worded(statement),
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
    lines = [f"[{number}] {in_one_line(citation.title)}", f"    {in_one_line(place)}"]
    return "\n".join([*lines, *([f"    {in_one_line(citation.url)}"] if citation.url else [])])


def body(answer: Answer) -> str:
    """Return what an answer says, each statement with the numbers of its sources."""
    return "\n\n".join(_paragraphs(answer))


def _paragraphs(answer: Answer) -> Iterator[str]:
    numbers = number_citations(answer)
    if verdict := verdict_of(answer):
        yield in_one_line(verdict)
    for statement, citations in follow_quotations(answer.statements):
        cited = (_cited(one, numbers[one], again=again) for one, again in citations)
        yield _join(label_of(statement, answer.verdict), cited)
    if answer.note and not answer.abstained:
        yield in_one_line(answer.note)
    if answer.nearest:
        yield "The nearest that the documents say:"
        for citation in answer.nearest:
            yield f"{_quoted(plain(citation.quote))} [{numbers[citation]}]"
    if answer.withheld:
        were = "was" if answer.withheld == 1 else "were"
        yield f"{answer.withheld} of the statements found did not pass the checks and {were} withheld."


def verdict_of(answer: Answer) -> str:
    """Return the line that an answer begins with: its verdict, or why there is none."""
    return answer.verdict or (answer.note if answer.abstained else "")


def label_of(statement: Statement, verdict: str) -> str:
    """Return what stands before a statement's quotations; not again what the verdict says in these words."""
    said = statement.text.casefold() in verdict.casefold()
    return " — ".join(filter(None, [statement.matter, "" if said else statement.text]))


def _cited(citation: Citation, number: int, *, again: bool) -> str:
    """Quote and number a citation; one that stands above is only numbered."""
    return f"[{number}]" if again else f"{_quoted(plain(citation.quote))} [{number}]"


def _worded(statement: Statement) -> str:
    """Return what a statement asserts, with its quotations and without the numbers of its sources."""
    return _join(
        label_of(statement, ""), (_quoted(plain(citation.quote)) for citation in statement.citations)
    )


def _join(label: str, quotations: Iterable[str]) -> str:
    words = " ".join(quotations)
    return f"{in_one_line(label)}: {words}" if label else words


def _quoted(words: str) -> str:
    return f"“{in_one_line(words)}”"


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


def format_explanation(answered: "Answered") -> str:
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


def source_link(citation: Citation) -> str | None:
    """Return the address of a citation's source, at the page or the words; None where there is none."""
    address = web_address(citation.url)
    if address is None:
        return None
    address = address.partition("#")[0]
    if _is_pdf(citation, address):
        return f"{address}#page={citation.page}" if citation.page else address
    directive = _text_directive(citation.quote)
    return f"{address}#:~:text={directive}" if directive else address


def _is_pdf(citation: Citation, address: str) -> bool:
    return any(path.lower().endswith(".pdf") for path in (citation.document, urlsplit(address).path))


def _text_directive(words: str) -> str:
    """Name words of a page: all of a few, else the first and the last, since each must lie in one block.

    Syntax: https://wicg.github.io/scroll-to-text-fragment/#syntax
    """
    parts = [part.split() for part in (plain(raw) for raw in _PARTS.split(words)) if part]
    if not parts:
        return ""
    if len(parts) == 1 and len(parts[0]) <= _MOST_WORDS:
        directive = _encode(parts[0])
    else:
        first, last = parts[0][:_WORDS_AT_AN_END], parts[-1][-_WORDS_AT_AN_END:]
        directive = f"{_encode(first)},{_encode(last)}"
    return directive if len(directive) <= _LONGEST_FRAGMENT else ""


def _encode(words: list[str]) -> str:
    """Percent-encode words; a dash would be read as a mark of the syntax, as commas and ampersands would."""
    return quote(" ".join(words), safe="", errors="replace").replace("-", "%2D")


def web_address(url: str | None) -> str | None:
    """Return an http or https address in the characters of RFC 3986, or None for any other text.

    Addresses with a user name are refused, since they pass for another host than theirs.
    """
    if not url:
        return None
    encoded = quote(url.strip(), safe=_KEPT, errors="replace")
    try:
        parts = urlsplit(encoded)
    except ValueError:
        return None
    known = parts.scheme.lower() in _SCHEMES and parts.hostname
    return encoded if known and "@" not in parts.netloc else None


def card_as_json(card: DocumentCard) -> dict[str, Any]:
    """Return what is known of a document, each fact with its place."""
    return {
        "document": card.path,
        "version": card.version,
        "facts": [
            {
                "name": str(fact.name),
                "value": fact.value,
                "start": fact.span.start if fact.span else None,
                "end": fact.span.end if fact.span else None,
                "corrected_by": fact.by or None,
            }
            for fact in card.facts
        ],
        "url": card.source.url,
        "fetched": card.source.fetched,
        "stale": card.stale,
        "doubts": list(card.doubts),
        "to_check": find_lacking(card),
        "welsh_copy_of": card.welsh_copy_of or None,
    }


def cards_as_text(cards: Sequence[DocumentCard]) -> str:
    """Return the documents with their facts, a paragraph each, and behind them what somebody should check."""
    titles = {card.path: title_of(card) for card in cards}
    told = [_card_as_text(card, titles.get(card.welsh_copy_of, card.welsh_copy_of)) for card in cards]
    lacking = [(title_and_file(card), find_lacking(card)) for card in cards]
    checks = [_in_one_line(f"{name}: {' '.join(found)}") for name, found in lacking if found]
    if checks:
        told.append("\n".join(["Please check (askpcc correct):", *(f"  {check}" for check in checks)]))
    return "\n\n".join(told) or "The index holds no documents."


def title_and_file(card: DocumentCard) -> str:
    """Return the title of a document with its file; the file alone where it has no title."""
    title = card.fact(FactName.TITLE)
    return f"{title.value} ({card.path})" if title else card.path


def _card_as_text(card: DocumentCard, twin: str) -> str:
    title = card.fact(FactName.TITLE)
    lines = [title.value, f"  {card.path}"] if title else [card.path, "  no title found"]
    lines += [f"  Welsh copy of {twin} ({card.welsh_copy_of})"] if card.welsh_copy_of else []
    facts = [(label, card.fact(name)) for name, label in _LABELS.items()]
    lines += [f"  {label}: {fact.value}{format_corrected(fact)}" for label, fact in facts if fact]
    lines += [f"  from: {card.source.url}"] if card.source.url else []
    lines += [f"  fetched: {card.source.fetched}"] if card.source.fetched else []
    lines += [f"  stale: {card.stale}"] if card.stale else []
    lines += [f"  doubtful: {doubt}" for doubt in card.doubts]
    return "\n".join(" ".join(visible(line).splitlines()) for line in lines)


def _in_one_line(words: str) -> str:
    return " ".join(visible(words).splitlines())


def format_corrected(fact: Fact) -> str:
    """Return who corrected a fact and when, in brackets; "" for nobody."""
    return f" (corrected by {fact.by})" if fact.by else ""


def format_stray(path: str) -> str:
    """Say that a document is corrected which the corpus does not have, and what to do."""
    return in_one_line(
        f"{FACTS_FILE} corrects {path}, which the corpus does not have. If it has another name now, write "
        f"that there; else take it back: askpcc correct {shlex.quote(path)} --undo"
    )


def name_near(wanted: str, paths: Sequence[str]) -> str:
    """Say which documents have names near one that is not there; nothing where it is there itself."""
    if wanted in paths:
        return ""
    held = {_bare(path): path for path in reversed(paths)}
    word = _bare(wanted)
    close = get_close_matches(word, held, n=_MOST_NEAR, cutoff=_LEAST_NEAR)
    holding = [name for name in held if word and (word in name or name in word)]
    near = list(dict.fromkeys(held[name] for name in (*close, *holding)))[:_MOST_NEAR]
    named = f" Near that name: {', '.join(map(visible, near))}." if near else ""
    return f"{named} All are listed by: askpcc documents"


def _bare(path: str) -> str:
    return PurePosixPath(path).stem.lower()


def read_place(written: str | None, text: str) -> Span | None:
    """Read START:END, in characters; raises UnknownDocument for a place that the text does not have."""
    if written is None:
        return None
    found = _PLACE.fullmatch(written)
    if not found or not int(found[1]) < int(found[2]) <= len(text):
        raise UnknownDocument(
            f"{written!r} is no place in this text. Give START:END in characters, from 0 to {len(text):,}."
        )
    return Span(int(found[1]), int(found[2]))


def cut(text: str, place: Span | None, *, terminal: bool) -> str:
    """Return the whole text, or a place of it: exactly, or for a terminal marked in its surroundings."""
    if place is None:
        return _safe(text) if terminal else text
    if not terminal:
        return place.of(text)
    before, words, after = (_safe(part) for part in mark(text, place.start, place.end))
    return f"{before}{_MARKED}{words}{_UNMARKED}{after}\n"


def mark(text: str, start: int, end: int, around: int = 300) -> tuple[str, str, str]:
    """Cut a text into what stands before a place (at most ``around`` characters), the place, and after."""
    return text[max(0, start - around) : start], text[start:end], text[end : end + around]


def _safe(text: str) -> str:
    return "\n".join(visible(line.removesuffix("\r")) for line in text.split("\n"))


def write_json(shape: object) -> str:
    """Write a JSON value in one line, with what steers a terminal or cannot be sent escaped."""
    return _STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(shape, ensure_ascii=False))


def in_one_line(text: str) -> str:
    """Return a text without line breaks and without what steers a terminal: it passes for no line of ours."""
    return " ".join(visible(text).split())


def visible(text: str) -> str:
    """Replace what steers a terminal, turns the reading direction, or cannot be sent.

    Tabs and line feeds stay.
    """
    return _STEERING.sub("\N{REPLACEMENT CHARACTER}", text)
