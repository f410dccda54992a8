"""The whole flow over a folder of documents: real files, catalogue, vectors and answers, one embedder."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from askpcc.adapters.catalogue import SqlCatalogue
from askpcc.adapters.chroma import ChromaNearest, StoreInUse
from askpcc.app.flows import build_indexer, build_taught_reader
from askpcc.asking.answering import Answerer
from askpcc.asking.drafting import QuotingWriter
from askpcc.asking.finding import Finder
from askpcc.asking.ranking import load_ranking
from askpcc.chunking import split
from askpcc.indexing.indexer import IndexOptions
from askpcc.indexing.plan import IndexReport
from askpcc.model import Answer, Citation
from askpcc.ports import Catalogue, Embedder
from askpcc.reader.taught import BESIDE
from askpcc.settings import Settings, read_settings
from askpcc.text.forces import load_forces
from support.small_index import Notebook


@dataclass(frozen=True)
class WholeFlow:
    """A folder with ``corpus`` and ``index`` in it, wired as the command line wires it."""

    folder: Path
    embedder: Embedder
    notebook: Notebook = field(default_factory=Notebook)

    @property
    def corpus(self) -> Path:
        """Return the folder of documents."""
        return self.folder / "corpus"

    @property
    def settings(self) -> Settings:
        """Return settings for these folders and nothing else."""
        return read_settings(corpus=self.corpus, index=self.folder / "index")

    def write(self, path: str, text: str) -> None:
        """Put a document into the corpus."""
        file = self.corpus / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="")

    def run(self) -> IndexReport:
        """Bring the index up to date."""
        made = build_indexer(self.settings, self.notebook, 10)
        reading = replace(
            made.reading,
            split=lambda document: split(document, self.embedder.count_tokens, self.embedder.max_tokens),
        )
        return replace(made, reading=reading, embedder=self.embedder).run(IndexOptions(allow_shrink=True))

    @contextmanager
    def open_catalogue(self) -> Iterator[SqlCatalogue]:
        """Open what is indexed, for reading."""
        catalogue = SqlCatalogue(self.settings.index / "catalogue.sqlite")
        try:
            yield catalogue
        finally:
            catalogue.close()

    @contextmanager
    def open_answerer(
        self,
        wrap: Callable[[SqlCatalogue], Catalogue] = lambda catalogue: catalogue,
    ) -> Iterator[Answerer]:
        """Open the flow from a question to an answer.  wrap: puts something before the catalogue."""
        with self.open_catalogue() as catalogue:

            def in_use() -> StoreInUse:
                head = catalogue.head()
                return StoreInUse(head.store, head.seal)

            nearest = ChromaNearest(self.settings.index / "chroma", in_use)
            try:
                reader = build_taught_reader()
                writer = QuotingWriter(reader.limits[BESIDE])
                finder = Finder(wrap(catalogue), nearest, self.embedder, load_forces(), load_ranking())
                yield Answerer(wrap(catalogue), finder, reader, writer)
            finally:
                nearest.close()

    def ask(self, question: str, history: Sequence[str] = ()) -> Answer:
        """Answer one question."""
        with self.open_answerer() as answerer:
            return answerer.answer(question, history).answer


def cited(answer: Answer) -> list[Citation]:
    """Return what the statements of an answer cite."""
    return [citation for statement in answer.statements for citation in statement.citations]


def quoted(answer: Answer) -> str:
    """Return the words that an answer asserts by quoting them, white space folded."""
    return " ".join(" ".join(citation.quote for citation in cited(answer)).split())


def asserted(answer: Answer) -> str:
    """Return all that an answer asserts: what it says itself, and what it quotes."""
    return " ".join([*(statement.text for statement in answer.statements), quoted(answer)])


def first_status(answer: Answer) -> str | None:
    """Return the status that an answer states first, if it states one."""
    return next((statement.status for statement in answer.statements), None)
