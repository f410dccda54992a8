"""``askpcc manifest`` and ``askpcc doctor``: setting the Slack bot up."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from askpcc.errors import SettingsError
from askpcc.settings import read_settings

if TYPE_CHECKING:
    from askpcc.surfaces.slack.doctor import Finding

_FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command()
@click.option(
    "--http", "url", metavar="URL", help="Public address, for requests over HTTP instead of sockets."
)
@click.option("--name", metavar="NAME", help="What people call the bot (askpcc).")
def manifest(url: str | None, name: str | None) -> None:
    """Print the manifest to paste where Slack asks for one when an app is made."""
    from askpcc.surfaces.slack.manifest import build_manifest, write_manifest

    click.echo(write_manifest(build_manifest(name, url)), nl=False)


@click.command()
@click.option("--json", "in_json", is_flag=True, help="Print JSON.")
@click.option("--index", type=_FOLDER, help="Folder of the index (ASKPCC_INDEX).")
def doctor(in_json: bool, index: Path | None) -> None:
    """Look at all that the Slack bot needs, and say what to do about what is wrong.

    Exit status 1 when something does not work.
    """
    from askpcc.rendering.answers import write_json
    from askpcc.surfaces.slack.doctor import findings_as_text, has_failed

    findings = _examine(index)
    click.echo(
        write_json([finding.as_json() for finding in findings]) if in_json else findings_as_text(findings)
    )
    if has_failed(findings):
        sys.exit(1)


def _examine(index: Path | None) -> "list[Finding]":
    from askpcc.app.slack_setup import run_doctor
    from askpcc.surfaces.slack.doctor import Finding, State

    try:
        settings = read_settings(index=index)
    except SettingsError as exc:
        return [Finding("settings", State.FAILED, str(exc))]
    return [Finding("settings", State.OK, "All of them can be used."), *run_doctor(settings)]
