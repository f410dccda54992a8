"""A small index for tests: real catalogue, real Chroma, real files; an embedder that needs no model."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

import numpy as np

from askpcc.adapters.caches import SqliteEmbeddingCache
from askpcc.adapters.catalogue import SqlCatalogue, SqlCatalogueWriter
from askpcc.adapters.chroma import ChromaNearest, ChromaStores, StoreInUse
from askpcc.adapters.corpus_folder import CorpusFolder, IndexLock
from askpcc.errors import BadDocument
from askpcc.indexing.indexer import Indexer, IndexOptions
from askpcc.indexing.loading import Reading
from askpcc.indexing.plan import IndexReport
from askpcc.model import (
    Block,
    BlockKind,
    Document,
    Fact,
    FactName,
    Passage,
    Source,
    Span,
    version_of,
)
from askpcc.ports import Vector
from askpcc.text.words import stems

DIMENSIONS = 32


@dataclass
class WordEmbedder:
    """Adds up a vector for each word.  embedded: every text that had to be embedded, in order."""

    fingerprint: str = "words 1"
    max_tokens: int = 256
    embedded: list[str] = field(default_factory=list)

    def count_tokens(self, text: str) -> int:
        """Count words."""
        return len(text.split())

    def embed_passages(self, texts: Sequence[str]) -> list[Vector]:
        """Embed, and remember what."""
        self.embedded.extend(texts)
        return [self.embed_question(text) for text in texts]

    def embed_question(self, text: str) -> Vector:
        """Embed without remembering."""
        total = sum((_vector(word) for word in text.lower().split()), np.zeros(DIMENSIONS, np.float32))
        return np.asarray(total / max(float(np.linalg.norm(total)), 1e-9), np.float32)


def _vector(word: str) -> Vector:
    seed = int.from_bytes(sha256(word.encode()).digest()[:8], "big")
    return np.random.default_rng(seed).normal(size=DIMENSIONS).astype(np.float32)


def read_lines(path: str, data: bytes, source: Source) -> Document:
    """Read a file of which each line is a paragraph and the first is the title; "BAD" is a bad file."""
    if data.startswith(b"BAD"):
        raise BadDocument(path, "It is bad.", "Mend it.")
    text = data.decode()
    ends = [end for end, character in enumerate(text) if character == "\n"]
    starts = [0, *(end + 1 for end in ends)]
    spans = [Span(start, end) for start, end in zip(starts, ends, strict=False) if end > start]
    blocks = tuple(Block(BlockKind.PARAGRAPH, span) for span in spans)
    title = Fact(FactName.TITLE, spans[0].of(text), spans[0])
    return Document(path, version_of(text), text, blocks, (title,), source=source)


def split_blocks(document: Document) -> list[Passage]:
    """Make each block a passage, with an id that does not depend on where it stands."""
    made: list[Passage] = []
    for ordinal, block in enumerate(document.blocks):
        quote = block.span.of(document.text)
        id_ = sha256(f"{document.path}\0{quote}".encode()).hexdigest()[:24]
        made.append(
            Passage(id_, document.path, document.version, ordinal, block.kind, block.span, quote, quote)
        )
    return made


@dataclass
class Notebook:
    """Keeps what a run says.  steps: (done, total, what)."""

    steps: list[tuple[int, int, str]] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    def step(self, done: int, total: int, what: str) -> None:
        """Note a step."""
        self.steps.append((done, total, what))

    def notify(self, sentence: str) -> None:
        """Note a sentence."""
        self.told.append(sentence)


@dataclass
class SmallIndex:
    """A corpus and an index below one folder."""

    root: Path
    embedder: WordEmbedder = field(default_factory=WordEmbedder)
    notebook: Notebook = field(default_factory=Notebook)
    notes: Mapping[str, Source] = field(default_factory=dict)
    reading_version: str = "1"
    programs: tuple[str, ...] = ()
    files_read: list[str] = field(default_factory=list)

    @property
    def corpus(self) -> Path:
        """Return the folder of documents."""
        return self.root / "corpus"

    @property
    def index(self) -> Path:
        """Return the folder of the index."""
        return self.root / "index"

    def write(self, path: str, *lines: str) -> None:
        """Put a document of these lines into the corpus."""
        file = self.corpus / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")

    def read(self, path: str, data: bytes, source: Source) -> Document:
        """Read a file, and note it; one with the word tesseract lacks it where it is none of the programs."""
        self.files_read.append(path)
        document = read_lines(path, data, source)
        lacks = "tesseract" if b"tesseract" in data and "tesseract" not in self.programs else ""
        return replace(document, lacks=lacks)

    def indexer(self, wait: float = 0) -> Indexer:
        """Return the flow with real parts."""
        return Indexer(
            corpus=CorpusFolder(self.corpus, {".md"}),
            reading=Reading(
                self.read,
                split_blocks,
                lambda: self.notes,
                self.reading_version,
                has=self.programs.__contains__,
            ),
            embedder=self.embedder,
            cache=SqliteEmbeddingCache(self.index / "embeddings.sqlite", self.notebook.notify),
            catalogue=SqlCatalogueWriter(self.index / "catalogue.sqlite"),
            stores=ChromaStores(self.index / "chroma"),
            lock=IndexLock(self.index / "lock", wait, self.notebook.notify),
            observer=self.notebook,
        )

    def run(self, *, rebuild: bool = False, dry_run: bool = False, allow_shrink: bool = False) -> IndexReport:
        """Run the flow."""
        return self.indexer().run(IndexOptions(rebuild, dry_run, allow_shrink))

    def reader(self) -> "SmallReader":
        """Open the index as a question does."""
        catalogue = SqlCatalogue(self.index / "catalogue.sqlite")

        def in_use() -> StoreInUse:
            head = catalogue.head()
            return StoreInUse(head.store, head.seal)

        return SmallReader(catalogue, ChromaNearest(self.index / "chroma", in_use), self.embedder)

    def store(self) -> Path:
        """Return the folder of the vector store in use."""
        with self.reader() as reader:
            return self.index / "chroma" / reader.catalogue.head().store


@dataclass
class SmallReader:
    """An open index."""

    catalogue: SqlCatalogue
    nearest: ChromaNearest
    embedder: WordEmbedder

    def __enter__(self) -> "SmallReader":
        return self

    def __exit__(self, *_: object) -> None:
        self.nearest.close()
        self.catalogue.close()

    def find(self, words: str, limit: int = 3) -> dict[str, list[str]]:
        """Return the quotes found by keyword and by vector; None as a quote shows a passage not indexed."""
        keyword = self.catalogue.keyword(stems(words), limit)
        dense = self.nearest.nearest(self.embedder.embed_question(words), limit)
        return {
            "keyword": self._quotes([hit.passage for hit in keyword]),
            "nearest": self._quotes([hit.passage for hit in dense]),
        }

    def everything(self) -> dict[str, list[str]]:
        """Return the quotes of each document, in order."""
        return {
            card.path: [passage.quote for passage in self.catalogue.passages_of(card.path)]
            for card in self.catalogue.documents()
        }

    def _quotes(self, ids: list[str]) -> list[str]:
        quotes = {passage.id: passage.quote for passage in self.catalogue.passages(ids)}
        return [quotes.get(id_, f"not indexed: {id_}") for id_ in ids]
