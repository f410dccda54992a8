"""What documents say has become of recommendations: claims, read by rules over clauses."""

from askpcc.statuses.claims import read_claims, read_items
from askpcc.statuses.matters import summarise
from askpcc.statuses.named_items import NamedItem
from askpcc.statuses.places import Place, Reading
from askpcc.statuses.readings import read_clause

__all__ = ["NamedItem", "Place", "Reading", "read_claims", "read_clause", "read_items", "summarise"]
