"""A vector store is made to hold exactly the passages that the catalogue will name."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from askpcc.errors import IndexDamaged
from askpcc.indexing.vector_supply import VectorSupply
from askpcc.ports import Vectors, VectorStores

_CHUNK = 1_000
_SAMPLE = 64

Texts = Callable[[list[str]], Mapping[str, str]]
"""Gives the indexed texts of passages, by id."""


@dataclass(frozen=True, slots=True)
class StoreFilling:
    """Fills new stores.  wanted: path of the document by id of the passage."""

    stores: VectorStores
    supply: VectorSupply
    texts: Texts
    wanted: Mapping[str, str]

    def fill(self, base: str | None) -> str:
        """Return the name of a new store that holds what is wanted, made from a whole one or from nothing."""
        name = self._try_on(base) if base is not None else None
        if name := name or self._try(None):
            return name
        raise IndexDamaged(
            "The vectors were written and are not found again. Check the disk and run: askpcc index --rebuild"
        )

    def _try_on(self, base: str) -> str | None:
        try:
            return self._try(base)
        except IndexDamaged:  # what is copied may be spoilt in a way that only writing to it shows
            return None

    def _try(self, base: str | None) -> str | None:
        store = self.stores.derive(base)
        try:
            self._bring(store)
            return store.name if self._is_sound(store) else None
        finally:
            store.close()

    def _bring(self, store: Vectors) -> None:
        present = store.ids()
        store.remove(present - self.wanted.keys())
        missing = sorted(self.wanted.keys() - present)
        for some in _chunks(missing):
            vectors = self.supply.vectors(self.texts(some))
            store.add(vectors, {id_: self.wanted[id_] for id_ in some})

    def _is_sound(self, store: Vectors) -> bool:
        ids = sorted(self.wanted)
        sample = ids[:: max(1, len(ids) // _SAMPLE)][:_SAMPLE]
        return store.ids() == set(ids) and store.finds(self.supply.known(self.texts(sample)))


def _chunks(ids: list[str]) -> Iterable[list[str]]:
    return (ids[start : start + _CHUNK] for start in range(0, len(ids), _CHUNK))
