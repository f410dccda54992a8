"""What changed in the register is told to the configured channel, once, whoever ran the index."""

from dataclasses import dataclass

from askpcc.errors import IndexFailure, SlackError
from askpcc.model import IndexRun
from askpcc.ports import Catalogue, Journal
from askpcc.surfaces.slack.digest import DigestOccasion, build_digest
from askpcc.surfaces.slack.posting import Postbox, Spot

MARK = "digest"
"""The mark in the ledger that holds the index version told last."""

_LOOKED_BACK = 50


@dataclass(frozen=True, slots=True)
class Announcer:
    """Looks for new runs of the index and tells their changes.

    Of several processes one tells a run: the one that moves the mark.  The first run that an empty ledger
    sees is not told: everything would be new.
    """

    catalogue: Catalogue
    journal: Journal
    postbox: Postbox
    channel: str | None

    def announce(self) -> None:
        """Tell the runs that nobody has told yet, oldest first."""
        try:
            runs = self.catalogue.runs(_LOOKED_BACK)
        except IndexFailure:
            return
        seen = self.journal.mark(MARK)
        for run in reversed(_newer(runs, seen)):
            if not self.journal.move_mark(MARK, seen, run.index_version):
                return  # another process tells it
            if seen is not None:
                self._tell(run, seen)
            seen = run.index_version

    def _tell(self, run: IndexRun, seen: str) -> None:
        if self.channel is None:
            return
        try:
            occasion = DigestOccasion(
                run.at, run.index_version, run.added, run.changed, run.removed, self._addresses()
            )
            for message in build_digest(run.register, occasion):
                self.postbox.post(Spot(self.channel), message)
        except SlackError:
            self.journal.move_mark(MARK, run.index_version, seen)  # it is told when Slack is back
            raise

    def _addresses(self) -> dict[str, str]:
        cards = self.catalogue.documents()
        return {card.path: card.source.url for card in cards if card.source.url}


def _newer(runs: list[IndexRun], seen: str | None) -> list[IndexRun]:
    """Return the runs since a version, newest first; the latest alone where that version is not known."""
    versions = [run.index_version for run in runs]
    return runs[: versions.index(seen)] if seen in versions else runs[:1]
