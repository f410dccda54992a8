"""The command line in a working folder of its own: corpus, index, commands in this process or in another."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from askpcc.cli import main
from support.question_set import CORPUS

ASKPCC = Path(sys.executable).with_name("askpcc")
DOCUMENTS = (
    "borsetshire-child-protection-2024.md",
    "felpersham-hate-crime-2018.txt",
    "midsomer-custody-2023.md",
)
ODD = "wessex-on-sea-vetting-2023.txt"
ODD_TEXT = (
    "Wessex-on-Sea Police – response to the vetting inspection\r\n\r\n"
    "Recommendation 4\r\n\r\n"
    "\tThe café’s licence check (£12) was “renewed” in May 2023.\r\n\r\n"
    "Vetting of every contractor was completed in June 2023.\r\n"
)


@dataclass(frozen=True, slots=True)
class Desk:
    """A working folder, with ``corpus`` and ``index`` in it once they are made."""

    folder: Path

    @property
    def corpus(self) -> Path:
        """Return the folder of documents."""
        return self.folder / "corpus"

    @property
    def index(self) -> Path:
        """Return the folder of the index."""
        return self.folder / "index"

    def fill(self) -> None:
        """Put some of the test corpus, and a text with odd line ends, into the corpus."""
        self.corpus.mkdir()
        for document in DOCUMENTS:
            (self.corpus / document).write_bytes((CORPUS / document).read_bytes())
        self.write(ODD, ODD_TEXT)

    def write(self, document: str, text: str) -> None:
        """Put a document into the corpus, with its line ends as they are."""
        (self.corpus / document).write_text(text, encoding="utf-8", newline="")

    def run(self, *command: str, stdin: str | bytes = "") -> Result:
        """Run a command here; the working folder of the process has to be this one."""
        return CliRunner().invoke(main, command, input=stdin)

    def run_json(self, *command: str, stdin: str = "") -> Any:  # noqa: ANN401 - whatever JSON is printed
        """Run a command that has to succeed, and return what it prints."""
        result = self.run(*command, "--json", stdin=stdin)
        assert result.exit_code == 0, result.output
        return json.loads(result.stdout)

    def ask_lines(self, *lines: str) -> tuple[Result, list[dict[str, Any]]]:
        """Ask JSON lines, and return what is printed."""
        result = self.run("ask", "--json", "-", stdin="".join(f"{line}\n" for line in lines))
        return result, [json.loads(line) for line in result.stdout.splitlines()]

    @contextmanager
    def start(
        self, *command: str, stdin: int | None = None, stdout: int | None = None, stderr: int | None = None
    ) -> Iterator[subprocess.Popen[str]]:
        """Start a command in a process of its own, which ends with the block."""
        started = subprocess.Popen(  # noqa: S603 - our own program
            [str(ASKPCC), *command],
            cwd=self.folder,
            env={name: value for name, value in os.environ.items() if not name.startswith("ASKPCC_")},
            text=True,
            encoding="utf-8",
            stdin=stdin,
            stdout=stdout,
            stderr=stderr,
        )
        with started:
            try:
                yield started
            finally:
                started.kill()
