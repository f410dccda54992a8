"""A file that an administrator dropped into the conversation, as it was read."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from askpcc.language.dates import show_date
from askpcc.model import Dossier, FactName
from askpcc.register.rows import Row, build_rows
from askpcc.rendering.register_wording import name_matter
from askpcc.surfaces.slack.action_ids import ADD_DOCUMENT, DISCARD_DOCUMENT
from askpcc.surfaces.slack.answers.blocks import section
from askpcc.surfaces.slack.answers.messages import Block, Message, Piece
from askpcc.surfaces.slack.controls import actions, button, count, header, name_file, piece
from askpcc.surfaces.slack.row_lines import say_status
from askpcc.surfaces.slack.text import cut, escape_line, in_one_line

_MOST_ROWS = 10
_LONGEST_VALUE = 200
_FACTS = {
    FactName.TITLE: "Title",
    FactName.FORCE: "Force",
    FactName.REPORT_KIND: "Sort of report",
    FactName.PUBLISHED: "Report published",
    FactName.RESPONDED: "Response dated",
    FactName.DEADLINE: "Response due",
    FactName.AUTHOR: "Written by",
}
_DATES = frozenset({FactName.PUBLISHED, FactName.RESPONDED, FactName.DEADLINE})


@dataclass(frozen=True, slots=True)
class Preview:
    """A file that was read and is not yet in the corpus.

    token: what its buttons send.  name: of the file as it came.  duplicate: the document that says the
    same, or comes from the same address.  replaces: the document whose place it would take.
    """

    token: str
    name: str
    dossier: Dossier
    passages: int
    duplicate: str | None = None
    replaces: str | None = None


def build_preview(preview: Preview) -> Message:
    """Return the message that shows what was read and asks whether it is to be added."""
    rows = build_rows([preview.dossier])
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


def _list_facts(preview: Preview) -> Iterator[str]:
    for name, label in _FACTS.items():
        fact = preview.dossier.document.fact(name)
        if fact is not None:
            value = show_date(fact.value) if name in _DATES else fact.value
            yield f"*{label}*: {escape_line(cut(in_one_line(value), _LONGEST_VALUE))}"
    yield f"*Passages*: {preview.passages:,}"


def _list_rows(rows: Sequence[Row]) -> Iterator[str]:
    if not rows:
        yield "No recommendation, area for improvement or cause of concern was found in it."
        return
    counts = Counter(row.status for row in rows)
    named = ", ".join(f"{number:,} {status.replace('_', ' ')}" for status, number in counts.most_common())
    yield f"*{count(len(rows), 'matter')}*: {named}"
    for row in rows[:_MOST_ROWS]:
        yield f"• {say_status(row)}: {escape_line(cut(name_matter(row), _LONGEST_VALUE))}"
    if len(rows) > _MOST_ROWS:
        yield f"and {len(rows) - _MOST_ROWS:,} more"


def _warn(preview: Preview, rows: Sequence[Row]) -> Iterator[str]:
    document = preview.dossier.document
    if preview.duplicate:
        yield f"the corpus has it already as {name_file(preview.duplicate)}."
    if preview.replaces:
        yield f"it would take the place of {name_file(preview.replaces)}."
    if document.fact(FactName.FORCE) is None:
        yield "no force was found, so questions about a force will not find it."
    if document.fact(FactName.RESPONDED) is None and document.fact(FactName.PUBLISHED) is None:
        yield "no date was found, so it cannot be told whether it is newer than others."
    if not preview.passages:
        yield "no text was found that could be quoted."
    if rows and all(row.said_by is None for row in rows):
        yield "it does not say what has become of any matter."


def _offer(preview: Preview) -> Block:
    add = button("Add to corpus", ADD_DOCUMENT, preview.token, style="primary")
    discard = button("Discard", DISCARD_DOCUMENT, preview.token)
    useful = preview.passages and not preview.duplicate
    return actions([add, discard] if useful else [discard])
