"""Wires how a response gets into the corpus."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING

from askpcc.app.asking import open_catalogue
from askpcc.app.parts import LOCK, build_embedder, build_reading, open_corpus
from askpcc.errors import IndexFailure
from askpcc.settings import Settings

if TYPE_CHECKING:
    from askpcc.adding.adder import Adder
    from askpcc.adding.additions import Addition, Wishes
    from askpcc.adding.fetched import Fetched

_WAIT = 600.0


def run_add(
    settings: Settings, what: str, wishes: "Wishes", tell: Callable[[str], None], *, allow_private: bool
) -> "Addition":
    """Put a file or a web page into the corpus; indexing it is the caller's next step."""
    from askpcc.adapters.local_files import LocalFiles
    from askpcc.adding.adder import bring

    fetched = bring(what, partial(_fetch, allow_private=allow_private), LocalFiles(_today).fetch)
    return build_adder(settings, tell).add(fetched, wishes)


def build_adder(settings: Settings, tell: Callable[[str], None]) -> "Adder":
    """Wire what stores responses.  tell: hears that another run holds the lock."""
    from askpcc.adapters.corpus_writer import CorpusFolderWriter
    from askpcc.adapters.locking import IndexLock
    from askpcc.adding.adder import Adder
    from askpcc.adding.additions import SourceNotes
    from askpcc.reading.sources import append_source, parse_sources

    reading = build_reading(settings, build_embedder(settings))
    return Adder(
        corpus=open_corpus(settings),
        writer=CorpusFolderWriter(settings.corpus),
        notes=SourceNotes(parse_sources, append_source),
        read=reading.read,
        versions=partial(_indexed_versions, settings),
        lock=IndexLock(settings.index / LOCK, _WAIT, tell),
        titles=partial(_indexed_titles, settings),
        check=reading.prepare,
        failures=reading.failures,
    )


def _indexed_versions(settings: Settings) -> Mapping[str, str]:
    try:
        with open_catalogue(settings) as catalogue:
            return {card.path: card.version for card in catalogue.documents()}
    except IndexFailure:
        # Without an index every file is compared by its words; adding must not depend on one.
        return {}


def _indexed_titles(settings: Settings) -> Mapping[str, str]:
    from askpcc.adding.adder import title_of

    try:
        with open_catalogue(settings) as catalogue:
            return {card.path: title_of(card.facts) for card in catalogue.documents()}
    except IndexFailure:
        return {}


def _fetch(url: str, *, allow_private: bool) -> "Fetched":
    from askpcc.adapters.fetching import WebFetcher

    return WebFetcher(_today, allow_private=allow_private).fetch(url)


def _today() -> date:
    return datetime.now().astimezone().date()
