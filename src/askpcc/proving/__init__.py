"""Whether a statement that somebody wrote in other words is proved by the words it cites."""

from askpcc.proving.clauses import Cited, Grounds
from askpcc.proving.proof import Flaw, find_flaw

__all__ = ["Cited", "Flaw", "Grounds", "find_flaw"]
