"""The seal of a store: a digest of what lies on disk, which opening and searching do not change.

Damage has to be found before Chroma opens a store: with the folder of its search graph gone, a search
returns a handful of passages without a word, and a graph cut short ends the process (both measured
with Chroma 1.5.9).
"""

import sqlite3
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

DATABASE = "chroma.sqlite3"
_DIRECTORY = "index_metadata.pickle"
_WAIT_SECONDS = 10
# What Chroma keeps of the records themselves; opening a store writes to other tables only.
_RECORDS = (
    "SELECT name, dimension, config_json_str FROM collections ORDER BY name",
    "SELECT id, scope FROM segments ORDER BY id",
    "SELECT segment_id, seq_id FROM max_seq_id ORDER BY segment_id",
    "SELECT id, segment_id, embedding_id FROM embeddings ORDER BY id",
    "SELECT id, key, string_value FROM embedding_metadata ORDER BY id, key",
    "SELECT seq_id, operation, id, vector, metadata FROM embeddings_queue ORDER BY seq_id",
)


def compute_seal(folder: Path) -> str:
    """Return the seal of the store in a folder; empty when it cannot be read."""
    digest = sha256()
    try:
        for line in _read_records(folder / DATABASE):
            digest.update(line)
        for file in _graph_files(folder):
            digest.update(f"{file.relative_to(folder).as_posix()}\0{file.stat().st_size}\0".encode())
            digest.update(file.read_bytes())
    except (OSError, sqlite3.Error):
        return ""
    return digest.hexdigest()


def _graph_files(folder: Path) -> list[Path]:
    """Return the files of search graphs that are on disk; one without a directory of its own is not yet."""
    return sorted(file for directory in folder.glob(f"*/{_DIRECTORY}") for file in directory.parent.iterdir())


def _read_records(database: Path) -> list[bytes]:
    # Not "mode=ro": what a killed reader left half written is to be rolled back first.
    uri = f"file:{quote(str(database))}?mode=rw"
    with closing(sqlite3.connect(uri, uri=True, timeout=_WAIT_SECONDS)) as connection:
        return [repr(row).encode() for statement in _RECORDS for row in connection.execute(statement)]
