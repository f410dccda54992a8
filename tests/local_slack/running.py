"""local-slack and the bot as processes, ready to be talked to."""

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import IO, Any, TypeVar

from local_slack import workspace
from local_slack.bridge import open_bridge

ASKPCC = Path(sys.executable).with_name("askpcc")

_PORT = re.compile(r"Web UI:\s.*:(\d+)\s*$")
_SECONDS_TO_END = 90.0
_PAUSE = 0.05
T = TypeVar("T")


class Ended(Exception):
    """A program has ended that was to go on."""


@dataclass(frozen=True, slots=True)
class LocalSlack:
    """A running local-slack.  url: of its page, through the bridge."""

    process: subprocess.Popen[str]
    url: str
    port: int

    def get(self, path: str) -> Any:  # noqa: ANN401 - JSON
        """Read something from its control interface."""
        return self._call("GET", path, None)

    def post(self, path: str, **arguments: object) -> Any:  # noqa: ANN401 - JSON
        """Do something through its control interface."""
        return self._call("POST", path, json.dumps(arguments))

    def messages(self, channel: str) -> list[dict[str, Any]]:
        """Return the messages of a channel, oldest first."""
        found: list[dict[str, Any]] = self.get(f"messages/{channel}")["messages"]
        return found

    def log(self) -> list[dict[str, Any]]:
        """Return what went to and from the bot, oldest first."""
        found: list[dict[str, Any]] = self.get("log")["log"]
        return found

    def replies(self, channel: str, thread: str) -> list[dict[str, Any]]:
        """Return what the bot has said in a thread of a channel."""
        found = self.messages(channel)
        return [each for each in found if each.get("bot_id") and each.get("thread_ts") == thread]

    def link_to_thread(self, channel: str, thread: str) -> str:
        """Return the address of the page with a thread open, in which there is a reply."""
        reply = self.replies(channel, thread)[-1]["ts"].replace(".", "")
        return f"{self.url}/archives/{channel}/p{reply}?thread_ts={thread}&cid={channel}"

    def is_connected(self) -> bool:
        """Tell whether the bot has opened its socket."""
        return any("socket connected" in entry["summary"] for entry in self.log())

    def _call(self, method: str, path: str, body: str | None) -> Any:  # noqa: ANN401 - JSON
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, f"/_control/{path}", body, {"Content-Type": "application/json"})
            return json.load(connection.getresponse())
        finally:
            connection.close()


@contextmanager
def open_local_slack(binary: Path, folder: Path) -> Iterator[LocalSlack]:
    """Run local-slack until the end of the block; it listens on all interfaces, nothing else can be told it.

    folder: for its configuration.
    """
    config = folder / "local-slack.json"
    config.write_text(json.dumps(workspace.describe_workspace()), encoding="utf-8")
    with open_bridge() as bridge:
        host = f"127.0.0.1:{bridge.server_port}/"
        command = [str(binary), "--config", str(config), "--port", "0", "--base-host", host]
        process = _start(command, folder, stdout=subprocess.PIPE)
        with _ending(process):
            port = bridge.target = _read_port(process)
            yield LocalSlack(process, bridge.url, port)


@contextmanager
def open_bot(
    slack: LocalSlack, index: Path, corpus: Path, folder: Path, log: IO[str]
) -> Iterator[subprocess.Popen[str]]:
    """Run the bot until the end of the block, from the moment on when its socket is open; raises Ended.

    folder: for its ledger and its settings, which it reads from .env there as people write it.
    """
    own = {
        "SLACK_BOT_TOKEN": workspace.BOT_TOKEN,
        "SLACK_APP_TOKEN": workspace.APP_TOKEN,
        "SLACK_API_URL": f"{slack.url}/api/",
        "ASKPCC_INDEX": str(index),
        "ASKPCC_CORPUS": str(corpus),
        "ASKPCC_LEDGER": f"sqlite:///{folder / 'ledger.sqlite'}",
        **workspace.STAFF,
    }
    written = "".join(f"{name}={value}\n" for name, value in own.items())
    (folder / ".env").write_text(written, encoding="utf-8")
    process = _start([str(ASKPCC), "slack", "--log-level", "warning"], folder, stderr=log)
    with _ending(process):
        wait_for(slack.is_connected, 120, (process, slack.process))
        yield process


def wait_for(
    happened: Callable[[], T], seconds: float = 180, processes: tuple[subprocess.Popen[str], ...] = ()
) -> T:
    """Look until something has happened, and return it; raises Ended where a process ends meanwhile."""
    until = time.monotonic() + seconds
    while not (found := happened()):
        for process in processes:
            if process.poll() is not None:
                raise Ended(f"{name_of(process)} has ended with status {process.returncode}.")
        if time.monotonic() > until:
            raise TimeoutError(f"It did not happen within {seconds} s.")
        time.sleep(_PAUSE)
    return found


def name_of(process: subprocess.Popen[str]) -> str:
    """Return what people call a program."""
    return "The bot" if str(ASKPCC) in str(process.args) else "local-slack"


def outside_settings() -> dict[str, str]:
    """Return the environment without anybody's settings of askpcc."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("ASKPCC_", "SLACK_"))}


def _start(
    command: list[str], folder: Path, stdout: int | None = None, stderr: IO[str] | None = None
) -> subprocess.Popen[str]:
    """Start a program in a process group of its own, so that Ctrl-C ends it through us, in order."""
    outside = outside_settings()
    return subprocess.Popen(  # noqa: S603 - the program of the package, or our own
        command, cwd=folder, env=outside, stdout=stdout, stderr=stderr, text=True, process_group=0
    )


@contextmanager
def _ending(process: subprocess.Popen[str]) -> Iterator[None]:
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(_SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout is not None:
            process.stdout.close()


def _read_port(process: subprocess.Popen[str]) -> int:
    """Wait until local-slack says where it listens."""
    for line in process.stdout or ():
        found = _PORT.search(line)
        if found:
            return int(found[1])
    raise Ended("local-slack has ended before it listened.")
