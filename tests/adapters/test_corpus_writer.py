"""Writing into the corpus folder."""

import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from askpcc.adapters.corpus_folder import CorpusFolderWriter
from askpcc.errors import CorpusError


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    (tmp_path / "corpus").mkdir()
    return tmp_path / "corpus"


@pytest.fixture
def usual_mask() -> Iterator[None]:
    earlier = os.umask(0o022)
    yield
    os.umask(earlier)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_new_file_is_there_alone_and_whole(corpus: Path) -> None:
    CorpusFolderWriter(corpus).write_new("roads.md", b"words")

    assert names(corpus) == ["roads.md"]
    assert (corpus / "roads.md").read_bytes() == b"words"


def test_a_folder_is_made_for_it(corpus: Path) -> None:
    CorpusFolderWriter(corpus).write_new("2025/roads.md", b"words")

    assert (corpus / "2025" / "roads.md").read_bytes() == b"words"


@pytest.mark.usefixtures("usual_mask")
def test_colleagues_can_read_it(corpus: Path) -> None:
    CorpusFolderWriter(corpus).write_new("roads.md", b"words")

    assert stat.S_IMODE((corpus / "roads.md").stat().st_mode) == 0o644


def test_a_file_that_is_there_is_not_overwritten(corpus: Path) -> None:
    (corpus / "roads.md").write_bytes(b"earlier")

    with pytest.raises(CorpusError, match=r"roads\.md: a file of that name is there"):
        CorpusFolderWriter(corpus).write_new("roads.md", b"words")
    assert names(corpus) == ["roads.md"]
    assert (corpus / "roads.md").read_bytes() == b"earlier"


def test_a_replaced_file_holds_the_new_words_only(corpus: Path) -> None:
    (corpus / "roads.md").write_bytes(b"earlier and longer")

    CorpusFolderWriter(corpus).replace("roads.md", b"words")

    assert names(corpus) == ["roads.md"]
    assert (corpus / "roads.md").read_bytes() == b"words"


def test_a_reader_that_has_the_file_open_keeps_the_earlier_words(corpus: Path) -> None:
    (corpus / "roads.md").write_bytes(b"earlier")

    with (corpus / "roads.md").open("rb") as reader:
        CorpusFolderWriter(corpus).replace("roads.md", b"words")
        assert reader.read() == b"earlier"


def test_a_name_is_taken_by_whatever_has_it(corpus: Path) -> None:
    (corpus / "folder.md").mkdir()
    (corpus / "link.md").symlink_to("nowhere")
    writer = CorpusFolderWriter(corpus)

    assert writer.exists("folder.md")
    assert writer.exists("link.md")
    assert not writer.exists("roads.md")


def test_a_note_is_read_without_its_byte_order_mark(corpus: Path) -> None:
    (corpus / "sources.csv").write_bytes("\ufeffdocument,url\né.md,".encode())

    assert CorpusFolderWriter(corpus).read_note("sources.csv") == "document,url\né.md,"
    assert CorpusFolderWriter(corpus).read_note("absent.csv") == ""


def test_a_note_in_another_encoding_is_named(corpus: Path) -> None:
    (corpus / "sources.csv").write_bytes(b"\xe9")

    with pytest.raises(CorpusError, match=r"sources\.csv: it cannot be read.*Save it as UTF-8"):
        CorpusFolderWriter(corpus).read_note("sources.csv")


@pytest.mark.parametrize(
    "path",
    [
        "",
        ".",
        "..",
        "../roads.md",
        "2025/../../roads.md",
        "/roads.md",
        "//roads.md",
        "a\\b.md",
        "a\0.md",
        "C:a.md",
    ],
)
def test_no_path_leads_out_of_the_corpus(corpus: Path, path: str) -> None:
    for write in (CorpusFolderWriter(corpus).write_new, CorpusFolderWriter(corpus).replace):
        with pytest.raises(CorpusError, match="leads out of the corpus"):
            write(path, b"words")
    assert names(corpus.parent) == ["corpus"]


def test_nothing_is_written_through_links(corpus: Path) -> None:
    outside = corpus.parent / "outside"
    outside.mkdir()
    (outside / "roads.md").write_bytes(b"earlier")
    (corpus / "folder").symlink_to(outside)
    (corpus / "roads.md").symlink_to(outside / "roads.md")
    (corpus / "nowhere.md").symlink_to(outside / "new.md")
    writer = CorpusFolderWriter(corpus)

    for path in ("folder/roads.md", "folder/deep/roads.md", "roads.md", "nowhere.md"):
        with pytest.raises(CorpusError, match="nothing is written through links"):
            writer.replace(path, b"words")
        with pytest.raises(CorpusError, match="nothing is written through links"):
            writer.write_new(path, b"words")
    assert names(outside) == ["roads.md"]
    assert (outside / "roads.md").read_bytes() == b"earlier"


def test_a_corpus_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="the corpus folder does not exist"):
        CorpusFolderWriter(tmp_path / "corpus").write_new("roads.md", b"words")
    assert names(tmp_path) == []


def test_what_the_disk_refuses_is_told_and_leaves_nothing(corpus: Path) -> None:
    (corpus / "file").write_bytes(b"earlier")
    (corpus / "folder").mkdir()

    with pytest.raises(CorpusError, match=r"it cannot be written \(.+\)\. Check permissions"):
        CorpusFolderWriter(corpus).write_new("file/roads.md", b"words")
    with pytest.raises(CorpusError, match="it cannot be written"):
        CorpusFolderWriter(corpus).replace("folder", b"words")
    assert names(corpus) == ["file", "folder"]


REWRITE = """
import sys
from itertools import cycle
from pathlib import Path
from askpcc.adapters.corpus_folder import CorpusFolderWriter
writer = CorpusFolderWriter(Path(sys.argv[1]))
for letter in cycle(b"ab"):
    writer.replace("roads.md", bytes([letter]) * 1_000_000)
    print("written", flush=True)
"""


@pytest.mark.parametrize("writes", range(1, 9))
def test_a_run_killed_while_it_writes_leaves_a_whole_file(corpus: Path, writes: int) -> None:
    command = [sys.executable, "-c", REWRITE, str(corpus)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as run:  # noqa: S603 -- our own program
        assert run.stdout is not None
        for _ in range(writes):
            run.stdout.readline()
        run.send_signal(signal.SIGKILL)

    words = (corpus / "roads.md").read_bytes()
    assert len(words) == 1_000_000
    assert len(set(words)) == 1
    assert all(name == "roads.md" or name.startswith(".askpcc-") for name in names(corpus))
