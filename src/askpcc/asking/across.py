"""Questions over all forces ("which forces rejected a recommendation"), answered from the register."""

from collections.abc import Collection, Mapping, Sequence

from askpcc.asking.gaps import telling_concepts
from askpcc.asking.questions import read_asked_statuses, without_statuses
from askpcc.asking.stating import word_row
from askpcc.model import (
    Concept,
    DocumentCard,
    FactName,
    MatterKind,
    Question,
    Statement,
    Status,
)
from askpcc.register.rows import Row
from askpcc.text.words import default_lexicon, load_patterns, stems

COVERS = (
    "This is what the register has, a matter for each force; forces without a document, and matters whose "
    "status no document states, are not in it."
)
NONE_HELD = "The register has no matter of that status or kind for any force."
_MOST_FORCES = 10
_MOST_CITED = 2


def asks_across(question: Question) -> bool:
    """Tell whether a question asks which forces have a matter of a status or kind."""
    if question.forces or question.items or not _find("forces", question.words):
        return False
    return bool(read_asked_statuses(question.words)) or _find("causes", question.words)


def tell_left_out(question: Question, cited: Collection[str], cards: Mapping[str, DocumentCard]) -> str:
    """Say that a list for no force in particular is of some forces only; "" where there are no others.

    cited: the documents that the list rests on.
    """
    forces = {path: fact.value for path, card in cards.items() if (fact := card.fact(FactName.FORCE))}
    told = sorted({forces[path] for path in cited if path in forces})
    others = len({force for force in forces.values() if force not in told})
    if question.forces or not told or not others:
        return ""
    more = "1 other force is" if others == 1 else f"{others} other forces are"
    return f"This is of {' and '.join(told)} alone; responses of {more} held. Name a force to ask about it."


def tell_across(question: Question, rows: Sequence[Row]) -> list[Statement]:
    """State one matter of each force that has any of the status or kind asked for, the newest first."""
    wanted = read_asked_statuses(question.words)
    about = telling_concepts(default_lexicon().concepts(_subject(question.words)))
    of_force: dict[str, Row] = {}
    # What is still open tells more of a force than what is closed.
    for row in sorted(rows, key=lambda row: row.status is Status.CLOSED):
        fits = row.status in wanted if wanted else True
        if fits and row.response.force and row.superseded_by is None and _is_about(row, question, about):
            of_force.setdefault(row.response.force, row)
    chosen = list(of_force.values())[:_MOST_FORCES]
    return [Statement(word_row(row), row.citations[:_MOST_CITED], row.status) for row in chosen]


def _is_about(row: Row, question: Question, about: Sequence[Concept]) -> bool:
    if _find("causes", question.words) and row.kind is not MatterKind.CAUSE_OF_CONCERN:
        return False
    told = " ".join([row.matter, row.response.report, *(citation.quote for citation in row.citations)])
    spoken = frozenset(stems(told))
    return all(any(spoken.issuperset(phrase) for phrase, _ in concept.phrases) for concept in about)


def _subject(typed: str) -> str:
    """Return a question without the words that ask for forces and for a status."""
    return load_patterns("asked_documents")["forces"].sub(" ", without_statuses(typed))


def _find(name: str, typed: str) -> bool:
    return load_patterns("asked_documents")[name].search(typed) is not None
