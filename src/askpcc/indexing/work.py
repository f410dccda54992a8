"""What a run has found to do, and what follows from it for passages, stale documents and the report."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from askpcc.errors import BadDocument
from askpcc.indexing.plan import Plan, is_among
from askpcc.indexing.report import Failure, IndexReport, PassageCount
from askpcc.model import Dossier
from askpcc.ports import Accession, Shelved


@dataclass(frozen=True, slots=True)
class Work:
    """What a run has found to do.  shelved: what was indexed before it.  bad: files that failed."""

    shelved: Mapping[str, Shelved]
    plan: Plan
    accessions: Sequence[Accession]
    bad: Sequence[BadDocument]

    def without(self, bad: Sequence[BadDocument]) -> "Work":
        """Return the work without documents that turned out to be bad."""
        names = {failure.document for failure in bad}
        rest = [made for made in self.accessions if made.document.path not in names]
        return replace(self, accessions=rest, bad=[*self.bad, *bad])

    def held(self) -> set[str]:
        """Return the ids of the passages indexed before the run."""
        return {id_ for document in self.shelved.values() for id_ in document.passages}

    def wanted(self) -> dict[str, str]:
        """Return the path of the document of each passage indexed after the run, by id."""
        replaced = {accession.document.path for accession in self.accessions} | set(self.plan.removed)
        kept = (document for path, document in self.shelved.items() if path not in replaced)
        return {id_: document.document for document in kept for id_ in document.passages} | {
            passage.id: passage.document for accession in self.accessions for passage in accession.passages
        }

    def stale(self) -> dict[str, str | None]:
        """Return what changes about documents whose newest file cannot be read: the reason, or None."""
        marks: dict[str, str | None] = dict.fromkeys(self.plan.mended)
        for failure in self.bad:
            for path, was in self.shelved.items():
                if is_among(path, [failure.document]) and was.stale != failure.reason:
                    marks[path] = failure.reason
        return marks

    def changes_something(self) -> bool:
        """Tell whether the catalogue has to be written."""
        return bool(self.accessions or self.plan.removed or self.stale())

    def dossiers(self, before: Sequence[Dossier]) -> list[Dossier]:
        """Return what documents say of matters after the run, from what they said before it; by path."""
        replaced = {accession.document.path for accession in self.accessions} | set(self.plan.removed)
        kept = [dossier for dossier in before if dossier.document.path not in replaced]
        new = [Dossier(made.document, tuple(made.claims), tuple(made.items)) for made in self.accessions]
        return sorted([*kept, *new], key=lambda dossier: dossier.document.path)

    def report(self, index_version: str, embedded: int) -> IndexReport:
        """Say what the run did, or would do."""
        wanted = self.wanted()
        paths = {accession.document.path: accession.fingerprint for accession in self.accessions}
        known = {path: was.fingerprint for path, was in self.shelved.items()}
        changed = sorted(path for path in paths.keys() & known.keys() if paths[path] != known[path])
        return IndexReport(
            index_version=index_version,
            added=sorted(paths.keys() - known.keys()),
            changed=changed,
            removed=self.plan.removed,
            kept=len(known) - len(changed) - len(self.plan.removed),
            passages=PassageCount(embedded, len(wanted) - embedded, len(self.held() - wanted.keys())),
            failed=[self._failure(failure) for failure in sorted(self.bad, key=lambda bad: bad.document)],
        )

    def _failure(self, failure: BadDocument) -> Failure:
        stale = any(is_among(path, [failure.document]) for path in self.shelved)
        return Failure(failure.document, failure.reason, failure.remedy, stale)
