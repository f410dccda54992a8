"""``askpcc slack``: the bot."""

import gc
import signal
import sys
from pathlib import Path
from threading import Event

import click

from askpcc.settings import read_settings

_FOLDER = click.Path(file_okay=False, path_type=Path)
_LEVELS = click.Choice(["debug", "info", "warning", "error"])


@click.command()
@click.option("--corpus", type=_FOLDER, help="Folder of response documents (ASKPCC_CORPUS).")
@click.option("--index", type=_FOLDER, help="Folder of the index (ASKPCC_INDEX).")
@click.option("--http", is_flag=True, help="Take Slack's requests over HTTP instead of opening a socket.")
@click.option("--host", default="127.0.0.1", show_default=True, help="With --http: where to listen.")
@click.option("--port", default=3000, show_default=True, help="With --http: on which port.")
@click.option(
    "--log-level", type=_LEVELS, default="info", show_default=True, help="Least level of log lines."
)
def slack(corpus: Path | None, index: Path | None, http: bool, host: str, port: int, log_level: str) -> None:
    """Answer questions in Slack until stopped; what it needs is checked by askpcc doctor.

    Log lines go to stderr, one JSON object each, without anybody's words.
    """
    from askpcc import app
    from askpcc.rendering.logs import configure_logging

    settings = read_settings(corpus=corpus, index=index)
    configure_logging(log_level, sys.stderr, settings.slack.secrets)
    until = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: until.set())
    app.run_slack(settings, until, (host, port) if http else None, _keep_memory)


def _keep_memory() -> None:
    """Let the collector of garbage leave alone what stays: to look through it stops all threads."""
    gc.collect()
    gc.freeze()
