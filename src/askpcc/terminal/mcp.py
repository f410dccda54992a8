"""``askpcc mcp``: the same for other assistants."""

from pathlib import Path

import click

from askpcc.settings import read_settings

_FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command()
@click.option("--index", type=_FOLDER, help="Folder of the index (ASKPCC_INDEX).")
def mcp(index: Path | None) -> None:
    """Serve answers, the register and passages to other assistants, over stdin and stdout, read-only."""
    from askpcc.app.mcp import run_mcp

    run_mcp(read_settings(index=index))
