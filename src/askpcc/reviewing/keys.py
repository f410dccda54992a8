"""Names for a question as it was read, and for what the documents said to it."""

import re
from collections.abc import Iterable
from hashlib import sha256

from askpcc.model import Answer, Question

_DIGITS = 32
_TURNS = re.compile(r"\d[\d,./-]*|\b(?:not|no|none|never|without|except|but|only|all|any|other)\b|n't\b")
"""What turns a question into another one although it carries no subject: numbers, negations, bounds."""


def key_of(question: Question) -> str:
    """Name a question by what was read from it: what it wants, of whom, about what.

    Two wordings of one question that are read alike have one name; nothing rests on their likeness.  Words
    that the thread lent count as the question's own.
    """
    about = sorted({concept.phrases[0][0] for concept in question.concepts})
    parts = [
        question.wanted,
        question.sought,
        *sorted(question.forces),
        "items",
        *sorted(question.items),
        "about",
        *(" ".join(stems) for stems in about),
        "turns",
        *sorted({found[0] for found in _TURNS.finditer(question.words.casefold().replace("’", "'"))}),
    ]
    # Without a subject only its own words tell a question from another.
    return _digest(parts if about else [*parts, question.words.casefold()])


def basis_of(answer: Answer) -> str:
    """Name what the documents say to a question: the statements with their statuses and quoted words.

    Where the words stand does not count, so that a document that grew elsewhere changes nothing.
    """
    said = [
        part
        for statement in answer.statements
        for part in (
            statement.text,
            statement.status or "",
            *(f"{citation.document}\n{citation.quote}" for citation in statement.citations),
        )
    ]
    return _digest([answer.reason or "", *said])


def _digest(parts: Iterable[str]) -> str:
    digest = sha256()
    for part in parts:
        digest.update(part.encode("utf-8", "surrogatepass") + b"\0")
    return digest.hexdigest()[:_DIGITS]
