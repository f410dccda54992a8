"""Tiny passages, cards, claims and questions, as the flow from a question to an answer sees them."""

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256

from askpcc.asking.questions import read_question
from askpcc.asking.ranking import Rarity, read_sentences
from askpcc.model import (
    BlockKind,
    Candidates,
    DocumentCard,
    Fact,
    FactName,
    MatterKind,
    Passage,
    Question,
    Ranked,
    Sentence,
    Source,
    Span,
    Speaker,
    Status,
    StatusClaim,
)
from askpcc.text.forces import load_forces
from askpcc.text.words import stems

FORCES = ("Borsetshire Police", "Midsomer Constabulary", "Wessex-on-Sea Police")


def ask(typed: str, *history: str) -> Question:
    """Read a question as the flow does, with some invented forces known."""
    return read_question(typed, history, load_forces().with_extra(FORCES))


def make_passage(
    quote: str, document: str = "a.md", start: int = 0, header: str = "", **more: object
) -> Passage:
    """Make a passage of these words at this place."""
    id_ = sha256(f"{document}\0{start}\0{quote}".encode()).hexdigest()[:24]
    made = Passage(
        id_,
        document,
        "v1",
        start,
        BlockKind.PARAGRAPH,
        Span(start, start + len(quote)),
        quote,
        f"{header} {quote}".strip(),
    )
    return replace(made, **more)  # type: ignore[arg-type]  # fields of a passage, passed on


def lay_out(*quotes: str, document: str = "a.md", header: str = "") -> list[Passage]:
    """Make a passage of each text, one after the other in one document."""
    made, start = [], 0
    for quote in quotes:
        made.append(make_passage(quote, document, start, header))
        start += len(quote) + 1
    return made


def first_sentence(passage: Passage) -> Sentence:
    """Return the first sentence of a passage."""
    return read_sentences(passage)[0]


def make_ranked(
    passage: Passage, score: float = 1.0, coverage: float = 1.0, similarity: float = 0.5, **parts: float
) -> Ranked:
    """Rank the first sentence of a passage by hand."""
    return Ranked(first_sentence(passage), score, coverage, similarity, parts)


def rank_down(*passages: Passage, step: float = 0.1, **parts: float) -> list[Ranked]:
    """Rank passages in this order, each so much below the one before, in log-odds from even chances."""
    return [make_ranked(passage, -place * step, **parts) for place, passage in enumerate(passages)]


def rarity_of(passages: Sequence[Passage]) -> Rarity:
    """Count the stems of passages, which is what the catalogue does."""
    bags = [set(stems(passage.indexed)) for passage in passages]
    return Rarity(len(bags), {stem: sum(stem in bag for bag in bags) for stem in set().union(*bags)})


def candidates_of(passages: Sequence[Passage], *claims: StatusClaim, **similar: float) -> Candidates:
    """Make candidates of passages.  similar: similarity by the first words of a quote; else 0."""
    found = {
        passage.id: similarity
        for passage in passages
        for words, similarity in similar.items()
        if passage.quote.startswith(words.replace("_", " "))
    }
    return Candidates(tuple(passages), {passage.id: 0.0 for passage in passages} | found, claims)


def make_card(
    path: str = "a.md", force: str | None = None, spans: bool = True, url: str | None = None, **facts: str
) -> DocumentCard:
    """Make a card.  facts: values by name, each standing at the start of the document unless spans is off."""
    named = {**facts, **({"force": force} if force else {})}
    span = Span(0, 5) if spans else None
    made = tuple(Fact(FactName(name), value, span) for name, value in named.items())
    return DocumentCard(path, "v1", made, source=Source(url))


def make_claim(
    passage: Passage, status: Status = Status.COMPLETE, also: Sequence[Passage] = (), **more: object
) -> StatusClaim:
    """Make a claim that rests on a passage and on others."""
    made = StatusClaim(
        id=f"{passage.id}:{status}:{more.get('number')}:{more.get('said_by')}",
        document=passage.document,
        version=passage.version,
        matter=passage.quote[:30],
        kind=MatterKind.IMPROVEMENT,
        status=status,
        said_by=Speaker.FORCE,
        evidence=(passage.span, *(other.span for other in also)),
    )
    return replace(made, **more)  # type: ignore[arg-type]  # fields of a claim, passed on
