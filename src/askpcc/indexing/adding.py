"""A response is put into the corpus, with a note of where it came from."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import PurePosixPath

from askpcc.errors import BadDocument, CorpusError
from askpcc.indexing.downloads import (
    Fetched,
    address_key,
    is_web_address,
    parse_web_address,
    stored_bytes,
    suffix_for,
)
from askpcc.indexing.loading import OwnFailures
from askpcc.model import (
    Document,
    Fact,
    FactName,
    Passage,
    Source,
    StatusClaim,
)
from askpcc.ports import Corpus, CorpusWriter, Lock


@dataclass(frozen=True, slots=True)
class AddOptions:
    """What the person adding a file asks for.

    name: a path below the corpus.  url: where a file of this machine came from.
    replace: the document in whose place the file is put; name is not used then.
    """

    name: str | None = None
    url: str | None = None
    replace: str | None = None


NO_WISHES = AddOptions()


class Outcome(StrEnum):
    """What became of a file."""

    ADDED = "added"
    REPLACED = "replaced"
    SAME_WORDS = "same_words"
    SAME_ADDRESS = "same_address"


@dataclass(frozen=True, slots=True)
class Addition:
    """A file that was stored as a document, or the document that made storing it needless.

    like: another document of the same title or name, of which the stored one may be a newer wording.
    """

    document: str
    outcome: Outcome
    source: Source
    like: str | None = None

    @property
    def stored(self) -> bool:
        """Tell whether the corpus has changed, so that it is to be indexed."""
        return self.outcome in {Outcome.ADDED, Outcome.REPLACED}

    @property
    def sentence(self) -> str:
        """Say what happened and, where nothing was stored, what can be done."""
        told = SENTENCES[self.outcome].format(self.document)
        return f"{told} {LIKE.format(self.document, self.like)}" if self.like else told


SENTENCES = {
    Outcome.ADDED: "Added as {0}.",
    Outcome.REPLACED: "Put in place of the earlier {0}.",
    Outcome.SAME_WORDS: "Already in the corpus as {0}; nothing was stored.",
    Outcome.SAME_ADDRESS: "Already in the corpus as {0}, from the same address but with other words; "
    "nothing was stored. To put the new words in its place, add --replace {0}",
}


LIKE = (
    "{1} has the same title or name. If this is a newer wording of it, "
    "remove {0} and add the file again with --replace {1}"
)


@dataclass(frozen=True, slots=True)
class SourceNotes:
    """How the text of the source notes is read and extended: one row a document, a later row wins."""

    parse: Callable[[str], Mapping[str, Source]]
    append: Callable[[str, str, Source], str]


MAX_NAME = 80
ROOM_FOR_NUMBER = len("-999")
# Names that Windows keeps for devices, whatever their suffix.
DEVICES = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}
)
FORBIDDEN = re.compile(r'[\x00-\x1f\x7f\\:*?"<>|]')


def slug_of(words: str) -> str:
    """Reduce words to lower-case ASCII letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode("ascii").lower()
    return re.sub(r"[^a-z0-9]+", "-", re.sub(r"['`]", "", plain)).strip("-")


def pick_name(candidates: Iterable[str], suffix: str) -> str:
    """Make a file name, at most 80 characters, of the first candidate that leaves any letters."""
    room = MAX_NAME - len(suffix) - ROOM_FOR_NUMBER
    slugs = (_shortened(slug_of(words), room) for words in candidates)
    stem = next((slug for slug in slugs if slug), "response")
    return (f"response-{stem}" if stem in DEVICES else stem) + suffix


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


def _is_safe(part: str) -> bool:
    plain = part == part.strip() and not part.startswith(".") and not part.endswith(".")
    return (
        0 < len(part.encode("utf-8", "replace")) <= MAX_NAME
        and plain
        and part.isprintable()
        and not FORBIDDEN.search(part)
        and part.partition(".")[0].lower() not in DEVICES
    )


def _shortened(slug: str, room: int) -> str:
    if len(slug) <= room:
        return slug
    return slug[: room + 1].rpartition("-")[0] or slug[:room]


SOURCES_FILE = "sources.csv"


def bring(what: str, from_web: Callable[[str], Fetched], from_disk: Callable[[str], Fetched]) -> Fetched:
    """Get a file by its web address or its path."""
    return from_web(what) if is_web_address(what) else from_disk(what)


@dataclass(frozen=True)
class Adder:
    """Stores what was brought, unless the corpus has it.

    read: (path, bytes, source) to a document; BadDocument where that cannot be.
    versions: what the index knows, document to version, so that unchanged files need no second reading;
    empty where there is no index yet.  titles: what the index knows, document to force and title.
    check: BadDocument where a document could not be indexed.  failures: of one file, whatever fails.
    """

    corpus: Corpus
    writer: CorpusWriter
    notes: SourceNotes
    read: Callable[[str, bytes, Source], Document]
    versions: Callable[[], Mapping[str, str]]
    lock: Lock
    titles: Callable[[], Mapping[str, str]] = dict
    check: Callable[[Document], object] = lambda _: None
    failures: OwnFailures = field(default_factory=OwnFailures)

    def add(self, fetched: Fetched, wishes: AddOptions = NO_WISHES) -> Addition:
        """Store a file and note its source, or name the document that holds it already.

        BadDocument: it is of no supported format or cannot be read.  CorpusError: the name or the
        document to replace cannot be used, or the disk refuses.
        """
        source, suffix = _source_of(fetched, wishes), _suffix_of(fetched)
        data = stored_bytes(fetched, suffix)
        document = self._read_arrival(fetched, data, suffix, source)
        with self.lock.held():
            held = self._document_held(data, document.version, source, wishes)
            if held:
                return held
            like = self._like(document, fetched, suffix, wishes)
            stored = self._store(data, _names(document, fetched, suffix, wishes), source, wishes)
            return replace(stored, like=like)

    def inspect(self, fetched: Fetched, wishes: AddOptions = NO_WISHES) -> tuple[Document, Addition | None]:
        """Read a file and store nothing; also the document that makes storing it needless, if there is one.

        Raises as ``add`` does.
        """
        source, suffix = _source_of(fetched, wishes), _suffix_of(fetched)
        data = stored_bytes(fetched, suffix)
        document = self._read_arrival(fetched, data, suffix, source)
        return document, self._document_held(data, document.version, source, wishes)

    def _read_arrival(self, fetched: Fetched, data: bytes, suffix: str, source: Source) -> Document:
        path = pick_name([_stem(fetched)], suffix)
        try:
            with self.failures.of(path, "read"):
                document = self.read(path, data, source)
            self.check(document)
        except BadDocument as exc:
            raise BadDocument(_called(fetched), exc.reason, exc.remedy) from exc
        return document

    def _document_held(
        self, data: bytes, version: str, source: Source, wishes: AddOptions
    ) -> Addition | None:
        noted = self.notes.parse(self.writer.read_note(SOURCES_FILE))
        files = sorted(self.corpus.files())
        if wishes.replace is not None and wishes.replace not in files:
            raise CorpusError(
                f"{wishes.replace}: no such document to replace. Give its path below the corpus."
            )
        twin = self._twin(files, data, version)
        if twin is not None:
            return Addition(twin, Outcome.SAME_WORDS, noted.get(twin, Source()))
        same = (path for path in files if path != wishes.replace and _same_address(noted.get(path), source))
        return next((Addition(path, Outcome.SAME_ADDRESS, noted[path]) for path in same), None)

    def _like(self, document: Document, fetched: Fetched, suffix: str, wishes: AddOptions) -> str | None:
        """Return the document that has the title or, where none is chosen, the name of a new one."""
        if wishes.replace is not None:
            return None
        title, titles = title_of(document.facts), self.titles()
        same = (path for path in sorted(self.corpus.files()) if title and titles.get(path) == title)
        first = None if wishes.name else next(_names(document, fetched, suffix, wishes))
        named = first if first and self.writer.exists(first) else None
        return next(same, named)

    def _twin(self, files: list[str], data: bytes, version: str) -> str | None:
        known = self.versions()
        return next((path for path in files if self._same_words(path, data, version, known.get(path))), None)

    def _same_words(self, path: str, data: bytes, version: str, known: str | None) -> bool:
        """Compare with one file of the corpus; what the index knows to be other words is not read again."""
        try:
            held = self.corpus.read(path)
            if held == data or known not in {None, version}:
                return held == data
            with self.failures.of(path, "read"):
                return self.read(path, held, Source()).version == version
        except BadDocument:  # the index run names it
            return False

    def _store(self, data: bytes, names: Iterator[str], source: Source, wishes: AddOptions) -> Addition:
        if wishes.replace is None:
            path, outcome = self._free_name(names, wishes), Outcome.ADDED
        else:
            path, outcome = _checked_place(wishes.replace, next(names)), Outcome.REPLACED
        # The note goes first: a note without its file does no harm, and a run killed here can be repeated.
        noted = self.notes.append(self.writer.read_note(SOURCES_FILE), path, source)
        self.writer.replace(SOURCES_FILE, noted.encode("utf-8"))
        put = self.writer.write_new if outcome is Outcome.ADDED else self.writer.replace
        put(path, data)
        return Addition(path, outcome, source)

    def _free_name(self, names: Iterator[str], wishes: AddOptions) -> str:
        path = next((name for name in names if not self.writer.exists(name)), None)
        if path is None:
            raise CorpusError(
                f"{wishes.name or 'the name'}: the corpus has another file of that name. "
                "Choose another with --name, or put it in that file's place with --replace."
            )
        return path


def title_of(facts: Iterable[Fact]) -> str:
    """Return force and title as two documents are compared by them; "" without a title."""
    values = {fact.name: fact.value.casefold() for fact in facts}
    title = values.get(FactName.TITLE, "")
    return f"{values.get(FactName.FORCE, '')}: {title}" if title else ""


def _called(fetched: Fetched) -> str:
    return fetched.url or fetched.filename_hint


def _source_of(fetched: Fetched, wishes: AddOptions) -> Source:
    url = parse_web_address(wishes.url).url if wishes.url else fetched.url
    return Source(url=url, fetched=fetched.fetched)


def _suffix_of(fetched: Fetched) -> str:
    suffix = suffix_for(fetched.media_type, fetched.filename_hint)
    if suffix is None:
        remedy = "Give an .md, .txt, .html, .pdf or .docx file."
        raise BadDocument(_called(fetched), "Its format is not supported.", remedy)
    return suffix


def _names(document: Document, fetched: Fetched, suffix: str, wishes: AddOptions) -> Iterator[str]:
    """Yield the names to try: the chosen one alone, else one after the title (a file: after its name)."""
    if wishes.name is not None:
        return iter([chosen_name(wishes.name, suffix)])
    candidates = [_headline(document), _stem(fetched)]
    return numbered(pick_name(candidates if fetched.url else reversed(candidates), suffix))


def _stem(fetched: Fetched) -> str:
    return fetched.filename_hint.rpartition(".")[0] or fetched.filename_hint


def _headline(document: Document) -> str:
    """Return force, title and year, as far as they are known and the title does not say them."""
    facts = {name: fact.value for name in FactName if (fact := document.fact(name)) is not None}
    title = facts.get(FactName.TITLE, "")
    if not title:
        return ""
    force, year = facts.get(FactName.FORCE, ""), facts.get(FactName.PUBLISHED, "")[:4]
    before = "" if force.casefold() in title.casefold() else force
    return f"{before} {title} {'' if year in title else year}"


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


@dataclass(frozen=True, slots=True)
class Preview:
    """What was read from a file.  held: the document that makes adding it needless, where there is one."""

    document: Document
    passages: Sequence[Passage]
    claims: Sequence[StatusClaim]
    held: Addition | None = None


@dataclass(frozen=True, slots=True)
class Previewer:
    """Reads a file in all respects and stores nothing."""

    adder: Adder
    split: Callable[[Document], Sequence[Passage]]
    claims: Callable[[Document, Sequence[Passage]], Sequence[StatusClaim]]

    def preview(self, fetched: Fetched, wishes: AddOptions = NO_WISHES) -> Preview:
        """Return what is in a file; raises BadDocument, CorpusError."""
        document, held = self.adder.inspect(fetched, wishes)
        passages = self.split(document)
        return Preview(document, passages, self.claims(document, passages), held)
