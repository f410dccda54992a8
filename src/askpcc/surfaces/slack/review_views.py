"""What reviewers see: the answer that waits with its reasons, and the form for a verdict."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from askpcc.language.dates import show_date
from askpcc.model import Answer, Inquiry, Judgement, RecordedAnswer, Ruling, Status, Verdict, Why
from askpcc.rendering.answers import number_citations
from askpcc.reviewing.decisions import LONGEST_COMMENT
from askpcc.surfaces.slack import limits
from askpcc.surfaces.slack.action_ids import OPEN_VERDICT, SHOW_ANSWER, VERDICT_VIEW
from askpcc.surfaces.slack.answers.blocks import section
from askpcc.surfaces.slack.answers.messages import Block, Message
from askpcc.surfaces.slack.answers.statements import quote, quoted_words, say_statement, state_all
from askpcc.surfaces.slack.controls import actions, button, mention, menu, moment, remark
from askpcc.surfaces.slack.text import cut, cut_start, escape_line, in_one_line, plain

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
_RULINGS = {
    Ruling.APPROVED: "Right: answer the same question so from now on",
    Ruling.CORRECTED: "Wrong: this is right instead (below)",
    Ruling.REJECTED: "Wrong: and nothing is to be put in its place",
}


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


def build_case(case: Case) -> Message:
    """Return the message about an answer that waits, for the reviewers' channel."""
    line = "\n".join(part for part in (f"To be reviewed: {_ask(case)}", say_why(case)) if part)
    row = actions([offer_verdict(case.recorded.id), button("Open answer", SHOW_ANSWER, case.recorded.id)])
    return Message(line, [section(line), row])


def say_why(case: Case) -> str:
    """Return why an answer waits, escaped; empty where it does not."""
    reasons = "; ".join(REASONS[why] for why in case.why)
    lapse = f" {escape_line(cut(case.lapse, _LONGEST))}" if case.lapse else ""
    return f"Because {reasons}.{lapse}" if reasons else ""


def _ask(case: Case) -> str:
    return f"*{escape_line(cut(in_one_line(case.inquiry.words), _LONGEST)) or '(no words)'}*"


def offer_verdict(answer: str) -> Block:
    """Return the button that opens the form for a verdict."""
    return button("Give a verdict", OPEN_VERDICT, answer)


def build_verdict_form(case: Case, documents: Sequence[str]) -> Block:
    """Return the form for a verdict; its private metadata is the answer's id.

    documents: paths of those that a correction may cite, the likeliest first.
    """
    shown = list(_show(case.recorded.answer))
    cut_short = [remark("The rest stands under “Open answer”.")] if len(shown) > _MOST_SHOWN else []
    return {
        "type": "modal",
        "callback_id": VERDICT_VIEW,
        "title": plain("Verdict", limits.VIEW_TITLE),
        "submit": plain("Send", limits.VIEW_BUTTON),
        "close": plain("Cancel", limits.VIEW_BUTTON),
        "private_metadata": json.dumps({"answer": case.recorded.id}),
        "blocks": [
            section(_ask(case)),
            *_say_state(case),
            *shown[:_MOST_SHOWN],
            *cut_short,
            *_judge(case.recorded),
            *_rule(),
            *_correct(documents),
        ],
    }


def _say_state(case: Case) -> Iterator[Block]:
    """Yield why the answer waits, and what a reviewer said of it before."""
    if why := say_why(case):
        yield remark(why)
    if case.earlier is not None:
        ruling = f"{case.earlier.ruling} by {mention(case.earlier.reviewer)}, {moment(case.earlier.at)}"
        yield remark(f"Reviewed before: {ruling}. Below stands what was answered first.")


def _show(answer: Answer) -> Iterator[Block]:
    numbers = number_citations(answer)
    if note := escape_line(cut(answer.note, _LONGEST_WORDS)):
        yield section(note)
    pieces = [*state_all(answer.statements, numbers)]
    pieces += [piece for one in answer.nearest for piece in quote(one, numbers[one])]
    yield from (block for piece in pieces for block in piece.blocks)


def _judge(recorded: RecordedAnswer) -> Iterator[Block]:
    for number, statement in enumerate(recorded.answer.statements[:_MOST_JUDGED], start=1):
        words = statement.text or " ".join(quoted_words(one) for one in statement.citations)
        label = f"{number}. {cut(in_one_line(words), 100)}"
        choices = {str(judgement): text for judgement, text in _JUDGEMENTS.items()}
        yield _optional(label, f"{STATEMENT}{number}", menu(STATEMENT, "No judgement", choices, None))


def _rule() -> Iterator[Block]:
    options = [_option(text, str(ruling)) for ruling, text in _RULINGS.items()]
    radio = {"type": "radio_buttons", "action_id": RULING, "options": options}
    yield _input("The answer as a whole", RULING, radio)
    comment = {**_text(COMMENT), "max_length": LONGEST_COMMENT}
    yield _optional("Comment, for the asker too", COMMENT, comment)


def _correct(documents: Sequence[str]) -> Iterator[Block]:
    yield remark("A correction cites the words that it rests on, exactly as they stand in the source.")
    # Titles may be alike, paths are not; their ends tell them apart.
    choices = {path: cut_start(path, limits.OPTION_TEXT) for path in documents}
    sources = menu(DOCUMENT, "Document", choices, None)
    if sources["options"]:
        yield _optional("Source", DOCUMENT, sources)
    yield _optional("Words of the source", WORDS, {**_text(WORDS), "max_length": _LONGEST_WORDS})
    statuses = {str(status): status.replace("_", " ") for status in Status}
    yield _optional("Status", STATUS, menu(STATUS, "None", statuses, None))


def _option(text: str, value: str) -> Block:
    return {"text": plain(text, limits.OPTION_TEXT), "value": value}


def _text(action_id: str) -> Block:
    return {"type": "plain_text_input", "action_id": action_id, "multiline": True}


def _input(label: str, block_id: str, element: Block) -> Block:
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain(label, limits.INPUT_LABEL),
        "element": element,
    }


def _optional(label: str, block_id: str, element: Block) -> Block:
    return {**_input(label, block_id, element), "optional": True}


def say_verdict(verdict: Verdict, reviewer: str) -> str:
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


def say_correction(answer: Answer) -> str:
    """Return what is right instead, escaped, a statement a line."""
    numbers = number_citations(answer)
    return "\n".join(say_statement(statement, numbers) for statement in answer.statements)
