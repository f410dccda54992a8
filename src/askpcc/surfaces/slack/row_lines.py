"""Rows of the register as lines of mrkdwn, in the words of the terminal and the workbook."""

from askpcc.language.words import plain
from askpcc.register.rows import Row
from askpcc.rendering.links import source_link
from askpcc.rendering.register_wording import name_matter, name_status, say_where, say_who_and_when
from askpcc.surfaces.slack.text import cut, escape_line, in_one_line, link

_LONGEST_MATTER = 160
_LONGEST_QUOTE = 300
_LONGEST_DETAILS = 400


def say_matter(row: Row) -> str:
    """Return the words that name a matter, leading to its source where that has an address."""
    address = source_link(row.citations[0]) if row.citations else None
    return link(address, cut(name_matter(row), _LONGEST_MATTER))


def say_status(row: Row) -> str:
    """Return the status in bold."""
    return f"*{escape_line(name_status(row))}*"


def say_details(row: Row) -> str:
    """Return who says so, as of when, of which force and in which report."""
    return escape_line(cut(", ".join([*say_who_and_when(row), *say_where(row)]), _LONGEST_DETAILS))


def say_evidence(row: Row) -> str:
    """Return the status with who says so, as of when, and the words that say it most plainly."""
    said = escape_line(cut(", ".join(say_who_and_when(row)), _LONGEST_DETAILS))
    quote = in_one_line(plain(row.citations[0].quote)) if row.citations else ""
    words = f": “{escape_line(cut(quote, _LONGEST_QUOTE))}”" if quote else ""
    return f"{say_status(row)}{', ' if said else ''}{said}{words}"
