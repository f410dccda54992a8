"""What is shown of a file before it is added: what was read of it, the form that corrects it, refusals."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from askpcc.errors import BadDocument
from askpcc.metadata import own_date
from askpcc.metadata.corrections import CORRECTABLE, LONGEST
from askpcc.metadata.fields import SOURCE_KINDS
from askpcc.model import Document, DocumentClaims, Fact, FactName, Post
from askpcc.readers import FORMAT_NAMES
from askpcc.register.rows import Row, build_rows
from askpcc.rendering.register_text import name_matter
from askpcc.rendering.results import format_corrected
from askpcc.slack.blocks import (
    ADD_DOCUMENT,
    CORRECT_DOCUMENT,
    CORRECT_VIEW,
    DISCARD_DOCUMENT,
    Block,
    Message,
    Piece,
    actions,
    button,
    count,
    form_field,
    format_status,
    header,
    line_input,
    menu,
    modal,
    name_file,
    piece,
    remark,
    say,
    section,
)
from askpcc.slack.mrkdwn import cut, escape_line, in_one_line
from askpcc.slack.payloads import is_timestamp, text_of
from askpcc.text.dates import show_date

_MEGABYTE = 1_000_000
_MOST_ROWS = 10
_LONGEST_VALUE = 200
_LONGEST_REASON = 400
_FACTS = {
    FactName.TITLE: "Title",
    FactName.FORCE: "Force",
    FactName.REPORT_KIND: "Sort of report",
    FactName.PUBLISHED: "Report published",
    FactName.RESPONDED: "Response dated",
    FactName.DATED: "Dated",
    FactName.DEADLINE: "Response due",
    FactName.AUTHOR: "Written by",
    FactName.SOURCE_KIND: "Kind of document",
}
_DATES = frozenset({FactName.PUBLISHED, FactName.RESPONDED, FactName.DATED, FactName.DEADLINE})
_HINT = (
    "What you change holds in the place of what was read, under your name. An emptied field says that the "
    "document has no such fact."
)
_TITLE = "Correct what was read"
READING = "I am reading the file once more…"

NOT_ALLOWED = (
    "Thank you for the file. Only an administrator can add documents, so I have not opened it. "
    "Please give it to one of them."
)
NOT_CORRECTED = "Only an administrator can correct what was read of a document. Please ask one of them."
DECIDED = (
    "This file has been added or put away meanwhile. What was read of an added one can be corrected with "
    "askpcc correct, or on its page."
)
EXPIRED = "This preview is too old to be used. Please send the file once more."
IN_THE_LOG = "The log of the bot has the reason. Please tell whoever runs it, and send the file again then."
FAILED = f"I could not add this file. {IN_THE_LOG}"


@dataclass(frozen=True, slots=True)
class FilePreview:
    """A file that was read and is not yet in the corpus.

    token: what its buttons send.  name: of the file as it came.
    """

    token: str
    name: str
    read: DocumentClaims
    passages: int


def build_preview(preview: FilePreview) -> Message:
    """Return the message that shows what was read and asks whether it is to be added."""
    rows = build_rows([preview.read])
    warnings = list(_warn(preview, rows))
    pieces = [
        Piece((header("Add this response?"),), (f"Add this response? {name_file(preview.name)}",)),
        piece("\n".join([f"*File*: {name_file(preview.name)}", *_list_facts(preview)])),
        piece("\n".join(_list_rows(rows))),
        *(piece(f"*Please check*: {warning}") for warning in warnings),
    ]
    blocks = [block for one in pieces for block in one.blocks]
    text = "\n".join(line for one in pieces for line in one.words)
    return Message(cut(text, 4_000), [*blocks, _offer(preview)])


def close_preview(name: str, escaped: str) -> Message:
    """Return what stands in the place of a preview once somebody decided; escaped: what became of it."""
    line = f"{name_file(name)}: {escaped}"
    return Message(cut(line, 3_000), [section(line)])


def _list_facts(preview: FilePreview) -> Iterator[str]:
    for name, label in _FACTS.items():
        fact = preview.read.document.fact(name)
        if fact is not None:
            value = show_date(fact.value) if name in _DATES else fact.value
            shown = cut(in_one_line(value), _LONGEST_VALUE)
            yield f"*{label}*: {escape_line(in_one_line(shown + format_corrected(fact)))}"
    yield f"*Passages*: {preview.passages:,}"


def _list_rows(rows: Sequence[Row]) -> Iterator[str]:
    if not rows:
        yield "No recommendation, area for improvement or cause of concern was found in it."
        return
    counts = Counter(row.status for row in rows)
    named = ", ".join(f"{number:,} {status.words}" for status, number in counts.most_common())
    yield f"*{count(len(rows), 'matter')}*: {named}"
    for row in rows[:_MOST_ROWS]:
        yield f"• {format_status(row)}: {escape_line(cut(name_matter(row), _LONGEST_VALUE))}"
    if len(rows) > _MOST_ROWS:
        yield f"and {len(rows) - _MOST_ROWS:,} more"


def _warn(preview: FilePreview, rows: Sequence[Row]) -> Iterator[str]:
    document = preview.read.document
    if document.fact(FactName.FORCE) is None:
        yield "no force was found, so questions about a force will not find it."
    if own_date(document) is None and document.fact(FactName.PUBLISHED) is None:
        yield "no date was found, so it cannot be told whether it is newer than others."
    if not preview.passages:
        yield "no text was found that could be quoted."
    if rows and all(row.said_by is None for row in rows):
        yield "it does not say what has become of any matter."
    yield from (escape_line(cut(in_one_line(doubt), _LONGEST_REASON)) for doubt in document.doubts)


def _offer(preview: FilePreview) -> Block:
    add = button("Add to corpus", ADD_DOCUMENT, preview.token, style="primary")
    correct = button("Correct", CORRECT_DOCUMENT, preview.token)
    discard = button("Discard", DISCARD_DOCUMENT, preview.token)
    return actions([add, correct, discard] if preview.passages else [discard])


@dataclass(frozen=True, slots=True)
class PreviewPlace:
    """Where a preview stands, and which file it shows.  token: as in FilePreview."""

    post: Post
    token: str


def build_wait() -> Block:
    """Return what is shown while the file of a form is read."""
    return modal(_TITLE, [section(READING)])


def build_refused_form(words: str) -> Block:
    """Return what is shown in the place of a form that cannot be.  words: why, escaped."""
    return modal(_TITLE, [section(words)])


def build_correction_form(name: str, document: Document, place: PreviewPlace) -> Block:
    """Return the form with what is known of a file.  name: as it came.

    Its private metadata is the place of the preview.
    """
    metadata = {"channel": place.post.channel, "message": place.post.ts, "token": place.token}
    fields = [_make_field(fact, document.fact(fact)) for fact in CORRECTABLE]
    return modal(
        _TITLE,
        [section(f"*File*: {name_file(name)}"), *fields, remark(_HINT)],
        CORRECT_VIEW,
        json.dumps(metadata),
        submit="Correct",
    )


def read_place(metadata: str) -> PreviewPlace | None:
    """Read where the preview of a form stands; None for what no form of ours sends."""
    try:
        shape = json.loads(metadata)
    except ValueError:
        return None
    if not isinstance(shape, dict) or not is_timestamp(text_of(shape, "message")):
        return None
    post = Post(text_of(shape, "channel"), text_of(shape, "message"))
    return PreviewPlace(post, text_of(shape, "token"))


def _make_field(name: FactName, fact: Fact | None) -> Block:
    known = fact.value if fact else ""
    if name is FactName.SOURCE_KIND:
        kinds = {kind: kind for kind in SOURCE_KINDS}
        element = menu(name, "Not known", kinds, known or None)
    else:
        shown = show_date(known) if name in _DATES else known
        element = line_input(name, LONGEST, cut(in_one_line(shown), LONGEST))
    return form_field(_FACTS[name], name, element, optional=True)


def refuse_failure(name: str) -> Message:
    """Say that a file could not be looked at for a reason that does not lie in it."""
    return say(f"I could not look at {name_file(name)}. {IN_THE_LOG}")


def refuse_person() -> Message:
    """Say that somebody may not add documents."""
    return say(NOT_ALLOWED)


def refuse_format(name: str) -> Message:
    """Say that a file is of no format that can be read."""
    return say(f"I cannot read {name_file(name)}. Please send the response as {FORMAT_NAMES}.")


def refuse_size(name: str, size: int, limit: int) -> Message:
    """Say that a file is too large; size, limit: bytes."""
    return say(
        f"{name_file(name)} is too large: {_in_megabytes(size)}, where {_in_megabytes(limit)} is the most. "
        "Please send the response alone, without appendices."
    )


def refuse_unreadable(name: str, failure: BadDocument) -> Message:
    """Say why a file could not be read, and what can be done."""
    why = escape_line(cut(in_one_line(f"{failure.reason} {failure.remedy}"), _LONGEST_REASON))
    return say(f"I could not read {name_file(name)}. {why}")


def refuse_duplicate(name: str, held: str) -> Message:
    """Say that the corpus has a document already."""
    return say(f"{name_file(name)} is in the corpus already, as {name_file(held)}. Nothing was added.")


def refuse_download(name: str) -> Message:
    """Say that Slack did not hand a file over."""
    return say(
        f"I could not get {name_file(name)} from Slack. "
        "Please upload it here again, rather than share it from another place."
    )


def _in_megabytes(size: int) -> str:
    return f"{max(size / _MEGABYTE, 0.1):,.1f} MB"
