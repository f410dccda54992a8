"""The catalogue in SQLite: documents, their versions and passages, and a keyword index."""

from askpcc.adapters.catalogue.reader import SqlCatalogue
from askpcc.adapters.catalogue.writer import SqlCatalogueWriter

__all__ = ["SqlCatalogue", "SqlCatalogueWriter"]
