"""An answer becomes messages, with its buttons and the forms that they open."""

import json
from collections.abc import Iterator, Mapping, Sequence

from askpcc.model import (
    Answer,
    Citation,
    Fault,
    RecordedAnswer,
)
from askpcc.rendering.results import number_citations, visible
from askpcc.slack.blocks import (
    ASK_PERSON,
    ASK_VIEW,
    ASK_WHERE,
    ASK_WORDS,
    FAULT_CHOICE,
    FAULT_COMMENT,
    FAULT_VIEW,
    FEEDBACK,
    IN_THREAD,
    MUTE,
    ONLY_TO_ME,
    SHARE,
    SOURCE_MENU,
    SOURCE_PREFIX,
    Block,
    Message,
    Piece,
    Shown,
    actions,
    button,
    context,
    feedback_buttons,
    fits,
    form_field,
    format_freshness_at,
    menu,
    modal,
    pack,
    radio_buttons,
    section,
    source_value,
    text_input,
)
from askpcc.slack.mrkdwn import (
    ACCESSIBILITY_LABEL,
    OPTION_TEXT,
    OPTIONS_A_MENU,
    PERSON_ID,
    cut,
    escape_line,
    mrkdwn_text,
    plain_text,
)
from askpcc.slack.views.citations import (
    SILENT,
    Numbers,
    format_statements,
    list_sources,
    name_source,
    quote,
    tabulate,
)

_MOST_BUTTONS = 5
_Numbered = Sequence[tuple[Citation, int]]
LONGEST_COMMENT = 500
LONGEST_QUESTION = 2_000
_FAULTS: Mapping[str, str] = {
    Fault.WRONG_STATUS: "The status is wrong",
    Fault.WRONG_SOURCE: "The source is wrong",
    Fault.OUT_OF_DATE: "It is out of date",
    Fault.NOT_ANSWERED: "It does not answer the question",
    Fault.OTHER: "Something else",
}
_WHERE: Mapping[str, str] = {
    IN_THREAD: "In the thread of the message",
    ONLY_TO_ME: "Only to me",
}
_LONGEST_NOTE = 600
_NEAREST = "The nearest that the documents say:"
_PRIVATE = "Only you can see this."


def build_answer(recorded: RecordedAnswer, shown: Shown) -> list[Message]:
    """Return the messages of an answer, in their order; the last one has all buttons."""
    answer = recorded.answer
    numbers = number_citations(answer)
    pieces = [*_format_mention(shown.person), *_format_body(answer, numbers), *_format_notes(shown)]
    return pack([*pieces, *_format_end(recorded, shown, numbers)])


def _format_mention(person: str | None) -> Iterator[Piece]:
    """Mention somebody; what is no id of Slack's is left out."""
    if person and PERSON_ID.fullmatch(person):
        yield Piece((section(f"<@{person}>"),), (f"<@{person}>",))


def _format_body(answer: Answer, numbers: Numbers) -> Iterator[Piece]:
    if answer.abstained:
        yield _paragraph(answer.note.strip() or SILENT)
    if answer.verdict:
        words = escape_line(answer.verdict)
        yield Piece((section(f"*{words}*"),), (words,))
    said = format_statements(answer.statements, numbers, answer.verdict)
    yield from tabulate(answer, numbers) or said
    if answer.note.strip() and not answer.abstained:
        yield _paragraph(answer.note)
    if answer.nearest:
        quoted = [quote(one, numbers[one]) for one in answer.nearest]
        first, *others = (piece for pieces in quoted for piece in pieces)
        yield Piece((section(_NEAREST), *first.blocks), (_NEAREST, *first.words))
        yield from others
    if answer.withheld:
        were = "was" if answer.withheld == 1 else "were"
        yield _paragraph(
            f"{answer.withheld} of the statements found did not pass the checks and {were} withheld."
        )


def _paragraph(text: str) -> Piece:
    words = escape_line(text)
    return Piece((section(words),), (words,))


def _format_notes(shown: Shown) -> Iterator[Piece]:
    """Yield what people did with the answer, and who sees it."""
    for note in (*shown.notes, *([_PRIVATE] if shown.private else [])):
        if note.strip():
            words = cut(escape_line(note), _LONGEST_NOTE)
            yield Piece((context([mrkdwn_text(words)]),), (words,))


def _format_end(recorded: RecordedAnswer, shown: Shown, numbers: Numbers) -> Iterator[Piece]:
    """Yield sources and buttons: in one piece where they go into one message, so that they stay together."""
    menus, buttons = offer_sources(recorded.id, numbers)
    age = f"{format_freshness_at(shown.freshness, recorded.answered_at)} Answer {recorded.id}"
    last = Piece(
        (
            offer_actions(recorded.id, buttons, shown),
            offer_feedback(recorded.id),
            context([plain_text(age)]),
        ),
        (f"Answer {escape_line(recorded.id)}",),
    )
    pieces = [*list_sources(numbers, shown.dates), *menus, last]
    if fits(pieces):
        blocks = tuple(block for piece in pieces for block in piece.blocks)
        pieces = [Piece(blocks, tuple(line for piece in pieces for line in piece.words))]
    yield from pieces


def offer_sources(answer: str, numbers: Numbers) -> tuple[list[Piece], list[Block]]:
    """Return menus that stand by themselves, and what stands with the other buttons.

    A few sources have a button each; many are options of a menu, and more than one menu holds of several.
    """
    numbered = list(numbers.items())
    if len(numbered) <= _MOST_BUTTONS:
        return [], [_source_button(answer, *one) for one in numbered]
    *earlier, last = _menus(answer, numbered)
    return [Piece((actions([menu]),)) for menu in earlier], [last]


def _source_button(answer: str, citation: Citation, number: int) -> Block:
    label = name_source(citation, number, ACCESSIBILITY_LABEL)
    value = source_value(answer, number)
    return button(f"Source {number}", f"{SOURCE_PREFIX}{number}", value, accessibility_label=label)


def _menus(answer: str, numbered: _Numbered) -> Iterator[Block]:
    for start in range(0, len(numbered), OPTIONS_A_MENU):
        yield _menu(answer, numbered[start : start + OPTIONS_A_MENU], whole=len(numbered))


def _menu(answer: str, numbered: _Numbered, whole: int) -> Block:
    choices = {
        source_value(answer, number): name_source(citation, number, OPTION_TEXT)
        for citation, number in numbered
    }
    some = f" {numbered[0][1]} to {numbered[-1][1]}" if len(numbered) < whole else ""
    return menu(SOURCE_MENU, f"Show source{some}…", choices, None)


def offer_actions(answer: str, sources: Sequence[Block], shown: Shown) -> Block:
    """Return the row of buttons below an answer."""
    further = [button("Ask a person", ASK_PERSON, answer)]
    if shown.show_share:
        further.append(button("Share here", SHARE, answer))
    if shown.show_mute:
        further.append(button("Mute here", MUTE, answer))
    return actions([*sources, *further])


def offer_feedback(answer: str) -> Block:
    """Return the two buttons with which people say whether an answer is good."""
    return feedback_buttons(FEEDBACK, ("Good answer", f"good:{answer}"), ("Bad answer", f"bad:{answer}"))


def build_feedback_modal(answer: str) -> Block:
    """Return the form that asks what is wrong with an answer; its private metadata is the answer's id."""
    blocks = [
        form_field("What is wrong?", FAULT_CHOICE, radio_buttons(FAULT_CHOICE, _FAULTS)),
        form_field(
            "What should it say?", FAULT_COMMENT, text_input(FAULT_COMMENT, LONGEST_COMMENT), optional=True
        ),
    ]
    return modal("Wrong answer", blocks, FAULT_VIEW, answer, submit="Send")


def build_question_modal(prefilled: str, channel: str, thread: str) -> Block:
    """Return the form for a question about a message; its private metadata says where, as JSON."""
    initial = cut(visible(prefilled).strip(), LONGEST_QUESTION)
    blocks = [
        form_field("Question", ASK_WORDS, text_input(ASK_WORDS, LONGEST_QUESTION, initial)),
        form_field("Answer", ASK_WHERE, radio_buttons(ASK_WHERE, _WHERE, IN_THREAD)),
    ]
    place = json.dumps({"channel": channel, "thread": thread})
    return modal("Ask askpcc", blocks, ASK_VIEW, place, submit="Ask")
