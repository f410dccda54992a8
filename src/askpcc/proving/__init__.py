"""Whether a statement that somebody wrote in other words is proved by the words it cites."""

from askpcc.proving.proof import Cited, Flaw, Grounds, find_flaw, is_counted, is_part_of

__all__ = ["Cited", "Flaw", "Grounds", "find_flaw", "is_counted", "is_part_of"]
