"""Wires what looks for new responses by itself."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from threading import Event
from typing import TYPE_CHECKING

from askpcc.app.flows import (
    LOCK,
    build_adder,
    build_indexer,
    read_notes,
    read_today,
    run_index,
)
from askpcc.errors import CorpusError, SettingsError
from askpcc.settings import Settings

if TYPE_CHECKING:
    from askpcc.adapters.fetching_pages import PoliteWeb
    from askpcc.adapters.watch_memory import SqliteWatchMemory
    from askpcc.indexing.adding import Addition
    from askpcc.indexing.indexer import IndexObserver
    from askpcc.indexing.watching import Schedule, TurnReport, Watcher
    from askpcc.model import Lead
    from askpcc.watched_pages import WatchedPages

MEMORY = "watch.sqlite"
TURN_LOCK = "watch.lock"
_WAIT = 600.0
"""Seconds that an administrator waits for another writer; a turn waits for none."""

_MOST_SHOWN = 1_000


@dataclass(frozen=True, slots=True)
class WatchOptions:
    """How turns are taken.  allow_private: addresses inside a private network may be fetched.

    pause: between two turns waits for an event so many seconds, and tells whether it was set.
    breathe: does so between two requests to a host.  failed: hears what ended a turn, besides the log.
    """

    allow_private: bool = False
    pause: Callable[[Event, float], bool] = Event.wait
    breathe: Callable[[Event, float], object] = Event.wait
    failed: Callable[[BaseException], None] = lambda _: None


USUAL = WatchOptions()
"""Public addresses only, at the times that are set."""


class _Unobserved:
    """Hears how a run of the index goes on, and shows it to nobody."""

    def step(self, done: int, total: int, what: str) -> None:
        """Show nothing."""

    def notify(self, sentence: str) -> None:
        """Show nothing: the sentence may name folders, which no log line holds."""


def build_memory(settings: Settings) -> "SqliteWatchMemory":
    """Wire what is known of watched pages; it stands beside the index."""
    from askpcc.adapters.watch_memory import SqliteWatchMemory

    return SqliteWatchMemory(settings.index / MEMORY)


def build_watcher(
    settings: Settings, options: WatchOptions, until: Event, observer: "IndexObserver | None" = None
) -> "Watcher":
    """Wire the flow of one turn.  until: is set when nothing more is to be begun."""
    from askpcc.adapters.corpus_folder import IndexLock
    from askpcc.downloads import address_key
    from askpcc.indexing.indexer import IndexOptions
    from askpcc.indexing.watching import Policy, Watcher

    watching = observer or _Unobserved()

    def held() -> set[str]:
        return {address_key(source.url) for source in read_notes(settings).values() if source.url}

    return Watcher(
        pages=partial(read_pages, settings),
        held=held,
        web=_build_web(options, until),
        memory=build_memory(settings),
        add=build_adder(settings, _tell_nobody, wait=0).add,
        look=build_indexer(settings, watching, 0).look,
        index=lambda: run_index(settings, watching, IndexOptions(), 0),
        alone=IndexLock(settings.index / TURN_LOCK, 0, _tell_nobody),
        index_lock=IndexLock(settings.index / LOCK, 0, _tell_nobody),
        policy=Policy(settings.watch.policy),
        tell=watching.notify,
        ending=until.is_set,
    )


def _build_web(options: WatchOptions, until: Event) -> "PoliteWeb":
    from askpcc.adapters.fetching import WebFetcher
    from askpcc.adapters.fetching_pages import PoliteWeb

    web = WebFetcher(read_today, allow_private=options.allow_private)
    return PoliteWeb(web, wait=partial(options.breathe, until))


def read_pages(settings: Settings) -> "WatchedPages":
    """Read which pages are watched: those that the corpus names, and those of the settings.

    These are watched also where the corpus's list cannot be read.
    """
    from askpcc.adapters.corpus_folder import CorpusFolderWriter
    from askpcc.watched_pages import WATCH_FILE, choose_pages, read_watch_file

    try:
        named = read_watch_file(CorpusFolderWriter(settings.corpus).read_note(WATCH_FILE))
    except CorpusError as exc:
        rest = choose_pages(settings.watch.pages)
        return replace(rest, faults=(exc, *rest.faults))
    return choose_pages(named, settings.watch.pages)


def build_schedule(
    settings: Settings,
    options: WatchOptions,
    until: Event,
    told: "Callable[[TurnReport], None]" = lambda _: None,
) -> "Schedule | None":
    """Wire the turns of a bot or of pages; None where nobody set how often.  told: hears each report."""
    from askpcc.indexing.watching import Schedule
    from askpcc.rendering.logs import EventLog

    if settings.watch.minutes is None:
        return None
    log = EventLog("watch")

    def note(report: "TurnReport") -> None:
        for fault in report.faults:
            log.failure("watch_fault", fault)
        log.event("watch_turn", result=name_result(report), count=len(report.added))
        told(report)

    return Schedule(
        turn=build_watcher(settings, options, until).turn,
        minutes=settings.watch.minutes,
        told=note,
        failed=lambda error: log.failure("watch_turn_failed", error),
        pause=options.pause,
    )


def name_result(report: "TurnReport") -> str:
    """Return in a word what came of a turn."""
    if report.busy:
        return "busy"
    return "indexed" if report.index else "unchanged"


def run_watch(
    settings: Settings,
    options: WatchOptions,
    until: Event,
    observer: "IndexObserver",
    told: "Callable[[TurnReport], None]",
    *,
    once: bool,
) -> None:
    """Take turns until an event is set, or one.

    A turn that fails is raised where it is the only one, and else logged and told.  Raises SettingsError
    where nobody set how often.
    """
    from askpcc.indexing.watching import Schedule
    from askpcc.rendering.logs import EventLog

    watcher = build_watcher(settings, options, until, observer)
    if once:
        told(watcher.turn())
        return
    if settings.watch.minutes is None:
        raise SettingsError("ASKPCC_WATCH_MINUTES is not set. Set it, or look once: askpcc watch --once")
    log = EventLog("watch")

    def note(error: BaseException) -> None:
        log.failure("watch_turn_failed", error)
        options.failed(error)

    Schedule(
        turn=watcher.turn,
        minutes=settings.watch.minutes,
        told=told,
        failed=note,
        pause=options.pause,
    ).run(until)


def list_leads(settings: Settings) -> "Sequence[Lead]":
    """Return the links that wait for an administrator: those offered, and those that could not be added."""
    from askpcc.model import LeadState

    memory = build_memory(settings)
    return [
        *memory.leads(LeadState.OFFERED, _MOST_SHOWN),
        *memory.leads(LeadState.FAILED, _MOST_SHOWN),
    ]


def run_add_lead(
    settings: Settings, address: str, options: WatchOptions, tell: Callable[[str], None]
) -> "Addition":
    """Put a link that was found into the corpus; indexing it is the caller's next step."""
    from askpcc.indexing.watching import settle

    memory = build_memory(settings)
    lead = memory.lead(address)
    if lead is None:
        raise SettingsError(
            f"{address} was found on no watched page. See those that were: askpcc watch --pending; or add "
            "another: askpcc add ADDRESS"
        )
    addition = build_adder(settings, tell).add(_build_web(options, Event()).fetch(lead.address))
    settle(memory, lead, addition)
    return addition


def _tell_nobody(_: str) -> None:
    """Tell nobody that another run holds a lock: nobody waits for it."""
