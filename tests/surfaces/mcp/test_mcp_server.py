"""Another assistant's real client session talks to ``askpcc mcp``, a process of its own."""

import asyncio
import json
import os
import sys
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from mcp import ClientSession, StdioServerParameters, stdio_client

from support.command_line import Desk

Talk = Callable[[ClientSession], Awaitable[Any]]


def talk(desk: Desk, what: Talk) -> Any:  # noqa: ANN401 - whatever the talk brings
    """Start the server on the desk's index and talk to it."""

    async def run() -> Any:  # noqa: ANN401 - the same
        command = StdioServerParameters(
            command=sys.executable,
            args=["-c", "from askpcc.cli import main; main()", "mcp", "--index", str(desk.index)],
            env={name: value for name, value in os.environ.items() if not name.startswith("ASKPCC_")},
        )
        async with stdio_client(command) as (read, write), ClientSession(read, write) as session:
            await session.initialize()
            return await what(session)

    return asyncio.run(run())


def read(result: Any) -> Any:  # noqa: ANN401 - JSON
    """Return the JSON value of a tool's answer."""
    assert not result.is_error, result.content
    return json.loads(result.content[0].text)


def test_there_are_three_tools_and_all_only_read(reading_desk: Desk) -> None:
    listed = talk(reading_desk, lambda session: session.list_tools())
    assert {tool.name for tool in listed.tools} == {"ask", "register", "passage"}
    assert all(tool.annotations.read_only_hint for tool in listed.tools)


def test_an_answer_has_citations_whose_passages_can_be_fetched(reading_desk: Desk) -> None:
    async def ask(session: ClientSession) -> tuple[Any, Any, Any]:
        rows = read(await session.call_tool("register", {}))
        asked = {"question": f"What has become of {rows['rows'][0]['matter']}?"}
        answer = read(await session.call_tool("ask", asked))
        citation = rows["rows"][0]["citations"][0]
        place = {name: citation[name] for name in ("document", "start", "end", "version")}
        return answer, citation, read(await session.call_tool("passage", place))

    answer, citation, passage = talk(reading_desk, ask)
    assert "claims" in answer
    assert passage["text"] == citation["quote"]


@pytest.mark.parametrize(
    ("tool", "arguments"),
    [
        ("passage", {"document": "nowhere.md", "start": 0, "end": 5}),
        ("register", {"force": "Puddlecombe Police"}),
        ("ask", {"question": "  "}),
    ],
)
def test_a_failure_is_told_in_a_sentence(reading_desk: Desk, tool: str, arguments: dict[str, Any]) -> None:
    result = talk(reading_desk, lambda session: session.call_tool(tool, arguments))
    assert result.is_error
    assert "Traceback" not in result.content[0].text
