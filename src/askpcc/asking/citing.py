"""Drafts become statements whose citations name the exact words in the exact place."""

from collections.abc import Mapping

from askpcc.model import Citation, DocumentCard, Draft, FactName, Sentence, Statement


def state(made: Draft, cards: Mapping[str, DocumentCard]) -> Statement:
    """Turn a draft into a statement with its citations."""
    return Statement(made.text, tuple(cite(sentence, cards) for sentence in made.sentences), made.status)


def cite(sentence: Sentence, cards: Mapping[str, DocumentCard]) -> Citation:
    """Cite a sentence, with the title and the web address of its document."""
    passage = sentence.passage
    card = cards.get(passage.document)
    title = card.fact(FactName.TITLE) if card else None
    return Citation(
        document=passage.document,
        version=passage.version,
        title=title.value if title else passage.document,
        span=sentence.span,
        quote=sentence.quote,
        page=passage.page,
        url=card.source.url if card else None,
    )
