"""A status in words: what it is, who says so, as of when."""

from askpcc.language.dates import show_date
from askpcc.model import Speaker, Status, StatusClaim
from askpcc.register.rows import Row

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
    return _word(status, claim.said_by, claim.as_of, claim.as_of_from)


def word_row(row: Row) -> str:
    """Say whose the matter of a row is, its status, who says so, and as of when."""
    if row.said_by is None:
        return f"{row.response.force}: {_WORDS[row.status]}"
    return f"{row.response.force}: {_word(row.status, row.said_by, row.as_of, row.as_of_from)}"


def _word(status: Status, speaker: Speaker, as_of: str | None, as_of_from: str) -> str:
    when = f", as of {show_date(as_of)} ({as_of_from})" if as_of else ", undated"
    return f"{_WORDS[status]}, says {_SPEAKERS[speaker]}{when}"
