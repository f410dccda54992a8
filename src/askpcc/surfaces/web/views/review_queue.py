"""The queue of answers that wait, as a page shows it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from textwrap import shorten

from askpcc.language.words import plain
from askpcc.model import Answer, Inquiry, RecordedAnswer, Waiting, Why
from askpcc.surfaces.web.views.review_words import REASONS, say_where

_LONGEST_GIST = 160


@dataclass(frozen=True, slots=True)
class QueueRow:
    """An answer that waits.  gist: how its answer begins."""

    answer: str
    question: str
    gist: str
    reasons: tuple[str, ...]
    since: datetime
    person: str
    where: str


def view_waiting(waiting: Waiting, inquiry: Inquiry, recorded: RecordedAnswer) -> QueueRow:
    """Return an answer that waits as a page shows it."""
    return QueueRow(
        answer=recorded.id,
        question=" ".join(inquiry.words.split()),
        gist=_sum_up(recorded.answer),
        reasons=tuple(REASONS[why] for why in waiting.why),
        since=waiting.since,
        person=inquiry.person,
        where=say_where(inquiry),
    )


def _sum_up(answer: Answer) -> str:
    if not answer.statements:
        return "The documents do not say."
    first = answer.statements[0]
    said = " ".join(first.text.split())
    return said or f"“{shorten(plain(first.citations[0].quote), _LONGEST_GIST, placeholder=' …')}”"


def count_reasons(queue: Sequence[Waiting]) -> list[tuple[Why, str, int]]:
    """Return the reasons for which answers wait, in words and counted."""
    counts = Counter(why for waiting in queue for why in waiting.why)
    return [(why, words, counts[why]) for why, words in REASONS.items() if counts[why]]
