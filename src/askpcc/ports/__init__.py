"""The seams: what the flows need from the world, in our words."""

from askpcc.ports.catalogue import Accession, Catalogue, CatalogueChange, CatalogueWriter, Holdings, Shelved
from askpcc.ports.corpus import Corpus, CorpusWriter, Lock
from askpcc.ports.embedding import Embedder, EmbeddingCache, Reranker, Vector
from askpcc.ports.ledger import AnswerBook, Inbox, Journal, Opinions, Threads, WorkList
from askpcc.ports.reviewing import Archive, ReviewBook
from askpcc.ports.vectors import Hit, NearestPassages, Vectors, VectorStores
from askpcc.ports.writing import LanguageModel, TokenBudget, Writer

__all__ = [
    "Accession",
    "AnswerBook",
    "Archive",
    "Catalogue",
    "CatalogueChange",
    "CatalogueWriter",
    "Corpus",
    "CorpusWriter",
    "Embedder",
    "EmbeddingCache",
    "Hit",
    "Holdings",
    "Inbox",
    "Journal",
    "LanguageModel",
    "Lock",
    "NearestPassages",
    "Opinions",
    "Reranker",
    "ReviewBook",
    "Shelved",
    "Threads",
    "TokenBudget",
    "Vector",
    "VectorStores",
    "Vectors",
    "WorkList",
    "Writer",
]
