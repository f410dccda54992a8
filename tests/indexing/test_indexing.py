"""The run of the index, with real parts in a temporary folder."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from askpcc.indexing.plan import IndexReport, PassageCount
from askpcc.model import Source
from askpcc.rendering.register_text import report_as_text
from support.small_index import SmallIndex


@pytest.fixture
def small(tmp_path: Path) -> SmallIndex:
    index = SmallIndex(tmp_path)
    index.write("a.md", "Borsetshire custody", "beds are checked hourly", "the log was mended")
    index.write("sub/b.md", "Midsomer vetting", "checks are late", "a plan is being written")
    index.write("c.md", "Felpersham fraud", "calls are graded")
    return index


def test_the_first_run_adds_every_document(small: SmallIndex) -> None:
    report = small.run()
    assert report.added == ["a.md", "c.md", "sub/b.md"]
    assert report.passages == PassageCount(embedded=8, reused=0, removed=0)


def test_what_is_indexed_is_found_by_keyword_and_by_vector(small: SmallIndex) -> None:
    small.run()
    with small.reader() as reader:
        found = reader.find("checks are late")
    assert found["keyword"][0] == found["nearest"][0] == "checks are late"


def test_a_run_with_nothing_changed_keeps_everything(small: SmallIndex) -> None:
    first = small.run()
    second = small.run()
    assert (second.kept, second.added, second.changed, second.removed) == (3, [], [], [])
    assert second.passages == PassageCount(embedded=0, reused=8, removed=0)
    assert second.index_version == first.index_version


def test_what_a_program_would_read_more_of_is_read_again_once_it_is_there(small: SmallIndex) -> None:
    small.write("scan.md", "A letter", "its second page is for tesseract")
    small.run()
    read = []
    for programs in ((), ("tesseract",), ("tesseract",), ()):
        small.files_read.clear()
        small.programs = programs
        small.run()
        read.append(list(small.files_read))
    assert read == [[], ["scan.md"], [], []]


def test_a_changed_document_has_only_its_new_passages_embedded(small: SmallIndex) -> None:
    small.run()
    small.embedder.embedded.clear()
    small.write("a.md", "Borsetshire custody", "a new line", "beds are checked hourly", "the log was mended")
    report = small.run()
    assert report.changed == ["a.md"]
    assert small.embedder.embedded == ["a new line"]
    assert report.passages == PassageCount(embedded=1, reused=8, removed=0)


def test_a_removed_document_is_found_no_more(small: SmallIndex) -> None:
    small.run()
    (small.corpus / "c.md").unlink()
    report = small.run()
    with small.reader() as reader:
        found = reader.find("calls are graded")
        shelf = reader.everything()
    assert report.removed == ["c.md"]
    assert report.passages.removed == 2
    assert "c.md" not in shelf
    assert "calls are graded" not in found["keyword"] + found["nearest"]


def test_each_change_makes_another_index_version(small: SmallIndex) -> None:
    versions = {small.run().index_version}
    small.write("c.md", "Felpersham fraud", "calls are graded twice")
    versions.add(small.run().index_version)
    (small.corpus / "c.md").unlink()
    versions.add(small.run().index_version)
    assert len(versions) == 3


def test_a_rebuild_embeds_nothing_again(small: SmallIndex) -> None:
    small.run()
    small.embedder.embedded.clear()
    report = small.run(rebuild=True)
    assert small.embedder.embedded == []
    assert (report.kept, report.passages) == (3, PassageCount(embedded=0, reused=8, removed=0))


def test_another_reading_version_reads_everything_again(small: SmallIndex) -> None:
    small.run()
    small.reading_version = "2"
    assert small.run().changed == ["a.md", "c.md", "sub/b.md"]


def test_a_run_says_that_unchanged_documents_are_read_again(small: SmallIndex) -> None:
    small.run()
    small.run(rebuild=True)
    assert small.notebook.told == []
    small.reading_version = "2"
    small.write("c.md", "Felpersham fraud", "calls are answered")
    small.run()
    assert [told.split(":")[0] for told in small.notebook.told] == ["2 unchanged documents are read again"]


def test_another_note_on_the_source_is_a_change(small: SmallIndex) -> None:
    small.run()
    small.notes = {"c.md": Source("https://felpersham.example/response", "2026-01-02")}
    assert small.run().changed == ["c.md"]
    with small.reader() as reader:
        assert reader.catalogue.document("c.md").source == small.notes["c.md"]


def test_a_superseded_version_can_still_be_read(small: SmallIndex) -> None:
    small.run()
    with small.reader() as reader:
        before = reader.catalogue.document("c.md")
        small.write("c.md", "Felpersham fraud", "calls are graded twice")
        small.run()
        assert reader.catalogue.document("c.md", before.version).text == before.text
        assert reader.catalogue.document("c.md").text != before.text


@pytest.mark.parametrize("there_is_an_index", [False, True])
def test_a_dry_run_tells_and_writes_nothing(small: SmallIndex, *, there_is_an_index: bool) -> None:
    if there_is_an_index:
        small.run()
        small.write("c.md", "Felpersham fraud", "calls are graded", "one more line")
        (small.corpus / "a.md").unlink()
    before = _contents(small.root)
    told = small.run(dry_run=True)
    assert _contents(small.root) == before
    done = small.run()
    assert _plain(told) | {"index_version": ""} == _plain(done) | {"index_version": ""}


def test_the_report_has_the_shape_of_the_public_interface(small: SmallIndex) -> None:
    small.write("bad.md", "BAD")
    report = json.loads(json.dumps(small.run().as_json()))
    assert report | {"seconds": 0, "index_version": ""} == {
        "index_version": "",
        "added": ["a.md", "c.md", "sub/b.md"],
        "changed": [],
        "removed": [],
        "kept": 0,
        "passages": {"embedded": 8, "reused": 0, "removed": 0},
        "failed": [{"document": "bad.md", "reason": "It is bad.", "remedy": "Mend it.", "stale": False}],
        "skipped": [],
        "seconds": 0,
        "register": {"new": [], "changed": [], "gone": []},
        "doubtful": {},
        "to_check": {
            path: ["It names no force.", "It gives no date of its own."]
            for path in ("a.md", "c.md", "sub/b.md")
        },
        "welsh_copies": {},
        "stray_corrections": [],
    }


def test_the_report_for_people_names_each_document_and_each_failure(small: SmallIndex) -> None:
    small.write("bad.md", "BAD")
    text = report_as_text(small.run())
    assert "added    Midsomer vetting (sub/b.md)" in text
    assert "3 added, 0 changed, 0 removed, 0 kept, 1 failed; passages: " in text
    assert text.splitlines()[-1] == "failed   bad.md: It is bad. Mend it."


def test_a_run_with_nothing_to_do_imports_neither_torch_nor_chroma(small: SmallIndex) -> None:
    small.run()
    program = (
        "import sys; from pathlib import Path; from support.small_index import SmallIndex;"
        "report = SmallIndex(Path(sys.argv[1])).run();"
        "print(report.kept, sorted({'torch', 'chromadb', 'sentence_transformers'} & set(sys.modules)))"
    )
    done = subprocess.run(  # noqa: S603 (our own program)
        [sys.executable, "-c", program, str(small.root)],
        env={"PYTHONPATH": str(Path(__file__).parents[1])},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "3 []\n"


def test_a_run_tells_how_far_it_is(small: SmallIndex) -> None:
    small.run()
    assert small.notebook.steps[:3] == [(1, 3, "reading"), (2, 3, "reading"), (3, 3, "reading")]
    assert small.notebook.steps[-1] == (8, 8, "embedding")


def _contents(folder: Path) -> dict[str, bytes]:
    return {str(file): file.read_bytes() if file.is_file() else b"" for file in folder.rglob("*")}


def _plain(report: IndexReport) -> dict[str, object]:
    return report.as_json() | {"seconds": 0}
