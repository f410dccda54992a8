"""Embeddings by sentence-transformers."""

from askpcc.adapters.embedding.embedder import SentenceTransformerEmbedder

__all__ = ["SentenceTransformerEmbedder"]
