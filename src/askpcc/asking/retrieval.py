"""Which documents and passages are looked at for a question."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from askpcc.asking.recency import is_about_then
from askpcc.model import (
    Candidates,
    Citation,
    DocumentCard,
    FactName,
    NamedMatter,
    Passage,
    Question,
    Span,
    Speaker,
    StatusClaim,
)
from askpcc.ports import (
    Catalogue,
    Hit,
    NearestPassages,
    Vector,
)
from askpcc.register import build_register
from askpcc.register.rows import Row
from askpcc.text import words
from askpcc.text.dates import find_dates

_YEAR = re.compile(r"(?<![\w/-])(?:19|20)\d\d(?![\w-])")
_DATED_BY = (FactName.RESPONDED, FactName.DATED, FactName.PUBLISHED)


def find_of_year(question: Question, cards: Mapping[str, DocumentCard]) -> frozenset[str]:
    """Return the documents that are dated in a year or month that the question names."""
    years = set(_YEAR.findall(question.words))
    months = {found.value for found in find_dates(question.words) if found.value}
    return frozenset(
        path
        for path, card in cards.items()
        if any(date[:4] in years or date[:7] in months for date in _dates(card))
    )


def _dates(card: DocumentCard) -> list[str]:
    return [fact.value for fact in card.facts if fact.name in _DATED_BY]


def find_successors(rows: Sequence[Row], claims: Sequence[StatusClaim]) -> dict[str, str]:
    """Return, by the id of each claim that a newer document has overtaken, the id of the newest one."""
    # The inspectorate's word comes before anybody's own on the same matter.
    ordered = sorted(rows, key=lambda row: row.said_by is not Speaker.INSPECTORATE)
    newest = {row.id: row for row in reversed(ordered)}
    found: dict[str, str] = {}
    for row in rows:
        newer = newest.get(row.superseded_by or "")
        telling = next(_of_citations(claims, newer.citations), None) if newer else None
        if telling:
            found |= dict.fromkeys((claim.id for claim in _of_citations(claims, row.citations)), telling.id)
    return found


def find_overtaken(items: Collection[str], rows: Sequence[Row]) -> frozenset[str]:
    """Return the documents whose word on a named item a newer one has taken the place of."""
    of_items = [row for row in rows if f"{row.kind} {row.number}" in items]
    return frozenset(row.response.document for row in of_items if row.superseded_by)


def _of_citations(claims: Sequence[StatusClaim], citations: Collection[Citation]) -> Iterator[StatusClaim]:
    """Yield the claims whose first evidence is cited, in the order of the citations."""
    for citation in citations:
        for claim in claims:
            if claim.document == citation.document and claim.evidence[0] == citation.span:
                yield claim


_SEARCHED = 60
_COMPARED = 300
"""How many passages get a similarity of their own; the others count as similar as the last of these."""
_READ_DOCUMENTS = 8
_WHOLE_DOCUMENT = 120
_FUSION = 10
"""Constant of reciprocal rank fusion (Cormack and others, 2009, use 60 for lists of a thousand)."""


def choose_documents(question: Question, cards: Sequence[DocumentCard]) -> list[str] | None:
    """Return the documents that the named forces leave; None when no force is named.

    A document of no force (a national report, a statute) may speak of any; one of another force is
    left out, because the same report is answered by several.
    """
    if not question.forces:
        return None
    return [card.path for card in cards if not _forces(card) or _forces(card) & set(question.forces)]


def forces_held(cards: Sequence[DocumentCard]) -> set[str]:
    """Return the forces that have a document of their own."""
    return set().union(*(_forces(card) for card in cards))


def _forces(card: DocumentCard) -> set[str]:
    return {fact.value for fact in card.facts if fact.name is FactName.FORCE}


def gather(
    question: Question,
    vector: Vector,
    catalogue: Catalogue,
    nearest: NearestPassages,
    documents: Collection[str] | None,
) -> Candidates:
    """Search by keyword and by meaning, then read the best documents whole where they are short."""
    stems = {s for concept in question.concepts for phrase, _ in concept.phrases for s in phrase}
    stems |= {s for item in question.items for s in words.stems(item)}
    keyword = catalogue.keyword(stems, _SEARCHED, documents) if stems else []
    dense = nearest.nearest(vector, _COMPARED, documents)
    found = catalogue.passages(list(dict.fromkeys(hit.passage for hit in [*keyword, *dense[:_SEARCHED]])))
    best = _best_documents(found, keyword, dense[:_SEARCHED])[:_READ_DOCUMENTS]
    passages = {passage.id: passage for passage in found if passage.document in best}
    for document in best:
        whole = catalogue.passages_of(document)
        if len(whole) <= _WHOLE_DOCUMENT:
            passages |= {passage.id: passage for passage in whole}
    dossiers = catalogue.document_claims(best) if best else []
    rows = [] if is_about_then(question) else build_register(dossiers)
    claims = tuple(claim for dossier in dossiers for claim in dossier.claims)
    matters = tuple(item for dossier in dossiers for item in dossier.items)
    return Candidates(
        passages=tuple(number_passages(passages.values(), claims, matters)),
        similar={hit.passage: hit.score for hit in dense},
        claims=claims,
        matters=matters,
        successors=find_successors(rows, claims),
        overtaken=find_overtaken(question.items, rows),
    )


def number_passages(
    passages: Iterable[Passage], claims: Iterable[StatusClaim], matters: Iterable[NamedMatter]
) -> list[Passage]:
    """Return passages with the numbered matters of the claims and names that stand in them.

    A table's row or a number within a sentence names a matter that the passage's own items do not tell.
    """
    numbered = defaultdict(list)
    for claim in claims:
        if claim.number:
            numbered[claim.document].append((claim.evidence[0], f"{claim.kind} {claim.number}"))
    for matter in matters:
        if matter.number:
            numbered[matter.document].append((matter.span, f"{matter.kind} {matter.number}"))
    return [_number(passage, numbered[passage.document]) for passage in passages]


def _number(passage: Passage, numbered: Iterable[tuple[Span, str]]) -> Passage:
    held = [item for span, item in numbered if passage.span.overlaps(span)]
    return replace(passage, items=tuple(dict.fromkeys([*passage.items, *held]))) if held else passage


def _best_documents(found: Sequence[Passage], *searches: Sequence[Hit]) -> list[str]:
    """Order documents by the ranks of their passages (reciprocal rank fusion)."""
    document_of = {passage.id: passage.document for passage in found}
    scores: defaultdict[str, float] = defaultdict(float)
    for search in searches:
        for place, hit in enumerate(search):
            if hit.passage in document_of:
                scores[document_of[hit.passage]] += 1 / (_FUSION + place)
    return sorted(scores, key=lambda document: (-scores[document], document))
