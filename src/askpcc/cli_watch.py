"""The command that looks for new responses, and lists and adds what was found."""

import signal
import sys
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import click

from askpcc.cli_progress import Progress
from askpcc.errors import AskpccError
from askpcc.rendering.results import visible
from askpcc.settings import Settings, read_settings

if TYPE_CHECKING:
    from askpcc.app.watch import WatchOptions
    from askpcc.indexing.watching import TurnReport

_FOLDER = click.Path(file_okay=False, path_type=Path)
_WAIT = 600.0


@click.command()
@click.option("--corpus", type=_FOLDER, help="Folder of response documents (ASKPCC_CORPUS).")
@click.option("--index", type=_FOLDER, help="Folder of the index (ASKPCC_INDEX).")
@click.option("--once", is_flag=True, help="Look once, and end.")
@click.option("--pending", is_flag=True, help="List the links that wait for an administrator.")
@click.option("--add", "address", metavar="ADDRESS", help="Put a link that was found into the corpus.")
@click.option("--allow-private", is_flag=True, help="Allow addresses inside a private network.")
def watch(
    corpus: Path | None,
    index: Path | None,
    once: bool,
    pending: bool,
    address: str | None,
    allow_private: bool,
) -> None:
    """Look for new responses every ASKPCC_WATCH_MINUTES minutes, and index them.

    New, changed and removed files of the corpus are indexed. Links on the watched pages that may be
    responses are added or offered, as ASKPCC_WATCH_POLICY says.
    """
    from askpcc.app.watch import WatchOptions
    from askpcc.rendering.logs import configure_logging

    if once + pending + (address is not None) > 1:
        raise click.UsageError("Choose one of --once, --pending and --add.")
    configure_logging("warning", sys.stderr)
    settings = read_settings(corpus=corpus, index=index)
    options = WatchOptions(allow_private, failed=_tell_fault)
    if pending:
        _list_pending(settings)
    elif address is not None:
        _add(settings, address, options)
    else:
        _look(settings, options, once=once)


def _look(settings: Settings, options: "WatchOptions", *, once: bool) -> None:
    from askpcc.app.watch import run_watch

    until, faults = Event(), list[bool]()
    if not once:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: until.set())

    def told(report: "TurnReport") -> None:
        faults.append(bool(report.faults or (report.index and report.index.failed)))
        _show(report)

    with Progress(sys.stderr) as progress:
        run_watch(settings, options, until, progress, told, once=once)
    if once and any(faults):
        sys.exit(1)


def _show(report: "TurnReport") -> None:
    from askpcc.rendering.watch_text import format_turn

    for line in format_turn(report):
        click.echo(visible(line))
    for fault in report.faults:
        _tell_fault(fault)
    sys.stdout.flush()


def _tell_fault(fault: BaseException) -> None:
    told = str(fault) if isinstance(fault, AskpccError) else f"{type(fault).__name__}: {fault}"
    click.echo(visible(told), err=True)


def _list_pending(settings: Settings) -> None:
    from askpcc.app.watch import list_leads, read_pages
    from askpcc.rendering.watch_text import format_leads

    for line in format_leads(list_leads(settings)):
        click.echo(visible(line))
    for fault in read_pages(settings).faults:
        _tell_fault(fault)


def _add(settings: Settings, address: str, options: "WatchOptions") -> None:
    from askpcc.app.flows import run_index
    from askpcc.app.watch import run_add_lead
    from askpcc.indexing.indexer import IndexOptions
    from askpcc.rendering.register_text import report_as_text

    with Progress(sys.stderr) as progress:
        addition = run_add_lead(settings, address, options, progress.notify)
        click.echo(visible(addition.sentence))
        if not addition.stored:
            sys.exit(1)
        report = run_index(settings, progress, IndexOptions(), _WAIT)
    click.echo(report_as_text(report))
    if report.failed:
        sys.exit(1)
