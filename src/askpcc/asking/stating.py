"""Answers from status claims: the status first, who says so, as of when, and the words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from askpcc.asking.asked_statuses import OPEN, read_asked_statuses, supposes_all
from askpcc.asking.bearing import Borne, draft_claim, draft_earlier, find_dissent, same_document
from askpcc.language import clauses
from askpcc.language.words import plain
from askpcc.model import (
    Draft,
    Question,
    Ranked,
    Status,
    Wanted,
)

_MARGIN = 1.0
"""How far behind the best sentence one that bears a claim may be and still answer, in points."""

_LONGEST_LIST = 10
_MOST_DOCUMENTS = 2
_LOOKED_AT = 8
_LEAST_SHARE = 0.5
_AS_TELLING = 0.8
_ON_SUBJECT = 0.7
_LEAST_COVERED = 0.5


@dataclass(frozen=True, slots=True)
class History:
    """What is newer than what.

    dates: ISO dates of the documents of the force in question, by path.  successors: by the id of each
    claim that a newer document has overtaken, the id of the newest one.
    """

    dates: Mapping[str, str] = field(default_factory=dict)
    successors: Mapping[str, str] = field(default_factory=dict)


def draft_statuses(
    question: Question, ranked: Sequence[Ranked], borne: Sequence[Borne], history: History
) -> list[Draft]:
    """Draft what the claims say to a question about status; none when none of them is to the point."""
    if not ranked:
        return []
    if question.wanted is Wanted.LIST or supposes_all(question.words):
        return _draft_list(question, ranked, borne, history)
    of_force = [b for b in borne if same_document(b.found, ranked[0]) or b.claim.document in history.dates]
    near = _newest_first(_near(ranked, of_force), of_force, history)
    if not near:
        answering = _find_answering(question, ranked, of_force)
        return [draft_claim(b, ranked) for b in answering[:1]] or draft_demand(question, ranked)
    others = [b for b in find_dissent(near[0], of_force) if b not in near]
    return [
        draft_claim(near[0], ranked),
        *(draft_claim(other, ranked) for other in others),
        *(draft_earlier(earlier, ranked) for earlier in near[1:]),
    ]


def _near(ranked: Sequence[Ranked], borne: Sequence[Borne]) -> list[Borne]:
    """Return the claims whose sentences stand high and speak of what is asked.

    They must speak of it at least half as much as the sentence that does so most: otherwise that one is
    the answer, and it states nothing.  Where none speaks of it, the document as a whole is asked about.
    """
    most = max((found.parts.get("context", 0.0) for found in ranked[:_LOOKED_AT]), default=0.0)
    if most == 0 and max((found.coverage for found in ranked[:_LOOKED_AT]), default=0.0) < _LEAST_COVERED:
        return []
    return [
        b
        for b in borne
        if ranked[0].score - b.found.score <= _MARGIN
        and b.found.parts.get("context", 0.0) >= _LEAST_SHARE * most
    ]


def _newest_first(near: Sequence[Borne], borne: Sequence[Borne], history: History) -> list[Borne]:
    """Return the best claim of each document, the newest first; undated documents keep their place.

    What the register says has overtaken the best claim comes before it.  Otherwise a claim of another
    document counts that speaks of what is asked as much.
    """
    if not near:
        return []
    best = near[0]
    newer = next((b for b in borne if b.claim.id == history.successors.get(best.claim.id)), None)
    if newer:
        return [newer, best]
    dates = history.dates
    of_each = list({b.claim.document: b for b in reversed(near)}.values())[::-1]
    if best.claim.document not in dates:
        return [best]
    as_telling = [b for b in of_each if b.claim.document in dates and _tells_as_much(b, best)]
    return sorted(as_telling, key=lambda b: dates[b.claim.document], reverse=True)[:_MOST_DOCUMENTS]


def _tells_as_much(one: Borne, best: Borne) -> bool:
    least = _AS_TELLING * best.found.parts.get("context", 0.0)
    return one.found.parts.get("context", 0.0) >= least and (
        one.found.coverage >= _AS_TELLING * best.found.coverage
    )


def _find_answering(question: Question, ranked: Sequence[Ranked], borne: Sequence[Borne]) -> list[Borne]:
    """Return the claims on the numbered matter that the most telling sentence only asks for."""
    if not draft_demand(question, ranked):
        return []
    best = _most_telling(ranked)
    items = set(best.sentence.passage.items)
    return [b for b in borne if same_document(b.found, best) and f"{b.claim.kind} {b.claim.number}" in items]


def _most_telling(ranked: Sequence[Ranked]) -> Ranked:
    telling = [found for found in ranked[:_LOOKED_AT] if found.parts.get("context", 0) > 0]
    return max(telling, key=lambda found: found.parts["context"], default=ranked[0])


def draft_demand(question: Question, ranked: Sequence[Ranked]) -> list[Draft]:
    """Say that nothing is stated where a status is asked for and the words only say what should be."""
    if not read_asked_statuses(question.words):
        return []
    best = _most_telling(ranked).sentence
    if not clauses.demands(plain(best.quote)):
        return []
    text = "Not stated; the document says what should be done, not what has been"
    return [Draft(text, (best,), Status.NOT_STATED)]


def _draft_list(
    question: Question, ranked: Sequence[Ranked], borne: Sequence[Borne], history: History
) -> list[Draft]:
    """State each matter of the best document whose status is asked for, in the order of the document.

    Where it is taken for granted that all is done, other documents of the force on the subject count too.
    """
    all_done = supposes_all(question.words)
    wanted = OPEN if all_done else read_asked_statuses(question.words)
    current = [b for b in borne if b.claim.status in wanted and b.claim.id not in history.successors]
    listed = [b for b in current if same_document(b.found, ranked[0])]
    if all_done and not listed:
        held = _documents_on_subject(ranked) & set(history.dates)
        listed = [b for b in current if b.claim.document in held]
    in_order = sorted(listed, key=lambda b: (b.claim.document, b.claim.evidence[0]))[:_LONGEST_LIST]
    drafts = [draft_claim(b, ranked) for b in in_order]
    return list({draft.sentences: draft for draft in drafts}.values())


def _documents_on_subject(ranked: Sequence[Ranked]) -> set[str]:
    """Return the documents that as a whole speak of nearly as much of a question as the best one."""
    covered = {found.sentence.passage.document: found.parts.get("document", 0.0) for found in ranked}
    most = max(covered.values(), default=0.0)
    return {document for document, share in covered.items() if share >= _ON_SUBJECT * most}
