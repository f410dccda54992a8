"""How well a document, apart from its words, suits a question: its year, its kind."""

import re
from collections.abc import Mapping

from askpcc.language.dates import find_dates
from askpcc.language.patterns import load_patterns
from askpcc.model import DocumentCard, FactName, Question

_YEAR = re.compile(r"(?<![\w/-])(?:19|20)\d\d(?![\w-])")
_DATED_BY = (FactName.RESPONDED, FactName.PUBLISHED)
_GUIDANCE = frozenset({"guidance", "inspectorate page"})


def fit_documents(question: Question, cards: Mapping[str, DocumentCard]) -> dict[str, dict[str, float]]:
    """Return for each document its signs, by name, from 0 to 1.

    year: the question names the year of the document.  general: it asks about forces in general, and the
    document is guidance or of no force.  law: it asks what the law says, and the document is law.
    """
    years = set(_YEAR.findall(question.words))
    months = {found.value for found in find_dates(question.words) if found.value}
    patterns = load_patterns("asked_documents")
    law = bool(patterns["law"].search(question.words))
    general = not question.forces and bool(patterns["general"].search(question.words))
    return {
        path: {
            "year": float(any(date[:4] in years or date[:7] in months for date in _dates(card))),
            "general": float(general and _is_general(card)),
            "law": float(law and _is_law(card)),
        }
        for path, card in cards.items()
    }


def _dates(card: DocumentCard) -> list[str]:
    return [fact.value for fact in card.facts if fact.name in _DATED_BY]


def _is_general(card: DocumentCard) -> bool:
    kind = card.fact(FactName.SOURCE_KIND)
    return card.fact(FactName.FORCE) is None and (kind is None or kind.value in _GUIDANCE)


def _is_law(card: DocumentCard) -> bool:
    kind = card.fact(FactName.REPORT_KIND)
    return kind is not None and kind.value == "legislation"
