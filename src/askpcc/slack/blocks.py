"""Blocks, which messages and views are built of, with this bot's defaults; checked by Slack's own models."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from slack_sdk.models.basic_objects import JsonObject
from slack_sdk.models.blocks import (
    ActionsBlock,
    ButtonElement,
    ConfirmObject,
    ContextActionsBlock,
    ContextBlock,
    DividerBlock,
    FeedbackButtonObject,
    FeedbackButtonsElement,
    HeaderBlock,
    InputBlock,
    Option,
    PlainTextInputElement,
    RadioButtonsElement,
    RawTextObject,
    RichTextBlock,
    RichTextElementParts,
    RichTextQuoteElement,
    RichTextSectionElement,
    SectionBlock,
    StaticSelectElement,
    TableBlock,
    TableBlockColumnSettings,
)
from slack_sdk.models.views import View

from askpcc.library import Freshness
from askpcc.register.rows import Row
from askpcc.rendering.document_names import DocumentNames
from askpcc.rendering.register_text import (
    format_place,
    format_who_and_when,
    name_matter,
    name_status,
)
from askpcc.rendering.results import source_link, visible
from askpcc.slack.mrkdwn import (
    BUTTON_TEXT,
    CONFIRM_BUTTON,
    CONFIRM_TEXT,
    CONFIRM_TITLE,
    HEADER,
    INPUT_LABEL,
    MESSAGE_BLOCKS,
    MESSAGE_CHARACTERS,
    MESSAGE_TEXT,
    OPTION_TEXT,
    OPTION_VALUE,
    OPTIONS_A_MENU,
    PERSON_ID,
    PLACEHOLDER,
    SECTION_TEXT,
    TABLES_A_MESSAGE,
    VIEW_BUTTON,
    VIEW_TITLE,
    cut,
    cut_start,
    escape_line,
    fit_address,
    in_one_line,
    link,
    literal,
    mrkdwn_text,
    plain_text,
    size,
)
from askpcc.text.dates import show_date
from askpcc.text.words import plain

Block = dict[str, Any]
"""A block, or a part of one, as JSON."""

SOURCE_PREFIX = "askpcc_source:"
SOURCE_MENU = "askpcc_source_menu"
ASK_PERSON = "askpcc_ask_person"
SHARE = "askpcc_share"
MUTE = "askpcc_mute"
FEEDBACK = "askpcc_feedback"

SOURCE_VIEW = "askpcc_source_view"
FAULT_VIEW = "askpcc_fault"
ASK_VIEW = "askpcc_ask"

FAULT_CHOICE = "askpcc_fault_choice"
FAULT_COMMENT = "askpcc_fault_comment"
ASK_WORDS = "askpcc_ask_words"
ASK_WHERE = "askpcc_ask_where"

HOME_FORCE = "askpcc_home_force"
HOME_STATUS = "askpcc_home_status"
HOME_FILTERS = "askpcc_home_filters"
SHOW_ANSWER = "askpcc_show_answer"
RESOLVE = "askpcc_resolve"
REINDEX = "askpcc_reindex"
PROMPT = "askpcc_prompt"
ADD_DOCUMENT = "askpcc_add_document"
DISCARD_DOCUMENT = "askpcc_discard_document"
CORRECT_DOCUMENT = "askpcc_correct_document"
CORRECT_VIEW = "askpcc_correct_view"
OPEN_THREAD = "askpcc_open_thread"
OPEN_VERDICT = "askpcc_verdict"
VERDICT_VIEW = "askpcc_verdict_view"

IN_THREAD = "thread"
ONLY_TO_ME = "private"

_NOT_SHOWN = {"type", "value", "action_id", "block_id"}
_LONGEST_REMARK = 1_500
_LONGEST_MATTER = 160
_LONGEST_QUOTE = 300
_LONGEST_DETAILS = 400
_NOTHING = "–"
_UNITS = (("day", 86_400), ("hour", 3_600), ("minute", 60))


@dataclass(frozen=True, slots=True)
class Message:
    """One message.  text: the same in words, for notifications, screen readers, and where blocks fail."""

    text: str
    blocks: list[Block]


@dataclass(frozen=True, slots=True)
class Shown:
    """How an answer is to be shown.

    private: only its asker sees it.  notes: what people did with it, a sentence each.
    show_share, show_mute: offer these buttons.  person: whom to mention, by Slack's id.
    dates: ISO dates of documents, by path.
    """

    freshness: Freshness
    private: bool = False
    notes: tuple[str, ...] = ()
    show_share: bool = False
    show_mute: bool = False
    person: str | None = None
    dates: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Piece:
    """Blocks that stay together in one message.  words: the same in words, escaped, a line each."""

    blocks: tuple[Block, ...]
    words: tuple[str, ...] = ()


def _checked(part: JsonObject) -> Block:
    """Return a block or a part of one as JSON; raises SlackObjectFormationError for what Slack refuses."""
    return part.to_dict()


def section(escaped: str, accessory: Block | None = None) -> Block:
    """Return a paragraph in mrkdwn that is never folded.  accessory: a button beside it."""
    return _checked(SectionBlock(text=mrkdwn_text(escaped), accessory=accessory, expand=True))


def plain_section(text: str) -> Block:
    """Return a paragraph without markup that is never folded."""
    return _checked(SectionBlock(text=plain_text(text), expand=True))


def context(elements: Iterable[Block]) -> Block:
    """Return small print: text objects."""
    return _checked(ContextBlock(elements=list(elements)))


def remark(escaped: str) -> Block:
    """Return a line of small print."""
    return context([mrkdwn_text(cut(escaped, _LONGEST_REMARK))])


def header(text: str) -> Block:
    """Return a heading."""
    return _checked(HeaderBlock(text=plain_text(in_one_line(text), HEADER)))


def divider() -> Block:
    """Return a line between two parts."""
    return _checked(DividerBlock())


def rich_text(*elements: Block) -> Block:
    """Return rich text: quotations and paragraphs whose words Slack shows as they are."""
    return _checked(RichTextBlock(elements=elements))


def paragraph(elements: Iterable[Block]) -> Block:
    """Return a paragraph of rich text."""
    return _checked(RichTextSectionElement(elements=list(elements)))


def quotation(elements: Iterable[Block]) -> Block:
    """Return a quotation of rich text."""
    return _checked(RichTextQuoteElement(elements=list(elements)))


def words(text: str, *, bold: bool = False) -> Block:
    """Return words of rich text."""
    return _checked(RichTextElementParts.Text(text=literal(text), style={"bold": True} if bold else None))


def anchor(number: int, url: str | None) -> Block:
    """Return the number of a source, leading to it where it has an address."""
    address = fit_address(url)
    label = f"[{number}]"
    return _checked(RichTextElementParts.Link(url=address, text=label)) if address else words(label)


def table(rows: Sequence[Sequence[Block]]) -> Block:
    """Return a table whose cells break their lines; the heading is the first row."""
    settings = [TableBlockColumnSettings(is_wrapped=True) for _ in rows[0]]
    return _checked(TableBlock(rows=rows, column_settings=settings))


def cell(text: str) -> Block:
    """Return a cell of a table without markup; Slack takes no empty one."""
    return _checked(RawTextObject(text=literal(text) or _NOTHING))


def actions(elements: Iterable[Block], block_id: str | None = None) -> Block:
    """Return a row of buttons and menus; no two of them share an action id."""
    return _checked(ActionsBlock(elements=list(elements), block_id=block_id))


def button(text: str, action_id: str, value: str, **more: Any) -> Block:  # noqa: ANN401 - the SDK's
    """Return a button.  value: ours, so within the limit.  more: style, confirm, url, accessibility_label."""
    label = plain_text(in_one_line(text), BUTTON_TEXT)
    return _checked(ButtonElement(text=label, action_id=action_id, value=value, **more))


def confirm(title: str, text: str, yes: str) -> Block:
    """Return what is asked before a button does what cannot be taken back lightly."""
    return _checked(
        ConfirmObject(
            title=plain_text(title, CONFIRM_TITLE),
            text=plain_text(text, CONFIRM_TEXT),
            confirm=plain_text(yes, CONFIRM_BUTTON),
            deny=plain_text("Cancel", CONFIRM_BUTTON),
        )
    )


def feedback_buttons(action_id: str, positive: tuple[str, str], negative: tuple[str, str]) -> Block:
    """Return a row of two buttons for an opinion, each with its text and its value."""
    good, bad = (
        FeedbackButtonObject(text=plain_text(text), value=value, accessibility_label=text)
        for text, value in (positive, negative)
    )
    buttons = FeedbackButtonsElement(action_id=action_id, positive_button=good, negative_button=bad)
    return _checked(ContextActionsBlock(elements=[buttons]))


def menu(action_id: str, placeholder: str, choices: Mapping[str, str], chosen: str | None) -> Block:
    """Return a menu.  choices: value to label; what Slack cannot hold as one is left out."""
    fitting = [value for value, label in choices.items() if _fits_menu(value) and label.strip()]
    options = {value: _option(choices[value], value) for value in fitting[:OPTIONS_A_MENU]}
    return _checked(
        StaticSelectElement(
            action_id=action_id,
            placeholder=plain_text(placeholder, PLACEHOLDER),
            options=list(options.values()),
            initial_option=options.get(chosen) if chosen else None,
        )
    )


def radio_buttons(action_id: str, choices: Mapping[str, str], chosen: str | None = None) -> Block:
    """Return choices that are all seen.  choices: value to label."""
    options = {value: _option(label, str(value)) for value, label in choices.items()}
    initial = options[chosen] if chosen is not None else None
    return _checked(
        RadioButtonsElement(action_id=action_id, options=list(options.values()), initial_option=initial)
    )


def _fits_menu(value: str) -> bool:
    return bool(value.strip()) and size(value) <= OPTION_VALUE and value == visible(value)


def _option(label: str, value: str) -> Option:
    return Option(text=plain_text(in_one_line(label), OPTION_TEXT), value=value)


def text_input(action_id: str, longest: int, initial: str = "") -> Block:
    """Return a field for several lines."""
    return _checked(
        PlainTextInputElement(
            action_id=action_id, multiline=True, max_length=longest, initial_value=initial or None
        )
    )


def line_input(action_id: str, longest: int, initial: str = "") -> Block:
    """Return a field for one line."""
    return _checked(
        PlainTextInputElement(action_id=action_id, max_length=longest, initial_value=initial or None)
    )


def form_field(label: str, block_id: str, element: Block, *, optional: bool = False) -> Block:
    """Return a field of a form with its label."""
    return _checked(
        InputBlock(
            label=plain_text(label, INPUT_LABEL),
            element=element,
            block_id=block_id,
            optional=True if optional else None,
        )
    )


def modal(
    title: str,
    blocks: Sequence[Block],
    callback_id: str | None = None,
    metadata: str | None = None,
    submit: str | None = None,
) -> Block:
    """Return a view that opens over a conversation.  submit: the button that sends its form, if it is one."""
    return _checked(
        View(
            type="modal",
            callback_id=callback_id,
            title=plain_text(title, VIEW_TITLE),
            submit=plain_text(submit, VIEW_BUTTON) if submit else None,
            close=plain_text("Cancel" if submit else "Close", VIEW_BUTTON),
            private_metadata=metadata,
            blocks=blocks,
        )
    )


def home(blocks: Sequence[Block]) -> Block:
    """Return the view of the Home tab."""
    return _checked(View(type="home", blocks=blocks))


def piece(escaped: str, *blocks: Block) -> Piece:
    """Return words as a paragraph with the blocks that belong to it."""
    return Piece((section(escaped), *blocks), (escaped,))


def say(escaped: str) -> Message:
    """Return a message of one paragraph."""
    return Message(cut(escaped, SECTION_TEXT), [section(escaped)])


def pack(pieces: Iterable[Piece]) -> list[Message]:
    """Return messages with all pieces in their order; each piece must fit into a message by itself."""
    messages: list[list[Piece]] = [[]]
    for piece in pieces:
        if messages[-1] and not fits([*messages[-1], piece]):
            messages.append([])
        messages[-1].append(piece)
    return [_compose(held) for held in messages if held]


def fits(pieces: Sequence[Piece]) -> bool:
    """Tell whether pieces go into one message."""
    blocks = [block for piece in pieces for block in piece.blocks]
    return (
        len(blocks) <= MESSAGE_BLOCKS
        and sum(block["type"] == "table" for block in blocks) <= TABLES_A_MESSAGE
        and sum(weigh(block) for block in blocks) <= MESSAGE_CHARACTERS
    )


def weigh(block: Any) -> int:  # noqa: ANN401 - any part of a block
    """Count the characters of a block, those of addresses included."""
    return sum(size(text) for text in _texts(block))


def _texts(part: Any) -> Iterator[str]:  # noqa: ANN401 - any part of a block
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict):
        for name, value in part.items():
            if name not in _NOT_SHOWN:
                yield from _texts(value)
    elif isinstance(part, list | tuple):
        for value in part:
            yield from _texts(value)


def _compose(pieces: Sequence[Piece]) -> Message:
    lines = [line for piece in pieces for line in piece.words if line]
    return Message(_join(lines), [block for piece in pieces for block in piece.blocks])


def _join(lines: Sequence[str]) -> str:
    """Return all lines; where that is too long, the beginning of each, since what matters stands there."""
    whole = "\n\n".join(lines)
    if size(whole) < MESSAGE_TEXT:
        return whole
    share = (MESSAGE_TEXT - 1) // len(lines) - len("\n\n")
    spare = sum(max(0, share - size(line)) for line in lines)
    long = sum(size(line) > share for line in lines)
    return "\n\n".join(cut(line, share + spare // long) for line in lines)


def source_value(answer: str, number: int) -> str:
    """Name a source of an answer, as buttons and menus send it."""
    return f"{answer}:{number}"


def read_source_value(value: str) -> tuple[str, int] | None:
    """Read the answer and the number of a source; None for what no button of ours sends."""
    answer, _, number = value.rpartition(":")
    known = answer and number.isascii() and number.isdecimal() and len(number) < len("1000000")
    return (answer, int(number)) if known else None


def mention(person: str) -> str:
    """Return a mention for mrkdwn, which notifies in a message and names in a view."""
    return f"<@{person}>" if PERSON_ID.fullmatch(person) else "somebody"


def moment(at: datetime) -> str:
    """Return a date and time for mrkdwn, which Slack shows in the reader's own time zone."""
    at = at.astimezone(UTC)
    return f"<!date^{int(at.timestamp())}^{{date_short_pretty}} at {{time}}|{at:%Y-%m-%d %H:%M} UTC>"


def count(number: int, noun: str, nouns: str | None = None) -> str:
    """Return a number with its noun: "1 document", "2 documents"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {nouns or noun + 's'}"


def name_file(path: str, longest: int = 200) -> str:
    """Return the name of a file for mrkdwn; of a long one the end, which tells it from others."""
    return escape_line(cut_start(in_one_line(path), longest))


def name_document(path: str, names: DocumentNames, longest: int = 200) -> str:
    """Return the title of a document for mrkdwn, or the name of its file where none is known."""
    name = in_one_line(names.brief(path))
    return name_file(path, longest) if name == in_one_line(path) else escape_line(cut(name, longest))


def format_matter(row: Row) -> str:
    """Return the words that name a matter, leading to its source where that has an address."""
    address = source_link(row.citations[0]) if row.citations else None
    return link(address, cut(name_matter(row), _LONGEST_MATTER))


def format_status(row: Row) -> str:
    """Return the status in bold."""
    return f"*{escape_line(name_status(row))}*"


def format_details(row: Row) -> str:
    """Return who says so, as of when, of which force and in which report."""
    return escape_line(cut(", ".join([*format_who_and_when(row), *format_place(row)]), _LONGEST_DETAILS))


def format_evidence(row: Row) -> str:
    """Return the status with who says so, as of when, and the words that say it most plainly."""
    said = escape_line(cut(", ".join(format_who_and_when(row)), _LONGEST_DETAILS))
    quote = in_one_line(plain(row.citations[0].quote)) if row.citations else ""
    words = f": “{escape_line(cut(quote, _LONGEST_QUOTE))}”" if quote else ""
    return f"{format_status(row)}{', ' if said else ''}{said}{words}"


def format_freshness(freshness: Freshness) -> str:
    """Return when the index was built and how many documents it holds."""
    return f"{_format_built_at(freshness)}, {count(freshness.documents, 'document')}."


def format_freshness_at(freshness: Freshness, at: datetime) -> str:
    """Return the same, and how long before a moment that was."""
    if freshness.built_at is None or freshness.built_at > at:
        return format_freshness(freshness)
    age = format_duration((at - freshness.built_at).total_seconds())
    documents = count(freshness.documents, "document")
    return f"{_format_built_at(freshness)} ({age} before this answer), {documents}."


def _format_built_at(freshness: Freshness) -> str:
    built = freshness.built_at
    if built is None:
        return "Index of unknown age"
    return f"Index built on {show_date(built.date().isoformat())} at {built:%H:%M} UTC"


def format_duration(seconds: float) -> str:
    """Return how long something took, in the largest unit that fits: "2 days", "1 hour"."""
    for name, length in _UNITS:
        if seconds >= length:
            return count(int(seconds // length), name)
    return "less than a minute"
