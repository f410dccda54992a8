"""The retriever in LangChain's own hands, and the documented agent with a model that follows a script."""

import importlib.util
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from langchain_core.language_models import LanguageModelInput
from langchain_core.messages import AIMessage, ToolMessage
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable

from askpcc.app.flows import open_catalogue, open_retriever
from askpcc.settings import read_settings
from support.command_line import Desk
from support.scripted_model import Script, ScriptedChatModel

EXAMPLE = Path(__file__).parents[2] / "docs" / "langgraph_agent.py"
QUESTION = "What has become of the recommendations?"


class CallingModel(ScriptedChatModel):
    """A scripted model that may be given tools."""

    def bind_tools(self, tools: Any, **_: Any) -> Runnable[LanguageModelInput, AIMessage]:  # noqa: ANN401, ARG002 - LangChain's own signature
        """Take tools; the script calls them."""
        return self


@pytest.fixture
def retriever(reading_desk: Desk) -> Iterator[BaseRetriever]:
    """Open the retriever over an index with the bundled model."""
    with open_retriever(read_settings({}, index=reading_desk.index), k=3) as opened:
        yield opened


def test_the_words_stand_where_the_metadata_says(retriever: BaseRetriever, reading_desk: Desk) -> None:
    found = retriever.invoke(QUESTION)
    assert 0 < len(found) <= 3
    with open_catalogue(read_settings({}, index=reading_desk.index)) as catalogue:
        for one in found:
            place = one.metadata
            text = catalogue.document(place["document"], place["version"]).text
            assert text[place["start"] : place["end"]] == one.page_content


def test_the_documented_agent_cites_what_it_looked_up(retriever: BaseRetriever) -> None:
    spec = importlib.util.spec_from_file_location("langgraph_agent", EXAMPLE)
    assert spec is not None
    assert spec.loader is not None
    example = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(example)
    call = AIMessage("", tool_calls=[{"name": "look_up", "args": {"question": QUESTION}, "id": "1"}])
    model = CallingModel(script=Script([call, "It is in progress (a.md 10:42)."]))
    messages = example.build_agent(model, retriever).invoke({"messages": [("user", QUESTION)]})["messages"]
    looked_up = [message for message in messages if isinstance(message, ToolMessage)]
    assert retriever.invoke(QUESTION)[0].page_content in str(looked_up[0].content)
    assert messages[-1].content == "It is in progress (a.md 10:42)."
