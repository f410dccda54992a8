"""One process of the bot, as people run it: its log, its health port, its life."""

import json
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, Self

STARTING, ANSWERING, ENDING = 180.0, 120.0, 90.0
"""Seconds after which something never happens; on a busy machine the model alone takes ten to load."""
_PORTS = iter(range(os.getpid() % 500, 500 + os.getpid() % 500))


@dataclass
class BotProcess:
    """One process of ``askpcc slack``."""

    popen: subprocess.Popen[str]
    log: Path
    health: int

    @property
    def lines(self) -> list[dict[str, Any]]:
        """Return what it has logged; a line that is no JSON is an error."""
        whole = self.log.read_text("utf-8").rpartition("\n")[0]
        return [json.loads(line) for line in whole.splitlines()]

    def events(self, name: str) -> list[dict[str, Any]]:
        """Return its log lines of one event."""
        return [line for line in self.lines if line["event"] == name]

    @property
    def answered(self) -> set[str]:
        """Return the inquiries that it has answered."""
        return {str(line["inquiry"]) for line in self.events("answered")}

    def wait_until_started(self) -> Self:
        """Wait until it takes questions."""
        wait_for(lambda: self.popen.poll() is not None or self.events("started"), STARTING)
        assert self.popen.poll() is None, self.log.read_text("utf-8")
        return self

    def look(self, path: str) -> tuple[int, str]:
        """Return status and text of a path on its health port."""
        connection = HTTPConnection("127.0.0.1", self.health, timeout=10)
        try:
            connection.request("GET", path)
            response = connection.getresponse()
            return response.status, response.read().decode()
        finally:
            connection.close()

    def count(self, name: str) -> float:
        """Return the sum of a metric over all its labels."""
        samples = [line.split() for line in self.look("/metrics")[1].splitlines() if not line.startswith("#")]
        return sum(float(value) for label, value in samples if label.partition("{")[0] == name)

    def kill(self) -> None:
        """Let it die at once."""
        self.popen.kill()
        self.popen.wait(ENDING)

    def freeze(self) -> None:
        """Let it stand still, and wait until it does."""
        self.popen.send_signal(signal.SIGSTOP)
        os.waitid(os.P_PID, self.popen.pid, os.WSTOPPED)

    def thaw(self) -> None:
        """Let it go on."""
        self.popen.send_signal(signal.SIGCONT)

    def terminate(self) -> None:
        """Ask it to end."""
        self.popen.terminate()

    def wait(self) -> int:
        """Return its exit status, once it has ended."""
        return self.popen.wait(ENDING)


def wait_for(happened: Callable[[], object], seconds: float) -> None:
    """Look again and again until something has happened outside of this process."""
    until = time.monotonic() + seconds
    while not happened():
        if time.monotonic() > until:
            raise AssertionError(f"It did not happen within {seconds} s.")
        time.sleep(0.02)


def free_port() -> int:
    """Return a port of 127.0.0.1 that nobody uses, and which no other process of the tests will be given.

    It lies below those that the system gives to connections.
    """
    own = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    for number in _PORTS:
        port = 20_000 + (own * 1_000 + number) % 12_000
        try:
            socket.create_server(("127.0.0.1", port)).close()
        except OSError:
            continue
        return port
    raise AssertionError("No port is free.")
