"""A file of the corpus becomes a document: its stored text, the facts in it, where it came from."""

import re

from askpcc.errors import BadDocument
from askpcc.language.forces import ForceTable
from askpcc.model import Document, Source, StoredText, version_of
from askpcc.reading.formats import read_stored_text
from askpcc.reading.metadata import read_facts
from askpcc.reading.sources import read_address, read_fetched

_URL_KEYS = ("url", "source url", "link")
_FETCHED_KEYS = ("fetched", "fetched on", "retrieved", "accessed")


def read_document(path: str, data: bytes, source: Source, forces: ForceTable) -> Document:
    """Read one file; path names it and is not opened, source is what is noted about it elsewhere.

    Its web address is the front matter's, else the one it gives itself, else the noted one.
    Raises BadDocument for a file or a front matter that cannot be read.
    """
    stored = read_stored_text(path, data)
    return Document(
        path=path,
        version=version_of(stored.text),
        text=stored.text,
        blocks=stored.blocks,
        facts=read_facts(path, stored, forces),
        page_starts=stored.page_starts,
        source=_read_source(path, stored, source),
    )


def _read_source(path: str, stored: StoredText, noted: Source) -> Source:
    url, fetched = _declared(stored, _URL_KEYS), _declared(stored, _FETCHED_KEYS)
    if url and not read_address(url):
        reason = f"Its front matter's web address '{url}' is none."
        raise BadDocument(path, reason, "Write it in full, with https:// at its beginning.")
    if fetched and not read_fetched(fetched):
        reason = f"Its front matter says that it was fetched on '{fetched}'."
        raise BadDocument(path, reason, "Write the day as 2023-06-06.")
    own = read_address(stored.url) if stored.url else None
    return Source(url or own or noted.url, read_fetched(fetched) if fetched else noted.fetched)


def _declared(stored: StoredText, keys: tuple[str, ...]) -> str | None:
    values = {re.sub(r"[\s_-]+", " ", key): value for key, (value, _) in stored.declared.items()}
    return next((values[key] for key in keys if key in values), None)
