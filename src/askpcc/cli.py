"""The commands that people type: index, ask, show, documents, add, status, eval."""

import json
import os
import sys
from collections.abc import Iterable, Iterator
from math import isinf
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, TextIO

import click

from askpcc import __version__
from askpcc.cli_admin import (
    doctor,
    export,
    manifest,
    mcp,
    purge,
    slack,
    web,
)
from askpcc.cli_progress import Progress
from askpcc.cli_watch import watch
from askpcc.errors import AskpccError, QuestionError, UnknownDocument
from askpcc.rendering.results import (
    as_json,
    as_text,
    card_as_json,
    cards_as_text,
    cut,
    format_explanation,
    format_stray,
    name_near,
    read_place,
    visible,
    write_json,
)
from askpcc.settings import Settings, read_settings

if TYPE_CHECKING:
    from askpcc.asking.answering import Answerer
    from askpcc.indexing.indexer import IndexOptions
    from askpcc.register import Register

_FOLDER = click.Path(file_okay=False, path_type=Path)
_FILE = click.Path(dir_okay=False, path_type=Path)
_corpus = click.option("--corpus", type=_FOLDER, help="Folder of response documents (ASKPCC_CORPUS).")
_index = click.option("--index", type=_FOLDER, help="Folder of the index (ASKPCC_INDEX).")
_json = click.option("--json", "in_json", is_flag=True, help="Print JSON.")
_WAIT = 600.0
_NOBODY_READS = 141
"""What shells report of a tool that a closed pipe has ended: 128 + SIGPIPE."""


class _Commands(click.Group):
    """Shows every failure in a sentence, with exit status 1, or 130 where the person ended the run."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's own signature
        """Run the command that was asked for."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise  # click's own, which it tells itself
        except BrokenPipeError:
            _drop_output()
            ctx.exit(_NOBODY_READS)
        except AskpccError as exc:
            raise _as_sentence(str(exc)) from exc
        except KeyboardInterrupt:
            click.echo("Stopped.", err=True)
            ctx.exit(130)  # as shells report what SIGINT has ended
        except Exception as exc:
            if ctx.params["debug"]:
                raise
            told = f"{type(exc).__name__}: {exc}. Where it comes from is shown by: askpcc --debug ..."
            raise _as_sentence(told) from exc


def _drop_output() -> None:
    """Let what is still to be written go nowhere: the interpreter would complain of it at its end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def _as_sentence(failure: str) -> click.ClickException:
    """Needs nothing of ours, which may be what has failed; what could steer a terminal is left out."""
    return click.ClickException(
        "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in failure)
    )


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
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
    from askpcc.indexing.indexer import IndexOptions

    options = IndexOptions(rebuild, dry_run, allow_shrink)
    _run_index(read_settings(corpus=corpus, index=index), options, wait, in_json=in_json)


def _run_index(settings: Settings, options: "IndexOptions", wait: float, *, in_json: bool = False) -> None:
    from askpcc.app.flows import run_index
    from askpcc.rendering.logs import configure_logging
    from askpcc.rendering.register_text import report_as_text

    configure_logging("warning", sys.stderr)
    with Progress(sys.stderr) as progress:
        report = run_index(settings, progress, options, wait)
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
    from askpcc.app.flows import open_answerer

    if question == "-" and not in_json:
        raise click.UsageError("Questions are read from stdin as JSON lines: add --json.")
    with open_answerer(read_settings(index=index)) as answerer:
        if question == "-":
            sys.exit(answer_lines(answerer, sys.stdin, sys.stdout, sys.stderr))
        answered = answerer.answer(question, history)
    if explain:
        click.echo(visible(format_explanation(answered)), err=True)
    if in_json:
        click.echo(write_json(as_json(answered.answer, None, answered.milliseconds)))
    else:
        click.echo(as_text(answered.answer))


def answer_lines(answerer: "Answerer", questions: Iterable[str], answers: TextIO, complaints: TextIO) -> int:
    """Answer each line as it comes; return the exit status, 1 when a line could not be answered.

    A line that cannot be answered gives an object with ``id`` and ``error``, and a sentence to
    complaints that names the line; the others are answered all the same.  Raises QuestionError for
    questions that are not UTF-8, since no line can be told from the next in them.
    """
    status = 0
    for number, line in enumerate(_read_lines(questions), start=1):
        if not line.strip():
            continue
        request: dict[str, Any] = {}
        try:
            request = _read_object(line)
            answered = answerer.answer(*_question_of(request))
            shape = as_json(answered.answer, request.get("id"), answered.milliseconds)
        except AskpccError as exc:
            status = 1
            shape = {"id": request.get("id"), "error": str(exc)}
            print(f"line {number}: {visible(str(exc))}", file=complaints)
        print(write_json(shape), file=answers, flush=True)
    return status


def _read_lines(questions: Iterable[str]) -> Iterator[str]:
    try:
        yield from questions
    except UnicodeDecodeError as exc:
        raise QuestionError(f"The questions are not UTF-8: {exc}. Save them as UTF-8.") from exc


def _read_object(line: str) -> dict[str, Any]:
    try:
        # Some editors put a byte order mark at the start of a file.
        read = json.loads(
            line.removeprefix("\ufeff"), parse_constant=_refuse_constant, parse_float=_read_number
        )
    except (ValueError, RecursionError) as exc:
        raise QuestionError(f"This is no JSON: {exc}. Write one object a line.") from exc
    return read if isinstance(read, dict) else {}


def _question_of(request: dict[str, Any]) -> tuple[str, list[str]]:
    question = request.get("question")
    if not isinstance(question, str):
        raise QuestionError('A line must be an object with a "question" in it that is a text.')
    history = [] if request.get("history") is None else request["history"]
    if not isinstance(history, list) or not all(isinstance(earlier, str) for earlier in history):
        raise QuestionError('"history" must be a list of texts, the earlier questions of the thread.')
    return question, history


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not in JSON")


def _read_number(written: str) -> float:
    """Read a number; one that cannot be written again, such as 1e999, is refused."""
    number = float(written)
    if isinf(number):
        raise ValueError(f"{written} is too large a number")
    return number


@main.command()
@click.argument("document")
@_index
@click.option("--version", "version", metavar="VERSION", help="An earlier version, as a citation names it.")
@click.option(
    "--at", "place", metavar="START:END", help="Only this place; in a terminal, marked where it stands."
)
def show(document: str, index: Path | None, version: str | None, place: str | None) -> None:
    """Print the stored text of DOCUMENT exactly, to which the offsets of citations refer."""
    from askpcc.app.flows import open_catalogue

    with open_catalogue(read_settings(index=index)) as catalogue:
        try:
            text = catalogue.document(document, version).text
        except UnknownDocument as exc:
            near = name_near(document, [card.path for card in catalogue.documents()])
            raise UnknownDocument(f"{exc}{near}") from exc
    shown = cut(text, read_place(place, text), terminal=sys.stdout.isatty())
    sys.stdout.buffer.write(shown.encode("utf-8", "surrogatepass"))
    sys.stdout.flush()  # while a closed pipe can be told: at the interpreter's end it complains


@main.command()
@_corpus
@_index
@_json
def documents(corpus: Path | None, index: Path | None, in_json: bool) -> None:
    """List the documents with what was read from each and where it came from.

    Files of the corpus that are of no format that is read, and corrections of documents that it does not
    have, are named below them: on stderr with --json.
    """
    from askpcc.app.flows import open_catalogue, read_skipped, read_strays

    settings = read_settings(corpus=corpus, index=index)
    with open_catalogue(settings) as catalogue:
        cards = catalogue.documents()
    if in_json:
        click.echo(write_json([card_as_json(card) for card in cards]))
    else:
        click.echo(cards_as_text(cards))
    for skipped in read_skipped(settings):
        click.echo(visible(f"skipped  {skipped.document}: {skipped.reason}"), err=in_json)
    for path in read_strays(settings):
        click.echo(f"stray    {format_stray(path)}", err=in_json)


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
    """Put a response into the corpus, note where it came from, and index it; of a .zip each document."""
    from askpcc.app.flows import run_add
    from askpcc.indexing.adding import AddOptions
    from askpcc.indexing.indexer import IndexOptions
    from askpcc.rendering.logs import configure_logging

    configure_logging("warning", sys.stderr)
    settings = read_settings(corpus=corpus, index=index)
    with Progress(sys.stderr) as progress:
        options = AddOptions(name, url, replace)
        addition = run_add(settings, what, options, progress.notify, allow_private=allow_private)
    click.echo(visible("\n".join(addition.sentences)))
    if not addition.stored:
        sys.exit(1)
    _run_index(settings, IndexOptions(), _WAIT)


@main.command()
@click.argument("document")
@_corpus
@_index
@click.option("--title", metavar="TEXT", help="The title of the response.")
@click.option("--force", metavar="F", help="Whose response it is.")
@click.option("--author", metavar="NAME", help="Who wrote it.")
@click.option("--dated", metavar="DATE", help="The day of the response.")
@click.option("--published", metavar="DATE", help="The day on which the report was published.")
@click.option("--kind", metavar="KIND", help="What it is, such as 'statutory response'.")
@click.option("--undo", is_flag=True, help="Take all corrections of the document back.")
def correct(
    document: str,
    corpus: Path | None,
    index: Path | None,
    title: str | None,
    force: str | None,
    author: str | None,
    dated: str | None,
    published: str | None,
    kind: str | None,
    undo: bool,
) -> None:
    """Correct what was read of DOCUMENT, and index it; an empty value says that it has no such fact.

    The corrections stand in facts.csv in the corpus, with who made them.
    """
    from getpass import getuser

    from askpcc.app.flows import build_corrector
    from askpcc.indexing.indexer import IndexOptions
    from askpcc.metadata.corrections import CORRECTABLE
    from askpcc.model import FactName

    settings = read_settings(corpus=corpus, index=index)
    given = {
        FactName.TITLE: title,
        FactName.FORCE: force,
        FactName.AUTHOR: author,
        FactName.RESPONDED: dated,
        FactName.PUBLISHED: published,
        FactName.SOURCE_KIND: kind,
    }
    values: dict[FactName, str | None] = {name: said for name, said in given.items() if said is not None}
    if not values and not undo:
        raise click.UsageError("Say what is right, such as --force Wessex, or --undo.")
    taken_back: dict[FactName, str | None] = dict.fromkeys(CORRECTABLE) if undo else {}
    build_corrector(settings).correct(document, taken_back | values, getuser())
    _run_index(settings, IndexOptions(), _WAIT)


@main.command()
@click.option("--force", metavar="F", help="Only of this force, under any of its names.")
@click.option("--report", metavar="R", help="Only on reports or documents with these words in title or name.")
@click.option("--status", metavar="S", help="Only with this status, such as in_progress.")
@click.option("--as-of", metavar="DATE", help="As it was known on that day.")
@click.option("--history", is_flag=True, help="Also what a newer document has superseded.")
@_json
@click.option("--csv", "in_csv", is_flag=True, help="Print CSV.")
@click.option("--xlsx", type=_FILE, metavar="FILE", help="Write a workbook for spreadsheets.")
@_index
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
    from askpcc.app.flows import open_catalogue, write_register
    from askpcc.register import Choice, choose
    from askpcc.text.forces import load_forces

    if in_json + in_csv + (xlsx is not None) > 1:
        raise click.UsageError("Choose one of --json, --csv and --xlsx.")
    choice = Choice(force, report, status, as_of, history)
    with open_catalogue(read_settings(index=index)) as catalogue:
        register = choose(catalogue.document_claims(), choice, load_forces())
    if xlsx is not None:
        write_register(xlsx, register)
        click.echo(f"{xlsx}: {len(register.rows)} rows.")
    elif in_json or in_csv:
        click.echo(_as_data(register, in_csv=in_csv), nl=not in_csv)
    else:
        _show(register)
    for note in register.notes:
        click.echo(visible(note), err=in_json or in_csv or xlsx is not None)


def _as_data(register: "Register", *, in_csv: bool) -> str:
    from askpcc.rendering.register_text import as_csv

    return as_csv(register.rows) if in_csv else write_json([row.as_json() for row in register.rows])


def _show(register: "Register") -> None:
    from askpcc.rendering.register_text import show_rows

    show_rows(register.rows, sys.stdout)
    click.echo()


@main.command("eval")
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
@_json
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
    from askpcc.app.flows import run_evaluation
    from askpcc.evaluation import compare_tallies, read_cases, tally_as_json, tally_as_text

    cases = read_cases(questions.read_text("utf-8").splitlines())
    with TemporaryDirectory(prefix="askpcc-eval-") as folder, Progress(sys.stderr) as progress:
        settings = read_settings(corpus=corpus, index=index or Path(folder))
        tallies = run_evaluation(settings, cases, progress, writers)
    if in_json:
        shapes = {writer: tally_as_json(tally, len(cases)) for writer, tally in tallies.items()}
        click.echo(write_json(shapes if len(shapes) > 1 else next(iter(shapes.values()))))
        return
    if len(tallies) > 1:
        click.echo(compare_tallies(tallies) + "\n")
    for writer, tally in tallies.items():
        click.echo(f"{writer}\n" if len(tallies) > 1 else "", nl=len(tallies) > 1)
        click.echo(tally_as_text(tally, len(cases), misses=misses))


for command in (slack, web, watch, mcp, manifest, doctor, export, purge):
    main.add_command(command)
