"""Why a file that somebody put into the conversation is not taken."""

from askpcc.errors import BadDocument
from askpcc.surfaces.slack.answers.messages import Message
from askpcc.surfaces.slack.controls import name_file, say
from askpcc.surfaces.slack.text import cut, escape_line, in_one_line

_LONGEST = 400
_MEGABYTE = 1_000_000
_FORMATS = "PDF, Word (.docx), HTML, Markdown or plain text"

NOT_ALLOWED = (
    "Thank you for the file. Only an administrator can add documents, so I have not opened it. "
    "Please give it to one of them."
)
EXPIRED = "This preview is too old to be used. Please send the file once more."


_IN_THE_LOG = "The log of the bot has the reason. Please tell whoever runs it, and send the file again then."
FAILED = f"I could not add this file. {_IN_THE_LOG}"


def refuse_failure(name: str) -> Message:
    """Say that a file could not be looked at for a reason that does not lie in it."""
    return say(f"I could not look at {name_file(name)}. {_IN_THE_LOG}")


def refuse_person() -> Message:
    """Say that somebody may not add documents."""
    return say(NOT_ALLOWED)


def refuse_format(name: str) -> Message:
    """Say that a file is of no format that can be read."""
    return say(f"I cannot read {name_file(name)}. Please send the response as {_FORMATS}.")


def refuse_size(name: str, size: int, limit: int) -> Message:
    """Say that a file is too large; size, limit: bytes."""
    return say(
        f"{name_file(name)} is too large: {_in_megabytes(size)}, where {_in_megabytes(limit)} is the most. "
        "Please send the response alone, without appendices."
    )


def refuse_unreadable(name: str, failure: BadDocument) -> Message:
    """Say why a file could not be read, and what can be done."""
    why = escape_line(cut(in_one_line(f"{failure.reason} {failure.remedy}"), _LONGEST))
    return say(f"I could not read {name_file(name)}. {why}")


def refuse_duplicate(name: str, held: str) -> Message:
    """Say that the corpus has a document already."""
    return say(f"{name_file(name)} is in the corpus already, as {name_file(held)}. Nothing was added.")


def refuse_download(name: str) -> Message:
    """Say that Slack did not hand a file over."""
    return say(
        f"I could not get {name_file(name)} from Slack. "
        "Please upload it here again, rather than share it from another place."
    )


def _in_megabytes(size: int) -> str:
    return f"{max(size / _MEGABYTE, 0.1):,.1f} MB"
