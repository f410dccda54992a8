"""A status in words: what it is, who says so, as of when."""

from askpcc.language.dates import show_date
from askpcc.model import Speaker, Status, StatusClaim

_WORDS = {
    Status.COMPLETE: "Complete",
    Status.CLOSED: "Closed",
    Status.IN_PROGRESS: "In progress",
    Status.PLANNED: "Planned",
    Status.ACCEPTED: "Accepted",
    Status.UNDER_CONSIDERATION: "Under consideration",
    Status.NOT_ACCEPTED: "Not accepted",
    Status.NOT_APPLICABLE: "Not applicable",
    Status.NOT_STATED: "Not stated",
}
_SPEAKERS = {
    Speaker.COMMISSIONER: "the Commissioner's office",
    Speaker.FORCE: "the force",
    Speaker.INSPECTORATE: "the inspectorate",
}


def word_status(claim: StatusClaim, status: Status) -> str:
    """Say a status, who says so, and as of when."""
    as_of = f", as of {show_date(claim.as_of)} ({claim.as_of_from})" if claim.as_of else ", undated"
    return f"{_WORDS[status]}, says {_SPEAKERS[claim.said_by]}{as_of}"
