"""What the bot says besides answers: why it does not answer, what it has done, what can be asked."""

from askpcc.errors import (
    AskpccError,
    EmbedderError,
    EmbedderMismatch,
    IndexBusy,
    IndexMissing,
    QuestionError,
    SlackError,
)
from askpcc.slack.mrkdwn import escape_line
from askpcc.text.dates import show_date

GREETING = (
    "Ask me what has become of a recommendation from a police inspection, for example: "
    "“Has recommendation 5 been completed?” or “Which areas for improvement are still open?” "
    "I answer from the published responses only, with the exact words and their source; where they do not "
    "say, I say so. In this thread you can go on without mentioning me. "
    "`/askpcc` followed by a question answers to you alone."
)
SEARCHING = "Searching the responses; the answer comes here, for you alone."
QUEUE_FULL = (
    "More questions are waiting than I can take on at the moment, so I have not taken this one. "
    "Please ask again in a few minutes."
)
TOO_MANY = (
    "You have reached the number of questions that one person can ask within a minute, so I have not taken "
    "this one. Please ask it again in a minute; an administrator of the bot can raise the limit."
)
TOO_MANY_TODAY = (
    "You have reached the number of questions that one person can ask within 24 hours, so I have not taken "
    "this one. An administrator of the bot can raise the limit."
)
MUTED = (
    "I leave the rest of this thread to you. Mention me with a question, or write “unmute” to me, to go on."
)
NEVER_MUTE = (
    "Here I answer all that you write: nobody else reads along. In a channel I can leave a thread alone."
)
ONLY_IN_THREADS = "That works in a thread of a channel: mention me there, followed by this word."
UNMUTED = "I follow this thread again."
STOPPED = "Stopped. I have not answered."
GAVE_UP = "I have tried this question several times and could not finish it."
AGAIN = "The question was edited; this answers it as it reads now."
GONE = "This answer is not held any more."
NOT_YOUR_ANSWER = "Only the person who asked can share this answer."
SHARED = "Shared."
SHARED_BEFORE = "This answer was shared before."
REINDEX_STARTED = "I bring the index up to date and report to you in a direct message."
REINDEX_BUSY = "A run of the index is under way already."
NOT_A_REVIEWER = (
    "Only a reviewer may mark this as resolved. Nobody is one until they are named in the bot's settings."
)

_EXPLAINED = {
    IndexMissing: "No response has been indexed yet, so there is nothing to answer from.",
    IndexBusy: "The index is locked by another program at the moment.",
    EmbedderMismatch: "The index was built with another embedding model than the one in use.",
    EmbedderError: "The embedding model cannot be loaded.",
    SlackError: "Slack refused what I need to know, or to do, before I can answer.",
}


def explain_failure(failure: Exception, reference: str) -> str:
    """Return in words for anybody why there is no answer, without what only an administrator should read."""
    if isinstance(failure, QuestionError):
        return str(failure)
    known = next((words for kind, words in _EXPLAINED.items() if isinstance(failure, kind)), None)
    ours = isinstance(failure, AskpccError)
    what = known or ("I cannot read the index at the moment." if ours else "Something went wrong.")
    return f"{what} Your question was not answered. An administrator can look up reference {reference}."


def format_place_in_queue(before: int) -> str:
    """Return how many questions are answered first."""
    if before < 1:
        return "Searching the responses"
    come_first = "One question is" if before == 1 else f"{before} questions are"
    return f"{come_first} answered before yours"


def format_prompt(words: str) -> str:
    """Return the line under which a suggested question is answered, escaped."""
    return f"*{escape_line(words)}*"


def format_failure(reference: str) -> str:
    """Return that something did not work, and under which reference the log says why."""
    return f"That did not work. An administrator can look up reference {reference}."


def format_shared_question(words: str) -> str:
    """Return the line that says what a shared answer answers."""
    return f"They asked: {words}"


def format_approval(person: str, iso: str) -> str:
    """Return who approved an answer and when."""
    return f"Approved by {person} on {show_date(iso)}; its sources have not changed since."


def format_lapse(reason: str) -> str:
    """Return that an approved answer does not stand any more."""
    return f"The approval of this answer has ended: {reason} Ask again for what the documents say now."
