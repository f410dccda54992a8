"""Whether a statement that somebody wrote in other words is proved by the words it cites."""

from askpcc.proving.proof import Flaw, Grounds, find_flaw

__all__ = ["Flaw", "Grounds", "find_flaw"]
