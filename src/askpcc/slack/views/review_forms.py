"""What reviewers see: answers, forms of verdicts, requests for help."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from askpcc.model import (
    Answer,
    Citation,
    HelpRequest,
    Inquiry,
    Judgement,
    RecordedAnswer,
    Ruling,
    Status,
    Verdict,
    Why,
)
from askpcc.rendering.results import number_citations, source_link, web_address
from askpcc.review.verdicts import LONGEST_COMMENT
from askpcc.slack.blocks import (
    OPEN_THREAD,
    OPEN_VERDICT,
    RESOLVE,
    SHOW_ANSWER,
    VERDICT_VIEW,
    Block,
    Message,
    Piece,
    actions,
    anchor,
    button,
    fits,
    form_field,
    header,
    mention,
    menu,
    modal,
    moment,
    piece,
    quotation,
    radio_buttons,
    remark,
    rich_text,
    section,
    text_input,
    words,
)
from askpcc.slack.mrkdwn import (
    BLOCKS_A_VIEW,
    BUTTON_URL,
    MESSAGE_TEXT,
    OPTION_TEXT,
    cut,
    cut_start,
    escape_line,
    in_one_line,
    size,
)
from askpcc.slack.views.citations import (
    SILENT,
    Numbers,
    format_statement,
    format_statements,
    list_sources,
    quote,
    quoted_words,
)
from askpcc.text.dates import show_date

RULING, COMMENT = "ruling", "comment"
STATEMENT, STATUS, DOCUMENT, WORDS = "statement", "status", "document", "words"
_MOST_JUDGED = 40
_MOST_SHOWN = 45
"""Blocks: with as many judgements and the rest of the form they stay below what a view holds."""

_LONGEST = 300
_LONGEST_WORDS = 3_000
REASONS = {
    Why.BAD_FEEDBACK: "somebody found it wrong",
    Why.ASKED_PERSON: "somebody asked for a person",
    Why.LOW_CONFIDENCE: "it speaks of little of the question",
    Why.WITHHELD: "something was withheld from it",
    Why.SAMPLE: "drawn at random",
    Why.LAPSED: "its approval has lapsed",
}
_JUDGEMENTS = {
    Judgement.SUPPORTED: "Supported by its source",
    Judgement.NOT_SUPPORTED: "Not supported",
    Judgement.WRONG_STATUS: "Wrong status",
    Judgement.WRONG_SOURCE: "Wrong source",
    Judgement.OUT_OF_DATE: "Out of date",
}
_RULINGS: Mapping[str, str] = {
    Ruling.APPROVED: "Right: answer the same question so from now on",
    Ruling.CORRECTED: "Wrong: this is right instead (below)",
    Ruling.REJECTED: "Wrong: and nothing is to be put in its place",
}
_LONGEST_SHOWN_QUESTION = 2_000
_MOST_BLOCKS = BLOCKS_A_VIEW - 5
_CUT_SHORT = "The rest stands in the answer itself."
_MOST_STATEMENTS = 3
_MOST_QUOTES = 4
_LONGEST_QUESTION = 1_000
_LONGEST_STATEMENT = 400
_LONGEST_HELP_QUOTE = 600
_TITLE = "Somebody asks for a person"
PASSED_ON = "I have passed your question on to the people who review answers. They will reply in this thread."
PASSED_ON_BEFORE = "This question has been passed on already, to the people who review answers."
PASSED_ON_PRIVATELY = (
    "I have passed your question on to the people who review answers. "
    "I shall tell you in a direct message what comes of it."
)
NOBODY = "Nobody has been named to review answers yet, so I could not pass your question on."
RESOLVED_BEFORE = "This request had been resolved already."


@dataclass(frozen=True, slots=True)
class Case:
    """An answer that waits, with its question and the reasons.

    lapse: why its approval has ended, in a sentence.  earlier: the last verdict on it.
    """

    inquiry: Inquiry
    recorded: RecordedAnswer
    why: tuple[Why, ...]
    lapse: str = ""
    earlier: Verdict | None = None


@dataclass(frozen=True, slots=True)
class Escalation:
    """A request with all that the reviewers need.  permalink: of the thread; None where there is none."""

    request: HelpRequest
    inquiry: Inquiry
    recorded: RecordedAnswer
    permalink: str | None = None


def build_case(case: Case) -> Message:
    """Return the message about an answer that waits, for the reviewers' channel."""
    line = "\n".join(
        part
        for part in (f"To be reviewed: {format_question(case.inquiry.words)}", format_reason(case))
        if part
    )
    row = actions([offer_verdict(case.recorded.id), button("Open answer", SHOW_ANSWER, case.recorded.id)])
    return Message(line, [section(line), row])


def format_reason(case: Case) -> str:
    """Return why an answer waits, escaped; empty where it does not."""
    reasons = "; ".join(REASONS[why] for why in case.why)
    lapse = f" {escape_line(cut(case.lapse, _LONGEST))}" if case.lapse else ""
    return f"Because {reasons}.{lapse}" if reasons else ""


def format_question(words: str) -> str:
    """Return the words of a question in bold, escaped."""
    return f"*{escape_line(cut(in_one_line(words), _LONGEST)) or '(no words)'}*"


def offer_verdict(answer: str) -> Block:
    """Return the button that opens the form for a verdict."""
    return button("Give a verdict", OPEN_VERDICT, answer)


def build_verdict_form(case: Case, documents: Sequence[str]) -> Block:
    """Return the form for a verdict; its private metadata is the answer's id.

    documents: paths of those that a correction may cite, the likeliest first.
    """
    answer = case.recorded.answer
    shown = _list_blocks(_list_answer(answer, number_citations(answer)))
    cut_short = [remark("The rest stands under “Open answer”.")] if len(shown) > _MOST_SHOWN else []
    blocks = [
        section(format_question(case.inquiry.words)),
        *_list_state(case),
        *shown[:_MOST_SHOWN],
        *cut_short,
        *_judge(case.recorded),
        *_rule(),
        *_correct(documents),
    ]
    return modal("Verdict", blocks, VERDICT_VIEW, json.dumps({"answer": case.recorded.id}), submit="Send")


def _list_state(case: Case) -> Iterator[Block]:
    """Yield why the answer waits, and what a reviewer said of it before."""
    if why := format_reason(case):
        yield remark(why)
    if case.earlier is not None:
        ruling = f"{case.earlier.ruling} by {mention(case.earlier.reviewer)}, {moment(case.earlier.at)}"
        yield remark(f"Reviewed before: {ruling}. Below stands what was answered first.")


def _judge(recorded: RecordedAnswer) -> Iterator[Block]:
    for number, statement in enumerate(recorded.answer.statements[:_MOST_JUDGED], start=1):
        words = statement.text or " ".join(quoted_words(one) for one in statement.citations)
        label = f"{number}. {cut(in_one_line(words), 100)}"
        choices = {str(judgement): text for judgement, text in _JUDGEMENTS.items()}
        judged = menu(STATEMENT, "No judgement", choices, None)
        yield form_field(label, f"{STATEMENT}{number}", judged, optional=True)


def _rule() -> Iterator[Block]:
    yield form_field("The answer as a whole", RULING, radio_buttons(RULING, _RULINGS))
    comment = text_input(COMMENT, LONGEST_COMMENT)
    yield form_field("Comment, for the asker too", COMMENT, comment, optional=True)


def _correct(documents: Sequence[str]) -> Iterator[Block]:
    yield remark("A correction cites the words that it rests on, exactly as they stand in the source.")
    # Titles may be alike, paths are not; their ends tell them apart.
    choices = {path: cut_start(path, OPTION_TEXT) for path in documents}
    sources = menu(DOCUMENT, "Document", choices, None)
    if "options" in sources:
        yield form_field("Source", DOCUMENT, sources, optional=True)
    yield form_field("Words of the source", WORDS, text_input(WORDS, _LONGEST_WORDS), optional=True)
    statuses = {str(status): status.words for status in Status}
    yield form_field("Status", STATUS, menu(STATUS, "None", statuses, None), optional=True)


def format_verdict(verdict: Verdict, reviewer: str) -> str:
    """Return what stands below a reviewed answer, and what its asker is told; not escaped.

    reviewer: their name.
    """
    who = f"{reviewer} on {show_date(verdict.at.date().isoformat())}"
    comment = f" “{cut(in_one_line(verdict.comment), _LONGEST)}”" if verdict.comment.strip() else ""
    said = {
        Ruling.APPROVED: f"Reviewed and approved by {who}.",
        Ruling.CORRECTED: f"Corrected by {who}.",
        Ruling.REJECTED: f"Reviewed by {who}: do not rely on this answer.",
    }
    return said[verdict.ruling] + comment


def format_correction(answer: Answer) -> str:
    """Return what is right instead, escaped, a statement a line."""
    numbers = number_citations(answer)
    return "\n".join(format_statement(statement, numbers) for statement in answer.statements)


def build_answer_view(inquiry: Inquiry, recorded: RecordedAnswer, *, reviewer: bool) -> Block:
    """Return the view of an answer: its question, what was said with the sources, when and to whom.

    reviewer: offer the form for a verdict.
    """
    asked = escape_line(cut(in_one_line(inquiry.words), _LONGEST_SHOWN_QUESTION))
    told = (
        f"Asked by {mention(inquiry.person)}, answered {moment(recorded.answered_at)}, answer {recorded.id}"
    )
    numbers = number_citations(recorded.answer)
    shown = _list_blocks([*_list_answer(recorded.answer, numbers), *list_sources(numbers, {})])
    rest = [remark(_CUT_SHORT)] if len(shown) > _MOST_BLOCKS else []
    rest += [actions([offer_verdict(recorded.id)])] if reviewer else []
    return modal("Answer", [section(f"*{asked}*"), *shown[:_MOST_BLOCKS], *rest, remark(told)])


def _list_answer(answer: Answer, numbers: Numbers) -> Iterator[Piece]:
    if answer.note or answer.abstained:
        yield Piece((section(escape_line(answer.note or SILENT)),))
    yield from format_statements(answer.statements, numbers)
    for citation in answer.nearest:
        yield from quote(citation, numbers[citation])


def _list_blocks(pieces: Iterable[Piece]) -> list[Block]:
    return [block for piece in pieces for block in piece.blocks]


def build_request(escalation: Escalation) -> Message:
    """Return the message for the reviewers' channel."""
    return _compose(_TITLE, escalation, [_offer(escalation)])


def build_resolved(escalation: Escalation, person: str, at: datetime) -> Message:
    """Return what stands in its place once somebody has dealt with it."""
    done = f"Resolved by {mention(person)}, {moment(at)}"
    return _compose("Resolved", escalation, [remark(done), actions([_open_answer(escalation)])])


def format_resolved(person: str) -> str:
    """Return what the asker reads in the thread once a reviewer has dealt with it."""
    return f"{mention(person)} has looked at your question and marked it as resolved."


def format_resolved_privately(words: str, person: str) -> str:
    """Return what the asker of a private question reads in their messages; words: the question."""
    asked = escape_line(cut(in_one_line(words), _LONGEST_STATEMENT))
    return f"Your question “{asked}”: {mention(person)} has looked at it and marked it as resolved."


def _compose(title: str, escalation: Escalation, end: list[Block]) -> Message:
    pieces = _shorten_all(
        [Piece((header(title),), (title,)), *_list_escalation(escalation)], Piece(tuple(end))
    )
    text = "\n".join(line for one in pieces for line in one.words)
    return Message(cut(text, MESSAGE_TEXT), _list_blocks(pieces))


def _shorten_all(pieces: list[Piece], end: Piece) -> list[Piece]:
    """Return as many pieces as go into one message with its end; reviewers open the answer for the rest."""
    more = piece("The rest stands under “Open answer”.")
    if fits([*pieces, end]):
        return [*pieces, end]
    while not fits([*pieces, more, end]):
        pieces.pop()
    return [*pieces, more, end]


def _list_escalation(escalation: Escalation) -> Iterator[Piece]:
    question = escape_line(cut(in_one_line(escalation.inquiry.words), _LONGEST_QUESTION))
    yield piece(f"*Question*: {question}")
    yield piece(f"Asked by {mention(escalation.request.person)}, {moment(escalation.request.at)}")
    yield from _shorten_answer(escalation.recorded)


def _shorten_answer(recorded: RecordedAnswer) -> Iterator[Piece]:
    answer = recorded.answer
    if answer.abstained:
        yield piece(f"*Answer*: {_shorten(answer.note or SILENT)}")
        yield from _quote(answer.nearest, number_citations(answer))
        return
    for statement in answer.statements[:_MOST_STATEMENTS]:
        yield piece(f"*Answer*: {_shorten(statement.text or 'In the words of the documents:')}")
        yield from _quote(statement.citations, number_citations(answer))
    left = len(answer.statements) - _MOST_STATEMENTS
    if left > 0:
        yield piece(f"and {left} more, under “Open answer”")


def _shorten(text: str) -> str:
    return escape_line(cut(in_one_line(text), _LONGEST_STATEMENT))


def _quote(citations: tuple[Citation, ...], numbers: Mapping[Citation, int]) -> Iterator[Piece]:
    for citation in citations[:_MOST_QUOTES]:
        quote = cut(quoted_words(citation), _LONGEST_HELP_QUOTE)
        source = anchor(numbers[citation], source_link(citation))
        title = f" {cut(in_one_line(citation.title), _LONGEST_STATEMENT)} "
        shown = rich_text(quotation([words(quote), words(title), source]))
        yield Piece((shown,), (escape_line(quote),))


def _offer(escalation: Escalation) -> Block:
    resolve = button("Mark resolved", RESOLVE, escalation.request.id, style="primary")
    verdict = offer_verdict(escalation.recorded.id)
    return actions([resolve, verdict, _open_answer(escalation), *_open_thread(escalation.permalink)])


def _open_answer(escalation: Escalation) -> Block:
    return button("Open answer", SHOW_ANSWER, escalation.recorded.id)


def _open_thread(permalink: str | None) -> Iterator[Block]:
    """Yield a button that leads to the thread; Slack sends an action for it that nobody needs."""
    address = web_address(permalink)
    if address and size(address) <= BUTTON_URL:
        yield button("Open thread", OPEN_THREAD, "thread", url=address)
