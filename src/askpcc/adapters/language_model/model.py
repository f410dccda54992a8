"""A language model through LangChain: asked in a thread, listened to for so long, and never believed."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from queue import Empty, SimpleQueue
from secrets import token_hex
from threading import Lock, Thread
from time import perf_counter
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel

from askpcc.adapters.language_model.guard import build_guard
from askpcc.adapters.language_model.replies import (
    Attempt,
    FollowUp,
    Reply,
    find_fault,
    read_attempt,
    read_reply,
)
from askpcc.errors import ModelError
from askpcc.model import Material, Proposal, Rewriting, Spent

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

_MOST_HANGING = 4
"""So many calls may hang that nobody waits for any more; while they do, no further one is made."""

_LEAST_SECONDS = 0.5
_VERSION = "v1"

Messages = list[tuple[str, str]]
_Form = TypeVar("_Form", bound=BaseModel)


class LangChainModel:
    """A chat model that answers in a given form.

    prompts: the instructions for "writer" and "follow_up".  A call that does not end is left behind.
    """

    def __init__(self, chat: "BaseChatModel", name: str, prompts: Mapping[str, str]) -> None:
        self._chat = chat
        self._prompts = prompts
        self._hanging = 0
        self._lock = Lock()
        self.name = f"{name} {_VERSION}"

    def propose(self, words: str, material: Sequence[Material], seconds: float) -> Proposal:
        """Return what the model would state; raises ModelError within these seconds."""
        shown = {"question": words, "sentences": [_show(one) for one in material]}
        reply, spent = self._ask("writer", Reply, shown, seconds)
        return Proposal(read_reply(reply), spent)

    def rewrite(self, words: str, history: Sequence[str], seconds: float) -> Rewriting:
        """Return a follow-up as a question that stands alone; raises ModelError within these seconds."""
        shown = {"thread": list(history), "follow_up": words}
        reply, spent = self._ask("follow_up", FollowUp, shown, seconds)
        return Rewriting(" ".join(reply.question.split()), spent)

    def _ask(self, prompt: str, form: type[_Form], shown: object, seconds: float) -> tuple[_Form, Spent]:
        """Ask once, and once more where the answer has not the form."""
        began = perf_counter()
        messages: Messages = [
            ("system", self._prompts[prompt]),
            ("human", json.dumps(shown, ensure_ascii=False)),
        ]
        first = self._attempt(form, messages, seconds)
        spent = first.spent
        if isinstance(first.parsed, form):
            return first.parsed, _timed(spent, began)
        left = seconds - (perf_counter() - began)
        again = self._attempt(form, [*messages, ("human", f"{first.fault} Answer again in that form.")], left)
        spent = spent.plus(again.spent)
        if isinstance(again.parsed, form):
            return again.parsed, _timed(spent, began)
        raise ModelError("its answer is not in the form that was asked for", _new_reference())

    def _attempt(self, form: type[BaseModel], messages: Messages, seconds: float) -> Attempt:
        answer = self._wait_for(lambda: self._invoke(form, messages), seconds)
        if isinstance(answer, Exception):
            raise ModelError(find_fault(answer), _new_reference()) from answer
        return answer

    def _invoke(self, form: type[BaseModel], messages: Messages) -> Attempt:
        structured = self._chat.with_structured_output(form, include_raw=True)
        return read_attempt(structured.invoke(messages, {"callbacks": [build_guard()]}))

    def _wait_for(self, call: Callable[[], Attempt], seconds: float) -> Attempt | Exception:
        """Run a call in a thread of its own; one that does not end in time is left and not waited for."""
        if seconds < _LEAST_SECONDS:
            raise ModelError("it did not answer in time", _new_reference())
        with self._lock:
            if self._hanging >= _MOST_HANGING:
                raise ModelError("earlier calls still wait for it", _new_reference())
            self._hanging += 1
        told: SimpleQueue[Attempt | Exception] = SimpleQueue()
        Thread(target=self._run, args=(call, told), name="language model", daemon=True).start()
        try:
            return told.get(timeout=seconds)
        except Empty:
            raise ModelError("it did not answer in time", _new_reference()) from None

    def _run(self, call: Callable[[], Attempt], told: "SimpleQueue[Attempt | Exception]") -> None:
        try:
            told.put(call())
        except Exception as exc:  # noqa: BLE001 - whatever a provider raises is told to whoever waits
            told.put(exc)
        finally:
            with self._lock:
                self._hanging -= 1


def _show(one: Material) -> dict[str, Any]:
    """Return a sentence as the model gets it, with the rows that the register has of it."""
    shown: dict[str, Any] = {"number": one.number, "document": one.about, "words": one.words}
    rows = [
        {
            "matter": f"{claim.kind} {claim.number}" if claim.number else str(claim.kind),
            "status": str(claim.status),
            "said_by": str(claim.said_by),
            "as_of": claim.as_of,
        }
        for claim in one.claims
    ]
    return {**shown, "register": rows} if rows else shown


def _timed(spent: Spent, began: float) -> Spent:
    return Spent(**{**asdict(spent), "milliseconds": round(1000 * (perf_counter() - began))})


def _new_reference() -> str:
    return token_hex(4)
