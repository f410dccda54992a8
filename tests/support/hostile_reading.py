"""The reading that a hostile document meets: all of it but the encoders, for which a script speaks."""

from dataclasses import dataclass, replace
from pathlib import Path

from askpcc.app.flows import build_embedder, build_reading
from askpcc.errors import BadDocument
from askpcc.indexing.loading import DocumentFailures, Reading
from askpcc.model import Source
from askpcc.ports import LoadedDocument
from askpcc.settings import Settings
from support.hostile_documents import HostileDocument
from support.scripted_reader import Says, scripted

SCRIPT = {
    "complete": Says("complete"),
    "in progress": Says("in_progress"),
    "not accept": Says("not_accepted"),
    "Complete": Says("complete"),
}
"""What the words of statuses say, so that claims and rows come of them."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a reading ended.  unexpected: the error that nobody had foreseen, which was made a BadDocument."""

    loaded: LoadedDocument | None
    refused: BadDocument | None
    unexpected: BaseException | None


class HostileReading:
    """Reads hostile documents as an index run reads documents."""

    def __init__(self, folder: Path) -> None:
        settings = Settings(folder / "corpus", folder / "index", "sqlite://")
        self._unexpected: list[BaseException] = []
        failures = DocumentFailures(lambda _, error: self._unexpected.append(error))
        reading = build_reading(settings, build_embedder(settings), scripted(SCRIPT))
        self._reading: Reading = replace(reading, failures=failures)

    def read(self, document: HostileDocument) -> Outcome:
        """Read one; what is neither read nor refused is raised."""
        self._unexpected.clear()
        try:
            loaded = self._reading.load(document.path, document.data, Source())
        except BadDocument as failure:
            return Outcome(None, failure, self._unexpected[0] if self._unexpected else None)
        return Outcome(loaded, None, None)
