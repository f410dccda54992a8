"""A chat model of LangChain's, asked within a time."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from time import perf_counter
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel

from askpcc.adapters.chat_forms import (
    FollowUp,
    Register,
    Reply,
    read_register,
    read_reply,
    show,
    show_register,
)
from askpcc.errors import ModelError, SettingsError, new_reference
from askpcc.model import Brief, ClaimsProposal, Proposal, RegisterBrief, Rewriting, Spent
from askpcc.text.words import load_data

if TYPE_CHECKING:
    from langchain_core.callbacks import BaseCallbackHandler
    from langchain_core.language_models import BaseChatModel


LONGEST = 40_000
"""Characters of one answer; what is longer is not read."""


_ENDINGS = ("finish_reason", "stop_reason", "done_reason")
"""Under which names providers say why an answer ended."""
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

_LASTING = frozenset({"it does not accept the key", "its provider knows no such model"})
"""What would be so at the next call as well."""

_MOST_WRITTEN = 2_000
"""Tokens of one answer: a list of twenty short statements takes some 1,500."""

_MOST_CLAIMED = 6_000
"""Tokens of the claims of one call: forty claims take some 3,000."""

_NOT_IN_FORM = "Your answer was not in the form that was asked for."

_HELD_BY_OLLAMA = 16_384
"""Tokens of a prompt with its answer; Ollama holds some 4,000 unless told, and silently drops the rest."""

_RETRIES = 2
"""How often a provider's package tries again while nobody waits, where it is told to slow down."""

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


@dataclass(frozen=True, slots=True)
class Attempt:
    """What came back once: in the form, or with a fault in words."""

    parsed: BaseModel | None
    fault: str
    spent: Spent


def read_attempt(answer: Any) -> Attempt:  # noqa: ANN401 - LangChain's own: a dict of raw, parsed, parsing_error
    """Return what a call brought; raises ModelError for a refusal."""
    raw, parsed = answer.get("raw"), answer.get("parsed")
    metadata = getattr(raw, "response_metadata", None) or {}
    ended = next((str(metadata[name]) for name in _ENDINGS if metadata.get(name)), "")
    extra = getattr(raw, "additional_kwargs", None) or {}
    if ended in _REFUSED or extra.get("refusal"):
        raise ModelError("it refuses to answer")
    usage = getattr(raw, "usage_metadata", None) or {}
    spent = Spent(int(usage.get("input_tokens") or 0), int(usage.get("output_tokens") or 0))
    if ended in _CUT_SHORT:
        return Attempt(None, "Your answer was cut short. Write less.", spent)
    return Attempt(parsed, _NOT_IN_FORM, spent)


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
    return LangChainModel(_build_chat(name, seconds, _MOST_WRITTEN), name, read_prompts())


def build_register_model(name: str, seconds: float) -> "LangChainModel":
    """Return the model of "provider:model" as it reads for the register, patiently; raises as build_model."""
    return LangChainModel(_build_chat(name, seconds, _MOST_CLAIMED, _RETRIES), name, read_prompts())


@dataclass(frozen=True, slots=True)
class Prompt:
    """Instructions for a model.  version: raised with every change of its words."""

    text: str
    version: int


def read_prompts() -> dict[str, Prompt]:
    """Read the instructions that the model gets: "reader", "follow_up" and "register"."""
    return {
        name: Prompt(held["text"].strip(), held["version"])
        for name, held in load_data("model_prompts").items()
    }


def _build_chat(name: str, seconds: float, written: int, retries: int = 0) -> "BaseChatModel":
    provider = name.partition(":")[0]
    try:
        from langchain.chat_models import init_chat_model
    except ImportError as exc:
        raise SettingsError(_missing(name, provider)) from exc
    try:
        chat = init_chat_model(name, **_arguments(provider, seconds, written, retries))
    except ImportError as exc:
        raise SettingsError(_missing(name, provider)) from exc
    except Exception as exc:  # each provider has errors of its own for a missing key or a wrong name
        raise SettingsError(
            f"The language model {name} cannot be used ({type(exc).__name__}). Check ASKPCC_MODEL, and the "
            "variables from which its provider takes the key and the address."
        ) from exc
    return chat  # type: ignore[no-any-return] # with fixed settings init_chat_model returns a chat model


def _arguments(provider: str, seconds: float, written: int, retries: int) -> Mapping[str, Any]:
    """Return what the providers' classes have in common, in the names of each."""
    if provider == "ollama":
        return {
            "temperature": 0,
            "num_predict": written,
            "num_ctx": _HELD_BY_OLLAMA,
            "client_kwargs": {"timeout": seconds},
        }
    if provider in {"bedrock", "bedrock_converse"}:
        return {"temperature": 0, "max_tokens": written}
    return {"temperature": 0, "max_tokens": written, "timeout": seconds, "max_retries": retries}


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

    prompts: the instructions by name.  name, register_name: with the version of the instructions by which it
    answers and by which it reads for the register.  A call that does not end is left behind.
    """

    def __init__(self, chat: "BaseChatModel", name: str, prompts: Mapping[str, Prompt]) -> None:
        self._chat = chat
        self._prompts = prompts
        self._hanging = 0
        self._lock = Lock()
        self.name = f"{name} v{prompts['reader'].version}"
        self.register_name = f"{name} register v{prompts['register'].version}"

    def propose(self, brief: Brief, seconds: float) -> Proposal:
        """Return what the model would state; raises ModelError within these seconds."""
        reply, spent = self._ask("reader", Reply, show(brief), seconds)
        return read_reply(reply, spent)

    def measure(self, brief: RegisterBrief) -> int:
        """Return how many characters are sent for a part of a document."""
        return len(self._prompts["register"].text) + len(_write(show_register(brief)))

    def read_register(self, brief: RegisterBrief, seconds: float) -> ClaimsProposal:
        """Return what the model reads in a part of a document; raises ModelError within these seconds."""
        reply, spent = self._ask("register", Register, show_register(brief), seconds)
        return read_register(reply, spent)

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
            ("human", _write(shown)),
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
        if isinstance(answer, ValueError):
            # OpenAI's package reads the form itself, and raises what the others hand over.
            return Attempt(None, _NOT_IN_FORM, Spent())
        if isinstance(answer, Exception):
            fault = find_fault(answer)
            raise ModelError(fault, new_reference(), lasting=fault in _LASTING) from answer
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


def _write(shown: object) -> str:
    return json.dumps(shown, ensure_ascii=False)


def _timed(spent: Spent, began: float) -> Spent:
    return replace(spent, milliseconds=round(1000 * (perf_counter() - began)))
