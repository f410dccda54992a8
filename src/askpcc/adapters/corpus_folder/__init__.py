"""The folder of responses."""

from askpcc.adapters.corpus_folder.folder import MOST_BYTES, CorpusFolder

__all__ = ["MOST_BYTES", "CorpusFolder"]
