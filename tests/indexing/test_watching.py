"""Turns that look for new responses: real files, a real index, a real server on loopback."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from threading import Event

import pytest

from askpcc.adapters.corpus_folder import CorpusFolder, CorpusFolderWriter, IndexLock
from askpcc.adapters.fetching import WebFetcher
from askpcc.adapters.fetching_pages import PoliteWeb
from askpcc.adapters.watch_memory import SqliteWatchMemory
from askpcc.downloads import Fetched, address_key
from askpcc.errors import CorpusError, EmbedderError, FetchError, IndexFailure
from askpcc.indexing.adding import Adder
from askpcc.indexing.correcting import CorrectionNotes
from askpcc.indexing.loading import Reading
from askpcc.indexing.plan import IndexReport
from askpcc.indexing.watching import MOST_LINKS, Policy, Schedule, TurnReport, Watcher
from askpcc.metadata import SOURCES_FILE, parse_sources
from askpcc.model import LeadState
from askpcc.rendering.watch_text import format_leads, format_turn
from askpcc.watched_pages import WatchedPages, choose_pages
from support.small_index import SmallIndex, read_lines, split_blocks
from support.web_server import Page, Site, serving

MARKDOWN = (("Content-Type", "text/markdown"),)
CUSTODY = Page(b"Response to the custody inspection\nThe cells were painted.\n", MARKDOWN)
VETTING = Page(b"Response to the vetting inspection\nThe files were renewed.\n", MARKDOWN)


def list_of(*paths: str, etag: str = "") -> Page:
    links = "".join(f'<a href="{path}">The response to {path}</a>' for path in paths)
    headers = (("Content-Type", "text/html"), *((("ETag", etag),) if etag else ()))
    return Page(f"<ul>{links}</ul>".encode(), headers)


@dataclass
class House:
    """A corpus, an index and an office's site."""

    small: SmallIndex
    site: Site
    pages: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    ending: Callable[[], bool] = lambda: False
    runs: int = 0

    @property
    def memory(self) -> SqliteWatchMemory:
        """Return what is known of pages."""
        return SqliteWatchMemory(self.small.index / "watch.sqlite")

    def lock(self, name: str = "lock") -> IndexLock:
        """Return a lock that is not waited for."""
        return IndexLock(self.small.index / name, 0, lambda _: None)

    def held(self) -> set[str]:
        """Return the addresses that documents came from."""
        noted = parse_sources(CorpusFolderWriter(self.small.corpus).read_note(SOURCES_FILE))
        return {address_key(source.url) for source in noted.values() if source.url}

    def watcher(self, policy: Policy = Policy.OFFER) -> Watcher:
        """Return the flow."""
        corpus = CorpusFolder(self.small.corpus, {".md"})
        reading = Reading(read_lines, split_blocks, dict, "1")
        writer = CorpusFolderWriter(self.small.corpus)
        notes = CorrectionNotes(writer, self.lock("facts.lock"))
        adder = Adder(corpus, writer, reading, tuple, self.lock(), notes)
        web = WebFetcher(lambda: date(2026, 3, 4), True, resolve=lambda _host, _port: ["127.0.0.1"])

        return Watcher(
            pages=lambda: WatchedPages(self.pages),
            held=self.held,
            web=PoliteWeb(web, lambda: 0.0, lambda _: None),
            memory=self.memory,
            add=adder.add,
            look=self.small.indexer().look,
            index=self.index,
            alone=self.lock("watch.lock"),
            index_lock=self.lock(),
            policy=policy,
            tell=self.told.append,
            ending=self.ending,
        )

    def index(self) -> IndexReport:
        """Bring the index up to date, and count how often."""
        self.runs += 1
        return self.small.run()

    def files(self) -> list[str]:
        """Return the documents of the corpus."""
        return sorted(file.name for file in self.small.corpus.glob("*.md"))

    def asked(self) -> list[str]:
        """Return what the site was asked for, and forget it."""
        paths = [path for path, _ in self.site.asked if path != "/robots.txt"]
        self.site.asked.clear()
        return paths


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    small = SmallIndex(tmp_path)
    for name in ("a.md", "b.md", "c.md"):
        small.write(name, f"The response {name}", "It is done.")
    small.run()
    with serving() as site:
        site.pages |= {"/custody.md": CUSTODY, "/vetting.md": VETTING}
        house = House(small, site, [site.url("/responses")])
        site.pages["/responses"] = list_of("/custody.md")
        yield house


def test_without_a_change_nothing_is_indexed(house: House) -> None:
    house.pages = []
    assert house.watcher().turn() == TurnReport()
    assert house.runs == 0


def test_new_changed_and_removed_files_are_indexed_and_named_by_title(house: House) -> None:
    house.pages = []
    house.small.write("d.md", "Response on bail", "It is done.")
    house.small.write("b.md", "Response on custody", "It is not done.")
    (house.small.corpus / "c.md").unlink()
    report = house.watcher().turn().index
    assert report is not None
    assert (report.added, report.changed, report.removed) == (["d.md"], ["b.md"], ["c.md"])
    lines = format_turn(TurnReport(index=report))
    assert "added    Response on bail (d.md)" in lines
    assert "changed  Response on custody (b.md)" in lines
    assert "removed  The response c.md (c.md)" in lines


def test_a_file_that_cannot_be_read_is_tried_again_only_when_it_has_changed(house: House) -> None:
    house.pages = []
    watcher = house.watcher()
    (house.small.corpus / "d.md").write_text("BAD")
    report = watcher.turn()
    assert "failed   d.md: It is bad. Mend it." in format_turn(report)
    assert watcher.turn().index is None
    house.small.write("d.md", "Mended", "It is done.")
    mended = watcher.turn().index
    assert mended is not None
    assert mended.added == ["d.md"]


def test_what_a_run_would_only_read_again_is_no_change(house: House) -> None:
    house.pages = []
    house.small.reading_version = "2"
    assert house.watcher().turn().index is None


def test_a_new_link_is_offered_once_and_nothing_of_it_is_fetched(house: House) -> None:
    watcher = house.watcher()
    report = watcher.turn()
    assert [(lead.address, lead.title) for lead in report.offered] == [
        (house.site.url("/custody.md"), "The response to /custody.md")
    ]
    assert house.asked() == ["/responses"]
    assert not watcher.turn().offered
    house.site.pages["/responses"] = list_of("/custody.md", "/vetting.md")
    assert [lead.address for lead in watcher.turn().offered] == [house.site.url("/vetting.md")]
    assert format_leads(house.memory.leads(LeadState.OFFERED, 9))[:2] == [
        "The response to /custody.md",
        f"         {house.site.url('/custody.md')}",
    ]


def test_a_new_link_is_added_with_its_address_and_indexed(house: House) -> None:
    watcher = house.watcher(Policy.ADD)
    report = watcher.turn()
    (added,) = report.added
    assert added.source.url == house.site.url("/custody.md")
    assert report.index is not None
    assert report.index.added == [added.document]
    assert report.index.titles == {added.document: "Response to the custody inspection"}
    assert house.told == [f"Looking at {house.pages[0]}", "Fetching The response to /custody.md"]
    assert watcher.turn() == TurnReport()
    assert house.asked() == ["/responses", "/custody.md", "/responses"]


def test_a_document_that_came_from_the_address_is_no_news(house: House) -> None:
    CorpusFolderWriter(house.small.corpus).replace(
        SOURCES_FILE, f"document,url,fetched\na.md,{house.site.url('/custody.md')},\n".encode()
    )
    assert house.watcher(Policy.ADD).turn() == TurnReport()
    assert house.asked() == ["/responses"]


def test_the_same_words_under_another_address_are_not_stored_twice(house: House) -> None:
    house.site.pages |= {"/copy.md": CUSTODY, "/responses": list_of("/custody.md", "/copy.md")}
    assert len(house.watcher(Policy.ADD).turn().added) == 1
    lead = house.memory.lead(house.site.url("/copy.md"))
    assert lead is not None
    assert lead.state is LeadState.HELD


def test_a_page_that_has_not_changed_loses_no_link_that_was_not_taken_up(house: House) -> None:
    many = [f"/{number}.md" for number in range(MOST_LINKS + 10)]
    house.site.pages["/responses"] = list_of(*many, etag='"1"')
    assert len(house.watcher().turn().offered) == MOST_LINKS
    house.site.pages["/responses"] = Page(status=304)
    assert len(house.watcher().turn().offered) == 10


def test_a_link_that_fails_is_tried_in_three_turns_and_then_shown_with_the_reason(house: House) -> None:
    house.site.pages["/responses"] = list_of("/gone.md", "/vetting.md")
    watcher = house.watcher(Policy.ADD)
    first = watcher.turn()
    assert [type(fault) for fault in first.faults] == [FetchError]
    assert len(first.added) == 1
    assert [len(watcher.turn().faults) for _ in range(3)] == [1, 1, 0]
    (failed,) = house.memory.leads(LeadState.FAILED, 9)
    assert "the server answered 404" in failed.reason
    assert any("the server answered 404" in line for line in format_leads([failed]))


def test_a_link_to_what_cannot_be_read_is_not_tried_again(house: House) -> None:
    house.site.pages["/custody.md"] = Page(b"BAD", MARKDOWN)
    watcher = house.watcher(Policy.ADD)
    assert [len(watcher.turn().faults) for _ in range(2)] == [1, 0]
    assert house.files() == ["a.md", "b.md", "c.md"]


def test_a_page_that_fails_keeps_neither_the_others_nor_the_files_from_being_taken_up(house: House) -> None:
    house.pages.insert(0, house.site.url("/absent"))
    house.small.write("d.md", "New", "It is done.")
    report = house.watcher().turn()
    assert [type(fault) for fault in report.faults] == [FetchError]
    assert len(report.offered) == 1
    assert report.index is not None


def test_a_list_of_pages_that_cannot_be_read_is_a_fault_and_files_are_indexed(house: House) -> None:
    def refuse() -> WatchedPages:
        raise CorpusError("watch.toml is not TOML.")

    house.small.write("d.md", "New", "It is done.")
    watcher = house.watcher()
    watcher.pages = refuse
    report = watcher.turn()
    assert [str(fault) for fault in report.faults] == ["watch.toml is not TOML."]
    assert report.index is not None


def test_an_address_that_is_none_is_named_and_the_other_pages_are_looked_at(house: House) -> None:
    watcher = house.watcher()
    watcher.pages = lambda: choose_pages(["ftp://office.test/a", *house.pages])
    report = watcher.turn()
    (fault,) = map(str, report.faults)
    assert fault.startswith("ftp://office.test/a: only http and https are fetched.")
    assert fault.endswith("mend or remove it in watch.toml.")
    assert len(report.offered) == 1


@pytest.mark.parametrize("policy", list(Policy))
def test_a_link_that_cannot_be_settled_keeps_no_file_from_being_indexed(
    house: House, policy: Policy, monkeypatch: pytest.MonkeyPatch
) -> None:
    watcher = house.watcher(policy)

    def fail(*_: object) -> None:
        raise IndexFailure("The disk is full.")

    monkeypatch.setattr(watcher.memory, "settle", fail)
    house.small.write("d.md", "New", "It is done.")
    report = watcher.turn()
    assert [str(fault) for fault in report.faults] == ["The disk is full."]
    assert (len(report.offered), len(report.added)) == (0, int(policy is Policy.ADD))
    assert report.index is not None
    monkeypatch.undo()
    again = watcher.turn()
    assert (len(again.offered), len(again.added)) == (int(policy is Policy.OFFER), 0)


def test_what_nobody_expected_of_a_page_or_a_link_is_its_own_fault(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.small.write("d.md", "New", "It is done.")
    watcher = house.watcher(Policy.ADD)
    for name, raised in (("fetch", TypeError("odd")), ("look", RecursionError())):

        def fail(*_: object, raised: Exception = raised) -> None:
            raise raised

        monkeypatch.setattr(watcher.web, name, fail)
        if name == "fetch":
            report = watcher.turn()
            assert [type(fault) for fault in report.faults] == [TypeError]
            assert report.index is not None
    faults = [type(fault) for _ in range(3) for fault in watcher.turn().faults]
    assert faults == [RecursionError, TypeError, RecursionError, TypeError, RecursionError]
    assert [lead.reason for lead in house.memory.leads(LeadState.FAILED, 9)] == ["odd"]


def test_files_are_indexed_where_the_memory_of_links_is_damaged(house: House) -> None:
    house.small.write("d.md", "New", "It is done.")
    (house.small.index / "watch.sqlite").write_bytes(b"no database" * 100)
    report = house.watcher().turn()
    assert [type(fault) for fault in report.faults] == [IndexFailure, IndexFailure]
    assert report.index is not None


@pytest.mark.parametrize("name", ["lock", "watch.lock"])
def test_while_another_holds_the_index_a_turn_is_left_out(house: House, name: str) -> None:
    house.small.write("d.md", "New", "It is done.")
    with house.lock(name).held():
        report = house.watcher(Policy.ADD).turn()
    assert report == TurnReport(busy=True)
    assert house.asked() == []
    assert format_turn(report) == ["Another run holds the index; what is left is done in the next turn."]
    assert len(house.watcher(Policy.ADD).turn().added) == 1


def test_another_run_that_begins_during_a_turn_ends_it_and_loses_nothing(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    watcher = house.watcher(Policy.ADD)
    fetch = watcher.web.fetch

    with ExitStack() as stack:

        def fetch_beside_another(address: str) -> Fetched:
            stack.enter_context(house.lock().held())
            return fetch(address)

        monkeypatch.setattr(watcher.web, "fetch", fetch_beside_another)
        assert watcher.turn() == TurnReport(busy=True)
    assert len(house.watcher(Policy.ADD).turn().added) == 1


def test_a_turn_begins_nothing_more_when_it_is_to_end(house: House) -> None:
    house.ending = lambda: True
    assert house.watcher(Policy.ADD).turn() == TurnReport()
    assert house.asked() == []


class Panic(BaseException):
    """Stands for a panic in Rust, which is no Exception."""


def test_turns_come_every_so_many_minutes_until_the_end_and_a_failure_ends_none() -> None:
    until, waited, told, failed = Event(), list[float](), list[TurnReport](), list[BaseException]()
    outcomes: list[TurnReport | BaseException] = [
        TurnReport(),
        EmbedderError("No model."),
        TypeError(),
        Panic(),
        TurnReport(),
    ]

    def turn() -> TurnReport:
        outcome = outcomes.pop(0)
        if isinstance(outcome, BaseException):
            raise outcome
        return outcome

    def pause(event: Event, seconds: float) -> bool:
        waited.append(seconds)
        if not outcomes:
            event.set()
        return event.is_set()

    Schedule(turn, 15, told.append, failed.append, pause).start(until).join(60)
    assert waited == [900.0] * 5
    assert told == [TurnReport()] * 2
    assert [type(one) for one in failed] == [EmbedderError, TypeError, Panic]


def test_a_failure_that_cannot_be_told_ends_no_turn() -> None:
    until, turns = Event(), list[int]()

    def turn() -> TurnReport:
        turns.append(1)
        raise OSError("The disk is full.")

    def cannot_tell(error: BaseException) -> None:
        raise error

    def pause(event: Event, _: float) -> bool:
        return len(turns) == 3 or event.is_set()

    Schedule(turn, 15, lambda _: None, cannot_tell, pause).run(until)
    assert len(turns) == 3
