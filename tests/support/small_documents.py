"""Documents of a few lines, written in the test that reads them."""

from askpcc.model import Document, Fact, version_of
from askpcc.readers import read_stored_text


def make_document(text: str, path: str = "response.md", facts: tuple[Fact, ...] = ()) -> Document:
    """Read a text as a document of the corpus; without facts unless they are given."""
    stored = read_stored_text(path, text.encode())
    return Document(path, version_of(stored.text), stored.text, stored.blocks, facts, stored.page_starts)


def count_words(text: str) -> int:
    """Count tokens where a test needs no model: words at white space."""
    return len(text.split())
