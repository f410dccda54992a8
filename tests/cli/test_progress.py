"""Progress on stderr: a bar in a terminal only, sentences anywhere."""

from contextlib import suppress
from io import StringIO

from askpcc.cli_progress import Progress
from support.cases import cases


class Terminal(StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Say so."""
        return True


def test_steps_are_not_shown_where_there_is_no_terminal() -> None:
    stream = StringIO()
    with Progress(stream) as progress:
        progress.step(1, 2, "embedding")
    assert stream.getvalue() == ""


def test_sentences_are_told_anywhere() -> None:
    stream = StringIO()
    Progress(stream).notify("Waiting for another run.")
    assert stream.getvalue() == "Waiting for another run.\n"


@cases("what", ["embedding", "reading [/b] [red]x.md", "reading \x1b]0;title\x07.md"])
def test_a_step_is_shown_in_a_terminal_as_it_is_named(what: str) -> None:
    stream = Terminal()
    with Progress(stream) as progress:
        progress.step(1, 2, what)
        progress.step(2, 2, what)
    assert what.partition(" ")[0] in stream.getvalue()
    assert "\x1b]0;" not in stream.getvalue()


def test_a_sentence_cannot_steer_the_terminal() -> None:
    stream = StringIO()
    Progress(stream).notify("bad\x1b[2J.md")
    assert stream.getvalue() == "bad\ufffd[2J.md\n"


def test_the_bar_stops_when_a_run_fails() -> None:
    stream = Terminal()
    with suppress(ZeroDivisionError), Progress(stream) as progress:
        progress.step(1, 0, "embedding")
        raise ZeroDivisionError
    with Progress(stream) as another:
        another.step(1, 1, "again")
    assert "again" in stream.getvalue()
