"""What documents say has become of recommendations: claims, read by the taught reader."""

from askpcc.statuses.claims import read_items
from askpcc.statuses.document_model import NamedItem
from askpcc.statuses.status_reader import StatusReader
from askpcc.statuses.summary import summarise

__all__ = ["NamedItem", "StatusReader", "read_items", "summarise"]
