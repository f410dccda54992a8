"""Whether a statement that somebody wrote in other words is proved by the words it cites."""

from askpcc.proving.flaws import Flaw
from askpcc.proving.grounds import Cited, Grounds
from askpcc.proving.proof import find_flaw

__all__ = ["Cited", "Flaw", "Grounds", "find_flaw"]
