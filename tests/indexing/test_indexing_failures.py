"""Files that fail, and runs that are refused, with real parts in a temporary folder."""

from pathlib import Path

import pytest

from askpcc.errors import (
    CorpusError,
    EmbedderMismatch,
    IndexFailure,
    IndexMissing,
    ShrinkRefused,
)
from askpcc.indexing.loading import MOST_PASSAGES
from support.small_index import SmallIndex, WordEmbedder


@pytest.fixture
def small(tmp_path: Path) -> SmallIndex:
    index = SmallIndex(tmp_path)
    index.write("a.md", "Borsetshire custody", "beds are checked hourly", "the log was mended")
    index.write("sub/b.md", "Midsomer vetting", "checks are late", "a plan is being written")
    index.write("c.md", "Felpersham fraud", "calls are graded")
    return index


def test_a_document_gone_bad_stays_with_its_last_good_version(small: SmallIndex) -> None:
    small.run()
    small.write("c.md", "BAD")
    first, second = small.run(), small.run()
    with small.reader() as reader:
        stale = {card.path: card.stale for card in reader.catalogue.documents()}
        assert reader.find("calls graded")["keyword"] == ["calls are graded"]
    assert [failure.stale for failure in [*first.failed, *second.failed]] == [True, True]
    assert stale == {"a.md": None, "c.md": "It is bad.", "sub/b.md": None}
    assert (second.kept, second.index_version) == (3, first.index_version)


@pytest.mark.parametrize("line", ["calls are graded", "calls are graded by hand"])
def test_a_mended_document_is_stale_no_more(small: SmallIndex, line: str) -> None:
    small.run()
    small.write("c.md", "BAD")
    small.run()
    small.write("c.md", "Felpersham fraud", line)
    report = small.run()
    with small.reader() as reader:
        assert [card.stale for card in reader.catalogue.documents()] == [None] * 3
        assert line in reader.everything()["c.md"]
    assert report.failed == []


def test_a_folder_that_cannot_be_followed_keeps_what_was_indexed_below_it(small: SmallIndex) -> None:
    small.run()
    (small.corpus / "sub").rename(small.root / "elsewhere")
    (small.corpus / "sub").symlink_to(small.root / "elsewhere")
    report = small.run()
    with small.reader() as reader:
        assert "sub/b.md" in reader.everything()
    assert [(failure.document, failure.stale) for failure in report.failed] == [("sub", True)]


def test_more_passages_than_a_sane_document_has_make_it_bad(small: SmallIndex) -> None:
    small.write("long.md", *(f"line {number}" for number in range(MOST_PASSAGES + 1)))
    report = small.run()
    assert [failure.document for failure in report.failed] == ["long.md"]
    assert "5001 passages" in report.failed[0].reason


def test_a_run_that_drops_more_than_half_is_refused_and_changes_nothing(small: SmallIndex) -> None:
    small.run()
    (small.corpus / "a.md").unlink()
    (small.corpus / "c.md").unlink()
    with pytest.raises(ShrinkRefused, match=r"2 of 3 documents.*--allow-shrink"):
        small.run()
    with small.reader() as reader:
        assert len(reader.everything()) == 3


def test_a_run_that_drops_more_than_half_can_be_allowed(small: SmallIndex) -> None:
    small.run()
    for name in ("a.md", "c.md", "sub/b.md"):
        (small.corpus / name).unlink()
    assert small.run(allow_shrink=True).removed == ["a.md", "c.md", "sub/b.md"]


def test_documents_that_only_moved_are_not_dropped(small: SmallIndex) -> None:
    small.run()
    for name in ("a.md", "c.md"):
        (small.corpus / name).rename(small.corpus / f"moved-{name}")
    report = small.run()
    assert (report.added, report.removed) == (["moved-a.md", "moved-c.md"], ["a.md", "c.md"])
    assert report.passages.embedded == 0


def test_an_empty_corpus_is_refused_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    with pytest.raises(CorpusError, match="Put responses into it"):
        SmallIndex(tmp_path).run()


def test_an_index_that_lost_its_whole_corpus_is_kept(tmp_path: Path) -> None:
    small = SmallIndex(tmp_path)
    small.write("a.md", "Borsetshire custody")
    small.run()
    (small.corpus / "a.md").unlink()
    with pytest.raises(ShrinkRefused):
        small.run()


def test_another_embedder_is_refused_until_a_rebuild(small: SmallIndex) -> None:
    small.run()
    small.embedder = WordEmbedder("words 2")
    with pytest.raises(EmbedderMismatch, match=r"words 1.*words 2.*--rebuild"):
        small.run()
    assert small.run(rebuild=True).passages.embedded == 8


def test_no_index_is_a_sentence_that_names_the_command(small: SmallIndex) -> None:
    with small.reader() as reader, pytest.raises(IndexMissing, match="Run: askpcc index"):
        reader.catalogue.documents()


def test_a_place_where_no_index_can_be_made_is_a_sentence(small: SmallIndex) -> None:
    small.index.write_text("a file")
    with pytest.raises(IndexFailure, match="cannot be written"):
        small.run()
