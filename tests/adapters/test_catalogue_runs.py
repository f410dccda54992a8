"""Runs of the index that are kept for those who announce what they changed."""

from datetime import UTC
from pathlib import Path

from askpcc.adapters.catalogue import SqlCatalogue
from support.small_index import SmallIndex


def catalogue(index: SmallIndex) -> SqlCatalogue:
    return SqlCatalogue(index.index / "catalogue.sqlite")


def test_each_run_that_changes_something_is_kept_newest_first(tmp_path: Path) -> None:
    index = SmallIndex(tmp_path)
    index.write("a.md", "The first response.")
    first = index.run()
    index.write("b.md", "The second response.")
    (index.corpus / "a.md").unlink()
    second = index.run(allow_shrink=True)
    runs = catalogue(index).runs(5)
    assert [run.index_version for run in runs] == [second.index_version, first.index_version]
    assert (runs[0].added, runs[0].removed, runs[1].added) == (("b.md",), ("a.md",), ("a.md",))


def test_a_run_that_changes_nothing_is_not_kept(tmp_path: Path) -> None:
    index = SmallIndex(tmp_path)
    index.write("a.md", "The first response.")
    index.run()
    index.run()
    assert len(catalogue(index).runs(5)) == 1


def test_a_run_carries_its_time_in_utc_and_its_register_changes(tmp_path: Path) -> None:
    index = SmallIndex(tmp_path)
    index.write("a.md", "The first response.")
    report = index.run()
    run = catalogue(index).runs(1)[0]
    assert run.at.tzinfo is UTC or run.at.utcoffset() is not None
    assert run.register == {
        **report.register.as_json(),
        "titles": {"a.md": "The first response."},
        "welsh_copies": {},
        "to_check": {"a.md": ["It names no force.", "It gives no date of its own."]},
        "failed": [],
        "skipped": [],
    }
