"""Which entries below the corpus are documents, and what becomes of links."""

import os
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

_ABOUT_THE_CORPUS = "readme"


def walk_corpus(root: Path, suffixes: frozenset[str]) -> set[str]:
    """Return the paths, below a resolved root, of what is to be read.

    Hidden entries are left out, and what says something about the corpus itself (README).  A link that
    stays inside the corpus gives its file unless that is listed anyway, so that no document comes twice.
    A link that leaves, leads nowhere or leads back, and a folder that cannot be opened, are listed:
    reading them says what is wrong.
    """
    walk = _Walk(root, suffixes)
    walk.enter(_Folder(root, "", (root,), linked=False))
    aliases = {path for real, path in walk.linked.items() if real not in walk.plain}
    return {*walk.plain.values(), *aliases, *walk.wrong}


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
    """What was found so far.  plain, linked: path below the corpus by real path."""

    root: Path
    suffixes: frozenset[str]
    plain: dict[Path, str] = field(default_factory=dict)
    linked: dict[Path, str] = field(default_factory=dict)
    wrong: set[str] = field(default_factory=set)
    followed: set[Path] = field(default_factory=set)

    def enter(self, folder: _Folder) -> None:
        try:
            with os.scandir(folder.real) as entries:
                seen = sorted(entries, key=lambda entry: entry.name)
        except OSError:
            self.wrong.add(folder.prefix.rstrip("/"))
            return
        for entry in seen:
            if not entry.name.startswith("."):
                self._look_at(entry, folder)

    def _look_at(self, entry: os.DirEntry[str], folder: _Folder) -> None:
        path, real = folder.prefix + entry.name, folder.real / entry.name
        if entry.is_symlink():
            self._follow(real, path, folder)
        elif entry.is_dir(follow_symlinks=False):
            self.enter(_Folder(real, f"{path}/", (*folder.around, real), folder.linked))
        elif self._is_document(path):
            (self.linked if folder.linked else self.plain).setdefault(real, path)

    def _follow(self, link: Path, path: str, folder: _Folder) -> None:
        try:
            target = link.resolve(strict=True)
        except (OSError, RuntimeError):  # RuntimeError: a circle of links, before Python 3.13
            self.wrong.add(path)
            return
        if not target.is_relative_to(self.root):
            if target.is_dir() or self._is_document(path):
                self.wrong.add(path)
        elif not target.is_dir():
            if self._is_document(path):
                self.linked.setdefault(target, path)
        elif target in folder.around:
            self.wrong.add(path)
        elif target not in self.followed:
            self.followed.add(target)
            self.enter(_Folder(target, f"{path}/", (*folder.around, target), linked=True))

    def _is_document(self, path: str) -> bool:
        name = PurePosixPath(path)
        return name.suffix.lower() in self.suffixes and name.stem.lower() != _ABOUT_THE_CORPUS
