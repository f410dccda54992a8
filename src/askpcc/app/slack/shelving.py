"""Wires how a file that comes through Slack is read and stored."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from askpcc.app.adding import build_adder
from askpcc.app.parts import build_embedder
from askpcc.settings import Settings

if TYPE_CHECKING:
    from askpcc.adding.adder import Adder
    from askpcc.adding.additions import Addition
    from askpcc.adding.fetched import Fetched
    from askpcc.adding.previewing import Preview, Previewer


@dataclass(frozen=True, slots=True)
class Shelving:
    """Reads and stores files."""

    adder: "Adder"
    previewer: "Previewer"

    def preview(self, fetched: "Fetched") -> "Preview":
        """Read a file as it would be indexed."""
        return self.previewer.preview(fetched)

    def add(self, fetched: "Fetched") -> "Addition":
        """Store a file."""
        return self.adder.add(fetched)


def build_shelving(settings: Settings) -> Shelving:
    """Wire it."""
    from askpcc.adding.previewing import Previewer
    from askpcc.passages.splitting import split
    from askpcc.statuses.claims import read_claims

    embedder = build_embedder(settings)
    adder = build_adder(settings, lambda _: None)
    previewer = Previewer(
        adder, lambda document: split(document, embedder.count_tokens, embedder.max_tokens), read_claims
    )
    return Shelving(adder, previewer)
