"""``askpcc eval``: how good the answers to a question set are."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from askpcc.settings import read_settings

_FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command("eval")
@click.argument("questions", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--corpus", type=_FOLDER, help="Folder of the documents that the set is about (ASKPCC_CORPUS).")
@click.option(
    "--index", type=_FOLDER, help="Index to bring up to date and keep; by default one for this run."
)
@click.option("--misses", is_flag=True, help="List what went wrong.")
@click.option(
    "--writer",
    "writers",
    multiple=True,
    type=click.Choice(["quoting", "model"]),
    help="Who writes; repeat it to compare. By default the one that is set.",
)
@click.option("--json", "in_json", is_flag=True, help="Print JSON.")
def evaluate(
    questions: Path,
    corpus: Path | None,
    index: Path | None,
    misses: bool,
    writers: tuple[str, ...],
    in_json: bool,
) -> None:
    """Answer the questions of QUESTIONS, a JSON Lines file, and print the measures.

    Also prints the curve of risk against coverage: the share of wrong answers among those given, the
    surest first.
    """
    from askpcc import app
    from askpcc.evaluating.measures import read_cases
    from askpcc.evaluating.runs import compare_tallies, tally_as_json, tally_as_text
    from askpcc.rendering.answers import write_json
    from askpcc.terminal.progress import Progress

    cases = read_cases(questions.read_text("utf-8").splitlines())
    with TemporaryDirectory(prefix="askpcc-eval-") as folder, Progress(sys.stderr) as progress:
        settings = read_settings(corpus=corpus, index=index or Path(folder))
        tallies = app.run_evaluation(settings, cases, progress, writers)
    if in_json:
        shapes = {writer: tally_as_json(tally, len(cases)) for writer, tally in tallies.items()}
        click.echo(write_json(shapes if len(shapes) > 1 else next(iter(shapes.values()))))
        return
    if len(tallies) > 1:
        click.echo(compare_tallies(tallies) + "\n")
    for writer, tally in tallies.items():
        click.echo(f"{writer}\n" if len(tallies) > 1 else "", nl=len(tallies) > 1)
        click.echo(tally_as_text(tally, len(cases), misses=misses))
