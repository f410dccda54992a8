"""The folder of responses: what counts as a document."""

from pathlib import Path

import pytest

from askpcc.adapters.corpus_folder import CorpusFolder
from askpcc.errors import BadDocument, CorpusError


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    for name in ("b.md", "a.txt", "sub/deeper/c.PDF"):
        put(folder / name)
    return folder


def put(file: Path, data: bytes = b"words") -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)


def corpus(root: Path) -> CorpusFolder:
    return CorpusFolder(root, {".md", ".txt", ".pdf"})


def test_documents_are_found_in_all_folders_and_sorted(root: Path) -> None:
    assert list(corpus(root).files()) == ["a.txt", "b.md", "sub/deeper/c.PDF"]


def test_a_document_is_read_as_it_lies_there(root: Path) -> None:
    put(root / "sub" / "d.md", b"\xff\x00words\r\n")
    assert corpus(root).read("sub/d.md") == b"\xff\x00words\r\n"


@pytest.mark.parametrize(
    "name",
    [
        *("README.md", "sub/readme.txt", "sources.csv", ".hidden.md", ".git/x.md", "x.png", "md"),
        *("~$b.md", "Thumbs.db"),
    ],
)
def test_what_is_no_response_is_left_out(root: Path, name: str) -> None:
    put(root / name)
    assert len(list(corpus(root).files())) == 3


def test_files_of_other_kinds_are_named_but_for_what_is_hidden_or_about_the_corpus(root: Path) -> None:
    for name in ("x.png", "sub/papers.zip", "notes", "README", "README.fr.rst", "sub/readme.html.bak"):
        put(root / name)
    for name in ("sources.csv", ".hidden.zip", ".git/x.png", "~$b.docx", "Thumbs.db", "desktop.ini"):
        put(root / name)
    (root / "again.png").symlink_to(root / "x.png")
    assert list(corpus(root).others()) in (
        ["again.png", "notes", "sub/papers.zip"],
        ["notes", "sub/papers.zip", "x.png"],
    )


def test_notes_of_sources_are_no_document_where_tables_are(root: Path) -> None:
    put(root / "sources.csv")
    put(root / "sub" / "tracker.csv")
    assert list(CorpusFolder(root, {".csv"}).files()) == ["sub/tracker.csv"]


def test_a_link_to_a_document_that_is_listed_gives_it_once(root: Path) -> None:
    (root / "again.md").symlink_to(root / "b.md")
    (root / "again").symlink_to(root / "sub")
    assert list(corpus(root).files()) == ["a.txt", "b.md", "sub/deeper/c.PDF"]


def test_a_link_to_a_document_that_is_not_listed_gives_it(root: Path) -> None:
    put(root / ".store" / "x", b"stored")
    put(root / ".more" / "y.md", b"more")
    (root / "linked.md").symlink_to(root / ".store" / "x")
    (root / "more").symlink_to(root / ".more")
    assert {"linked.md", "more/y.md"} < set(corpus(root).files())
    assert corpus(root).read("linked.md") == b"stored"
    assert corpus(root).read("more/y.md") == b"more"


def test_a_corpus_that_is_itself_a_link_is_read(root: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(root)
    assert len(list(corpus(tmp_path / "link").files())) == 3
    assert corpus(tmp_path / "link").read("b.md") == b"words"


def test_a_missing_corpus_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"No corpus folder at .*--corpus"):
        corpus(tmp_path / "no").files()


def test_a_file_is_no_corpus(tmp_path: Path) -> None:
    put(tmp_path / "file")
    with pytest.raises(CorpusError, match="Not a directory"):
        corpus(tmp_path / "file").files()


def test_a_document_that_went_away_is_named(root: Path) -> None:
    with pytest.raises(BadDocument, match=r"gone\.md: It cannot be opened: No such file"):
        corpus(root).read("gone.md")
