"""``askpcc web``: the pages."""

import signal
import sys
from pathlib import Path
from threading import Event

import click

from askpcc.settings import read_settings

_FOLDER = click.Path(file_okay=False, path_type=Path)
_LEVELS = click.Choice(["debug", "info", "warning", "error"])


@click.command()
@click.option("--index", type=_FOLDER, help="Folder of the index (ASKPCC_INDEX).")
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen.")
@click.option("--port", default=8000, show_default=True, help="On which port; 0 for any that is free.")
@click.option(
    "--log-level", type=_LEVELS, default="warning", show_default=True, help="Least level of log lines."
)
def web(index: Path | None, host: str, port: int, log_level: str) -> None:
    """Serve pages for a browser: ask, sources, register, documents, changes.

    On this machine alone it prints a link that works once, within ten minutes. For others it needs Sign in
    with Slack or a reverse proxy that names people.
    """
    from askpcc.app.web import run_web
    from askpcc.rendering.logs import configure_logging

    settings = read_settings(index=index)
    configure_logging(log_level, sys.stderr, settings.web.secrets)
    until = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: until.set())
    run_web(settings, host, port, until, lambda address: click.echo(f"The pages are at {address}"))
