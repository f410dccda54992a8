"""``askpcc status``: the register as a table, JSON, CSV or a workbook."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from askpcc.settings import read_settings

if TYPE_CHECKING:
    from askpcc.register import Register

_FOLDER = click.Path(file_okay=False, path_type=Path)
_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.option("--force", metavar="F", help="Only of this force, under any of its names.")
@click.option("--report", metavar="R", help="Only on reports or documents with these words in title or name.")
@click.option("--status", metavar="S", help="Only with this status, such as in_progress.")
@click.option("--as-of", metavar="DATE", help="As it was known on that day.")
@click.option("--history", is_flag=True, help="Also what a newer document has superseded.")
@click.option("--json", "in_json", is_flag=True, help="Print JSON.")
@click.option("--csv", "in_csv", is_flag=True, help="Print CSV.")
@click.option("--xlsx", type=_FILE, metavar="FILE", help="Write a workbook for spreadsheets.")
@click.option("--index", type=_FOLDER, help="Folder of the index (ASKPCC_INDEX).")
def status(
    force: str | None,
    report: str | None,
    status: str | None,
    as_of: str | None,
    history: bool,
    in_json: bool,
    in_csv: bool,
    xlsx: Path | None,
    index: Path | None,
) -> None:
    """Show what has become of each matter, who says so and in which words, newest first.

    What the register does not cover is said below it: on stderr with --json, --csv or --xlsx.
    """
    from askpcc import app
    from askpcc.language.forces import load_forces
    from askpcc.register import Choice, choose

    if in_json + in_csv + (xlsx is not None) > 1:
        raise click.UsageError("Choose one of --json, --csv and --xlsx.")
    choice = Choice(force, report, status, as_of, history)
    with app.open_catalogue(read_settings(index=index)) as catalogue:
        register = choose(catalogue.dossiers(), choice, load_forces())
    if xlsx is not None:
        app.write_register(xlsx, register)
        click.echo(f"{xlsx}: {len(register.rows)} rows.")
    elif in_json or in_csv:
        click.echo(_as_data(register, in_csv=in_csv), nl=not in_csv)
    else:
        _show(register)
    _tell(register.notes, err=in_json or in_csv or xlsx is not None)


def _as_data(register: "Register", *, in_csv: bool) -> str:
    from askpcc.rendering.answers import write_json
    from askpcc.rendering.register_sheets import as_csv

    return as_csv(register.rows) if in_csv else write_json([row.as_json() for row in register.rows])


def _show(register: "Register") -> None:
    from askpcc.rendering.register_table import show_rows

    show_rows(register.rows, sys.stdout)
    click.echo()


def _tell(notes: Iterable[str], *, err: bool) -> None:
    from askpcc.rendering.answers import visible

    for note in notes:
        click.echo(visible(note), err=err)
