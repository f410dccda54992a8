"""Files become documents with their passages, one bad file not troubling the others."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from askpcc.errors import BadDocument
from askpcc.indexing.own_failures import OwnFailures
from askpcc.indexing.plan import fingerprint_of
from askpcc.model import Document, Dossier, NamedMatter, Passage, Source, StatusClaim
from askpcc.ports import Accession, Corpus
from askpcc.register import build_register

MOST_PASSAGES = 5_000
"""Of one document: the longest inspection report has some 2,000."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How a file becomes passages.  read: path, bytes and where it came from; raises BadDocument.

    notes: where the files came from, by path.  version: raised when the same bytes read otherwise.
    claims, items: what a document says of matters, and which it names; nothing, where that is not read.
    failures: of one document, whatever fails.
    """

    read: Callable[[str, bytes, Source], Document]
    split: Callable[[Document], Sequence[Passage]]
    notes: Callable[[], Mapping[str, Source]]
    version: str
    claims: Callable[[Document, Sequence[Passage]], Sequence[StatusClaim]] = lambda _, __: ()
    items: Callable[[Document, Sequence[Passage]], Sequence[NamedMatter]] = lambda _, __: ()
    failures: OwnFailures = field(default_factory=OwnFailures)

    def accession(self, path: str, data: bytes, source: Source) -> Accession:
        """Read a file in all respects; raises BadDocument for whatever fails of it."""
        with self.failures.of(path, "read"):
            document = self.read(path, data, source)
        return self.prepare(document, fingerprint_of(data, source, self.version))

    def prepare(self, document: Document, fingerprint: str = "") -> Accession:
        """Make of a document what is indexed; raises BadDocument for whatever fails of it."""
        path, failures = document.path, self.failures
        with failures.of(path, "split into passages"):
            passages = self.split(document)
        if len(passages) > MOST_PASSAGES:
            reason = f"It has {len(passages)} passages, more than {MOST_PASSAGES}."
            raise BadDocument(path, reason, "Put the response alone in its place, or split it.")
        with failures.of(path, "stored"):  # half a surrogate pair cannot be
            for text in (document.text, *(passage.indexed for passage in passages)):
                text.encode()
        with failures.of(path, "read for what it says of each matter"):
            claims, items = self.claims(document, passages), self.items(document, passages)
        with failures.of(path, "put into the register"):
            build_register([Dossier(document, tuple(claims), tuple(items))])
        return Accession(document, fingerprint, passages, claims, items)


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
                made.append(self.reading.accession(path, self.corpus.read(path), self._source(path)))
            except BadDocument as failure:
                self.bad.append(failure)
            on_file()
        return made

    def _source(self, path: str) -> Source:
        return self.notes.get(path, Source())
