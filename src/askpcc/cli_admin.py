"""The commands that run the bot, the pages and the protocol server, and that keep the ledger."""

import csv
import gc
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from io import TextIOWrapper
from pathlib import Path
from tempfile import mkstemp
from threading import Event
from typing import TYPE_CHECKING, TextIO

import click

from askpcc.errors import LedgerError, SettingsError
from askpcc.settings import read_settings

if TYPE_CHECKING:
    from askpcc.model import Erasure
    from askpcc.ports import Archive
    from askpcc.slack.doctor import Finding

_FOLDER = click.Path(file_okay=False, path_type=Path)
_LEVELS = click.Choice(["debug", "info", "warning", "error"])
_LONGEST_DAYS = 36_500
_OPERATOR = "command line"
_NOT_OURS = "Messages in Slack, and copies of the ledger, are not touched: delete them there."
_LINES, _CSV = "jsonl", "csv"
_allow_private = click.option(
    "--allow-private", is_flag=True, help="Allow watched pages inside a private network."
)


@click.command()
@click.option("--corpus", type=_FOLDER, help="Folder of response documents (ASKPCC_CORPUS).")
@click.option("--index", type=_FOLDER, help="Folder of the index (ASKPCC_INDEX).")
@click.option("--http", is_flag=True, help="Take Slack's requests over HTTP instead of opening a socket.")
@click.option("--host", default="127.0.0.1", show_default=True, help="With --http: where to listen.")
@click.option("--port", default=3000, show_default=True, help="With --http: on which port.")
@click.option(
    "--log-level", type=_LEVELS, default="info", show_default=True, help="Least level of log lines."
)
@_allow_private
def slack(
    corpus: Path | None,
    index: Path | None,
    http: bool,
    host: str,
    port: int,
    log_level: str,
    allow_private: bool,
) -> None:
    """Answer questions in Slack until stopped; what it needs is checked by askpcc doctor.

    Log lines go to stderr, one JSON object each, without anybody's words.
    """
    from askpcc.app.slack import run_slack
    from askpcc.app.watch import WatchOptions
    from askpcc.rendering.logs import configure_logging

    settings = read_settings(corpus=corpus, index=index)
    configure_logging(log_level, sys.stderr, settings.slack.secrets)
    until = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: until.set())
    run_slack(settings, until, (host, port) if http else None, _keep_memory, WatchOptions(allow_private))


def _keep_memory() -> None:
    """Let the collector of garbage leave alone what stays: to look through it stops all threads."""
    gc.collect()
    gc.freeze()


@click.command()
@click.option("--corpus", type=_FOLDER, help="Folder in which new documents are looked for (ASKPCC_CORPUS).")
@click.option("--index", type=_FOLDER, help="Folder of the index (ASKPCC_INDEX).")
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen.")
@click.option("--port", default=8000, show_default=True, help="On which port; 0 for any that is free.")
@click.option(
    "--log-level", type=_LEVELS, default="warning", show_default=True, help="Least level of log lines."
)
@_allow_private
def web(
    corpus: Path | None, index: Path | None, host: str, port: int, log_level: str, allow_private: bool
) -> None:
    """Serve pages for a browser: ask, sources, register, documents, changes.

    On this machine alone it prints a link that works once, within ten minutes. For others it needs Sign in
    with Slack or a reverse proxy that names people.
    """
    from askpcc.app.watch import WatchOptions
    from askpcc.app.web import run_web
    from askpcc.rendering.logs import configure_logging

    settings = read_settings(corpus=corpus, index=index)
    configure_logging(log_level, sys.stderr, settings.web.secrets)
    until = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: until.set())
    run_web(
        settings,
        host,
        port,
        until,
        lambda address: click.echo(f"The pages are at {address}"),
        WatchOptions(allow_private),
    )


@click.command()
@click.option("--index", type=_FOLDER, help="Folder of the index (ASKPCC_INDEX).")
def mcp(index: Path | None) -> None:
    """Serve answers, the register and passages to other assistants, over stdin and stdout, read-only."""
    from askpcc.app.flows import run_mcp

    run_mcp(read_settings(index=index))


@click.command()
@click.option(
    "--http", "url", metavar="URL", help="Public address, for requests over HTTP instead of sockets."
)
@click.option("--name", metavar="NAME", help="What people call the bot (askpcc).")
def manifest(url: str | None, name: str | None) -> None:
    """Print the manifest to paste where Slack asks for one when an app is made."""
    from askpcc.slack.doctor import build_manifest, write_manifest

    click.echo(write_manifest(build_manifest(name, url)), nl=False)


@click.command()
@click.option("--json", "in_json", is_flag=True, help="Print JSON.")
@click.option("--index", type=_FOLDER, help="Folder of the index (ASKPCC_INDEX).")
def doctor(in_json: bool, index: Path | None) -> None:
    """Look at all that the Slack bot needs, and say what to do about what is wrong.

    Exit status 1 when something does not work.
    """
    from askpcc.rendering.results import write_json
    from askpcc.slack.doctor import format_findings, has_failed

    findings = _examine(index)
    click.echo(
        write_json([finding.as_json() for finding in findings]) if in_json else format_findings(findings)
    )
    if has_failed(findings):
        sys.exit(1)


def _examine(index: Path | None) -> "list[Finding]":
    from askpcc.app.doctor import run_doctor
    from askpcc.slack.doctor import Finding, State

    try:
        settings = read_settings(index=index)
    except SettingsError as exc:
        return [Finding("settings", State.FAILED, str(exc))]
    return [Finding("settings", State.OK, "All of them can be used."), *run_doctor(settings)]


@click.command()
@click.option(
    "--format",
    "shape",
    type=click.Choice([_LINES, _CSV]),
    default=_LINES,
    help="One JSON object a question (jsonl), or one row an answer (csv).",
)
@click.option(
    "--user", metavar="ID", help="Only what this person asked; as JSON, also what they did elsewhere."
)
@click.option(
    "--since",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="Only what was asked since then (2026-01-31, in UTC).",
)
@click.option("--as-questions", is_flag=True, help="Write reviewers' verdicts as a set for: askpcc eval")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write to FILE, readable for its owner only.",
)
def export(
    shape: str, user: str | None, since: datetime | None, as_questions: bool, output: Path | None
) -> None:
    """Write what the ledger keeps, oldest first."""
    from askpcc.app.flows import open_kept_ledger

    if as_questions and shape == _CSV:
        raise click.UsageError("A set of questions is JSON Lines: leave out --format csv.")
    begin = None if since is None else since.replace(tzinfo=UTC)
    with open_kept_ledger(read_settings()) as ledger, _open_output(output) as file:
        if as_questions:
            count = _write_questions(ledger, file, begin, user)
        elif shape == _CSV:
            count = _write_csv(ledger, file, begin, user)
        else:
            count = _write_lines(ledger, file, begin, user)
    if output is not None:
        click.echo(
            f"{output}: {count} {'row' if shape == _CSV else 'line'}{'' if count == 1 else 's'}.", err=True
        )


@contextmanager
def _open_output(path: Path | None) -> Iterator[TextIO]:
    """Give where to write; a file appears when it is whole."""
    if path is None:
        out = TextIOWrapper(sys.stdout.buffer, "utf-8", newline="\n", write_through=True)
        try:
            yield out
        finally:
            out.detach()
        return
    try:
        handle, part = mkstemp(dir=path.parent, prefix=f".{path.name}-")
        try:
            with open(handle, "w", encoding="utf-8", newline="\n") as file:  # noqa: PTH123 - it is open already
                yield file
            Path(part).replace(path)
        finally:
            Path(part).unlink(missing_ok=True)
    except OSError as exc:
        raise LedgerError(f"{path} cannot be written: {exc.strerror}. Choose another place.") from exc


def _write_questions(archive: "Archive", file: TextIO, since: datetime | None, user: str | None) -> int:
    from askpcc.rendering.results import write_json
    from askpcc.review.export import read_cases

    cases = read_cases(archive.records(since, user))
    file.writelines(f"{write_json(case)}\n" for case in cases)
    return len(cases)


def _write_lines(archive: "Archive", file: TextIO, since: datetime | None, user: str | None) -> int:
    from askpcc.rendering.results import write_json
    from askpcc.review.export import activity_as_json, record_as_json

    count = 0
    for record in archive.records(since, user):
        file.write(f"{write_json(record_as_json(record))}\n")
        count += 1
    for activity in archive.activities(user) if user is not None else ():
        if since is None or activity.at >= since:
            file.write(f"{write_json(activity_as_json(activity))}\n")
            count += 1
    return count


def _write_csv(archive: "Archive", file: TextIO, since: datetime | None, user: str | None) -> int:
    from askpcc.rendering.register_text import disarm
    from askpcc.rendering.results import in_one_line
    from askpcc.review.export import COLUMNS, read_cells

    writer, count = csv.writer(file, lineterminator="\n"), 0
    writer.writerow(COLUMNS)
    for record in archive.records(since, user):
        for cells in read_cells(record):
            writer.writerow([disarm(in_one_line(cell)) for cell in cells])
            count += 1
    return count


@click.command()
@click.option(
    "--older-than",
    "days",
    type=click.IntRange(0, _LONGEST_DAYS),
    metavar="DAYS",
    help="What was asked more than so many days ago.",
)
@click.option("--user", metavar="ID", help="What this person asked, and their name elsewhere.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--dry-run", is_flag=True, help="Say what would be erased; erase nothing.")
def purge(days: int | None, user: str | None, yes: bool, dry_run: bool) -> None:
    """Erase questions from the ledger, with their answers, feedback, verdicts and approvals.

    With both --older-than and --user, only what this person asked that long ago.  What the person did with
    others' answers stays, without their name.
    """
    from askpcc.app.flows import open_kept_ledger
    from askpcc.model import Act

    if days is None and user is None:
        raise click.UsageError("Say what is to go: --older-than DAYS, --user ID, or both.")
    now = datetime.now(UTC)
    before = None if days is None else now - timedelta(days=days)
    with open_kept_ledger(read_settings()) as ledger:
        planned = ledger.plan_purge(before, user)
        click.echo(f"{'Would go' if dry_run else 'To go'}: {_format_erasure(planned)}.")
        if dry_run or not any(_amounts(planned)):
            return
        click.echo(_NOT_OURS)
        if not yes:
            click.confirm("Erase this for good?", abort=True)
        erased = ledger.purge(before, user)
        about = " and ".join(
            [*([f"older than {days} days"] if days is not None else []), *(["one person"] if user else [])]
        )
        ledger.note(Act(_OPERATOR, "purge", about, now, _format_erasure(erased)))
    click.echo(f"Erased: {_format_erasure(erased)}.")


def _amounts(erasure: "Erasure") -> tuple[int, ...]:
    return erasure.inquiries, erasure.answers, erasure.verdicts, erasure.approvals, erasure.renamed


def _format_erasure(erasure: "Erasure") -> str:
    nouns = ("question", "answer", "verdict", "approval")
    counted = [
        f"{n} {noun}{'' if n == 1 else 's'}" for n, noun in zip(_amounts(erasure), nouns, strict=False)
    ]
    return (
        f"{', '.join(counted)}; a name in {erasure.renamed} other place{'' if erasure.renamed == 1 else 's'}"
    )
