"""Links on watched pages that may be new responses."""

from dataclasses import dataclass
from enum import StrEnum


class LeadState(StrEnum):
    """What has become of a link.

    NEW: it was found, and nothing was done about it yet.  OFFERED: an administrator may add it.
    HELD: the corpus has it.  FAILED: it could not be added.
    """

    NEW = "new"
    OFFERED = "offered"
    ADDED = "added"
    HELD = "held"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Lead:
    """A link that may be a response.

    address: without a fragment.  title: the link's words, or the name of its file.  page: where it was found.
    reason: why it could not be added, "" where it could.
    """

    address: str
    title: str
    page: str
    state: LeadState = LeadState.NEW
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server said of the version of a page that was read last (RFC 9110, 8.8); "" where nothing."""

    etag: str = ""
    modified: str = ""
