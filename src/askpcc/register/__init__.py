"""The status register: what has become of each matter, who says so, as of when, in which words."""

from askpcc.register.changes import RegisterChanges, compare
from askpcc.register.choosing import Choice, Register, choose
from askpcc.register.coverage import tell_coverage
from askpcc.register.history import build_register, known_on
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
    "known_on",
    "tell_coverage",
]
