"""Whatever fails because of one document is named, and the documents beside it are indexed."""

import errno
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from askpcc.app.flows import build_failures
from askpcc.errors import BadDocument, EmbedderError
from askpcc.indexing.indexer import Indexer, IndexOptions
from askpcc.indexing.loading import DocumentFailures, Reading
from askpcc.model import Source
from askpcc.ports import Vector
from support.small_index import SmallIndex, WordEmbedder
from support.whole_flow import WholeFlow

STEPS = ("read", "split", "claims", "items")


class Panic(BaseException):
    """What a library in Rust raises when it panics."""


ERRORS: dict[str, BaseException] = {
    "a mistake of ours": ValueError("empty separator"),
    "an assertion": AssertionError(),
    "too deep": RecursionError("maximum recursion depth exceeded"),
    "too large": MemoryError(),
    "a parser's own OSError": OSError("broken data stream"),
    "a panic": Panic(),
}


@dataclass
class FailingIndex(SmallIndex):
    """A corpus of which one step fails for the document b.md."""

    step: str = ""
    error: BaseException | None = None
    failures: DocumentFailures = field(default_factory=DocumentFailures)

    def indexer(self, wait: float = 0) -> Indexer:
        """Return the flow with real parts."""
        made = super().indexer(wait)
        reading = replace(made.reading, failures=self.failures)
        if self.step and self.error:
            changed: dict[str, Any] = {self.step: _failing(reading, self.step, self.error)}
            reading = replace(reading, **changed)
        return replace(made, reading=reading)


def _failing(reading: Reading, step: str, error: BaseException) -> Callable[..., Any]:
    real = getattr(reading, step)

    def run(first: Any, *rest: Any) -> Any:  # noqa: ANN401 - whatever the step takes and gives
        if getattr(first, "path", first) == "b.md":
            raise error
        return real(first, *rest)

    return run


@dataclass
class FailingEmbedder(WordEmbedder):
    """Cannot embed texts that hold a word.  broken: nor any other."""

    broken: bool = False
    error: BaseException = field(default_factory=IndexError)

    def embed_passages(self, texts: Sequence[str]) -> list[Vector]:
        """Embed, or fail for the whole batch."""
        if self.broken or any("late" in text for text in texts):
            raise self.error
        return super().embed_passages(texts)


@pytest.fixture
def small(tmp_path: Path) -> FailingIndex:
    index = FailingIndex(tmp_path)
    index.write("a.md", "Borsetshire custody", "beds are checked hourly")
    index.write("b.md", "Midsomer vetting", "checks are late")
    index.write("c.md", "Felpersham fraud", "calls are graded")
    return index


@pytest.mark.parametrize("claim", ERRORS)
@pytest.mark.parametrize("step", STEPS)
def test_a_step_that_fails_for_one_document_names_it_and_the_others_are_indexed(
    small: FailingIndex, step: str, claim: str
) -> None:
    small.step, small.error = step, ERRORS[claim]
    report = small.run()
    assert report.added == ["a.md", "c.md"]
    assert [failure.document for failure in report.failed] == ["b.md"]
    assert type(ERRORS[claim]).__name__ in report.failed[0].reason
    with small.reader() as reader:
        assert sorted(reader.everything()) == ["a.md", "c.md"]


@pytest.mark.parametrize("step", STEPS)
def test_an_earlier_good_version_stays_and_is_stale_and_nothing_is_written_twice(
    small: FailingIndex, step: str
) -> None:
    small.run()
    small.write("b.md", "Midsomer vetting", "checks are on time")
    small.step, small.error = step, ERRORS["a mistake of ours"]
    first, second = small.run(), small.run()
    assert [failure.stale for failure in [*first.failed, *second.failed]] == [True, True]
    assert first.index_version == second.index_version
    with small.reader() as reader:
        assert reader.everything()["b.md"] == ["Midsomer vetting", "checks are late"]
        stale = {card.path: card.stale for card in reader.catalogue.documents()}
    assert stale == {"a.md": None, "b.md": first.failed[0].reason, "c.md": None}


@pytest.mark.parametrize(
    "error",
    [
        KeyboardInterrupt(),
        SystemExit(),
        OSError(errno.ENOSPC, "No space left on device"),
        EmbedderError("No model."),
    ],
)
def test_what_is_no_documents_failure_ends_the_run_and_leaves_the_index(
    small: FailingIndex, error: BaseException
) -> None:
    before = small.run().index_version
    small.write("a.md", "Borsetshire custody", "beds are counted")
    small.write("b.md", "Midsomer vetting", "checks are on time")
    small.step, small.error = "split", error
    with pytest.raises(type(error)):
        small.run()
    with small.reader() as reader:
        assert reader.catalogue.index_version() == before


@pytest.mark.parametrize("error", [IndexError("out of range"), Panic()])
def test_a_document_that_cannot_be_embedded_is_named_and_the_others_are_indexed(
    small: FailingIndex, error: BaseException
) -> None:
    small.embedder = FailingEmbedder(error=error)
    report = small.run()
    assert report.added == ["a.md", "c.md"]
    assert [failure.document for failure in report.failed] == ["b.md"]
    with small.reader() as reader:
        assert reader.find("calls are graded")["nearest"][0] == "calls are graded"


def test_an_embedder_that_embeds_nothing_is_no_documents_failure(small: FailingIndex) -> None:
    small.embedder = FailingEmbedder(broken=True)
    with pytest.raises(IndexError):
        small.run()


def test_half_a_character_that_cannot_be_stored_is_its_documents_failure(small: FailingIndex) -> None:
    reading = small.indexer().reading
    document = reading.read("b.md", b"Midsomer vetting\nchecks\n", Source())
    half = replace(document, text=document.text.replace("checks", "chec\ud83d"))
    made = replace(
        small.indexer(),
        reading=replace(
            reading,
            read=lambda path, data, source: half if path == "b.md" else reading.read(path, data, source),
        ),
    )
    report = made.run(IndexOptions())
    assert report.added == ["a.md", "c.md"]
    assert [failure.document for failure in report.failed] == ["b.md"]


def test_the_log_has_the_failure_under_the_reference_that_the_report_tells(small: FailingIndex) -> None:
    kept: dict[str, BaseException] = {}
    numbers = count(1)
    small.failures = DocumentFailures(kept.__setitem__, lambda: f"reference{next(numbers)}")
    small.step, small.error = "split", ERRORS["a mistake of ours"]
    report = small.run()
    assert kept == {"reference1": small.error}
    assert "reference1" in report.failed[0].remedy


def test_the_wired_log_has_the_error_with_its_reference(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(BadDocument) as raised, build_failures().of("b.md", "read"):
        raise ERRORS["too deep"]
    (record,) = caplog.records
    assert record.exc_info is not None
    assert record.exc_info[1] is ERRORS["too deep"]
    assert record.__dict__["askpcc_fields"]["reference"] in raised.value.remedy


@dataclass
class Shelf:
    """A corpus in the whole flow, with two good documents in it."""

    flow: WholeFlow

    def run(self, hostile: Sequence[tuple[str, bytes]]) -> set[str]:
        """Index hostile documents beside the good ones; return the documents that are indexed."""
        self.flow.write("a-good.md", GOOD)
        self.flow.write("z-good.md", GOOD.replace("complete", "in progress"))
        for place, (suffix, data) in enumerate(hostile):
            (self.flow.corpus / f"hostile-{place}{suffix}").write_bytes(data)
        self.flow.run()
        with self.flow.open_catalogue() as catalogue:
            return {card.path for card in catalogue.documents()}


GOOD = "# Netherby Police: response to the inspection\n\n## Recommendation 1\n\nThis is complete.\n"
GOOD_ONES = {"a-good.md", "z-good.md"}
HOSTILE: tuple[tuple[str, bytes], ...] = (
    (".html", b"<div>" * 3_000 + b"x"),
    (".html", b"<ul><li>" * 1_000 + b"x"),
    (".html", b"<table><tr><td>" * 1_000 + b"x"),
    (".html", b"<p>&#xD83D;&#x110000;&#0;</p>"),
    (".md", b"> " * 5_000 + b"x"),
    (".md", b"- " * 5_000 + b"x"),
    (".md", b"[" * 5_000 + b"x" + b"]" * 5_000),
    (".md", b"# <br>\n\n- &nbsp;\n\n1. <b></b>\n\nRecommendation 1: <br>\n"),
    (".md", b"---\na: &a [*a]\n---\nx\n"),
    (".md", b"---\n" + b"[" * 500 + b"\n---\nx\n"),
    (".txt", "\N{LATIN SMALL LETTER LONG S}even recommendations\n".encode()),
    (".txt", bytes(range(256)) * 20),
    (".docx", b"PK\x03\x04" + b"\0" * 200),
    (".pdf", b"%PDF-1.4\n" + b"1 0 obj <<" * 2_000),
)


def test_hostile_documents_hide_no_good_one(tmp_path: Path) -> None:
    assert Shelf(WholeFlow(tmp_path, WordEmbedder())).run(HOSTILE) >= GOOD_ONES


PIECES = st.sampled_from(
    (
        *("&nbsp;", "<br>", "</details>", "&#160;", "**", "- ", "1. ", "# ", "> ", "|", "\t", "\n", "\n\n"),
        *(".", ":", "Recommendation 1", "AFI 2", "PCC comment:", "This is complete.", "The following:", "("),
        *("| Recommendation | Status |\n|---|---|\n", "| 1 | Complete |\n", "\u200b", "\u202e", "\u2028"),
    )
)
WRITTEN = st.lists(PIECES | st.text(max_size=8), max_size=30).map(
    lambda pieces: "".join(pieces).encode("utf-8", "replace")
)
FILES = st.tuples(
    st.sampled_from((".md", ".txt", ".html", ".docx", ".pdf")), WRITTEN | st.binary(max_size=60)
)


@settings(deadline=None, max_examples=8)
@given(st.lists(FILES, min_size=10, max_size=30))
def test_any_files_hide_no_good_one(hostile: list[tuple[str, bytes]]) -> None:
    with TemporaryDirectory() as folder:
        assert Shelf(WholeFlow(Path(folder), WordEmbedder())).run(hostile) >= GOOD_ONES
