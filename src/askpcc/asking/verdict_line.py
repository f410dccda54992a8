"""The line that an answer begins with: yes or no, a status, a date or a number, from what is cited."""

import re
from collections.abc import Iterator, Mapping, Sequence

from askpcc.asking.questions import DONE, OPEN, REFUSED, read_asked_statuses
from askpcc.metadata import own_date
from askpcc.model import DocumentCard, FactName, Question, Statement, Status, Wanted
from askpcc.text.dates import find_dates, show_date
from askpcc.text.references import without_items
from askpcc.text.words import plain

_EARLIER, _IN_PART = "Earlier: ", "In part: "
_YES_OR_NO = re.compile(
    r"^\W*(?:(?:so|and|but|ok|also|right|then|sorry|please)\W+)*"
    r"(?P<verb>has|have|had|did|is|are|was|were|does|do|will)\b(?!n['’]?t| not)",
    re.IGNORECASE,
)
_PERFECT = frozenset(("has", "have", "had", "did"))
"""A question with one of these asks whether something was done, also where it names no status."""

_NEGATED = re.compile(r"\bnot\b|n['’]t\b|\b(?:no longer|never)\b", re.IGNORECASE)
_BEGUN = re.compile(
    r"\b(?:start(?:ed)?|begun|begin|began|commenced|any (?:progress|headway))\b", re.IGNORECASE
)
_POLARITY = re.compile(r"^(?P<word>Yes|No|Not yet|Partly|In part)\s*[:;,–-]\s*", re.IGNORECASE)
_QUANTITY = re.compile(
    r"(?<![\w.,/-])£?\d+(?:,\d{3})*(?:\.\d+)?(?:\s?%| per ?cent)?(?:\s(?:million|billion|thousand))?"
    r"(?![\w/-])",
    re.IGNORECASE,
)
_DATED = frozenset({Wanted.WHEN, Wanted.DEADLINE})

_YES, _NO, _NOT_YET, _NOT_STATED = "Yes", "No", "Not yet", "Not stated"
_UNBEGUN = frozenset({Status.PLANNED, Status.ACCEPTED, Status.UNDER_CONSIDERATION})
_ASKED_DONE: Mapping[Status, str] = {
    **dict.fromkeys(DONE, _YES),
    **dict.fromkeys(OPEN, _NOT_YET),
    Status.ACCEPTED: _NOT_STATED,
    Status.NOT_ACCEPTED: _NO,
    Status.NOT_APPLICABLE: _NO,
}
_ASKED_OPEN: Mapping[Status, str] = {
    **dict.fromkeys(OPEN, _YES),
    **dict.fromkeys(DONE | REFUSED, _NO),
}
_ASKED_CLOSED: Mapping[Status, str] = {**_ASKED_DONE, Status.CLOSED: _YES, Status.COMPLETE: _NOT_STATED}
_ASKED_REFUSED: Mapping[Status, str] = {**dict.fromkeys(Status, _NO), Status.NOT_ACCEPTED: _YES}
_ASKED_ACCEPTED: Mapping[Status, str] = {
    Status.ACCEPTED: _YES,
    Status.NOT_ACCEPTED: _NO,
    Status.UNDER_CONSIDERATION: _NOT_YET,
}
_ASKED_BEGUN: Mapping[Status, str] = {
    **dict.fromkeys(DONE, _YES),
    Status.IN_PROGRESS: _YES,
    **dict.fromkeys(_UNBEGUN, _NOT_YET),
    Status.NOT_ACCEPTED: _NO,
}
_BY_ASKED: Mapping[frozenset[Status], Mapping[Status, str]] = {
    DONE: _ASKED_DONE,
    OPEN: _ASKED_OPEN,
    REFUSED: _ASKED_REFUSED,
    frozenset({Status.CLOSED}): _ASKED_CLOSED,
    frozenset({Status.ACCEPTED}): _ASKED_ACCEPTED,
}
"""What a status says to a question for others; where nothing stands here, the status itself is the answer."""


def word_verdict(
    question: Question, statements: Sequence[Statement], cards: Mapping[str, DocumentCard]
) -> str:
    """Return the line in which an answer says what it comes to; "" where only the words themselves do."""
    if len(question.forces) > 1:
        return "; ".join(_word_sides(question, statements, cards))
    sides = list(_split_by_document(statements)) if question.wanted is Wanted.COMPARE else [statements]
    if len(sides) > 1:
        told = [(_name_document(side, cards), _word_side(question, side)) for side in sides]
        return "; ".join(f"{name}: {word}" for name, word in told) if all(w for _, w in told) else ""
    word = _word_side(question, statements)
    return f"{word}{_of_force(statements, cards)}" if word else ""


def _word_sides(
    question: Question, statements: Sequence[Statement], cards: Mapping[str, DocumentCard]
) -> Iterator[str]:
    """Yield what is said of each force that a question names, and of which nothing is."""
    for force in question.forces:
        side = [one for one in statements if force in _forces_of(one, cards)]
        word = _word_side(question, side)
        if not side:
            yield f"{force}: nothing found that answers this"
        elif word:
            yield f"{force}: {_in_sentence(word)}"


def _split_by_document(statements: Sequence[Statement]) -> Iterator[list[Statement]]:
    for document in dict.fromkeys(one.citations[0].document for one in statements):
        yield [one for one in statements if one.citations[0].document == document]


def _name_document(side: Sequence[Statement], cards: Mapping[str, DocumentCard]) -> str:
    """Return the force and the date of a side's document, as far as they are known, else its title."""
    card = cards[side[0].citations[0].document]
    force, dated = card.fact(FactName.FORCE), own_date(card) or card.fact(FactName.PUBLISHED)
    known = [*([force.value] if force else []), *([show_date(dated.value)] if dated else [])]
    return ", ".join(known) if dated else side[0].citations[0].title


def _of_force(statements: Sequence[Statement], cards: Mapping[str, DocumentCard]) -> str:
    forces = _forces_of(statements[0], cards)
    return f" ({forces[0]})" if len(forces) == 1 else ""


def split_polarity(line: str) -> tuple[str, str]:
    """Return the yes or no with which a line begins, "" for none, and the rest of it."""
    found = _POLARITY.match(line)
    return (found["word"].capitalize(), line[found.end() :]) if found else ("", line)


def agree(line: str, question: Question, statements: Sequence[Statement]) -> str:
    """Return a line without its yes or no where a status that is proved says the opposite to the question.

    Which of the two answers it cannot be told: "Does she stand with the Chief?" is yes where he refuses.
    """
    statuses = [one.status for one in statements if one.status]
    expected = answer_yes_or_no(question.asks, statuses[0]) if statuses else ""
    said, rest = split_polarity(line)
    opposed = (expected == _YES and said in {_NO, _NOT_YET}) or (expected in {_NO, _NOT_YET} and said == _YES)
    return f"{rest[:1].upper()}{rest[1:]}" if opposed else line


def add_whose(line: str, statements: Sequence[Statement], cards: Mapping[str, DocumentCard]) -> str:
    """Return a line with the force that all its statements are of, and the date of their only document.

    A line that names its force, or is of several, stays as it is.
    """
    forces = {force for one in statements for force in _forces_of(one, cards)}
    if len(forces) != 1 or (force := forces.pop()).casefold() in line.casefold():
        return line
    documents = {citation.document for one in statements for citation in one.citations}
    dated = own_date(cards[next(iter(documents))]) if len(documents) == 1 else None
    when = f", {show_date(dated.value)}" if dated and show_date(dated.value) not in line else ""
    return f"{line.rstrip('. ')} ({force}{when})"


def _forces_of(statement: Statement, cards: Mapping[str, DocumentCard]) -> list[str]:
    card = cards.get(statement.citations[0].document)
    return [fact.value for fact in card.facts if fact.name is FactName.FORCE] if card else []


def _word_side(question: Question, statements: Sequence[Statement]) -> str:
    """Return what the first statement of a side comes to."""
    first = next(iter(statements), None)
    if first is None:
        return ""
    if first.status is None:
        return first.text or _read_value(question, plain(first.citations[0].quote))
    if first.text.startswith(_EARLIER):
        return first.text
    others = [one for one in statements[1:] if _differs(one, first)] if question.items else []
    if others:
        return f"Both are said: {'; '.join(_in_sentence(one.text) for one in [first, *others])}"
    answer = answer_yes_or_no(question.asks, first.status)
    label = _in_sentence(first.text)
    if first.text.startswith(_IN_PART) or not answer:
        return first.text
    return f"{answer}: {label}"


def _differs(one: Statement, first: Statement) -> bool:
    """Tell whether a statement gives another status than the first, and not as what was said earlier."""
    return one.status not in {None, first.status} and not one.text.startswith(_EARLIER)


def _in_sentence(label: str) -> str:
    return f"{label[:1].lower()}{label[1:]}"


def answer_yes_or_no(typed: str, status: Status) -> str:
    """Return yes, no or not yet for a status; "" where a question asks for none, or no would mislead."""
    asked = _YES_OR_NO.match(typed)
    if not asked or _NEGATED.search(typed):
        return ""
    statuses = read_asked_statuses(typed)
    if _BEGUN.search(typed):
        return _ASKED_BEGUN.get(status, "")
    if statuses:
        return _BY_ASKED.get(statuses, {}).get(status, _YES if status in statuses else "")
    return _ASKED_DONE.get(status, "") if asked["verb"].lower() in _PERFECT else ""


def _read_value(question: Question, words: str) -> str:
    """Return the only date or number in words, where a question asks for one; "" where they hold several."""
    dates = find_dates(words)
    if question.sought in _DATED:
        values = {found.value for found in dates if found.value and not found.doubtful}
        return show_date(values.pop()) if len(values) == 1 else ""
    if question.sought is not Wanted.COUNT:
        return ""
    for found in reversed(find_dates(words, years=True)):
        words = f"{words[: found.span.start]} {words[found.span.end :]}"
    numbers = list(dict.fromkeys(_QUANTITY.findall(without_items(words))))
    return numbers[0] if len(numbers) == 1 else ""
