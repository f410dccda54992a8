"""New responses come by themselves: a turn looks at the corpus and at watched pages, and indexes.

A turn waits for no other writer: where another run holds the index it is left out, and the next one finds
what it would have found.
"""

from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from threading import Event, Thread
from typing import Protocol

from askpcc.downloads import Fetched, address_key
from askpcc.errors import BadDocument, CorpusError, IndexBusy, IndexFailure
from askpcc.indexing.adding import Addition
from askpcc.indexing.plan import IndexReport
from askpcc.model import Lead, LeadState, Validators
from askpcc.ports import Lock, WatchMemory
from askpcc.watched_pages import FetchedPage, WatchedPages, find_leads

MOST_LINKS = 50
"""Of one turn: at a request a second a turn takes a minute or two, and an office is not asked for more."""

_MOST_TRIES = 3
"""A server that does not answer in three turns will not in a fourth; a person is told of the link then."""


class Policy(StrEnum):
    """What becomes of a new link.  OFFER: an administrator may add it.  ADD: it is added."""

    OFFER = "offer"
    ADD = "add"


class PageSource(Protocol):
    """The web as a turn needs it; raises FetchError."""

    def begin(self) -> None:
        """Hear that a turn begins: what failed in the last one may be tried again."""

    def look(self, page: str, known: Validators) -> tuple[FetchedPage, Validators] | None:
        """Return a page with its validators; None where it is what it was when it had the known ones."""

    def fetch(self, address: str) -> Fetched:
        """Return the file at an address."""


@dataclass(frozen=True, slots=True)
class TurnReport:
    """What a turn found and did.

    busy: another run held the index, so that the turn, or the rest of it, was left out.
    added: the documents that were stored.  offered: links that an administrator may add.
    faults: what failed of pages and links; the rest was done.  index: None where no file had changed.
    """

    busy: bool = False
    added: Sequence[Addition] = ()
    offered: Sequence[Lead] = ()
    faults: Sequence[Exception] = ()
    index: IndexReport | None = None


@dataclass
class _Turn:
    """What a turn has done so far."""

    busy: bool = False
    added: list[Addition] = field(default_factory=list)
    offered: list[Lead] = field(default_factory=list)
    faults: list[Exception] = field(default_factory=list)


@dataclass
class Watcher:
    """Takes turns.

    pages: what is watched, read anew in each turn; raises CorpusError.
    held: the keys of the addresses that documents of the corpus came from.
    add: stores what was fetched; raises IndexBusy rather than wait.
    look: the files that are new, changed or gone, with their fingerprints.  index: brings the index up to
    date; raises IndexBusy rather than wait.
    alone: lets one process take a turn.  index_lock: of the writers of the index.
    tell: hears what is being done, a sentence each.  ending: tells that no more is to be begun.
    """

    pages: Callable[[], WatchedPages]
    held: Callable[[], Collection[str]]
    web: PageSource
    memory: WatchMemory
    add: Callable[[Fetched], Addition]
    look: Callable[[], dict[str, str]]
    index: Callable[[], IndexReport]
    alone: Lock
    index_lock: Lock
    policy: Policy = Policy.OFFER
    tell: Callable[[str], None] = lambda _: None
    ending: Callable[[], bool] = lambda: False
    _unusable: dict[str, str] = field(default_factory=dict, init=False)

    def turn(self) -> TurnReport:
        """Look at pages and files once, and act on what is new.

        What fails of a page or a link is in the report.  Raises what a run of the index raises.
        """
        try:
            with self.alone.held():
                with self.index_lock.held():
                    pass  # whoever holds it is at work on what a turn would do
                return self._take_turn()
        except IndexBusy:
            return TurnReport(busy=True)

    def _take_turn(self) -> TurnReport:
        done, report = _Turn(), None
        self.web.begin()
        self._look_at_pages(done)
        try:
            self._take_up_links(done)
            report = self._index_changes()
        except IndexBusy:
            done.busy = True
        return TurnReport(done.busy, tuple(done.added), tuple(done.offered), tuple(done.faults), report)

    def _look_at_pages(self, done: _Turn) -> None:
        try:
            pages = self.pages()
            done.faults.extend(pages.faults)
            held = self.held() if pages.addresses else ()
        except CorpusError as exc:
            done.faults.append(exc)
            return
        for page in pages.addresses:
            if self.ending():
                return
            self.tell(f"Looking at {page}")
            try:
                self._look_at(page, held)
            except Exception as exc:  # noqa: BLE001 - of one page, whatever it is
                done.faults.append(exc)

    def _look_at(self, page: str, held: Collection[str]) -> None:
        seen = self.web.look(page, self.memory.validators(page))
        if seen is None:
            return
        fetched, validators = seen
        found = find_leads(fetched, page)
        new = [lead for lead in found if address_key(lead.address) not in held]
        # In one step: a run that is killed after it has lost no link.
        self.memory.note_page(page, validators, new)

    def _take_up_links(self, done: _Turn) -> None:
        try:
            new = self.memory.leads(LeadState.NEW, MOST_LINKS)
        except IndexFailure as exc:  # without a memory of links files are indexed all the same
            done.faults.append(exc)
            return
        for lead in new:
            if self.ending():
                return
            try:
                self._take_up(lead, done)
            except IndexBusy:
                raise
            except IndexFailure as exc:  # of the memory: what is not settled is found again in the next turn
                done.faults.append(exc)
                return

    def _take_up(self, lead: Lead, done: _Turn) -> None:
        if self.policy is Policy.OFFER:
            self.memory.settle(lead.address, LeadState.OFFERED)
            done.offered.append(lead)
        else:
            self._add_lead(lead, done)

    def _add_lead(self, lead: Lead, done: _Turn) -> None:
        self.tell(f"Fetching {lead.title}")
        try:
            addition = self.add(self.web.fetch(lead.address))
        except IndexBusy:
            raise
        except (BadDocument, CorpusError) as exc:
            done.faults.append(exc)
            self.memory.settle(lead.address, LeadState.FAILED, str(exc))
        except Exception as exc:  # noqa: BLE001 - of one link, whatever it is; most will pass
            done.faults.append(exc)
            if self.memory.postpone(lead.address) >= _MOST_TRIES:
                self.memory.settle(lead.address, LeadState.FAILED, str(exc) or type(exc).__name__)
        else:
            if addition.stored:
                done.added.append(addition)
            settle(self.memory, lead, addition)

    def _index_changes(self) -> IndexReport | None:
        """Index where a file is new, changed or gone; one that could not be read is not tried twice."""
        changes = self.look()
        if self.ending() or not changes.items() - self._unusable.items():
            return None
        report = self.index()
        failed = {failure.document for failure in report.failed}
        self._unusable = {path: version for path, version in changes.items() if path in failed}
        return report


def settle(memory: WatchMemory, lead: Lead, addition: Addition) -> None:
    """Note that a link is stored in the corpus, or was there already."""
    memory.settle(lead.address, LeadState.ADDED if addition.stored else LeadState.HELD)


@dataclass(frozen=True, slots=True)
class Schedule:
    """Takes a turn every so many minutes, on a thread that ends with the program.

    told: hears the report of each turn.  failed: hears what ended a turn; the next one comes all the same.
    pause: waits for an event so many seconds, and tells whether it was set.
    """

    turn: Callable[[], TurnReport]
    minutes: int
    told: Callable[[TurnReport], None]
    failed: Callable[[BaseException], None]
    pause: Callable[[Event, float], bool] = Event.wait

    def start(self, until: Event) -> Thread:
        """Begin, with a turn at once."""
        thread = Thread(target=self.run, args=(until,), name="watch-corpus", daemon=True)
        thread.start()
        return thread

    def run(self, until: Event) -> None:
        """Take turns until an event is set."""
        while not until.is_set():
            try:
                self.told(self.turn())
            except (KeyboardInterrupt, SystemExit):
                raise
            except BaseException as exc:  # noqa: BLE001 - whatever ends a turn; a panic in Rust is no Exception
                self._tell(exc)
            if self.pause(until, self.minutes * 60.0):
                return

    def _tell(self, error: BaseException) -> None:
        # What cannot even be told, as on a full disk, may pass until the next turn.
        with suppress(Exception):
            self.failed(error)
