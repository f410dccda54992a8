"""The form in which a language model answers, and what can be wrong with what comes back."""

from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, Field

from askpcc.errors import ModelError
from askpcc.model import Proposed, Spent, Status

_MOST_STATEMENTS = 8
_CUT_SHORT = frozenset({"length", "max_tokens", "MAX_TOKENS"})
_REFUSED = frozenset({"refusal", "content_filter", "SAFETY", "guardrail_intervened", "content_filtered"})
_OURS = 500
_SIGNS: tuple[tuple[str, tuple[str | int, ...]], ...] = (
    ("it did not answer in time", ("timeout", "timedout", 408)),
    ("it takes no more questions at the moment", (429, "ratelimit", "throttl")),
    ("it does not accept the key", (401, 403, "authentication", "permission")),
    ("its provider knows no such model", (404, "notfound")),
    ("it refuses to answer", ("contentfilter", "refusal")),
    ("its answer was cut short", ("lengthfinish",)),
    ("it cannot be reached", ("connect", "protocolerror", "readerror")),
)
"""What an error means, by the status of HTTP or by part of a name of its class, in lower case."""

StatusName = Literal[
    "complete",
    "closed",
    "in_progress",
    "planned",
    "accepted",
    "under_consideration",
    "not_accepted",
    "not_applicable",
]


class Stated(BaseModel):
    """One statement and the numbers of the sentences that it rests on."""

    text: str = Field(description="One short statement in plain words.")
    sentences: list[int] = Field(description="Numbers of the sentences that it rests on.")
    status: StatusName | None = Field(description="The register's status of the matter, if it states one.")


class Reply(BaseModel):
    """Statements that answer the question, or that the sentences do not say."""

    statements: list[Stated] = Field(description="At most five; none where not_stated is true.")
    not_stated: bool = Field(description="Whether the sentences do not answer the question.")


class FollowUp(BaseModel):
    """A follow-up as a question that stands alone."""

    question: str = Field(description="The question.")


@dataclass(frozen=True, slots=True)
class Attempt:
    """What came back once: in the form, or with a fault in words."""

    parsed: BaseModel | None
    fault: str
    spent: Spent


def read_reply(reply: BaseModel) -> tuple[Proposed, ...]:
    """Return the statements of a reply; none where it says that the sentences do not say."""
    if not isinstance(reply, Reply) or reply.not_stated:
        return ()
    return tuple(
        Proposed(
            " ".join(stated.text.split()),
            tuple(dict.fromkeys(stated.sentences)),
            Status(stated.status) if stated.status else None,
        )
        for stated in reply.statements[:_MOST_STATEMENTS]
    )


def read_attempt(answer: Any) -> Attempt:  # noqa: ANN401 - LangChain's own: a dict of raw, parsed, parsing_error
    """Return what a call brought; raises ModelError for a refusal."""
    raw, parsed = answer.get("raw"), answer.get("parsed")
    metadata = getattr(raw, "response_metadata", None) or {}
    ended = str(metadata.get("finish_reason") or metadata.get("stop_reason") or "")
    extra = getattr(raw, "additional_kwargs", None) or {}
    if ended in _REFUSED or extra.get("refusal"):
        raise ModelError("it refuses to answer")
    usage = getattr(raw, "usage_metadata", None) or {}
    spent = Spent(int(usage.get("input_tokens") or 0), int(usage.get("output_tokens") or 0))
    if ended in _CUT_SHORT:
        return Attempt(None, "Your answer was cut short. Write less.", spent)
    return Attempt(parsed, "Your answer was not in the form that was asked for.", spent)


def find_fault(error: Exception) -> str:
    """Say in a clause what an error of a provider means; never with its own words, which may hold a key."""
    if isinstance(error, ModelError):
        return error.reason
    status = getattr(error, "status_code", None) or getattr(
        getattr(error, "response", None), "status_code", 0
    )
    name = " ".join(kind.__name__ for kind in type(error).__mro__).lower()
    for reason, signs in _SIGNS:
        if status in signs or any(isinstance(sign, str) and sign in name for sign in signs):
            return reason
    if isinstance(status, int) and status >= _OURS:
        return "its provider fails at the moment"
    return "its answer cannot be read" if isinstance(error, ValueError) else "it failed"
