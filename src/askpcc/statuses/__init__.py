"""What documents say has become of recommendations: claims, read by rules over clauses."""

from askpcc.statuses.claims import read_claims, read_items
from askpcc.statuses.document_model import NamedItem
from askpcc.statuses.naming import summarise
from askpcc.statuses.rules import Place, Reading, read_clause

__all__ = ["NamedItem", "Place", "Reading", "read_claims", "read_clause", "read_items", "summarise"]
