"""What a question is about, beyond the words that any question about a response may hold."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from askpcc.asking.abstaining import Gap
from askpcc.language.words import stems
from askpcc.model import Concept, Question, Ranked, Reason, Stems

_LEAST_WEIGHT = 0.4
"""Of a concept that tells a subject; words of the shape of a question weigh less."""

_LEAST_SPOKEN = 0.15
"""The least share of a question that one of the best sentences must speak of, with what stands around it."""

_LOOKED_AT = 12
_EVERYDAY = """
    police force forces constabulary officer officers chief constable deputy commissioner pcc pccs pfcc opcc
    mayor office inspector inspectors inspectorate inspection inspected hmic hmicfrs report reports response
    responses reply letter document documents recommendation recommendations rec recs area areas improvement
    afi afis cause causes concern coc cocs matter thing work people person right okay ok please actually
    really exactly anything everything something nothing"""
"""Words that stand in nearly every response, so that none of them says what a question is about."""


def find_no_subject(question: Question) -> Gap | None:
    """Ask back where a question names no matter, no force and no number, and no thread lends one."""
    if question.forces or question.items or question.history or telling_concepts(question.concepts):
        return None
    if any(concept.weight >= _LEAST_WEIGHT and not _is_number(concept) for concept in question.concepts):
        return None
    return Gap(
        Reason.UNSAFE_TO_GUESS,
        "The question does not say what it is about. Name the force, and the matter or the report.",
    )


def find_unspoken(question: Question, ranked: Sequence[Ranked]) -> Gap | None:
    """Say so when nothing found speaks of any word that tells what a question is about."""
    telling = telling_concepts(question.concepts)
    if not telling or question.items:
        return None
    likely = ranked[:_LOOKED_AT]
    spoken = any(_speaks_of(found, concept) for found in likely for concept in telling)
    if spoken and max(found.coverage for found in likely) >= _LEAST_SPOKEN:
        return None
    return Gap(Reason.DOCUMENT_SILENT, "The documents do not say.")


def telling_concepts(concepts: Iterable[Concept]) -> list[Concept]:
    """Return the concepts that say what a question is about."""
    return [c for c in concepts if c.weight >= _LEAST_WEIGHT and not _is_number(c) and not _is_everyday(c)]


def _is_number(concept: Concept) -> bool:
    """Tell whether a concept is a bare number; one with other names ("999") is a matter."""
    return len(concept.phrases) == 1 and all(stem.isdigit() for stem in concept.phrases[0][0])


def _is_everyday(concept: Concept) -> bool:
    return set(concept.phrases[0][0]) <= _everyday()


@lru_cache(maxsize=1)
def _everyday() -> Stems:
    return frozenset(stems(_EVERYDAY))


def _speaks_of(found: Ranked, concept: Concept) -> bool:
    sentence = found.sentence
    spoken = sentence.stems | sentence.around | sentence.indexed
    return any(spoken.issuperset(phrase) for phrase, _ in concept.phrases)
