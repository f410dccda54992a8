"""A chat model of LangChain's: asked within a time, its replies read as data."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from time import perf_counter
from typing import TYPE_CHECKING, Any, Literal, TypeVar, get_args

from pydantic import BaseModel, Field, model_validator

from askpcc.errors import ModelError, SettingsError, new_reference
from askpcc.model import (
    Brief,
    DocumentMaterial,
    Material,
    Proposal,
    Proposed,
    Rewriting,
    Spent,
    Status,
)
from askpcc.text.words import load_data

if TYPE_CHECKING:
    from langchain_core.callbacks import BaseCallbackHandler
    from langchain_core.language_models import BaseChatModel


LONGEST = 40_000
"""Characters of one answer; what is longer is not read."""


_MOST_STATEMENTS = 20
_CUT_SHORT = frozenset({"length", "max_tokens", "MAX_TOKENS"})
_REFUSED = frozenset({"refusal", "content_filter", "SAFETY", "guardrail_intervened", "content_filtered"})
_SERVER_ERROR = 500
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

_EXTRAS = {
    "anthropic": "anthropic",
    "openai": "openai",
    "azure_openai": "openai",
    "azure_ai": "azure",
    "bedrock": "bedrock",
    "bedrock_converse": "bedrock",
    "mistralai": "mistral",
    "ollama": "ollama",
}

_MOST_WRITTEN = 2_000
"""Tokens of one answer: a list of twenty short statements takes some 1,500."""

_MOST_HANGING = 4
"""So many calls may hang that nobody waits for any more; while they do, no further one is made."""

_LEAST_SECONDS = 0.5
Messages = list[tuple[str, str]]
_Form = TypeVar("_Form", bound=BaseModel)


def build_guard() -> "BaseCallbackHandler":
    """Return what hears of each answer before it is read, and raises ModelError at one that is too long."""
    from langchain_core.callbacks import BaseCallbackHandler

    class Guard(BaseCallbackHandler):
        raise_error = True

        def on_llm_end(self, response: Any, **_: Any) -> None:  # noqa: ANN401 - LangChain's own signature
            for generated in response.generations:
                if any(_measure(getattr(one, "message", None)) > LONGEST for one in generated):
                    raise ModelError("its answer is far too long")

    return Guard()


def _measure(message: Any) -> int:  # noqa: ANN401 - a message of LangChain
    """Return how long an answer is, without writing all of it out."""
    content = getattr(message, "content", "")
    parts = content if isinstance(content, list) else [content]
    arguments = [str(call.get("args", "")) for call in getattr(message, "tool_calls", None) or []]
    return sum(len(str(part)) for part in [*parts, *arguments])


class Stated(BaseModel):
    """One statement and the numbers of the sentences that it rests on."""

    text: str = Field(description="One short statement in plain words.")
    sentences: list[int] = Field(description="Numbers of the sentences that it rests on.")
    status: StatusName | None = Field(description="The register's status of the matter, if it states one.")

    @model_validator(mode="before")
    @classmethod
    def _fill(cls, given: object) -> object:
        """Take a status that is left out, or that nobody knows, as none."""
        if not isinstance(given, dict):
            return given
        known = given.get("status") in get_args(StatusName)
        return {**given, "status": given["status"] if known else None}


class Reply(BaseModel):
    """What answers the question, or that the sentences do not say, or what is to be searched for."""

    statements: list[Stated] = Field(description="What answers the question, the best first.")
    verdict: str = Field(description="One line that answers in the question's own terms, or empty.")
    not_stated: bool = Field(description="Whether the sentences do not answer the question.")
    related: list[int] = Field(
        description="Where not_stated is true: numbers of sentences on that very matter."
    )
    searches: list[str] = Field(description="At most two searches, each a few words, where more is needed.")

    @model_validator(mode="before")
    @classmethod
    def _fill(cls, given: object) -> object:
        """Take what a reply leaves out as nothing; a form with defaults is refused by some providers."""
        empty: dict[str, object] = {
            "statements": [],
            "verdict": "",
            "not_stated": False,
            "related": [],
            "searches": [],
        }
        if not isinstance(given, dict) or not given.keys() & {"statements", "not_stated", "searches"}:
            return given
        return empty | {name: value for name, value in given.items() if value is not None}


class FollowUp(BaseModel):
    """A follow-up as a question that stands alone."""

    question: str = Field(description="The question.")


@dataclass(frozen=True, slots=True)
class Attempt:
    """What came back once: in the form, or with a fault in words."""

    parsed: BaseModel | None
    fault: str
    spent: Spent


def read_reply(reply: Reply, spent: Spent) -> Proposal:
    """Return what a reply proposes, no more statements than may be proposed."""
    statements = tuple(
        Proposed(
            _in_line(stated.text),
            tuple(dict.fromkeys(stated.sentences)),
            Status(stated.status) if stated.status else None,
        )
        for stated in reply.statements[:_MOST_STATEMENTS]
    )
    searches = (words for typed in reply.searches if (words := _in_line(typed)))
    return Proposal(
        statements,
        _in_line(reply.verdict),
        reply.not_stated,
        tuple(dict.fromkeys(reply.related)),
        tuple(searches),
        spent,
    )


def _in_line(text: str) -> str:
    return " ".join(text.split())


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
    if isinstance(status, int) and status >= _SERVER_ERROR:
        return "its provider fails at the moment"
    return "its answer cannot be read" if isinstance(error, ValueError) else "it failed"


def build_model(name: str, seconds: float) -> "LangChainModel":
    """Return the model of "provider:model"; raises SettingsError where its package or its key is missing."""
    return LangChainModel(_build_chat(name, seconds), name, read_prompts())


@dataclass(frozen=True, slots=True)
class Prompt:
    """Instructions for a model.  version: raised with every change of its words."""

    text: str
    version: int


def read_prompts() -> dict[str, Prompt]:
    """Read the instructions that the model gets, "reader" and "follow_up"."""
    return {
        name: Prompt(held["text"].strip(), held["version"])
        for name, held in load_data("model_prompts").items()
    }


def _build_chat(name: str, seconds: float) -> "BaseChatModel":
    provider = name.partition(":")[0]
    try:
        from langchain.chat_models import init_chat_model
    except ImportError as exc:
        raise SettingsError(_missing(name, provider)) from exc
    try:
        chat = init_chat_model(name, **_arguments(provider, seconds))
    except ImportError as exc:
        raise SettingsError(_missing(name, provider)) from exc
    except Exception as exc:  # each provider has errors of its own for a missing key or a wrong name
        raise SettingsError(
            f"The language model {name} cannot be used ({type(exc).__name__}). Check ASKPCC_MODEL, and the "
            "variables from which its provider takes the key and the address."
        ) from exc
    return chat  # type: ignore[no-any-return] # with fixed settings init_chat_model returns a chat model


def _arguments(provider: str, seconds: float) -> Mapping[str, Any]:
    """Return what the providers' classes have in common, in the names of each."""
    if provider == "ollama":
        return {"temperature": 0, "num_predict": _MOST_WRITTEN, "client_kwargs": {"timeout": seconds}}
    if provider in {"bedrock", "bedrock_converse"}:
        return {"temperature": 0, "max_tokens": _MOST_WRITTEN}
    return {"temperature": 0, "max_tokens": _MOST_WRITTEN, "timeout": seconds, "max_retries": 0}


def _missing(name: str, provider: str) -> str:
    extra = _EXTRAS.get(provider)
    if extra is None:
        return (
            f"The package for the language model {name} is not installed. Install LangChain's package for "
            f"{provider}."
        )
    return (
        f"The package for the language model {name} is not installed. "
        f"Install it with: pip install 'askpcc[{extra}]'"
    )


class LangChainModel:
    """A chat model that answers in a given form.

    prompts: the instructions for "reader" and "follow_up".  name: with the version of the reader's.  A call
    that does not end is left behind.
    """

    def __init__(self, chat: "BaseChatModel", name: str, prompts: Mapping[str, Prompt]) -> None:
        self._chat = chat
        self._prompts = prompts
        self._hanging = 0
        self._lock = Lock()
        self.name = f"{name} v{prompts['reader'].version}"

    def propose(self, brief: Brief, seconds: float) -> Proposal:
        """Return what the model would state; raises ModelError within these seconds."""
        reply, spent = self._ask("reader", Reply, show(brief), seconds)
        return read_reply(reply, spent)

    def rewrite(self, words: str, history: Sequence[str], seconds: float) -> Rewriting:
        """Return a follow-up as a question that stands alone; raises ModelError within these seconds."""
        shown = {"thread": list(history), "follow_up": words}
        reply, spent = self._ask("follow_up", FollowUp, shown, seconds)
        return Rewriting(" ".join(reply.question.split()), spent)

    def _ask(self, prompt: str, form: type[_Form], shown: object, seconds: float) -> tuple[_Form, Spent]:
        """Ask once, and once more where the answer has not the form."""
        began = perf_counter()
        messages: Messages = [
            ("system", self._prompts[prompt].text),
            ("human", json.dumps(shown, ensure_ascii=False)),
        ]
        first = self._attempt(form, messages, seconds)
        spent = first.spent
        if isinstance(first.parsed, form):
            return first.parsed, _timed(spent, began)
        left = seconds - (perf_counter() - began)
        try:
            again = self._attempt(
                form, [*messages, ("human", f"{first.fault} Answer again in that form.")], left
            )
        except ModelError as exc:
            exc.tokens_read, exc.tokens_written = spent.read, spent.written
            raise
        spent = spent.plus(again.spent)
        if isinstance(again.parsed, form):
            return again.parsed, _timed(spent, began)
        reason = "its answer is not in the form that was asked for"
        raise ModelError(reason, new_reference(), spent.read, spent.written)

    def _attempt(self, form: type[BaseModel], messages: Messages, seconds: float) -> Attempt:
        answer = self._wait_for(lambda: self._invoke(form, messages), seconds)
        if isinstance(answer, Exception):
            raise ModelError(find_fault(answer), new_reference()) from answer
        return answer

    def _invoke(self, form: type[BaseModel], messages: Messages) -> Attempt:
        structured = self._chat.with_structured_output(form, include_raw=True)
        return read_attempt(structured.invoke(messages, {"callbacks": [build_guard()]}))

    def _wait_for(self, call: Callable[[], Attempt], seconds: float) -> Attempt | Exception:
        """Run a call in a thread of its own; one that does not end in time is left and not waited for."""
        if seconds < _LEAST_SECONDS:
            raise ModelError("it did not answer in time", new_reference())
        with self._lock:
            if self._hanging >= _MOST_HANGING:
                raise ModelError("earlier calls still wait for it", new_reference())
            self._hanging += 1
        told: SimpleQueue[Attempt | Exception] = SimpleQueue()
        Thread(target=self._run, args=(call, told), name="language model", daemon=True).start()
        try:
            return told.get(timeout=seconds)
        except Empty:
            raise ModelError("it did not answer in time", new_reference()) from None

    def _run(self, call: Callable[[], Attempt], told: "SimpleQueue[Attempt | Exception]") -> None:
        try:
            told.put(call())
        except Exception as exc:  # noqa: BLE001 - whatever a provider raises is told to whoever waits
            told.put(exc)
        finally:
            with self._lock:
                self._hanging -= 1


def show(brief: Brief) -> dict[str, Any]:
    """Return a brief as the model gets it."""
    shown: dict[str, Any] = {
        "question": brief.question,
        "asked_on": brief.asked_on,
        "searches_left": brief.searches_left,
        "documents": [_show_document(one) for one in brief.documents],
    }
    if brief.computed:
        shown["computed"] = [{"text": one.text, "sentences": list(one.numbers)} for one in brief.computed]
    return shown


def _show_document(document: DocumentMaterial) -> dict[str, Any]:
    """Return a document with its sentences, each heading and lead-in told once for what stands under it."""
    parts = groupby(document.sentences, key=lambda one: (one.heading, one.lead))
    return {**document.about, "parts": [_show_part(*under, list(held)) for under, held in parts]}


def _show_part(heading: str, lead: str, held: Sequence[Material]) -> dict[str, Any]:
    told = {"heading": heading, "lead_in": lead}
    return {
        **{name: words for name, words in told.items() if words},
        "sentences": [_show(one) for one in held],
    }


def _show(one: Material) -> dict[str, Any]:
    """Return a sentence with the rows that the register has of it."""
    shown: dict[str, Any] = {"number": one.number, "words": one.words}
    rows = [
        {
            "matter": f"{claim.kind} {claim.number}" if claim.number else claim.matter,
            "status": str(claim.status),
            "said_by": str(claim.said_by),
            "as_of": claim.as_of,
        }
        for claim in one.claims
    ]
    return {**shown, "register": rows} if rows else shown


def _timed(spent: Spent, began: float) -> Spent:
    return replace(spent, milliseconds=round(1000 * (perf_counter() - began)))
