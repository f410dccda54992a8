"""What a run has to do, and the report of what it did."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from hashlib import sha256
from typing import Any

from askpcc.errors import (
    BadDocument,
    CorpusError,
    EmbedderMismatch,
    ShrinkRefused,
)
from askpcc.metadata import find_missing
from askpcc.metadata.corrections import Corrections
from askpcc.metadata.welsh_copies import find_welsh_copies
from askpcc.model import DocumentClaims, FactName, Source
from askpcc.ports import CatalogueWriter, Corpus, IndexedDocument, LoadedDocument
from askpcc.readers.language import WELSH_DOUBT
from askpcc.readers.unread import explain_unread
from askpcc.register.history import RegisterChanges

_NOTE_DIGITS = 16
_MOST_NAMED = 10
"""Files that a sentence names; more are no sentence any more."""


@dataclass(frozen=True, slots=True)
class CorpusScan:
    """The corpus as it lies there: fingerprints of its files by path, and what cannot be opened.

    skipped: files of kinds that are not read.
    """

    fingerprints: Mapping[str, str]
    bad: Sequence[BadDocument]
    skipped: Sequence["SkippedFile"] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run has to do.  read: files that are new or changed.  removed: documents without a file.

    mended: stale documents whose file is again what was indexed.
    """

    read: Sequence[str]
    removed: Sequence[str]
    mended: Sequence[str]


@dataclass(frozen=True, slots=True)
class PassageCount:
    """Passages of a run.  embedded and reused are together what is indexed after it.

    reused: their vector was in the store or in the embedding cache.
    """

    embedded: int = 0
    reused: int = 0
    removed: int = 0


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be read or used.  stale: its last good version stays indexed."""

    document: str
    reason: str
    remedy: str
    stale: bool


@dataclass(frozen=True, slots=True)
class SkippedFile:
    """A file of the corpus of a kind that is not read.  reason: why, and what to do."""

    document: str
    reason: str


def name_skipped(corpus: Corpus) -> list[SkippedFile]:
    """Return the files of the corpus that are of no format that is read, by path; raises CorpusError."""
    found = ((path, explain_unread(path)) for path in corpus.others())
    return [SkippedFile(path, f"{why.reason} {why.remedy}") for path, why in found]


@dataclass(frozen=True, slots=True)
class ModelUse:
    """What a language model read for the register in a run, or in a rehearsal would read.

    portions: of the documents that the run reads; reused: read in an earlier run; read: now; unread: neither,
    the taught reader's claims stand.  calls, tokens_read, tokens_written: as its provider told, or expected.
    refused: claims that their document does not bear out.  failed: calls without a usable answer, and
    last_fault why.  reason: why it was let be, "" where it was not.
    """

    name: str
    portions: int = 0
    reused: int = 0
    read: int = 0
    unread: int = 0
    calls: int = 0
    tokens_read: int = 0
    tokens_written: int = 0
    refused: int = 0
    failed: int = 0
    last_fault: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What a run did, or would do; documents by path, sorted.  kept: how many stayed as they were.

    register: what it changed in the register.  model: None where no language model reads for it.
    doubtful: what of the documents read may be read otherwise than a person would, by path.
    to_check: which facts somebody should add to documents that were read, by path.
    welsh_copies: documents whose Welsh copies were found, by the paths of the copies, where either was read.
    titles: of all documents that the report names, as far as they have one, by path.
    skipped: files of kinds that are not read; no failures.
    stray_corrections: documents that people have corrected and the corpus does not have.
    """

    index_version: str
    added: Sequence[str] = ()
    changed: Sequence[str] = ()
    removed: Sequence[str] = ()
    kept: int = 0
    passages: PassageCount = field(default_factory=PassageCount)
    failed: Sequence[Failure] = ()
    skipped: Sequence[SkippedFile] = ()
    seconds: float = 0.0
    register: RegisterChanges = field(default_factory=RegisterChanges)
    model: ModelUse | None = None
    doubtful: Mapping[str, Sequence[str]] = field(default_factory=dict)
    to_check: Mapping[str, Sequence[str]] = field(default_factory=dict)
    welsh_copies: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    stray_corrections: Sequence[str] = ()

    def checks(self) -> dict[str, list[str]]:
        """Return what somebody should look at in the documents that were read, by path."""
        paths = sorted({*self.to_check, *self.doubtful})
        return {path: [*self.to_check.get(path, ()), *self.doubtful.get(path, ())] for path in paths}

    def as_json(self) -> dict[str, Any]:
        """Return the report as the public interface has it, ready for json.dumps."""
        shape = asdict(replace(self, register=RegisterChanges()))
        del shape["titles"]
        if self.model is None:
            del shape["model"]
        return shape | {"seconds": round(self.seconds, 3), "register": self.register.as_json()}


@dataclass(frozen=True, slots=True)
class Work:
    """What a run has found to do.  earlier: what was indexed before it.  bad: files that failed.

    skipped: files of kinds that are not read.  strays: documents that are corrected and are not there.
    """

    earlier: Mapping[str, IndexedDocument]
    plan: Plan
    loaded: Sequence[LoadedDocument]
    bad: Sequence[BadDocument]
    skipped: Sequence[SkippedFile] = ()
    strays: Sequence[str] = ()

    def without(self, bad: Sequence[BadDocument]) -> "Work":
        """Return the work without documents that turned out to be bad."""
        names = {failure.document for failure in bad}
        rest = [made for made in self.loaded if made.document.path not in names]
        return replace(self, loaded=rest, bad=[*self.bad, *bad])

    def held(self) -> set[str]:
        """Return the ids of the passages indexed before the run."""
        return {id_ for document in self.earlier.values() for id_ in document.passages}

    def wanted(self) -> dict[str, str]:
        """Return the path of the document of each passage indexed after the run, by id."""
        replaced = {loaded.document.path for loaded in self.loaded} | set(self.plan.removed)
        kept = (document for path, document in self.earlier.items() if path not in replaced)
        return {id_: document.document for document in kept for id_ in document.passages} | {
            passage.id: passage.document for loaded in self.loaded for passage in loaded.passages
        }

    def stale(self) -> dict[str, str | None]:
        """Return what changes about documents whose newest file cannot be read: the reason, or None."""
        marks: dict[str, str | None] = dict.fromkeys(self.plan.mended)
        for failure in self.bad:
            for path, was in self.earlier.items():
                if is_among(path, [failure.document]) and was.stale != failure.reason:
                    marks[path] = failure.reason
        return marks

    def changes_something(self) -> bool:
        """Tell whether the catalogue has to be written."""
        return bool(self.loaded or self.plan.removed or self.stale())

    def texts(self, ids: Collection[str], catalogue: CatalogueWriter) -> dict[str, str]:
        """Return the indexed texts of passages, new and old, by id."""
        new = {passage.id: passage.indexed for made in self.loaded for passage in made.passages}
        old = [id_ for id_ in ids if id_ not in new]
        # Without a catalogue there is none to ask, and asking would make one.
        texts = new | catalogue.indexed(old) if old else new
        return {id_: texts[id_] for id_ in ids}

    def document_claims(self, before: Sequence[DocumentClaims]) -> list[DocumentClaims]:
        """Return what documents say of matters after the run, from what they said before it; by path."""
        replaced = {made.document.path for made in self.loaded} | set(self.plan.removed)
        kept = [entry for entry in before if entry.document.path not in replaced]
        new = [DocumentClaims(made.document, tuple(made.claims), tuple(made.items)) for made in self.loaded]
        return sorted([*kept, *new], key=lambda entry: entry.document.path)

    def find_welsh_copies(self, before: Sequence[DocumentClaims]) -> dict[str, str]:
        """Return the Welsh copies among all documents that the run reads, or whose twin it reads."""
        read = {made.document.path for made in self.loaded}
        found = find_welsh_copies(entry.document for entry in self.document_claims(before))
        return {path: twin for path, twin in found.items() if not read.isdisjoint((path, twin))}

    def titles(self, before: Sequence[DocumentClaims], also: Collection[str] = ()) -> dict[str, str]:
        """Return the titles of what the run reads or removes, by path.

        before: what documents said of matters before the run.  also: further ones among these.
        """
        wanted = {*self.plan.removed, *also, *(failure.document for failure in self.bad)}
        told = [entry.document for entry in before if entry.document.path in wanted]
        return {
            document.path: fact.value
            for document in (*told, *(made.document for made in self.loaded))
            if (fact := document.fact(FactName.TITLE)) is not None
        }

    def report(self, index_version: str, embedded: int, before: Sequence[DocumentClaims] = ()) -> IndexReport:
        """Say what the run did, or would do.  before: what documents said of matters before it."""
        wanted, copies = self.wanted(), self.find_welsh_copies(before)
        read = [made.document for made in self.loaded]
        lacking = {one.path: find_missing(one) for one in read if one.path not in copies}
        doubts = {
            one.path: [doubt for doubt in one.doubts if one.path not in copies or doubt != WELSH_DOUBT]
            for one in read
        }
        paths = {loaded.document.path: loaded.fingerprint for loaded in self.loaded}
        known = {path: was.fingerprint for path, was in self.earlier.items()}
        changed = sorted(path for path in paths.keys() & known.keys() if paths[path] != known[path])
        return IndexReport(
            index_version=index_version,
            added=sorted(paths.keys() - known.keys()),
            changed=changed,
            removed=self.plan.removed,
            kept=len(known) - len(changed) - len(self.plan.removed),
            passages=PassageCount(embedded, len(wanted) - embedded, len(self.held() - wanted.keys())),
            doubtful={path: told for path, told in doubts.items() if told},
            to_check={path: told for path, told in lacking.items() if told},
            welsh_copies=copies,
            titles=self.titles(before, copies.values()),
            failed=[self._failure(failure) for failure in sorted(self.bad, key=lambda bad: bad.document)],
            skipped=self.skipped,
            stray_corrections=self.strays,
        )

    def _failure(self, failure: BadDocument) -> Failure:
        stale = any(is_among(path, [failure.document]) for path in self.earlier)
        return Failure(failure.document, failure.reason, failure.remedy, stale)


def fingerprint_of(
    data: bytes, source: Source, reading_version: str, corrections: Corrections | None = None
) -> str:
    """Name a file's bytes, after a colon what people note of it, and after another how it is read."""
    said = "".join(f"\0{one.name}\0{one.value}\0{one.by}\0{one.on}" for one in (corrections or {}).values())
    note = f"{source.url}\0{source.fetched}{said}"
    digests = (sha256(part.encode()).hexdigest()[:_NOTE_DIGITS] for part in (note, reading_version))
    return ":".join([sha256(data).hexdigest(), *digests])


def scan_corpus(corpus: Corpus, fingerprint: Callable[[str, bytes], str]) -> CorpusScan:
    """Read every file once; raises CorpusError."""
    fingerprints: dict[str, str] = {}
    bad: list[BadDocument] = []
    for path in corpus.files():
        try:
            fingerprints[path] = fingerprint(path, corpus.read(path))
        except BadDocument as failure:
            bad.append(failure)
    return CorpusScan(fingerprints, bad, name_skipped(corpus))


def plan_run(scan: CorpusScan, earlier: Mapping[str, IndexedDocument], *, rebuild: bool) -> Plan:
    """Compare the corpus with the catalogue.  What cannot be opened is not gone: it may come back."""
    found = scan.fingerprints
    closed = [failure.document for failure in scan.bad]
    same = {path for path, was in earlier.items() if found.get(path) == was.fingerprint}
    return Plan(
        read=[path for path in found if rebuild or path not in same],
        removed=sorted(path for path in earlier if path not in found and not is_among(path, closed)),
        mended=sorted(path for path in same if earlier[path].stale is not None),
    )


def find_reread(plan: Plan, scan: CorpusScan, earlier: Mapping[str, IndexedDocument]) -> list[str]:
    """Return the documents that are read again although their files are what was indexed."""
    return [
        path
        for path in plan.read
        if path in earlier
        and scan.fingerprints[path] != earlier[path].fingerprint
        and _content(scan.fingerprints[path]) == _content(earlier[path].fingerprint)
    ]


def find_changes(scan: CorpusScan, earlier: Mapping[str, IndexedDocument]) -> dict[str, str]:
    """Return the files that are new, changed or gone since they were indexed, with their fingerprints.

    The fingerprint of what is gone, or is again what was indexed, is "".  What a run would only read again,
    with another reader, is left out.
    """
    plan = plan_run(scan, earlier, rebuild=False)
    read = {
        path: scan.fingerprints[path]
        for path in plan.read
        if path not in earlier or _noted(scan.fingerprints[path]) != _noted(earlier[path].fingerprint)
    }
    return dict.fromkeys([*plan.removed, *plan.mended], "") | read


def is_among(path: str, closed: Iterable[str]) -> bool:
    """Tell whether a path is one of these files, or lies below one of these folders."""
    return any(path == name or path.startswith(f"{name}/") for name in closed)


def find_strays(corrections: Iterable[str], scan: CorpusScan) -> list[str]:
    """Return the documents that people have corrected and the corpus does not have, by path."""
    closed = [failure.document for failure in scan.bad]
    return sorted(
        path for path in corrections if path not in scan.fingerprints and not is_among(path, closed)
    )


def refuse_shrinking(plan: Plan, scan: CorpusScan, earlier: Mapping[str, IndexedDocument]) -> None:
    """Raise ShrinkRefused for a run that drops more than half of the documents; moved files are not."""
    contents = {_content(fingerprint) for fingerprint in scan.fingerprints.values()}
    dropped = [path for path in plan.removed if _content(earlier[path].fingerprint) not in contents]
    if len(dropped) * 2 > len(earlier) and (len(earlier) > 1 or not scan.fingerprints):
        raise ShrinkRefused(
            f"This run would drop {len(dropped)} of {len(earlier)} documents. "
            "If they are meant to go, run: askpcc index --allow-shrink"
        )


def _content(fingerprint: str) -> str:
    return fingerprint.partition(":")[0]


def _noted(fingerprint: str) -> str:
    """Return the file's bytes and what people note of it, without how it is read."""
    return fingerprint.rpartition(":")[0]


def refuse_other_embedder(built_with: str, configured: str) -> None:
    """Raise EmbedderMismatch where an index was built with another embedder than the one configured."""
    if built_with != configured:
        raise EmbedderMismatch(
            f"The index was built with the embedder {built_with}, and {configured} is set. "
            "Set ASKPCC_EMBEDDER back, or run: askpcc index --rebuild"
        )


def refuse_nothing(scan: CorpusScan, earlier: Mapping[str, IndexedDocument]) -> None:
    """Raise CorpusError where there is nothing to index and nothing is indexed."""
    if not (scan.fingerprints or scan.bad or earlier):
        named = "; ".join(f"{one.document}: {one.reason}" for one in scan.skipped[:_MOST_NAMED])
        more = len(scan.skipped) - _MOST_NAMED
        also = f" {named}{f'; and {more} more' if more > 0 else ''}" if named else ""
        raise CorpusError(
            f"The corpus holds no documents. Put responses into it, and run: askpcc index{also}"
        )
