"""Answers from status claims: the status first, who says so, as of when, and the words."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from askpcc.asking.questions import DONE, read_asked_statuses
from askpcc.asking.recency import is_about_then
from askpcc.metadata import own_date
from askpcc.model import (
    Candidates,
    DocumentCard,
    Draft,
    FactName,
    NamedMatter,
    Question,
    Ranked,
    Sentence,
    Speaker,
    Status,
    StatusClaim,
)
from askpcc.reader.taught import chance
from askpcc.register.rows import Row, as_item
from askpcc.statuses.claim_dates import PUBLISHED
from askpcc.statuses.summary import summarise
from askpcc.text.dates import MONTHS, show_date
from askpcc.text.sentences import demands, is_limited
from askpcc.text.words import plain

_WORDS = {status: status.words.capitalize() for status in Status}
_SPEAKERS = {
    Speaker.COMMISSIONER: "the Commissioner's office",
    Speaker.FORCE: "the force",
    Speaker.INSPECTORATE: "the inspectorate",
}


def word_status(claim: StatusClaim, status: Status) -> str:
    """Say a status, who says so, and as of when."""
    return _word(status, claim.said_by, claim.as_of, claim.as_of_from)


def word_row(row: Row) -> str:
    """Say the status of a row, who says so, and as of when."""
    if row.said_by is None:
        return _WORDS[row.status]
    return _word(row.status, row.said_by, row.as_of, row.as_of_from)


def _word(status: Status, speaker: Speaker, as_of: str | None, as_of_from: str) -> str:
    # The date of a report is not that of what is said in answer to it.
    dated = f"{show_date(as_of)} ({as_of_from})" if as_of else ""
    when = f", as of {dated}" if as_of and as_of_from != PUBLISHED else ", undated"
    if as_of and as_of_from == PUBLISHED:
        when = f", undated (report published {show_date(as_of)})"
    return f"{_WORDS[status]}, says {_SPEAKERS[speaker]}{when}"


_NAME = re.compile(r"(?<=[a-z,] )(?:[A-Z][a-z][\w-]+(?:['’]s?)? ?)+")


@dataclass(frozen=True, slots=True)
class Borne:
    """A ranked sentence, and the claim that its words bear."""

    found: Ranked
    claim: StatusClaim


def find_borne(ranked: Sequence[Ranked], claims: Sequence[StatusClaim]) -> list[Borne]:
    """Pair the ranked sentences with the claims that rest on them, in the order of the ranking."""
    by_document: dict[str, list[StatusClaim]] = {}
    for claim in claims:
        by_document.setdefault(claim.document, []).append(claim)
    borne = []
    taken: set[str] = set()
    for found in ranked:
        for claim in by_document.get(found.sentence.passage.document, ()):
            if claim.id not in taken and claim.evidence[0].overlaps(found.sentence.span):
                taken.add(claim.id)
                borne.append(Borne(found, claim))
    return borne


def draft_claim(borne: Borne, ranked: Sequence[Ranked], status: Status | None = None) -> Draft:
    """State a claim, citing its sentence and whatever else it needs, such as the lead of a list.

    What is done of a part only is said to be so, and the words that limit it are cited.
    """
    claim, told = borne.claim, status or borne.claim.status
    needed = [find_sentence(claim.document, span.start, ranked) for span in claim.evidence[1:]]
    limits = _find_limits(borne.found.sentence, ranked) if told is Status.COMPLETE else []
    cited = dict.fromkeys([borne.found.sentence, *(sentence for sentence in needed if sentence), *limits])
    text = word_status(claim, told)
    return Draft(f"In part: {text}" if limits else text, tuple(cited), told)


def _find_limits(sentence: Sentence, ranked: Sequence[Ranked]) -> list[Sentence]:
    """Return the sentence, or the one after it in its passage, where it limits what is said to a part."""
    if is_limited(plain(sentence.quote)):
        return [sentence]
    after = [
        found.sentence
        for found in ranked
        if found.sentence.passage.id == sentence.passage.id and found.sentence.span.start >= sentence.span.end
    ]
    following = min(after, key=lambda other: other.span, default=None)
    return [following] if following and is_limited(plain(following.quote)) else []


def find_sentence(document: str, offset: int, ranked: Sequence[Ranked]) -> Sentence | None:
    """Return the sentence of a document that holds an offset."""
    for found in ranked:
        sentence = found.sentence
        if sentence.passage.document == document and sentence.span.start <= offset < sentence.span.end:
            return sentence
    return None


def is_of_another_place(question: Question, borne: Borne, ranked: Sequence[Ranked]) -> bool:
    """Tell whether a claim names a place not asked of, beside a sentence that names the one asked of."""
    asked, force = question.words.lower(), " ".join(question.forces).lower()
    own = _names(borne.found.sentence)
    passage = borne.found.sentence.passage.id
    others = (found.sentence for found in ranked if found.sentence.passage.id == passage)
    beside = {name for sentence in others for name in _names(sentence)} - own
    if not own or any(name in asked or name in force for name in own):
        return False
    return any(name in asked and name not in force for name in beside)


def _names(sentence: Sentence) -> set[str]:
    """Return the capitalised words within a sentence, in lower case, without months."""
    found = (re.sub(r"['’]?\s*$", "", match[0]) for match in _NAME.finditer(plain(sentence.quote)))
    return {name.lower() for name in found if name not in MONTHS}


def draft_earlier(borne: Borne, ranked: Sequence[Ranked]) -> Draft:
    """State a claim as what was said earlier."""
    made = draft_claim(borne, ranked)
    return Draft(f"Earlier: {made.text}", made.sentences, made.status)


def find_dissent(stated: Borne, borne: Sequence[Borne]) -> list[Borne]:
    """Return what another speaker says of the same matter in the same document, where it differs."""
    claim = stated.claim
    of_matter = [b for b in borne if b.claim.document == claim.document and _is_same(b.claim, claim)]
    differing = [
        b for b in of_matter if b.claim.said_by is not claim.said_by and b.claim.status is not claim.status
    ]
    return list({b.claim.said_by: b for b in reversed(differing)}.values())


def _is_same(one: StatusClaim, other: StatusClaim) -> bool:
    if one.number or other.number:
        return (one.kind, one.number) == (other.kind, other.number)
    return one.matter == other.matter


def same_document(one: Ranked, other: Ranked) -> bool:
    """Tell whether two sentences stand in one document."""
    return one.sentence.passage.document == other.sentence.passage.document


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
            undone = [b for b in of_item if status in DONE and b.claim.status not in DONE]
            apart = [b for b in undone if _stands_apart(b, telling)]
            drafts += [draft_claim(other, ranked) for other in apart[:1]]
    earlier = (b for b in all_borne if b.claim.id in candidates.successors and b not in borne)
    of_items = [b for b in earlier if any(_is_item(b.claim, item) for item in question.items)]
    told = [*of_items[:1], *(find_dissent(of_items[0], of_items) if of_items else ())]
    return [*drafts, *(draft_earlier(b, ranked) for b in told if drafts)]


def _stands_apart(one: Borne, other: Borne) -> bool:
    """Tell whether the same speaker says it elsewhere in the document, so that both have to be seen."""
    distance = abs(one.found.sentence.passage.ordinal - other.found.sentence.passage.ordinal)
    return one.claim.said_by is other.claim.said_by and distance > _NEAR


def _is_named(matter: NamedMatter, document: str, item: str) -> bool:
    return matter.document == document and _is_item(matter, item)


def _is_item(one: StatusClaim | NamedMatter, item: str) -> bool:
    return f"{one.kind} {one.number}" == item


_AS_LIKELY = 0.6
"""The share of the best sentence's chance from which on a newer document's comes before it."""
_LOOKED_AT = 8
_NEAR = 3
"""Passages within which what is said of one matter is one statement."""


@dataclass(frozen=True, slots=True)
class History:
    """What is newer than what.

    dates: ISO dates of the documents of the force in question, by path.  successors: by the id of each
    claim that a newer document has overtaken, the id of the newest one.
    """

    dates: Mapping[str, str] = field(default_factory=dict)
    successors: Mapping[str, str] = field(default_factory=dict)


def draft_statuses(
    question: Question,
    ranked: Sequence[Ranked],
    borne: Sequence[Borne],
    history: History,
    quoted: Sequence[Draft] = (),
) -> list[Draft]:
    """State what the sentences that answer claim, in place of quoting them.

    quoted: those sentences, best first.  What bears no claim stays as it is.
    """
    if not ranked:
        return []
    of_force = [b for b in borne if same_document(b.found, ranked[0]) or b.claim.document in history.dates]
    here = [b for b in of_force if not is_of_another_place(question, b, ranked)]
    bearing = {b.found.sentence: b for b in reversed(here)}
    quoted = list(quoted) if is_about_then(question) else _newest_first(quoted, ranked, history)
    said = [bearing.get(made.sentences[0]) for made in quoted]
    first = next((b for b in said if b), None)
    if first is None:
        asked_for = not quoted or demands(plain(quoted[0].sentences[0].quote))
        answering = _find_answering(question, ranked, of_force) if asked_for else []
        stated = [draft_claim(b, ranked) for b in answering[:1]]
        stated = stated or (draft_demand(question, ranked) if asked_for and not any_stated(quoted) else [])
        return [*stated, *_without(stated, quoted)]
    newer = next((b for b in of_force if b.claim.id == history.successors.get(first.claim.id)), None)
    stated = [draft_claim(newer, ranked)] if newer else []
    for b, made in zip(said, quoted, strict=True):
        if b is None:
            stated.append(made)
        elif b is not newer:
            older = bool(stated) and _is_older(b, stated[0], history)
            stated.append(draft_earlier(b, ranked) if older else draft_claim(b, ranked))
            others = find_dissent(b, of_force) if b is first and not newer else []
            stated += [draft_claim(other, ranked) for other in others if other not in said]
    return stated


def any_stated(drafts: Sequence[Draft]) -> bool:
    """Tell whether the first of what is drafted says what has become of something."""
    return bool(drafts) and drafts[0].status is not None


def draft_read(made: Draft, status: Status, card: DocumentCard) -> Draft:
    """State what the reader reads in a quotation; who says so is not known, only the document."""
    dated = own_date(card)
    response = " (response dated)" if card.fact(FactName.RESPONDED) else ""
    when = f", as of {show_date(dated.value)}{response}" if dated else ", undated"
    return replace(made, text=f"{_WORDS[status]}, says the document{when}", status=status)


def _is_older(one: Borne, first: Draft, history: History) -> bool:
    """Tell whether a claim stands in an older document than what is stated first."""
    dates, document = history.dates, first.sentences[0].passage.document
    return dates.get(one.claim.document, "9") < dates.get(document, "")


def _without(stated: Sequence[Draft], quoted: Sequence[Draft]) -> list[Draft]:
    """Return the quotations of what is not stated already."""
    told = {sentence for made in stated for sentence in made.sentences}
    return [made for made in quoted if told.isdisjoint(made.sentences)]


def _newest_first(quoted: Sequence[Draft], ranked: Sequence[Ranked], history: History) -> list[Draft]:
    """Put what a newer document says before what is not much likelier to answer, where all are dated."""
    documents = [made.sentences[0].passage.document for made in quoted]
    if not all(document in history.dates for document in documents):
        return list(quoted)
    likely = {found.sentence: chance(found.score) for found in ranked}
    least = _AS_LIKELY * max((likely[made.sentences[0]] for made in quoted), default=0.0)
    near = [made for made in quoted if likely[made.sentences[0]] >= least]
    dated = sorted(near, key=lambda made: history.dates[made.sentences[0].passage.document], reverse=True)
    return [*dated, *(made for made in quoted if made not in near)]


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
    if not demands(plain(best.quote)):
        return []
    text = "Not stated; the document says what should be done, not what has been"
    return [Draft(text, (best,), Status.NOT_STATED)]
