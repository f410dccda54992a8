"""A typed question becomes the sentences that may answer it, from one index."""

from collections.abc import Mapping
from dataclasses import replace

from askpcc.asking.citing import CorpusSnapshot
from askpcc.asking.material import Found
from askpcc.asking.questions import read_question
from askpcc.asking.ranking import Rarity, rank
from askpcc.asking.retrieval import choose_documents, find_of_year, forces_held, gather
from askpcc.model import Candidates, DocumentCard, Question, Ranked
from askpcc.ports import Catalogue, Embedder, NearestPassages
from askpcc.text.forces import ForceTable


def _same_force(one: str, other: str, cards: Mapping[str, DocumentCard]) -> bool:
    return forces_held([cards[one]]) == forces_held([cards[other]])


class Finder:
    """Searches one index by keyword and by meaning, and ranks what it finds.

    weights: what each part of the ranking counts, by name.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        nearest: NearestPassages,
        embedder: Embedder,
        forces: ForceTable,
        weights: Mapping[str, float],
    ) -> None:
        self._catalogue = catalogue
        self._nearest = nearest
        self._embedder = embedder
        self._forces = forces
        self._weights = weights
        self._snapshot = CorpusSnapshot("", {}, frozenset(), forces)

    def look(self) -> CorpusSnapshot:
        """Return the documents of the newest index, read again only when a run has changed it."""
        version = self._catalogue.index_version()
        if self._snapshot.version != version:
            cards = self._catalogue.documents()
            held = forces_held(cards)
            by_path = {card.path: card for card in cards}
            forces = self._forces.with_extra(sorted(held))
            # The same words may be the answers of two forces.
            same = [
                path for path, first in self._catalogue.copies().items() if _same_force(path, first, by_path)
            ]
            welsh = [card.path for card in cards if card.welsh_copy_of]
            self._snapshot = CorpusSnapshot(
                version, by_path, frozenset(held), forces, frozenset([*same, *welsh])
            )
        return self._snapshot

    def find(self, question: Question, cards: Mapping[str, DocumentCard]) -> tuple[Candidates, list[Ranked]]:
        """Return what is looked at for a question, and its sentences, the likeliest first."""
        candidates = self._gather(question, self._choose_documents(question, cards), cards)
        return candidates, self._rank(question, candidates, cards)

    def search(self, words: str, question: Question, cards: Mapping[str, DocumentCard]) -> Found:
        """Return what other words find among the documents of the forces that a question names."""
        typed = read_question(words, (), self._snapshot.forces, self._snapshot.held)
        candidates, ranked = self.find(replace(typed, forces=question.forces), cards)
        return Found(ranked, candidates)

    def frequency_of(self, stem: str) -> int:
        """Return how many passages hold a Porter stem."""
        _, held = self._catalogue.frequencies({stem})
        return held[stem]

    def _choose_documents(self, question: Question, cards: Mapping[str, DocumentCard]) -> list[str] | None:
        """Keep to the documents of the named forces and, where any have them, of the named items."""
        documents = choose_documents(question, list(cards.values()))
        if not question.items:
            return documents
        return self._catalogue.naming(question.items, documents) or documents

    def _gather(
        self, question: Question, documents: list[str] | None, cards: Mapping[str, DocumentCard]
    ) -> Candidates:
        vector = self._embedder.embed_question(question.subject)
        found = gather(question, vector, self._catalogue, self._nearest, documents)
        # A run that ended just now may have brought documents that this answer does not know yet.
        left_out = self._snapshot.copies
        known = (p for p in found.passages if p.document in cards and p.document not in left_out)
        return replace(found, passages=tuple(known))

    def _rank(
        self, question: Question, candidates: Candidates, cards: Mapping[str, DocumentCard]
    ) -> list[Ranked]:
        stems = {s for concept in question.concepts for phrase, _ in concept.phrases for s in phrase}
        rarity = Rarity(*self._catalogue.frequencies(stems))
        looked_at = {passage.document: cards[passage.document] for passage in candidates.passages}
        ranked = rank(question, candidates, rarity, find_of_year(question, looked_at), self._weights)
        ranked.sort(key=lambda found: found.sentence.passage.document in candidates.overtaken)
        return ranked
