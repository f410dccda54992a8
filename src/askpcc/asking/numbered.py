"""The status of matters that a question names by number."""

from collections.abc import Sequence

from askpcc.asking.bearing import draft_claim, draft_earlier, find_borne, find_dissent, same_document
from askpcc.model import Candidates, Draft, NamedMatter, Question, Ranked, StatusClaim
from askpcc.register.naming import as_item
from askpcc.statuses.matters import summarise


def draft_items(question: Question, ranked: Sequence[Ranked], candidates: Candidates) -> list[Draft]:
    """State the status of the numbered matters that a question names, each out of all its claims.

    What a newer document has overtaken comes last, as what was said earlier.
    """
    drafts: list[Draft] = []
    all_borne = find_borne(ranked, candidates.claims)
    borne = [b for b in all_borne if same_document(b.found, ranked[0])]
    for item in question.items:
        of_item = [b for b in borne if _is_item(b.claim, item)]
        if of_item:
            named = next(
                (m for m in candidates.matters if _is_named(m, of_item[0].claim.document, item)), None
            )
            status = summarise([b.claim for b in of_item], as_item(named) if named else None)
            telling = next((b for b in of_item if b.claim.status is status), of_item[0])
            drafts.append(draft_claim(telling, ranked, status))
            drafts += [draft_claim(other, ranked) for other in find_dissent(telling, of_item)]
    earlier = (b for b in all_borne if b.claim.id in candidates.successors and b not in borne)
    of_items = [b for b in earlier if any(_is_item(b.claim, item) for item in question.items)]
    told = [*of_items[:1], *(find_dissent(of_items[0], of_items) if of_items else ())]
    return [*drafts, *(draft_earlier(b, ranked) for b in told if drafts)]


def _is_named(matter: NamedMatter, document: str, item: str) -> bool:
    return matter.document == document and _is_item(matter, item)


def _is_item(one: StatusClaim | NamedMatter, item: str) -> bool:
    return f"{one.kind} {one.number}" == item
