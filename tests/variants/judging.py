"""What is right of what was understood: rows of the register, answers to the five questions."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from unicodedata import normalize

from askpcc.model import Answer, Citation, MatterKind, Statement, Status
from askpcc.register import Row
from support.whole_flow import cited
from variants.response import HEADS, Asked, Recommendation, Response, Variant

_QUOTES = str.maketrans({"\u2019": "'", "\u2018": "'", "\u00ad": None})
_MARKUP = re.compile(r"[*|]")
_LABEL = re.compile(rf"^(?:{'|'.join(head.lower() for head in HEADS)}):? ")
_FEWEST_SHARED = 0.7
"""Share of the words of a demand that a row without a number must have to be of that recommendation."""


def fold(words: str) -> str:
    """Return words in lower case, with single spaces, plain quotes and letters that are not joined."""
    return " ".join(normalize("NFKC", words).translate(_QUOTES).lower().split())


@dataclass(frozen=True, slots=True)
class Judged:
    """What was understood of a variant.

    right: recommendations whose status the register has, and no other.  wrong: those of which it states
    another, with what it states; 0 stands for matters that are none of the six.  answered: questions that
    are answered rightly.  refused: why the file was not read, "" where it was.  unplaced: rows that are true
    and of which the register does not know the recommendation.
    """

    variant: Variant
    right: tuple[int, ...] = ()
    wrong: tuple[tuple[int, str], ...] = ()
    answered: tuple[str, ...] = ()
    refused: str = ""
    unplaced: int = 0

    @property
    def as_expected(self) -> bool:
        """Tell whether all that can be understood was, and nothing else."""
        if self.variant.refused:
            return bool(self.refused)
        whole = set(self.variant.numbers) <= set(self.right)
        return whole and not self.wrong and set(self.variant.answers) <= set(self.answered)


@dataclass(frozen=True, slots=True)
class JudgedRegister:
    """What of a register is right, wrong and true without a place; see Judged."""

    right: tuple[int, ...]
    wrong: tuple[tuple[int, str], ...]
    unplaced: int


def judge_register(response: Response, rows: Sequence[Row]) -> JudgedRegister:
    """Tell which recommendations have rows that are right, and what is stated wrongly of which."""
    stated: dict[int, list[Row]] = {}
    for row in rows:
        if row.status is not Status.NOT_STATED:
            stated.setdefault(_number_of(response, row), []).append(row)
    lost = stated.pop(0, [])
    right = [
        one.number
        for one in response.recommendations
        if (own := stated.get(one.number)) and all(_is_right(response, one, row) for row in own)
    ]
    known = {one.number: one for one in response.recommendations}
    wrong = [
        (number, str(row.status))
        for number, own in stated.items()
        for row in own
        if not _is_right(response, known[number], row)
    ]
    wrong += [(0, str(row.status)) for row in lost if _is_wrong_anywhere(response, row.status, row.citations)]
    return JudgedRegister(tuple(right), tuple(sorted(wrong)), len(lost) - sum(not of for of, _ in wrong))


def _is_wrong_anywhere(response: Response, status: Status, citations: Iterable[Citation]) -> bool:
    """Tell whether a status rests on words with which the response says it of no recommendation."""
    told = [
        fold(" ".join((*one.row, one.answer))) for one in response.recommendations if one.status is status
    ]
    quotes = [_LABEL.sub("", fold(_MARKUP.sub(" ", citation.quote))) for citation in citations]
    return not any(quote in words or words in quote for quote in quotes for words in told)


def _number_of(response: Response, row: Row) -> int:
    """Return of which recommendation a row is: by its number, else by the words of its matter; else 0."""
    if row.number:
        number = re.fullmatch(r"\D*0*([1-6])", row.number)
        return int(number[1]) if number and row.kind is MatterKind.RECOMMENDATION else 0
    said = set(re.findall(r"\w+", fold(row.matter)))
    for one in response.recommendations:
        asked = set(re.findall(r"\w+", fold(one.asks)))
        if len(asked & said) >= _FEWEST_SHARED * len(asked):
            return one.number
    return 0


def _is_right(response: Response, one: Recommendation, row: Row) -> bool:
    """Tell whether a row has the right status, and does not rest on the words of another recommendation."""
    touched = matters_of(response, row.citations)
    return row.status is one.status and (not touched or one.number in touched)


def matters_of(response: Response, citations: Iterable[Citation]) -> set[int]:
    """Return of which recommendations citations speak, by words that stand nowhere else."""
    quoted = fold(" ".join(citation.quote for citation in citations))
    found = {one.number for one in response.recommendations if any(mark in quoted for mark in one.marks)}
    # The words of one that are cited alone, without what tells them from others.
    return found | {one.number for one in response.recommendations if fold(one.answer) in quoted}


def _matters_told(response: Response, statement: Statement) -> set[int]:
    """Return of which recommendations a statement is: by its words, else by the number in a list."""
    named = re.search(r"recommendation 0*([1-6])\b", fold(statement.matter))
    return matters_of(response, statement.citations) or ({int(named[1])} if named else set())


def judge_answer(response: Response, asked: Asked, answer: Answer) -> bool:
    """Tell whether an answer is right: it has the words, and no status of another matter."""
    if not answer.statements:
        return False
    held = fold(
        " ".join([answer.verdict, *(s.text for s in answer.statements), *(c.quote for c in cited(answer))])
    )
    if any(fold(words) in held for words in asked.never):
        return False
    right = {one.number: one.status for one in response.recommendations}
    stated = [(_matters_told(response, s), s.status) for s in answer.statements if s.status]
    allowed = {right[number] for number in asked.matters}
    if any(status not in allowed or (of and not of & set(asked.matters)) for of, status in stated):
        return False
    if any(_is_wrong_anywhere(response, s.status, s.citations) for s in answer.statements if s.status):
        return False
    if asked.listed:
        counted = re.search(r"(\d+) of (\d+)", answer.verdict)
        counts = (str(len(asked.matters)), str(len(response.recommendations)))
        return (not counted or counted.groups() == counts) and _lists(right, asked, stated)
    return any(fold(words) in held for words in asked.words)


def _lists(
    right: Mapping[int, Status], asked: Asked, stated: Iterable[tuple[set[int], Status | None]]
) -> bool:
    """Tell whether each of the matters is listed with its status."""
    listed = {number for of, status in stated for number in of if right[number] is status}
    return set(asked.matters) <= listed
