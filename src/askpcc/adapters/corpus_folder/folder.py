"""The folder of responses: which files are documents, and their bytes.

Nothing but a regular file inside the folder is opened to be read.  What is listed and cannot be one is
named as a bad document when it is read.
"""

import os
import stat
from collections.abc import Collection, Iterator
from pathlib import Path

from askpcc.adapters.corpus_folder.walk import walk_corpus
from askpcc.errors import BadDocument, CorpusError

MOST_BYTES = 20 * 1024 * 1024

_LEAVES = "It is a link that leaves the corpus."
_NOWHERE = "It is a link that leads nowhere, or in a circle."
_NOT_A_FILE = "It is not a file but a pipe, a socket or a device."
_FOLDER = "It is a folder that cannot be opened, or a link back to a folder around it."
_COPY = "Put the response itself in its place."


class CorpusFolder:
    """Lists and reads the documents below a folder.  suffixes: with the dot, in lower case."""

    def __init__(self, root: Path, suffixes: Collection[str]) -> None:
        self._root = root
        self._suffixes = frozenset(suffixes)

    def files(self) -> Iterator[str]:
        """Return the paths of all documents, sorted; raises CorpusError."""
        try:
            root = self._root.resolve(strict=True)
            with os.scandir(root):
                pass
        except OSError as exc:
            raise CorpusError(
                f"No corpus folder at {self._root} ({exc.strerror}). "
                "Make it and put responses into it, or name another with --corpus."
            ) from exc
        return iter(sorted(walk_corpus(root, self._suffixes)))

    def read(self, path: str) -> bytes:
        """Return the bytes of a document; raises BadDocument."""
        shown = _printable(path)
        if shown != path:
            raise BadDocument(shown, "Its name holds characters that cannot be shown.", "Rename it.")
        try:
            return _read_regular(self._resolve(path), path)
        except OSError as exc:
            reason = f"It cannot be opened: {exc.strerror or exc}."
            raise BadDocument(path, reason, "Change its rights, or put it there again.") from exc

    def _resolve(self, path: str) -> Path:
        root = self._root.resolve()
        try:
            real = (root / path).resolve(strict=True)
        except FileNotFoundError as exc:
            if (root / path).is_symlink():
                raise BadDocument(path, _NOWHERE, _COPY) from exc
            raise
        except RuntimeError as exc:  # a circle of links, before Python 3.13
            raise BadDocument(path, _NOWHERE, _COPY) from exc
        if not real.is_relative_to(root):
            raise BadDocument(path, _LEAVES, _COPY)
        return real


def _read_regular(real: Path, path: str) -> bytes:
    _check(real.stat(), path)
    # What was a file a moment ago may be a pipe or a link now.
    descriptor = os.open(real, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
    with os.fdopen(descriptor, "rb") as stream:
        _check(os.fstat(descriptor), path)
        return stream.read(MOST_BYTES + 1)


def _check(found: os.stat_result, path: str) -> None:
    if stat.S_ISDIR(found.st_mode):
        raise BadDocument(path, _FOLDER, "Change its rights, or take the link away.")
    if not stat.S_ISREG(found.st_mode):
        raise BadDocument(path, _NOT_A_FILE, _COPY)
    if found.st_size > MOST_BYTES:
        reason = f"It is {found.st_size / 1024 / 1024:.0f} MB, more than {MOST_BYTES // 1024 // 1024} MB."
        raise BadDocument(path, reason, "Put the response alone in its place.")


def _printable(path: str) -> str:
    """Write what a terminal must not get, line ends and undecodable bytes among it, as escapes."""
    return "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode()
        for character in path
    )
