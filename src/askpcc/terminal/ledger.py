"""``askpcc purge`` and ``askpcc export``: erasing and handing out what the ledger keeps."""

import csv
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from io import TextIOWrapper
from pathlib import Path
from tempfile import mkstemp
from typing import TYPE_CHECKING, TextIO

import click

from askpcc.errors import LedgerError
from askpcc.settings import read_settings

if TYPE_CHECKING:
    from askpcc.model import Erasure
    from askpcc.ports import Archive

_LONGEST_DAYS = 36_500
_OPERATOR = "command line"
_NOT_OURS = "Messages in Slack, and copies of the ledger, are not touched: delete them there."
_LINES, _CSV = "jsonl", "csv"


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
    from askpcc.app.ledger import open_kept_ledger
    from askpcc.model import Act

    if days is None and user is None:
        raise click.UsageError("Say what is to go: --older-than DAYS, --user ID, or both.")
    now = datetime.now(UTC)
    before = None if days is None else now - timedelta(days=days)
    with open_kept_ledger(read_settings()) as ledger:
        planned = ledger.plan_purge(before, user)
        click.echo(f"{'Would go' if dry_run else 'To go'}: {_tell(planned)}.")
        if dry_run or not any(_amounts(planned)):
            return
        click.echo(_NOT_OURS)
        if not yes:
            click.confirm("Erase this for good?", abort=True)
        erased = ledger.purge(before, user)
        about = " and ".join(
            [*([f"older than {days} days"] if days is not None else []), *(["one person"] if user else [])]
        )
        ledger.note(Act(_OPERATOR, "purge", about, now, _tell(erased)))
    click.echo(f"Erased: {_tell(erased)}.")


def _amounts(erasure: "Erasure") -> tuple[int, ...]:
    return erasure.inquiries, erasure.answers, erasure.verdicts, erasure.approvals, erasure.renamed


def _tell(erasure: "Erasure") -> str:
    nouns = ("question", "answer", "verdict", "approval")
    counted = [
        f"{n} {noun}{'' if n == 1 else 's'}" for n, noun in zip(_amounts(erasure), nouns, strict=False)
    ]
    return (
        f"{', '.join(counted)}; a name in {erasure.renamed} other place{'' if erasure.renamed == 1 else 's'}"
    )


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
    from askpcc.app.ledger import open_kept_ledger

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
    from askpcc.rendering.answers import write_json
    from askpcc.reviewing.exporting import read_cases

    cases = read_cases(archive.records(since, user))
    file.writelines(f"{write_json(case)}\n" for case in cases)
    return len(cases)


def _write_lines(archive: "Archive", file: TextIO, since: datetime | None, user: str | None) -> int:
    from askpcc.rendering.answers import write_json
    from askpcc.reviewing.sheets import deed_as_json, record_as_json

    count = 0
    for record in archive.records(since, user):
        file.write(f"{write_json(record_as_json(record))}\n")
        count += 1
    for deed in archive.deeds(user) if user is not None else ():
        if since is None or deed.at >= since:
            file.write(f"{write_json(deed_as_json(deed))}\n")
            count += 1
    return count


def _write_csv(archive: "Archive", file: TextIO, since: datetime | None, user: str | None) -> int:
    from askpcc.rendering.register_sheets import disarm
    from askpcc.rendering.register_wording import in_one_line
    from askpcc.reviewing.sheets import COLUMNS, read_cells

    writer, count = csv.writer(file, lineterminator="\n"), 0
    writer.writerow(COLUMNS)
    for record in archive.records(since, user):
        for cells in read_cells(record):
            writer.writerow([disarm(in_one_line(cell)) for cell in cells])
            count += 1
    return count
