"""Another assistant's real client session talks to ``askpcc mcp``, a process of its own."""

import asyncio
import json
import os
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from mcp import ClientSession, StdioServerParameters, stdio_client

from support.slack_bot import DataFolder

pytest_plugins = ("support.slack_fixtures",)


async def talk(index: Path, what: Callable[[ClientSession], Awaitable["Talked"]]) -> "Talked":
    """Start the server on an index and talk to it."""
    command = StdioServerParameters(
        command=sys.executable,
        args=["-c", "from askpcc.cli import main; main()", "mcp", "--index", str(index)],
        env={name: value for name, value in os.environ.items() if not name.startswith("ASKPCC_")},
    )
    async with stdio_client(command) as (read, write), ClientSession(read, write) as session:
        await session.initialize()
        return await what(session)


def read(result: Any) -> Any:  # noqa: ANN401 - JSON
    """Return the JSON value of a tool's answer."""
    assert not result.is_error, result.content
    return json.loads(result.content[0].text)


FAILURES: list[tuple[str, dict[str, Any]]] = [
    ("passage", {"document": "nowhere.md", "start": 0, "end": 5}),
    ("register", {"force": "Nowhere Police"}),
    ("ask", {"question": "  "}),
]


@dataclass(frozen=True)
class Talked:
    """What one session heard: its tools, an answer, a citation and its passage, and failures."""

    tools: list[Any]
    answer: Any
    citation: Any
    passage: Any
    failed: list[Any]


@pytest.fixture(scope="module")
def talked(slack_data: DataFolder) -> Talked:
    async def converse(session: ClientSession) -> Talked:
        listed = await session.list_tools()
        rows = read(await session.call_tool("register", {}))
        asked = {"question": f"What has become of {rows['rows'][0]['matter']}?"}
        answer = read(await session.call_tool("ask", asked))
        citation = rows["rows"][0]["citations"][0]
        place = {name: citation[name] for name in ("document", "start", "end", "version")}
        passage = read(await session.call_tool("passage", place))
        failed = [await session.call_tool(tool, arguments) for tool, arguments in FAILURES]
        return Talked(list(listed.tools), answer, citation, passage, failed)

    return asyncio.run(talk(slack_data.index, converse))


def test_there_are_three_tools_and_all_only_read(talked: Talked) -> None:
    assert {tool.name for tool in talked.tools} == {"ask", "register", "passage"}
    assert all(tool.annotations.read_only_hint for tool in talked.tools)


def test_an_answer_has_citations_whose_passages_can_be_fetched(talked: Talked) -> None:
    assert talked.answer["claims"]
    assert talked.passage["text"] == talked.citation["quote"]


def test_a_failure_is_told_in_a_sentence(talked: Talked) -> None:
    for result in talked.failed:
        assert result.is_error
        assert "Traceback" not in result.content[0].text
