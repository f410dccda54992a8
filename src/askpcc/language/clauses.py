"""What kinds of information a sentence holds: a date, a number, a name, words of status, boilerplate.

The words are data (``data/clauses.toml``).  None of this proves a status; it says where to look.
"""

import re

from askpcc.language.dates import find_dates
from askpcc.language.items import without_items
from askpcc.language.patterns import load_patterns

_PARAGRAPH_NUMBER = re.compile(r"\A\W*(?:\d+\.)+\d*\s")
_NOT_A_NAME = (
    "The|This|These|That|Those|Police|Chief|Home|Crime|Fire|Her|His|Their|Violence|Action|National|Report|Deputy|Next"
    "|Force|Constabulary|Commissioner|Act|Response|Constable|Secretary|Office|Council|Authority|Service|Board"
    "|Programme|Unit|Team|Plan|Committee|Recommendation|Area|Cause|January|February|March|April|May|June|July"
    "|August|September|October|November|December"
)
_CAPITALISED = rf"(?!(?:{_NOT_A_NAME})\b)[A-Z][a-z]+(?:[-'’][A-Z]?[a-z]+)?"
_FULL_NAME = re.compile(rf"\b{_CAPITALISED} (?:[A-Z]\. |de |van |Mc|Mac|O['’])?{_CAPITALISED}\b")


def holds_number(sentence: str) -> bool:
    """Tell whether a sentence holds a quantity, in digits or in words.

    Dates and years, the number of a recommendation and that of a paragraph ("2.1 The force") are none.
    """
    sentence = _PARAGRAPH_NUMBER.sub("", without_items(sentence))
    for found in reversed(find_dates(sentence, years=True)):
        sentence = f"{sentence[: found.span.start]} {sentence[found.span.end :]}"
    return _has("number", sentence)


def asks_money(question: str) -> bool:
    """Tell whether a question asks for a sum of money."""
    return _has("asks_money", question)


def holds_money(sentence: str) -> bool:
    """Tell whether a sentence holds a sum of money."""
    return _has("money", sentence)


def holds_date(sentence: str) -> bool:
    """Tell whether a sentence holds a date or a period of time."""
    return _has("period", sentence) or bool(find_dates(sentence))


def holds_due_date(sentence: str) -> bool:
    """Tell whether a sentence sets a time by which something is to be done."""
    return _has("due", sentence) and holds_date(sentence)


def names_person(sentence: str) -> bool:
    """Tell whether a sentence holds a person's name."""
    return _FULL_NAME.search(sentence) is not None or _has("names", sentence)


def holds_person(sentence: str) -> bool:
    """Tell whether a sentence names a person, or an office or duty that somebody holds."""
    return _has("role", sentence) or names_person(sentence)


def tells_status(sentence: str) -> bool:
    """Tell whether a sentence has words in which responses put a status."""
    return _has("status", sentence) and not demands(sentence)


def demands(sentence: str) -> bool:
    """Tell whether a sentence says what should be done, which is not what is done."""
    return _has("demand", sentence)


def is_boilerplate(sentence: str) -> bool:
    """Tell whether a sentence is courtesy or the office's usual promise to keep watch."""
    return _has("boilerplate", sentence)


def is_attached(sentence: str) -> bool:
    """Tell whether a sentence says that something stands in an attachment."""
    return _has("attached", sentence)


def tells_finding(sentence: str) -> bool:
    """Tell whether a sentence says what inspectors found, which is not what has been done since."""
    return _has("finding", sentence)


def tells_hope(sentence: str) -> bool:
    """Tell whether a sentence says what somebody hopes, aims at or is confident of."""
    return _has("hope", sentence)


def is_limited(sentence: str) -> bool:
    """Tell whether a sentence says that what it or the one before it says holds of a part only."""
    return _has("limited", sentence)


def is_undated(sentence: str) -> bool:
    """Tell whether a sentence says that no date is known."""
    return _has("undated", sentence)


def is_unanswered(sentence: str) -> bool:
    """Tell whether a sentence says that something is not answered there."""
    return _has("unanswered", sentence)


def _has(kind: str, sentence: str) -> bool:
    return load_patterns("clauses")[kind].search(sentence) is not None
