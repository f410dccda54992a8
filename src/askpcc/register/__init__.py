"""The status register: what has become of each matter, who says so, as of when, in which words."""

from askpcc.register.history import (
    RegisterChanges,
    build_register,
    compare,
    known_on,
)
from askpcc.register.query import (
    Choice,
    Register,
    choose,
    format_coverage,
)
from askpcc.register.rows import Row, build_rows

__all__ = [
    "Choice",
    "Register",
    "RegisterChanges",
    "Row",
    "build_register",
    "build_rows",
    "choose",
    "compare",
    "format_coverage",
    "known_on",
]
