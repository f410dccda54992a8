"""Files become documents with their passages, one bad file not troubling the others."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from askpcc.errors import BadDocument
from askpcc.indexing.plan import fingerprint_of
from askpcc.model import Document, NamedMatter, Passage, Source, StatusClaim
from askpcc.ports import Accession, Corpus

MOST_PASSAGES = 5_000
"""Of one document: the longest inspection report has some 2,000."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How a file becomes passages.  read: path, bytes and where it came from; raises BadDocument.

    notes: where the files came from, by path.  version: raised when the same bytes read otherwise.
    claims, items: what a document says of matters, and which it names; nothing, where that is not read.
    """

    read: Callable[[str, bytes, Source], Document]
    split: Callable[[Document], Sequence[Passage]]
    notes: Callable[[], Mapping[str, Source]]
    version: str
    claims: Callable[[Document, Sequence[Passage]], Sequence[StatusClaim]] = lambda _, __: ()
    items: Callable[[Document, Sequence[Passage]], Sequence[NamedMatter]] = lambda _, __: ()


@dataclass(slots=True)
class Accessioning:
    """Reads the files of one run.  bad: what could not be read or used, so far."""

    corpus: Corpus
    reading: Reading
    bad: list[BadDocument] = field(default_factory=list)
    notes: Mapping[str, Source] = field(init=False)

    def __post_init__(self) -> None:
        self.notes = self.reading.notes()

    def fingerprint(self, path: str, data: bytes) -> str:
        """Name what decides which passages a file has."""
        return fingerprint_of(data, self._source(path), self.reading.version)

    def accessions(self, paths: Iterable[str], on_file: Callable[[], None]) -> list[Accession]:
        """Return the documents at these paths with their passages; on_file hears of each."""
        made: list[Accession] = []
        for path in paths:
            try:
                made.append(self._accession(path))
            except BadDocument as failure:
                self.bad.append(failure)
            on_file()
        return made

    def _accession(self, path: str) -> Accession:
        data = self.corpus.read(path)
        document = self.reading.read(path, data, self._source(path))
        passages = self.reading.split(document)
        if len(passages) > MOST_PASSAGES:
            reason = f"It has {len(passages)} passages, more than {MOST_PASSAGES}."
            raise BadDocument(path, reason, "Put the response alone in its place, or split it.")
        return Accession(
            document,
            self.fingerprint(path, data),
            passages,
            self.reading.claims(document, passages),
            self.reading.items(document, passages),
        )

    def _source(self, path: str) -> Source:
        return self.notes.get(path, Source())
