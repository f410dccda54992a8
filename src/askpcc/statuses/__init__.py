"""What documents say has become of recommendations: claims, read by the taught reader or a language model."""

from askpcc.statuses.claims import read_items
from askpcc.statuses.document_model import NamedItem
from askpcc.statuses.portions import Portion, read_portions
from askpcc.statuses.proposed_claims import ClaimProof
from askpcc.statuses.status_reader import StatusReader
from askpcc.statuses.summary import summarise

__all__ = ["ClaimProof", "NamedItem", "Portion", "StatusReader", "read_items", "read_portions", "summarise"]
