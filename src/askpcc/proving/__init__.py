"""Whether a statement that somebody wrote in other words is proved by the words it cites."""

from askpcc.proving.names import NamedMatter, is_named, read_matters
from askpcc.proving.proof import Cited, Flaw, Grounds, find_flaw, holds_markup, is_counted, is_part_of
from askpcc.proving.values import Sort, read_values

__all__ = [
    "Cited",
    "Flaw",
    "Grounds",
    "NamedMatter",
    "Sort",
    "find_flaw",
    "holds_markup",
    "is_counted",
    "is_named",
    "is_part_of",
    "read_matters",
    "read_values",
]
