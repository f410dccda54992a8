"""Vectors in Chroma: one folder for each store, filled once and then only read.

Chroma's clients go stale when another process writes what they hold open, and two that write at once
can spoil the files.  So a run fills a folder of its own, the catalogue's transaction names it, and
readers open the folder that the catalogue names.
"""

from askpcc.adapters.chroma.nearest import ChromaNearest, StoreInUse
from askpcc.adapters.chroma.stores import ChromaStores
from askpcc.adapters.chroma.vectors import ChromaVectors

__all__ = ["ChromaNearest", "ChromaStores", "ChromaVectors", "StoreInUse"]
