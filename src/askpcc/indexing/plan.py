"""What a run has to do, from what the corpus holds and what the catalogue holds."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from askpcc.errors import BadDocument, CorpusError, EmbedderMismatch, ShrinkRefused
from askpcc.model import Source
from askpcc.ports import Corpus, Shelved

_NOTE_DIGITS = 16


@dataclass(frozen=True, slots=True)
class Survey:
    """The corpus as it lies there: fingerprints of its files by path, and what cannot be opened."""

    fingerprints: Mapping[str, str]
    bad: Sequence[BadDocument]


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run has to do.  read: files that are new or changed.  removed: documents without a file.

    mended: stale documents whose file is again what was indexed.
    """

    read: Sequence[str]
    removed: Sequence[str]
    mended: Sequence[str]


def fingerprint_of(data: bytes, source: Source, reading_version: str) -> str:
    """Name a file's bytes and, after a colon, what else decides how it is read."""
    note = f"{source.url}\0{source.fetched}\0{reading_version}"
    return f"{sha256(data).hexdigest()}:{sha256(note.encode()).hexdigest()[:_NOTE_DIGITS]}"


def survey_corpus(corpus: Corpus, fingerprint: Callable[[str, bytes], str]) -> Survey:
    """Read every file once; raises CorpusError."""
    fingerprints: dict[str, str] = {}
    bad: list[BadDocument] = []
    for path in corpus.files():
        try:
            fingerprints[path] = fingerprint(path, corpus.read(path))
        except BadDocument as failure:
            bad.append(failure)
    return Survey(fingerprints, bad)


def plan_run(survey: Survey, shelved: Mapping[str, Shelved], *, rebuild: bool) -> Plan:
    """Compare the corpus with the catalogue.  What cannot be opened is not gone: it may come back."""
    found = survey.fingerprints
    closed = [failure.document for failure in survey.bad]
    same = {path for path, was in shelved.items() if found.get(path) == was.fingerprint}
    return Plan(
        read=[path for path in found if rebuild or path not in same],
        removed=sorted(path for path in shelved if path not in found and not is_among(path, closed)),
        mended=sorted(path for path in same if shelved[path].stale is not None),
    )


def is_among(path: str, closed: Iterable[str]) -> bool:
    """Tell whether a path is one of these files, or lies below one of these folders."""
    return any(path == name or path.startswith(f"{name}/") for name in closed)


def refuse_shrinking(plan: Plan, survey: Survey, shelved: Mapping[str, Shelved]) -> None:
    """Raise ShrinkRefused for a run that drops more than half of the documents; moved files are not."""
    contents = {_content(fingerprint) for fingerprint in survey.fingerprints.values()}
    dropped = [path for path in plan.removed if _content(shelved[path].fingerprint) not in contents]
    if len(dropped) * 2 > len(shelved) and (len(shelved) > 1 or not survey.fingerprints):
        raise ShrinkRefused(
            f"This run would drop {len(dropped)} of {len(shelved)} documents. "
            "If they are meant to go, run: askpcc index --allow-shrink"
        )


def refuse_other_embedder(built_with: str, configured: str) -> None:
    """Raise EmbedderMismatch where an index was built with another embedder than the one configured."""
    if built_with != configured:
        raise EmbedderMismatch(
            f"The index was built with the embedder {built_with}, and {configured} is set. "
            "Set ASKPCC_EMBEDDER back, or run: askpcc index --rebuild"
        )


def refuse_nothing(survey: Survey, shelved: Mapping[str, Shelved]) -> None:
    """Raise CorpusError where there is nothing to index and nothing is indexed."""
    if not (survey.fingerprints or survey.bad or shelved):
        raise CorpusError("The corpus holds no documents. Put responses into it, and run: askpcc index")


def _content(fingerprint: str) -> str:
    return fingerprint.partition(":")[0]
