"""What may lie in a corpus that is no document, though it looks like one."""

import os
import socket
from pathlib import Path

import pytest

from askpcc.adapters.corpus_folder import MOST_BYTES, CorpusFolder
from askpcc.errors import BadDocument


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "good.md").write_text("words")
    return folder


def failure(root: Path, path: str) -> BadDocument:
    """Return how a path fails that is listed beside the good document."""
    corpus = CorpusFolder(root, {".md"})
    assert list(corpus.files()) == sorted(["good.md", path])
    with pytest.raises(BadDocument) as raised:
        corpus.read(path)
    assert corpus.read("good.md") == b"words"
    return raised.value


def test_a_link_to_a_file_outside_is_refused(root: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("secret")
    (root / "x.md").symlink_to(tmp_path / "secret.md")
    assert "leaves the corpus" in failure(root, "x.md").reason


def test_a_link_to_a_folder_outside_is_refused(root: Path, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (root / "x").symlink_to(tmp_path / "outside")
    assert "leaves the corpus" in failure(root, "x").reason


@pytest.mark.parametrize("target", ["x.md", "nowhere.md"])
def test_a_link_to_itself_or_to_nothing_is_refused(root: Path, target: str) -> None:
    (root / "x.md").symlink_to(root / target)
    assert "nowhere, or in a circle" in failure(root, "x.md").reason


def test_a_link_to_a_folder_around_it_is_refused(root: Path) -> None:
    (root / "sub").mkdir()
    (root / "sub" / "x").symlink_to(root)
    assert "link back" in failure(root, "sub/x").reason


def test_folders_that_link_to_each_other_end(root: Path) -> None:
    for name in ("a", "b", "c", "d"):
        (root / name).mkdir()
        (root / name / f"{name}.md").write_text(name)
        for other in ("a", "b", "c", "d"):
            (root / name / f"to-{other}").symlink_to(root / other)
    found = set(CorpusFolder(root, {".md"}).files())
    assert {path for path in found if path.endswith(".md")} == {
        "good.md",
        "a/a.md",
        "b/b.md",
        "c/c.md",
        "d/d.md",
    }


def test_a_pipe_is_not_waited_for(root: Path) -> None:
    os.mkfifo(root / "x.md")
    assert "pipe" in failure(root, "x.md").reason


def test_a_socket_is_refused(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("x.md")
        assert "socket" in failure(root, "x.md").reason


def test_a_device_is_refused(root: Path) -> None:
    (root / "x.md").symlink_to("/dev/zero")
    assert "leaves the corpus" in failure(root, "x.md").reason


def test_a_large_file_is_refused_unread(root: Path) -> None:
    with (root / "x.md").open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    assert failure(root, "x.md").reason == "It is 200 MB, more than 20 MB."


def test_a_file_of_just_the_size_is_read(root: Path) -> None:
    (root / "good.md").write_bytes(b"x" * MOST_BYTES)
    assert len(CorpusFolder(root, {".md"}).read("good.md")) == MOST_BYTES


@pytest.mark.parametrize(
    ("name", "shown"),
    [(b"a\nb.md", "a\\nb.md"), (b"a\xffb.md", "a\\udcffb.md"), (b"a\x1b[31m.md", "a\\x1b[31m.md")],
)
def test_a_name_that_cannot_be_shown_is_refused_and_shown_safely(root: Path, name: bytes, shown: str) -> None:
    (root / os.fsdecode(name)).write_text("words")
    assert failure(root, os.fsdecode(name)).document == shown


@pytest.mark.parametrize("path", ["../secret.md", "sub/../../secret.md", "/etc/passwd"])
def test_a_path_out_of_the_corpus_is_refused(root: Path, tmp_path: Path, path: str) -> None:
    (tmp_path / "secret.md").write_text("secret")
    (root / "sub").mkdir()
    with pytest.raises(BadDocument, match="leaves the corpus"):
        CorpusFolder(root, {".md"}).read(path)


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may open everything")
def test_what_may_not_be_opened_is_named(root: Path) -> None:
    (root / "x.md").write_text("words")
    (root / "x.md").chmod(0)
    assert "Permission denied" in failure(root, "x.md").reason


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may open everything")
def test_a_folder_that_may_not_be_opened_is_named(root: Path) -> None:
    (root / "sub").mkdir(mode=0)
    assert "folder that cannot be opened" in failure(root, "sub").reason
