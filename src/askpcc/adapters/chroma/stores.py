"""The folder in which the vector stores of an index lie, each in a folder of its own."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from uuid import uuid4

from askpcc.adapters.chroma.seal import DATABASE, compute_seal
from askpcc.adapters.chroma.vectors import ChromaVectors
from askpcc.errors import IndexFailure


class ChromaStores:
    """Makes, seals and sweeps the stores below a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def derive(self, name: str | None) -> ChromaVectors:
        """Return a new store, open: a copy of the named one, which has to be whole, or an empty one."""
        folder = self._folder / uuid4().hex
        try:
            folder.mkdir(parents=True)
            if name is not None:
                _copy(self._folder / name, folder)
        except (OSError, sqlite3.Error) as exc:
            raise IndexFailure(
                f"The vectors in {folder} cannot be written: {exc}. Check its rights and the free space."
            ) from exc
        return ChromaVectors(folder, empty=name is None)

    def seal(self, name: str) -> str:
        """Return the seal of a store; empty when there is none or it cannot be read."""
        return compute_seal(self._folder / name)

    def sweep(self, keep: str) -> None:
        """Remove every store but one: what earlier runs used, or left behind when they were killed."""
        if self._folder.is_dir():
            for entry in self._folder.iterdir():
                if entry.name != keep:
                    _remove(entry)


def _copy(source: Path, target: Path) -> None:
    """Copy a store that readers may have open: its database through SQLite, which sees it whole."""
    for file in source.glob("*/*"):
        (target / file.parent.name).mkdir(exist_ok=True)
        shutil.copyfile(file, target / file.parent.name / file.name)
    with (
        closing(sqlite3.connect(source / DATABASE)) as old,
        closing(sqlite3.connect(target / DATABASE)) as new,
    ):
        old.backup(new)


def _remove(entry: Path) -> None:
    """Remove a folder or a file; what cannot be removed now is for the next run."""
    if entry.is_dir() and not entry.is_symlink():
        shutil.rmtree(entry, ignore_errors=True)
    else:
        entry.unlink(missing_ok=True)
