"""What the tests of kills, damage and several processes share."""

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

import chromadb
from chromadb.api.client import Client
from chromadb.config import Settings

from support.killing import EMBEDDED, KillingEmbedder
from support.small_index import SmallIndex

TESTS = Path(__file__).parent.parent


def living_index(folder: Path) -> SmallIndex:
    """Return an index of three documents, not yet built, that writes down what it embeds."""
    index = SmallIndex(folder, KillingEmbedder(log=folder / EMBEDDED))
    index.write("a.md", "Borsetshire custody", "beds are checked hourly", "the log was mended")
    index.write("b.md", "Midsomer vetting", "checks are late", "a plan is being written")
    index.write("c.md", "Felpersham fraud", "calls are graded")
    return index


def change(small: SmallIndex) -> None:
    """Change, add and remove a document."""
    small.write("a.md", "Borsetshire custody", "beds are checked daily", "the log was mended")
    small.write("d.md", "Loamshire stalking", "orders are served", "victims are called back")
    (small.corpus / "c.md").unlink()


CHANGED = {
    "a.md": ["Borsetshire custody", "beds are checked daily", "the log was mended"],
    "b.md": ["Midsomer vetting", "checks are late", "a plan is being written"],
    "d.md": ["Loamshire stalking", "orders are served", "victims are called back"],
}


@contextmanager
def process(mode: str, folder: Path, *more: str) -> Iterator[subprocess.Popen[str]]:
    """Start killed_run.py in a process of its own, which does not outlive this."""
    command = [sys.executable, str(TESTS / "support" / "killed_run.py"), mode, str(folder), *more]
    environment = os.environ | {"PYTHONPATH": str(TESTS)}
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, env=environment) as started:  # noqa: S603 (our own program)
        try:
            yield started
        finally:
            started.kill()


def ask(reader: subprocess.Popen[str], words: str) -> dict[str, list[str]]:
    """Ask a process that reads."""
    assert reader.stdin
    assert reader.stdout
    reader.stdin.write(f"{words}\n")
    reader.stdin.flush()
    answer: dict[str, list[str]] = json.loads(reader.stdout.readline())
    return answer


def assert_holds(small: SmallIndex, expected: dict[str, list[str]]) -> None:
    """Check that catalogue, keyword index and vectors hold exactly these quotes."""
    quotes = Counter(quote for lines in expected.values() for quote in lines)
    with small.reader() as reader:
        assert reader.everything() == expected
        for quote in quotes:
            found = reader.find(quote, limit=50)
            assert found["keyword"][0] == quote
            assert found["nearest"][0] == quote
            assert Counter(found["nearest"]) == quotes


@contextmanager
def opened(store: Path) -> Iterator[Client]:
    """Open a vector store as another program would."""
    settings = Settings(anonymized_telemetry=False)
    client = cast("Client", chromadb.PersistentClient(str(store), settings=settings))
    try:
        yield client
    finally:
        client.close()
