"""Stops an answer without end before anybody tries to read it: reading ten megabytes takes minutes."""

from typing import TYPE_CHECKING, Any

from askpcc.errors import ModelError

if TYPE_CHECKING:
    from langchain_core.callbacks import BaseCallbackHandler

LONGEST = 40_000
"""Characters of one answer; what is longer is not read."""


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
