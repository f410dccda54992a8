"""The command line.  Results go to stdout, progress and complaints to stderr.

Exit status: 0 done, 1 a failure told in one sentence, 2 wrong usage, 130 interrupted, 141 nobody reads on.
"""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from askpcc import __version__
from askpcc.settings import Settings, read_settings
from askpcc.terminal.evaluate import evaluate
from askpcc.terminal.failures import Told
from askpcc.terminal.ledger import export, purge
from askpcc.terminal.mcp import mcp
from askpcc.terminal.slack import slack
from askpcc.terminal.slack_setup import doctor, manifest
from askpcc.terminal.status import status
from askpcc.terminal.web import web

if TYPE_CHECKING:
    from askpcc.indexing.indexer import Wishes

_WAIT = 600.0
_FOLDER = click.Path(file_okay=False, path_type=Path)
_corpus = click.option("--corpus", type=_FOLDER, help="Folder of response documents (ASKPCC_CORPUS).")
_index = click.option("--index", type=_FOLDER, help="Folder of the index (ASKPCC_INDEX).")
_json = click.option("--json", "in_json", is_flag=True, help="Print JSON.")


@click.group(cls=Told, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="askpcc")
@click.option("--debug", is_flag=True, help="Show where an unexpected failure comes from.")
def main(debug: bool) -> None:
    """Answer questions about published responses to police inspections, with checked citations."""


@main.command()
@_corpus
@_index
@_json
@click.option("--dry-run", is_flag=True, help="Say what would be done; write nothing.")
@click.option("--rebuild", is_flag=True, help="Read every document again.")
@click.option("--allow-shrink", is_flag=True, help="Allow more than half of the documents to go.")
@click.option("--wait", default=_WAIT, metavar="SECONDS", help="Wait this long for another run (600).")
def index(
    corpus: Path | None,
    index: Path | None,
    in_json: bool,
    dry_run: bool,
    rebuild: bool,
    allow_shrink: bool,
    wait: float,
) -> None:
    """Bring the index up to date with the corpus: new, changed and removed documents."""
    from askpcc.indexing.indexer import Wishes

    wishes = Wishes(rebuild, dry_run, allow_shrink)
    _run_index(read_settings(corpus=corpus, index=index), wishes, wait, in_json=in_json)


def _run_index(settings: Settings, wishes: "Wishes", wait: float, *, in_json: bool = False) -> None:
    from askpcc import app
    from askpcc.rendering.answers import write_json
    from askpcc.rendering.logs import configure_logging
    from askpcc.rendering.reports import report_as_text
    from askpcc.terminal.progress import Progress

    configure_logging("warning", sys.stderr)
    with Progress(sys.stderr) as progress:
        report = app.run_index(settings, progress, wishes, wait)
    click.echo(write_json(report.as_json()) if in_json else report_as_text(report))
    if report.failed:
        sys.exit(1)


@main.command()
@click.argument("question")
@_index
@_json
@click.option("--history", multiple=True, metavar="EARLIER", help="An earlier question; repeatable.")
@click.option("--explain", is_flag=True, help="Show on stderr how the question was read and what was found.")
def ask(question: str, index: Path | None, in_json: bool, history: tuple[str, ...], explain: bool) -> None:
    """Answer QUESTION with the documents' own words and their places.

    With --json and - as QUESTION, read one JSON object a line from stdin (id, question, optional
    history) and write one answer a line.
    """
    from askpcc import app
    from askpcc.rendering.answers import as_json, as_text, explanation, visible, write_json
    from askpcc.terminal.batch import answer_lines

    if question == "-" and not in_json:
        raise click.UsageError("Questions are read from stdin as JSON lines: add --json.")
    with app.open_answerer(read_settings(index=index)) as answerer:
        if question == "-":
            sys.exit(answer_lines(answerer, sys.stdin, sys.stdout, sys.stderr))
        answered = answerer.answer(question, history)
    if explain:
        click.echo(visible(explanation(answered)), err=True)
    if in_json:
        click.echo(write_json(as_json(answered.answer, None, answered.milliseconds)))
    else:
        click.echo(as_text(answered.answer))


@main.command()
@click.argument("document")
@_index
@click.option("--version", "version", metavar="VERSION", help="An earlier version, as a citation names it.")
@click.option(
    "--at", "place", metavar="START:END", help="Only this place; in a terminal, marked where it stands."
)
def show(document: str, index: Path | None, version: str | None, place: str | None) -> None:
    """Print the stored text of DOCUMENT exactly, to which the offsets of citations refer."""
    from askpcc import app
    from askpcc.errors import UnknownDocument
    from askpcc.rendering.documents import cut, name_near, read_place

    with app.open_catalogue(read_settings(index=index)) as catalogue:
        try:
            text = catalogue.document(document, version).text
        except UnknownDocument as exc:
            near = name_near(document, [card.path for card in catalogue.documents()])
            raise UnknownDocument(f"{exc}{near}") from exc
    shown = cut(text, read_place(place, text), terminal=sys.stdout.isatty())
    sys.stdout.buffer.write(shown.encode("utf-8", "surrogatepass"))
    sys.stdout.flush()  # while a closed pipe can be told: at the interpreter's end it complains


@main.command()
@_index
@_json
def documents(index: Path | None, in_json: bool) -> None:
    """List the documents with what was read from each and where it came from."""
    from askpcc import app
    from askpcc.rendering.answers import write_json
    from askpcc.rendering.documents import card_as_json, cards_as_text

    with app.open_catalogue(read_settings(index=index)) as catalogue:
        cards = catalogue.documents()
    if in_json:
        click.echo(write_json([card_as_json(card) for card in cards]))
    else:
        click.echo(cards_as_text(cards))


@main.command()
@click.argument("what", metavar="FILE|URL")
@_corpus
@_index
@click.option(
    "--name",
    help="Name it gets below the corpus. By default a FILE keeps its own, a page gets one from its title.",
)
@click.option("--url", help="Where FILE came from.")
@click.option("--replace", metavar="DOCUMENT", help="Put it in place of this document.")
@click.option("--allow-private", is_flag=True, help="Allow addresses inside a private network.")
def add(
    what: str,
    corpus: Path | None,
    index: Path | None,
    name: str | None,
    url: str | None,
    replace: str | None,
    allow_private: bool,
) -> None:
    """Put a response into the corpus, note where it came from, and index it."""
    from askpcc import app
    from askpcc.adding.additions import Wishes as AddingWishes
    from askpcc.indexing.indexer import Wishes
    from askpcc.rendering.answers import visible
    from askpcc.rendering.logs import configure_logging
    from askpcc.terminal.progress import Progress

    configure_logging("warning", sys.stderr)
    settings = read_settings(corpus=corpus, index=index)
    with Progress(sys.stderr) as progress:
        wishes = AddingWishes(name, url, replace)
        addition = app.run_add(settings, what, wishes, progress.tell, allow_private=allow_private)
    click.echo(visible(addition.sentence))
    if not addition.stored:
        sys.exit(1)
    _run_index(settings, Wishes(), _WAIT)


for command in (status, slack, web, mcp, manifest, doctor, evaluate, export, purge):
    main.add_command(command)
