"""What a language model gets to see: some numbered sentences with what is known of them, never a document."""

from collections.abc import Callable, Mapping, Sequence

from askpcc.language.dates import show_date
from askpcc.language.words import plain
from askpcc.model import (
    Candidates,
    DocumentCard,
    Draft,
    FactName,
    Material,
    Ranked,
    Sentence,
    StatusClaim,
)
from askpcc.proving import Cited

_BEST = 8
_MOST = 16
_LONGEST = 800
"""Characters of one sentence; a longer one is damaged text."""

Place = tuple[str, int]


def choose_material(
    ranked: Sequence[Ranked],
    drafts: Sequence[Draft],
    candidates: Candidates,
    cards: Mapping[str, DocumentCard],
    hide: Callable[[str, DocumentCard], str],
) -> list[Material]:
    """Return what was drafted, the best sentences, and the one before each, in the order of the documents.

    hide: takes out of the words of a document what is not to be sent.
    """
    drafted = [sentence for draft in drafts for sentence in draft.sentences]
    wanted = [*drafted, *(found.sentence for found in ranked[:_BEST])]
    before = {_place(s): previous for s in wanted if (previous := _find_previous(s, ranked))}
    chosen: dict[Place, Sentence] = {}
    for sentence in wanted:
        for one in (sentence, before.get(_place(sentence))):
            if one and len(one.quote) <= _LONGEST and len(chosen) < _MOST:
                chosen.setdefault(_place(one), one)
    return [
        _describe(number, chosen[place], candidates.claims, cards, hide)
        for number, place in enumerate(sorted(chosen), start=1)
    ]


def _place(sentence: Sentence) -> Place:
    return sentence.passage.document, sentence.span.start


def _find_previous(sentence: Sentence, ranked: Sequence[Ranked]) -> Sentence | None:
    """Return the sentence before one in its document, where it was found too and stands near."""
    document, start = _place(sentence)
    earlier = [
        found.sentence
        for found in ranked
        if found.sentence.passage.document == document and found.sentence.span.end <= start
    ]
    nearest = max(earlier, key=lambda one: one.span.start, default=None)
    near = nearest is not None and sentence.passage.ordinal - nearest.passage.ordinal <= 1
    return nearest if near else None


def _describe(
    number: int,
    sentence: Sentence,
    claims: Sequence[StatusClaim],
    cards: Mapping[str, DocumentCard],
    hide: Callable[[str, DocumentCard], str],
) -> Material:
    card = cards[sentence.passage.document]
    borne = tuple(claim for claim in claims if _is_borne(claim, sentence))
    return Material(number, sentence, hide(plain(sentence.quote), card), hide(_tell(card), card), borne)


def _is_borne(claim: StatusClaim, sentence: Sentence) -> bool:
    same = (claim.document, claim.version) == (sentence.passage.document, sentence.passage.version)
    return same and claim.evidence[0].overlaps(sentence.span)


def _tell(card: DocumentCard) -> str:
    """Return whose response it is, to which report, dated when."""
    facts = {name: card.fact(name) for name in (FactName.FORCE, FactName.TITLE, FactName.RESPONDED)}
    told = [show_date(fact.value) for fact in facts.values() if fact]
    return "; ".join(told) or card.path


def as_cited(material: Material, cards: Mapping[str, DocumentCard]) -> Cited:
    """Return a sentence as it is compared with a statement: its own words, whatever was sent."""
    passage = material.sentence.passage
    force = cards[passage.document].fact(FactName.FORCE)
    return Cited(
        plain(material.sentence.quote),
        passage.document,
        passage.ordinal,
        force.value if force else "",
        passage.items,
        passage.quoted,
        material.claims,
    )
