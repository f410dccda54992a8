"""A chat model of the tests' own: it says what its script says, true or not, or fails as the script says."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from threading import Event
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel, LanguageModelInput
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.output_parsers import PydanticOutputParser
from langchain_core.outputs import ChatGeneration, ChatResult
from langchain_core.runnables import Runnable, RunnableLambda, RunnableParallel, RunnablePassthrough
from pydantic import BaseModel, ConfigDict

Line = str | AIMessage | Exception | Event | Callable[[str], "Line"]
"""What it does once: answers in these words, raises, hangs until the event, or decides by the prompt."""


@dataclass
class Script:
    """Lines in their order, the last one again and again; and what the model was sent."""

    lines: Sequence[Line]
    sent: list[str] = field(default_factory=list)

    def next(self, prompt: str) -> Line:
        """Return what is to be done next."""
        self.sent.append(prompt)
        return self.lines[min(len(self.sent), len(self.lines)) - 1]


class ScriptedChatModel(BaseChatModel):
    """A chat model with structured output whose brain is a script."""

    model_config = ConfigDict(arbitrary_types_allowed=True)
    script: Script

    @property
    def _llm_type(self) -> str:
        return "scripted"

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,  # noqa: ARG002 - LangChain's own signature
        run_manager: CallbackManagerForLLMRun | None = None,  # noqa: ARG002 - the same
        **_: Any,  # noqa: ANN401 - the same
    ) -> ChatResult:
        prompt = "\n".join(str(message.content) for message in messages)
        line = self.script.next(prompt)
        while callable(line) and not isinstance(line, Exception):
            line = line(prompt)
        if isinstance(line, Exception):
            raise line
        if isinstance(line, Event):
            line.wait()
            line = ""
        message = line if isinstance(line, AIMessage) else _as_message(line)
        return ChatResult(generations=[ChatGeneration(message=message)])

    def with_structured_output(
        self,
        schema: Any,  # noqa: ANN401 - LangChain's own signature
        *,
        include_raw: bool = False,
        **_: Any,  # noqa: ANN401 - the same
    ) -> Runnable[LanguageModelInput, Any]:
        """Return what reads the answers as JSON of a form, as the providers' packages do."""
        assert include_raw
        parser = PydanticOutputParser[BaseModel](pydantic_object=schema)

        def parse(raw: BaseMessage) -> dict[str, Any]:
            try:
                return {"parsed": parser.parse(str(raw.content)), "parsing_error": None}
            except Exception as exc:  # noqa: BLE001 - told beside the raw answer, as LangChain does
                return {"parsed": None, "parsing_error": exc}

        both = RunnableParallel(raw=RunnablePassthrough(), read=RunnableLambda(parse))
        return self | both | RunnableLambda(lambda found: {"raw": found["raw"], **found["read"]})


def _as_message(words: str) -> AIMessage:
    return AIMessage(words, usage_metadata={"input_tokens": 700, "output_tokens": 60, "total_tokens": 760})
