"""Adding responses to a corpus, on real files."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NoReturn

import pytest

from askpcc.adapters.corpus_folder import CorpusFolderWriter
from askpcc.downloads import Fetched
from askpcc.errors import BadDocument, CorpusError, FetchError
from askpcc.indexing.adding import Adder, AddOptions, Outcome, bring
from askpcc.indexing.correcting import CorrectionNotes
from askpcc.indexing.loading import Reading
from askpcc.metadata import parse_sources
from askpcc.metadata.corrections import FACTS_FILE, Correction, parse_corrections
from askpcc.model import (
    Document,
    DocumentCard,
    Fact,
    FactName,
    Source,
    version_of,
)
from support.cases import cases
from support.small_index import split_blocks

URL = "https://borsetshire.test/responses/42"
WORDS = "Title: Custody\nForce: Borsetshire Police\nPublished: 2025-06-01\nThe cells were painted.\n"


class Free:
    """A lock that nobody else holds."""

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold it."""
        yield


@dataclass
class Folder:
    """The corpus and what was done to it, with as simple a reader as there can be."""

    root: Path
    read_paths: list[str] = field(default_factory=list)
    held_now: bool = False
    indexed: list[DocumentCard] = field(default_factory=list)

    def files(self) -> Iterator[str]:
        """Yield every file but the notes."""
        found = (path for path in self.root.rglob("*") if path.is_file() and path.suffix != ".csv")
        yield from sorted(path.relative_to(self.root).as_posix() for path in found)

    def others(self) -> Iterator[str]:
        """Yield none: each file is read."""
        yield from ()

    def read(self, path: str) -> bytes:
        """Return the bytes of one."""
        return (self.root / path).read_bytes()

    def read_document(self, path: str, data: bytes, source: Source) -> Document:
        """Read lines such as ``Title: Roads`` as facts; the stored text has Unix line ends."""
        self.read_paths.append(path)
        text = data.decode("utf-8-sig", "replace").replace("\r\n", "\n")
        if not text.strip():
            raise BadDocument(path, "It is empty.", "Put the response in its place.")
        facts = (line.partition(": ") for line in text.splitlines())
        known = {name.value for name in FactName}
        return Document(
            path,
            version_of(text),
            text,
            (),
            tuple(Fact(FactName(n.lower()), value, None) for n, _, value in facts if n.lower() in known),
            source=source,
        )

    @contextmanager
    def held(self) -> Iterator[None]:
        """Stand for the lock of the index."""
        self.held_now = True
        yield
        self.held_now = False

    def adder(self) -> Adder:
        """Return the flow over this folder."""
        writer = CorpusFolderWriter(self.root)
        notes = CorrectionNotes(writer, Free())
        return Adder(self, writer, self.reading(), lambda: self.indexed, self, notes)

    def reading(self) -> Reading:
        """Return how its files are read."""
        return Reading(self.read_document, split_blocks, dict, "1")

    def note(self, document: str) -> Source:
        """Return what is noted of a document."""
        return parse_sources((self.root / "sources.csv").read_text())[document]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def page(
    words: str = WORDS, url: str | None = URL, hint: str = "42", kind: str | None = "text/plain"
) -> Fetched:
    return Fetched(words.encode(), "2026-03-04", hint, url, kind)


def local(words: str = WORDS, name: str = "Reply (final).md") -> Fetched:
    return page(words, url=None, hint=name, kind=None)


def test_a_page_is_stored_under_its_title_and_noted(folder: Folder) -> None:
    added = folder.adder().add(page())

    assert (added.document, added.outcome) == ("borsetshire-police-custody-2025.txt", Outcome.ADDED)
    assert added.stored
    assert added.sentence == "Added “Custody” as borsetshire-police-custody-2025.txt."
    assert folder.read(added.document) == WORDS.encode()
    assert folder.note(added.document) == added.source == Source(URL, "2026-03-04")


@pytest.mark.parametrize(
    ("words", "hint", "name"),
    [
        (
            "Title: Midsomer 2025 roads\nForce: Midsomer\nPublished: 2025-01-02",
            "x",
            "midsomer-2025-roads.txt",
        ),
        ("Title: Roads", "x", "roads.txt"),
        ("Force: Midsomer Constabulary\nno title", "Our reply.aspx", "our-reply.txt"),
        ("Title: ../../../etc/passwd\n", "x", "etc-passwd.txt"),
        ("nothing known", "答复", "response.txt"),
    ],
)
def test_a_name_repeats_nothing_and_falls_back_on_the_servers(
    folder: Folder, words: str, hint: str, name: str
) -> None:
    assert folder.adder().add(page(words, hint=hint)).document == name


def test_a_file_keeps_its_own_name_and_has_no_address(folder: Folder) -> None:
    added = folder.adder().add(local())

    assert added.document == "reply-final.md"
    assert folder.note("reply-final.md") == Source(None, "2026-03-04")


def test_a_file_may_be_given_name_and_address(folder: Folder) -> None:
    options = AddOptions(name="2025/custody", url="HTTPS://Borsetshire.test/responses/42#top")

    assert folder.adder().add(local(), options).document == "2025/custody.md"
    assert folder.note("2025/custody.md").url == URL


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "borsetshire.test", "https://me:word@borsetshire.test/"]
)
def test_an_address_that_could_not_be_fetched_is_not_noted(folder: Folder, url: str) -> None:
    with pytest.raises(FetchError):
        folder.adder().add(local(), AddOptions(url=url))
    assert list(folder.root.iterdir()) == []


def test_another_file_of_the_same_name_gets_a_number(folder: Folder) -> None:
    folder.adder().add(local())

    assert folder.adder().add(local("other words")).document == "reply-final-2.md"
    assert folder.adder().add(local("third words")).document == "reply-final-3.md"
    assert folder.read("reply-final.md") == WORDS.encode()


def test_a_chosen_name_that_is_taken_is_an_error(folder: Folder) -> None:
    folder.adder().add(local())

    with pytest.raises(CorpusError, match=r"reply-final: .*another file of that name.*--name.*--replace"):
        folder.adder().add(local("other words"), AddOptions(name="reply-final"))


@pytest.mark.parametrize("name", ["../roads", "/etc/roads", ".roads"])
def test_a_chosen_name_cannot_leave_the_corpus(folder: Folder, name: str) -> None:
    with pytest.raises(CorpusError, match="cannot be the name"):
        folder.adder().add(local(), AddOptions(name=name))
    assert list(folder.root.iterdir()) == []


@pytest.mark.parametrize("words", [WORDS, "\ufeff" + WORDS.replace("\n", "\r\n")])
@pytest.mark.parametrize("indexed", [False, True])
def test_the_same_bytes_or_the_same_text_are_a_duplicate_that_is_named(
    folder: Folder, words: str, indexed: bool
) -> None:
    folder.adder().add(page())
    name = "borsetshire-police-custody-2025.txt"
    folder.indexed = [DocumentCard(name, version_of(WORDS), ())] if indexed else []

    again = folder.adder().add(local(words))

    assert (again.document, again.outcome, again.stored) == (name, Outcome.SAME_WORDS, False)
    assert again.sentence == f"Already in the corpus as {name}; nothing was stored."
    assert again.source.url == URL
    assert list(folder.files()) == [name]


def test_what_the_index_knows_to_be_other_words_is_not_read_again(folder: Folder) -> None:
    folder.adder().add(local("other words", "other.md"))
    folder.adder().add(local("more words", "more.md"))
    folder.indexed = [DocumentCard("other.md", version_of("other words"), ())]
    folder.read_paths.clear()

    folder.adder().add(local(name="new.md"))

    assert folder.read_paths == ["new.md", "more.md"]


def test_a_document_that_cannot_be_read_is_no_duplicate(folder: Folder) -> None:
    (folder.root / "empty.md").touch()

    assert folder.adder().add(local()).outcome is Outcome.ADDED


@pytest.mark.parametrize("url", [URL, URL + "/", URL.replace("https", "http")])
def test_other_words_from_the_same_address_are_not_stored_unasked(folder: Folder, url: str) -> None:
    name = folder.adder().add(page()).document

    again = folder.adder().add(page("corrected words", url))

    assert (again.document, again.outcome, again.stored) == (name, Outcome.SAME_ADDRESS, False)
    assert again.sentence.endswith(f"add --replace {name}")
    assert list(folder.files()) == [name]


def test_a_note_whose_document_is_gone_is_in_nobodys_way(folder: Folder) -> None:
    """So is what a run leaves that was killed between its two writes."""
    name = folder.adder().add(page()).document
    (folder.root / name).unlink()

    assert folder.adder().add(page("corrected words")).outcome is Outcome.ADDED


def test_a_corrected_response_is_put_in_place_of_the_old_one(folder: Folder) -> None:
    name = folder.adder().add(page()).document

    replaced = folder.adder().add(page("corrected words"), AddOptions(replace=name))

    assert (replaced.document, replaced.outcome, replaced.stored) == (name, Outcome.REPLACED, True)
    assert list(folder.files()) == [name]
    assert folder.read(name) == b"corrected words"


def test_a_replacement_that_says_the_same_is_a_duplicate(folder: Folder) -> None:
    name = folder.adder().add(page()).document

    assert folder.adder().add(page(), AddOptions(replace=name)).outcome is Outcome.SAME_WORDS


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ("absent.md", "no such document to replace"),
        ("../outside.md", "no such document to replace"),
        ("sources.csv", "no such document to replace"),
        ("reply-final.md", r"another format \(txt\)"),
    ],
)
def test_only_a_document_of_the_same_format_is_replaced(folder: Folder, document: str, message: str) -> None:
    folder.adder().add(local())
    before = (folder.root / "sources.csv").read_bytes()

    with pytest.raises(CorpusError, match=message):
        folder.adder().add(page("corrected words"), AddOptions(replace=document))
    assert folder.read("reply-final.md") == WORDS.encode()
    assert (folder.root / "sources.csv").read_bytes() == before


@pytest.mark.parametrize(
    ("fetched", "message"),
    [
        (page(" "), "^https://borsetshire.test/responses/42: It is empty"),
        (local(" "), r"^Reply \(final\)\.md: It is empty"),
        (local(name="reply.ods"), r"^reply\.ods: Its format is not supported.*\.docx"),
    ],
)
def test_what_cannot_be_read_is_named_as_it_was_given_and_not_stored(
    folder: Folder, fetched: Fetched, message: str
) -> None:
    with pytest.raises(BadDocument, match=message):
        folder.adder().add(fetched)
    assert list(folder.root.iterdir()) == []


def test_corrections_are_noted_under_the_name_that_a_file_gets(folder: Folder) -> None:
    (folder.root / "reply.md").write_text("Other words.")
    said = {FactName.FORCE: Correction(FactName.FORCE, "Netherby", "Ann Oake", "2031-05-03")}
    added = folder.adder().add(local(name="reply.md"), AddOptions(corrections=said))
    assert added.document == "reply-2.md"
    assert parse_corrections((folder.root / FACTS_FILE).read_text()) == {"reply-2.md": said}


def test_a_preview_shows_what_was_corrected_and_writes_nothing(folder: Folder) -> None:
    said = {FactName.FORCE: Correction(FactName.FORCE, "Netherby", "Ann Oake", "2031-05-03")}
    shown = folder.adder().preview(local(name="reply.md"), AddOptions(corrections=said))
    force = shown.document.fact(FactName.FORCE)
    assert force
    assert (force.value, force.by) == ("Netherby", "Ann Oake, 3 May 2031")
    assert list(folder.root.iterdir()) == []


def test_the_lock_is_held_while_the_corpus_is_compared_and_written(folder: Folder) -> None:
    seen = []

    def indexed() -> list[DocumentCard]:
        seen.append(folder.held_now)
        return []

    replace(folder.adder(), indexed=indexed).add(page())

    assert set(seen) == {True}
    assert not folder.held_now


@cases(("what", "way"), [(URL, "web"), ("file:///etc/passwd", "web"), ("reply.md", "disk")])
def test_an_address_is_brought_from_the_web_and_a_path_from_the_disk(what: str, way: str) -> None:
    brought = bring(what, lambda what: page(what, hint="web"), lambda what: page(what, hint="disk"))

    assert (brought.data, brought.filename_hint) == (what.encode(), way)


def fail(*_: object) -> NoReturn:
    raise RecursionError("maximum recursion depth exceeded")


@pytest.mark.parametrize("options", [AddOptions(), AddOptions(name="reply"), AddOptions(replace="held.md")])
@pytest.mark.parametrize("part", ["read", "split"])
def test_a_file_that_could_not_be_indexed_is_refused_and_nothing_is_stored(
    folder: Folder, part: str, options: AddOptions
) -> None:
    (folder.root / "held.md").write_text(WORDS)
    adder = folder.adder()
    reading = adder.reading
    reading = replace(reading, read=fail) if part == "read" else replace(reading, split=fail)
    adder = replace(adder, reading=reading)
    with pytest.raises(
        BadDocument, match=r"^Reply \(final\)\.md: It could not be .*unexpected RecursionError"
    ):
        adder.add(local("other words"), options)
    assert [path.name for path in folder.root.iterdir()] == ["held.md"]
    assert (folder.root / "held.md").read_text() == WORDS


def test_a_document_whose_reading_fails_keeps_no_other_file_out(folder: Folder) -> None:
    (folder.root / "held.md").write_text("held words")
    adder = folder.adder()

    def read(path: str, data: bytes, source: Source) -> Document:
        return fail() if data == b"held words" else folder.read_document(path, data, source)

    adder = replace(adder, reading=replace(adder.reading, read=read))
    assert adder.add(local()).outcome is Outcome.ADDED
