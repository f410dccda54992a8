"""The folder of responses: reading it, writing to it, and one writer at a time."""

import os
import secrets
import stat
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path, PurePosixPath

from filelock import FileLock, Timeout

from askpcc.errors import (
    BadDocument,
    CorpusError,
    IndexBusy,
    IndexFailure,
)

_ABOUT_THE_CORPUS = "readme"
_NOTES = frozenset(("sources.csv", "facts.csv", "watch.toml"))
"""The notes of where documents came from, beside them."""
_OF_THE_SYSTEM = frozenset({"thumbs.db", "desktop.ini", "icon\r"})
"""What Windows and macOS put into folders and hide."""
_OF_AN_EDITOR = "~$"
"""How Office names the file that says who has a document open."""

MOST_BYTES = 20 * 1024 * 1024
_LEAVES = "It is a link that leaves the corpus."
_NOWHERE = "It is a link that leads nowhere, or in a circle."
_NOT_A_FILE = "It is not a file but a pipe, a socket or a device."
_FOLDER = "It is a folder that cannot be opened, or a link back to a folder around it."
_COPY = "Put the response itself in its place."
# Hidden and of no supported suffix: a run killed while writing leaves nothing that would be indexed.
TEMPORARY_NAME = ".askpcc-{}.part"

CREATE_ONLY = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True, slots=True)
class Listing:
    """The paths below the corpus of what is to be read, and of files of other kinds."""

    documents: frozenset[str]
    others: frozenset[str]


def walk_corpus(root: Path, suffixes: frozenset[str]) -> Listing:
    """Return what lies below a resolved root.

    Hidden entries are left out, and what says something about the corpus itself (README, notes).  A link that
    stays inside the corpus gives its file unless that is listed anyway, so that no document comes
    twice.  A link that leaves, leads nowhere or leads back, and a folder that cannot be opened, are listed
    as documents: reading them says what is wrong.
    """
    walk = _Walk(root, suffixes)
    walk.enter(_Folder(root, "", (root,), linked=False))
    aliases = {path for real, path in walk.linked.items() if real not in walk.plain}
    return Listing(frozenset({*walk.plain.values(), *aliases, *walk.wrong}), frozenset(walk.others.values()))


@dataclass(frozen=True, slots=True)
class _Folder:
    """A folder on the way.

    prefix: its path below the corpus, with a slash.  around: itself and the ones around it.
    """

    real: Path
    prefix: str
    around: tuple[Path, ...]
    linked: bool


@dataclass(slots=True)
class _Walk:
    """What was found so far.  plain, linked, others: path below the corpus by real path."""

    root: Path
    suffixes: frozenset[str]
    plain: dict[Path, str] = field(default_factory=dict)
    linked: dict[Path, str] = field(default_factory=dict)
    wrong: set[str] = field(default_factory=set)
    others: dict[Path, str] = field(default_factory=dict)
    followed: set[Path] = field(default_factory=set)

    def enter(self, folder: _Folder) -> None:
        try:
            with os.scandir(folder.real) as entries:
                seen = sorted(entries, key=lambda entry: entry.name)
        except OSError:
            self.wrong.add(folder.prefix.rstrip("/"))
            return
        for entry in seen:
            if not _is_hidden(entry.name):
                self._look_at(entry, folder)

    def _look_at(self, entry: os.DirEntry[str], folder: _Folder) -> None:
        path, real = folder.prefix + entry.name, folder.real / entry.name
        if entry.is_symlink():
            self._follow(real, path, folder)
        elif entry.is_dir(follow_symlinks=False):
            self.enter(_Folder(real, f"{path}/", (*folder.around, real), folder.linked))
        elif self._is_document(path):
            (self.linked if folder.linked else self.plain).setdefault(real, path)
        else:
            self._note_other(real, path)

    def _note_other(self, real: Path, path: str) -> None:
        if not _is_about_the_corpus(path):
            self.others.setdefault(real, path)

    def _follow(self, link: Path, path: str, folder: _Folder) -> None:
        try:
            target = link.resolve(strict=True)
        except (OSError, RuntimeError):  # RuntimeError: a circle of links, before Python 3.13
            self.wrong.add(path)
            return
        if not target.is_relative_to(self.root):
            if target.is_dir() or self._is_document(path):
                self.wrong.add(path)
            else:
                self._note_other(target, path)
        elif not target.is_dir():
            if self._is_document(path):
                self.linked.setdefault(target, path)
            else:
                self._note_other(target, path)
        elif target in folder.around:
            self.wrong.add(path)
        elif target not in self.followed:
            self.followed.add(target)
            self.enter(_Folder(target, f"{path}/", (*folder.around, target), linked=True))

    def _is_document(self, path: str) -> bool:
        name = PurePosixPath(path)
        about = name.stem.lower() == _ABOUT_THE_CORPUS or path.lower() in _NOTES
        return name.suffix.lower() in self.suffixes and not about


def _is_hidden(name: str) -> bool:
    return name.startswith((".", _OF_AN_EDITOR)) or name.lower() in _OF_THE_SYSTEM


def _is_about_the_corpus(path: str) -> bool:
    return PurePosixPath(path).name.lower().startswith(_ABOUT_THE_CORPUS) or path.lower() in _NOTES


class CorpusFolder:
    """Lists and reads the documents below a folder.  suffixes: with the dot, in lower case."""

    def __init__(self, root: Path, suffixes: Collection[str]) -> None:
        self._root = root
        self._suffixes = frozenset(suffixes)

    def files(self) -> Iterator[str]:
        """Return the paths of all documents, sorted; raises CorpusError."""
        return iter(sorted(self._walk().documents))

    def others(self) -> Iterator[str]:
        """Return the paths of files of other kinds, sorted; raises CorpusError."""
        return iter(sorted(map(_printable, self._walk().others)))

    def _walk(self) -> Listing:
        try:
            root = self._root.resolve(strict=True)
            with os.scandir(root):
                pass
        except OSError as exc:
            raise CorpusError(
                f"No corpus folder at {self._root} ({exc.strerror}). "
                "Make it and put responses into it, or name another with --corpus."
            ) from exc
        return walk_corpus(root, self._suffixes)

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


class IndexLock:
    """A lock of the operating system on a file, which ends with the process that holds it.

    wait: seconds to wait for another run.  tell: hears who holds the lock before the wait.
    """

    def __init__(self, path: Path, wait: float, tell: Callable[[str], None]) -> None:
        self._path = path
        self._holder = path.with_name(f"{path.name}.holder")
        self._wait = wait
        self._tell = tell

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the lock; IndexBusy names who else has it when the wait was in vain."""
        lock = self._acquired()
        try:
            self._holder.write_text(
                f"process {os.getpid()} since {datetime.now().astimezone().isoformat(' ', 'seconds')}"
            )
            yield
        finally:
            self._holder.unlink(missing_ok=True)
            lock.release()

    def _acquired(self) -> FileLock:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            return self._wait_for(FileLock(self._path))
        except OSError as exc:
            raise IndexFailure(
                f"The index folder {self._path.parent} cannot be written: {exc.strerror}. "
                "Choose another with --index, or change its rights."
            ) from exc

    def _wait_for(self, lock: FileLock) -> FileLock:
        try:
            lock.acquire(timeout=0)
        except Timeout:
            self._tell(f"Waiting for another run on this index: {self._name_holder()}.")
            try:
                lock.acquire(timeout=self._wait, poll_interval=0.1)
            except Timeout as exc:
                raise IndexBusy(
                    f"Another run holds the index {self._path.parent}: {self._name_holder()}. "
                    "Wait until it has ended, or end it."
                ) from exc
        return lock

    def _name_holder(self) -> str:
        try:
            return self._holder.read_text()
        except OSError:
            return "process unknown"
