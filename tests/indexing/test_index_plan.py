"""What a run has to do, decided without touching anything."""

import pytest

from askpcc.errors import BadDocument, ShrinkRefused
from askpcc.indexing.plan import (
    CorpusScan,
    fingerprint_of,
    is_among,
    plan_run,
    refuse_shrinking,
)
from askpcc.model import Source
from askpcc.ports import IndexedDocument
from support.cases import cases


def indexed(stale: str | None = None, **fingerprints: str) -> dict[str, IndexedDocument]:
    return {path: IndexedDocument(path, "v", print_, (), stale) for path, print_ in fingerprints.items()}


def test_only_new_and_changed_files_are_read() -> None:
    scan = CorpusScan({"same": "1", "changed": "2", "new": "3"}, [])
    plan = plan_run(scan, indexed(same="1", changed="1", gone="4"), rebuild=False)
    assert (plan.read, plan.removed, plan.mended) == (["changed", "new"], ["gone"], [])


def test_a_rebuild_reads_every_file() -> None:
    assert plan_run(CorpusScan({"same": "1"}, []), indexed(same="1"), rebuild=True).read == ["same"]


def test_what_cannot_be_opened_is_not_removed() -> None:
    scan = CorpusScan({}, [BadDocument("a", "It cannot be opened.", "Mend it.")])
    assert plan_run(scan, indexed(a="1") | {"a/b": indexed(x="1")["x"]}, rebuild=False).removed == []


def test_a_stale_document_with_its_old_file_back_is_mended() -> None:
    assert plan_run(CorpusScan({"a": "1"}, []), indexed("bad", a="1"), rebuild=False).mended == ["a"]


@cases(
    ("path", "names", "among"),
    [("a/b", ["a"], True), ("a", ["a"], True), ("ab", ["a"], False), ("a", ["a/b"], False), ("a", [], False)],
)
def test_a_path_is_among_files_and_below_folders(path: str, names: list[str], *, among: bool) -> None:
    assert is_among(path, names) is among


@cases(
    ("known", "left", "refused"),
    [(2, 1, False), (3, 1, True), (4, 2, False), (4, 1, True), (1, 0, True)],
)
def test_dropping_more_than_half_is_refused(known: int, left: int, *, refused: bool) -> None:
    before = indexed(**{f"d{number}": f"{number}:x" for number in range(known)})
    scan = CorpusScan({f"d{number}": f"{number}:x" for number in range(left)}, [])
    plan = plan_run(scan, before, rebuild=False)
    if refused:
        with pytest.raises(ShrinkRefused):
            refuse_shrinking(plan, scan, before)
    else:
        refuse_shrinking(plan, scan, before)


def test_the_only_document_may_be_replaced_by_another() -> None:
    scan, before = CorpusScan({"new": "2:x"}, []), indexed(old="1:x")
    refuse_shrinking(plan_run(scan, before, rebuild=False), scan, before)


def test_bytes_source_and_reading_each_make_another_fingerprint() -> None:
    made = {
        fingerprint_of(b"a", Source(), "1"),
        fingerprint_of(b"b", Source(), "1"),
        fingerprint_of(b"a", Source("https://borsetshire.example"), "1"),
        fingerprint_of(b"a", Source(None, "2026-01-02"), "1"),
        fingerprint_of(b"a", Source(), "2"),
    }
    assert len(made) == 5
