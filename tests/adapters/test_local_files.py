"""Reading files that are to be added."""

import os
from datetime import date
from pathlib import Path

import pytest

from askpcc.adapters.fetching import LocalFiles
from askpcc.errors import BadDocument

FILES = LocalFiles(lambda: date(2026, 3, 4), max_bytes=10)


def test_a_file_comes_with_its_name_and_the_day(tmp_path: Path) -> None:
    (tmp_path / "Our Reply.md").write_bytes(b"0123456789")

    fetched = FILES.fetch(str(tmp_path / "Our Reply.md"))

    assert (fetched.data, fetched.filename_hint) == (b"0123456789", "Our Reply.md")
    assert (fetched.url, fetched.fetched) == (None, "2026-03-04")


def test_a_file_of_ones_home_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "reply.md").write_bytes(b"words")

    assert FILES.fetch("~/reply.md").data == b"words"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("absent.md", r"absent\.md: There is no such file\. Check its path"),
        ("folder", "a folder, a device or a pipe"),
        ("pipe", "a folder, a device or a pipe"),
        ("circle", "cannot be read"),
        ("large.md", "larger than 10 bytes"),
        ("empty.md", "It is empty"),
        ("a\x00b", "cannot be read"),
        ("n" * 300, "cannot be read"),
    ],
)
def test_what_is_not_a_small_ordinary_file_is_refused(tmp_path: Path, name: str, message: str) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "circle").symlink_to("circle")
    (tmp_path / "large.md").write_bytes(b"x" * 11)
    (tmp_path / "empty.md").touch()

    with pytest.raises(BadDocument, match=message):
        FILES.fetch(str(tmp_path / name))
