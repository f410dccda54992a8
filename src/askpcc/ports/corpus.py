"""The files that people put there, and the lock of an index."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import Protocol


class Lock(Protocol):
    """Keeps two runs from writing one index."""

    def held(self) -> AbstractContextManager[None]: ...


class Corpus(Protocol):
    """The files that people put there.

    files: paths below the corpus, sorted; raises CorpusError.  read: raises BadDocument.
    """

    def files(self) -> Iterator[str]: ...
    def read(self, path: str) -> bytes: ...


class CorpusWriter(Protocol):
    """Writes files into the corpus, each whole or not at all; paths are below the corpus."""

    def exists(self, path: str) -> bool: ...
    def read_note(self, path: str) -> str: ...
    def write_new(self, path: str, data: bytes) -> None: ...
    def replace(self, path: str, data: bytes) -> None: ...
