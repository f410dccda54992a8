"""How far a command is, shown in a terminal."""

from types import TracebackType
from typing import TextIO

from askpcc.rendering.results import visible


class Progress:
    """A progress bar that is only drawn in a terminal.  notify: prints one sentence."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._bar: _Bar | None = None

    def __enter__(self) -> "Progress":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def notify(self, sentence: str) -> None:
        """Print one sentence."""
        print(visible(sentence), file=self._stream, flush=True)

    def step(self, done: int, total: int, what: str) -> None:
        """Show that so many of so many are done."""
        if not self._stream.isatty():
            return
        if self._bar is None:
            self._bar = _Bar(self._stream)
        self._bar.show(done, total, what)


class _Bar:
    def __init__(self, stream: TextIO) -> None:
        from rich.console import Console
        from rich.progress import Progress as RichProgress

        self._rich = RichProgress(console=Console(file=stream), transient=True)
        self._task = self._rich.add_task("", total=None)
        self._rich.start()

    def show(self, done: int, total: int, what: str) -> None:
        from rich.markup import escape

        self._rich.update(self._task, completed=done, total=total, description=escape(visible(what)))

    def stop(self) -> None:
        self._rich.stop()
