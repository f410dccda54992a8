"""A response is put into the corpus, with a note of where it came from."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import PurePosixPath

from askpcc.downloads import (
    Fetched,
    address_key,
    is_web_address,
    parse_web_address,
    stored_bytes,
    suffix_for,
)
from askpcc.errors import BadDocument, CorpusError
from askpcc.indexing.correcting import CorrectionNotes
from askpcc.indexing.loading import Reading
from askpcc.metadata import SOURCES_FILE, append_source, parse_sources
from askpcc.metadata.corrections import Corrections
from askpcc.model import (
    Document,
    DocumentCard,
    Fact,
    FactName,
    Passage,
    Source,
    StatusClaim,
)
from askpcc.ports import Corpus, CorpusWriter, LoadedDocument, Lock
from askpcc.readers import FORMAT_NAMES

MAX_NAME = 80
_ROOM_FOR_NUMBER = len("-999")
# Names that Windows keeps for devices, whatever their suffix.
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}
)
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f\\:*?"<>|]')


@dataclass(frozen=True, slots=True)
class AddOptions:
    """What the person adding a file asks for.

    name: a path below the corpus.  url: where a file of this machine came from.
    replace: the document in whose place the file is put; name is not used then.
    corrections: what somebody says of it in the place of what is read.
    """

    name: str | None = None
    url: str | None = None
    replace: str | None = None
    corrections: Corrections = field(default_factory=dict)


_NO_OPTIONS = AddOptions()


class Outcome(StrEnum):
    """What became of a file."""

    ADDED = "added"
    REPLACED = "replaced"
    SAME_WORDS = "same_words"
    SAME_ADDRESS = "same_address"


_SENTENCES = {
    Outcome.ADDED: "Added{1} as {0}.",
    Outcome.REPLACED: "Put{1} in place of the earlier {0}.",
    Outcome.SAME_WORDS: "Already in the corpus as {0}; nothing was stored.",
    Outcome.SAME_ADDRESS: "Already in the corpus as {0}, from the same address but with other words; "
    "nothing was stored. To put the new words in its place, add --replace {0}",
}
_LIKE = (
    "{1} has the same title or name. If this is a newer wording of it, "
    "remove {0} and add the file again with --replace {1}"
)


@dataclass(frozen=True, slots=True)
class Addition:
    """A file that was stored as a document, or the document that made storing it needless.

    like: another document of the same title or name, of which the stored one may be a newer wording.
    title: of a stored one, as it was read; "" for none.
    """

    document: str
    outcome: Outcome
    source: Source
    like: str | None = None
    title: str = ""

    @property
    def stored(self) -> bool:
        """Tell whether the corpus has changed, so that it is to be indexed."""
        return self.outcome in {Outcome.ADDED, Outcome.REPLACED}

    @property
    def sentence(self) -> str:
        """Say what happened and, where nothing was stored, what can be done."""
        title = f" “{self.title}”" if self.title else ""
        told = _SENTENCES[self.outcome].format(self.document, title)
        return f"{told} {_LIKE.format(self.document, self.like)}" if self.like else told

    @property
    def sentences(self) -> list[str]:
        """Say the same as one of several that may have been brought together."""
        return [self.sentence]


@dataclass(frozen=True, slots=True)
class Preview:
    """What was read from a file.  held: the document that makes adding it needless, where there is one."""

    document: Document
    passages: Sequence[Passage]
    claims: Sequence[StatusClaim]
    held: Addition | None = None


@dataclass(frozen=True, slots=True)
class _Arrival:
    """A file that was read under its suffix.  data: what is kept of it."""

    data: bytes
    suffix: str
    source: Source
    loaded: LoadedDocument


@dataclass(frozen=True, slots=True)
class Adder:
    """Stores what was brought, unless the corpus has it.

    indexed: the documents of the index, so that unchanged files need no second reading; none where there is
    no index yet.  corrections: where those are noted that come with a file.
    """

    corpus: Corpus
    writer: CorpusWriter
    reading: Reading
    indexed: Callable[[], Sequence[DocumentCard]]
    lock: Lock
    corrections: CorrectionNotes

    def add(self, fetched: Fetched, options: AddOptions = _NO_OPTIONS) -> Addition:
        """Store a file and note its source, or name the document that holds it already.

        BadDocument: it is of no supported format or cannot be read.  CorpusError: the name or the
        document to replace cannot be used, or the disk refuses.
        """
        arrival = self._read_arrival(fetched, options)
        document, suffix = arrival.loaded.document, arrival.suffix
        with self.lock.held():
            fact = document.fact(FactName.TITLE)
            title = fact.value if fact else ""
            held = self._find_held(arrival, options)
            if held:
                return held
            like = self._find_like(document, fetched, suffix, options)
            stored = self._store(arrival, _names(document, fetched, suffix, options), options)
            return replace(stored, like=like, title=title)

    def preview(self, fetched: Fetched, options: AddOptions = _NO_OPTIONS) -> Preview:
        """Read a file in all respects and store nothing; raises as ``add`` does."""
        arrival = self._read_arrival(fetched, options)
        read = arrival.loaded
        return Preview(read.document, read.passages, read.claims, self._find_held(arrival, options))

    def _read_arrival(self, fetched: Fetched, options: AddOptions) -> _Arrival:
        source, suffix = _source_of(fetched, options), _suffix_of(fetched)
        data = stored_bytes(fetched, suffix)
        try:
            loaded = self.reading.load(pick_name([_stem(fetched)], suffix), data, source, options.corrections)
        except BadDocument as exc:
            raise BadDocument(_called(fetched), exc.reason, exc.remedy) from exc
        return _Arrival(data, suffix, source, loaded)

    def _find_held(self, arrival: _Arrival, options: AddOptions) -> Addition | None:
        """Return the document that has the same words, or else the same address."""
        noted = parse_sources(self.writer.read_note(SOURCES_FILE))
        files = sorted(self.corpus.files())
        if options.replace is not None and options.replace not in files:
            raise CorpusError(
                f"{options.replace}: no such document to replace. Give its path below the corpus."
            )
        twin = self._find_twin(files, arrival)
        if twin is not None:
            return Addition(twin, Outcome.SAME_WORDS, noted.get(twin, Source()))
        others = (path for path in files if path != options.replace)
        same = (path for path in others if _same_address(noted.get(path), arrival.source))
        return next((Addition(path, Outcome.SAME_ADDRESS, noted[path]) for path in same), None)

    def _find_like(
        self, document: Document, fetched: Fetched, suffix: str, options: AddOptions
    ) -> str | None:
        """Return the document that has the title or, where none is chosen, the name of a new one."""
        if options.replace is not None:
            return None
        title = _title_of(document.facts)
        titles = {card.path: _title_of(card.facts) for card in self.indexed()}
        same = (path for path in sorted(self.corpus.files()) if title and titles.get(path) == title)
        first = None if options.name else next(_names(document, fetched, suffix, options))
        named = first if first and self.writer.exists(first) else None
        return next(same, named)

    def _find_twin(self, files: list[str], arrival: _Arrival) -> str | None:
        known = {card.path: card.version for card in self.indexed()}
        return next((path for path in files if self._has_words(path, arrival, known.get(path))), None)

    def _has_words(self, path: str, arrival: _Arrival, known: str | None) -> bool:
        """Compare with one file of the corpus; what the index knows to be other words is not read again."""
        version = arrival.loaded.document.version
        try:
            held = self.corpus.read(path)
            if held == arrival.data or known not in {None, version}:
                return held == arrival.data
            return self.reading.document(path, held, Source()).version == version
        except BadDocument:  # the index run names it
            return False

    def _store(self, arrival: _Arrival, names: Iterator[str], options: AddOptions) -> Addition:
        if options.replace is None:
            path, outcome, put = self._free_name(names, options), Outcome.ADDED, self.writer.write_new
        else:
            path, outcome = _checked_place(options.replace, next(names)), Outcome.REPLACED
            put = self.writer.replace
        # The notes go first: a note without its file does no harm, and a run killed here can be repeated.
        if options.corrections:
            self.corrections.add(path, options.corrections)
        noted = append_source(self.writer.read_note(SOURCES_FILE), path, arrival.source)
        self.writer.replace(SOURCES_FILE, noted.encode("utf-8"))
        put(path, arrival.data)
        return Addition(path, outcome, arrival.source)

    def _free_name(self, names: Iterator[str], options: AddOptions) -> str:
        path = next((name for name in names if not self.writer.exists(name)), None)
        if path is None:
            raise CorpusError(
                f"{options.name or 'the name'}: the corpus has another file of that name. "
                "Choose another with --name, or put it in that file's place with --replace."
            )
        return path


def bring(what: str, from_web: Callable[[str], Fetched], from_disk: Callable[[str], Fetched]) -> Fetched:
    """Get a file by its web address or its path."""
    return from_web(what) if is_web_address(what) else from_disk(what)


def _called(fetched: Fetched) -> str:
    return fetched.url or fetched.filename_hint


def _source_of(fetched: Fetched, options: AddOptions) -> Source:
    url = parse_web_address(options.url).url if options.url else fetched.url
    return Source(url=url, fetched=fetched.fetched)


def _suffix_of(fetched: Fetched) -> str:
    suffix = suffix_for(fetched.media_type, fetched.filename_hint)
    if suffix is None:
        raise BadDocument(_called(fetched), "Its format is not supported.", f"Give it as {FORMAT_NAMES}.")
    return suffix


def _same_address(noted: Source | None, source: Source) -> bool:
    if noted is None or noted.url is None or source.url is None:
        return False
    return address_key(noted.url) == address_key(source.url)


def _checked_place(document: str, name: str) -> str:
    """Return the document to replace, once it is of the format of the new file."""
    if suffix_for(None, document) != f".{(wanted := name.rpartition('.')[2])}":
        raise CorpusError(
            f"{document}: the new file is of another format ({wanted}). "
            f"Add it without --replace and remove {document}."
        )
    return document


def _title_of(facts: Iterable[Fact]) -> str:
    """Return force and title as two documents are compared by them; "" without a title."""
    values = {fact.name: fact.value.casefold() for fact in facts}
    title = values.get(FactName.TITLE, "")
    return f"{values.get(FactName.FORCE, '')}: {title}" if title else ""


def _headline(document: Document) -> str:
    """Return force, title and year, as far as they are known and the title does not say them."""
    facts = {name: fact.value for name in FactName if (fact := document.fact(name)) is not None}
    title = facts.get(FactName.TITLE, "")
    if not title:
        return ""
    force, year = facts.get(FactName.FORCE, ""), facts.get(FactName.PUBLISHED, "")[:4]
    before = "" if force.casefold() in title.casefold() else force
    return f"{before} {title} {'' if year in title else year}"


def _stem(fetched: Fetched) -> str:
    return fetched.filename_hint.rpartition(".")[0] or fetched.filename_hint


def _names(document: Document, fetched: Fetched, suffix: str, options: AddOptions) -> Iterator[str]:
    """Yield the names to try: the chosen one alone, else one after the title (a file: after its name)."""
    if options.name is not None:
        return iter([chosen_name(options.name, suffix)])
    candidates = [_headline(document), _stem(fetched)]
    return numbered(pick_name(candidates if fetched.url else reversed(candidates), suffix))


def pick_name(candidates: Iterable[str], suffix: str) -> str:
    """Make a file name, at most 80 characters, of the first candidate that leaves any letters."""
    room = MAX_NAME - len(suffix) - _ROOM_FOR_NUMBER
    slugs = (_shortened(_slug_of(words), room) for words in candidates)
    stem = next((slug for slug in slugs if slug), "response")
    return (f"response-{stem}" if stem in _DEVICES else stem) + suffix


def numbered(name: str) -> Iterator[str]:
    """Yield the name, then the name with -2, -3 and so on before its suffix."""
    yield name
    path = PurePosixPath(name)
    for number in range(2, 1000):
        yield f"{path.stem}-{number}{path.suffix}"


def chosen_name(name: str, suffix: str) -> str:
    """Check a path below the corpus that a person chose, and give it the suffix of its format."""
    parts = name.strip().split("/")
    if not all(map(_is_safe, parts)):
        raise CorpusError(
            f"{name!r} cannot be the name of a file in the corpus. Use letters, digits, spaces and hyphens, "
            "and '/' only between folders."
        )
    joined = "/".join(parts)
    return joined if joined.lower().endswith(suffix) else joined + suffix


def _slug_of(words: str) -> str:
    """Reduce words to lower-case ASCII letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode("ascii").lower()
    return re.sub(r"[^a-z0-9]+", "-", re.sub(r"['`]", "", plain)).strip("-")


def _shortened(slug: str, room: int) -> str:
    if len(slug) <= room:
        return slug
    return slug[: room + 1].rpartition("-")[0] or slug[:room]


def _is_safe(part: str) -> bool:
    plain = part == part.strip() and not part.startswith(".") and not part.endswith(".")
    return (
        0 < len(part.encode("utf-8", "replace")) <= MAX_NAME
        and plain
        and part.isprintable()
        and not _FORBIDDEN.search(part)
        and part.partition(".")[0].lower() not in _DEVICES
    )
