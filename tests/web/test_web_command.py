"""The command that serves the pages, as a process of its own."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner

from askpcc.cli_admin import web
from askpcc.errors import SettingsError
from support.whole_flow import WholeFlow

pytest_plugins = ("support.web_fixtures",)

PROGRAM = """
import sys
from askpcc.cli_admin import web
try:
    web(sys.argv[1:], standalone_mode=False)
finally:
    heavy = {"torch", "transformers", "sentence_transformers", "chromadb"} & set(sys.modules)
    print("loaded:", *sorted(heavy))
"""


@contextmanager
def started(folder: Path, *options: str) -> Iterator["subprocess.Popen[str]"]:
    """Start the command in a folder, in which it keeps its ledger; end it as a service manager would."""
    command = [sys.executable, "-c", PROGRAM, "--port", "0", *options]
    environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": ":".join(sys.path), "HOME": str(folder)}
    pipe = subprocess.PIPE
    with subprocess.Popen(  # noqa: S603 - our own interpreter and program
        command, cwd=folder, env=environment, stdout=pipe, stderr=pipe, text=True
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def read_link(process: "subprocess.Popen[str]") -> str:
    """Return the link that it prints when it serves."""
    assert process.stdout
    return process.stdout.readline().strip().partition("The pages are at ")[2]


def test_the_printed_link_opens_the_pages_and_nothing_heavy_is_loaded(
    shelf: WholeFlow, tmp_path: Path
) -> None:
    with started(tmp_path, "--index", str(shelf.settings.index)) as process:
        with httpx.Client(follow_redirects=True) as client:
            page = client.get(read_link(process))
            assert page.status_code == 200
            assert "Your question" in page.text
            assert client.get(page.url.join("/register")).status_code == 200
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=60)
    assert out.split() == ["loaded:"]
    assert err == ""
    assert process.returncode == 0


def test_it_does_not_serve_others_without_a_way_to_sign_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for host in ["0.0.0.0", "::"]:  # noqa: S104 - refused
        result = CliRunner(env={"ASKPCC_LEDGER": "sqlite:///l.sqlite"}).invoke(web, ["--host", host])
        assert isinstance(result.exception, SettingsError)
        assert not (tmp_path / "l.sqlite").exists()
