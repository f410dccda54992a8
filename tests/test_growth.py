"""Twice the text is twice the work: nothing that somebody else wrote is read again and again."""

from collections.abc import Callable

import pytest

from askpcc.chunking import place_blocks, split
from askpcc.rendering.logs import redact
from askpcc.slack.mrkdwn import (
    cut,
    escape,
    find_mentions,
    question_words,
)
from askpcc.slack.mrkdwn import (
    split as split_text,
)
from askpcc.statuses.document_model import label_of, read_lines
from support.counted_work import count_instructions
from support.scripted_reader import Says, scripted
from support.slack_talk import TalkCase
from support.small_documents import count_words, make_document

HEAD = "# Netherby Police: response to the inspection\n\n"
FEW, MANY = 60, 240
READER = scripted({"complete": Says("complete"), "begun": Says("in_progress"), "Done": Says("complete")})
MOST_GROWTH = 5.5
"""Of the work when the text is four times as long; n log n stays below, a square would be 16."""

DOCUMENTS: dict[str, tuple[str, Callable[[int], str]]] = {
    "headings": ("a.md", lambda n: "# Custody\n\nIt is so.\n\n" * n),
    "numbered headings": ("a.md", lambda n: "".join(f"## Recommendation {i}\n\nDone.\n\n" for i in range(n))),
    "paragraphs": ("a.md", lambda n: "Recommendation 1 is complete.\n\n" * n),
    "bullets": ("a.md", lambda n: "- a bullet\n" * n),
    "bullets in bullets": ("a.html", lambda n: "<ul><li>a bullet " * n),
    "lines with tabs": ("a.txt", lambda n: "Custody\tin progress\n" * n),
    "a line of tabs": ("a.txt", lambda n: "custody\t" * n),
    "sentences of a paragraph": ("a.md", lambda n: "Work has begun. " * n),
    "introductions": ("a.md", lambda n: "We did:\n\n" * n),
    "rows with references": (
        "a.md",
        lambda n: (
            "| Ref | Recommendation | Status |\n|---|---|---|\n"
            + "".join(f"| X-{i} | Mend lamp {i} | Complete |\n" for i in range(n))
            + "\n"
            + "On X-1 nothing was said.\n\n" * n
        ),
    ),
}


def _work_of(claim: str, times: int) -> tuple[int, int, int]:
    path, write = DOCUMENTS[claim]
    document = make_document(HEAD + write(times), path)
    passages = split(document, count_words, 256)
    return (
        count_instructions(lambda: list(place_blocks(document))),
        count_instructions(lambda: read_lines(document, passages)),
        count_instructions(lambda: READER.claims(document, passages)),
    )


@pytest.mark.parametrize("claim", DOCUMENTS)
def test_a_document_four_times_as_long_costs_some_four_times_the_work(claim: str) -> None:
    _work_of(claim, 3)  # rules are loaded, and stems remembered
    few, many = _work_of(claim, FEW), _work_of(claim, MANY)
    grown = [later / earlier for earlier, later in zip(few, many, strict=True)]
    assert max(grown) < MOST_GROWTH, grown


# As in the tests of hostile text: an expression that tries again from every character would take minutes.
LONG = 100_000
READERS: dict[str, Callable[[str], object]] = {
    "question": question_words,
    "mentions": find_mentions,
    "follow-up": lambda typed: TalkCase(typed, "", before="BOT").judge(),
    "direct message": lambda typed: TalkCase(typed, "", where="dm").judge(),
    "escape": escape,
    "cut": lambda typed: cut(typed, 3_000),
    "split": lambda typed: split_text(typed, 300),
    "redact": redact,
    "label": label_of,
}
PATTERNS = {
    "a message of empty lines": ("question", "\n"),
    "a message of spaces": ("question", " "),
    "a message of colons": ("question", ":a"),
    "a message of underscores": ("question", "_a"),
    "mentions without an end": ("mentions", "<@U"),
    "question marks": ("follow-up", "?"),
    "question and exclamation marks": ("follow-up", "?!"),
    "empty lines for the bot": ("direct message", "\n"),
    "marks to escape": ("escape", "*_"),
    "quote marks to escape": ("escape", "\n> "),
    "a text to cut": ("cut", "<@"),
    "a text to split": ("split", "a"),
    "addresses to hide": ("redact", "http://"),
    "names of secrets": ("redact", "token "),
    "a label of underscores": ("label", "_"),
    "a label of words": ("label", "a_ "),
}


@pytest.mark.parametrize("claim", PATTERNS)
def test_a_text_that_somebody_typed_is_read_in_one_pass(claim: str) -> None:
    reader, unit = PATTERNS[claim]
    READERS[reader](unit * LONG + "x")
