"""Writing files into the corpus folder: each whole or not at all, and never through a link."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from askpcc.errors import CorpusError

# Hidden and of no supported suffix: a run killed while writing leaves nothing that would be indexed.
TEMPORARY_NAME = ".askpcc-{}.part"
CREATE_ONLY = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True)
class CorpusFolderWriter:
    """Writes below one folder.  Paths are relative, with forward slashes; CorpusError for all that fails.

    What has been written is on the disk when a call returns, and other programs see the earlier file or
    the whole new one.
    """

    root: Path

    def exists(self, path: str) -> bool:
        """Tell whether the name is taken, be it by a folder or a link that leads nowhere."""
        return os.path.lexists(self.root.joinpath(*self._parts(path)))

    def read_note(self, path: str) -> str:
        """Return the text of a note (UTF-8, with or without a byte order mark); empty where there is none."""
        place = self._place(path)
        try:
            return place.read_text("utf-8-sig")
        except FileNotFoundError:
            return ""
        except (OSError, UnicodeDecodeError) as exc:
            raise CorpusError(f"{place}: it cannot be read ({exc}). Save it as UTF-8 text.") from exc

    def write_new(self, path: str, data: bytes) -> None:
        """Write a file whose name is free; one that has appeared meanwhile is left alone."""
        place = self._place(path)
        with self._written(place, data) as temporary:
            try:
                os.link(temporary, place)
            except FileExistsError as exc:
                raise CorpusError(f"{place}: a file of that name is there. Choose another name.") from exc
            except OSError:  # a file system without hard links
                _reserve(place)
                temporary.replace(place)

    def replace(self, path: str, data: bytes) -> None:
        """Write a file, in place of an earlier one of that name if there is one."""
        place = self._place(path)
        with self._written(place, data) as temporary:
            temporary.replace(place)

    @contextmanager
    def _written(self, place: Path, data: bytes) -> Iterator[Path]:
        """Give a file with the data beside its later place, and make the folder durable after its move."""
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            temporary = place.with_name(TEMPORARY_NAME.format(secrets.token_hex(8)))
            try:
                _write_durably(temporary, data)
                yield temporary
            finally:
                temporary.unlink(missing_ok=True)
            _sync_folder(place.parent)
        except OSError as exc:
            raise CorpusError(
                f"{place}: it cannot be written ({exc.strerror or exc}). Check permissions and free space."
            ) from exc

    def _place(self, path: str) -> Path:
        """Return where a path below the corpus is, once it surely is below it."""
        parts = self._parts(path)
        steps = [self.root.joinpath(*parts[: count + 1]) for count in range(len(parts))]
        if link := next((step for step in steps if step.is_symlink()), None):
            raise CorpusError(f"{link}: it is a link, and nothing is written through links. Name a file.")
        return steps[-1]

    def _parts(self, path: str) -> tuple[str, ...]:
        parts = PurePosixPath(path).parts
        if not self.root.is_dir():
            raise CorpusError(f"{self.root}: the corpus folder does not exist. Create it, or name another.")
        if not parts or any(part == ".." or set(part) & {"/", "\\", "\0", ":"} for part in parts):
            raise CorpusError(f"{path!r}: the path leads out of the corpus. Give one below {self.root}.")
        return parts


def _write_durably(path: Path, data: bytes) -> None:
    with os.fdopen(os.open(path, CREATE_ONLY, 0o666), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _reserve(place: Path) -> None:
    try:
        os.close(os.open(place, CREATE_ONLY, 0o666))
    except FileExistsError as exc:
        raise CorpusError(f"{place}: a file of that name is there. Choose another name.") from exc


def _sync_folder(folder: Path) -> None:
    """Make a new name durable; Windows does that by itself and cannot open folders."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
